"""The wording table: every code said in both languages, with the same places to fill, and every used code worded."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from pipeline.errors import CaseBusy, DossierError, MachineLacks, UsageError, say
from pipeline.wording import WORDINGS

ROOT = Path(__file__).parents[2]
SOURCE = {
    path: path.read_text("utf-8")
    for name in ("pipeline", "stages")
    for path in (ROOT / name).rglob("*.py")
    if "wording" not in path.parts
}


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("code", sorted(WORDINGS))
def test_both_languages_say_it_with_known_values(code: str) -> None:
    row = WORDINGS[code]
    assert row.zh.strip()
    assert row.en.strip()
    assert fields(row.en) <= fields(row.zh) | {"unit"} or fields(row.zh) <= fields(row.en)
    filled = dict.fromkeys(fields(row.zh) | fields(row.en), "值")
    assert "⟨" not in say(code, filled, "zh-CN") + say(code, filled, "en")


def test_every_raised_code_is_worded() -> None:
    pattern = re.compile(
        r"(?:UsageError|MachineLacks|NothingUsable|VerificationFailed|CaseBusy|DossierError)\(\s*\"([a-z0-9-]+)\""
        r"|(?:Note|Unread)\(\s*code=\"([a-z0-9-]+)\""
        r"|(?<!\.)\bsay\(\s*\"([a-z0-9-]+)\""
    )
    for path, text in SOURCE.items():
        for found in pattern.finditer(text):
            code = next(group for group in found.groups() if group)
            assert code in WORDINGS, f"{path.name} says {code}, which nobody has worded"


def test_no_code_is_worded_in_vain() -> None:
    everything = "\n".join(SOURCE.values())
    made = re.compile(r"f\"([a-z-]+-)\{")
    prefixes = tuple(found[1] for found in made.finditer(everything))
    idle = [code for code in WORDINGS if f'"{code}"' not in everything and not code.startswith(prefixes)]
    assert idle == []


def test_a_missing_value_is_shown_not_raised() -> None:
    assert "⟨line⟩" in say("case-not-utf8", {}, "en")


@pytest.mark.parametrize(
    "error", [UsageError("no-such-file", name="a"), MachineLacks("no-space", path="b"), CaseBusy("case-busy", case="c")]
)
def test_errors_survive_the_way_between_processes(error: DossierError) -> None:
    import pickle

    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert again.say("zh-CN") == error.say("zh-CN")
    assert str(again) == error.say("en")
