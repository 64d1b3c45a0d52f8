"""Events and subscriptions from the shell, against the real store and the real engine."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from temporalio.testing import WorkflowEnvironment

from settings import Settings
from store.pool import Pool
from tests.outside import Outside, outside_of
from tests.receiver import SECRET, Receiver, receiving
from tests.rules import acts
from tests.rules.table import signed
from tests.shell import own_database, typed
from tests.store.put import corrected, put

pytestmark = pytest.mark.real
Line = Callable[..., Awaitable[str]]


@pytest.fixture
async def outside(pool: Pool, engine: WorkflowEnvironment) -> AsyncIterator[Outside]:
    """An office whose events go outside, with a worker."""
    async with outside_of(pool, engine) as one, one.worker():
        yield one


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    """A receiver on this machine."""
    async with receiving() as one:
        yield one


@pytest.fixture
async def line(outside: Outside, postgres: str, capsys: pytest.CaptureFixture[str]) -> Line:
    """Types words and gives what was printed; the exit code has to be as expected."""
    settings = Settings(
        database_url=await own_database(outside.pool, postgres),
        keys_file="none",
        temporal_address=outside.engine.client.service_client.config.target_host,
        temporal_task_queue=outside.queue,
        webhook_loopback=True,
        public_url="https://answerable.example",
    )

    async def type_in(words: str, *more: str, as_: str = "chief-executive", code: int = 0) -> str:
        who = ["--as", as_] if as_ else []
        said = await typed(settings, capsys, [*words.split(), *more, *who], code)
        return said.out or said.err

    return type_in


def lines(said: str) -> list[dict[str, Any]]:
    """The events of an answer in JSON, each with its cursor."""
    return [json.loads(one) for one in said.splitlines()]


async def test_a_subscription_from_the_first_word_to_the_last(
    line: Line, outside: Outside, receiver: Receiver
) -> None:
    """Added, listed, tried, paused, resumed, replayed and ended, each in one line."""
    entries = signed().entries
    await put(outside.pool, entries)
    receiver.secret = ""
    said = await line(
        f"subscriptions add tracker {receiver.url} --scope office --after 0", "--reason", "A tracker"
    )
    secret = said.split()[-1]
    assert secret == await outside.kept.secret("tracker")
    receiver.secret = secret
    await receiver.has(len(entries))
    await outside.caught_up("tracker")
    listed = await line("subscriptions list --json")
    row = json.loads(listed)[0]
    assert (row["behind"], row["subscription"]["state"]) == (0, "active")
    assert secret not in listed
    assert "tracker" in await line("subscriptions list")
    assert "answered 204" in await line("subscriptions test tracker")
    await line("subscriptions pause tracker", "--reason", "They move")
    assert (await outside.now("tracker")).because == "They move"
    await line("subscriptions replay tracker --after 1")
    await line("subscriptions resume tracker")
    async with asyncio.timeout(20):
        while len(receiver.ids()) < 2 * len(entries) - 1:
            await asyncio.sleep(0.05)
    await line("subscriptions end tracker")
    assert "for good" in await line("subscriptions resume tracker", code=1)


async def test_a_secret_of_the_receivers_own_is_read_from_a_file(
    line: Line, outside: Outside, receiver: Receiver, tmp_path: Path
) -> None:
    """It is never on the command line, and never printed."""
    file = tmp_path / "secret"
    file.write_text(SECRET + "\n", encoding="utf8")
    words = ("--secret-file", str(file), "--reason", "A tracker")
    assert SECRET not in await line(f"subscriptions add tracker {receiver.url}", *words)
    assert await outside.kept.secret("tracker") == SECRET
    file.write_text("word", encoding="utf8")
    assert "whsec_" in await line(f"subscriptions add other {receiver.url}", *words, code=1)


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        ("subscriptions add tracker https://10.0.0.8/x", 1, "inside a private network"),
        ("subscriptions add tracker https://nobody.invalid/x", 1, "not known"),
        ("subscriptions add tracker http://tracker.example/x", 1, "over https only"),
        ("subscriptions add tracker URL --kind Nothing", 1, "no kind of event Nothing"),
        ("subscriptions add tracker URL --cycle HTA-2026-9999", 1, "no cycle HTA-2026-9999"),
        ("subscriptions add tracker URL --cycle seven", 2, "HTA-2026-07"),
        ("subscriptions add tracker URL --after 7", 1, "the newest is 0"),
        ("subscriptions add tracker URL --after x", 2, "write 0, or a cursor"),
        ("subscriptions add tracker URL --scope all", 2, "public or office"),
        ("subscriptions add Not-A-Name URL", 2, "id cannot be used"),
    ],
)
async def test_what_cannot_be_meant_is_said_in_a_sentence(
    line: Line, outside: Outside, receiver: Receiver, *, words: str, code: int, sentence: str
) -> None:
    """Nothing is made."""
    typed = words.replace("URL", receiver.url)
    assert sentence in await line(typed, "--reason", "A tracker", code=code)
    assert await outside.kept.subscriptions() == []


async def test_only_the_chief_executive_lets_everything_out(line: Line, receiver: Receiver) -> None:
    """An officer arranges what is public; an unknown name is said to be one."""
    add = f"subscriptions add tracker {receiver.url} --reason because"
    assert "chief executive" in await line(f"{add} --scope office", as_="policy-officer", code=1)
    await line(add, as_="policy-officer")
    assert "already" in await line(add, as_="policy-officer", code=1)
    assert "no subscription nobody" in await line("subscriptions pause nobody", code=1)
    assert "unknown_source" in await line("subscriptions replay tracker --after 0 --of x", code=1)


async def test_events_are_read_on_the_line(line: Line, outside: Outside) -> None:
    """All for the office, what is public for others, and only what comes after a cursor."""
    entries = corrected()
    await put(outside.pool, entries)
    every = lines(await line("events --json"))
    assert [one["event"]["id"] for one in every] == [f"{acts.REF}/{one.version}" for one in entries]
    rest = lines(await line(f"events --json --after {every[-3]['next']}"))
    assert [one["event"]["id"] for one in rest] == [one["event"]["id"] for one in every[-2:]]
    public = lines(await line("events --json", as_=""))
    assert len(public) == sum(one.public for one in entries)
    assert "Go on with: --after" in await line("events")
    assert lines(await line("events --json --of programmes")) == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("events --after x", "write 0, or a cursor"),
        ("events --after 99", "the newest is 0"),
        ("events --kind Nothing", "no kind of event"),
        ("events --of nobody", "cycles, programmes"),
    ],
)
async def test_a_wrong_question_is_a_sentence(line: Line, words: str, sentence: str) -> None:
    """And wrong usage."""
    assert sentence in await line(words, code=2)
