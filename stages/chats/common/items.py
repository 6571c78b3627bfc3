"""The items of a JSON list, as every reader of JSON takes them."""

from stages.lang.items import Items, fault_of, items_at, top_of, top_values

__all__ = ["Items", "fault_of", "items_at", "top_of", "top_values"]
