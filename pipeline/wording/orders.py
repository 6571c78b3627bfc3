"""What orders has to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    "reads-kuaidi100": Wording("info", "快递100 查询或推送的物流轨迹（JSON）", "A parcel's way from kuaidi100 (JSON)"),
    "reads-xiaohongshu-api": Wording("info", "小红书开放平台的订单（JSON）", "Orders of the Xiaohongshu API (JSON)"),
    "keys-known": Wording("info", "字段名与这种格式一致。", "Its keys are those of this format."),
    "json-broken": Wording(
        "error",
        "文件不是完整的 JSON，未读取。请重新导出或重新复制完整内容。",
        "The file is not whole JSON; it stays unread. Export or copy all of it again.",
    ),
    "scan-not-understood": Wording("warning", "这条物流记录读不懂，未读取。", "This scan cannot be read."),
    "parcel-without-scans": Wording(
        "warning",
        "运单 {number} 没有任何物流记录：查询时可能还没有揽收，或单号有误。",
        "Parcel {number} has no scan: it may not have been collected yet, or the number is wrong.",
    ),
    "declared-sum-differs": Wording(
        "warning",
        "文件自称合计 {declared}，按行相加是 {found}，请核对文件是否完整。",
        "The file states a sum of {declared}; its rows add up to {found}. Check whether it is complete.",
    ),
    "direction-unknown": Wording(
        "warning",
        "收支方向“{said}”不认识，没有判断是收入还是支出。",
        "“{said}” says in no known way whether money came in or went out.",
    ),
    "reads-xiaohongshu-orders": Wording(
        "info", "小红书千帆导出的订单表（xlsx、csv）", "order sheets of Xiaohongshu's merchant back end (xlsx, csv)"
    ),
    "reads-table": Wording(
        "info",
        "case.toml 的 [[sources]] 里说明了各列含义的表格（xlsx、xls、ods、csv、tsv）",
        "tables whose columns [[sources]] of case.toml declares (xlsx, xls, ods, csv, tsv)",
    ),
    "column-twice": Wording(
        "warning",
        "表中有多列都叫“{name}”，只采用了第一列；请核对各列内容是否一致。",
        "Several columns are named “{name}”; only the first was used. Please check that they agree.",
    ),
    "columns-known": Wording(
        "info",
        "列名与这种格式一致。",
        "The names of its columns are those of this format.",
    ),
    "columns-declared": Wording(
        "info",
        "case.toml 的 [[sources]] 说明了这个文件的各列。",
        "Its columns are declared in [[sources]] of case.toml.",
    ),
    "other-orders-left-out": Wording(
        "info",
        "表中另有 {orders} 个订单共 {rows} 行，与本案无关，没有读入。",
        "{rows} rows of {orders} other orders are not part of this case and were not taken in.",
    ),
    "several-orders": Wording(
        "warning",
        "表中有 {orders} 个订单共 {rows} 行，没有指明是哪一个，因此一个也没有读入。请在 case.toml 的 [only] 里写明 order_id。",
        "{rows} rows of {orders} orders, and none is named: nothing was taken in. Name the order_id under [only].",
    ),
    "order-not-in-table": Wording(
        "info",
        "表中没有这些订单号：{orders}。",
        "The table does not hold these orders: {orders}.",
    ),
    "header-not-found": Wording(
        "error",
        "在前 60 行里没有找到表头，文件未读取。请在 [[sources]] 里用 header_row 指明表头所在的行。",
        "No header row was found in the first 60 rows; nothing was read. Name it with header_row in [[sources]].",
    ),
    "table-not-declared": Wording(
        "error",
        "没有说明“{name}”各列的含义，文件未读取。请在 case.toml 里加一段 [[sources]]。",
        "Nothing declares what the columns of “{name}” mean. Add a [[sources]] section to case.toml.",
    ),
    "table-not-decodable": Wording(
        "error",
        "表格的文字编码在第 {offset} 字节处损坏，未读取。请重新导出，或在 [[sources]] 里写明 encoding。",
        "The table does not decode at byte {offset}; it stays unread. Export it again, or declare its encoding.",
    ),
    "row-not-decodable": Wording(
        "error",
        "有 {count} 行里有解不出文字的字节（文件在这里损坏、被截断，或另存时换了编码），这些行没有读取，其余的行照常读取。请重新导出。",
        "{count} rows hold bytes that do not decode: the file is damaged or cut there, or was saved in another encoding. "
        "They stay unread, the others were read. Export it again.",
    ),
    "header-not-decodable": Wording(
        "error",
        "表头一行里有解不出文字的字节，无法确定各列是什么，整张表没有读取。请重新导出。",
        "The header row holds bytes that do not decode, so that no column can be told; the whole table stays unread. "
        "Export it again.",
    ),
    "table-is-page": Wording(
        "error",
        "这个文件名为表格，里面其实是网页（HTML 或 XML），没有读取。请用 Excel 或 WPS 打开，另存为 xlsx 或 csv，再把新文件放进来；"
        "原文件请保留。",
        "The file is named like a table but holds a web page (HTML or XML); it stays unread. Open it in Excel or WPS, save "
        "it as xlsx or csv and add that file; keep the original.",
    ),
    "table-garbled": Wording(
        "error",
        "表头是乱码：文件在交来之前被人用错误的编码打开并另存过，文字已经损坏，没有读取。请从平台重新导出，不要先用 Excel 打开。",
        "Its headers are garbled: before it came here the file was opened in the wrong encoding and saved again. It stays "
        "unread. Export it again and do not open it in Excel first.",
    ),
    "table-encrypted": Wording(
        "error",
        "工作簿设有密码，未读取。请先取消密码再放入。",
        "The workbook has a password; it stays unread. Remove the password first.",
    ),
    "table-broken": Wording(
        "error",
        "工作簿已损坏，打不开。请重新导出或下载。",
        "The workbook is damaged and cannot be opened. Export or download it again.",
    ),
    "table-too-large": Wording(
        "error",
        "工作簿展开后过大，未读取。请只导出有关的订单。",
        "The workbook is too large once unpacked; it stays unread. Export only the orders concerned.",
    ),
    "column-missing": Wording(
        "error",
        "表中没有名为“{column}”的列。最接近的列名：{nearest}。请更正 [[sources]] 的 columns。",
        "No column is named “{column}”. Nearest names: {nearest}. Correct columns in [[sources]].",
    ),
    "order-column-not-declared": Wording(
        "error",
        "[[sources]] 没有写明订单号是哪一列（order_id），无法排除他人的订单，因此没有读入任何一行。",
        "[[sources]] does not say which column is order_id; other people's orders cannot be told apart, so no row was read.",
    ),
    "declaration-unknown": Wording(
        "error",
        "[[sources]] 里的“{option}”不能识别。可用：{known}。",
        "“{option}” in [[sources]] is not known. Possible: {known}.",
    ),
    "sheet-missing": Wording(
        "error",
        "工作簿里没有名为“{sheet}”的工作表。现有：{names}。",
        "The workbook has no sheet named “{sheet}”. It has: {names}.",
    ),
    "sheet-hidden": Wording(
        "warning",
        "工作表“{sheet}”是隐藏的，没有读取。",
        "The sheet “{sheet}” is hidden and was not read.",
    ),
    "sheet-other": Wording(
        "info",
        "工作表“{sheet}”的列名不是订单表，没有读取。",
        "The columns of the sheet “{sheet}” are not those of orders; it was not read.",
    ),
    "sheet-twice": Wording(
        "info",
        "工作表“{sheet}”与“{other}”内容相同，只读取一次。",
        "The sheet “{sheet}” holds the same rows as “{other}”; they were read once.",
    ),
    "declared-count-differs": Wording(
        "warning",
        "表尾写明共 {declared} 笔，实际有 {found} 行，请核对是否缺行。",
        "The trailer declares {declared} entries, the table has {found} rows; check whether rows are missing.",
    ),
    "rows-after-end": Wording(
        "warning",
        "表尾之后还有 {count} 行，没有读取。",
        "{count} rows stand after the end of the table and were not read.",
    ),
    "row-runs-on": Wording(
        "error",
        "有 {count} 行的引号没有闭合，后面的行混了进来，未读取。请重新导出。",
        "In {count} rows a quotation mark is not closed and rows below run into them; they stay unread.",
    ),
    "nul-characters": Wording(
        "warning",
        "表中有 {count} 个空字符（NUL），文件可能损坏过，含有它的单元格可能没有认出。请重新导出。",
        "The table holds {count} NUL characters: it may be damaged, and cells with one may not be understood. Export again.",
    ),
    "row-without-order": Wording(
        "warning",
        "有 {count} 行没有订单号，无法判断属于哪个订单，未读取。",
        "{count} rows have no order number; whose they are cannot be told, so they stay unread.",
    ),
    "id-damaged-row": Wording(
        "error",
        "有 {count} 行的订单号被表格软件改成了科学计数或舍去了尾数，无法恢复。请重新导出，不要用 Excel 另存。",
        "In {count} rows a spreadsheet has cut the digits of the order number. Export again without saving it in Excel.",
    ),
    "id-damaged": Wording(
        "warning",
        "“{header}”的号码被表格软件舍去了尾数，没有采用。",
        "A spreadsheet has cut the digits of “{header}”; it is not used.",
    ),
    "number-near": Wording(
        "warning",
        "第 {rows} 行的编号末尾被表格软件抹成了 0，前 15 位与本案的 {number} 相同：可能是同一笔，但不能认定，没有读取。"
        "请重新导出，不要用 Excel 另存。",
        "The number in row {rows} has lost its last digits to a spreadsheet; the first 15 are those of {number}. It may be "
        "the same, which nothing proves: the row is not read. Export it again.",
    ),
    "id-suspect": Wording(
        "warning",
        "有 {count} 行的订单号第 15 位以后全是 0，可能被表格软件改动过，请核对。",
        "In {count} rows all digits of the order number after the fifteenth are 0; a spreadsheet may have changed them.",
    ),
    "rows-differ": Wording(
        "warning",
        "同一订单的各行在“{header}”列写有 {count} 种不同内容，没有取用其中任何一个。",
        "The rows of one order state {count} different things under “{header}”; none was chosen.",
    ),
    "amount-by-row": Wording(
        "info",
        "“{header}”在该订单的 {count} 行里各有金额，表中没有写明是分项还是重复，因此不合计，只列出原文。",
        "“{header}” stands in {count} rows of the order; whether as parts or repeats is not stated, so it is not summed.",
    ),
    "amount-not-understood": Wording(
        "warning",
        "“{header}”的内容不是可以识别的金额：{said}",
        "What stands under “{header}” is no amount that is understood: {said}",
    ),
    "time-not-understood": Wording(
        "warning",
        "“{header}”的内容不是可以识别的时间：{said}。年月日顺序不明时，请在 [[sources]] 的 time 里写明 order。",
        "What stands under “{header}” is no time that is understood: {said}. If day and month are in doubt, declare order.",
    ),
    "row-wider": Wording(
        "warning",
        "这一行比表头多出有内容的单元格，多出的内容没有归入任何一列。",
        "This row has filled cells beyond the header; they belong to no column.",
    ),
    "row-narrower": Wording(
        "info",
        "这一行比表头少单元格，缺少的按空白处理。",
        "This row has fewer cells than the header; what is missing counts as blank.",
    ),
    "identity-left-out": Wording(
        "info",
        "有 {count} 列身份证信息，没有读入。",
        "{count} columns with identity-card data were not taken in.",
    ),
    "saved-again": Wording(
        "warning",
        "时间没有秒，说明表格导出后又被 Excel 等软件另存过，证明力较弱。请尽量提供平台导出的原件。",
        "Times lack seconds: the export was saved again by a spreadsheet and is weaker evidence. Supply the original export.",
    ),
    "cells-encrypted": Wording(
        "info",
        "收件人的姓名、电话或地址被平台加密，按原样保留，没有解读。",
        "The platform has encrypted the buyer's name, phone or address; it is kept as it stands.",
    ),
    "formula-error": Wording(
        "warning",
        "这一行的单元格是公式错误，没有内容可读：{headers}",
        "Cells of this row hold a formula error and state nothing: {headers}",
    ),
}
