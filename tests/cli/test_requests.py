"""The commands about requests, parts, certificates and claims, with an office that answers as it is told."""

import pytest

from cli.program import run
from reference.places import budget_in
from rules.stages import stage
from schemas.clocks import AfterSession, BeforeSession, WorkingDays
from schemas.commands import AmendRequest, AnyCommand, AskSeveral, ClaimSensitivity, RequestExtension
from schemas.rows import CyclePage
from tests import scenario as s
from tests.cli.fake import FakeOffice, FakeReads, receipt
from tests.rules import acts
from tests.rules import request_acts as r
from tests.rules.table import Table, opened

REF = acts.REF
OFFICER = ["--as", "policy-officer"]
LEAD = ["--as", "acc-local-policing"]


def sent(words: list[str], monkeypatch: pytest.MonkeyPatch, table: Table | None = None) -> AnyCommand:
    """The one command that some words send."""
    show(monkeypatch, table or opened(s.draft()))
    office = FakeOffice(receipt())
    assert run(words, office) == 0
    return office.sent[0]


def show(monkeypatch: pytest.MonkeyPatch, table: Table) -> None:
    """Let the office have this cycle."""

    async def cycle(_self: FakeReads, _reference: str) -> CyclePage:
        return CyclePage(cycle=table.cycle, stage=stage(table.cycle), words=s.WORDS.kept)

    monkeypatch.setattr(FakeReads, "cycle", cycle)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (["request", "reassign", REF, "1", "--to", "chief-constable", "--reason", "x", *OFFICER], "Reassign"),
        (["request", "delegate", REF, "1", "--to", "chief-constable", "--until", "2026-12-10", *LEAD],
         "Delegate"),
        (["request", "ask", REF, "1", "--question", "Which months?", *LEAD], "AskClarification"),
        (["request", "answer", REF, "1", "--answer", "April", *OFFICER], "AnswerClarification"),
        (["return", "certify", REF, "1", "--version", "1", "--as", "chief-constable"], "CertifyReturn"),
        (["return", "decide-sensitive", REF, "1", "--claim", "1", "--uphold", "--reason", "x", *OFFICER],
         "DecideSensitivity"),
        (["return", "send-back", REF, "1", "--gap", "x", "--part", "2", *OFFICER], "SendBack"),
    ],
)  # fmt: skip
def test_each_act_has_its_command(words: list[str], kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """And says what it is about."""
    found = sent(words, monkeypatch)
    assert found.kind == kind
    assert getattr(found, "request", None) == 1


def test_several_leads_are_asked_in_one_act(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first is the draft's, the rest are the others."""
    leads = ["--lead", "acc-local-policing", "--lead", "chief-constable"]
    found = sent(
        ["request", "ask-several", REF, "--title", "A paper", *leads, "--certify",
         "--due", "3 working days after session", *OFFICER],
        monkeypatch,
    )  # fmt: skip
    assert isinstance(found, AskSeveral)
    assert (found.request.lead, found.others) == ("acc-local-policing", ("chief-constable",))
    assert found.request.due == AfterSession(days=3)
    assert found.request.certify


def test_an_amendment_leaves_what_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the title changes."""
    words = ["request", "amend", REF, "1", "--title", "Another", "--reason", "It was too wide", *OFFICER]
    found = sent(words, monkeypatch)
    assert isinstance(found, AmendRequest)
    assert found.draft == s.draft().model_copy(update={"title": s.say("Another")})


def test_time_is_asked_for_by_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """Instead of to a day."""
    found = sent(["request", "extend", REF, "1", "--days", "5", "--reason", "x", *LEAD], monkeypatch)
    assert isinstance(found, RequestExtension)
    assert (found.to, found.days) == (None, 5)


def test_a_claim_names_its_item(monkeypatch: pytest.MonkeyPatch) -> None:
    """With version, ground and day."""
    found = sent(
        ["return", "claim-sensitive", REF, "1", "--version", "1", "--item", "1", "--ground", "safety",
         "--why", "x", "--until", "2026-12-10", *LEAD],
        monkeypatch,
    )  # fmt: skip
    assert isinstance(found, ClaimSensitivity)
    assert (found.item, found.ground) == (1, "safety")


def test_a_campaign_and_a_request_are_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A row for each lead; and what a request waits for."""
    table = opened(s.draft())
    table.do(r.ask_several(), r.ask_what(2), r.delegate(request=2))
    show(monkeypatch, table)
    assert run(["request", "campaign", REF, "2"], FakeOffice(receipt())) == 0
    assert "asks what" in capsys.readouterr().out
    assert run(["request", "show", REF, "2"], FakeOffice(receipt())) == 0
    assert "Which months?" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["request", "campaign", REF, "9"], "has no campaign 9"),
        (["request", "ask-several", REF, "--title", "x", "--lead", "chief-constable", *OFFICER],
         "Write --lead at least twice"),
        (["request", "ask-several", REF, "--title", "x", "--lead", "a", "--lead", "b", "--form", "song",
          *OFFICER], "song is not known"),
        (["request", "amend", REF, "1", "--reason", "x", "--form", "song", *OFFICER], "song is not known"),
        (["request", "amend", REF, "9", "--reason", "x", *OFFICER], "has no request 9"),
        (["return", "claim-sensitive", REF, "1", "--version", "1", "--item", "1", "--ground", "none",
          "--why", "x", "--until", "2026-12-10", *LEAD], "none is not known"),
    ],
)  # fmt: skip
def test_wrong_usage_is_said_in_one_sentence(
    words: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And nothing is sent."""
    show(monkeypatch, opened(s.draft()))
    office = FakeOffice(receipt())
    assert run(words, office) == 2
    assert said in " ".join(capsys.readouterr().err.split())
    assert office.sent == []


def test_a_due_day_after_the_session_is_read() -> None:
    """Within its limit."""
    assert budget_in("3 working days after session") == AfterSession(days=3)
    assert budget_in("5 working days before the session") == BeforeSession(days=5)
    assert budget_in("10 working days") == WorkingDays(days=10)
    assert budget_in("61 working days after session") is None
