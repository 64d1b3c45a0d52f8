"""Tokens and trackers in a real PostgreSQL: kept once, ended on record, never taken back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from schemas.people import Role
from schemas.signed_in import Access
from schemas.tokens import Token
from schemas.trackers import Became, Cell, Meant, Over, Sheet, SheetRow
from store.pool import Pool
from store.reads import Reads
from store.tokens import Tokens
from store.trackers import Trackers

pytestmark = pytest.mark.real

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DIGEST = "a" * 64
TOKEN = Token(
    DIGEST, "Reports", "policy-officer", Role.POLICY_OFFICER, ("read",), NOW, NOW + timedelta(days=30)
)


async def test_a_token_is_kept_once_and_ended_on_record(pool: Pool) -> None:
    """Its form sent twice makes one; its person comes with it; making and ending are in the log."""
    tokens = Tokens(pool)
    assert await tokens.make(TOKEN, "policy-officer/key")
    assert not await tokens.make(TOKEN, "policy-officer/key")
    known = await tokens.known(DIGEST)
    assert known
    assert known.person
    assert (known.person.id, known.token.scopes) == ("policy-officer", ("read",))
    await tokens.used(known.token.number, NOW)
    noted = Access(NOW, "chief-executive", "chief_executive", "", reason="The machine was sold.")
    assert not await tokens.end(known.token.number, noted, only_of="commissioner")
    assert await tokens.end(known.token.number, noted)
    assert not await tokens.end(known.token.number, noted)
    again = await tokens.known(DIGEST)
    assert again
    assert (again.token.ended_at, again.token.last_used_at) == (NOW, NOW)
    assert await tokens.open_of(None, NOW) == []
    ended, made = await Reads(pool).access(2)
    assert ended.what == 'ended the token "Reports" of policy-officer'
    assert made.reason == "scopes: read"


async def test_a_sheet_is_one_import_and_its_rows_stay_as_they_came(pool: Pool) -> None:
    """The same file again is the same import; a row that is in stays in; what columns mean is remembered."""
    trackers = Trackers(pool)
    sheet = Sheet("Live", (SheetRow(3, (Cell("Action"), Cell("2027-03-26", "day"))),))
    number = await trackers.keep(DIGEST, "t.xlsx", sheet, "policy-officer", NOW)
    assert await trackers.keep(DIGEST, "t.xlsx", sheet, "chief-executive", NOW) == number
    meant = Meant(("what", "due"), {"acc": "acc-local-policing"}, "SWM-VICTIMS-01", date(2027, 6, 1))
    await trackers.mean(number, meant)
    await trackers.confirm(number, NOW)
    found = await trackers.found(number)
    assert found
    assert (found.rows, found.meant, found.confirmed_at) == (sheet.rows, meant, NOW)
    await trackers.became(number, Became(3, "refused", "Not yet"), NOW)
    await trackers.became(number, Became(3, "proposed", "In", "HTA-2026-01", "2026/001"), NOW)
    await trackers.became(number, Became(3, "refused", "Never"), NOW)
    assert (await trackers.outcome(number))[3].action == "2026/001"
    await trackers.remember({"action": "what"}, NOW)
    await trackers.remember({"action": "notes"}, NOW)
    assert await trackers.remembered() == {"action": "notes"}


async def test_closed_rows_are_kept_once_beside_the_record_and_go_with_their_import(pool: Pool) -> None:
    """Each once over all files; found by words, the last closed first; none of them is in the ledger."""
    trackers, reads = Trackers(pool), Reads(pool)
    number = await trackers.keep(DIGEST, "t.xlsx", Sheet("Live", ()), "policy-officer", NOW)
    found = await trackers.found(number)
    assert found
    old = Over(3, "Publish 100% of it", "Closed", "Supt", "2024/07", mark="1" * 64)
    dated = Over(4, "Visit", "Done", closed="1/2/2025", closed_on=date(2025, 2, 1), mark="2" * 64)
    for _ in range(2):
        await trackers.keep_over(found, (old, dated), "policy-officer", NOW)
    assert await trackers.kept_of(number) == 2
    assert await trackers.known({"1" * 64, "3" * 64}) == {"1" * 64: "t.xlsx, sheet Live, row 3"}
    page = await reads.closed_before()
    assert ([one.over for one in page.rows], page.all) == ([dated, old], 2)
    assert (page.rows[0].file, page.rows[0].digest, page.rows[0].by) == ("t.xlsx", DIGEST, "policy-officer")
    for words, many in (("100% OF", 1), ("2024/07", 1), ("t.xlsx", 2), ("%", 1), ("_", 0), ("none", 0)):
        assert (await reads.closed_before(words)).all == (await reads.closed_before(words, 0)).all == many
    assert (await reads.closed_before("", 1, 1)).rows[0].over == old
    assert (await reads.closed_before("", 50, 50)).all == 2
    assert len((await reads.closed_before("", None)).rows) == 2
    assert await pool.fetchval("select count(*) from ledger") == 0
    await pool.execute("delete from imports")
    assert (await reads.closed_before()).all == 0
