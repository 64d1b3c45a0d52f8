"""What a programme's ledger adds up to, and the answers that are remembered with it."""

from datetime import date
from typing import Any

import pytest

from rules.programme.answering import MOST_REMEMBERED, answers, receipt_of, writing
from rules.programme.apply import PROGRAMME_APPLIED, add_up_programme, apply_entry
from schemas.people import ENGINE
from tests import programme as p
from tests import scenario as s
from tests.rules.programme.paper import lived, planned


def test_every_kind_of_event_can_be_applied_and_was() -> None:
    """No event without an entry in the table; the programme that lived has them all."""
    kinds = {one.event.kind for one in lived().entries}
    assert kinds == {*PROGRAMME_APPLIED, "ProgrammeOpened"}


def test_a_ledger_adds_up_to_the_same_in_one_go_and_step_by_step() -> None:
    """From nothing, from anywhere, and through JSON."""
    paper = lived()
    assert add_up_programme(paper.entries) == paper.programme
    for cut in range(1, len(paper.entries)):
        before = add_up_programme(paper.entries[:cut])
        kept = type(before).model_validate_json(before.model_dump_json())
        assert add_up_programme(paper.entries[cut:], kept) == paper.programme


def test_versions_and_years_follow_the_entries() -> None:
    """The version is the last entry's, the years are in order and stand once."""
    paper = lived()
    assert paper.standing.version == len(paper.entries)
    assert [one.version for one in paper.entries] == list(range(1, len(paper.entries) + 1))
    paper.do(p.propose(p.draft(date(2027, 5, 4)), year=2027))
    paper.do(p.propose(p.draft(date(2027, 1, 5), commitment="SWM-REASSURE-06"), year=2026))
    assert paper.standing.years == (2026, 2027)
    assert paper.standing.in_year(2027)[0].waiting


def test_a_programme_begins_with_its_first_entry_and_no_other() -> None:
    """Anything else is a broken ledger."""
    paper = planned()
    with pytest.raises(ValueError, match="begins once"):
        apply_entry(None, paper.entries[1])
    with pytest.raises(ValueError, match="begins once"):
        apply_entry(paper.standing, paper.entries[0])
    with pytest.raises(ValueError, match="no entries"):
        add_up_programme(())


def test_the_answer_to_an_act_names_what_it_made() -> None:
    """Its events, its slots in order and once each, and its proposal."""
    paper = lived()
    by_key: dict[str, list[Any]] = {}
    for entry in paper.entries:
        by_key.setdefault(entry.key, []).append(entry)
    found = [receipt_of(tuple(one)) for one in by_key.values()]
    assert [one.slots for one in found if "YearAdopted" in one.happened] == [("2026/01", "2026/02")]
    assert [one.proposal for one in found if "CycleProposed" in one.happened] == [1, 2]


def test_the_oldest_answers_are_let_go() -> None:
    """A thousand keys are remembered; what is asked again is renewed."""
    paper = planned()
    remembered = answers({}, tuple(paper.entries))
    assert len(remembered) == 2
    event = paper.entries[-1].event
    for place in range(MOST_REMEMBERED):
        command = p.outside(place)
        remembered = answers(remembered, writing(command, (event,), paper.now, paper.programme))
    assert len(remembered) == MOST_REMEMBERED
    assert paper.entries[0].key not in remembered
    assert p.outside(MOST_REMEMBERED - 1).key in remembered


def test_the_ledger_says_who_did_what() -> None:
    """Actor, marking, key and the digest of what was asked stand in every entry."""
    paper = lived()
    assert {one.actor.person for one in paper.entries} == {
        one.person for one in (s.CHIEF_EXECUTIVE, s.OFFICER, s.COMMISSIONER, ENGINE)
    }
    assert all(one.key and len(one.content) == 16 and one.marking == "OFFICIAL" for one in paper.entries)
