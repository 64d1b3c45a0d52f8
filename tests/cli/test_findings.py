"""Findings from the command line: each act becomes its command, and what cannot be meant is said."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from cli.program import run
from rules.stages import stage
from schemas.commands import AnyCommand, CheckRedactions, DraftFindings, Redact, ScheduleRelease, Withdraw
from schemas.rows import CyclePage
from tests import scenario as s
from tests.cli import fake
from tests.rules import acts
from tests.rules import findings_acts as about
from tests.rules.table import Table, signed

REF = acts.REF


@dataclass
class WithFindings(fake.FakeOffice):
    """An office with one cycle whose findings are signed, or as a test has made it."""

    table: Table = field(default_factory=signed)


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> WithFindings:
    """The office, with its cycle to be read."""
    made = WithFindings(fake.receipt())

    async def cycle(_self: object, _reference: str) -> CyclePage:
        found = made.table.cycle
        return CyclePage(cycle=found, stage=stage(found), words=s.WORDS.kept)

    monkeypatch.setattr(fake.FakeReads, "cycle", cycle)
    return made


def sent(office: WithFindings, words: list[str], person: str = "policy-officer") -> AnyCommand:
    """The command that these words become."""
    assert run(["findings", *words, "--as", person], office) == 0
    return office.sent[-1]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (["invite", REF], "InviteFactCheck"),
        (["answer", REF, "--comments", "July is wrong."], "SubmitFactCheck"),
        (["approve", REF], "ApproveFindings"),
        (["send-back", REF, "--note", "July is missing"], "SendBackFindings"),
        (["publish", REF, "--despite-election", "Safety"], "Publish"),
        (["hold", REF, "--reason", "A figure is in doubt"], "HoldBack"),
        (["correct", REF], "Correct"),
        (["withdraw", REF, "--notice", "It named somebody."], "Withdraw"),
    ],
)
def test_each_act_names_the_newest_version(office: WithFindings, words: list[str], kind: str) -> None:
    """Unless another is named."""
    assert sent(office, words).model_dump(include={"kind", "version"}) == {"kind": kind, "version": 1}
    assert sent(office, [*words, "--version", "3"]).model_dump()["version"] == 3


def test_a_correction_says_what_it_puts_right(office: WithFindings) -> None:
    """Left out where nothing is published."""
    draft = ["draft", REF, "--answer", "Mostly.", "--body", "More."]
    plain, corrected = sent(office, draft), sent(office, [*draft, "--correction", "July was wrong."])
    assert isinstance(plain, DraftFindings)
    assert isinstance(corrected, DraftFindings)
    assert plain.correction is None
    assert corrected.correction == s.say("July was wrong.")


def test_words_are_taken_out_by_naming_them(office: WithFindings) -> None:
    """The copy is made from the draft; items by their places."""
    command = sent(office, ["redact", REF, "--take", "personal_data=Much.", "--item", "safety=1/1/1"])
    expected = about.redact()
    assert isinstance(command, Redact)
    assert isinstance(expected, Redact)
    assert (command.spans, command.body) == (expected.spans, expected.body)
    assert command.items[0].model_dump(include={"request", "version", "item"}) == {
        "request": 1,
        "version": 1,
        "item": 1,
    }


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (["--take", "Much"], "write the ground and the words"),
        (["--take", "secret=Much"], "is not a ground"),
        (["--take", "safety:x=Much"], "write a number after the colon"),
        (["--take", "safety:2=Much"], "stand there once"),
        (["--take", "safety=Much", "--take", "safety=Much."], "Two passages overlap"),
        (["--item", "safety=1/2"], "request, version and item"),
    ],
)
def test_what_cannot_be_meant_ends_with_2(
    office: WithFindings, typed: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """And says what to write instead."""
    assert run(["findings", "redact", REF, *typed, "--as", "policy-officer"], office) == 2
    assert says in capsys.readouterr().err


def test_a_check_agrees_or_says_what_is_wrong(office: WithFindings) -> None:
    """One option."""
    agreed, wrong = sent(office, ["check", REF]), sent(office, ["check", REF, "--wrong", "A name is left"])
    assert isinstance(agreed, CheckRedactions)
    assert isinstance(wrong, CheckRedactions)
    assert (agreed.agreed, agreed.reason) == (True, None)
    assert (wrong.agreed, wrong.reason) == (False, s.say("A name is left"))


def test_a_release_has_a_london_hour(office: WithFindings) -> None:
    """As it is typed, in summer or winter."""
    command = sent(office, ["schedule", REF, "--placeholder", "Soon.", "--at", "2027-06-10 09:30"])
    assert isinstance(command, ScheduleRelease)
    assert command.at == datetime(2027, 6, 10, 8, 30, tzinfo=UTC)
    assert command.condition is None


def test_withdrawing_means_what_is_published(office: WithFindings) -> None:
    """Even where a correction is drafted already."""
    office.table.do(s.publish(REF), about.correction())
    command = sent(office, ["withdraw", REF, "--notice", "It named somebody."], "publication-officer")
    assert isinstance(command, Withdraw)
    assert command.version == 1


def test_two_versions_are_compared(office: WithFindings, capsys: pytest.CaptureFixture[str]) -> None:
    """Line by line."""
    office.table.do(s.publish(REF), about.correction())
    assert run(["findings", "diff", REF, "1", "2"], office) == 0
    said = capsys.readouterr().out
    assert "-Much." in said
    assert "+More." in said
    assert run(["findings", "diff", REF, "1", "1"], office) == 0
    assert "The two are the same." in capsys.readouterr().out
    assert run(["findings", "diff", REF, "1", "9"], office) == 2
