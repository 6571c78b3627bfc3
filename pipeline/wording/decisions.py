"""What is said about decisions.toml: readings that a person corrected."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    "decision-without-text": Wording(
        "error",
        "decisions.toml 第 {line} 行的更正没有写 text（图上实际的文字）。请照图片填写，或删去这一条。",
        "decisions.toml line {line}: the ruling has no text. Write what the picture shows, or remove it.",
    ),
    "decision-without-place": Wording(
        "error",
        "decisions.toml 第 {line} 行的更正既没有写 machine（程序读出的文字）也没有写 box（位置）。请从 dossier check 的提示中整段复制。",
        "decisions.toml line {line}: the ruling names neither machine (what was read) nor box (where). "
        "Copy the whole block that dossier check prints.",
    ),
    "decision-wrong-box": Wording(
        "error",
        "decisions.toml 第 {line} 行的 box 应为 [左, 上, 右, 下] 四个数，左小于右，上小于下。请从 dossier check 的提示中复制。",
        "decisions.toml line {line}: box is [left, top, right, bottom], left below right and top below bottom.",
    ),
    "decision-without-exhibit": Wording(
        "warning",
        "decisions.toml 第 {line} 行更正的证据“{exhibit}”不在本案中，这条更正没有使用。",
        "decisions.toml line {line}: there is no exhibit “{exhibit}”; the ruling was not used.",
    ),
    "decision-exhibit-twice": Wording(
        "warning",
        'decisions.toml 第 {line} 行的“{exhibit}”对应多份证据，这条更正没有使用。请写证据编号，例如 exhibit = "3"。',
        "decisions.toml line {line}: “{exhibit}” fits several exhibits; the ruling was not used. Write the label.",
    ),
    "decision-not-there": Wording(
        "warning",
        "decisions.toml 第 {line} 行：图中没有读到“{machine}”，这条更正没有使用。请对照 dossier check 的提示重新填写。",
        "decisions.toml line {line}: “{machine}” was not read there; the ruling was not used. See dossier check.",
    ),
    "decision-several": Wording(
        "warning",
        "decisions.toml 第 {line} 行：“{machine}”在图中出现多次，不能确定是哪一处，这条更正没有使用。请写上 box。",
        "decisions.toml line {line}: “{machine}” stands in several places; the ruling was not used. State its box.",
    ),
    "decision-used": Wording(
        "info",
        "人工更正：“{text}”（程序读作“{machine}”）。",
        "Corrected by hand: “{text}” (read by machine as “{machine}”).",
    ),
}
