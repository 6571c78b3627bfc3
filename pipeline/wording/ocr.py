"""What ocr has to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    "no-text": Wording(
        "info",
        "图片里没有识别到文字；图片照样展示。",
        "No text was found in the picture; it is shown all the same.",
    ),
    "shapes-left-out": Wording(
        "info",
        "图片里有 {count} 处图形（图标、头像、表情，也可能是单独一个字）没有当作文字读取；图片照样完整展示。",
        "{count} shapes in the picture (icons, avatars, emoji, perhaps a letter by itself) were not read as text; "
        "the picture is shown whole all the same.",
    ),
    "ocr-off": Wording(
        "warning",
        "文字识别已关闭（--ocr none），图片里的文字没有读取。",
        "The recognition of text is switched off (--ocr none); the text in the picture was not read.",
    ),
    "engine-stood-in": Wording(
        "warning",
        "第一个识别程序在这一段图片上失败（{failed}），由 {engine} 代读，没有第二个程序核对。请对照原图；用 --retry 可再试一次。",
        "The first engine failed on this part of the picture ({failed}); {engine} read it instead, and nothing checked it. "
        "Compare it with the picture; --retry tries again.",
    ),
    "witness-failed": Wording(
        "warning",
        "第二个识别程序 {engine} 失败（{failed}），号码、时间、金额和引用的原话只有一个程序读过，没有核对。请对照原图；"
        "用 --retry 可再试一次。",
        "The second engine {engine} failed ({failed}): numbers, times, amounts and quoted words were read by one engine "
        "and not checked. Compare them with the picture; --retry tries again.",
    ),
    "engine-crashed": Wording(
        "error",
        "识别程序 {engine} 中途停止（状态 {status}），这一段图片的文字没有读出。用 --retry 可再试一次。",
        "The engine {engine} stopped (status {status}); this part of the picture stays unread. --retry tries again.",
    ),
    "engine-timed-out": Wording(
        "error",
        "识别程序 {engine} 超过 {seconds} 秒没有结果，已停止，这一段图片的文字没有读出。用 --retry 可再试一次。",
        "The engine {engine} gave nothing in {seconds} s and was stopped; this part stays unread. --retry tries again.",
    ),
    "engine-garbled": Wording(
        "error",
        "识别程序 {engine} 给出的结果无法辨认，没有采用，这一段图片的文字没有读出。请重新安装它，再用 --retry 试一次。",
        "What the engine {engine} gave makes no sense and was not used; this part stays unread. "
        "Install it again and use --retry.",
    ),
    "no-engine": Wording(
        "error",
        "没有找到文字识别程序。请在程序目录运行：make setup。或者用 --ocr none 不识别文字。",
        "No engine that recognises text is installed. Run in the program's folder: make setup. Or use --ocr none.",
    ),
    "rapidocr-missing": Wording(
        "error",
        "没有找到文字识别程序 rapidocr（或它的模型文件、运行库 openvino/onnxruntime）。请在程序目录运行：make setup。"
        "或者用 --ocr tesseract。",
        "rapidocr, its model files or its runtime (openvino or onnxruntime) are not installed. "
        "Run in the program's folder: make setup. Or use --ocr tesseract.",
    ),
    "tesseract-missing": Wording(
        "error",
        "没有找到文字识别程序 tesseract。Debian/Ubuntu 运行：sudo apt-get install tesseract-ocr tesseract-ocr-chi-sim；"
        "macOS 运行：brew install tesseract tesseract-lang。或者用 --ocr none 不识别文字。",
        "tesseract is not installed. Debian/Ubuntu: sudo apt-get install tesseract-ocr tesseract-ocr-chi-sim; "
        "macOS: brew install tesseract tesseract-lang. Or use --ocr none.",
    ),
    "tesseract-broken": Wording(
        "error",
        "文字识别程序 {program} 无法运行。请重新安装。Debian/Ubuntu 运行：sudo apt-get install --reinstall tesseract-ocr；"
        "macOS 运行：brew reinstall tesseract。",
        "{program} does not run. Install it again. Debian/Ubuntu: sudo apt-get install --reinstall tesseract-ocr; "
        "macOS: brew reinstall tesseract.",
    ),
    "language-missing": Wording(
        "error",
        "tesseract 缺少语言包：{languages}。Debian/Ubuntu 运行：sudo apt-get install {packages}；"
        "macOS 运行：brew install tesseract-lang。",
        "tesseract lacks the language data {languages}. Debian/Ubuntu: sudo apt-get install {packages}; "
        "macOS: brew install tesseract-lang.",
    ),
}
