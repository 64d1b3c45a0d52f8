"""The register is whole: every rule cites sources that are there, with the mark that they have."""

import inspect
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from reference.catalogue import calendar_names, sources
from rules.law.register import FUNCTIONS, RULES, listed, rule
from rules.meeting.votes import MAJORITIES, Membership, majority, members_on, required
from schemas.counting import Majority, Rule
from schemas.outcomes import Refused
from schemas.sources import Source
from scripts import rules_document
from tests.law.test_examples import code

ROOT = Path(__file__).resolve().parents[2]
CITED = re.compile(r"^\s*Source: (.+?)$", re.MULTILINE)
UNREAD = "The day on which it came into force has not been read."
NAMED = (
    "police-act-1996.s55",
    *(f"prsra-2011.s{number}" for number in (5, 6, 7, 8, 9, 10, 11, 12, 13, 26, 27, 28, 29, 30, 36, 38)),
    *(f"prsra-2011.sch{number}" for number in (1, 5, 8)),
    "si-2012-2271",
    "si-2011-3050",
    "si-2012-2479",
    "si-2013-1816",
    "si-2021-547",
    "si-2012-62",
    "lga-1972.part-va",
    "foia-2000.s10",
    "policing-protocol-2023",
    "psbar-2018",
)
"""What the work was asked to rest on: each is in the register, used by a rule or not."""


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


@pytest.mark.parametrize("one", sources().values(), ids=lambda one: one.id)
def test_a_date_in_force_has_a_mark_of_its_own(one: Source) -> None:
    """Every instrument says how sure we are of its days, apart from its words, and what they were read in."""
    if one.kind in {"statute", "regulation"}:
        assert one.dates
        assert one.in_force_on or one.dates == "not_verified"
        assert one.in_force_on or UNREAD in (one.note or "")
    if one.in_force_on or one.until_on:
        assert one.dates
    assert bool(one.dates_by) == (one.dates in {"verified", "partly"})
    assert one.until_on is None or (one.in_force_on and one.in_force_on <= one.until_on)


def test_a_local_standard_is_in_force_for_nobody_until_an_office_adopts_it() -> None:
    """Neither it nor a part of the process has a day in force."""
    assert [one.id for one in sources().values()
            if one.kind in {"local", "process"} and (one.in_force_on or one.dates)] == []  # fmt: skip


@pytest.mark.parametrize("named", NAMED)
def test_the_register_has_every_instrument_that_the_work_rests_on(named: str) -> None:
    """Each has an entry of its own, or entries for its parts, that link to the text."""
    found = [one for one in sources().values() if one.id == named or one.id.startswith(f"{named}.")]

    assert found
    assert all("https://www.legislation.gov.uk/" in (one.link or "") for one in found)
    assert all(one.kind in {"statute", "regulation"} for one in found)


@pytest.mark.parametrize(
    ("dates", "day", "said"),
    [
        ({"dates": "verified", "dates_by": "us"}, "2012-11-22", "from 2012-11-22 | verified, us |"),
        ({"dates": "not_verified"}, None, "not recorded | **not verified** |"),
        ({"dates": "partly", "dates_by": "us", "until_on": "2020-01-31"}, "2012-11-22",
         "from 2012-11-22 to 2020-01-31 | partly verified, us |"),
        ({}, None, "| - | - |"),
    ],
)  # fmt: skip
def test_the_document_keeps_the_two_marks_apart(dates: dict[str, str], day: str | None, said: str) -> None:
    """The day in force with its own mark, then the mark of the words."""
    facts = {"id": "an.act", "title": "An Act", "kind": "statute", "mark": "partly", "in_force_on": day}

    row = rules_document._source(Source.model_validate({**facts, **dates}))

    assert said in row
    assert row.endswith("| partly verified |  |")


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
