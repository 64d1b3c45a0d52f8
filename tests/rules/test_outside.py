"""What rules make of events: conditions, templates, the order of the file, and the reasons."""

from datetime import date
from typing import Any

import pytest

from reference.catalogue import calendar, demonstration_people, plan, standards
from reference.triggers import shipped, triggers_in
from reference.working import working_calendar
from rules.calendars import WorkingCalendar
from rules.clocks import instant
from rules.deciding.moment import Moment
from rules.outside.coming_due import coming_due
from rules.outside.conditions import fails, in_words
from rules.outside.filling import Unfilled, filled, filled_list
from rules.outside.happening import happening
from rules.outside.naming import digest_of, key_of
from rules.outside.taking import Situation, not_carried_out, taken
from schemas.cycle import Cycle
from schemas.cycle.sessions import Session, Vote
from schemas.events import VoteRecorded
from schemas.outcomes import Refused
from schemas.outside import Condition, OutsideEvent, Promise, Taken, TriggerEdition
from schemas.records import Entry
from schemas.rows import CyclePage
from schemas.shape import Words
from tests import scenario as s

MONDAY = date(2026, 11, 23)
NOON = instant(MONDAY, "12:00")


def days() -> WorkingCalendar:
    """The newest calendar."""
    found = working_calendar(calendar().version)
    assert isinstance(found, WorkingCalendar)
    return found


def around(*cycles: Cycle) -> Situation:
    """The demonstration's office on a Monday."""
    return Situation(plan(), demonstration_people(), cycles, Moment(now=NOON, calendar=days()))


def event(type_: str, **data: Any) -> OutsideEvent:
    """An event."""
    return OutsideEvent(id="1", source="urn:test", type=type_, data=data)


def edition(text: str) -> TriggerEdition:
    """Rules as they stand in a file."""
    people = demonstration_people()
    return TriggerEdition(rules=triggers_in(text, "rules.yaml", plan(), people), changed_by="somebody")


def cycle(reference: str = "HTA-2026-07", *commitments: str) -> Cycle:
    """A cycle under way."""
    words = Words()
    return Cycle(
        reference=reference,
        title=words.ref("Stop and search"),
        theme="reassuring",
        commitments=commitments or ("SWM-REASSURE-04",),
        question=words.ref("Is it done?"),
        body="west-mercia-opcc",
        standards=standards()["performance"],
        calendar=calendar().version,
        opened_at=NOON,
        opened_by=s.OFFICER,
        changed_at=NOON,
    )


ON_IT = "a is 90, which is not below 90 (above it or on it)"


@pytest.mark.parametrize(
    ("condition", "fields", "why"),
    [
        (("a", "equals", "Inadequate"), {"a": " inadequate "}, None),
        (("a", "equals", 90), {"a": "90.0"}, None),
        (("a", "equals", True), {"a": "true"}, "a is true, and the rule wants: a is yes"),
        (("a", "equals", 1), {"a": True}, "a is yes, and the rule wants: a is 1"),
        (("a", "equals", "x"), {}, "a is missing"),
        (("a", "one_of", ("x", "y")), {"a": "Y"}, None),
        (("a", "one_of", ("x", "y")), {"a": "z"}, "a is z, and the rule wants: a is one of x, y"),
        (("a", "at_least", 5), {"a": 5}, None),
        (("a", "at_least", 5), {"a": "4.9"}, "a is 4.9, and the rule wants: a is at least 5"),
        (("a", "at_least", 5), {"a": "many"}, "a is no number"),
        (("a", "at_most", 5), {"a": 5}, None),
        (("a", "at_most", 5), {"a": 6}, "a is 6, and the rule wants: a is at most 5"),
        (("a", "contains", "stop"), {"a": "Non-stop search"}, None),
        (("a", "contains", "SWM-1"), {"a": ("SWM-12",)}, "a is SWM-12, and the rule wants: a contains SWM-1"),
        (("a", "present", True), {"a": None}, "a is missing"),
        (("a", "present", False), {"a": 0}, "a is given"),
        (("a", "present", False), {}, None),
        (("a", "crosses_below", 90), {"a": 89.9, "previous": 90}, None),
        (("a", "crosses_below", 90), {"a": 90, "previous": 91}, ON_IT),
        (("a", "crosses_below", 90), {"a": 88, "previous": 89}, "a was below 90 before"),
        (("a", "crosses_below", 90), {"a": 88}, "previous is missing"),
        (("a", "crosses_above", 499), {"a": 500, "previous": 499}, None),
        (("a", "crosses_above", 499), {"a": 600, "previous": "?"}, "previous is no number"),
        (("a", "crosses_above", 499), {"a": 600, "previous": 500}, "a was above 499 before"),
    ],
)  # fmt: skip
def test_a_condition_is_met_or_says_why_not(
    condition: tuple[str, Any, Any], fields: dict[str, Any], why: str | None
) -> None:
    """Numbers as numbers, texts without regard to case, and a crossing by where the value came from."""
    field, op, value = condition
    one = Condition(field=field, op=op, value=value)
    assert fails(one, fields) == why
    assert field in in_words(one).split()


