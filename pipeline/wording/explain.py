"""Why a step ran, or did not: what `dossier explain` says."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    "explain-not-built": Wording(
        "error",
        "{case} 还没有生成过，没有可以说明的。先运行 dossier build {case}。",
        "{case} was never built; there is nothing to explain. Run dossier build {case} first.",
    ),
    "explain-nothing-such": Wording(
        "error",
        "没有叫“{name}”的证据或步骤。{near}证据编号：{labels}。步骤：{stages}。",
        "There is no exhibit or stage “{name}”. {near}Exhibits: {labels}. Stages: {stages}.",
    ),
    "explain-near": Wording("info", "是不是：{names}？", "Did you mean: {names}? "),
    "explain-several": Wording(
        "error",
        "“{name}”不止一件证据：{names}。请写编号，例如：dossier explain {case} {label}",
        "“{name}” is more than one exhibit: {names}. Give the label, such as: dossier explain {case} {label}",
    ),
    "explain-not-taken": Wording(
        "error",
        "“{name}”在证据文件夹里，但还没有收入。先运行 dossier build {case}。",
        "“{name}” lies in the inbox but no build has taken it in. Run dossier build {case} first.",
    ),
    "explain-work-gone": Wording(
        "warning",
        "work 文件夹里没有处理记录（被删除过，或由旧版程序生成），因此说不出各步骤为什么运行。"
        "再运行一次 dossier build，之后即可说明。",
        "There is no journal in work/ (deleted, or made by an older version), so why the stages ran is not known. "
        "Run dossier build once more.",
    ),
    "why-new": Wording("info", "第一次处理", "for the first time"),
    "why-reused": Wording(
        "info",
        "沿用更早的结果（当时的原因没有记录）",
        "a former result fits again (why it was made then is not recorded)",
    ),
    "why-retry": Wording(
        "info", "上次中断或超时，按 --retry 重试", "it was interrupted or timed out, and --retry asked"
    ),
    "why-failed-before": Wording("info", "上次出错，再试一次", "it failed the time before"),
    "why-damaged": Wording(
        "info", "work 文件夹里的结果丢失或损坏，重新生成", "its result in work/ was lost or damaged"
    ),
    "why-version": Wording("info", "程序的这一步有了新版本", "the stage has a new version"),
    "why-program": Wording("info", "程序的数据格式变了", "the program keeps its results in another form"),
    "why-parameters": Wording("info", "设置或 case.toml 变了（{name}）", "settings or case.toml changed ({name})"),
    "why-tools": Wording("info", "用到的工具变了（{name}）", "a tool it uses changed ({name})"),
    "why-exhibit": Wording("info", "证据的内容变了", "the exhibit's bytes changed"),
    "why-exhibits": Wording("info", "证据有增减或改名", "exhibits came, went or were renamed"),
    "why-names": Wording("info", "文件名变了", "the file has other names"),
    "why-status": Wording("info", "有证据的读取状态变了", "how much of an exhibit could be read changed"),
    "why-documents": Wording(
        "info", "前面的步骤 {name} 给出了不同的结果", "the earlier stage {name} gave another result"
    ),
    "why-siblings": Wording("info", "同案的文件有增减或改名", "files of the case came, went or were renamed"),
    "why-links": Wording("info", "可以追查的订单号、单号变了", "the numbers it follows through other files changed"),
    "why-notes": Wording("info", "收入证据时的提示变了", "the notes of intake changed"),
    "why-custody": Wording("info", "保管记录有新内容", "the evidence chain went on"),
    "unasked-withdrawn": Wording("info", "已撤回", "withdrawn"),
    "unasked-needs": Wording("info", "前面的步骤没有成功：{name}", "an earlier stage did not succeed: {name}"),
    "unasked-not-looked": Wording("info", "还没有识别过这个文件", "nobody has looked at what the file is yet"),
    "unasked-kind": Wording("info", "不处理这类文件", "not for this kind of file"),
    "step-ingest": Wording("info", "识别文件", "what the file is"),
    "step-exif": Wording("info", "照片信息与文件名日期", "camera data and dates in names"),
    "step-ocr": Wording("info", "识别文字", "characters"),
    "step-again": Wording("info", "复核关键文字", "a second look at what matters"),
    "step-decisions": Wording("info", "人工更正", "corrections by a person"),
    "step-screens": Wording("info", "理解截图", "what the screen says"),
    "step-chats": Wording("info", "聊天与邮件", "chats and mails"),
    "step-orders": Wording("info", "订单与账单表格", "order tables"),
    "step-linked": Wording("info", "追查相关单号", "what bears the same numbers"),
    "step-timeline": Wording("info", "时间线", "timeline"),
    "step-appraise": Wording("info", "逐条比对", "findings"),
    "step-annotate": Wording("info", "标注", "call-outs"),
    "step-assemble": Wording("info", "排版 PDF", "the PDF"),
    "step-seal": Wording("info", "清单与校验", "manifest and checksums"),
}
