"""The directory in PostgreSQL: kept once, never over what has moved on, and on record for ever."""

import itertools
from datetime import UTC, date, datetime

import asyncpg
import pytest

from reference.catalogue import demonstration_people
from rules.clocks import london
from schemas.directory import Done, PersonChange, Sought
from schemas.people import Role
from store.directory import DirectoryKept
from store.keeping import Keeping
from store.pool import Pool
from store.reads import Reads
from tests.rules import acts
from tests.rules.table import opened
from tests.store.test_keeping import record

pytestmark = pytest.mark.real
AT = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)
LEAD = "acc-local-policing"


def change(key: str, what: str) -> PersonChange:
    """A change of the lead's entry."""
    return PersonChange(
        key=key, at=AT, by="policy-officer", role=Role.POLICY_OFFICER, person=LEAD, what=(what,),
        reason="It was wrong.",
    )  # fmt: skip


async def test_a_change_is_kept_once_with_its_line_and_never_over_another(pool: Pool) -> None:
    """The same key again does nothing; an entry that was looked at before somebody changed it is refused."""
    people = demonstration_people()
    await Keeping(pool).keep_people(people.values())
    kept, reads, before = DirectoryKept(pool), Reads(pool), people[LEAD]
    after = before.model_copy(update={"title": "Head of local policing"})
    assert [await kept.change(change("one", "title"), before, after) for _ in range(2)] == [True, True]
    other = before.model_copy(update={"title": "Another"})
    assert not await kept.change(change("two", "title"), before, other)
    assert (await reads.people())[LEAD] == after
    assert [one.key for one in await reads.people_changes(LEAD)] == ["one"]
    new = before.model_copy(update={"id": "head-of-custody", "title": "Head of custody"})
    assert await kept.change(change("three", "entered"), None, new)
    assert await reads.leads(LEAD) == []


async def test_what_was_changed_cannot_be_altered(pool: Pool) -> None:
    """Neither changed nor deleted."""
    people = demonstration_people()
    await Keeping(pool).keep_people(people.values())
    await DirectoryKept(pool).change(
        change("one", "title"), people[LEAD], people[LEAD].model_copy(update={"title": "Head"})
    )
    for act in ("update people_changes set reason = 'x'", "delete from people_changes"):
        with pytest.raises(asyncpg.IntegrityConstraintViolationError):
            await pool.execute(act)


async def test_the_record_is_searched_across_what_is_kept(pool: Pool) -> None:
    """Who, what, about and when narrow it; a day is London's and belongs to it."""
    people = demonstration_people()
    await Keeping(pool).keep_people(people.values())
    await DirectoryKept(pool).change(
        change("one", "title: ACC, now Head"), people[LEAD], people[LEAD].model_copy(update={"title": "Head"})
    )
    reads, day = Reads(pool), date(2026, 11, 23)

    async def count(**sought: object) -> int:
        found, number = await reads.done(Sought.model_validate(sought), (), 50)
        assert len(found) == number
        return number

    assert await count() == 1
    assert await count(person="policy-officer", about="acc", act="Title") == 1
    assert await count(book="directory", since=day, until=day) == 1
    assert [await count(person="engine"), await count(book="cycles"), await count(act="session")] == [0, 0, 0]
    assert await count(since=date(2026, 11, 24)) == 0
    assert await count(until=date(2026, 11, 22)) == 0
    assert (await reads.standing_now(AT)).late == 0


async def test_whatever_is_looked_for_is_what_a_reader_of_everything_would_pick(pool: Pool) -> None:
    """Person, act, cycle, book and days, alone and together: the statements for it find the same acts."""
    table, people = opened(requests=2), demonstration_people()
    await record(pool, table)
    await Keeping(pool).keep_people(people.values())
    await DirectoryKept(pool).change(change("one", "title"), people[LEAD], people[LEAD])
    reads = Reads(pool)
    every, _ = await reads.done(Sought(), (), 500)
    on = table.entries[0].at.date()
    wanted = [
        dict(zip(("person", "act", "about", "book", "since", "until"), one, strict=True))
        for one in itertools.product(
            ("", "policy-officer", "nobody"), ("", "Request", "CycleOpened", "zebra"),
            ("", "hta", "zebra", "acc"),
            (None, "cycles", "directory"), (None, on), (None, on),
        )
    ]  # fmt: skip
    for one in wanted:
        sought = Sought.model_validate(one)
        found, count = await reads.done(sought, (), 500)
        assert found == [act for act in every if _is_meant(act, sought)], one
        assert count == len(found)


def _is_meant(act: Done, sought: Sought) -> bool:
    day = london(act.at).date()
    return (
        sought.person in ("", act.person)
        and sought.act.lower() in act.act.lower()
        and sought.about.lower() in (act.about or "").lower()
        and sought.book in (None, act.book)
        and (sought.since or day) <= day <= (sought.until or day)
    )


async def test_a_cycle_is_asked_for_by_its_own_acts_and_counting_ends_where_it_says(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its whole reference or a part of it, newest first; beyond the limit one more is said."""
    table = opened()
    await record(pool, table)
    reads, all_of = Reads(pool), len(table.entries)
    for about in (acts.REF, acts.REF.lower(), acts.REF[4:]):
        found, number = await reads.done(Sought(about=about), (), 50)
        assert (number, [one.about for one in found]) == (all_of, [acts.REF] * all_of), about
    assert (await reads.done(Sought(about="HTA-1999-01"), (), 50))[1] == 0
    newest, _ = await reads.done(Sought(book="cycles"), (), 1)
    assert [one.act for one in newest] == [table.entries[-1].event.kind]
    monkeypatch.setattr("store.directory.COUNTED", 1)
    assert (await reads.done(Sought(book="cycles"), (), 50))[1] == 2