def test_templates_take_fields_and_say_what_is_missing() -> None:
    """A list that stands alone gives all its parts; line ends are taken out."""
    fields: dict[str, Any] = {"title": "A\n report", "n": 3.0, "refs": ("X-1", "X-2"), "none": None}
    assert filled("{title}, {n} times: {refs}", fields) == "A report, 3 times: X-1, X-2"
    assert filled_list(("{refs}", "X-2", "Y-{n}"), fields) == ("X-1", "X-2", "Y-3")
    for missing in ("{none}", "{nowhere}"):
        with pytest.raises(Unfilled, match="is missing"):
            filled(missing, fields)


FIRST = """
- id: first
  title: First
  when: {type: a.b, every: [{field: weight, at_least: 5}]}
  note: yes
  why: It is heavy.
  source: local.outside
  mark: not_verified
- id: second
  title: Second
  when: {type: a.b}
  propose:
    title: "About {subject}"
    theme: "{theme}"
    commitments: ["{commitments}"]
    question: What about it?
    kind: rapid
  why: It is there.
  source: local.outside
  mark: not_verified
"""


def test_the_first_rule_in_the_file_that_applies_decides() -> None:
    """It says that a later one would apply too, and why an earlier one did not."""
    facts = {"theme": "reassuring", "commitments": ("SWM-REASSURE-04",)}
    heavy = event("a.b", weight=7, **facts)
    found = taken(heavy, edition(FIRST), around())
    assert (found.outcome, found.rule) == ("noted", "first")
    assert found.because.endswith("A later rule would apply too; the first in the file decides.")
    light = event("a.b", weight=1, **facts).model_copy(update={"subject": "Roads"})
    made = taken(light, edition(FIRST), around())
    assert (made.outcome, made.rule) == ("proposed", "second")
    assert '"First" does not apply: weight is 1' in made.because
    assert made.makes
    assert (made.makes.title, made.makes.commitments) == ("About Roads", ("SWM-REASSURE-04",))


GIVEN = {"theme": "reassuring", "commitments": ("SWM-REASSURE-04",), "subject": "x"}
MANY = tuple(f"SWM-VICTIMS-{n:02d}" for n in range(31))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ({"theme": "reassuring"}, "subject is missing"),
        ({**GIVEN, "theme": "roads"}, "the plan has no theme roads"),
        ({**GIVEN, "commitments": ("SWM-REASSURE-99",)}, "the plan has no commitment SWM-REASSURE-99"),
        ({**GIVEN, "commitments": MANY}, "it names 31 commitments, and a cycle has 30 at most"),
    ],
)  # fmt: skip
def test_what_the_plan_does_not_have_is_never_proposed(data: dict[str, Any], why: str) -> None:
    """Nothing follows, and the line says which rule would have and why it does not."""
    found = taken(event("a.b", **data), edition(FIRST), around())
    assert found.outcome == "nothing"
    assert f'"Second" does not apply: {why}.' in found.because


def test_a_feed_names_every_cycle_that_shares_and_the_nearest_first() -> None:
    """Without one the next rule is asked."""
    report = event(
        "answerable.inspection.published",
        title="Custody",
        finding="inadequate",
        commitments=("SWM-REASSURE-04", "SWM-REASSURE-05"),
    )
    one, both = cycle("HTA-2026-07"), cycle("HTA-2026-08", "SWM-REASSURE-04", "SWM-REASSURE-05")
    found = taken(report, shipped(), around(one, both, cycle("HTA-2026-09", "SWM-SECURE-01")))
    assert [one.cycle for one in found.told] == ["HTA-2026-08", "HTA-2026-07"]
    assert found.told[0].people == ("policy-officer",)
    instead = taken(report, shipped(), around())
    assert (instead.outcome, instead.rule) == ("proposed", "cause-of-concern")
    assert "no cycle under way is about SWM-REASSURE-04, SWM-REASSURE-05" in instead.because


