"""What is recorded of a session from the command line, with the office's own forums filled in."""

from datetime import timedelta

import pytest

from cli.program import run
from schemas.commands import (
    AskQuestion,
    CancelSession,
    ConfirmAssurance,
    DeclareInterest,
    FixSession,
    PublishAgenda,
    RecordAnswer,
    RecordAttendance,
    RecordVote,
)
from schemas.rows import CyclePage
from tests import scenario as s
from tests.cli.fake import FakeOffice, FakeReads, receipt
from tests.rules import acts
from tests.rules import session_acts as do
from tests.rules.table import Table, opened

OFFICER = ["--as", "policy-officer"]


@pytest.fixture
def panel(monkeypatch: pytest.MonkeyPatch) -> Table:
    """A cycle with a panel meeting that can be read."""
    table = opened(session=None, requests=1)
    table.do(do.fix(table.after(20)))

    async def cycle(_reads: FakeReads, reference: str) -> CyclePage | None:
        found = CyclePage(cycle=table.cycle, stage="gathering", words=s.WORDS.kept)
        return found if reference == acts.REF else None

    async def under_way(_reads: FakeReads, most: int = 200) -> list[CyclePage]:
        del most
        return []

    monkeypatch.setattr(FakeReads, "cycle", cycle)
    monkeypatch.setattr(FakeReads, "under_way", under_way)
    return table


def sent(*words: str) -> object:
    """The command that these words make."""
    office = FakeOffice(receipt())
    assert run(["session", *words, *OFFICER], office) == 0
    return office.sent[-1]


def test_a_session_is_fixed_with_the_rules_of_its_forum() -> None:
    """Nobody types them."""
    made = sent("fix", acts.REF, "--at", "2026-12-10 14:00", "--forum", "panel", "--urgency", "A vacancy")
    assert isinstance(made, FixSession)
    assert made.session.rules is not None
    assert made.session.rules.notice_days == 5
    assert made.session.urgency


@pytest.mark.usefixtures("panel")
def test_attendance_and_votes_carry_the_seats_of_the_day() -> None:
    """Seventeen seats, and those of them that were named as there."""
    members = [word for seat in do.PANEL[:5] for word in ("--member", seat)]
    made = sent("record", acts.REF, "--present", "commissioner", *members)
    assert isinstance(made, RecordAttendance)
    assert (made.members, made.members_present) == (do.PANEL, do.PANEL[:5])
    vote = sent("vote", acts.REF, "Is it vetoed?", "--rule", "precept-veto", "--for", "12", "--against", "3")
    assert isinstance(vote, RecordVote)
    assert (vote.members, vote.votes_for, vote.votes_against) == (do.PANEL, 12, 3)
    tie = sent("vote", acts.REF, "Agreed?", "--rule", "panel-decision", "--for", "3", "--casting", "against")
    assert isinstance(tie, RecordVote)
    assert tie.casting_for is False


@pytest.mark.usefixtures("panel")
def test_the_proposed_agenda_is_shown_and_published(capsys: pytest.CaptureFixture[str]) -> None:
    """With further items after it."""
    assert run(["session", "agenda", acts.REF, "--show"], FakeOffice(receipt())) == 0
    assert "1. Paper 1 (due, HTA-2026-07)" in capsys.readouterr().out
    made = sent("agenda", acts.REF, "--add", "Any other business")
    assert isinstance(made, PublishAgenda)
    assert [(one.number, one.why) for one in made.items] == [(1, "due"), (2, "standing")]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (["cancel", acts.REF, "--reason", "Ill"], CancelSession),
        (["interest", acts.REF, "council-01", "--what", "A contract"], DeclareInterest),
        (["ask", acts.REF, "How many?", "--by", "public", "--received-at", "2026-06-01 08:00"], AskQuestion),
        (["answer", acts.REF, "1", "Twelve.", "--in-writing-by", "2026-12-10"], RecordAnswer),
        (["confirm", acts.REF, "1"], ConfirmAssurance),
    ],
)
def test_each_has_its_command(words: list[str], kind: type) -> None:
    """And says what it was told."""
    assert isinstance(sent(*words), kind)


@pytest.mark.parametrize(
    "words",
    [
        ["ask", acts.REF, "Why?", "--by", "nobody"],
        ["vote", acts.REF, "Why?", "--rule", "panel-decision", "--for", "3", "--casting", "maybe"],
        ["vote", acts.REF, "Why?", "--rule", "panel-decision", "--for", "3", "--session", "9"],
        ["notes", acts.REF, "--session", "9"],
    ],
)
@pytest.mark.usefixtures("panel")
def test_what_cannot_be_meant_ends_with_2(words: list[str]) -> None:
    """The sentence says what to write."""
    assert run(["session", *words, *OFFICER], FakeOffice(receipt())) == 2


def test_the_notes_are_drafted_from_the_record(panel: Table, capsys: pytest.CaptureFixture[str]) -> None:
    """In markdown, with titles in place of ids."""
    panel.now = panel.after(20, "17:00") + timedelta(hours=1)
    panel.do(do.attended(there=6))
    assert run(["session", "notes", acts.REF], FakeOffice(receipt())) == 0
    said = capsys.readouterr().out
    assert "Council member, seat 1" in said
    assert "5 are a quorum" in said
