"""What ocr has to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    "no-text": Wording(
        "info",
        "图片里没有识别到文字；图片照样展示。",
        "No text was found in the picture; it is shown all the same.",
    ),
    "ocr-off": Wording(
        "warning",
        "文字识别已关闭（--ocr none），图片里的文字没有读取。",
        "The recognition of text is switched off (--ocr none); the text in the picture was not read.",
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
    "engine-not-installed": Wording(
        "error",
        "识别程序 {engine} 没有安装。现在可用：--ocr auto、tesseract 或 none。",
        "The engine {engine} is not installed. Available: --ocr auto, tesseract or none.",
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
