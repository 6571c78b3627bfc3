"""ToUnicode maps: what a viewer copies and searches for each code. Characters above U+FFFF are surrogate pairs."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["to_unicode"]

_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_TAIL = """endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
_BLOCK = 100  # the most entries that the format allows in one block


def to_unicode(codes: Mapping[str, int]) -> bytes:
    """The map of a font whose codes of two bytes stand for single characters."""
    entries = [
        f"<{code:04X}> <{char.encode('utf-16-be').hex().upper()}>"
        for char, code in sorted(codes.items(), key=lambda entry: entry[1])
    ]
    blocks = []
    for at in range(0, len(entries), _BLOCK):
        block = entries[at : at + _BLOCK]
        blocks.append(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar\n")
    return (_HEAD + "".join(blocks) + _TAIL).encode("ascii")
