"""What `dossier explain` found, in lines for a person."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.cli.shown import kind_shown, short, units
from pipeline.cli.speech import language, t
from pipeline.errors import say
from pipeline.wording import WORDINGS

__all__ = ["exhibit", "stage"]

_MOST = 8
"""Entries of a list that are shown; --json prints all."""

_PRINT = re.compile("[0-9a-f]{12}")
"""A fingerprint in place of a long version."""

_STATUS = {
    "read": ("已读取", "read"),
    "partly": ("只读取了一部分", "read in part"),
    "unread": ("未能读取", "not read"),
    "withdrawn": ("已撤回", "withdrawn"),
}
_OTHERS = {
    "exhibits": ("全部证据", "all exhibits"),
    "names": ("文件名", "its name"),
    "siblings": ("同案其他文件的名称", "the names of the other files"),
    "links": ("可追查的单号", "the numbers to follow"),
    "notes": ("收入时的提示", "the notes of intake"),
    "custody": ("保管记录", "the evidence chain"),
}


def exhibit(told: Mapping[str, Any]) -> Iterator[str]:
    """One exhibit: what it is, what was done with it, where it is cited."""
    yield t(f"证据{told['exhibit']}  {told['name']}", f"Exhibit {told['exhibit']}  {told['name']}")
    status = t(*_STATUS[told["status"]]) if told["status"] else ""
    size = t(f"{told['bytes']:,} 字节", f"{told['bytes']:,} bytes")
    yield "  " + "  ".join(filter(None, (status, told["media_type"], size, f"sha256 {told['sha256'][:12]}…")))
    for receipt in told["receipts"]:
        how = t("压缩包内", "inside an archive") if receipt["channel"] == "archive" else "inbox"
        at, name = _time(receipt["received"]), receipt["name"] if receipt["name"] != told["name"] else ""
        yield "  ".join(filter(None, (t(f"  {at} 收入", f"  received {at}"), how, name)))
    if told["parent"]:
        yield t(f"  在证据{told['parent']} 里", f"  inside exhibit {told['parent']}")
    for label, name in told["members"].items():
        yield t(f"  其中 证据{label}  {name}", f"  holds exhibit {label}  {name}")
    for failed in told["failed"]:
        yield f"  · {failed['message']}"
    done = [one for one in told["stages"] if one["state"] != "not-asked"]
    if done:
        yield t("步骤", "Stages")
    for one in done:
        yield from _stage(one)
    for reason, names in _grouped(told["stages"]):
        yield t(f"  没有运行：{' '.join(names)}（{reason}）", f"  not run: {' '.join(names)} ({reason})")
    yield from _cited(told)


def stage(told: Mapping[str, Any]) -> Iterator[str]:
    """One stage: when and why it ran the last time, on each exhibit or on all."""
    yield f"{_name(told['stage'])} {told['version']}"
    if told["shape"] == "all":
        for one in told["results"]:
            yield from _ran(one, "  ")
            for cause in one["because_of"][:_MOST]:
                yield f"    ← {_caused(cause)}"
            yield from _more(one["because_of"], "    ")
            yield "  " + _read(one)
            yield "  " + _cost(one)
        return
    newest = [one for one in told["results"] if one["build"] == told["last_build"]]
    older = [one for one in told["results"] if one["build"] != told["last_build"]]
    for one in newest[: 3 * _MOST]:
        failed = f"  {one['code']}" if one["code"] else ""
        yield f"  {one['label']}  {one['name']}  {_because(one)}  {_cost(one)}{failed}"
    yield from _more(newest, "  ", 3 * _MOST)
    if newest:
        build, at, rest = told["last_build"], _time(newest[0]["at"]), len(older)
        zh = f"以上是第 {build} 次生成（{at}）。另有 {rest} 件沿用更早的结果。"
        yield t(zh, f"That was build {build} ({at}); {rest} more stand from earlier ones.")
    if told["not_asked"]:
        listed = " ".join(told["not_asked"][: 3 * _MOST])
        yield t(f"没有运行：证据 {listed}", f"Not run on: {listed}")


def _stage(one: Mapping[str, Any]) -> Iterator[str]:
    yield f"  {_name(one['stage'])} {one['version']}"
    if one["state"] == "not-yet":
        yield t("    还没有运行到这一步", "    no build has come so far")
        return
    yield from _ran(one, "    ")
    yield f"    {_read(one)}"
    if one["state"] == "lost":
        yield t(
            "    结果已不在 work 文件夹里，下次生成时会重做",
            "    its result is no longer in work/; the next build makes it again",
        )
        return
    yield from _means(one)
    if one["format"] == "none":
        yield t("    不是这一步认得的格式", "    in no format that this stage knows")
        return
    gave = [f"{kind_shown(kind)} {count}" for kind, count in (one["records"] or {}).items()]
    balance = one["balance"]
    if balance:
        counts = f"{balance['records']} / {balance['skipped']} / {balance['unread']}"
        total = t(f"共 {balance['total']} {units(balance['unit'])}", f"{balance['total']} {balance['unit']}")
        gave.append(t(f"{total}：{counts}（读取 / 略过 / 未读）", f"{total}: {counts} (read / skipped / unread)"))
    if gave:
        yield t("    得到 ", "    gave ") + t("，", ", ").join(gave)
    if one["superseded_by"]:
        later = one["superseded_by"]
        yield t(f"    由后面的 {later} 接替，不再单独计入", f"    superseded by {later}, and counts no more")
    for note in [*(one["unread"] or []), *(one["notes"] or [])][:_MOST]:
        yield f"    · {note['message']}"


def _means(one: Mapping[str, Any]) -> Iterator[str]:
    """The reader, and those tools whose version says something to a person."""
    versions = {name: version for name, version in one["tools"].items() if not _PRINT.fullmatch(version)}
    tools = [version if version.startswith(name) else f"{name} {version}" for name, version in versions.items()]
    parts = [t(f"读取方法 {one['reader']}", f"read by {one['reader']}")] if one["reader"] else []
    parts += [t("用到 ", "using ") + t("、", ", ").join(tools)] if tools else []
    if parts:
        yield "    " + t("，", ", ").join(parts)


def _ran(one: Mapping[str, Any], indent: str) -> Iterator[str]:
    when = t(f"第 {one['build']} 次生成 {_time(one['at'])}", f"build {one['build']} at {_time(one['at'])}")
    cost = "" if one["why"] == ["reused"] or not one["label"] else f"  {_cost(one)}"
    yield f"{indent}{when}  {_because(one)}{cost}"
    if one["code"]:
        yield f"{indent}✗ {one['code']}"
    if one["outdated"]:
        yield indent + t(
            "程序的这一步已有新版本，下次生成时会重做", "the program is newer: the next build makes it again"
        )


def _because(one: Mapping[str, Any]) -> str:
    return t("；", "; ").join(one["because"])


def _caused(cause: Mapping[str, Any]) -> str:
    from pipeline.cli.explaining import because

    reasons = t("；", "; ").join(because(cause["why"], language()))
    return "  ".join(filter(None, (cause["stage"], cause["label"], cause["name"], reasons)))


def _read(one: Mapping[str, Any]) -> str:
    read = one["read"]
    parts = [t("文件内容", "the file's bytes")] if read["bytes"] else []
    parts += [t(*_OTHERS[name]) for name in read["others"]]
    if read["documents"]:
        parts.append(t(f"{' '.join(read['documents'])} 的结果", f"the results of {' '.join(read['documents'])}"))
    return t("依据 ", "from ") + t("、", ", ").join(parts)


def _cost(one: Mapping[str, Any]) -> str:
    memory = (one["memory"] or 0) / 1e6
    if one["why"] == ["reused"]:
        return ""
    return t(
        f"{one['seconds']:.1f} 秒，处理器 {one['cpu']:.1f} 秒，内存 {memory:.0f} MB",
        f"{one['seconds']:.1f} s, CPU {one['cpu']:.1f} s, {memory:.0f} MB",
    )


def _grouped(stages: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, list[str]]]:
    reasons: dict[str, list[str]] = {}
    for one in stages:
        if one["state"] == "not-asked":
            reasons.setdefault(one["reason"], []).append(one["stage"])
    yield from reasons.items()


def _cited(told: Mapping[str, Any]) -> Iterator[str]:
    cited = told["cited"]
    if cited is None:
        return
    pages = cited["pages"]
    span = f"{pages[0]}–{pages[1]}" if pages and pages[0] != pages[1] else str(pages[0]) if pages else ""
    yield t("在卷宗里", "In the dossier") + (t(f"：第 {span} 页", f": page {span}") if span else "")
    for event in cited["events"][:_MOST]:
        yield (
            t("  时间线 ", "  event ")
            + f"{event['number']}  {event['at'][:19].replace('T', ' ')}  {short(event['text'])}{_pages(event)}"
        )
    yield from _more(cited["events"], "  ")
    for finding in cited["findings"][:_MOST]:
        side = (
            t("有利于买家", "for the customer")
            if finding["for"] == "customer"
            else t("有利于商家", "for the applicant")
        )
        says = f"“{short(finding['says'])}” ← " if finding["says"] else ""
        yield t("  结论 ", "  finding ") + f"{says}{short(finding['text'])}{t(f'（{side}）', f' ({side})')}"
    yield from _more(cited["findings"], "  ")
    if cited["quotes"]:
        yield t("  引文 ", "  quotes ") + "  ".join(f"“{short(quote['says'])}”" for quote in cited["quotes"][:_MOST])
    if cited["marks"]:
        yield t("  标注 ", "  call-outs ") + "  ".join(
            f"{m['number']}（{m['page']}）" for m in cited["marks"][: 3 * _MOST]
        )
    if not told["members"] and not any((cited["events"], cited["findings"], cited["quotes"], cited["marks"])):
        yield t("  没有一处引用它", "  nothing cites it")


def _pages(event: Mapping[str, Any]) -> str:
    pages = " ".join(map(str, event["pages"]))
    return t(f"（第 {pages} 页）", f" (page {pages})") if pages else ""


def _more(entries: Sequence[object], indent: str, most: int = _MOST) -> Iterator[str]:
    if len(entries) > most:
        rest = len(entries) - most
        yield indent + t(f"…另有 {rest} 条（--json 全部列出）", f"… {rest} more (--json lists all)")


def _time(at: str) -> str:
    """A time in UTC as people write it."""
    return at.replace("T", " ").removesuffix("Z") + " UTC"


def _name(stage_name: str) -> str:
    """A stage in words, with the name that the machinery knows it by."""
    code = f"step-{stage_name}"
    return f"{say(code, {}, language())} {stage_name}" if code in WORDINGS else stage_name
