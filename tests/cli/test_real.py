"""The command line against the real store and the real engine, through its own entry point."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from schemas.rows import CycleRow
from tests.cli.real_line import Line, in_working_days
from tests.conftest import Office

pytestmark = pytest.mark.real


async def test_a_cycle_is_opened_from_a_file_and_listed(line: Line, opened: str) -> None:
    """Once, although it was asked for twice; the list has the shape that the pages read."""
    rows = await line("cycle list")
    assert [CycleRow.model_validate(row).reference for row in rows] == [opened]
    assert rows[0]["title"] == "Quarterly performance"
    timeline = await line(f"cycle timeline {opened}")
    assert {"CycleOpened", "SessionFixed", "EvidenceRequested"} <= {
        row["entry"]["event"]["kind"] for row in timeline
    }


async def test_the_board_counts_in_working_days(line: Line, opened: str) -> None:
    """The second paper is due ten working days before a session in thirty; its notice, three clear days."""
    rows = await line(f"deadlines --cycle {opened}")
    assert [(row["what"], row["working_days"]) for row in rows] == [
        ("return", 20),
        ("return", 25),
        ("notice", 26),
        ("session", 30),
    ]
    assert not any(row["late"] for row in rows)
    assert await line(f"deadlines --cycle {opened} --within 20") == rows[:1]
    assert await line("deadlines --late") == []


async def test_evidence_from_file_to_acceptance(line: Line, opened: str, tmp_path: Path) -> None:
    """Acknowledged, answered with a file, sent back, answered again, accepted; with one extension."""
    lead = "acc-local-policing"
    await line(f"request acknowledge {opened} 1", as_=lead)
    later = f"{in_working_days(28)}"
    await line(f"request extend {opened} 1 --to {later} --reason", "The data are late.", as_=lead)
    await line(f"request decide-extension {opened} 1 --grant")
    file = tmp_path / "figures.csv"
    file.write_text("month,searches\n2026-10,12\n", encoding="utf8")
    await line(f"return submit {opened} 1 --file {file} --text", "See the file.", as_=lead)
    await line(f"return send-back {opened} 1 --gap", "Reasons are missing.")
    await line(f"return submit {opened} 1 --text", "Here are the reasons.", as_=lead)
    await line(f"return accept {opened} 1")
    shown = await line(f"request show {opened} 1")
    assert shown["request"]["state"] == "accepted"
    assert [len(one["items"]) for one in shown["request"]["returns"]] == [2, 1]
    await line(f"request withdraw {opened} 2 --reason", "Not needed.")
    more = await line(
        f"request add {opened} --lead {lead} --title", "One more paper", "--due", "10 working days"
    )
    assert more["number"] == "3"


async def test_a_refusal_comes_with_its_code(line: Line, opened: str) -> None:
    """As JSON on stdout, with exit code 1."""
    refused = await line(f"return accept {opened} 1", code=1)
    assert (refused["outcome"], refused["code"]) == ("refused", "request_state")


async def test_a_session_is_moved_and_held_and_the_findings_are_published(
    line: Line, opened: str, office: Office
) -> None:
    """The whole rest of a cycle, act by act."""
    await line(
        f"session move {opened} --yes --reason", "The room is taken.", "--at", f"{in_working_days(20)} 10:00"
    )
    await line(f"cycle pause {opened} --reason", "An election.")
    await line(f"cycle resume {opened}")
    await office.skip(opened, timedelta(days=45).days)
    await line(f"session record {opened} --present commissioner --present chief-constable")
    await line(f"judge {opened} 1 not_assured --reasons", "Nothing came.", as_="commissioner")
    texts = ("--title", "Go on.", "--options", "Go on or stop.", "--reasons", "It is needed.")
    await line(f"decide {opened} --basis prsra-2011.s1", *texts, as_="commissioner")
    due = f"{in_working_days(90)}"
    proposed = await line(
        f"action propose {opened} --owner acc-local-policing --due {due} --what", "Bring the paper."
    )
    number = proposed["number"]
    await line(f"action confirm {opened} {number}", as_="force-coordination")
    draft = ("--answer", "It is not known.", "--body", "Nothing came.")
    await line(f"findings draft {opened}", *draft)
    for who in ("chief-executive", "commissioner"):
        await line(f"findings approve {opened}", as_=who)
    await line(f"findings publish {opened}", as_="publication-officer")
    assert len((await line(f"findings show {opened}"))["fingerprint"]) == 64
    today = f"{datetime.now(UTC):%Y-%m-%d}"  # noqa: TID251 - the real engine's own day
    await line(f"action done {opened} {number} --covers-to {today} --text", "Here.", as_="acc-local-policing")
    await line(f"action verify {opened} {number}")
    assert [one["state"] for one in await line("action list")] == ["verified"]
    assert (await line(f"cycle show {opened}"))["stage"] == "closed"


async def test_the_plan_and_the_people_can_be_imported_again(line: Line) -> None:
    """What comes with the product reads as itself."""
    assert (await line("plan import"))["plan"] == "safer-west-mercia"
    found = await line("plan show --search", "Stop and Search")
    refs = [one["ref"] for objective in found["objectives"] for one in objective["commitments"]]
    assert refs == ["SWM-REASSURE-03"]
    assert (await line("people import reference/people/demonstration.yaml"))["people"] == 15
    assert len(await line("people list")) == 15
    assert (await line("migrate"))["applied"] == []


async def test_a_cycle_that_is_cancelled_takes_nothing_more(line: Line, opened: str) -> None:
    """The refusal says what to do instead."""
    await line(f"cycle cancel {opened} --reason", "Asked elsewhere.")
    refused = await line(f"cycle pause {opened} --reason", "Too late.", code=1)
    assert refused["code"] == "cycle_over"
