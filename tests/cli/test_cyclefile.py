"""Cycle files: read whole, and refused with the line, the field and what to write."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reference.catalogue import FOLDER, standards
from reference.cyclefile import CycleFile, Opening, cycle_file, open_command, request_draft
from reference.places import FileError, budget_in, instant_in
from rehearsal.script import read_script
from schemas.clocks import AfterSession, AtSession, BeforeSession, OnDate, WorkingDays
from schemas.shape import Words
from tests.scenario import OFFICER

DOCUMENT = Path(__file__).parents[2] / "docs" / "cycle-file.md"
SMALL = """kind: performance
title: Quarterly performance
theme: reassuring
commitments: [SWM-REASSURE-01]
question: Is it so?
requests:
  - title: A paper
    lead: acc-local-policing
    due: 10 working days
"""


def read(text: str) -> CycleFile:
    """A cycle from a text."""
    return cycle_file(text, "cycle.yaml", standards())


def test_the_example_of_the_document_can_be_opened() -> None:
    """What the document shows is what the program reads."""
    example = DOCUMENT.read_text(encoding="utf8").split("```yaml\n")[1].split("```")[0]
    found = read(example)
    assert found.planned
    assert found.session is not None
    assert found.session.starts_at == datetime(2027, 4, 14, 13, tzinfo=UTC)
    assert [one.due for one in found.requests] == [
        BeforeSession(days=10),
        BeforeSession(days=5),
        AtSession(),
    ]


def test_the_rehearsal_that_comes_with_the_product_can_be_read() -> None:
    """Its cycle is a cycle file."""
    file = FOLDER / "rehearsals" / "nine-months.yaml"
    script = read_script(file.read_text(encoding="utf8"), file.name, standards())
    assert len(script.cycle.requests) == 4


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("kind: performance", "kind: quarterly", 'line 1, kind: "quarterly" is not known; write performance'),
        ("title: Quarterly performance\n", "", "line 1: title is missing; write one line"),
        ("theme: reassuring", "theme: Reassuring!", "line 3, theme:"),
        ("[SWM-REASSURE-01]", "[REASSURE-1]", "line 4, commitments 1:"),
        ("question: Is it so?", "questoin: Is it so?", '"questoin" is not a field here; write question'),
        ("question: Is it so?", "question:", "line 5, question: nothing is written here"),
        ("due: 10 working days", "due: soon", 'line 9, requests 1, due: "soon" is not a due date; write "5'),
        ("due: 10 working days", "due: 2027-02-30", "is not a due date"),
        ("lead: acc-local-policing", "leed: x", "write lead"),
        ("kind: performance", "kind: [", "this is not YAML"),
        ("kind: performance", "kind: performance\nkind: rapid", "written twice"),
        (SMALL, "", "the file is empty"),
        (SMALL, "- a\n- b\n", "write fields here"),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(was: str, now: str, said: str) -> None:
    """The line, the field, and what to write instead."""
    with pytest.raises(FileError) as wrong:
        read(SMALL.replace(was, now))
    assert said in str(wrong.value)
    assert str(wrong.value).startswith("cycle.yaml")


@pytest.mark.parametrize(
    ("words", "budget"),
    [
        ("5 working days before session", BeforeSession(days=5)),
        ("1 working day before the session", BeforeSession(days=1)),
        ("10 working days", WorkingDays(days=10)),
        ("At session", AtSession()),
        ("2027-04-07", OnDate(on=date(2027, 4, 7))),
        ("999 working days", None),
        ("5 days", None),
        ("", None),
    ],
)
def test_due_dates_are_words(words: str, budget: object) -> None:
    """Four ways to say when something is due, and nothing else."""
    assert budget_in(words) == budget


@pytest.mark.parametrize("words", ["2027-04-14", "14:00", "2027-04-14 14:00+02:00", "2027-04-14 25:00"])
def test_an_instant_needs_a_day_and_an_hour_and_no_zone(words: str) -> None:
    """The hour is always London's."""
    assert instant_in(words) is None


def test_a_request_without_a_due_date_gets_the_standard_of_its_kind() -> None:
    """Fifteen working days from the asking where no session is fixed."""
    found = read(SMALL.replace("    due: 10 working days\n", ""))
    assert found.requests[0].due == WorkingDays(days=15)


def test_texts_are_kept_beside_the_command() -> None:
    """The command carries references only."""
    words = Words()
    opening = Opening(
        cycle="HTA-2027-01",
        key="a-key-of-mine",
        actor=OFFICER,
        standards=standards()["performance"],
        calendar="england-and-wales/2026-11-22",
        body="west-mercia-opcc",
    )
    command = open_command(read(SMALL), opening, words)
    assert words.kept[command.title] == "Quarterly performance"
    assert "Quarterly" not in command.model_dump_json(exclude={"standards"})


def test_a_request_may_say_that_its_return_is_certified() -> None:
    """By whom, where that is not the Chief Constable; and it may be shared after the session."""
    words = Words()
    more = SMALL.replace("10 working days", "3 working days after session") + (
        "    certify: yes\n    certifier: acc-protecting-people\n"
    )
    (found,) = read(more).requests
    assert (found.certify, found.certifier) == (True, "acc-protecting-people")
    assert found.due == AfterSession(days=3)
    draft = request_draft(found, words)
    assert (draft.certify, draft.certifier) == (True, "acc-protecting-people")


def test_a_report_that_the_cycle_answers_goes_with_it_into_the_command() -> None:
    """The day of its publication and its title, of which the history has a reference only."""
    found = read(SMALL + "report:\n  published: 2026-11-02\n  title: Calls for help\n")
    words = Words()
    opening = Opening(
        cycle="HTA-2026-07", key="file-0001", actor=OFFICER, standards=standards()["performance"],
        calendar="england-and-wales/2026-11-22", body="west-mercia-opcc",
    )  # fmt: skip
    command = open_command(found, opening, words)
    assert command.report is not None
    assert command.report.published_on == date(2026, 11, 2)
    assert words.kept[command.report.title or ""] == "Calls for help"
    assert open_command(read(SMALL), opening, words).report is None
