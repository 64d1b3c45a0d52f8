"""What is to be settled after a restore, and settling it: runs begun again from the ledger, mails held."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.service import RPCError, RPCStatusCode

from engine.sealed import Sealing
from reference.working import working_calendar
from rules.answering import remembered
from rules.programme.answering import answers
from rules.restoring import STILL_SENT, compared, fallen_due, in_order, mail_found, untold
from safekeeping.runs import runs_of
from schemas.backups import CycleFound, DutyFound, Found, Last, MailFound, Restored
from schemas.notices import Notice
from schemas.outcomes import Refused
from schemas.programme.records import ProgrammeEntry, ProgrammeStart
from schemas.programme.rows import ProgrammePage
from schemas.records import Entry
from schemas.rows import CyclePage
from schemas.running import NEWEST, CycleStart
from store.restores import Restores
from workflows.cycle import CycleWorkflow
from workflows.programme import ProgrammeWorkflow

SLACK = timedelta(seconds=1)
OTHERS = {
    "messages handed over without an answer": "their receipts are lost; they are not sent again",
    "letters waiting for a digest": "they may have gone since; the next digest has them",
    "letters to be sent again": "they may have gone since; they go",
    "subscriptions": "each hears again what it had heard since the backup; new events have positions "
    "1,000,000 further on, so nobody who follows passes over one",
    "checkpoint": "those made later are with whoever follows them and are not known here: tell them which "
    "backup was restored, and when",
}
NUMBERS = "numbers given since will be given again: look at what was lost before something new is opened"


class Knows(Protocol):
    """What is asked of the record."""

    async def cycle(self, reference: str) -> CyclePage | None:
        """One cycle with its words."""
        ...

    async def written(self, reference: str, key: str | None = None) -> tuple[Entry, ...]:
        """The entries of a cycle's ledger."""
        ...

    async def programme(self, reference: str) -> ProgrammePage | None:
        """One programme with its words."""
        ...

    async def programme_entries(self, reference: str, key: str | None = None) -> tuple[ProgrammeEntry, ...]:
        """The entries of a programme's ledger."""
        ...


@dataclass(frozen=True)
class Settling:
    """Looks at what is to be settled after a restore, and settles it. Both may be repeated."""

    client: Client
    queue: str
    sealing: Sealing
    knows: Knows
    restores: Restores

    async def look(self, restored: Restored, until: datetime | None, now: datetime) -> Found:
        """Everything that is to be settled; `until` is when the product that was lost ended."""
        ended = until or restored.restored_at
        ledger = await self.restores.last_entries()
        runs = await runs_of(self.client, self.queue, self.sealing)
        open_ones = [name for name, (_, over) in ledger.items() if not over]
        due = [one for name in open_ones for one in await self._due(name, restored, ended, now)]
        mails = await self._unsent([notice for _, notice in due if notice], restored, ledger, ended)
        return Found(
            restored=restored,
            until=ended,
            at=now,
            cycles=tuple(one for one in compared(ledger, runs) if _counts(one, restored)),
            duties=tuple(one for one, _ in due),
            mails=mails,
            others={} if restored.whole else await self._others(),
        )

    async def settle(self, found: Found, sent: Iterable[str]) -> None:
        """Hold the mails, but for those that go, and begin again every run that does not stand."""
        goes = set(sent)
        held = [one for one in found.mails if one.key not in goes]
        await self.restores.hold([(_notice(one), one.due_at) for one in held])
        for one in found.again:
            await self._settled(one, found)

    async def _due(
        self, reference: str, restored: Restored, until: datetime, now: datetime
    ) -> tuple[tuple[DutyFound, Notice | None], ...]:
        page = await self.knows.cycle(reference)
        if page is None:
            return ()
        calendar = working_calendar(page.cycle.calendar)
        if isinstance(calendar, Refused):
            return ()
        return fallen_due(page.cycle, calendar, restored.as_at, until, now)

    async def _unsent(
        self,
        notices: Iterable[Notice],
        restored: Restored,
        ledger: dict[str, tuple[Last, bool]],
        until: datetime,
    ) -> tuple[MailFound, ...]:
        """The mails that may have gone: of duties while the lost product ran, and of the last acts before."""
        found: list[MailFound] = []
        for notice in notices:
            page = await self.knows.cycle(notice.cycle)
            at = notice.planned_at + (page.cycle.set_back if page else timedelta(0))
            if restored.as_at - SLACK <= at <= until:
                found.append(mail_found(notice, at))
        for reference, (last, over) in ledger.items():
            if not over or last.at > restored.as_at - STILL_SENT:
                found += await self._of_acts(reference, restored)
        known = await self.restores.mails_known([one.key for one in found])
        return in_order(one for one in found if one.key not in known)

    async def _of_acts(self, reference: str, restored: Restored) -> list[MailFound]:
        page, entries = await self.knows.cycle(reference), await self.knows.written(reference)
        back = page.cycle.set_back if page else timedelta(0)
        return [mail_found(one, one.planned_at + back) for one in untold(entries, restored.as_at)]

    async def _others(self) -> dict[str, str]:
        found = await self.restores.others()
        return {f"{what}: {many}": OTHERS.get(what, NUMBERS) for what, many in found.items() if many != "0"}

    async def _settled(self, one: CycleFound, found: Found) -> None:
        if one.verdict == "not_on_record":
            await self._ended(one.reference, found.restored)
        elif one.reference.startswith("PRG-"):
            await self._programme(one.reference)
        else:
            await self._cycle(one.reference, found)

    async def _ended(self, reference: str, restored: Restored) -> None:
        try:
            await self.client.get_workflow_handle(reference).terminate(
                f"not in the ledger that was restored as of {restored.as_at:%Y-%m-%d %H:%M} UTC"
            )
        except RPCError as gone:
            if gone.status != RPCStatusCode.NOT_FOUND:
                raise

    async def _cycle(self, reference: str, found: Found) -> None:
        page, entries = await self.knows.cycle(reference), await self.knows.written(reference)
        assert page is not None
        await self.client.start_workflow(
            CycleWorkflow.run,
            CycleStart(
                reference=reference,
                cycle=page.cycle,
                answered=remembered({}, entries),
                to_tell=untold(entries, found.restored.as_at),
                edition=NEWEST,
            ),
            id=reference,
            task_queue=self.queue,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            id_conflict_policy=WorkflowIDConflictPolicy.TERMINATE_EXISTING,
            static_summary=f"Holding to account {reference}, from the ledger",
        )

    async def _programme(self, reference: str) -> None:
        page, entries = await self.knows.programme(reference), await self.knows.programme_entries(reference)
        assert page is not None
        await self.client.start_workflow(
            ProgrammeWorkflow.run,
            ProgrammeStart(reference=reference, programme=page.programme, answered=answers({}, entries)),
            id=reference,
            task_queue=self.queue,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            id_conflict_policy=WorkflowIDConflictPolicy.TERMINATE_EXISTING,
            static_summary=f"Programme {reference}, from the ledger",
        )


def _counts(one: CycleFound, restored: Restored) -> bool:
    """Whether a finding is one: beside a product that runs, a run may be newer than what was just read."""
    return not restored.whole or one.verdict in ("stands", "no_run", "behind", "unreadable")


def _notice(one: MailFound) -> Notice:
    return Notice.model_validate(
        {"key": one.key, "template": one.template, "cycle": one.cycle, "planned_at": one.due_at}
    )
