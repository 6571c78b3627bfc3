"""What the drop folder says: while it works, on its status page, and in the file that goes with each case."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    # -- starting
    "watch-no-inbox": Wording(
        "error",
        "找不到收件文件夹：{inbox}。请先新建这个文件夹，再运行一次。",
        "There is no folder {inbox}. Make it, then run again.",
    ),
    "watch-is-a-case": Wording(
        "error",
        "{inbox} 本身就是一个案件文件夹。请指定存放各个案件文件夹的上一层文件夹，或用 dossier build 处理这一个案件。",
        "{inbox} is a case itself. Name the folder that cases are dropped into, or build this one with dossier build.",
    ),
    "watch-exit-taken": Wording(
        "error",
        "{path} 这个位置要用来存放处理完的案件，但那里有一个同名文件。请把那个文件改名或移走。",
        "{path} is where finished cases go, but a file of that name is there. Rename it or move it away.",
    ),
    "watch-exit-elsewhere": Wording(
        "error",
        "{path} 指向别的磁盘或位置，案件没法直接移过去。请把它改成收件文件夹里的普通文件夹。",
        "{path} leads to another disk or place, where a case cannot be moved to. Make it a plain folder in the inbox.",
    ),
    "watch-no-locks": Wording(
        "error",
        "{path} 所在的磁盘不支持文件锁，无法保证一个案件只被处理一次。请换一个位置，或请管理员打开文件锁。",
        "The disk of {path} has no file locks, so a case might be taken twice. Use another place, or have locks enabled.",
    ),
    "watch-began": Wording(
        "info",
        "正在看守 {inbox}：放进去的文件夹静置 {seconds} 秒后开始处理。按 Ctrl-C 停止。状态见 {page}。",
        "Watching {inbox}: a folder is taken once it was still for {seconds} s. Ctrl-C stops. Status: {page}.",
    ),
    # -- happenings
    "watch-took": Wording("info", "收下 {name}（{count} 个文件）", "took {name} ({count} files)"),
    "watch-resumed": Wording("info", "接着处理上次没有做完的 {name}", "going on with {name}, left by a former run"),
    "watch-line": Wording("info", "{name} → {way}：{sentence}", "{name} → {way}: {sentence}"),
    "watch-line-back": Wording(
        "warning", "{name} 暂时放回收件文件夹：{sentence}", "{name} is back in the inbox for now: {sentence}"
    ),
    "watch-handed-back": Wording(
        "info",
        "{name} 没有做完，已放回收件文件夹；下次运行会接着做。",
        "{name} was not finished and is back in the inbox; the next run goes on with it.",
    ),
    "watch-stays-claimed": Wording(
        "info",
        "{name} 没有做完，留在 .claims 里；下次运行会接着做。",
        "{name} was not finished and stays in .claims; the next run goes on with it.",
    ),
    "watch-unreachable": Wording(
        "warning",
        "暂时打不开收件文件夹 {inbox}：{error}。每分钟再试一次。",
        "The inbox {inbox} is out of reach: {error}. It is tried again every minute.",
    ),
    "watch-left-for-next": Wording(
        "info", "{name} 留给下一次运行：{reason}", "{name} is left for the next run: {reason}"
    ),
    "watch-loose-name": Wording("info", "{name} 等{count}个文件", "{name} and others ({count} files)"),
    # -- why something is not taken
    "watch-link": Wording(
        "warning",
        "“{name}”是指向别处的链接，不会收下。请把文件或文件夹本身复制进来。",
        "“{name}” is a link to somewhere else and is not taken. Copy the file or folder itself.",
    ),
    "watch-links-inside": Wording(
        "warning",
        "“{name}”里的 inbox、out 等位置是指向别处的链接，不会收下。请换成真正的文件夹。",
        "In “{name}” one of inbox, out and the like is a link to somewhere else; it is not taken. Use a real folder.",
    ),
    "watch-special": Wording(
        "warning", "“{name}”不是普通文件，不会收下。", "“{name}” is not a plain file and is not taken."
    ),
    "watch-closed": Wording(
        "warning",
        "“{name}”打不开。请检查它的权限。",
        "“{name}” cannot be opened. Check its permissions.",
    ),
    "watch-wait-empty": Wording("info", "里面还没有文件。", "There is no file in it yet."),
    "watch-wait-papers": Wording(
        "info",
        "里面还没有证据。请把截图、订单表或聊天记录放进去。",
        "There is no evidence in it yet. Put screenshots, order tables or chats into it.",
    ),
    "watch-wait-still": Wording(
        "info",
        "等文件传完：再过 {seconds} 秒没有变化就开始。",
        "Waiting for the files to be complete: {seconds} s more without a change.",
    ),
    "watch-wait-partial": Wording(
        "info",
        "好像还有文件没传完（{names}）：再等 {seconds} 秒没有变化就开始。",
        "Something seems unfinished ({names}): {seconds} s more without a change.",
    ),
    "watch-wait-open": Wording(
        "info",
        "有表格或文档好像还在 Excel、WPS 或 Word 里开着（{names}），请保存并关闭。再等 {seconds} 秒没有变化就开始。",
        "A document seems to be open in an office program ({names}): save and close it. {seconds} s more without a change.",
    ),
    "watch-wait-same": Wording(
        "info",
        "同名的案件正在处理，等它做完再并进去。",
        "A case of this name is being worked on; it is joined to that one when it is done.",
    ),
    "watch-wait-pause": Wording("info", "{reason}（{seconds} 秒后再试）", "{reason} (tried again in {seconds} s)"),
    "watch-wait-next": Wording(
        "info", "刚才有变化，留给下一次运行。", "It has just changed, and is left for the next run."
    ),
    # -- the file that goes with a case
    "watch-at": Wording("info", "处理时间：{at}", "Done at: {at}"),
    "watch-made": Wording("info", "卷宗已经做好，证据全部读到了。", "The dossier is made; all evidence was read."),
    "watch-made-partly": Wording(
        "warning",
        "卷宗已经做好，但有些文件没有读到或没有读全。",
        "The dossier is made, but some files could not be read, or not in full.",
    ),
    "watch-failed": Wording("error", "没有做成卷宗。{reason}", "No dossier was made. {reason}"),
    "watch-unharmed": Wording("info", "您的文件都在，没有改动。", "Your files are all here, unchanged."),
    "watch-dossier": Wording(
        "info",
        "卷宗：out 文件夹里的 dossier.pdf，共 {pages} 页，证据 {exhibits} 件。",
        "Dossier: dossier.pdf in the folder out, {pages} pages, {exhibits} exhibit(s).",
    ),
    "watch-unread": Wording(
        "warning", "没有读到或没有读全的文件（{count} 个）：", "Not read, or not in full ({count}):"
    ),
    "watch-noted": Wording("warning", "请留意（{count} 处）：", "Please note ({count}):"),
    "watch-partial": Wording(
        "warning",
        "收下时，这些文件看起来还没有传完（{count} 个）。如果缺了内容，请把完整的文件放进同名文件夹，再拖进来：",
        "When taken, these looked unfinished ({count}). If anything is missing, drop the whole files in a folder of the same name:",
    ),
    "watch-open": Wording(
        "warning",
        "收下时，有表格或文档好像还在 Excel、WPS 或 Word 里开着（{count} 个）。如果之后又改过，请保存并关闭，把它放进同名文件夹，再拖进来：",
        "When taken, documents seemed to be open in an office program ({count}). If changed since, save and close them, and drop them in a folder of the same name:",
    ),
    "watch-unusable": Wording("info", "里面的文件：", "What lies in it:"),
    "watch-nothing": Wording(
        "error", "里面没有能用的证据。{first}", "There is no evidence in it that can be used. {first}"
    ),
    "watch-added": Wording("info", "新并入的证据（{count} 个）：", "Evidence that was joined ({count}):"),
    "watch-replaced": Wording(
        "info",
        "{name} 换成了新的，原来的一份保存为 {former}。",
        "{name} was replaced by the new one; the former is kept as {former}.",
    ),
    "watch-new-paper": Wording("info", "{name} 是新放进来的。", "{name} is new."),
    "watch-left": Wording(
        "info",
        "留在这里的文件，那个案件里已经有内容相同的，或者不能当作证据（{count} 个）：",
        "Left here, since the case has the same already or since it is no evidence ({count}):",
    ),
    "watch-more": Wording("info", "  · 另有 {count} 个", "  · {count} more"),
    "watch-again": Wording(
        "info",
        "和 {folder} 的证据完全相同，没有重复制作。",
        "The evidence is the same as in {folder}; nothing was made again.",
    ),
    "watch-again-out": Wording(
        "info",
        "out 文件夹里是那个案件上次做好的结果（副本）。",
        "The folder out holds a copy of what was made of that case.",
    ),
    "watch-joined": Wording(
        "info",
        "新的证据已并入原来的案件“{name}”，它的卷宗会重新制作，见 {folder}。",
        "What is new went to the known case “{name}”, whose dossier is made anew: see {folder}.",
    ),
    "watch-tried-again": Wording(
        "info",
        "和原来的案件“{name}”相同，那个案件已再试一次。",
        "It is the same as the case “{name}”, which is tried again.",
    ),
    "watch-next": Wording("info", "下一步：", "What to do next:"),
    "watch-next-look": Wording(
        "info",
        "  · 打开 out 文件夹里的 dossier.pdf 核对，再按平台的要求提交。",
        "  · Open dossier.pdf in the folder out, check it, then submit it as the platform asks.",
    ),
    "watch-next-unread": Wording(
        "info",
        "  · 没有读到的文件：按上面的说明换一份完整的，放进一个名为“{name}”的文件夹，拖进收件文件夹。",
        "  · For what was not read: put a whole copy into a folder named “{name}” and drop it into the inbox.",
    ),
    "watch-next-more": Wording(
        "info",
        "  · 要补充证据：新建一个名为“{name}”的文件夹，放入新的文件，拖进收件文件夹；会自动并入这个案件，原有的证据编号不变。",
        "  · To add evidence: drop a folder named “{name}” with the new files; it joins this case, and exhibits keep their numbers.",
    ),
    "watch-next-again": Wording(
        "info",
        "  · 改好以后，把整个“{name}”文件夹拖回收件文件夹，会再做一次。",
        "  · When that is mended, move the whole folder “{name}” back into the inbox; it is tried again.",
    ),
    "watch-next-nothing": Wording(
        "info",
        "  · 不需要做什么。结果在 {folder}；核对无误后，这个文件夹可以删除。",
        "  · Nothing. The result is in {folder}; this folder may be removed once you have looked.",
    ),
    "watch-mend-1": Wording(
        "info",
        "  · 这是程序的错误，不是您的文件有问题。请把上面“没有做成卷宗”那一行发给开发者。",
        "  · This is a fault of the program, not of your files. Send the line above that says why to its developers.",
    ),
    "watch-mend-2": Wording(
        "info",
        "  · 用记事本打开上面所说的文件（一般是“{name}”里的 case.toml），照提示改好那一行，保存。",
        "  · Open the named file (mostly case.toml in “{name}”) with Notepad, mend that line, save it.",
    ),
    "watch-nested": Wording(
        "error",
        "里面有 {count} 个案件（{names}），一个文件夹只能是一个案件，所以没有处理，以免把不同买家的证据混在一起。",
        "It holds {count} case(s) ({names}). A folder is one case; it was left, lest the evidence of several buyers is mixed.",
    ),
    "watch-mend-nested": Wording(
        "info",
        "  · 打开“{name}”，把里面的每个案件文件夹分别拖进收件文件夹。剩下的空文件夹可以删除。",
        "  · Open “{name}” and drag each case in it into the inbox by itself. What is left empty may be removed.",
    ),
    "watch-nested-one": Wording(
        "error",
        "里面有一个案件文件夹（{names}），旁边还有别的文件，分不清是不是同一个案件的，所以没有处理。",
        "It holds a case ({names}) and other files beside it. Whether they belong together cannot be told, so it was left.",
    ),
    "watch-mend-nested-one": Wording(
        "info",
        "  · 打开“{name}”：旁边的文件属于那个案件的，放进案件文件夹里；不属于的拿走。然后把案件文件夹单独拖进收件文件夹。",
        "  · Open “{name}”: put the files beside the case into it if they belong to it, else take them away. Then drag the case itself into the inbox.",
    ),
    "watch-gathered": Wording(
        "info",
        "这个案件是由同时散放在收件文件夹里的几个文件合成的。如果它们不是同一个买家的，请把各人的文件分别放进各自的文件夹，再拖进来；这一份不要提交。",
        "This case was made of files that lay loose in the inbox together. If they are not of one customer, drop a folder for each, and do not submit this one.",
    ),
    "watch-wrapped": Wording(
        "info",
        "拖进来的是“{outer}”，里面只有这一个案件文件夹，已按案件“{name}”处理。",
        "What was dropped is “{outer}”. It holds nothing but this case, which was taken as “{name}”.",
    ),
    "watch-mend-4": Wording(
        "info",
        "  · 把截图、订单表或聊天记录放进“{name}”；里面有 inbox 文件夹的话，放进 inbox。",
        "  · Put screenshots, order tables or chats into “{name}”, or into its inbox if there is one.",
    ),
    "watch-mend-5": Wording(
        "info",
        "  · 从备份恢复上面所说的文件。没有备份的话，新建一个文件夹，只放原来的证据，从头开始。",
        "  · Restore the named file from a backup, or start anew with a folder that holds only the evidence.",
    ),
    "watch-mend-7": Wording(
        "info",
        "  · 请管理这台电脑的人照上面的说明处理。",
        "  · Have whoever looks after this computer do what is said above.",
    ),
    # -- the status page
    "watch-page-title": Wording("info", "证据收件箱", "Evidence inbox"),
    "watch-page-running": Wording("info", "正在运行", "running"),
    "watch-page-stopped": Wording("info", "现在没有运行", "not running now"),
    "watch-page-at": Wording(
        "info",
        "更新于 {at}，自动刷新。如果早于两分钟前，说明程序已经停了。",
        "As of {at}; reloads by itself. If this is over two minutes old, the program has stopped.",
    ),
    "watch-page-stood": Wording("info", "{at} 的情况。", "As of {at}."),
    "watch-page-working": Wording("info", "正在处理", "In work"),
    "watch-page-waiting": Wording("info", "等待", "Waiting"),
    "watch-page-failed": Wording("info", "没做成，请处理", "Not made: please see to it"),
    "watch-page-mend": Wording("info", "看怎么处理", "What to do"),
    "watch-page-left": Wording("info", "最近完成", "Finished lately"),
    "watch-page-nothing": Wording(
        "info",
        "收件箱是空的。把装有证据的文件夹拖进来就可以。",
        "The inbox is empty. Drop a folder with evidence into it.",
    ),
    "watch-page-elsewhere": Wording(
        "info", "由另一个程序处理，或等待接着处理。", "In the hands of another program, or about to be resumed."
    ),
    "watch-page-queued": Wording("info", "已收下，等着读取", "taken, about to be read"),
    "watch-page-begins": Wording("info", "准备保存原件", "about to keep a copy of the originals"),
    "watch-page-unpacks": Wording("info", "解压", "unpacking"),
    "watch-page-reads": Wording("info", "读取文件，看是不是新的", "reading the files, to see whether they are new"),
    "watch-page-compares": Wording("info", "和以前的案件比对", "comparing with a former case"),
    "watch-page-copies": Wording("info", "保存一份原件", "keeping a copy of the originals"),
    "watch-page-far": Wording("info", "{what}　{done} / {total}", "{what}: {done} of {total}"),
    "watch-stage-ingest": Wording("info", "辨认文件", "looking at the files"),
    "watch-stage-exif": Wording("info", "读取图片信息", "reading what pictures say of themselves"),
    "watch-stage-ocr": Wording("info", "识别图片文字", "reading pictures"),
    "watch-stage-again": Wording("info", "复核重要的字", "reading important words again"),
    "watch-stage-decisions": Wording("info", "套用人工更正", "applying corrections"),
    "watch-stage-screens": Wording("info", "理解截图", "understanding screenshots"),
    "watch-stage-chats": Wording("info", "读取聊天记录", "reading chats"),
    "watch-stage-orders": Wording("info", "读取订单表", "reading order tables"),
    "watch-stage-linked": Wording("info", "读取账单和物流", "reading bills and parcels"),
    "watch-stage-timeline": Wording("info", "排列时间线", "ordering events"),
    "watch-stage-appraise": Wording("info", "核对说法", "weighing claims"),
    "watch-stage-annotate": Wording("info", "标注图片", "marking pictures"),
    "watch-stage-assemble": Wording("info", "排版卷宗", "laying out the dossier"),
    "watch-stage-seal": Wording("info", "封存", "sealing"),
    "watch-page-reason": Wording("info", "结果说明", "What came of it"),
    "watch-page-dossier": Wording("info", "打开卷宗", "Open the dossier"),
    "watch-page-way-done": Wording("info", "已做好", "done"),
    "watch-page-way-duplicate": Wording("info", "重复", "duplicate"),
    "watch-page-way-failed": Wording("info", "没做成", "failed"),
    "watch-page-how": Wording("info", "怎么用", "How it works"),
    # -- the rules, as page, help and guide state them
    "watch-rule-folder": Wording(
        "info",
        "一个文件夹就是一个案件，整个文件夹拖进来。外面多套了一两层空文件夹也可以；里面有几个案件的要分别拖。",
        "A folder is a case. Move it in whole. Some empty folders around it do no harm; several cases have to be dropped one by one.",
    ),
    "watch-rule-quiet": Wording(
        "info",
        "文件夹静置一会儿（没有变化）才开始处理；里面放一个名为 READY 的文件就马上开始。有没传完的文件时等五倍的时间。",
        "It is taken once nothing in it has changed for a while, or at once if it holds a file named READY; five times later if a transfer in it looks unfinished.",
    ),
    "watch-rule-zip": Wording(
        "info",
        "单独的 zip：里面有 case.toml 的解压成案件；没有的，自成一个案件。",
        "A zip with a case.toml is unpacked into a case; any other is a case of its own.",
    ),
    "watch-rule-loose": Wording(
        "info",
        "散放的文件：同时在场的合成一个案件，以第一个文件命名。不同买家的文件请分别放进各自的文件夹。",
        "Loose files that are there together become one case, named after the first. Drop a folder for each customer instead.",
    ),
    "watch-rule-again": Wording(
        "info",
        "同名的文件夹再拖进来：新的证据并入原来的案件，证据编号不变；没有新东西的归入 duplicate。",
        "A folder of a known name again: what is new in it joins that case; with nothing new it goes to duplicate.",
    ),
    "watch-rule-exits": Wording(
        "info",
        "做好的在 done，重复的在 duplicate，没做成的在 failed，里面都有“结果说明.txt”。不会删除您的文件。",
        "Each ends in done, duplicate or failed, with 结果说明.txt in it. None of your files is deleted.",
    ),
}
