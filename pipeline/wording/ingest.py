"""What ingest has to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    "file-empty": Wording(
        "error",
        "文件是空的（0 字节），没有内容可读。请从原设备重新导出或重新发送。",
        "The file is empty (0 bytes). Export or send it again from the device it came from.",
    ),
    "type-unknown": Wording(
        "error",
        "认不出这是什么文件，没有读取。原件照样保存并列入清单；如果它是截图或表格，请另存为 PNG、XLSX 或 CSV 再放进来。",
        "This type of file is not known and was not read. The original is kept and listed; "
        "a screenshot or table can be saved as PNG, XLSX or CSV and put in again.",
    ),
    "type-not-supported": Wording(
        "error",
        "这是 {type} 文件，目前还不能读取。原件照样保存并列入清单；请另外放一份能读的：图片存为 PNG 或 JPEG，表格存为 XLSX 或 CSV。",
        "This is a {type} file, which cannot be read yet. The original is kept and listed; "
        "add a copy that can be read: pictures as PNG or JPEG, tables as XLSX or CSV.",
    ),
    "name-misleads": Wording(
        "info",
        "“{name}”的扩展名与内容不符：内容其实是 {type}，已按内容读取。",
        "The extension of “{name}” does not fit: the content is {type}, and was read as that.",
    ),
    "picture-too-large": Wording(
        "error",
        "图片声称有 {width}×{height} 像素，超过 {limit} 百万像素（每边 50 万像素）的上限，没有打开。请分段重新截图。",
        "The picture claims {width}×{height} pixels, over the limit of {limit} million (500,000 a side); it was not opened. "
        "Take it again in parts.",
    ),
    "picture-truncated": Wording(
        "error",
        "图片不完整：文件在中途断了，可能没有传完。请从原设备重新发送原图。",
        "The picture is cut off: the file ends too early. Send the original again from the device it came from.",
    ),
    "picture-broken": Wording(
        "error",
        "图片已损坏，无法完整打开。请从原设备重新发送原图。",
        "The picture is damaged and does not open whole. Send the original again from the device it came from.",
    ),
    "picture-format": Wording(
        "error",
        "文件开头像图片，但内容不是能打开的图片。请从原设备重新发送原图。",
        "The file begins like a picture but holds none that can be opened. Send the original again.",
    ),
    "picture-frames": Wording(
        "warning",
        "这是动图，共 {frames} 帧，只读取和展示了第 1 帧。其他画面若有用，请另外截图。",
        "An animated picture of {frames} frames: only the first was read and is shown. Add screenshots of others that matter.",
    ),
    "picture-pages": Wording(
        "warning",
        "这个文件里有 {frames} 幅画面，只读取和展示了第 1 幅。其余的若有用，请逐幅另存为图片，或合并存为 PDF 再放进来。",
        "The file holds {frames} pictures: only the first was read and is shown. Save the others as pictures or one PDF.",
    ),
    "picture-raw": Wording(
        "error",
        "这是相机的 RAW 原片（DNG），不能直接读取。请在相册或修图软件里导出为 JPEG 再放进来；原件照样保存。",
        "A camera's raw picture (DNG), which is not read. Export it as JPEG and add that; the original is kept.",
    ),
    "pdf-encrypted": Wording(
        "error",
        "PDF 有打开密码，无法读取。请用密码打开后另存（打印）为没有密码的 PDF，再放进来；原件的哈希已记录。",
        "The PDF has a password. Open it, print it to a PDF without one and add that; the original's digest is kept.",
    ),
    "pdf-broken": Wording(
        "error",
        "PDF 已损坏或不完整，无法打开。请从来源处重新下载或重新发送。",
        "The PDF is damaged or cut off. Download or send it again.",
    ),
    "pdf-too-many-pages": Wording(
        "error",
        "PDF 有 {pages} 页，超过 {limit} 页的上限，没有打开。请只把有关的页另存为一个 PDF 再放进来。",
        "The PDF has {pages} pages, over the limit of {limit}; it was not opened. Save the pages that matter as one PDF.",
    ),
    "picture-without-end": Wording(
        "warning",
        "图片的数据缺少末尾（结束标记或最后几行），底部的画面可能没有传完（常见为一片灰）。请对照原设备上的原图。",
        "The picture lacks its end mark or rows before it: the bottom may be missing (often grey). Compare the original.",
    ),
    "workbook-encrypted": Wording(
        "error",
        "表格有打开密码，无法读取。请在表格软件里取消密码、另存一份后放进来；原件的哈希已记录。",
        "The workbook has a password. Save a copy without it and add that; the digest of the original is kept.",
    ),
    "workbook-too-large": Wording(
        "error",
        "表格解压后有 {megabytes} MB，超过 {limit} MB 的上限，没有打开。请只导出需要的日期或订单。",
        "The workbook unpacks to {megabytes} MB, over the limit of {limit} MB; it was not opened. "
        "Export only the dates or orders that matter.",
    ),
    "archive-format": Wording(
        "error",
        "这是 {type} 压缩包，目前不能直接打开。请先解压，再把里面的文件放进来；压缩包的哈希已记录。",
        "A {type} archive cannot be opened here. Unpack it first and add the files; the archive's digest is kept.",
    ),
    "archive-broken": Wording(
        "error",
        "压缩包已损坏或不完整，无法打开。请重新发送，或先解压再把里面的文件放进来。",
        "The archive is damaged or cut off. Send it again, or unpack it first and add the files.",
    ),
    "archive-encrypted": Wording(
        "error",
        "压缩包里有 {members} 个文件设了密码，没有读取。请先解压（支付宝、微信账单的密码在发来压缩包的消息里），"
        "再把里面的文件放进来；压缩包的哈希已记录。",
        "{members} files in the archive have a password and were not read. Unpack it first (Alipay and WeChat send the "
        "password in a message) and add the files; the archive's digest is kept.",
    ),
    "archive-too-many": Wording(
        "error",
        "压缩包里有 {members} 个条目，超过 {limit} 个的上限，没有打开。请先解压，只放进需要的文件。",
        "The archive has {members} entries, over the limit of {limit}; it was not opened. Unpack it and add what matters.",
    ),
    "archive-without-files": Wording(
        "warning",
        "压缩包里没有文件。",
        "The archive holds no files.",
    ),
    "archive-junk": Wording(
        "info",
        "跳过了压缩包里 {members} 个系统自动生成的文件（如 __MACOSX、.DS_Store、Thumbs.db）。",
        "{members} files that systems make by themselves (__MACOSX, .DS_Store, Thumbs.db) were skipped.",
    ),
    "archive-names-gb18030": Wording(
        "info",
        "压缩包里 {members} 个文件名没有注明编码，按 GB18030（中文 Windows）读出。",
        "{members} file names in the archive state no encoding and were read as GB18030 (Chinese Windows).",
    ),
    "member-name": Wording(
        "error",
        "压缩包里“{member}”的文件名不安全（指向包外或含控制字符），没有取出。请先解压，再放进来。",
        "The name “{member}” in the archive is unsafe (points outside, or holds control characters); it was not taken out.",
    ),
    "member-link": Wording(
        "error",
        "压缩包里的“{member}”是链接或特殊文件，不是内容，没有取出。请放进它所指的文件。",
        "“{member}” in the archive is a link or special file and no content; add the file it points to.",
    ),
    "member-twice": Wording(
        "error",
        "压缩包里有两个文件都叫“{member}”，只取出了第一个。请解压后改名，把另一个单独放进来。",
        "Two files in the archive are called “{member}”; only the first was taken. Unpack, rename and add the other.",
    ),
    "member-too-large": Wording(
        "error",
        "压缩包里的“{member}”解压后过大，没有取出。如果确实需要，请先解压再放进来。",
        "“{member}” in the archive unpacks to too much and was not taken out. If it is needed, unpack it and add it.",
    ),
    "member-broken": Wording(
        "error",
        "压缩包里的“{member}”已损坏，没有取出。请重新打包发送，或单独发送这个文件。",
        "“{member}” in the archive is damaged and was not taken out. Send it again.",
    ),
    "member-archive": Wording(
        "error",
        "压缩包里的“{member}”又是一个压缩包，没有打开。请先解压，再把里面的文件放进来。",
        "“{member}” is an archive inside the archive and was not opened. Unpack it first and add its files.",
    ),
}
