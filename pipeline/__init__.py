"""The machinery of dossier: cases, files, processes. It knows no evidence format and no page."""

__version__ = "0.4.0"
