"""`starter.py preflight` and `starter.py deployment` against the real store and the real engine."""

import asyncio
import json
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from cli.program import run
from engine import connection
from settings import Settings
from store.pool import Pool
from tests import scenario as s
from tests.cli.fake import closed
from tests.conftest import Office
from tests.engine.changed import FILES, Change
from tests.engine.yard import Yard
from tests.rules import acts
from tests.shell import own_database, typed
from tests.workflows.tools import done

Line = Callable[..., Awaitable[Any]]
ROOT = Path(__file__).parents[2]
NOT_NEEDED = ("tests", "bench")
WAITS = "        armed = self._due_next\n"
PAUSED = f"        if self._cycle and self._cycle.paused_at:\n            await workflow.sleep(7)\n{WAITS}"


@pytest.fixture
def at_line(
    capsys: pytest.CaptureFixture[str], pool: Pool, postgres: str, tmp_path: Path
) -> Callable[..., Line]:
    """Types words at the command line of an office, as if from a build."""

    def at(office: Office, build: str | None = None, deployment: str = "answerable") -> Line:
        async def type_in(words: str, code: int = 0, *, as_json: bool = True) -> Any:
            settings = Settings(
                database_url=await own_database(pool, postgres),
                keys_file="none",
                temporal_address=office.engine.client.service_client.config.target_host,
                temporal_task_queue=office.queue,
                files_url=(tmp_path / "files").as_uri(),
                worker_build=build,
                worker_deployment=deployment,
            )

            said = await typed(settings, capsys, [*words.split(), *(["--json"] if as_json else [])], code)
            return json.loads(said.out) if as_json and said.out else said.out + said.err

        return type_in

    return at


async def opened(office: Office) -> str:
    """A cycle with one request."""
    ref = s.fresh_reference()
    await done(office, ref, s.open_cycle(ref, s.wall_now()))
    return ref


async def listed(office: Office, count: int) -> None:
    """Wait until the engine lists so many open workflows of this office: it is a moment behind."""
    query = f"TaskQueue = '{office.queue}' AND ExecutionStatus = 'Running'"
    for _ in range(100):
        if (await office.engine.client.count_workflows(query)).count == count:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"the engine does not list {count} open workflows")


