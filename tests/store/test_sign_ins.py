"""Sessions, accounts and the log of access in a real PostgreSQL, and the office's commands over them."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from reference.catalogue import demonstration_people
from schemas.people import Role
from schemas.signed_in import Access, Account, Session, SignedOutThere, TaskScope
from settings import Settings
from store.accounts import Accounts
from store.keeping import Keeping
from store.pool import Pool
from store.sessions import Sessions
from tests import scenario as s
from tests.shell import own_database, typed

pytestmark = pytest.mark.real

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
ISSUER = "https://sign-in.example/tenant"
WORDS = "Left the office on Friday."
Line = Callable[..., Awaitable[str]]


def session(n: int, person: str = "policy-officer", at: datetime = NOW) -> Session:
    """The nth session of somebody."""
    return Session(
        digest=f"{n:064x}", person=person, role=Role.POLICY_OFFICER, organisation="west-mercia-opcc",
        began_at=at, seen_at=at, until=at + timedelta(hours=12), csrf="token", browser="Firefox on Linux",
    )  # fmt: skip


@pytest.fixture
async def peopled(pool: Pool) -> Pool:
    """A store with the demonstration's people."""
    await Keeping(pool).keep_people(demonstration_people().values())
    return pool


@pytest.fixture
async def line(peopled: Pool, postgres: str, capsys: pytest.CaptureFixture[str]) -> Line:
    """Types words and gives what was printed; the exit code has to be as expected."""
    settings = Settings(database_url=await own_database(peopled, postgres), oidc_issuer=ISSUER)

    async def type_in(words: str, *more: str, as_: str = "chief-executive", code: int = 0) -> str:
        said = await typed(settings, capsys, [*words.split(), *more, "--as", as_], code)
        return said.out + said.err

    return type_in


async def test_a_session_comes_back_as_it_was_with_its_person(peopled: Pool) -> None:
    """One read gives the session, what is kept with it, and the person as the directory has them now."""
    kept = Sessions(peopled)
    whole = replace(
        session(1), scope=TaskScope("HTA-2026-01", 2), account=Account(ISSUER, "s"), data={"roles": ["x"]}
    )
    await kept.begin(whole)
    known = await kept.known(whole.digest)
    assert known
    assert known.person == demonstration_people()["policy-officer"]
    assert known.session == replace(whole, number=known.session.number)
    assert await kept.known("0" * 64) is None
    await peopled.execute("delete from people where id = 'policy-officer'")
    gone = await kept.known(whole.digest)
    assert gone
    assert gone.person is None


async def test_what_two_requests_keep_at_once_stays_apart(peopled: Pool) -> None:
    """Each changes its own things: neither writes over the other's."""
    kept = Sessions(peopled)
    await kept.begin(replace(session(1), data={"said": "Done"}))
    await asyncio.gather(
        *(kept.remember(session(1).digest, {f"k{n}": n}, ["said"] if n == 3 else []) for n in range(8))
    )
    known = await kept.known(session(1).digest)
    assert known
    assert known.session.data == {f"k{n}": n for n in range(8)}


async def test_sessions_end_one_by_one_or_all_at_once(peopled: Pool) -> None:
    """Only those of the person, each once; what is over is not listed."""
    kept = Sessions(peopled)
    for n in (1, 2, 3):
        await kept.begin(session(n))
    await kept.begin(session(4, "chief-executive"))
    await kept.seen(session(2).digest, NOW + timedelta(minutes=1))
    mine = await kept.open_of("policy-officer", NOW)
    assert [one.digest for one in mine] == [session(n).digest for n in (2, 3, 1)]
    theirs = await kept.open_of("chief-executive", NOW)
    assert await kept.end("policy-officer", NOW, "signed_out_elsewhere", number=theirs[0].number) == 0
    assert await kept.end("policy-officer", NOW, "signed_out", digest=session(1).digest) == 1
    assert await kept.end("policy-officer", NOW, "signed_out_elsewhere") == 2
    assert await kept.end("policy-officer", NOW, "signed_out_elsewhere") == 0
    assert [one.person for one in await kept.open_of(None, NOW)] == ["chief-executive"]
    assert await kept.open_of(None, NOW + timedelta(hours=12)) == []


