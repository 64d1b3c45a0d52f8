"""What is in the archive: everything that was published, as tables, as data and as pages.

How promises stand comes from the record and nothing from the hour: the same record makes the same bytes.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime

from handover.cells import Row, written
from handover.growing import Growing, GrowingTable
from schemas.plans import Plan
from schemas.rows import CyclePage, PublicationRow
from store.reads import Reads
from web.door.rooms import Office
from web.papers import tables
from web.papers.bundle import File
from web.papers.facts import facts_json, withdrawn_json
from web.papers.ledger import ledger_files
from web.papers.lists import ListOf
from web.public.gathering import Meeting, meetings
from web.public.record import record
from web.showing import words
from web.showing.page import environment

ACTIONS = ("reference", "version", "action", "promise", "promised_for", "due_now", "owner", "state", "missed",
           "checked_at")  # fmt: skip
DECISIONS = ("reference", "version", "decision", "title", "reasons", "basis")
VERSIONS = (
    "reference",
    "version",
    "published_at",
    "withdrawn_at",
    "correction",
    "fingerprint",
    "data",
    "page",
)
MEETINGS = ("meeting", "starts_at", "forum", "cycles", "about", "held_at", "called_off_at",
            "agenda_published_at", "agenda_late", "agenda")  # fmt: skip
COMMITMENTS = ("reference", "objective", "kind", "text")
AT_ONCE = 200
"""Meetings that are read at once."""
LONG_AGO = datetime(2012, 11, 22, tzinfo=UTC)
"""Before the first meeting of any office: so everything is to come, and all of it is told."""


class Tables:
    """The tables as they grow: on disk, but for what a line of the first page needs."""

    def __init__(self, office: Office, plan: Plan | None, owners: Mapping[str, str]) -> None:
        self.office, self.plan, self.owners = office, plan, owners
        self.findings, self.versions = GrowingTable(tables.FINDINGS), GrowingTable(VERSIONS)
        self.actions, self.decisions = GrowingTable(ACTIONS), GrowingTable(DECISIONS)
        self.data, self._list = Growing(), ListOf()
        self.data.put(self._list.begun())
        self.index: list[PublicationRow] = []

    def take(self, versions: list[PublicationRow], page: CyclePage | None) -> None:
        """What the tables say of one cycle, by its newest version."""
        newest = versions[-1]
        said = tables.as_data(newest, self.plan, self.office.public_url)
        self.findings.add((tables.findings_line(said),))
        self.data.put(self._list.items((said,)))
        self.versions.add(_version(one) for one in versions)
        self.index.append(_short(newest))
        if newest.withdrawn_at:
            return
        found = record(newest, None, [], plan=self.plan, people={}, now=newest.published_at)
        self.decisions.add(
            (newest.cycle, newest.version, one.number, one.title, one.reasons, one.basis)
            for one in found.decisions
        )
        of = (newest.cycle, newest.version)
        self.actions.add(
            (*of, one.number, one.what, one.promised_on, *self._stands(page, one.number))
            for one in found.actions
        )

    def files(self) -> list[tuple[str, Growing]]:
        """The tables, whole."""
        self.data.put(self._list.ended())
        return [
            ("findings.csv", self.findings), ("findings.json", self.data), ("versions.csv", self.versions),
            ("actions.csv", self.actions), ("decisions.csv", self.decisions),
        ]  # fmt: skip

    def _stands(self, page: CyclePage | None, number: str) -> tuple[object, ...]:
        action = page.cycle.action(number) if page else None
        if action is None:
            return ("", "", "", "", "")
        owner = self.owners.get(action.owner, "The force")
        state = words.ACTION_STATES.get(action.state, action.state)
        checked = action.verified_at.isoformat() if action.verified_at else ""
        return (action.due.on, owner, state, "yes" if action.missed else "no", checked)


async def everything(reads: Reads, office: Office) -> AsyncIterator[File]:
    """Every file of the archive, in the same order for the same record; pages are made in a thread."""
    plan = await reads.plan()
    grown = Tables(office, plan, {one.id: one.title for one in (await reads.people()).values()})
    yield "README.txt", _template("public/archive-readme.txt", office=office)
    if plan:
        yield "plan.json", (plan.model_dump_json(indent=1) + "\n").encode()
        yield "plan.csv", _plan(plan)
    versions: list[PublicationRow] = []
    async for row in reads.every_publication():
        if versions and versions[-1].cycle != row.cycle:
            await _cycle(grown, reads, versions)
            versions = []
        versions.append(row)
        for name, said in await asyncio.to_thread(_files, row, office, plan):
            yield name, said
    if versions:
        await _cycle(grown, reads, versions)
    for one in grown.files():
        yield one
    yield "meetings.csv", await _meetings(reads)
    index = await asyncio.to_thread(_template, "public/archive-index.html", office=office, rows=grown.index)
    yield "index.html", index
    async for file in ledger_files(reads):
        yield file


async def _cycle(grown: Tables, reads: Reads, versions: list[PublicationRow]) -> None:
    page = await reads.cycle(versions[-1].cycle)
    await asyncio.to_thread(grown.take, versions, page)


async def _meetings(reads: Reads) -> bytes:
    """Every meeting that everybody may know of, some at a time."""
    lines: list[tuple[datetime, str, Row]] = []
    for some in (reads.meetings_ahead, reads.meetings_behind):
        skip = 0
        while rows := (await some(LONG_AGO, AT_ONCE, skip)).rows:
            lines += [(one.starts_at, one.key, _meeting(one)) for one in meetings(rows, LONG_AGO)]
            skip += AT_ONCE
    return written(MEETINGS, (line for _, _, line in sorted(lines, key=lambda one: one[:2])))


def _short(row: PublicationRow) -> PublicationRow:
    """What the first page says of findings, without the rest of them."""
    facts = {name: row.facts.get(name) for name in ("title", "answer")}
    said = {ref: row.words[ref] for ref in facts.values() if ref in row.words}
    return row.model_copy(update={"facts": facts, "words": said})


def _files(row: PublicationRow, office: Office, plan: Plan | None) -> list[tuple[str, bytes]]:
    address = f"{office.public_url}/findings/{row.cycle.lower()}"
    if row.withdrawn_at:
        return [(_name(row, "json"), withdrawn_json(row, address))]
    found = record(row, None, [], plan=plan, people={}, now=row.published_at)
    page = _template("public/archive-record.html", record=found, office=office, address=address)
    return [(_name(row, "json"), facts_json(row, address)), (_name(row, "html"), page)]


def _version(row: PublicationRow) -> tuple[object, ...]:
    gone = row.withdrawn_at
    correction = "" if gone else row.say(row.facts.get("correction"))
    page = "" if gone else _name(row, "html")
    return (
        row.cycle, row.version, row.published_at.isoformat(), gone.isoformat() if gone else "", correction,
        row.fingerprint, _name(row, "json"), page,
    )  # fmt: skip


def _name(row: PublicationRow, kind: str) -> str:
    return f"findings/{row.cycle.lower()}/version-{row.version}.{kind}"


def _meeting(one: Meeting) -> tuple[object, ...]:
    return (
        one.key, one.starts_at.isoformat(), one.forum, "; ".join(it.reference for it in one.subjects),
        "; ".join(it.title for it in one.subjects), _at(one.held_at), _at(one.cancelled_at),
        _at(one.agenda.at) if one.agenda else "",
        ("yes" if one.agenda.late else "no") if one.agenda else "",
        "; ".join(one.agenda.items) if one.agenda else "",
    )  # fmt: skip


def _at(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _plan(plan: Plan) -> bytes:
    lines = [(it.ref, one.title, it.kind, it.text) for one in plan.objectives for it in one.commitments]
    return written(COMMITMENTS, lines)


def _template(name: str, **facts: object) -> bytes:
    return environment().get_template(name).render(**facts).encode()
