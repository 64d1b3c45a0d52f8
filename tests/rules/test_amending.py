"""Asking otherwise, several at once, of another lead, or with a colleague."""

from datetime import timedelta

from schemas.clocks import AfterSession, Due, OnDate, WorkingDays
from schemas.evidence import RequestDraft
from tests import scenario as s
from tests.rules import acts
from tests.rules import request_acts as r
from tests.rules.table import Table, day, opened


def due_of(table: Table, number: int = 1) -> Due:
    """When the request is due; it has a day."""
    found = table.request(number).due
    assert found is not None
    return found


def three() -> RequestDraft:
    """A request of three parts, due in ten working days."""
    parts = tuple(s.say(one) for one in ("Volumes", "Outcomes", "Reasons"))
    return s.draft(due=WorkingDays(days=10)).model_copy(update={"asked": parts})


def test_another_wording_leaves_the_day_and_keeps_what_was_asked() -> None:
    """Only what is asked changes."""
    table = opened(s.draft())
    was, before = due_of(table), table.request().draft
    table.do(r.amend())
    assert due_of(table) == was
    assert table.request().clock.entries == ()
    assert table.request().amendments[0].was == before


def test_another_day_starts_the_clock_again() -> None:
    """From the amendment, and what was asked about time is moot."""
    table = opened(s.draft())
    table.do(acts.ask_time(due_of(table).on + timedelta(days=1)))
    table.now = table.after(4)
    table.do(r.amend(due=WorkingDays(days=12)))
    assert due_of(table).on == table.calendar.after(table.moment.today, 12)
    assert table.request().extension is None


def test_an_amendment_has_to_be_one_with_a_day_to_come_of_the_same_lead() -> None:
    """Nothing changed, a day that is past or unknown, or somebody else."""
    table = opened(s.draft())
    same = table.request().draft
    table.refuse(r.amend(**dict(same)), "nothing_amended")
    assert table.refuse(r.amend(due=OnDate(on=day("2026-05-29"))), "due_in_past").field == "draft.due"
    assert table.refuse(r.amend(due=OnDate(on=day("2029-05-29"))), "beyond_horizon").field == "draft.due"
    table.refuse(r.amend(lead=s.OTHER_LEAD.person), "other_lead")


def test_what_is_accepted_or_withdrawn_is_not_amended_delegated_or_reassigned() -> None:
    """The record has moved on."""
    table = opened(s.draft(), s.draft())
    table.do(s.submit(acts.REF), s.accept(acts.REF), acts.withdraw(2))
    for number in (1, 2):
        for command in (r.amend(number), r.delegate(request=number), r.reassign(request=number)):
            table.refuse(command, "request_state")


def test_a_new_point_reopens_what_was_returned_and_a_dropped_one_closes_it() -> None:
    """Points are known by their words."""
    table = opened(three())
    asked = table.request().draft.asked
    table.do(s.submit(acts.REF, partial=True, parts=(1, 3)))
    table.do(r.amend(asked=(asked[1], asked[0])))
    assert (table.request().state, table.request().owed) == ("part_returned", (1,))
    table.do(r.amend(asked=(asked[0],), title=s.say("Less")))
    assert (table.request().state, table.request().owed) == ("returned", ())
    table.do(r.amend(asked=(asked[0], s.say("Costs")), title=s.say("More")))
    assert (table.request().state, table.request().owed) == ("part_returned", (2,))


def test_what_reopens_needs_a_day_that_is_still_to_come() -> None:
    """Nobody is late by what was only just asked."""
    table = opened(three())
    table.do(s.submit(acts.REF))
    table.now = table.after(12)
    more = (*table.request().draft.asked, s.say("Costs"))
    table.refuse(r.amend(asked=more), "due_in_past")
    table.do(r.amend(asked=more, due=WorkingDays(days=5)))
    assert table.request().owed == (4,)


def test_a_delegate_answers_until_the_day_and_the_lead_stays_answerable() -> None:
    """And cannot pass it on."""
    table = opened(s.draft())
    until = s.date_after(table.now, 3)
    table.refuse(acts.acknowledge(actor=s.OTHER_LEAD), "not_your_request")
    table.do(r.delegate(until=until), acts.acknowledge(actor=s.OTHER_LEAD))
    table.do(r.ask_what(actor=s.OTHER_LEAD), r.say_what())
    table.refuse(r.delegate("chief-constable", actor=s.OTHER_LEAD), "not_your_request")
    table.now = table.after(4)
    table.refuse(s.submit(acts.REF, actor=s.OTHER_LEAD), "not_your_request")
    table.do(r.delegate(actor=s.COORDINATION))
    table.do(s.submit(acts.REF, actor=s.OTHER_LEAD))


def test_a_delegation_is_to_somebody_else_and_not_past() -> None:
    """Otherwise it says nothing."""
    table = opened(s.draft())
    table.refuse(r.delegate(s.LEAD.person), "same_lead")
    table.refuse(r.delegate(until=table.now.date() - timedelta(days=1)), "until_past")


def test_another_lead_takes_over_with_the_same_clock() -> None:
    """It has to be seen anew, and what the old lead delegated falls away."""
    table = opened(s.draft())
    was = due_of(table)
    table.do(acts.acknowledge(), r.delegate("chief-constable"), r.reassign())
    found = table.request()
    assert (found.draft.lead, found.state, found.delegations) == (s.OTHER_LEAD.person, "asked", ())
    assert found.reassignments[0].was == s.LEAD.person
    assert due_of(table) == was
    table.refuse(s.submit(acts.REF), "not_your_request")
    table.refuse(r.reassign(), "same_lead")


def test_one_question_to_several_leads_is_a_campaign() -> None:
    """One request each, in one act, under the number of the first."""
    table = opened(requests=2)
    happened = table.do(r.ask_several(s.OTHER_LEAD.person, "chief-constable"))
    assert len(happened) == 3
    assert [one.campaign for one in table.cycle.requests] == [None, None, 3, 3, 3]
    assert len({one.draft.lead for one in table.cycle.requests[2:]}) == 3
    assert len({one.due for one in table.cycle.requests[2:]}) == 1


def test_a_campaign_names_each_lead_once_and_fits_into_the_cycle() -> None:
    """With a day to come, as any request."""
    table = opened(requests=58)
    found = table.refuse(r.ask_several(s.LEAD.person), "duplicate_lead")
    assert found.field == "others"
    table.refuse(r.ask_several(s.OTHER_LEAD.person, "chief-constable"), "too_many_requests")
    table.refuse(r.ask_several(due=OnDate(on=day("2026-05-29"))), "due_in_past")
    table.do(r.ask_several())


def test_what_is_shared_after_the_meeting_is_not_late_before_it() -> None:
    """So many working days after the session's day."""
    table = opened(s.draft(due=AfterSession(days=3)))
    on = table.cycle.sessions[0].starts_at.date()
    assert due_of(table).on == table.calendar.after(on, 3)
