"""What the engine does by itself beside the ladder: silence, windows, releases, questions, wakes, claims."""

from datetime import timedelta

import pytest

from rules.clocks import instant
from rules.duties import Duty, duties, own_events
from rules.telling.notices import notices
from schemas.events import (
    DutyMissed,
    FactCheckDeemed,
    NonResponseDeemed,
    ProgressAsked,
    WakeDelivered,
)
from schemas.people import Role
from schemas.standards import ExtensionLimit
from tests import scenario as s
from tests.rules import acts, findings_acts, outcome_acts, request_acts
from tests.rules.raising_acts import wake_me
from tests.rules.table import Table, day, held, opened, signed
from tests.rules.test_duties import DUE, LATER, asked_today

TEN_AFTER = instant(day("2026-06-29"), "09:00")


def kinds(table: Table) -> list[str]:
    """The kinds of what is still to come."""
    return [one.kind for one in duties(table.cycle, table.calendar)]


def test_silence_is_deemed_no_answer_ten_working_days_after() -> None:
    """Once, at the reminder hour; officer, coordination and the Chief Constable are told."""
    table = asked_today()
    happened = table.run_to(LATER)
    [deemed] = [one for one in happened if isinstance(one, NonResponseDeemed)]
    assert (deemed.due.on, deemed.after_days) == (DUE, 10)
    [entry] = [one for one in table.entries if isinstance(one.event, NonResponseDeemed)]
    assert entry.at == table.request().non_response_at == TEN_AFTER
    [notice] = notices(entry, table.cycle)
    assert notice.to == (s.OFFICER.person,)
    assert notice.roles == (Role.FORCE_COORDINATION, Role.CHIEF_CONSTABLE)


def test_what_comes_ends_a_deemed_non_response_and_a_new_day_may_end_in_another() -> None:
    """Evidence clears it; sent back and silent again, it is deemed again for the new day."""
    table = asked_today()
    table.run_to(TEN_AFTER)
    table.do(s.submit(acts.REF))
    assert table.request().non_response_at is None
    table.do(s.send_back(acts.REF))
    deemed = [one for one in table.run_to(LATER) if isinstance(one, NonResponseDeemed)]
    assert len(deemed) == 1


def test_more_time_after_a_deemed_non_response_lets_it_be_deemed_again() -> None:
    """A new due day has a silence of its own."""
    table = asked_today()
    table.run_to(TEN_AFTER)
    assert "non_response" not in kinds(table)
    table.do(acts.change_standards(extension=ExtensionLimit(most_days=60, most_times=1)))
    assert "non_response" not in kinds(table)
    table.do(acts.ask_time(day("2026-07-10")), acts.decide_time())
    deemed = [one for one in table.run_to(LATER) if isinstance(one, NonResponseDeemed)]
    assert [one.due.on for one in deemed] == [day("2026-07-10")]


def test_a_part_that_came_is_no_silence() -> None:
    """What is owed still is late, and no non-response."""
    two = s.draft().model_copy(update={"asked": (s.say("Volumes"), s.say("Reasons"))})
    table = opened(two)
    table.do(s.submit(acts.REF, partial=True, parts=(1,)))
    assert table.request().state == "part_returned"
    happened = table.run_to(LATER)
    assert not [one for one in happened if isinstance(one, NonResponseDeemed)]
    assert [one for one in happened if isinstance(one, DutyMissed)]


def test_while_the_office_owes_an_answer_nothing_falls() -> None:
    """The clock stands still: no rung, no miss, no silence."""
    table = asked_today()
    table.do(request_acts.ask_what())
    assert duties(table.cycle, table.calendar) == ()
    assert table.run_to(LATER) == []


def test_a_fact_check_that_nobody_answers_is_deemed_at_its_due_instant() -> None:
    """No comment, on record as deemed; the officer is told. An answer in time leaves nothing to deem."""
    for answered in (False, True):
        table = drafted()
        table.do(findings_acts.invite())
        check = table.cycle.findings[-1].fact_check
        assert check is not None
        if answered:
            table.do(findings_acts.answer(None))
        table.run_to(check.due.at + timedelta(days=30))
        deemed = [one for one in table.entries if isinstance(one.event, FactCheckDeemed)]
        assert [one.at for one in deemed] == ([] if answered else [check.due.at])
        if deemed:
            assert [one.template for one in notices(deemed[0], table.cycle)] == ["fact_check_deemed"]


def drafted() -> Table:
    """Findings drafted, and nothing signed yet."""
    table = held()
    table.do(s.judge(acts.REF), s.findings(acts.REF))
    return table


