"""Builds the dossier: layout passes until the page numbers are stable, then one pass of painting."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from pipeline.contract import Inputs, Item, Made
from pipeline.model import Layout, Mark, Marks, Note, Placed, bare, label_key
from stages.assemble import Params
from stages.assemble.content import Content
from stages.assemble.fonts import Fonts, find
from stages.assemble.images import Pictures, Shot
from stages.assemble.layout import NOTHING_KNOWN, Book, Known
from stages.assemble.links import page_name
from stages.assemble.manifest import digest_lines, evidence_manifest
from stages.assemble.masks import privacy_of
from stages.assemble.paint import Bookmark, Document, paint
from stages.assemble.parts.answers import draw_answers
from stages.assemble.parts.brief import draw_brief
from stages.assemble.parts.catalogue import draw_catalogue
from stages.assemble.parts.exhibits import draw_exhibits
from stages.assemble.parts.integrity import draw_integrity
from stages.assemble.parts.pledge import draw_pledge
from stages.assemble.parts.statement import draw_statement
from stages.assemble.parts.timeline import draw_timeline
from stages.assemble.parts.unread import draw_unread
from stages.assemble.pdf.attach import Attached

__all__ = ["build", "lay_out"]

_PARTS = (
    draw_brief,
    draw_answers,
    draw_statement,
    draw_catalogue,
    draw_timeline,
    draw_exhibits,
    draw_unread,
    draw_integrity,
    draw_pledge,
)
_MOST_PASSES = 8
_STAYS = frozenset({"other-orders-left-out", "several-orders", "chats-of-others"})
"""Notes on originals that hold other people's rows or talk: such an original never travels."""


def build(inputs: Inputs, params: Params) -> Made:
    """Writes dossier.pdf into the scratch folder; the document says where everything stands."""
    manifest = evidence_manifest(inputs)
    family, symbols = find()
    content, pictures = _content(inputs, params, manifest)
    attached = _attached(inputs, params, content, manifest)
    path = inputs.scratch / "dossier.pdf"
    with Fonts(family, symbols, latin=params.language == "en") as fonts:
        book = lay_out(fonts, content)
        paint(_document(book, content, pictures, attached), fonts, path)
    return Made(document=_layout(book), files={"dossier.pdf": path, "evidence-manifest.json": manifest})


def lay_out(fonts: Fonts, content: Content) -> Book:
    """The pages, drawn again until nothing that is printed about pages changes any more."""
    known = NOTHING_KNOWN
    for _ in range(_MOST_PASSES):
        book = _pass(fonts, content, known)
        if book.learnt() == known:
            break
        known = book.learnt()
    book.finish()
    return book


def _pass(fonts: Fonts, content: Content, known: Known) -> Book:
    book = Book(fonts, content.words, content.title, known)
    for draw in _PARTS:
        draw(book, content)
    book.notes = _missing(fonts, content)
    for page in book.pages:
        book.destinations[page_name(page.number)] = (page.number, 0.0)
    return book


def _missing(fonts: Fonts, content: Content) -> list[Note]:
    """One note for all characters that are printed in the same way."""
    by_shown: dict[str, list[str]] = {}
    for char, shown in sorted(fonts.missing.items()):
        by_shown.setdefault(shown, []).append(f"U+{ord(char):04X}")
    return [
        Note(code="glyph-missing", values={"character": content.words("comma").join(codes), "shown": shown})
        for shown, codes in by_shown.items()
    ]


def _content(inputs: Inputs, params: Params, manifest: bytes) -> tuple[Content, Pictures]:
    items = tuple(sorted(inputs.items, key=lambda item: label_key(item.exhibit.label)))
    rules = privacy_of(params.case, items)
    pictures = Pictures(rules)
    if inputs.custody is None:
        raise LookupError("the dossier cites the evidence chain")
    content = Content(
        case=params.case,
        language=params.language,
        items=items,
        timeline=inputs.documents["timeline"],
        appraisal=inputs.documents["appraise"],
        marks=_by_exhibit(inputs.documents["annotate"]),
        shots=dict(_shots(inputs, items, pictures)),
        custody=inputs.custody,
        rules=rules,
        manifest_digest=hashlib.sha256(manifest).hexdigest(),
        is_embedded=params.attach != "none",
        notes=inputs.notes,
    )
    return content, pictures


def _by_exhibit(marks: Marks) -> dict[str, tuple[Mark, ...]]:
    found: dict[str, tuple[Mark, ...]] = {}
    for mark in marks.marks:
        found[mark.exhibit] = (*found.get(mark.exhibit, ()), mark)
    return found


def _shots(inputs: Inputs, items: tuple[Item, ...], pictures: Pictures) -> Iterator[tuple[str, Shot]]:
    for item in items:
        if item.status != "withdrawn" and item.ingested and item.ingested.kind in ("image", "pdf"):
            shot = pictures.shot(item, inputs.path(item.exhibit.digest))
            if shot is not None:
                yield item.exhibit.label, shot


def _attached(inputs: Inputs, params: Params, content: Content, manifest: bytes) -> list[Attached]:
    if params.attach == "none":
        return []
    files = [Attached("evidence-manifest.json", "application/json", content.words("manifest-heading"), manifest)]
    if params.attach == "all":
        originals = _travelling(content.items)
        names = {item.exhibit.label: _file_name(item) for item in originals}
        digests = {names[item.exhibit.label]: bare(item.exhibit.digest) for item in originals}
        for item in originals:
            kind = item.ingested.media_type if item.ingested else "application/octet-stream"
            about = content.words("exhibit", label=item.exhibit.label)
            files.append(Attached(names[item.exhibit.label], kind, about, inputs.path(item.exhibit.digest)))
        files.append(Attached("ORIGINALS.sha256", "text/plain", content.words("originals"), digest_lines(digests)))
    return files


def _travelling(items: tuple[Item, ...]) -> list[Item]:
    """Originals that hold only this case's matter: an archive travels with all its members or not at all."""
    stay = {_outermost(item) for item in items if any(note.code in _STAYS for note in item.notes)}
    return [
        item
        for item in items
        if item.exhibit.parent is None and item.status != "withdrawn" and item.exhibit.label not in stay
    ]


def _outermost(item: Item) -> str:
    return item.exhibit.label.split("-")[0]


def _file_name(item: Item) -> str:
    return f"{item.exhibit.label}-{item.exhibit.name.rsplit('/', 1)[-1]}"


def _document(book: Book, content: Content, pictures: Pictures, attached: list[Attached]) -> Document:
    return Document(
        pages=book.pages,
        destinations=book.destinations,
        bookmarks=[Bookmark(*entry) for entry in book.outline],
        images=pictures.objects,
        attached=attached,
        title=content.title,
        author=content.case.applicant.name or "",
        language=content.language,
        made=content.custody.made,
    )


def _layout(book: Book) -> Layout:
    placed = [Placed(exhibit=label, where=where, page=page) for (label, where), page in book.placed.items()]
    placed.sort(key=lambda place: (label_key(place.exhibit), place.page, place.where.sort_key()))
    sections = ("brief", "answers", "statement", "catalogue", "timeline", "exhibits", "unread", "integrity", "pledge")
    return Layout(
        pages=len(book.pages),
        exhibits=dict(sorted(book.exhibits.items(), key=lambda entry: label_key(entry[0]))),
        placed=tuple(placed),
        sections={name: book.destinations[name][0] for name in sections if name in book.destinations},
        notes=tuple(book.notes),
    )
