"""Tokens and trackers in a real PostgreSQL: kept once, ended on record, never taken back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from schemas.people import Role
from schemas.signed_in import Access
from schemas.tokens import Token
from schemas.trackers import Became, Cell, Meant, Sheet, SheetRow
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
