"""Builds of the code: which run, which new cycles begin on, and moving cycles from one to another."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Annotated, TypeVar

import typer
from rich.console import Console
from rich.table import Table
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from cli.caller import Caller, WrongUsageError, caller
from cli.office import Office
from cli.preflight import judged_by, show, with_dates
from cli.saying import when, whole
from engine.deployments import (
    Builds,
    BuildsError,
    build_of,
    builds,
    make_current,
    move,
    pinned_to,
    ramp,
    unbound,
)
from engine.preflight.shapes import Report, Taken
from engine.preflight.sources import Found, of_engine, of_workflow
from engine.wiring import sealing_of

app = typer.Typer(help="Builds of the code: list, make current, ramp, move cycles.")
BuildName = Annotated[str, typer.Argument(help="A build, as ANSWERABLE_WORKER_BUILD names it.")]
Processes = Annotated[
    int | None, typer.Option("--processes", min=1, help="How many processes replay; one a core otherwise.")
]
Answer = TypeVar("Answer")


@app.command("list")
def show_builds(context: typer.Context) -> None:
    """List the builds, how many open workflows keep to each, and where new ones begin."""
    asked = caller(context)
    found = _do(asked, _builds)
    asked.show(found, lambda out: _draw(out, found))


@app.command("current")
def make(context: typer.Context, build: BuildName, processes: Processes = None) -> None:
    """Let every cycle that begins from now on begin on a build. Cycles that keep to another stay there.

    Cycles that began before builds were told apart go on under it too, so they are looked at first.
    """
    asked = caller(context)

    async def act(office: Office) -> tuple[Report, int]:
        query = unbound(office.settings.temporal_task_queue)
        open_ones = await _client(office).count_workflows(query)
        found = Found()
        report = await _looked_at(office, build, of_engine(_client(office), query, found), found, processes,
                                  needed=bool(open_ones.count))  # fmt: skip
        if not report.breaking:
            await make_current(_client(office), office.settings.worker_deployment, build)
        return report, open_ones.count

    report, unbound_ones = _do(asked, act)
    if report.breaking:
        show(asked, report)
    said = f"New cycles begin on {build}."
    more = f" {unbound_ones} that began before builds were told apart go on under it." if unbound_ones else ""
    asked.show({"current": build, "unbound": unbound_ones}, lambda out: out.print(said + more))


@app.command("ramp")
def ramp_up(
    context: typer.Context,
    build: BuildName,
    share: Annotated[float, typer.Argument(min=0, max=100, help="How many in a hundred, 0 to 100.")],
) -> None:
    """Let so many in a hundred of the cycles that begin begin on a build; 0 ends it."""
    asked = caller(context)

    async def act(office: Office) -> None:
        await ramp(_client(office), office.settings.worker_deployment, build, share)

    _do(asked, act)
    said = f"{share:g} in 100 of the cycles that begin, begin on {build}."
    asked.show({"ramping": build, "share": share}, lambda out: out.print(said))


@app.command("move")
def move_cycles(
    context: typer.Context,
    cycle: Annotated[str | None, typer.Argument(help="One cycle, such as HTA-2026-07.")] = None,
    every: Annotated[
        str | None, typer.Option("--all-of", help="Every cycle that keeps to this build.")
    ] = None,
    to: Annotated[str | None, typer.Option("--to", help="The build that they keep to from now on.")] = None,
    processes: Processes = None,
) -> None:
    """Move one cycle, or all of a build, to another build. They are looked at first: all move, or none."""
    asked = caller(context)
    if to is None or (cycle is None) == (every is None):
        raise WrongUsageError("Write a cycle, or --all-of and a build, and then --to and a build.")

    async def act(office: Office) -> tuple[Report, list[str]]:
        found, client = Found(), _client(office)
        await _known(office, to)
        if every is not None:
            queue, deployment = office.settings.temporal_task_queue, office.settings.worker_deployment
            parcels = of_engine(client, pinned_to(queue, deployment, every), found)
        else:
            parcels = of_workflow(client, await _open_one(client, str(cycle)), found)
        report = await _looked_at(office, to, parcels, found, processes)
        moved = [] if report.breaking else _names(report)
        target = build_of(office.settings.worker_deployment, to)
        assert target is not None
        for name in moved:
            await move(client, name, target)
        return report, moved

    report, moved = _do(asked, act)
    if report.breaking:
        asked.err.print(f"Nothing was moved to {to}: {len(report.breaking)} would break there.", markup=False)
        show(asked, report)
    if not moved:
        raise WrongUsageError(f"No open cycle keeps to {every}, so there is nothing to move.")
    said = f"Moved to {to}: {', '.join(moved)}. Each goes on there from its next act or duty."
    asked.show({"moved": moved, "to": to}, lambda out: out.print(said, markup=False, soft_wrap=True))


def _names(report: Report) -> list[str]:
    """Every workflow that may move: those that go on, and those that no worker has touched."""
    untouched = [one.workflow_id for one in report.not_looked]
    return [one.workflow_id for one in report.judged] + untouched


async def _looked_at(
    office: Office,
    build: str,
    parcels: AsyncIterator[list[Taken]],
    found: Found,
    processes: int | None,
    *,
    needed: bool = True,
) -> Report:
    """A pre-flight, which says something of a build only where this command line is of that build.

    Raises: WrongUsageError: it is of another.
    """
    ours = office.settings.worker_build
    if needed and ours != build:
        has = f"has the code of {ours}" if ours else "does not say of which build its code is"
        raise WrongUsageError(
            f"This command line {has}, so it cannot look at whether cycles go on under {build}. "
            f"Say it where {build} is installed, with ANSWERABLE_WORKER_BUILD={build}."
        )
    report = await judged_by(
        str(office.settings.temporal_address),
        parcels,
        found,
        processes or os.cpu_count() or 1,
        sealing_of(office.settings),
    )
    seen = {one.workflow_id for one in report.judged}
    dated = await with_dates(office, report)
    return report.model_copy(
        update={
            "moved": tuple(one for one in dated.moved if one.cycle in seen),
            "not_compared": dated.not_compared,
        }
    )


async def _builds(office: Office) -> Builds:
    return await builds(
        _client(office), office.settings.temporal_task_queue, office.settings.worker_deployment
    )


async def _known(office: Office, build: str) -> None:
    """Nothing moves to where no worker is.

    Raises: WrongUsageError: there is no such build.
    """
    found = await _builds(office)
    if found.named(build) is None:
        names = ", ".join(one.build for one in found.builds)
        raise WrongUsageError(f"There is no build {build} of {found.deployment}. There are: {names}.")


async def _open_one(client: Client, cycle: str) -> str:
    """The workflow of an open cycle.

    Raises: WrongUsageError: there is none.
    """
    try:
        described = await client.get_workflow_handle(cycle).describe()
    except RPCError as gone:
        if gone.status != RPCStatusCode.NOT_FOUND:
            raise
        described = None
    if described is None or described.close_time is not None:
        raise WrongUsageError(f"No cycle {cycle} is open at the engine. Write one of: starter.py cycle list")
    return described.id


def _do(asked: Caller, act: Callable[[Office], Awaitable[Answer]]) -> Answer:
    try:
        return asked.do(act)
    except BuildsError as wrong:
        raise WrongUsageError(str(wrong)) from None


def _client(office: Office) -> Client:
    assert office.client is not None
    return office.client


def _draw(out: Console, found: Builds) -> None:
    table = Table(whole("Build"), "Status", "New cycles", "Open workflows", "Known since")
    for one in found.builds:
        share = f"{one.share:g} in 100" if one.share else "none"
        table.add_row(one.build, one.status, share, str(one.running), when(one.since))
    out.print(table)
    if found.unbound:
        out.print(f"{found.unbound} open workflows keep to no build.")
    for one in found.builds:
        if one.status == "drained" and not one.running:
            out.print(f"Nothing keeps to {one.build} any more: its workers can be stopped.")
