"""Timers across both changes of the clocks in six years, on the real engine, in skipped time.

The clocks go forward on the last Sunday of March and back on the last Sunday of October. Every expected
instant is written by hand, in UTC.
"""

from datetime import UTC, date, datetime, timedelta

import pytest

from rules.clocks import instant
from schemas.clocks import BeforeSession, OnDate
from schemas.commands import OpenCycle
from schemas.events import DutyMissed, ReminderDelivered
from schemas.evidence import RequestDraft
from schemas.outcomes import Refused
from tests import scenario as s
from tests.conftest import Office
from tests.rules import acts
from tests.workflows.tools import cycle_of, done, entries, send

pytestmark = pytest.mark.real

AT_ONCE = timedelta(minutes=1)
RUNGS = (-7, -2, 0, 1, 3)
DUE = """
2023-03-26  03-16T09 03-23T09 03-26T08 03-27T08 03-29T08  03-26T16  the Sunday itself
2023-03-28  03-17T09 03-24T09 03-28T08 03-29T08 03-31T08  03-28T16
2023-10-29  10-19T08 10-26T08 10-29T09 10-30T09 11-01T09  10-29T17  the Sunday itself
2023-10-30  10-19T08 10-26T08 10-30T09 10-31T09 11-02T09  10-30T17
2024-03-31  03-20T09 03-27T09 03-31T08 04-02T08 04-04T08  03-31T16  the Sunday itself, which is Easter's
2024-04-02  03-20T09 03-27T09 04-02T08 04-03T08 04-05T08  04-02T16  between two rungs: Good Friday to Monday
2024-10-27  10-17T08 10-24T08 10-27T09 10-28T09 10-30T09  10-27T17  the Sunday itself
2024-10-28  10-17T08 10-24T08 10-28T09 10-29T09 10-31T09  10-28T17
2025-03-30  03-20T09 03-27T09 03-30T08 03-31T08 04-02T08  03-30T16  the Sunday itself
2025-04-01  03-21T09 03-28T09 04-01T08 04-02T08 04-04T08  04-01T16
2025-10-26  10-16T08 10-23T08 10-26T09 10-27T09 10-29T09  10-26T17  the Sunday itself
2025-10-27  10-16T08 10-23T08 10-27T09 10-28T09 10-30T09  10-27T17
2026-03-29  03-19T09 03-26T09 03-29T08 03-30T08 04-01T08  03-29T16  the Sunday itself
2026-03-31  03-20T09 03-27T09 03-31T08 04-01T08 04-07T08  03-31T16  Easter lies before the last rung
2026-10-25  10-15T08 10-22T08 10-25T09 10-26T09 10-28T09  10-25T17  the Sunday itself
2026-10-26  10-15T08 10-22T08 10-26T09 10-27T09 10-29T09  10-26T17
2027-03-28  03-17T09 03-24T09 03-28T08 03-30T08 04-01T08  03-28T16  the Sunday itself, which is Easter's
2027-03-31  03-18T09 03-25T09 03-31T08 04-01T08 04-05T08  03-31T16  between two rungs: Good Friday to Monday
2027-10-31  10-21T08 10-28T08 10-31T09 11-01T09 11-03T09  10-31T17  the Sunday itself
2027-11-01  10-21T08 10-28T08 11-01T09 11-02T09 11-04T09  11-01T17
2028-03-26  03-16T09 03-23T09 03-26T08 03-27T08 03-29T08  03-26T16  the Sunday itself
2028-03-28  03-17T09 03-24T09 03-28T08 03-29T08 03-31T08  03-28T16
2028-10-29  10-19T08 10-26T08 10-29T09 10-30T09 11-01T09  10-29T17  the Sunday itself
2028-10-30  10-19T08 10-26T08 10-30T09 10-31T09 11-02T09  10-30T17
"""
"""The day something is due, its five rungs at nine in London, and its miss at five in London."""

SESSIONS = """
2023-03-29T13  03-22T17 03-28T16    2023-11-01T14  10-25T16 10-31T17
2024-04-04T13  03-26T17 04-03T16    2024-10-30T14  10-23T16 10-29T17
2025-04-02T13  03-26T17 04-01T16    2025-10-29T14  10-22T16 10-28T17
2026-04-01T13  03-25T17 03-31T16    2026-10-28T14  10-21T16 10-27T17
2027-04-01T13  03-23T17 03-31T16    2027-11-03T14  10-27T16 11-02T17
2028-03-29T13  03-22T17 03-28T16    2028-11-01T14  10-25T16 10-31T17
"""
"""A session at two in London, and what is due at five on the fifth and on the last working day before
it: one before the clocks change and one after; in spring, and in autumn."""

YEARS = range(2023, 2029)


def utc(text: str) -> datetime:
    """An instant in UTC from its words, such as `2023-03-28T16`."""
    return datetime.fromisoformat(f"{text}:00").replace(tzinfo=UTC)


def rows(year: int) -> list[tuple[date, dict[int, datetime], datetime]]:
    """What the table says of a year: due days, each with its rungs and its miss."""
    found = []
    for line in DUE.strip().splitlines():
        if line.startswith(f"{year}"):
            due, *at = line.split()[:7]
            *rungs, missed = (utc(f"{year}-{one}") for one in at)
            found.append((date.fromisoformat(due), dict(zip(RUNGS, rungs, strict=True)), missed))
    return found