@pytest.mark.parametrize("how", ["goes out", "held back", "cycle paused"])
def test_a_release_goes_out_at_its_instant(how: str) -> None:
    """Exactly then, also while the cycle is paused; never once it was held back."""
    table = signed()
    at = table.after(5, "11:07")
    table.do(findings_acts.schedule(at))
    if how == "held back":
        table.do(findings_acts.hold())
    if how == "cycle paused":
        table.do(acts.pause())
    table.run_to(at + timedelta(days=3))
    published = [one for one in table.entries if one.event.kind == "FindingsPublished"]
    assert [one.at for one in published] == ([] if how == "held back" else [at])
    if published:
        assert table.cycle.closed_at == at
        assert duties(table.cycle, table.calendar) == ()


def test_a_correction_of_a_closed_cycle_is_released_at_its_instant() -> None:
    """A closed cycle keeps the duty of the release that was named in it."""
    table = signed()
    table.do(s.publish(acts.REF))
    assert table.cycle.closed_at
    table.do(findings_acts.correction(), s.approve(acts.REF, s.CHIEF_EXECUTIVE, 2))
    table.do(s.approve(acts.REF, s.COMMISSIONER, 2))
    at = table.after(2, "12:00")
    table.do(findings_acts.schedule(at, 2))
    assert kinds(table) == ["release"]
    happened = table.run_to(at)
    assert [one.kind for one in happened] == ["FindingsCorrected"]
    assert duties(table.cycle, table.calendar) == ()


def test_a_release_that_nobody_waits_for_makes_nothing() -> None:
    """A duty about another version, or a window that was answered, makes no event."""
    table = signed()
    for kind in ("release", "fact_check"):
        assert own_events(table.cycle, Duty(kind=kind, at=table.now, version=9), table.moment) == ()


def test_a_wake_reaches_its_setter_at_the_reminder_hour_once() -> None:
    """Also in a paused cycle; to nobody else; not once the cycle is cancelled."""
    table = opened(requests=0)
    table.do(wake_me(day("2026-06-07"), s.LEAD), acts.pause())
    [duty] = duties(table.cycle, table.calendar)
    assert duty.at == instant(day("2026-06-07"), "09:00")
    happened = table.run_to(LATER)
    assert happened == [WakeDelivered(wake=1, told=(s.LEAD.person,))]
    assert table.cycle.wakes[0].woken_at == duty.at
    table.do(acts.resume(), wake_me(s.date_after(table.now, 2)), acts.cancel())
    assert duties(table.cycle, table.calendar) == ()


def test_the_owner_is_asked_every_twenty_working_days_how_it_stands() -> None:
    """From the day both agreed; a report starts the count again; a claim of done ends it."""
    table = opened(requests=0)
    table.do(acts.propose(day("2026-12-01")), acts.confirm())
    first = table.run_to(instant(day("2026-07-31"), "12:00"))
    assert [one.on for one in first if isinstance(one, ProgressAsked)] == [
        day("2026-06-29"),
        day("2026-07-27"),
    ]
    table.do(outcome_acts.progress())
    second = table.run_to(instant(day("2026-09-01"), "12:00"))
    assert [one.on for one in second if isinstance(one, ProgressAsked)] == [day("2026-08-28")]
    table.do(acts.claim(table.moment.today))
    assert "progress" not in kinds(table)


def test_a_question_that_fell_into_a_pause_is_asked_when_the_cycle_goes_on() -> None:
    """It is not late: nothing could be asked before."""
    table = opened(requests=0)
    table.do(acts.propose(day("2026-06-20")), acts.confirm(), acts.pause())
    table.now = instant(day("2026-08-03"), "11:00")
    table.do(acts.resume())
    assert [(one.kind, one.at) for one in duties(table.cycle, table.calendar)] == [
        ("miss", table.now),
        ("progress", table.now),
    ]


def test_a_claim_of_sensitivity_lapses_as_the_day_after_its_last_begins() -> None:
    """At midnight in London, whether or not the office had decided."""
    table = asked_today()
    table.do(s.submit(acts.REF))
    table.do(request_acts.claim_sensitive(day("2026-07-31")))
    [duty] = [one for one in duties(table.cycle, table.calendar) if one.kind == "lapse"]
    assert duty.at == instant(day("2026-08-01"), "00:00")
    table.run_to(duty.at)
    assert table.request().claims[0].lapsed_at == duty.at
    assert "lapse" not in kinds(table)
