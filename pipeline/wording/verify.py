"""What verify has to say."""

from pipeline.wording.base import Wording

ROWS: dict[str, Wording] = {
    "verify-seal-ok": Wording(
        "info",
        "{name}：封印完好，文件自生成后没有任何字节被改动。",
        "{name}: the seal is whole; no byte has changed since it was made.",
    ),
    "verify-seal-broken": Wording(
        "error",
        "{name}：封印不符，文件生成后被改动过。",
        "{name}: the seal does not fit; the file was changed after it was made.",
    ),
    "verify-no-seal": Wording(
        "error",
        "{name}：没有找到封印。文件末尾被截去或添加过内容，或不是本程序生成的卷宗。",
        "{name}: no seal. Its end was cut off or added to, or this program did not make it.",
    ),
    "verify-unsigned": Wording(
        "info",
        "没有电子签名：以上只能说明文件是否损坏或改动，不能证明由谁生成。",
        "There is no signature: this shows damage, not authorship.",
    ),
    "verify-no-manifest": Wording("info", "卷宗内没有附证据清单。", "No manifest of the evidence is attached."),
    "verify-manifest-unreadable": Wording("error", "证据清单无法读取。", "The manifest cannot be read."),
    "verify-manifest-ok": Wording(
        "info",
        "卷宗内附的证据清单列有 {count} 件证据（摘要 {digest}…）。",
        "The attached manifest lists {count} exhibits (digest {digest}…).",
    ),
    "verify-printed-ok": Wording(
        "info", "清单的摘要与完整性页所印一致。", "Its digest is the one printed on the integrity page."
    ),
    "verify-printed-differs": Wording(
        "error",
        "清单的摘要 {digest} 与完整性页所印不一致。",
        "Its digest {digest} is not the one printed on the integrity page.",
    ),
    "verify-no-sums": Wording("error", "缺少 SHA256SUMS，无法核对输出文件。", "SHA256SUMS is missing."),
    "verify-sums-line": Wording(
        "error", "SHA256SUMS 第 {line} 行无法识别。", "SHA256SUMS line {line} cannot be understood."
    ),
    "verify-missing": Wording("error", "{name}：文件不见了。", "{name}: missing."),
    "verify-changed": Wording("error", "{name}：内容被改动过。", "{name}: changed."),
    "verify-unlisted": Wording("error", "{name}：不在清单里的多余文件。", "{name}: not on the list."),
    "verify-file-ok": Wording("info", "{name}：与校验值一致。", "{name}: as listed."),
    "verify-not-as-listed": Wording(
        "error", "{name}：与 manifest.json 所列不一致。", "{name}: not as manifest.json lists it."
    ),
    "verify-manifests-same": Wording(
        "info", "PDF 内的清单与 manifest.json 一致。", "The manifest in the PDF agrees with manifest.json."
    ),
    "verify-manifests-differ": Wording(
        "error", "PDF 内的清单与 manifest.json 不一致。", "The manifest in the PDF differs from manifest.json."
    ),
    "verify-original-ok": Wording(
        "info",
        "证据 {label}（{name}）：原始文件与哈希一致。",
        "Exhibit {label} ({name}): the original fits its digest.",
    ),
    "verify-original-missing": Wording(
        "error", "证据 {label}（{name}）：原始文件不见了。", "Exhibit {label} ({name}): the original is missing."
    ),
    "verify-original-changed": Wording(
        "error", "证据 {label}（{name}）：原始文件被改动过。", "Exhibit {label} ({name}): the original was changed."
    ),
    "verify-ledger-ok": Wording("info", "保管记录完整，共 {count} 条。", "The ledger is whole: {count} records."),
    "verify-ledger-broken": Wording(
        "error", "保管记录 ledger.jsonl 有问题：{detail}", "The ledger has a problem: {detail}"
    ),
    "verify-no-ledger": Wording(
        "error",
        "保管记录 ledger.jsonl 不见了：原件的收入时间和编号无从核对。请从备份恢复。",
        "ledger.jsonl is missing: when the originals were received cannot be checked. Restore it from a backup.",
    ),
    "verify-head-differs": Wording(
        "error", "清单所载的保管链首与 ledger.jsonl 不一致。", "The manifest's evidence head is not the ledger's."
    ),
    "verify-not-sealed": Wording(
        "error",
        "SHA256SUMS 与保管记录里封存的不一致：输出文件不是由这个案件生成的，或清单被改动过。",
        "SHA256SUMS is not one that the ledger sealed: these outputs are not this case's, or the list was changed.",
    ),
    "verify-nothing": Wording(
        "error", "{name}：这里没有可以核验的卷宗。", "{name}: there is no dossier to verify here."
    ),
}
