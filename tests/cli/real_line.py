"""The command line over the real store and the real engine, and a cycle that was opened at it."""

import itertools
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from reference.catalogue import calendar
from reference.working import working_calendar
from rules.calendars import WorkingCalendar
from settings import Settings
from store.pool import Pool
from tests.conftest import Office
from tests.shell import own_database, typed

Line = Callable[..., Awaitable[Any]]

NUMBERS = itertools.count(0)
ELSEWHERE = "insert into allotments (key, kind, year, number) values ('elsewhere', 'cycle', $1, $2)"
"""The engine of the tests has cycles of other stores: ours begin with a number that no other has."""

CYCLE = """kind: performance
title: Quarterly performance
theme: reassuring
commitments: [SWM-REASSURE-01]
question: Is the force doing what the plan promises?
session: {{at: {session} 14:00, place: The office}}
requests:
  - title: The first paper
    lead: acc-local-policing
    asked: [Volumes, Reasons]
  - title: The second paper
    lead: acc-protecting-people
    due: 10 working days before session
"""


@pytest.fixture
async def line(
    office: Office, pool: Pool, postgres: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> Line:
    """Types words at the command line and gives what it printed; the exit code has to be as expected."""
    settings = Settings(
        database_url=await own_database(pool, postgres),
        keys_file="none",
        temporal_address=office.engine.client.service_client.config.target_host,
        temporal_task_queue=office.queue,
        files_url=(tmp_path / "files").as_uri(),
    )

    async def type_in(words: str, *more: str, as_: str = "policy-officer", code: int = 0) -> Any:
        said = await typed(settings, capsys, [*words.split(), *more, "--as", as_, "--json"], code)
        return json.loads(said.out) if said.out else said.err

    year = datetime.now(UTC).year  # noqa: TID251 - the real engine's own year
    await pool.execute(ELSEWHERE, year, 5000 + next(NUMBERS))
    return type_in


def in_working_days(count: int) -> date:
    """The day so many working days from today."""
    days = working_calendar(calendar().version)
    assert isinstance(days, WorkingCalendar)
    found = days.after(datetime.now(UTC).date(), count)  # noqa: TID251 - the real engine's own day
    assert isinstance(found, date)
    return found


@pytest.fixture
async def opened(line: Line, tmp_path: Path) -> str:
    """A cycle that was opened from a file."""
    file = tmp_path / "cycle.yaml"
    file.write_text(CYCLE.format(session=in_working_days(30)), encoding="utf8")
    done = await line("cycle open --from", str(file), "--key", "opened-once")
    again = await line("cycle open --from", str(file), "--key", "opened-once")
    assert again == done
    return str(done["cycle"])
