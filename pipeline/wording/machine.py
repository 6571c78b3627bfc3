"""What the machinery has to say: tasks, store, ledger, the machine itself."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    "task-crashed": Wording(
        "error",
        "处理“{name}”的程序意外停止（步骤 {stage}），该文件未读取。用 --retry 可再试一次。",
        "The program that worked on “{name}” stopped unexpectedly (stage {stage}); it stays unread. --retry tries again.",
    ),
    "task-timed-out": Wording(
        "error",
        "处理“{name}”超过 {seconds} 秒（步骤 {stage}），已停止，该文件未读取。用 --retry 可再试一次。",
        "Work on “{name}” took longer than {seconds} s (stage {stage}) and was stopped; --retry tries again.",
    ),
    "task-failed": Wording(
        "error",
        "处理“{name}”时出错（步骤 {stage}：{error}），该文件未读取。",
        "Work on “{name}” failed (stage {stage}: {error}); it stays unread.",
    ),
    "out-of-memory": Wording(
        "error",
        "处理“{name}”时内存不足（步骤 {stage}），该文件未读取。用 --retry 可再试一次。",
        "Not enough memory for “{name}” (stage {stage}); --retry tries again.",
    ),
    "stage-failed": Wording(
        "error",
        "步骤 {stage} 出错：{error}。证据没有改动；请把这句话告诉开发者。",
        "Stage {stage} failed: {error}. The evidence is untouched; please report this sentence.",
    ),
    "case-busy": Wording(
        "error",
        "另一个程序正在处理这个案件文件夹：{case}。等它结束后再试。",
        "Another program is working on this case: {case}. Try again when it has finished.",
    ),
    "case-disturbed": Wording(
        "error",
        "处理期间有别的程序删除或移走了 {case} 里的文件，这次没有完成。证据和保管记录没有受损；再运行一次即可。",
        "Something removed files in {case} while it was built. Evidence and ledger are whole; run again.",
    ),
    "no-space": Wording(
        "error",
        "磁盘空间不足，无法写入 {path}。腾出空间后再运行一次，已完成的部分会保留。",
        "No space left to write {path}. Free some and run again; what is finished is kept.",
    ),
    "no-rights": Wording(
        "error",
        "没有权限写入 {path}。请检查文件夹权限后再运行一次。",
        "No right to write {path}. Check the folder's permissions and run again.",
    ),
    "read-only-disk": Wording(
        "error",
        "无法写入 {path}：它所在的磁盘是只读的（例如写保护的 U 盘或光盘）。请把案件文件夹复制到电脑的硬盘上，再运行一次。",
        "Cannot write {path}: its disk is read-only (a protected stick, a disc). Copy the case folder to the computer's own "
        "disk and run again.",
    ),
    "no-access": Wording(
        "error",
        "没有权限打开 {path}。请检查文件和文件夹的权限后再运行一次。",
        "No right to open {path}. Check the permissions of the file and its folder and run again.",
    ),
    "no-rights-read": Wording(
        "error",
        "没有权限读取 {path}。请检查它的权限，或关闭占用它的程序，再运行一次。",
        "No right to read {path}. Check its permissions, or close the program that holds it, and run again.",
    ),
    "not-a-case": Wording(
        "error",
        "找不到案件文件夹：{case}。用 dossier new {case} 新建一个，把证据放进其中的 inbox 文件夹。",
        "No case folder: {case}. Make one with dossier new {case} and put the evidence into its inbox folder.",
    ),
    "nothing-usable": Wording(
        "error",
        "{case} 里没有可以使用的证据（共 {files} 个文件）。把截图、订单表或聊天记录放进 inbox 文件夹后再运行。",
        "{case} holds no usable evidence ({files} files). Put screenshots, order tables or chats into inbox and run again.",
    ),
    "original-altered": Wording(
        "error",
        "原始文件被改动：证据{label}（{name}）与收入时的哈希不一致，不会被使用。请从备份恢复 {path}；"
        "如果 inbox 里的文件还是原样，删除被改动的这一份再运行，会从 inbox 重新收入。",
        "An original was altered and is not used: exhibit {label} ({name}) no longer has the digest it was received with. "
        "Restore {path} from a backup; if the file in inbox is still the same, delete the altered one and run again.",
    ),
    "ledger-lost": Wording(
        "error",
        "保管记录不见了：{path}。没有它，证据编号和收入时间无法核对。"
        "请从备份恢复 ledger.jsonl；没有备份时，请新建一个案件文件夹，把 inbox 放进去重新开始。",
        "The ledger is gone: {path}. Without it labels and times of receipt cannot be checked. "
        "Restore ledger.jsonl from a backup, or start a new case folder with the inbox.",
    ),
    "ledger-broken": Wording(
        "error",
        "保管记录 ledger.jsonl 第 {line} 行与前一行不相连：记录被改动过。请从备份恢复。",
        "ledger.jsonl line {line} does not follow from the line before: the record was altered. Restore it from a backup.",
    ),
    "ledger-newer": Wording(
        "error",
        "这个案件由更新版本的 dossier 处理过（保管记录第 {line} 行为版本 {version}，本程序只认得到版本 {known}）。"
        "请先更新 dossier，再运行一次；案件没有任何改动。",
        "A newer dossier worked on this case (line {line} of the ledger is of version {version}, this one knows {known}). "
        "Update dossier and run again; nothing in the case was changed.",
    ),
    "interrupted": Wording(
        "warning",
        "已中断。再运行一次会从停下的地方继续。",
        "Interrupted. Run again to go on from here.",
    ),
    "built": Wording("info", "卷宗已生成：{dossier}", "Made: {dossier}"),
    "built-nothing-new": Wording(
        "info",
        "证据和设置都没有变化，卷宗已是最新：{dossier}",
        "Nothing has changed; the dossier is up to date: {dossier}",
    ),
    "built-partly": Wording("info", "已完成（未生成卷宗）：{out}", "Done, without a dossier: {out}"),
    "built-no-further": Wording(
        "info", "已完成到指定的步骤，未生成卷宗。", "Done up to the stage asked for, without a dossier."
    ),
    "built-warned": Wording("warning", "请留意 {count} 处：", "{count} thing(s) to look at:"),
    "built-more": Wording("info", "  · 另有 {count} 处，见 notes.json。", "  · {count} more, see notes.json."),
    "built-counts": Wording(
        "info",
        "证据 {exhibits} 件，时间线 {events} 条，共 {pages} 页。",
        "{exhibits} exhibits, {events} events, {pages} pages.",
    ),
    "built-unread": Wording(
        "warning",
        "有 {count} 件未能读取或只读取了一部分，卷宗里已写明：",
        "{count} could not be read, or only in part; the dossier says so:",
    ),
    "bug": Wording(
        "error",
        "程序出错（{error}）。您的证据没有改动。请把这句话告诉开发者。",
        "A bug: {error}. Your evidence is untouched. Please report this sentence.",
    ),
    "machine-error": Wording("error", "系统错误：{error}（{path}）。", "The system says: {error} ({path})."),
    "intruder": Wording(
        "error",
        "程序包 {package} 来自另一个位置：{path}。请在新的虚拟环境里重新安装。",
        "The package {package} comes from another place: {path}. Install again in a fresh virtual environment.",
    ),
    "unknown-stage": Wording(
        "error",
        "没有名为“{stage}”的步骤。可用的步骤：{stages}。",
        "There is no stage “{stage}”. The stages are: {stages}.",
    ),
    "wrong-epoch": Wording(
        "error",
        "环境变量 SOURCE_DATE_EPOCH 应为 1970 年以来的秒数，现在是“{value}”。请改正或删除它。",
        "SOURCE_DATE_EPOCH must be a number of seconds since 1970, not “{value}”. Correct or unset it.",
    ),
    "wrong-memory": Wording(
        "error",
        "环境变量 DOSSIER_MEMORY 应为一个任务可用的内存，单位 MB，不小于 {least}，现在是“{value}”。请改正或删除它。",
        "DOSSIER_MEMORY must be the megabytes that one task may take, {least} or more, not “{value}”. Correct or unset it.",
    ),
    "out-in-evidence": Wording(
        "error",
        "结果不能放进 {out}：那里存放证据或案件的内部文件。请用 --out 指定另一个文件夹。",
        "Results cannot go into {out}: evidence or the case's own files lie there. Give --out another folder.",
    ),
    "out-impossible": Wording(
        "error",
        "{out} 不能作为结果文件夹：路径上有同名文件，或名称不合法。请用 --out 指定另一个文件夹。",
        "No folder for results can be at {out}: a file stands there, or a name is not allowed. Give --out another one.",
    ),
    "symlink-refused": Wording(
        "warning",
        "“{name}”是指向别处的链接，没有收入。请把文件本身复制进来。",
        "“{name}” is a link to somewhere else and was not taken in. Copy the file itself instead.",
    ),
    "special-file-refused": Wording(
        "warning",
        "“{name}”不是普通文件，没有收入。",
        "“{name}” is not a plain file and was not taken in.",
    ),
    "cannot-open": Wording(
        "warning",
        "“{name}”打不开，这次没有收入。请检查文件权限或关闭占用它的程序，再运行一次。",
        "“{name}” cannot be opened and was not taken in this time. Check its permissions, then run again.",
    ),
    "hidden-left-out": Wording(
        "info",
        "有 {count} 个隐藏文件或文件夹（名称以“.”开头）没有收入。如果其中有证据，请去掉名称开头的点，再运行一次。",
        "{count} hidden file(s) or folder(s) (name with a leading dot) were not taken in. If one is evidence, rename it.",
    ),
    "same-bytes": Wording(
        "info",
        "以下文件内容完全相同，作为同一份证据（证据{label}）收入：{names}。",
        "These files have the same content and are one exhibit ({label}): {names}.",
    ),
    "nested-archive": Wording(
        "warning",
        "压缩包“{name}”在另一个压缩包或邮件里面，其中的 {members} 个文件没有读取。请先解压再放进 inbox 文件夹。",
        "The archive “{name}” lies inside another file; its {members} files were not read. Unpack it into inbox first.",
    ),
    "no-reader": Wording(
        "warning",
        "没有读取方法认得“{name}”，内容未读取。请换成常见的格式：表格用 Excel 或 CSV，聊天用导出的文件或截图。少见的表格，可以运行 "
        "dossier suggest 加这个文件的路径：会起草一段 [[sources]]，核对后粘贴进 case.toml。",
        "No reader knows “{name}”; it stays unread. Give it in a common format: tables as Excel or CSV, chats as exported or "
        "as screenshots. For a rare table, dossier suggest and its path drafts a [[sources]] section: check it and paste it "
        "into case.toml.",
    ),
    "ledger-missing": Wording(
        "error",
        "找不到保管记录 {path}。",
        "There is no ledger {path}.",
    ),
    "ledger-unreadable": Wording(
        "error",
        "保管记录第 {line} 行无法识别：内容被改动过。请从备份恢复。",
        "Line {line} of the ledger cannot be read: it was altered. Restore it from a backup.",
    ),
    "ledger-altered": Wording(
        "error",
        "保管记录第 {line} 行与自身的哈希不一致：内容被改动过。请从备份恢复。",
        "Line {line} of the ledger does not have its own hash: it was altered. Restore it from a backup.",
    ),
    "ledger-torn": Wording(
        "warning",
        "保管记录第 {line} 行没有写完（程序曾意外停止）。再运行一次 build 会自动修复并留下记录。",
        "Line {line} of the ledger was not finished (a build was killed). The next build mends and records it.",
    ),
    "ledger-recovered": Wording(
        "info",
        "上次运行意外中断，保管记录的残缺末行已移到 {kept}，其余记录完好。",
        "A former build was killed; the unfinished last line of the ledger was moved to {kept}, the rest is whole.",
    ),
}
