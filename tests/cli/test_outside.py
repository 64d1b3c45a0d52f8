"""Events from outside and trigger rules at the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from cli.program import run
from reference.catalogue import FOLDER
from schemas.outside import OutsideRow, TriggerEdition
from store.pool import Pool
from tests import programme as p
from tests import scenario as s
from tests.cli.fake import FakeOffice, FakeReads, closed, receipt
from tests.cli.real_line import Line
from tests.conftest import Office

OFFICER = ["--as", "policy-officer"]
REPORT: dict[str, Any] = {
    "specversion": "1.0",
    "id": "report-1",
    "source": "https://inspectorate.example/reports",
    "type": "answerable.inspection.published",
    "data": {"title": "Service to victims", "finding": "cause of concern"},
}
RULES = (FOLDER / "triggers.yaml").read_text(encoding="utf8")


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """An office that has changed no rule, has no programme and no event."""

    async def none(*_: Any, **__: Any) -> list[Any]:
        return []

    async def no_event(*_: Any) -> OutsideRow | None:
        return None

    for name in ("triggers_history", "programmes", "under_way", "outside"):
        monkeypatch.setattr(FakeReads, name, none)
    monkeypatch.setattr(FakeReads, "outside_event", no_event)


def said(words: list[str], capsys: pytest.CaptureFixture[str], code: int = 0) -> str:
    """What was printed, with single spaces."""
    assert run([*words, *OFFICER], FakeOffice(receipt())) == code
    printed = capsys.readouterr()
    return " ".join((printed.err if code else printed.out).split())


def file(tmp_path: Path, content: str, name: str = "event.json") -> str:
    """A file with this in it."""
    path = tmp_path / name
    path.write_text(content, encoding="utf8")
    return str(path)


def test_rules_are_listed_shown_and_tried(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`try` says what would follow and why, and does nothing."""
    assert "as they came with the product" in said(["triggers", "list"], capsys)
    assert "value falls below 90" in said(["triggers", "show", "999-answered-slowly"], capsys)
    event = file(tmp_path, json.dumps(REPORT))
    found = said(["triggers", "try", event], capsys)
    assert found.startswith(
        'A cycle would be proposed and wait for an officer. The rule "An inspection report'
    )
    assert "After the inspection report: Service to victims" in found
    urgent = {**REPORT, "data": {**REPORT["data"], "finding": "accelerated cause of concern"}}
    assert "A cycle would open by itself on" in said(
        ["triggers", "try", file(tmp_path, json.dumps(urgent))], capsys
    )
    other = file(tmp_path, RULES.replace("cause of concern, inadequate", "inadequate"), "rules.yaml")
    nothing = said(["triggers", "try", file(tmp_path, json.dumps(REPORT)), "--rules", other], capsys)
    assert nothing.startswith("Nothing would follow.")
    assert "finding is cause of concern, and the rule wants" in nothing
    assert said(["triggers", "check", other], capsys) == "rules.yaml: 9 rules, and each can be meant."


@pytest.mark.parametrize(
    ("words", "content", "why"),
    [
        ("triggers show nothing", "", "There is no rule nothing. Write one of: accelerated"),
        (
            "triggers check FILE",
            RULES.replace("why: ", "wy: ", 1),
            'rule 1, wy: "wy" is not a field here; write why.',
        ),
        ("triggers check FILE", "{", "event.json, line 1: this is not YAML"),
        ("triggers import FILE --reason=x", RULES, "Those are the rules of edition 1 already."),
        ("triggers import FILE --reason=x --as acc-local-policing", RULES, "Trigger rules are changed by"),
        ("triggers import FILE --reason=", RULES, "say why they are changed"),
        ("triggers try FILE", "{", "This is not JSON"),
        ("triggers try FILE", json.dumps({**REPORT, "type": "x y"}), "type has to be small words"),
        ("triggers try /nowhere/event.json", "", "cannot be read (no such file or directory)"),
        (
            "outside send FILE",
            "[{}]",
            "event.json, line 1: This event cannot be used: specversion is missing.",
        ),
        ("outside send /nowhere/event.json", "", "cannot be read (no such file or directory)"),
        ("outside list --which all", "", "--which: write one of waiting, taken, proposed"),
        ("outside show urn:x 1", "", "There is no such event. See: starter.py outside list"),
    ],
)
def test_wrong_usage(
    words: str, content: str, why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One sentence that says what to write, and nothing is kept."""
    path = file(tmp_path, content)
    typed = [path if word == "FILE" else word for word in words.split(" ")]
    typed = typed if "--as" in typed else [*typed, *OFFICER]
    assert run(typed, FakeOffice(receipt())) == 2
    assert why in " ".join(capsys.readouterr().err.split())


def test_out_of_reach(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a store, what to set is said."""
    assert run(["outside", "send", file(tmp_path, json.dumps(REPORT)), *OFFICER], closed) == 4
    assert "ANSWERABLE_DATABASE_URL is not set" in capsys.readouterr().err


@pytest.mark.real
async def test_events_and_rules_on_the_real_record(
    line: Line,
    office: Office,
    pool: Pool,
    tmp_path: Path,
) -> None:
    """Handed in twice and taken once; the next edition decides about what comes after it."""
    path = file(tmp_path, json.dumps(REPORT))
    [waits] = await line(f"outside send {path}")
    assert (waits["state"], waits["said"][:27]) == ("waiting", "There is no programme yet, ")
    await p.numbers_of_its_own(pool)
    await office.programme.send(p.begin(ref=f"PRG-test-{s.key()}"), p.WORDS)
    for _ in range(2):
        [became] = await line(f"outside send {path}")
        assert (became["outcome"], became["proposal"], became["again"]) == ("proposed", 1, True)
    changed = file(tmp_path, json.dumps({**REPORT, "subject": "x"}))
    [refused] = await line(f"outside send {changed}", code=1)
    assert refused["code"] == "event_reused"
    rules = file(
        tmp_path,
        RULES.replace("- {field: finding, one_of: [cause of concern, ", "- {field: finding, one_of: ["),
    )
    made = await line(f"triggers import {rules} --reason", "Too many proposals.")
    assert (made["edition"], made["changed_by"]) == (2, "policy-officer")
    every = [TriggerEdition.model_validate(one) for one in await line("triggers history")]
    assert [(one.edition, one.reason) for one in every] == [(1, ""), (2, "Too many proposals.")]
    await line(f"outside send {file(tmp_path, json.dumps({**REPORT, 'id': 'report-2'}))}")
    rows = await line("outside list")
    decided = [
        (row["event"]["id"], row["decision"]["outcome"], row["decision"]["rules_edition"]) for row in rows
    ]
    assert decided == [("report-2", "nothing", "triggers/2"), ("report-1", "proposed", "triggers/1")]
    assert [row["event"]["id"] for row in await line("outside list --which nothing")] == ["report-2"]
    shown = await line("outside show https://inspectorate.example/reports report-1")
    assert (shown["via"], shown["deliveries"]) == ("command", 3)
