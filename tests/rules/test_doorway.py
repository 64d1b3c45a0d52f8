"""What is checked before a command reaches the engine, and the same key twice."""

from datetime import timedelta
from typing import Any

import pytest

from reference.catalogue import demonstration_people, plan
from rules.answering import MOST_REMEMBERED, content, receipt, remembered, reused, update_id
from rules.doorway import MOST_LETTERS, check_command, check_words
from schemas.commands import AnyCommand
from schemas.evidence import WrittenItem
from schemas.outcomes import Refused
from schemas.plans import Plan
from schemas.running import Answered
from tests import scenario as s
from tests.rules import acts
from tests.rules.table import MONDAY, opened, opening, refused

PLAN = plan()


def check(command: AnyCommand, known: Plan | None = PLAN, *, demonstration: bool = False) -> Refused | None:
    """What the doorway says to a command."""
    return check_command(command, demonstration_people(), known, demonstration=demonstration)


@pytest.mark.parametrize("kind", sorted(acts.one_of_each(MONDAY)))
def test_an_ordinary_command_passes(kind: str) -> None:
    """The doorway stops nothing that is in order."""
    assert check(acts.one_of_each(MONDAY)[kind]) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "empty_text"), ("a" * (MOST_LETTERS + 1), "text_too_long"), ("a\x00b", "text_unreadable")],
)
def test_a_text_that_cannot_be_kept_is_refused(text: str, code: str) -> None:
    """Empty, endless and unreadable texts are refused before anything is written."""
    refused(check_words({"text:x": text}), code)
    assert check_words({"text:x": "Words."}) is None


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"commitments": ("SWM-NOTHING-99",)}, "unknown_commitment", "commitments"),
        ({"set_back": timedelta(days=1)}, "no_time_travel", None),
    ],
)
def test_an_opening_that_names_what_is_not_there_is_refused(
    changes: dict[str, Any], code: str, field: str | None
) -> None:
    """The plan has to hold the commitment, and only the demonstration opens in the past."""
    assert refused(check(opening(**changes)), code).field == field


def test_the_demonstration_may_open_in_the_past() -> None:
    """There, and nowhere else, a cycle's clock may be set back."""
    assert check(opening(set_back=timedelta(days=1)), demonstration=True) is None


def test_without_a_plan_nothing_is_opened() -> None:
    """The refusal says how to import one."""
    refused(check(opening(), None), "no_plan")


@pytest.mark.parametrize(
    ("person", "code"), [("nobody-here", "unknown_person"), ("detective-lead-on-leave", "no_address")]
)
def test_whoever_cannot_be_reached_is_asked_nothing(person: str, code: str) -> None:
    """Leads, owners and those who sign off must be known and have an address."""
    signed_off = s.submit(acts.REF, answer="nothing_held", signed_off_by=person)
    for command, field in (
        (opening(s.draft(), s.draft(lead=person)), "requests.2.lead"),
        (s.add_request(acts.REF, lead=person), "request.lead"),
        (acts.propose(MONDAY.date(), owner=person), "owner"),
        (signed_off, "signed_off_by"),
    ):
        assert refused(check(command), code).field == field


def test_a_command_too_large_for_the_engine_is_refused() -> None:
    """Size is capped at the door."""
    items = tuple(WrittenItem(text=s.say(f"{n}")) for n in range(40))
    huge = s.submit(acts.REF).model_copy(update={"items": items * 60})
    refused(check(huge), "too_large")


def test_the_same_key_with_other_content_is_refused() -> None:
    """The same key and content is the same act; with other content it is a mistake."""
    table = opened()
    first = s.submit(acts.REF)
    table.do(first)
    answered = remembered({}, tuple(table.entries))
    assert reused(first, answered) is None
    assert reused(first.model_copy(update={"key": s.key()}), answered) is None
    refused(reused(first.model_copy(update={"partial": True}), answered), "key_reused")


def test_content_leaves_the_key_out() -> None:
    """Two acts that say the same have the same content and different names."""
    first = s.submit(acts.REF)
    again = first.model_copy(update={"key": s.key()})
    assert content(first) == content(again)
    assert update_id(first) != update_id(again)


def test_a_receipt_names_what_was_made() -> None:
    """The number of the first thing that an act makes is handed back."""
    table = opened(requests=2)
    whole = receipt(tuple(table.entries))
    assert whole.happened == ("CycleOpened", "SessionFixed", "EvidenceRequested", "EvidenceRequested")
    assert (whole.version, whole.number) == (4, None)
    assert receipt(tuple(table.entries[2:])).number == "1"


def test_only_so_many_keys_are_remembered_and_none_of_the_engines() -> None:
    """The oldest are let go; the engine's own acts need no memory."""
    table = opened()
    entries = tuple(table.entries)
    old = {f"old-{n:08d}": Answered(content="x", receipt=receipt(entries)) for n in range(MOST_REMEMBERED)}
    kept = remembered(old, entries)
    assert len(kept) == MOST_REMEMBERED
    assert "old-00000000" not in kept
    assert entries[0].key in kept
    own = entries[0].model_copy(update={"actor": entries[0].actor.model_copy(update={"person": "engine"})})
    assert remembered({}, (own,)) == {}
