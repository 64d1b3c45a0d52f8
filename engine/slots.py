"""Opening the programme's cycles when their hour comes: once, in the name of the officer who runs them."""

from datetime import timedelta
from typing import Protocol

from temporalio.client import Client

from activities.programme import KeepsProgrammes, ProgrammeActivities, ProgrammeLedgerActivities
from engine.appointments import Appointments
from engine.clock import true_now
from engine.connection import Effect
from engine.desk import Desk
from engine.new_cycles import KnowsAnnounced, opened_for
from engine.programme_desk import ProgrammeDesk
from reference.catalogue import calendar, standards
from rules.programme.years import label
from schemas.commands import OpenCycle
from schemas.outcomes import NotKnownYet, Receipt, Refused
from schemas.people import ENGINE, Actor, Role
from schemas.plans import Plan
from schemas.programme import Slot
from schemas.programme.commands import NoteNotOpened, NoteOpened
from schemas.programme.records import Opening
from schemas.programme.rows import ProgrammePage
from schemas.sessions import SessionDraft
from schemas.shape import Words
from schemas.standards import Standards


class NotAnsweredError(Exception):
    """Neither yes nor no came in time: the opening is tried again, and happens once."""


class KnowsOffice(KnowsAnnounced, Protocol):
    """What has to be known when a cycle is opened."""

    async def programme(self, reference: str) -> ProgrammePage | None:
        """One programme with its words."""
        ...

    async def plan(self) -> Plan | None:
        """The plan in force, which says whose office it is."""
        ...

    async def standards(self, office: str) -> dict[str, Standards]:
        """The newest edition of each kind's standards that the office changed."""
        ...


class SlotOpener:
    """Opens cycles for the programme. Every opening may be repeated and happens once."""

    def __init__(self, desk: Desk, programme: ProgrammeDesk, knows: KnowsOffice) -> None:
        self._desk = desk
        self._programme = programme
        self._knows = knows

    async def open_slot(self, opening: Opening) -> str | Refused:
        """The cycle's reference, or why it cannot be opened; either stands in the programme's ledger.

        Raises: NotAnsweredError: the engine did not answer in time.
        """
        page = await self._knows.programme(opening.programme)
        slot = page.programme.slot(opening.slot) if page else None
        if slot is None or slot.state != "adopted":
            return slot.cycle if slot and slot.cycle else _not_to_be_opened(opening)
        command, words = await self._command(slot, opening)
        outcome = await self._desk.send(command, words)
        if isinstance(outcome, NotKnownYet):
            raise NotAnsweredError(outcome.message)
        await self._note(opening, outcome)
        return outcome if isinstance(outcome, Refused) else outcome.cycle

    async def _command(self, slot: Slot, opening: Opening) -> tuple[OpenCycle, Words]:
        now = true_now()
        set_back = now - opening.planned_at if opening.demonstration else timedelta(0)
        plan = await self._knows.plan()
        body = plan.body if plan else "nobody"
        kinds = {**standards(), **await self._knows.standards(body)}
        words, draft = Words(), slot.draft
        key = f"{opening.programme}:{slot.number.replace('/', '-')}"
        facts = {
            "body": body,
            **await opened_for(self._knows, body, now - set_back, words),
        }
        command = OpenCycle(
            cycle=await self._desk.cycle_reference(key, opening.planned_at.year),
            key=key,
            actor=Actor(person=draft.officer, role=Role.POLICY_OFFICER),
            title=draft.title,
            theme=draft.theme,
            commitments=draft.commitments,
            question=draft.question,
            requests=draft.requests,
            ask="planned" if draft.session_at else "now",
            session=_session(slot),
            report=draft.report,
            standards=kinds[draft.cycle_kind],
            calendar=calendar().version,
            set_back=set_back,
            slot=slot.number,
            **facts,
        )
        return command, words

    async def _note(self, opening: Opening, outcome: Receipt | Refused) -> None:
        words = Words()
        name = f"{opening.slot.replace('/', '-')}:{opening.planned_at:%Y%m%dT%H%M}"
        about = {"programme": opening.programme, "actor": ENGINE, "slot": opening.slot}
        note = (
            NoteOpened(key=f"opened:{name}", cycle=outcome.cycle, planned_at=opening.planned_at, **about)
            if isinstance(outcome, Receipt)
            else NoteNotOpened(
                key=f"not-opened:{name}:{outcome.code}",
                reason=words.ref(outcome.message),
                planned_at=opening.planned_at,
                **about,
            )
        )
        noted = await self._programme.send(note, words)
        if isinstance(noted, NotKnownYet):
            raise NotAnsweredError(noted.message)


def _session(slot: Slot) -> SessionDraft | None:
    draft = slot.draft
    if draft.session_at is None:
        return None
    return SessionDraft(forum=draft.forum, starts_at=draft.session_at, confirmed=draft.confirmed)


def _not_to_be_opened(opening: Opening) -> Refused:
    return Refused(
        code="not_adopted",
        message=f"{opening.slot} is no longer adopted in {label(int(opening.slot[:4]))}, so it stays shut.",
        source="local.programme",
        field="slot",
    )


def programme_effects(
    client: Client, queue: str, ledger: KeepsProgrammes, opener: SlotOpener
) -> tuple[Effect, ...]:
    """What a worker needs for programmes, beside what it needs for cycles."""
    doing = ProgrammeActivities(Appointments(client, queue), opener)
    return ProgrammeLedgerActivities(ledger).record_programme, doing.arrange, doing.open_slot
