"""Fact checks and redactions: asked, answered, made, compared, and what waits for them."""

import pytest

from rules.clocks import civil
from rules.publishing.publishable import blocks
from rules.publishing.redaction import located, readable, redacted
from schemas.cycle import Span, WithheldItem
from schemas.events import FactCheckDeemed, FactCheckReceived
from schemas.people import Actor, Role
from tests import scenario as s
from tests.rules import acts
from tests.rules import findings_acts as about
from tests.rules.table import Table, held, refused, signed

ACTING = Actor(person="deputy-commissioner", role=Role.ACTING_COMMISSIONER)


def drafted() -> Table:
    """A cycle whose findings have just been drafted."""
    table = held()
    table.do(s.findings(acts.REF))
    return table


def test_the_force_has_ten_working_days_to_say_what_is_wrong_in_fact() -> None:
    """The clock is the office's own, at its own hour."""
    table = drafted()
    table.do(about.invite())
    check = table.cycle.findings[-1].fact_check
    assert check is not None
    assert check.open
    assert check.due.on == s.date_after(table.now, 10)
    assert check.clock.kind == "local"


def test_nobody_signs_while_the_force_may_still_answer() -> None:
    """The window blocks signatures; the answer, or its end, frees them."""
    table = drafted()
    table.do(about.invite())
    table.refuse(s.approve(acts.REF, s.CHIEF_EXECUTIVE), "fact_check_open")
    assert len(blocks(table.cycle, table.now)) == 2
    table.do(about.answer())
    table.do(s.approve(acts.REF, s.CHIEF_EXECUTIVE))
    check = table.cycle.findings[-1].fact_check
    assert check is not None
    assert check.comments == s.say("Two dates are wrong.")
    assert check.received_from == s.CHIEF_CONSTABLE


def test_after_the_window_silence_blocks_nothing_and_an_answer_is_late() -> None:
    """Late is recorded, and never refused."""
    table = drafted()
    table.do(about.invite())
    check = table.cycle.findings[-1].fact_check
    assert check is not None
    table.now = table.after(11)
    table.do(s.approve(acts.REF, s.CHIEF_EXECUTIVE))
    table.engine(FactCheckDeemed(version=1, due=check.due))
    [event] = table.do(about.answer(None))
    assert isinstance(event, FactCheckReceived)
    assert event.late


def test_a_fact_check_is_asked_once_and_answered_once() -> None:
    """A second invitation, and a second answer, need a new draft."""
    table = drafted()
    table.refuse(about.answer(), "not_invited")
    table.do(about.invite())
    table.refuse(about.invite(), "already_invited")
    table.do(about.answer(actor=s.COORDINATION))
    table.refuse(about.answer(), "already_answered")
    table.refuse(about.invite(2), "not_newest_version")


def test_what_is_published_is_not_checked_any_more() -> None:
    """An invitation, or a redaction, needs a draft."""
    table = signed()
    table.do(acts.propose(s.date_after(table.now, 20)), s.publish(acts.REF))
    table.refuse(about.invite(), "already_published")
    table.refuse(about.redact(), "already_published")


def test_a_copy_is_the_original_with_its_grounds_in_place_of_words() -> None:
    """Positions are code points, whatever the letters."""
    text = "Ann \U0001f600 lives in Ellesmere, é"
    ann = Span(of="body", start=0, end=3, ground="personal_data")
    town = Span(of="body", start=15, end=24, ground="safety")
    assert redacted(text, [town, ann]) == (
        "[withheld: personal data] \U0001f600 lives in [withheld: somebody's safety], é"
    )
    assert readable(text, [town, ann]) == (("Ann", "personal data"), ("Ellesmere", "somebody's safety"))
    assert redacted(text, []) == text


@pytest.mark.parametrize("places", [[(0, 99)], [(3, 3)], [(0, 5), (4, 8)]])
def test_misplaced_passages_are_refused(places: list[tuple[int, int]]) -> None:
    """Beyond the text, without words, or overlapping."""
    spans = [Span(of="body", start=start, end=end, ground="safety") for start, end in places]
    refused(redacted("Ten letters", spans), "span_wrong")


def test_words_are_found_where_they_stand() -> None:
    """The n-th occurrence, exactly; what is not there is said so."""
    assert located("one two one", "one", 2) == (8, 11)
    assert located("aaaa", "aa", 2) == (2, 4)
    refused(located("one two one", "one", 3), "words_not_found")
    refused(located("one two one", "three"), "words_not_found")
    refused(located("one", ""), "words_not_found")


def test_a_redaction_is_checked_by_somebody_else() -> None:
    """Until then nobody signs; not agreed means made again."""
    table = drafted()
    table.refuse(about.check(), "nothing_redacted")
    table.do(about.redact())
    table.refuse(s.approve(acts.REF, s.CHIEF_EXECUTIVE), "redactions_unchecked")
    table.refuse(about.check(actor=s.OFFICER), "needs_second_person")
    table.refuse(about.check(agreed=False), "reason_needed")
    table.do(about.check(agreed=False, reason=s.say("A name is left")))
    table.refuse(about.check(), "already_checked")
    table.refuse(s.approve(acts.REF, s.CHIEF_EXECUTIVE), "redactions_refused")
    table.do(about.redact(), about.check(), s.approve(acts.REF, s.CHIEF_EXECUTIVE))
    redaction = table.cycle.findings[-1].redaction
    assert redaction is not None
    assert redaction.checked_by == s.SECOND_OFFICER


