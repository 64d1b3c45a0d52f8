"""Whole tables to take away: in turn, never half of one that looks whole, and let go when somebody leaves."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from handover import cells
from handover.growing import Growing, GrowingTable, beside
from store.pool import StoreDownError
from tests.web.conftest import REF
from tests.web.house import House
from web.papers.held import HeldTables
from web.papers.lists import ListOf
from web.papers.streaming import Streamed, table_of
from web.papers.turns import TakenByOthersError, Turns

CHIEF = "chief-executive"


def rows_of(*batches: list[str], then: Exception | None = None) -> AsyncGenerator[list[str]]:
    """Batches, and perhaps an end that nobody wanted."""

    async def come() -> AsyncGenerator[list[str]]:
        for one in batches:
            yield one
        if then:
            raise then

    return come()


def table(batches: AsyncGenerator[list[str]]) -> AsyncGenerator[bytes]:
    """The table of such rows."""
    return cells.streamed(("word",), batches, lambda one: (one,))


def serving(batches: AsyncGenerator[list[str]], turns: Turns) -> httpx.AsyncClient:
    """An application with one table."""

    async def take(_request: Request) -> Response:
        return await table_of(turns, table(batches), "words.csv")

    app = Starlette(routes=[Route("/words.csv", take)])
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://office.test")


def test_there_is_one_way_to_write_a_table() -> None:
    """Its mark, its line ends, its quotes, and cells that no spreadsheet runs, however it is put together."""
    rows = [("=1", "a,b", None), (" @x", 'say "no"', 7), ("two\nlines", "", "-")]
    said = cells.written(("A", "B", "C"), rows)
    assert said == (b'\xef\xbb\xbfA,B,C\r\n\'=1,"a,b",\r\n\' @x,"say ""no""",7\r\n"two\nlines",,\'-\r\n')
    grown = GrowingTable(("A", "B", "C"))
    for row in rows:
        grown.add((row,))
    assert b"".join(grown.pieces()) == said
    assert cells.written(("A",), [("b",)], ending="\n") == b"\xef\xbb\xbfA\nb\n"


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_list_that_is_written_one_by_one_is_the_list(count: int) -> None:
    """The same bytes as at once, by itself and within something."""
    facts: list[dict[str, Any]] = [{"n": n, "said": "a\n\u2028", "in": [{"deep": []}]} for n in range(count)]
    by_itself, within = ListOf(), ListOf('{\n "asked": 1,\n "found": ', "\n}", depth=2)
    for one, whole in ((by_itself, facts), (within, {"asked": 1, "found": facts})):
        said = one.begun() + b"".join(one.items((it,)) for it in facts) + one.ended()
        assert said.rstrip(b"\n") == json.dumps(whole, ensure_ascii=False, indent=1).encode()


async def test_a_table_that_breaks_is_broken_off_and_not_ended() -> None:
    """Whoever takes it is told by the transfer; its reader is let go, and the turn is free again."""
    turns, told = Turns(1, wait=0.01), list[dict[str, Any]]()
    answer = await table_of(turns, table(rows_of(["a"], ["b"], then=StoreDownError("gone"))), "words.csv")

    async def send(message: Any) -> None:
        told.append(message)

    with pytest.raises(Exception, match=r"gone|^$"):
        await answer({"type": "http", "asgi": {"spec_version": "2.4"}}, _never, send)
    assert [one.get("more_body") for one in told] == [None, True, True]
    async with turns.one():
        pass


async def _never() -> Any:
    await asyncio.Event().wait()


async def test_what_goes_wrong_before_the_first_row_is_a_page(house: House) -> None:
    """The store being away is said as everywhere, and no file begins."""
    await house.browser.sign_in(CHIEF)
    house.memory.down = True
    for path in ("/cycles.csv", "/actions.csv", "/settings/record.csv"):
        answer = await house.browser.get(path)
        assert answer.status_code == 503, path
        assert "attachment" not in answer.headers.get("content-disposition", "")


async def test_where_a_transfer_has_no_end_of_its_own_the_length_is_said_first() -> None:
    """Under HTTP/1.0 a table comes whole and with its length; one that breaks does not begin."""
    scope, told = {"type": "http", "http_version": "1.0", "asgi": {"spec_version": "2.4"}}, list[Any]()

    async def send(message: Any) -> None:
        told.append(message)

    await (await table_of(Turns(), table(rows_of(["a"], ["b"])), "words.csv"))(scope, _never, send)
    said = b"".join(one.get("body", b"") for one in told)
    assert said == b"\xef\xbb\xbfword\r\na\r\nb\r\n"
    assert dict(told[0]["headers"])[b"content-length"] == str(len(said)).encode()
    told.clear()
    broken = await table_of(Turns(), table(rows_of(["a"], then=StoreDownError("gone"))), "words.csv")
    with pytest.raises(StoreDownError):
        await broken(scope, _never, send)
    assert told == []


