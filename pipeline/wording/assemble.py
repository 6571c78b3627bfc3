"""What assemble has to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    "font-missing": Wording(
        "error",
        "本机没有可用的中文字体，无法排版。Debian/Ubuntu：sudo apt install fonts-noto-cjk；macOS：brew install --cask font-noto-sans-cjk-sc（装到 /Library/Fonts）。",
        "No Chinese font on this machine. Debian/Ubuntu: sudo apt install fonts-noto-cjk; macOS: brew install --cask font-noto-sans-cjk-sc (into /Library/Fonts).",
    ),
    "glyph-missing": Wording(
        "warning",
        "字符 {character} 在本机字体中没有字形，排印为{shown}。",
        "No font on this machine has the character {character}; it is printed as {shown}.",
    ),
}
