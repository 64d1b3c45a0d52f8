"""Another body takes over while cycles run: over its day, and by a release that is stopped half-way."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from clients.letters import Envelope, write
from engine.announcing import Taken, taken_by
from engine.new_cycles import opened_for
from engine.releasing import Released, release
from rules.clocks import civil
from schemas.commands import AnyCommand
from schemas.notices import Notice
from schemas.outcomes import NotKnownYet, Outcome, Receipt
from schemas.shape import Words
from store.keeping import Keeping
from store.pool import Pool
from tests import scenario as s
from tests.conftest import Office
from tests.rules import acts, outcome_acts
from tests.rules.succession_acts import NEW, NEW_NAME, OLD, OLD_NAME, announced, force
from tests.workflows.tools import clock, cycle_of, done, entries, refused

pytestmark = pytest.mark.real
DAY = timedelta(days=1)


def today() -> Any:
    """The day of the true clock."""
    return civil(s.wall_now())


def succeed(days: int, **facts: Any) -> AnyCommand:
    """The mayor takes over in so many days."""
    names = {"was": OLD, "was_name": s.say(OLD_NAME), "to_name": s.say(NEW_NAME)}
    return outcome_acts.succeed(today() + days * DAY, NEW, **{**names, **facts})


async def letters_asked(office: Office, ref: str, count: int) -> list[Notice]:
    """The letters that ask for evidence, once so many have gone out."""
    for _ in range(200):
        sent = [one for one in office.post.sent if one.template == "evidence_requested" and one.cycle == ref]
        if len(sent) >= count:
            return sent
        await asyncio.sleep(0.05)
    raise AssertionError(f"{len(sent)} letters instead of {count}")


async def test_acts_and_letters_carry_the_body_of_their_day(office: Office) -> None:
    """Before it the old one, from it the new one; letters name both from that day."""
    ref = s.fresh_reference()
    await done(office, ref, s.open_cycle(ref, s.wall_now()), succeed(10), acts.pause())
    assert await office.skip(ref, 11)
    await done(office, ref, acts.resume(), s.add_request(ref))
    assert civil(await clock(office, ref)) > today() + 10 * DAY
    [paused] = await entries(office, ref, "CyclePaused")
    [resumed] = await entries(office, ref, "CycleResumed")
    assert (paused.actor.on_behalf_of, resumed.actor.on_behalf_of) == (OLD, NEW)
    assert (await cycle_of(office, ref)).body == NEW
    asked = await letters_asked(office, ref, 4)
    page = await office.reads.cycle(ref)
    assert page
    people = await office.reads.people()
    letters = []
    for notice in (asked[0], asked[-1]):
        names = page.names_on("body", civil(notice.planned_at))
        letters.append(write(notice, page, people, Envelope(str(names or OLD_NAME), "https://x", ("Y",), ())))
    assert NEW_NAME not in letters[0].text
    on = today() + 10 * DAY
    flat = " ".join(letters[1].text.split())
    assert f"Sent by {NEW_NAME} (before {on:%-d %B %Y}: {OLD_NAME})" in flat


async def test_a_day_that_is_past_needs_its_reason(office: Office) -> None:
    """Refused without it; with it the lateness stands in the ledger."""
    ref = s.fresh_reference()
    past = timedelta(days=20)
    opening = s.open_cycle(ref, s.wall_now() - past, set_back=past)
    await done(office, ref, opening)
    day = today() - 25 * DAY
    early = succeed(0).model_copy(update={"from_on": day})
    await refused(office, ref, early, "succession_in_past")
    ref = s.fresh_reference()
    await done(office, ref, s.open_cycle(ref, s.wall_now()))
    await done(office, ref, succeed(0, recorded_late=s.say("We heard of it today")))
    [entry] = await entries(office, ref, "BodySucceeded")
    assert entry.event.model_dump()["recorded_late"] == s.say("We heard of it today")


class Stopping:
    """A Desk at which a release is stopped after some commands, or that answers some too late."""

    def __init__(self, office: Office, after: int) -> None:
        self.office, self.after, self.sent, self.answered = office, after, 0, 0
        self.half_way = asyncio.Event()

    async def send(self, command: AnyCommand, words: Words | None = None) -> Outcome:
        """Hand it in; the last before the stop is carried out, and its answer is lost."""
        self.sent += 1
        if self.sent > self.after:
            await self.half_way.wait()
            raise asyncio.CancelledError
        outcome = await self.office.desk.send(command, words)
        self.answered += 1
        if lost := self.answered == self.after:
            self.half_way.set()
        return NotKnownYet(cycle=command.cycle, key=command.key) if lost else outcome


async def _taken(office: Office, one: Any) -> Taken:
    return await taken_by(one, office.reads, s.CHIEF_EXECUTIVE, s.wall_now())


async def test_a_release_that_is_stopped_half_way_is_finished_by_saying_it_again(
    office: Office, pool: Pool
) -> None:
    """Each cycle is told once, with one letter; an answer that was lost is found to stand."""
    refs = [s.fresh_reference() for _ in range(6)]
    for ref in refs:
        await done(office, ref, s.open_cycle(ref, s.wall_now(), 1))
    one = announced(today() + 30 * DAY)
    assert await Keeping(pool).keep_succession(one)
    found = await _taken(office, one)
    assert [row.cycle for row in found.rows] == sorted(refs)
    seen: list[Released] = []
    with pytest.raises(asyncio.CancelledError):
        await release(found.commands, lambda _: True, Stopping(office, 3), seen.append, found.words)
    assert seen[-1].count() <= 3
    again = await _taken(office, one)
    assert len(again.commands) == 3
    finished = await release(again.commands, lambda _: True, office.desk, words=again.words)
    assert sorted([*finished.moved, *finished.stands]) == sorted(command.cycle for command in again.commands)
    last = await _taken(office, one)
    assert (last.commands, [row.stands for row in last.rows]) == ([], [True] * 6)
    for ref in refs:
        assert len(await entries(office, ref, "BodySucceeded")) == 1
        await office.posted(ref)
    letters = Counter(notice.cycle for notice in office.post.sent if notice.template == "body_succeeded")
    assert letters == dict.fromkeys(refs, 1)


async def test_new_cycles_begin_under_who_stands_and_know_who_comes(office: Office, pool: Pool) -> None:
    """Before the day under the old body, with both; after it under the new one, and not under the old."""
    keeping = Keeping(pool)
    assert await keeping.keep_succession(force(today()))
    assert await keeping.keep_succession(announced(today() + 30 * DAY))
    words = Words()
    told = await opened_for(office.reads, OLD, s.wall_now(), words)
    s.WORDS.kept.update(words.kept)
    ref = s.fresh_reference()
    opening = s.open_cycle(ref, s.wall_now()).model_copy(update=told)
    await done(office, ref, opening)
    cycle = await cycle_of(office, ref)
    assert (cycle.body, [one.to for one in cycle.successions]) == (OLD, [NEW])
    page = await office.reads.cycle(ref)
    assert page
    assert dict(page.named_on(today()))["Force"] == "Mercia Police"
    assert (await _taken(office, announced(today() + 30 * DAY))).commands == []
    ref = s.fresh_reference()
    late = s.open_cycle(ref, s.wall_now(), taking_over=tuple(told["taking_over"]))
    made_up = late.taking_over[0].model_copy(update={"to": "somebody-else"})
    await refused(office, ref, late.model_copy(update={"taking_over": (made_up,)}), "not_announced")
    await pool.execute("update successions set from_on = from_on - 30 where what = 'body'")
    await refused(office, ref, late.model_copy(update={"taking_over": ()}), "body_followed")
    told = await opened_for(office.reads, OLD, s.wall_now(), words)
    assert told["body"] == NEW
    s.WORDS.kept.update(words.kept)
    await done(office, ref, late.model_copy(update=told))
    await done(office, ref, acts.pause())
    assert (await entries(office, ref, "CyclePaused"))[0].actor.on_behalf_of == NEW


async def test_the_predecessor_is_sent_to_the_successor(office: Office, pool: Pool) -> None:
    """The commissioner's office has ended; staff go on."""
    ref = s.fresh_reference()
    await done(office, ref, s.open_cycle(ref, s.wall_now()))
    await Keeping(pool).keep_succession(announced(today()))
    refusal = await refused(office, ref, acts.record_decision(), "office_ended")
    assert NEW_NAME in refusal.message
    outcome = await office.desk.send(acts.pause().model_copy(update={"cycle": ref}), s.WORDS)
    assert isinstance(outcome, Receipt)
