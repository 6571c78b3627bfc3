"""What is said of the pages of a PDF."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    "pdf-page-broken": Wording(
        "error",
        "第 {page} 页已损坏，无法打开。请从来源处重新下载这份 PDF，或单独补一张该页的截图。",
        "Page {page} is damaged and does not open. Download the PDF again, or add a screenshot of the page.",
    ),
    "pdf-page-recognised": Wording(
        "info",
        "第 {page} 页没有可用的文字层，按图片识别。",
        "Page {page} has no text layer that could be used; it was read as a picture.",
    ),
    "pdf-part-recognised": Wording(
        "info",
        "第 {page} 页除文字外还有图片，图片里的文字是识别出来的。",
        "Page {page} holds pictures beside its text; the text in them was recognised.",
    ),
    "pdf-page-not-read": Wording(
        "warning",
        "文字识别已关闭，第 {page} 页图片里的文字没有读取。",
        "The recognition of text is switched off; text in pictures on page {page} was not read.",
    ),
    "pdf-layer-unseen": Wording(
        "warning",
        "第 {page} 页的文字层里有 {characters} 个字符在页面上看不到（隐藏、被遮住、在页面之外或斜排），没有采用。",
        "{characters} characters of the text layer of page {page} cannot be seen on it (hidden, covered, off the page or "
        "askew); they were not used.",
    ),
    "pdf-layer-unmapped": Wording(
        "warning",
        "第 {page} 页的文字层里有 {characters} 个字符没有对应的文字，没有采用。",
        "{characters} characters of the text layer of page {page} stand for no text; they were not used.",
    ),
    "pdf-layer-differs": Wording(
        "warning",
        "第 {page} 页的文字层与页面上看到的不一致，没有采用，整页按图片识别。",
        "The text layer of page {page} is not what the page shows; it was not used and the page was read as a picture.",
    ),
}