def test_a_rule_that_opens_needs_an_officer_who_is_one_today() -> None:
    """Nobody would run the cycle otherwise."""
    urgent = event("answerable.inspection.published", title="Cells", finding="accelerated cause of concern")
    found = taken(urgent, shipped(), around())
    assert (found.outcome, found.officer, found.opens_on) == ("opens", "policy-officer", date(2026, 11, 24))
    assert found.session_at == instant(date(2026, 12, 22), "10:00")
    nobody = Situation(plan(), {}, (), Moment(now=NOON, calendar=days()))
    assert "policy-officer is no policy officer today" in taken(urgent, shipped(), nobody).because
    refused = Refused(code="x", message="That day is taken.", source="local.programme")
    waiting = not_carried_out(found, refused)
    assert (waiting.outcome, waiting.makes) == ("proposed", found.makes)
    assert "could not: That day is taken. It waits for an officer." in waiting.because
    assert not_carried_out(waiting, refused).outcome == "nothing"


def test_an_event_is_known_again_by_what_it_says() -> None:
    """Not by how it was written; and its key is that of its source and id alone."""
    one = OutsideEvent.model_validate_json('{"id":"1","source":"a","type":"a.b","data":{"x":1,"y":[]}}')
    same = OutsideEvent.model_validate_json('{"type":"a.b","data":{"y":[],"x":1},"source":"a","id":"1"}')
    other = one.model_copy(update={"data": {"x": 2}})
    assert digest_of(one) == digest_of(same) != digest_of(other)
    assert key_of(one) == key_of(other) != key_of(one.model_copy(update={"source": "a1", "id": ""}))


def test_promises_are_taken_up_so_many_working_days_before_their_day() -> None:
    """Under a name that never changes; one of another plan is left out."""
    promise = Promise(
        id="reserves",
        commitment="SWM-RESOURCES-05",
        title="reserves",
        due_on=date(2026, 12, 7),
        looked_at_before=10,
        source="local.outside",
        mark="not_verified",
    )
    foreign = promise.model_copy(update={"commitment": "ABC-OTHER-01"})
    assert coming_due((promise,), plan(), date(2026, 11, 20), days()) == ()
    [found] = coming_due((promise, foreign), plan(), MONDAY, days())
    assert coming_due((promise,), plan(), date(2027, 2, 1), days()) == (found,)
    assert (found.id, found.data["theme"]) == ("reserves/2026-12-07", "resources")
    assert taken(found, shipped(), around()).rule == "promise-due"


@pytest.mark.parametrize(
    ("forum", "carried", "comes"),
    [("panel", True, True), ("panel", False, False), ("victims_board", True, False)],
)
def test_what_the_panel_carries_is_its_recommendation(forum: Any, carried: bool, comes: bool) -> None:
    """With its words, for the rule that proposes a cycle."""
    words = Words()
    facts: dict[str, Any] = {
        "question": words.ref("Response times are published by district"),
        "rule": "panel-decision",
        "members": (),
        "votes_for": 9,
        "votes_against": 2,
        "abstained": 0,
        "casting_for": None,
        "required": 6,
        "carried": carried,
        "source": "local.voting",
    }
    vote = Vote(number=1, by=s.SECRETARIAT, at=NOON, **facts)
    session = Session(number=1, forum=forum, starts_at=NOON, held_at=NOON, votes=(vote,))
    page = CyclePage(
        cycle=cycle().model_copy(update={"sessions": (session,)}), stage="held", words=words.kept
    )
    entry = Entry(
        cycle="HTA-2026-07",
        version=9,
        at=NOON,
        actor=s.SECRETARIAT,
        key="k",
        content="c",
        event=VoteRecorded(session=1, vote=1, **facts),
    )
    found = happening(entry, page)
    assert (found is not None) == comes
    if found:
        made: Taken = taken(found, shipped(), around())
        assert (made.outcome, made.rule) == ("proposed", "panel-recommendation")
        assert made.makes
        assert made.makes.title == "The panel recommends: Response times are published by district"
