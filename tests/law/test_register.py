"""The register is whole: every rule cites sources that are there, with the mark that they have."""

import inspect
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from reference.catalogue import calendar_names, sources
from rules.law.register import FUNCTIONS, RULES, listed, rule
from rules.votes import MAJORITIES, Membership, majority, members_on, required
from schemas.counting import Majority, Rule
from schemas.outcomes import Refused
from scripts import rules_document
from tests.law.test_examples import code

ROOT = Path(__file__).resolve().parents[2]
CITED = re.compile(r"^\s*Source: (.+?)$", re.MULTILINE)


@pytest.mark.parametrize("make", FUNCTIONS, ids=lambda make: make.__name__)
def test_a_rule_says_what_its_function_cites(make: Callable[[], Rule]) -> None:
    """The docstring's sources are the rule's, the mark is the source's, and local standards are not law."""
    one = make()
    cited = {name.strip() for line in CITED.findall(inspect.getdoc(make) or "") for name in line.split(",")}
    source = sources()[one.source]

    assert cited - {one.limit.source if one.limit else ""} <= {one.source, *one.also}
    assert one.source in cited
    assert {one.silence_source, *one.also, *cited} <= set(sources())
    assert one.mark == source.mark
    assert one.calendar in calendar_names()
    assert one.silence
    assert one.lateness
    if one.kind == "statutory":
        assert source.kind in {"statute", "regulation"}
    if source.kind == "local":
        assert one.kind != "statutory"


def test_local_standards_are_never_labelled_law() -> None:
    """No entry of the register that is local links to legislation."""
    assert [one.id for one in sources().values()
            if one.kind == "local" and "legislation" in (one.link or "")] == []  # fmt: skip


def test_the_list_for_programs() -> None:
    """Every clock and majority once, with the six facts that were promised."""
    rows = listed()

    assert len(rows) == len({one["id"] for one in rows}) == len(RULES) + len(MAJORITIES)
    assert all(set(one) >= {"id", "title", "kind", "source", "mark", "calendar"} for one in rows)
    assert code(rule("precept-veto")) == code(rule("none such")) == "unknown_rule"


def test_the_document_is_fresh() -> None:
    """docs/rules.md says what the register says."""
    assert rules_document.main(["--check"]) == 0


@pytest.mark.parametrize(("members", "votes"), [(17, 12), (16, 11), (15, 10), (13, 9), (1, 1), (3, 2)])
def test_two_thirds_of_the_members(members: int, votes: int) -> None:
    """The required number carries, and one fewer does not."""
    assert majority("precept-veto", members, votes) == Majority(votes, True, "prsra-2011.sch5.p4", members)
    assert majority("appointment-veto", members, votes - 1) == Majority(
        votes, False, "prsra-2011.sch8.p5", members
    )


@pytest.mark.parametrize(("members", "present"), [(17, 5), (16, 4), (8, 3), (12, 3)])
def test_a_quorum(members: int, present: int) -> None:
    """A quarter and at least three."""
    assert required("panel-quorum", members) == present


def test_a_casting_vote() -> None:
    """It decides a tie and nothing else; without one a tie is lost."""

    def carried(*votes: int, casting: bool | None = None) -> bool:
        found = majority("panel-decision", 17, *votes, casting_for=casting)
        assert isinstance(found, Majority)
        return found.carried

    assert carried(6, 5)
    assert not carried(6, 6)
    assert carried(6, 6, casting=True)
    assert not carried(6, 6, casting=False)
    assert not carried(5, 6, casting=True)
    assert not carried(8)
    assert carried(9)


@pytest.mark.parametrize(
    ("name", "members", "votes", "refused"),
    [
        ("precept-veto", 17, 18, "more_votes_than_members"),
        ("precept-veto", 17, -1, "negative_votes"),
        ("precept-veto", 0, 0, "wrong_input"),
        ("precept-veto", -5, 0, "wrong_input"),
        ("no-such", 17, 12, "unknown_rule"),
    ],
)
def test_votes_that_cannot_be(name: str, members: int, votes: int, refused: str) -> None:
    """Refused with a sentence and a source."""
    found = majority(name, members, votes)

    assert isinstance(found, Refused)
    assert found.code == refused
    assert found.source in sources()


def test_the_membership_then_in_force() -> None:
    """A seat counts on both its days; a vacancy does not."""
    seats = [Membership(date(2024, 5, 20)) for _ in range(16)]
    seats.append(Membership(date(2024, 5, 20), date(2025, 2, 5)))

    assert members_on(seats, date(2025, 2, 5)) == 17
    assert members_on(seats, date(2025, 2, 6)) == 16
    assert members_on(seats, date(2024, 5, 19)) == 0
