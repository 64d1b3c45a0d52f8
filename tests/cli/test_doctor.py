"""What the doctor says: of record, engine and machine in each state, and while everything is dead."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from temporalio.testing import WorkflowEnvironment

from cli.doctoring import of_engine, of_machine, of_store
from cli.doctoring.line import Line
from cli.program import run
from engine.examining import EngineExamined
from schemas.watched import Watched
from settings import Settings
from store.pool import Pool
from tests.mail_server import listening
from tests.rules.table import opened
from tests.store.test_ledger import written

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
SECRET = "hunter2"
WELL = Watched(
    rungs_due=0, rung_due_since=None, cycles_open=3, cycles_behind=0, checkpoint_at=NOW - timedelta(hours=9),
    ledger_since=NOW - timedelta(days=9), engine_seen_at=NOW - timedelta(seconds=40), feed_behind=0,
    feed_failing_since=None, sessions=2, files_waiting=0, files_waiting_since=None, mails_bounced=0, mails=40,
    letters_waiting=1, letters_waiting_since=NOW - timedelta(seconds=2), connections=12, connections_most=97,
)  # fmt: skip
AILING = (
    ({"rungs_due": 2, "rung_due_since": NOW - timedelta(minutes=2)}, "Duties of the engine", "warn"),
    ({"rungs_due": 2, "rung_due_since": NOW - timedelta(minutes=6)}, "Duties of the engine", "wrong"),
    ({"engine_seen_at": NOW - timedelta(hours=1)}, "Engine's round", "wrong"),
    ({"engine_seen_at": None}, "Engine's round", "warn"),
    ({"checkpoint_at": NOW - timedelta(days=2)}, "Ledger's checkpoint", "wrong"),
    ({"checkpoint_at": None}, "Ledger's checkpoint", "wrong"),
    ({"feed_failing_since": NOW - timedelta(hours=1)}, "Subscribers", "warn"),
    ({"files_waiting": 1, "files_waiting_since": NOW - timedelta(hours=1)}, "Files for the scanner", "warn"),
    ({"mails_bounced": 9}, "Letters of the last day", "warn"),
    ({"letters_waiting_since": NOW - timedelta(minutes=2)}, "Letters that are to go", "warn"),
    ({"letters_waiting_since": NOW - timedelta(minutes=6)}, "Letters that are to go", "wrong"),
    ({"connections": 78}, "PostgreSQL's connections", "warn"),
)


def states(lines: list[Line]) -> dict[str, str]:
    """How each is."""
    return {one.what: one.state for one in lines}


@pytest.mark.parametrize(("changed", "what", "state"), AILING)
def test_what_ails_the_record_is_one_line_with_what_to_do(
    changed: dict[str, object], what: str, state: str
) -> None:
    """That line and no other, and it says what to do."""
    assert set(states(of_store.of_record(WELL, NOW)).values()) == {"ok"}
    lines = of_store.of_record(WELL.model_copy(update=changed), NOW)
    [ailing] = [one for one in lines if one.state != "ok"]
    assert (ailing.what, ailing.state) == (what, state)
    assert ailing.do.endswith(".") or ailing.do.startswith("Run: ")


def test_an_engine_without_workers_or_with_others_is_named() -> None:
    """Nobody at work is wrong; workers of another build than the one that is set are worth a word."""
    day = timedelta(days=1)
    assert states(of_engine.said_of(EngineExamined(day, 2, ()), None)) == {"Namespace": "ok", "Workers": "ok"}
    assert states(of_engine.said_of(EngineExamined(day, 0, ()), None))["Workers"] == "wrong"
    found = of_engine.said_of(EngineExamined(timedelta(hours=1), 1, ("old",)), "new")
    assert states(found) == {"Namespace": "warn", "Workers": "warn"}


async def test_a_machine_says_what_it_lacks(tmp_path: Path) -> None:
    """A key that others may read, no scanner, no mail server; with them, all is well."""
    key = tmp_path / "secret"
    key.write_text(SECRET)
    key.chmod(0o644)
    (tmp_path / "files").mkdir()
    facts: dict[str, Any] = {
        "home": tmp_path,
        "files_url": (tmp_path / "files").as_uri(),
        "session_secret_file": key,
    }
    found = states(await of_machine.of_machine(Settings(**facts, smtp_host="127.0.0.1", smtp_port=1), NOW))
    assert (found["Keys and passwords"], found["Virus scanner"], found["Mail"]) == ("wrong", "warn", "wrong")
    key.chmod(0o600)
    async with listening(object()) as port:
        chosen = Settings(**facts, smtp_host="127.0.0.1", smtp_port=port, clamd="tcp://127.0.0.1:1")
        lines = await of_machine.of_machine(chosen, NOW)
    found = states(lines)
    assert (found["Keys and passwords"], found["Mail"], found["Shelf of files"]) == ("ok", "ok", "ok")
    assert found["Virus scanner"] == "wrong"
    assert SECRET not in str(lines)


def test_calendars_have_to_reach_far_enough() -> None:
    """Nine months ahead is well, three are too few."""
    ends = (NOW + timedelta(days=left) for left in (300, 200, 30, -1))
    found = [of_machine.calendars(NOW.date(), one.date()).state for one in ends]
    assert found == ["ok", "warn", "wrong", "wrong"]


def test_it_answers_while_everything_is_dead_and_shows_no_secret(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Dead PostgreSQL and Temporal are said, with 2; the password in the address is not."""
    monkeypatch.setenv("ANSWERABLE_DATABASE_URL", f"postgresql://office:{SECRET}@127.0.0.1:1/x")
    monkeypatch.setenv("ANSWERABLE_TEMPORAL_ADDRESS", "127.0.0.1:1")
    monkeypatch.setenv("ANSWERABLE_KEYS_FILE", "none")
    monkeypatch.setenv("ANSWERABLE_HOME", str(tmp_path))
    assert run(["doctor", "--json"]) == 2
    said = capsys.readouterr()
    found = {one["what"]: one for one in json.loads(said.out)["lines"]}
    assert (found["PostgreSQL"]["state"], found["Temporal"]["state"]) == ("wrong", "wrong")
    assert found["The record"]["state"] == "warn"
    assert SECRET not in said.out + said.err
    assert run(["doctor"]) == 2
    assert SECRET not in capsys.readouterr().out


@pytest.mark.real
async def test_a_real_store_and_engine_are_examined(pool: Pool, engine: WorkflowEnvironment) -> None:
    """A record without walls, with altered rows and waiting changes is said to be so; then all is well."""
    await written(pool, opened(requests=2))
    await pool.execute("insert into engine_seen (at) values (now())")
    real = datetime.now(UTC)  # noqa: TID251 - the database's own clock is compared with it
    lines = await of_store.of_store(pool, lambda: real, every=True)
    assert {one.state for one in lines if one.what != "Duties of the engine"} == {"ok"}, lines
    await pool.execute("update requests set lead = 'nobody'")
    await pool.execute("alter table requests disable row level security")
    found = states(await of_store.of_store(pool, lambda: real + timedelta(minutes=2), every=False))
    assert (found["Rows and ledger"], found["Row-level security"], found["Clocks"]) == ("wrong",) * 3
    await pool.execute("delete from migrations where name = '0031_duties.sql'")
    found = states(await of_store.of_store(pool, lambda: real, every=False))
    assert (found["Tables"], found["Record"]) == ("wrong", "warn")
    [kept, nobody] = await of_engine.of_engine(engine.client, "a-queue-of-nobody", None)
    assert (kept.state, nobody.state) == ("ok", "wrong")