@pytest.mark.real
async def test_open_cycles_are_looked_at_and_the_one_that_would_break_is_named(
    office: Office, at_line: Callable[..., Line], changed: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under this code all go on; under a changed one the paused cycle would not, and the exit code is 1."""
    plain, paused = await opened(office), await opened(office)
    await done(office, paused, acts.pause())
    await listed(office, 2)
    line = at_line(office)
    found = await line("preflight --processes 1")
    assert (found["looked_at"], found["breaks"], found["moved"]) == (2, [], [])
    monkeypatch.setattr(connection, "WORKFLOWS", [changed("pausing", (WAITS, PAUSED))])
    found = await line("preflight --processes 1", code=1)
    [broken] = found["breaks"]
    assert (broken["workflow_id"], broken["workflow_type"]) == (paused, "Cycle")
    assert broken["breaks"]["asks"].endswith("of 0:00:07")
    said = await line("preflight --processes 1", code=1, as_json=False)
    assert plain not in said
    assert f"{paused}  run {broken['run_id']}" in said
    assert "Do not deploy this code." in said


@pytest.mark.real
async def test_a_deadline_that_would_be_another_is_shown(
    office: Office, at_line: Callable[..., Line], pool: Pool
) -> None:
    """What the store has against what this code adds up to; a date alone stops no deployment."""
    ref = await opened(office)
    await listed(office, 1)
    await pool.execute("update deadlines set due_at = due_at - interval '1 day' where key = 'return/1'")
    found = await at_line(office)("preflight --processes 1")
    [moved] = found["moved"]
    assert (moved["cycle"], moved["key"]) == (ref, "return/1")
    assert moved["before"] < moved["after"]
    said = await at_line(office)("preflight --processes 1", as_json=False)
    assert "1 deadline would be another" in said


@pytest.mark.real
async def test_histories_are_saved_and_looked_at_elsewhere(
    office: Office, at_line: Callable[..., Line], tmp_path: Path
) -> None:
    """Without the engine and without the store, with the calendars that were known where they were saved."""
    ref = await opened(office)
    await listed(office, 1)
    folder = tmp_path / "saved"
    found = await at_line(office)(f"preflight --save {folder}")
    assert found["saved"] == 1
    assert sorted(one.name for one in folder.iterdir()) == [f"{ref}.history", "calendars.json"]
    found = await at_line(office)(f"preflight --histories {folder} --processes 1")
    assert (found["looked_at"], found["breaks"]) == (1, [])


@pytest.mark.real
async def test_a_cycle_under_way_without_a_workflow_is_named_as_not_looked_at(
    office: Office, at_line: Callable[..., Line]
) -> None:
    """Its workflow was ended by hand at the engine: the pre-flight does not pass it over in silence."""
    gone, stays = await opened(office), await opened(office)
    await office.engine.client.get_workflow_handle(gone).terminate()
    await listed(office, 1)
    found = await at_line(office)("preflight --processes 1")
    assert found["looked_at"] == 1
    assert [one["workflow_id"] for one in found["not_looked_at"]] == [gone]
    assert stays != gone


@pytest.mark.real
async def test_no_open_workflow_at_all_is_said(office: Office, at_line: Callable[..., Line]) -> None:
    """One sentence that says what to do, and exit code 2."""
    said = await at_line(office)("preflight", code=2)
    assert said.startswith("A pre-flight without a history says nothing: no workflow is open at ")


def test_what_cannot_be_looked_at_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """No such folder, an empty one, a file that is no history, both at once, an engine that is gone."""
    broken, empty = tmp_path / "broken", tmp_path / "empty"
    broken.mkdir()
    empty.mkdir()
    (broken / "HTA-2026-01.json").write_text('{"events": [')
    (broken / "notes.txt").write_text("not a history")
    for words, code, said in (
        (f"preflight --histories {tmp_path}/none", 2, "There is no folder"),
        (f"preflight --histories {empty}", 2, "A pre-flight without a history says nothing"),
        (f"preflight --histories {broken}", 2, "HTA-2026-01.json is not a history"),
        (f"preflight --histories {empty} --save {empty}", 2, "Write --histories or --save, not both"),
        ("preflight --processes 0", 2, "--processes"),
        ("preflight", 4, "ANSWERABLE_DATABASE_URL is not set."),
    ):
        assert run(words.split(), closed) == code
        assert said in capsys.readouterr().err.replace("\n", " ")


@pytest.mark.timeout(180)
def test_a_changed_copy_of_the_product_names_the_line_of_its_own_source(tmp_path: Path) -> None:
    """As a branch would be looked at before it is deployed: its own starter.py, two processes, code 1."""
    for room in (one.parent for one in ROOT.glob("*/__init__.py") if one.parent.name not in NOT_NEEDED):
        shutil.copytree(room, tmp_path / room.name, ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(ROOT / "starter.py", tmp_path / "starter.py")
    histories = tmp_path / "histories"
    histories.mkdir()
    for one in FILES:
        if one.stem in ("rapid", "public"):
            shutil.copy(one, histories)
    source = tmp_path / "workflows" / "cycle.py"
    text = source.read_text(encoding="utf8")
    changed_text = text.replace(WAITS, PAUSED)
    source.write_text(changed_text, encoding="utf8")
    number = changed_text[: changed_text.index("sleep(7)")].count("\n") + 1
    looked = subprocess.run(
        [sys.executable, "starter.py", "preflight", "--histories", str(histories), "--processes", "2"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert looked.returncode == 1, looked.stderr
    assert "1 would break" in looked.stdout
    assert f"workflows/cycle.py:{number} _wait_for_next_duty" in looked.stdout


@pytest.fixture
async def moving(yard: Yard) -> Yard:
    """A yard where b1 is current."""
    await yard.start("b1")
    await yard.current("b1")
    return yard


@pytest.mark.real
async def test_all_of_a_build_moves_or_none(
    moving: Yard, at_line: Callable[..., Line], changed: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of two would break under b2: neither moves. Under b3 both go on, and their acts are done there."""
    office, name = moving.office, moving.deployment
    plain, paused = await opened(office), await opened(office)
    await done(office, paused, acts.pause())
    await moving.running("b1", 2)
    here = list(connection.WORKFLOWS)
    monkeypatch.setattr(connection, "WORKFLOWS", [changed("pausing", (WAITS, PAUSED))])
    await moving.start("b2")
    await moving.known("b2")
    b2, b3 = at_line(office, "b2", name), at_line(office, "b3", name)
    refused = await b2("deployment move --all-of b1 --to b2 --processes 1", code=1)
    assert [one["workflow_id"] for one in refused["breaks"]] == [paused]
    await moving.running("b1", 2)
    monkeypatch.setattr(connection, "WORKFLOWS", here)
    await moving.start("b3")
    await moving.known("b3")
    found = await b3("deployment move --all-of b1 --to b3 --processes 1")
    assert (sorted(found["moved"]), found["to"]) == (sorted([plain, paused]), "b3")
    await done(office, paused, acts.resume())
    await done(office, plain, acts.acknowledge())
    await moving.running("b3", 2)
    listing = await b3("deployment list")
    assert {one["build"]: one["running"] for one in listing["builds"]} == {"b1": 0, "b2": 0, "b3": 2}


@pytest.mark.real
async def test_moves_that_cannot_be_are_refused_in_words(moving: Yard, at_line: Callable[..., Line]) -> None:
    """Another build's code, no such build, no such cycle, nothing on the build, half a sentence."""
    office, name = moving.office, moving.deployment
    ref = await opened(office)
    await moving.running("b1", 1)
    await moving.start("b2")
    await moving.known("b2")
    b1, b2 = at_line(office, "b1", name), at_line(office, "b2", name)
    nowhere = at_line(office, None, name)
    for line, words, said in (
        (b1, f"deployment move {ref} --to b2", "This command line has the code of b1"),
        (nowhere, f"deployment move {ref} --to b2", "does not say of which build its code is"),
        (b2, f"deployment move {ref} --to b9", "There is no build b9"),
        (b2, "deployment move HTA-1999-01 --to b2", "No cycle HTA-1999-01 is open at the engine"),
        (b2, "deployment move --all-of b7 --to b2", "No open cycle keeps to b7"),
        (b2, f"deployment move {ref} --all-of b1 --to b2", "Write a cycle, or --all-of and a build"),
        (b2, "deployment current b9", "ANSWERABLE_WORKER_BUILD=b9"),
    ):
        assert said in " ".join((await line(words, code=2)).split())
    await moving.running("b1", 1)


@pytest.mark.real
async def test_builds_are_listed_made_current_and_ramped(moving: Yard, at_line: Callable[..., Line]) -> None:
    """New cycles begin on b1, then a tenth on b2, then all; the old one keeps to b1."""
    office, name = moving.office, moving.deployment
    await opened(office)
    await moving.running("b1", 1)
    await moving.start("b2")
    await moving.known("b2")
    line = at_line(office, "b2", name)
    await line("deployment ramp b2 10")
    listing = await line("deployment list")
    assert {one["build"]: one["share"] for one in listing["builds"]} == {"b1": 90, "b2": 10}
    assert "New cycles begin on b2." in await line("deployment current b2", as_json=False)
    await opened(office)
    await moving.running("b2", 1)
    said = await line("deployment list", as_json=False)
    assert "100 in 100" in said
    assert "draining" in said
