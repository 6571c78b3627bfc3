"""What a run over many cases has to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    "batch-none": Wording(
        "error",
        "{root} 下面没有案件文件夹。每个案件一个文件夹，里面放 case.toml、inbox 文件夹，或者直接放证据文件。",
        "No case below {root}. A case is a folder with case.toml, with an inbox folder, or with the evidence itself.",
    ),
    "batch-root": Wording(
        "error",
        "找不到文件夹：{root}。请写出存放所有案件的文件夹。",
        "No such folder: {root}. Name the folder that holds all cases.",
    ),
    "batch-counts": Wording(
        "info",
        "{cases} 个案件：{whole} 个完整，{partly} 个已生成但有内容未读出，{rest} 个没有完成。",
        "{cases} case(s): {whole} complete, {partly} made with something unread, {rest} not made.",
    ),
    "batch-made": Wording("info", "卷宗 {pages} 页，证据 {exhibits} 件。", "{pages} pages from {exhibits} exhibit(s)."),
    "batch-partly": Wording(
        "warning",
        "卷宗 {pages} 页，证据 {exhibits} 件；没有读全：{names}。",
        "{pages} pages from {exhibits} exhibit(s); not read in full: {names}.",
    ),
    "batch-loose": Wording(
        "warning",
        "有 {count} 个散落的文件不属于任何案件（例如 {name}），没有处理。请放进各自的案件文件夹。",
        "{count} loose file(s) belong to no case (such as {name}) and were left alone. Put them into their case's folder.",
    ),
    "batch-closed": Wording(
        "warning",
        "文件夹 {name} 打不开，里面有没有案件不得而知。请检查权限。",
        "The folder {name} could not be opened; whether it holds cases is not known. Check its permissions.",
    ),
    "batch-resume": Wording(
        "info",
        "已停止：{done}/{cases} 个案件完成。再次运行同样的命令会接着做。",
        "Stopped: {done} of {cases} case(s) done. The same command goes on from here.",
    ),
    "report-not-written": Wording(
        "error",
        "报告 {path} 写不出来：{error}。案件本身已处理完毕；换一个位置再运行一次即可，已完成的不会重做。",
        "The report {path} could not be written: {error}. The cases are done; name another place and run again.",
    ),
}
