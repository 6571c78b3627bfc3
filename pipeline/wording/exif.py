"""What exif has to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    "exif-broken": Wording(
        "warning",
        "图片的拍摄信息（EXIF）已损坏，读不出其中的日期；画面不受影响。有原图时请改用原图。",
        "The picture's EXIF data is damaged and its dates cannot be read; the picture itself is not affected. "
        "Use the original if there is one.",
    ),
    "exif-date-invalid": Wording(
        "warning",
        "图片信息 {tag} 写的“{text}”不是有效的日期，没有采用。",
        "{tag} says “{text}”, which is no valid date; it was not used.",
    ),
    "file-name-date-invalid": Wording(
        "info",
        "文件名里的“{text}”看起来像日期，但不是有效的日期，没有采用。",
        "“{text}” in the file's name looks like a date but is none; it was not used.",
    ),
    "picture-edited": Wording(
        "warning",
        "图片信息显示它由修图软件保存过：{software}。平台可能要求提供未经编辑的原图。",
        "The picture was saved by a program for changing pictures: {software}. The platform may ask for the original.",
    ),
    "metadata-not-read": Wording(
        "info",
        "图片里还有 {xmp} 段 XMP 信息和 {texts} 段 PNG 文字信息没有解析；它们保留在原件里。",
        "The picture holds {xmp} XMP packets and {texts} PNG texts that were not parsed; they remain in the original.",
    ),
}