def opening(ref: str, starts: datetime, *drafts: RequestDraft) -> OpenCycle:
    """A cycle without a session whose own clock shows this instant now, whichever year it lies in."""
    command = s.open_cycle(ref, starts, session=None, set_back=s.wall_now() - starts)
    return command.model_copy(update={"requests": drafts})


async def delivered(office: Office, ref: str) -> dict[tuple[int, int], datetime]:
    """When each rung of each request was delivered; each once."""
    found = [
        ((one.event.request, one.event.rung), one.at)
        for one in await entries(office, ref, "ReminderDelivered")
        if isinstance(one.event, ReminderDelivered)
    ]
    assert len(found) == len(dict(found))
    return dict(found)


async def missed(office: Office, ref: str) -> list[tuple[int | None, datetime]]:
    """What was missed, and when that was written down."""
    return [
        (one.event.request, one.at)
        for one in await entries(office, ref, "DutyMissed")
        if isinstance(one.event, DutyMissed)
    ]


def at_once(at: datetime, expected: datetime) -> bool:
    """Whether something happened at its instant, and not before."""
    return timedelta(0) <= at - expected < AT_ONCE


@pytest.mark.parametrize("year", YEARS)
async def test_reminders_at_nine_and_misses_at_five(office: Office, year: int) -> None:
    """Every rung and every miss at its own instant, on both sides of both Sundays and on them."""
    ref, expected = s.fresh_reference(), rows(year)
    drafts = [s.draft(due=OnDate(on=on)) for on, _, _ in expected]
    await done(office, ref, opening(ref, utc(f"{year}-03-05T10"), *drafts))
    await office.skip(ref, 290)
    found = await delivered(office, ref)
    wanted = {
        (number, rung): at
        for number, (_, rungs, _) in enumerate(expected, start=1)
        for rung, at in rungs.items()
    }
    assert len(wanted) == 20
    assert set(found) == set(wanted)
    assert {which: at for which, at in found.items() if not at_once(at, wanted[which])} == {}
    late = await missed(office, ref)
    assert [number for number, _ in late] == [1, 2, 3, 4]
    assert all(at_once(at, five) for (_, at), (_, _, five) in zip(late, expected, strict=True))


@pytest.mark.parametrize("year", YEARS)
async def test_a_session_keeps_its_hour_in_london(office: Office, year: int) -> None:
    """Two in the afternoon is 13:00 UTC in spring and, moved to autumn, 14:00; returns stay due at five."""
    ref = s.fresh_reference()
    [line] = [one.split() for one in SESSIONS.strip().splitlines() if one.startswith(f"{year}")]
    starts, spring, autumn = utc(line[0]), line[1:3], line[4:6]
    drafts = [s.draft(due=BeforeSession(days=days)) for days in (5, 1)]
    await done(office, ref, opening(ref, utc(f"{year}-03-05T10"), *drafts))
    await done(office, ref, s.fix_session(ref, instant(starts.date(), "14:00")))
    assert (await cycle_of(office, ref)).sessions[0].starts_at == starts
    assert await dues(office, ref) == [utc(f"{year}-{one}") for one in spring]
    moved = utc(line[3])
    await done(office, ref, acts.move_session(instant(moved.date(), "14:00")))
    assert (await cycle_of(office, ref)).sessions[0].starts_at == moved
    expected = [utc(f"{year}-{one}") for one in autumn]
    assert await dues(office, ref) == expected
    await office.skip(ref, 290)
    late = await missed(office, ref)
    assert [number for number, _ in late] == [1, 2]
    assert all(at_once(at, five) for (_, at), five in zip(late, expected, strict=True))


async def dues(office: Office, ref: str) -> list[datetime]:
    """When each request is due."""
    return [one.due.at for one in (await cycle_of(office, ref)).requests if one.due]


async def test_what_lies_beyond_the_calendar(office: Office) -> None:
    """The calendar ends with 2028: a rung after that is silent, a due day or a session is refused."""
    ref = s.fresh_reference()
    await done(office, ref, opening(ref, utc("2028-11-01T10"), s.draft(due=OnDate(on=date(2028, 12, 28)))))
    beyond = s.add_request(ref, due=OnDate(on=date(2029, 3, 27)))
    session = s.fix_session(ref, utc("2029-03-28T13"))
    for command in (beyond, session):
        outcome = await send(office, ref, command)
        assert isinstance(outcome, Refused)
        assert outcome.code == "beyond_horizon"
    await office.skip(ref, 150)
    found = await delivered(office, ref)
    wanted = {-7: "2028-12-15T09", -2: "2028-12-22T09", 0: "2028-12-28T09", 1: "2028-12-29T09"}
    assert {rung for _, rung in found} == set(wanted)
    assert all(at_once(found[1, rung], utc(at)) for rung, at in wanted.items())
    [(_, late)] = await missed(office, ref)
    assert at_once(late, utc("2028-12-28T17"))
    assert (await done(office, ref, s.submit(ref))).at > utc("2029-03-25T01")