async def test_what_the_service_says_ends_sessions_once_and_is_in_the_log(peopled: Pool) -> None:
    """By its session, by the account, or both; a session without its name goes with any of the account's."""
    kept = Sessions(peopled)
    for n, sid in ((1, "there-1"), (2, "there-2"), (3, None)):
        await kept.begin(replace(session(n), account=Account(ISSUER, "s", sid)))
    await kept.begin(replace(session(4, "chief-executive"), account=Account(ISSUER, "t", "there-4")))
    told = SignedOutThere(ISSUER, None, "there-1", "a")
    assert await kept.end_there(replace(told, issuer="https://elsewhere.example"), NOW) == 0
    assert await kept.end_there(told, NOW) == 1
    assert await kept.end_there(told, NOW) is None
    assert await kept.end_there(replace(told, sub="s", sid="there-2", jti="b"), NOW) == 2
    assert await kept.end_there(replace(told, sub="s", sid=None, jti="c"), NOW) == 0
    assert [one.person for one in await kept.open_of(None, NOW)] == ["chief-executive"]
    rows = await peopled.fetch("select person, what from access_log")
    assert {tuple(one) for one in rows} == {("policy-officer", "signed out by the sign-in service")}
    assert len(rows) == 2
    tomorrow = NOW + timedelta(days=2)
    assert await kept.end_there(replace(told, sub="t", sid=None, jti="d"), tomorrow) == 1
    assert await peopled.fetchval("select count(*) from logout_tokens") == 1


async def test_what_has_long_been_over_goes(peopled: Pool) -> None:
    """Thirty days after its time a session leaves the store when somebody signs in."""
    kept = Sessions(peopled)
    await kept.begin(session(1))
    await kept.begin(session(2, at=NOW + timedelta(days=30, hours=11)))
    assert await kept.known(session(1).digest)
    await kept.begin(session(3, at=NOW + timedelta(days=30, hours=13)))
    assert await kept.known(session(1).digest) is None


async def test_an_account_is_of_one_person_and_a_person_has_one(peopled: Pool) -> None:
    """Ten who link the same at once: one of them does."""
    kept, account = Accounts(peopled), Account(ISSUER, "s-1")
    made = await asyncio.gather(*(kept.link(account, "policy-officer", "mail", NOW) for _ in range(10)))
    assert sum(made) == 1
    assert not await kept.link(Account(ISSUER, "s-2"), "policy-officer", "mail", NOW)
    assert not await kept.link(account, "commissioner", "mail", NOW)
    assert await kept.person_of(account) == "policy-officer"
    assert await kept.reached_at("POLICY.officer@opcc.example") == ["policy-officer"]


async def test_the_log_of_access_is_appended_to_and_never_altered(peopled: Pool) -> None:
    """Not a line is changed or taken away, whoever tries."""
    await Accounts(peopled).note(
        Access(NOW, "policy-officer", "policy_officer", "looked", "HTA-2026-01", "Why")
    )
    for wrong in ("update access_log set person = 'x'", "delete from access_log", "truncate access_log"):
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="never altered"):
            await peopled.execute(wrong)
    assert await peopled.fetchval("select count(*) from access_log where reason = 'Why'") == 1


async def test_the_office_ends_sessions_on_record(peopled: Pool, line: Line) -> None:
    """With a reason; nobody else may, and ending what is over is refused and leaves no line."""
    at = s.wall_now()
    await Sessions(peopled).begin(session(1, at=at))
    (listed,) = json.loads(await line("--json sessions list"))
    assert (listed["person"], listed["browser"]) == ("policy-officer", "Firefox on Linux")
    end = "sessions end policy-officer"
    assert "Only the chief executive" in await line(end, "--reason", WORDS, as_="commissioner", code=2)
    assert "Say why" in await line(end, "--reason", " ", code=2)
    assert "Nobody here has the id" in await line("sessions end nobody", "--reason", WORDS, code=2)
    assert "Ended 1 of the sessions" in await line(end, "--reason", WORDS)
    assert "no such session" in await line(end, "--reason", WORDS, code=1)
    assert "Nobody is signed in" in await line("sessions list")
    known = await Sessions(peopled).known(session(1).digest)
    assert known
    assert known.session.ended_why == "ended_by_office"
    rows = await peopled.fetch("select person, role, what, reason from access_log")
    assert [tuple(row) for row in rows] == [
        ("chief-executive", "chief_executive", "ended every session of policy-officer", WORDS)
    ]


async def test_the_office_links_accounts_on_record(peopled: Pool, line: Line) -> None:
    """A new account takes the place of the old one; one that is somebody else's is refused."""
    link = "people link policy-officer --account"
    await line(link, "s-1", "--reason", WORDS)
    await line(link, "s-2", "--reason", WORDS)
    kept = Accounts(peopled)
    assert await kept.person_of(Account(ISSUER, "s-1")) is None
    assert await kept.person_of(Account(ISSUER, "s-2")) == "policy-officer"
    refused = await line("people link commissioner --account", "s-2", "--reason", WORDS, code=1)
    assert "linked to policy-officer" in refused
    assert await peopled.fetchval("select count(*) from access_log") == 2