async def test_an_empty_table_has_its_headings() -> None:
    """No row is not the same as no table."""
    async with serving(rows_of(), Turns()) as client:
        answer = await client.get("/words.csv")
    assert (answer.status_code, answer.content) == (200, b"\xef\xbb\xbfword\r\n")
    assert answer.headers["content-disposition"] == 'attachment; filename="words.csv"'
    assert answer.headers["cache-control"] == "private, no-store"


async def test_whoever_leaves_half_way_keeps_nothing_from_others() -> None:
    """The reader is closed at once, not when the machine gets round to it."""
    closed: list[bool] = []

    async def endless() -> AsyncGenerator[list[str]]:
        try:
            while True:
                yield ["a"]
        finally:
            closed.append(True)

    turns, begun = Turns(1, wait=0.01), asyncio.Event()
    answer = await table_of(turns, table(endless()), "words.csv")

    async def send(_message: Any) -> None:
        begun.set()
        await asyncio.sleep(0)

    async def gone() -> Any:
        await begun.wait()
        return {"type": "http.disconnect"}

    assert isinstance(answer, Streamed)
    await answer({"type": "http", "asgi": {"spec_version": "2.3"}}, gone, send)
    assert closed == [True]
    async with turns.one():
        pass


async def test_somebody_who_reads_too_slowly_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """A piece that is not taken in time ends it: others need the connection."""
    monkeypatch.setattr("web.papers.streaming.A_PIECE", 0.01)
    answer = await table_of(Turns(), table(rows_of(["a"])), "words.csv")
    with pytest.raises(Exception, match=r"^$"):
        await answer({"type": "http", "asgi": {"spec_version": "2.4"}}, _never, lambda _message: _never())


async def test_it_is_not_everybodys_turn_at_once(busy: House) -> None:
    """Who comes when all turns are taken is told so, with a minute to wait; the pages go on."""
    await busy.browser.sign_in("policy-officer")
    turns = busy.rooms.turns
    turns._wait = 0.01
    async with turns.one(), turns.one(), turns.one():
        answer = await busy.browser.get("/cycles.csv")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
        assert "Others are taking whole tables" in answer.text
        assert (await busy.browser.get("/cycles")).status_code == 200
    assert REF in (await busy.browser.get("/cycles.csv")).text
    with pytest.raises(TakenByOthersError):
        async with Turns(0, wait=0.01).one():
            pass


async def test_pieces_made_in_a_thread_are_those_pieces() -> None:
    """All of them, in order, those without a byte left out."""
    made = [b"", b"a", b"", *[b"b"] * 200, b""]
    assert b"".join([one async for one in beside(iter(made))]) == b"".join(made)
    grown = Growing()
    grown.put(b"x" * 300_000 + b"\ny\n")
    assert [len(one) for one in grown.lines()] == [300_001, 2]
    assert sum(map(len, grown.pieces())) == 300_003


async def test_a_search_is_made_into_a_file_once_while_the_record_stands_still() -> None:
    """Anew where something was published, soon where anything was recorded, and in any case in a while."""
    now, made = [0.0], list[str]()
    held = HeldTables(lambda: now[0])

    async def pieces() -> AsyncGenerator[bytes]:
        made.append("once more")
        yield f"made {len(made)} times".encode()

    async def get(mark: str, asked: str = "csv") -> str:
        found = await held.get(asked, mark, pieces)
        return b"".join([one async for one in found.chunks()]).decode()

    assert {await get("1|1"), await get("1|1")} == {"made 1 times"}
    now[0] = 9.0
    assert await get("1|2") == "made 1 times"
    assert await get("2|3") == "made 2 times"
    now[0] = 20.0
    assert await get("2|4") == "made 3 times"
    now[0] = 81.0
    assert await get("2|4") == "made 4 times"
    for number in range(12):
        await get("2|4", f"another {number}")
    assert await get("2|4") == "made 17 times"


async def test_a_file_that_could_not_be_made_is_not_held() -> None:
    """Whoever asks next has it made again."""
    held = HeldTables()

    async def broken() -> AsyncGenerator[bytes]:
        yield b"half"
        raise StoreDownError("gone")

    async def whole() -> AsyncGenerator[bytes]:
        yield b"whole"

    with pytest.raises(StoreDownError):
        await held.get("csv", "1|1", broken)
    found = await held.get("csv", "1|1", whole)
    assert [one async for one in found.chunks()] == [b"whole"]


async def test_a_reader_is_closed_with_its_table() -> None:
    """Whoever takes the first rows alone closes what they come from."""
    batches = rows_of(["a"], ["b"])
    async with aclosing(table(batches)) as coming:
        await anext(coming)
    with pytest.raises(StopAsyncIteration):
        await anext(batches)
