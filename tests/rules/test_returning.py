"""Returns in parts, certified, covering a time; and more time beyond the office's standard."""

from datetime import timedelta
from typing import Any

import pytest

from schemas.commands import RequestExtension
from schemas.events import ReturnSentBack
from schemas.people import Actor, Role
from tests import scenario as s
from tests.rules import acts
from tests.rules import request_acts as r
from tests.rules.acting import act
from tests.rules.table import Table, day, opened
from tests.rules.test_amending import due_of, three


def part(*parts: int, partial: bool = True) -> Any:
    """A return of some parts."""
    return s.submit(acts.REF, partial=partial, parts=parts)


def test_a_part_leaves_the_others_owed_until_they_come() -> None:
    """The ladder goes on for what is owed; the last of them completes it."""
    table = opened(three())
    table.do(part(1))
    found = table.request()
    assert (found.state, found.owed, found.open) == ("part_returned", (2, 3), True)
    table.refuse(s.accept(acts.REF), "request_state")
    table.refuse(s.send_back(acts.REF), "request_state")
    assert table.run_to(table.after(11))
    assert table.request().late
    table.do(part(2, 3))
    assert (table.request().state, table.request().owed) == ("returned", ())
    table.do(s.accept(acts.REF))


def test_a_part_without_numbers_is_a_return_as_it_always_was() -> None:
    """The office looks at it."""
    table = opened(three())
    table.do(s.submit(acts.REF, partial=True))
    assert (table.request().state, table.request().owed) == ("returned", ())


def test_a_part_keeps_a_question_about_time_and_the_whole_answers_it() -> None:
    """More time may be wanted for the rest."""
    table = opened(three())
    table.do(acts.ask_time(due_of(table).on + timedelta(days=1)), part(1))
    assert table.request().extension
    table.do(part(2, 3))
    assert table.request().extension is None


def test_unknown_parts_and_parts_left_over_are_refused() -> None:
    """A number that is not asked for; a whole that leaves something out."""
    table = opened(three(), s.draft().model_copy(update={"asked": ()}))
    assert table.refuse(part(4), "unknown_part").field == "parts"
    table.refuse(s.submit(acts.REF, 2, partial=True, parts=(1,)), "unknown_part")
    table.refuse(part(1, 2, partial=False), "parts_left")
    table.do(part(1), part(2, 3, partial=False))
    table.refuse(s.send_back(acts.REF).model_copy(update={"parts": (9,)}), "unknown_part")


def test_what_is_sent_back_in_part_reopens_only_that_part() -> None:
    """The rest stays in."""
    table = opened(three())
    table.do(s.submit(acts.REF))
    happened = table.do(s.send_back(acts.REF).model_copy(update={"parts": (2,)}))
    assert isinstance(happened[0], ReturnSentBack)
    found = table.request()
    assert (found.state, found.owed, found.returns[0].gap_parts) == ("sent_back", (2,), (2,))
    table.do(part(2))
    assert table.request().state == "returned"


@pytest.mark.parametrize(
    ("cover", "code", "field"),
    [
        (("2026-05-20", "2026-05-10"), "covers_backwards", "covers_from"),
        (("2026-05-20", "2026-06-10"), "covers_future", "covers_to"),
        (("2026-06-10", None), "covers_future", "covers_from"),
    ],
)
def test_evidence_covers_a_time_that_has_been(cover: tuple[str, str | None], code: str, field: str) -> None:
    """From one day to a later one, and none that is still to come."""
    first, last = cover
    covers = {"covers_from": day(first), "covers_to": day(last) if last else None}
    assert opened().refuse(s.submit(acts.REF, cover=covers), code).field == field


def certified() -> Table:
    """A request whose return has to be certified."""
    return opened(s.draft().model_copy(update={"certify": True, "certifier": s.OTHER_LEAD.person}))


def test_what_has_to_be_certified_is_accepted_only_then() -> None:
    """By the Chief Constable or whom the request names; a new version needs a new certificate."""
    table = certified()
    table.refuse(r.certify(), "request_state")
    table.do(s.submit(acts.REF))
    table.refuse(s.accept(acts.REF), "needs_certificate")
    table.refuse(r.certify(actor=s.COORDINATION), "not_your_certificate")
    table.do(r.certify())
    table.refuse(r.certify(), "request_state")
    table.do(s.submit(acts.REF))
    table.refuse(s.accept(acts.REF), "needs_certificate")
    table.refuse(r.certify(), "not_newest_version")
    table.do(r.certify(2, actor=s.OTHER_LEAD), s.accept(acts.REF))
    assert table.request().returns[1].certificate
    table.refuse(r.certify(2), "request_state")


def test_nobody_certifies_their_own_return() -> None:
    """Two people, as for every signature; the certifier's deputy counts as the certifier."""
    table = certified()
    table.do(s.submit(acts.REF, actor=s.CHIEF_CONSTABLE))
    table.refuse(r.certify(), "needs_second_person")
    deputy = Actor(person="some-deputy", role=Role.THEMATIC_LEAD, deputising_for=s.OTHER_LEAD.person)
    table.do(r.certify(actor=deputy))


def days(number: int) -> RequestExtension:
    """More time by so many working days."""
    found = act("RequestExtension", s.LEAD, request=1, days=number, reason=s.say("The data come late"))
    assert isinstance(found, RequestExtension)
    return found


def test_time_is_asked_for_to_a_day_or_by_days() -> None:
    """One of the two."""
    table = opened()
    was = due_of(table)
    table.refuse(days(3).model_copy(update={"to": day("2026-07-20")}), "day_or_days")
    table.refuse(days(3).model_copy(update={"days": None}), "day_or_days")
    table.do(days(3), acts.decide_time())
    assert due_of(table).on == table.calendar.after(was.on, 3)


def test_a_further_extension_may_be_asked_for_and_only_the_chief_executive_grants_it() -> None:
    """The officer can still refuse it."""
    table = opened()
    table.do(days(1), acts.decide_time(), days(1))
    assert table.refuse(acts.decide_time(), "needs_chief_executive").field == "granted"
    table.do(acts.decide_time(granted=False), days(1), acts.decide_time(actor=s.CHIEF_EXECUTIVE))
    assert table.request().extensions == 2


def test_the_limit_of_days_counts_from_the_day_that_was_first_set() -> None:
    """Two short extensions are no way around it; a new day begins anew."""
    table = opened()
    most = table.cycle.standards.extension.most_days
    table.do(days(most), acts.decide_time())
    table.refuse(days(1), "extension_limit")
    table.do(s.submit(acts.REF), s.send_back(acts.REF))
    table.do(days(1))
