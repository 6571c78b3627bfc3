"""What is said about case.toml and about arguments."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    "case-not-utf8": Wording(
        "error",
        "{file} 第 {line} 行不是 UTF-8 编码（可能是 GBK）。用记事本打开，选“另存为”，编码选 UTF-8，再保存。",
        "{file} line {line} is not UTF-8 (perhaps GBK). Open it in Notepad, choose Save as, encoding UTF-8.",
    ),
    "case-quotes": Wording(
        "error",
        "{file} 第 {line} 行用了中文引号：{wrong}　请改为英文引号：{right}",
        "{file} line {line} has typographic quotes: {wrong}  Type: {right}",
    ),
    "case-full-width": Wording(
        "error",
        "{file} 第 {line} 行用了全角符号：{wrong}　请改为半角：{right}",
        "{file} line {line} has full-width signs: {wrong}  Type: {right}",
    ),
    "case-not-toml": Wording(
        "error",
        '{file} 第 {line} 行写法不对：{wrong}　应为 名称 = "内容"，引号和等号用英文半角。',
        '{file} line {line} cannot be understood: {wrong}  It should read name = "text".',
    ),
    "case-unknown-key": Wording(
        "error",
        "{file} 第 {line} 行（{table}）：没有“{key}”这一项，是不是“{near}”？",
        "{file} line {line} ({table}): there is no “{key}”. Did you mean “{near}”?",
    ),
    "case-unknown-key-far": Wording(
        "error",
        "{file} 第 {line} 行（{table}）：没有“{key}”这一项。可以用的有：{known}",
        "{file} line {line} ({table}): there is no “{key}”. Known: {known}",
    ),
    "case-wrong-choice": Wording(
        "error",
        "{file} 第 {line} 行：{key} 只能是以下之一：{choices}",
        "{file} line {line}: {key} must be one of {choices}",
    ),
    "case-wrong-platform": Wording(
        "error",
        "case.toml 第 {line} 行：没有平台“{platform}”。可以填写：{known}",
        "case.toml line {line}: there is no platform “{platform}”. Known: {known}",
    ),
    "case-missing-key": Wording(
        "error",
        "{file} 第 {line} 行：[{table}] 缺少“{key}”这一项。",
        "{file} line {line}: [{table}] lacks “{key}”.",
    ),
    "case-twice": Wording(
        "error",
        "{file} 第 {line} 行重复了：{wrong}　同一项只能写一次，请删去一行。",
        "{file} line {line} says it again: {wrong}  Each key stands once; remove one.",
    ),
    "is-a-folder": Wording("error", "{name} 是文件夹，请指定里面的文件。", "{name} is a folder; name the files in it."),
    "case-wrong-type": Wording(
        "error",
        '{file} 第 {line} 行：{key} 的内容类型不对。文字、日期和订单号都要写在英文引号里，例如 "2026-03-16 21:14"。',
        "{file} line {line}: {key} is of the wrong type. Texts, dates and order numbers stand in quotes.",
    ),
    "case-wrong-zone": Wording(
        "error",
        "case.toml 第 {line} 行：不认识时区“{zone}”。请写 Asia/Shanghai 或 +08:00。",
        "case.toml line {line}: no such zone “{zone}”. Write Asia/Shanghai or +08:00.",
    ),
    "case-no-statement": Wording(
        "error",
        "case.toml 第 {line} 行：案件文件夹里没有“{name}”。请放入该文件，或删去这一行。",
        "case.toml line {line}: no “{name}” in the case folder. Put it there, or remove the line.",
    ),
    "case-statement-not-utf8": Wording(
        "error",
        "case.toml 第 {line} 行所指的“{name}”不是 UTF-8 编码。请另存为 UTF-8。",
        "“{name}”, named in case.toml line {line}, is not UTF-8. Save it as UTF-8.",
    ),
    "case-name-twice": Wording(
        "error",
        "case.toml 里的“{name}”对应多个文件：{matches}。请写出其中一个的完整路径。",
        "“{name}” in case.toml fits several files: {matches}. Write the whole path of one.",
    ),
    "case-exists": Wording(
        "error",
        "{case} 已经是一个案件文件夹，没有改动任何内容。",
        "{case} is a case already; nothing was changed.",
    ),
    "wrong-choice": Wording(
        "error", "{name} 不能是“{value}”，只能是：{choices}", "{name} cannot be “{value}”; it is one of {choices}"
    ),
    "wrong-zone": Wording(
        "error",
        "不认识时区“{zone}”。请写 Asia/Shanghai 或 +08:00。",
        "No such zone “{zone}”. Write Asia/Shanghai or +08:00.",
    ),
    "no-ledger": Wording("error", "{case} 里没有保管记录（ledger.jsonl）。", "There is no ledger.jsonl in {case}."),
    "grade-A": Wording("info", "见过真实文件", "seen in real files"),
    "grade-B": Wording("info", "来自可用的程序代码", "from working code"),
    "grade-C": Wording("info", "来自说明文档", "from documentation"),
    "grade-D": Wording("info", "仅见过一次，把握不大", "seen once, unproven"),
    "no-such-file": Wording("error", "找不到文件：{name}", "No such file: {name}"),
    "no-such-command": Wording(
        "error", "没有命令“{name}”。可以用的有：{known}", "There is no command “{name}”. Known: {known}"
    ),
    "no-such-format": Wording(
        "error", "没有格式“{format}”。可以用的有：{formats}", "There is no format “{format}”. Known: {formats}"
    ),
}