def test_what_was_signed_and_then_redacted_is_signed_again() -> None:
    """Nobody's signature stands under a copy that they have not seen."""
    table = signed()
    table.do(about.redact())
    table.refuse(s.publish(acts.REF), "redactions_unchecked")
    table.do(about.check())
    table.refuse(s.publish(acts.REF), "not_approved")
    table.do(s.approve(acts.REF, s.CHIEF_EXECUTIVE), s.approve(acts.REF, s.COMMISSIONER))
    table.do(s.publish(acts.REF))


def test_a_new_draft_needs_new_redactions() -> None:
    """Nothing carries over."""
    table = drafted()
    table.do(about.invite(), about.answer(), about.redact(), s.findings(acts.REF))
    newest = table.cycle.findings[-1]
    assert (newest.redaction, newest.fact_check) == (None, None)


def test_a_later_version_is_not_published_before_somebody_has_looked_for_the_same_words() -> None:
    """A correction begins from the original: it is redacted too, or checked with nothing taken out."""
    table = drafted()
    table.do(about.redact(), about.check())
    table.do(s.approve(acts.REF, s.CHIEF_EXECUTIVE), s.approve(acts.REF, s.COMMISSIONER))
    table.do(acts.propose(s.date_after(table.now, 20)), s.publish(acts.REF), about.correction())
    table.refuse(s.approve(acts.REF, s.CHIEF_EXECUTIVE, 2), "redactions_to_repeat")
    correction = table.cycle.findings[-1]
    same = {"answer": correction.answer, "body": correction.body}
    table.do(acts.act("Redact", s.OFFICER, version=2, **same), about.check(2))
    table.do(s.approve(acts.REF, s.CHIEF_EXECUTIVE, 2), s.approve(acts.REF, s.COMMISSIONER, 2))
    table.do(about.correct())
    assert table.cycle.findings[-1].published_at


def test_a_redaction_that_takes_nothing_out_or_does_not_fit_is_refused() -> None:
    """What is named has to be there, and a copy that differs has to have a passage."""
    table = drafted()
    empty = about.redact(items=(WithheldItem(request=1, version=1, item=9, ground="safety"),))
    table.refuse(empty, "no_such_item")
    table.refuse(empty.model_copy(update={"items": ()}), "nothing_taken_out")
    overlapping = (about.FOUND, about.FOUND.model_copy(update={"start": 20}))
    table.refuse(about.redact(*overlapping), "span_wrong")
    table.refuse(about.redact(answer=s.say("No.")), "copy_differs")
    table.refuse(about.redact(body=s.say(about.BODY)), "copy_differs")
    table.do(about.redact(items=(WithheldItem(request=1, version=1, item=1, ground="safety"),)))


def test_an_acting_commissioner_signs_in_the_commissioners_place() -> None:
    """One place, one signature, and it makes the officer's judgements the commissioner's own."""
    table = held()
    table.do(s.judge(acts.REF).model_copy(update={"actor": s.OFFICER}), s.findings(acts.REF))
    table.refuse(s.approve(acts.REF, ACTING), "chief_executive_first")
    table.do(s.approve(acts.REF, s.CHIEF_EXECUTIVE))
    events = table.do(s.approve(acts.REF, ACTING))
    assert [one.kind for one in events] == ["FindingsApproved", "AssuranceConfirmed"]
    assert table.cycle.judgements[0].confirmed_by == ACTING
    table.refuse(s.approve(acts.REF, s.COMMISSIONER), "already_signed")
    assert blocks(table.cycle, table.now) == ()
    table.do(s.publish(acts.REF))


def test_a_judgement_of_the_commissioner_is_not_confirmed_again() -> None:
    """It is their own already."""
    table = held()
    table.do(s.judge(acts.REF), s.findings(acts.REF), s.approve(acts.REF, s.CHIEF_EXECUTIVE))
    assert [one.kind for one in table.do(s.approve(acts.REF, s.COMMISSIONER))] == ["FindingsApproved"]


def test_the_page_says_what_keeps_findings_from_being_published() -> None:
    """One sentence each, from the same rules that refuse."""
    table = held()
    assert blocks(table.cycle, table.now) == ("No findings have been drafted yet.",)
    table.do(s.findings(acts.REF), about.invite())
    open_until, signatures = blocks(table.cycle, table.now)
    check = table.cycle.findings[-1].fact_check
    assert check is not None
    assert f"{civil(check.due.at):%B %Y}" in open_until
    assert "chief executive and the commissioner" in signatures
    table.do(about.answer(), s.approve(acts.REF, s.CHIEF_EXECUTIVE), s.approve(acts.REF, s.COMMISSIONER))
    table.do(s.publish(acts.REF))
    assert blocks(table.cycle, table.now) == ()
