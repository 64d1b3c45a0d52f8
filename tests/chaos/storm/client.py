"""One process of clients, each leading cycles to their close: python -m tests.chaos.storm.client.

SIGTERM lets them begin no other cycle; they end the ones under way and go.
"""

import asyncio
import os
import random  # noqa: TID251 - a seed gives the same clients every time
import signal
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from temporalio.service import RPCError
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from schemas.commands import AnyCommand
from tests import scenario as s
from tests.chaos.storm.doors import ByDesk, ByPages, Door
from tests.chaos.storm.notes import Notebook, Told
from tests.rules.acting import act
from tests.rules.raising_acts import remind, wake_me

ENDS_WITHIN = 420.0
"""Seconds for the cycles under way when the storm is over."""
WALKS_AWAY = 0.5
"""The share of the acts beside the main line that are sent once, whatever is answered."""


class StuckError(Exception):
    """The main line of a cycle does not go on."""


class Lane:
    """One client after another: leads a cycle to its end, notes everything, and begins the next."""

    def __init__(self, number: int, door: Door, desk: ByDesk, notes: Notebook, seed: int) -> None:
        self._number, self._door, self._desk, self._notes = number, door, desk, notes
        self._chance = random.Random(f"{seed}/{number}")  # noqa: S311 - not a secret: it is to come again
        self._acts = 0
        self.stop = asyncio.Event()

    async def live(self) -> None:
        """Cycle after cycle."""
        turn = 0
        while not self.stop.is_set():
            turn += 1
            ref = f"HTA-{2100 + self._number}-{turn:04d}"
            self._notes.says("begun", ref)
            try:
                await self.whole(ref)
            except StuckError as why:
                self._notes.says("stuck", ref, str(why))
            else:
                self._notes.says("done", ref)

    async def whole(self, ref: str) -> None:
        """One cycle with two requests, the second answered far too late, to the published findings."""
        await self.insist(s.open_cycle(ref, s.wall_now(), requests=2))
        await self.beside(self._seen(ref, 1), self._seen(ref, 2), self._reminder(ref), self._wake(ref))
        await self.refused(s.publish(ref, actor=s.LEAD), s.accept(ref, 9), s.accept(ref, 2))
        await self.days_pass(ref, 30)
        await self.each(s.submit(ref), s.send_back(ref), s.submit(ref), s.accept(ref))
        await self.days_pass(ref, 20)
        await self.insist(s.attendance(ref), twice=True)
        await self.each(s.judge(ref, 1), s.submit(ref, 2), s.accept(ref, 2), s.judge(ref, 2), s.findings(ref))
        await self.refused(s.publish(ref))
        await self.each(s.approve(ref, s.CHIEF_EXECUTIVE), s.approve(ref, s.COMMISSIONER))
        told = await self.insist(s.publish(ref))
        if "CycleClosed" not in told.happened:
            raise StuckError(f"published and not closed: {told.happened}")

    def _seen(self, ref: str, request: int) -> AnyCommand:
        return act("Acknowledge", s.LEAD, request=request, cycle=ref)

    def _reminder(self, ref: str) -> AnyCommand:
        return remind(cycle=ref)

    def _wake(self, ref: str) -> AnyCommand:
        return wake_me(s.date_after(s.wall_now(), 8)).model_copy(update={"cycle": ref})

    async def each(self, *commands: AnyCommand) -> None:
        """One act after another."""
        for command in commands:
            await self.insist(command)

    async def insist(self, command: AnyCommand, *, twice: bool = False) -> Told:
        """Send with one key until there is a receipt, or two sendings at one time, as a double click does."""
        command = self._named(command)
        while True:
            told, *_ = await asyncio.gather(*(self.once(command) for _ in range(1 + twice)))
            if told.kind == "receipt":
                return told
            if told.kind == "refused":
                raise StuckError(f"{command.kind}: {told.why}")
            await asyncio.sleep(self._chance.uniform(0.3, 1.2))

    async def beside(self, *commands: AnyCommand) -> None:
        """Acts at one time in one cycle; some are sent once, and nobody asks what became of them."""
        await asyncio.gather(*(self._perhaps(one, self._chance.random() < WALKS_AWAY) for one in commands))

    async def _perhaps(self, command: AnyCommand, once: bool) -> None:
        command = self._named(command)
        while (await self.once(command)).kind in ("unknown", "fault") and not once:
            await asyncio.sleep(self._chance.uniform(0.3, 1.2))

    async def refused(self, *commands: AnyCommand) -> None:
        """Acts that may not be done; each is sent until it is refused."""
        for command in commands:
            named = self._named(command)
            while (told := await self.once(named)).kind != "refused":
                if told.kind == "receipt":
                    raise StuckError(f"{command.kind} was taken")
                await asyncio.sleep(self._chance.uniform(0.3, 1.2))

    def _named(self, command: AnyCommand) -> AnyCommand:
        self._acts += 1
        return command.model_copy(update={"key": f"storm-{self._number:02d}-{self._acts:06d}"})

    async def once(self, command: AnyCommand) -> Told:
        """One sending, noted before and after."""
        await asyncio.sleep(self._chance.uniform(0.05, 0.6))
        number = self._notes.asks(command.cycle, command.key, command.kind, self._door.name)
        told = await self._door.send(command)
        self._notes.told(number, told)
        return told

    async def days_pass(self, ref: str, days: float) -> None:
        """Let a cycle's own clock run on, whatever is being killed."""
        until = None
        while True:
            with suppress(OSError, RPCError, RuntimeError, TimeoutError):
                await self._desk.ready()
                assert self._desk.client
                skipper = TimeSkipper(
                    self._desk.client, config=TimeSkippingConfig(enabled=False, max_session_skip_count=10_000)
                )
                handle = self._desk.client.get_workflow_handle(ref)
                async with asyncio.timeout(60):
                    now = await skipper.get_current_time(handle)
                    until = until or now + timedelta(days=days)
                    if now >= until or not await skipper.fast_forward(handle, until - now):
                        return
                    continue
            await asyncio.sleep(0.5)


async def _live(home: Path, port: int, notes: Path, seed: int, numbers: range) -> None:
    book, desk, pages = Notebook(notes), ByDesk(home), ByPages(port)
    doors: tuple[Door, Door] = (desk, pages)
    people = [Lane(number, doors[number % 2], desk, book, seed) for number in numbers]
    over = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, over.set)
    tasks = [asyncio.create_task(one.live()) for one in people]
    await over.wait()
    for one in people:
        one.stop.set()
    await asyncio.wait(tasks, timeout=ENDS_WITHIN)
    for task in tasks:
        task.cancel()
    faults = await asyncio.gather(*tasks, return_exceptions=True)
    book.close()
    for fault in faults:
        if isinstance(fault, Exception):
            raise fault


def main(
    *,
    home: Annotated[Path, typer.Option()],
    port: Annotated[int, typer.Option()],
    notes: Annotated[Path, typer.Option()],
    seed: Annotated[int, typer.Option()] = 1,
    first: Annotated[int, typer.Option()] = 0,
    lanes: Annotated[int, typer.Option()] = 4,
) -> None:
    """So many clients at the product of a home folder, until SIGTERM."""
    asyncio.run(_live(home, port, notes, seed, range(first, first + lanes)))
    sys.stderr.flush()
    os._exit(0)  # a thread of Temporal's client that answers while Python ends takes all of it down (-6)


if __name__ == "__main__":
    typer.run(main)
