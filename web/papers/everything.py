"""What is in the archive: everything that was published, as tables, as data and as pages.

How promises stand comes from the record and nothing from the hour: the same record makes the same bytes.
"""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from schemas.plans import Plan
from schemas.rows import CyclePage, PublicationRow
from store.reads import Reads
from web.door.rooms import Office
from web.papers import tables
from web.papers.facts import facts_json, withdrawn_json
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
LONG_AGO = datetime(2012, 11, 22, tzinfo=UTC)
"""Before the first meeting of any office: so everything is to come, and all of it is told."""


@dataclass
class Tables:
    """The tables as they grow."""

    findings: list[PublicationRow] = field(default_factory=list)
    versions: list[tuple[object, ...]] = field(default_factory=list)
    actions: list[tuple[object, ...]] = field(default_factory=list)
    decisions: list[tuple[object, ...]] = field(default_factory=list)
    cycles: dict[str, CyclePage] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    """The titles of people by their ids."""


async def everything(reads: Reads, office: Office) -> AsyncIterator[tuple[str, bytes]]:
    """Every file of the archive, in the same order for the same record."""
    plan = await reads.plan()
    grown = Tables(owners={one.id: one.title for one in (await reads.people()).values()})
    yield "README.txt", _template("public/archive-readme.txt", office=office)
    if plan:
        yield "plan.json", (plan.model_dump_json(indent=1) + "\n").encode()
        yield "plan.csv", _plan(plan)
    versions: list[PublicationRow] = []
    async for row in reads.every_publication():
        if versions and versions[-1].cycle != row.cycle:
            await _cycle(grown, reads, versions, plan)
            versions = []
        versions.append(row)
        for name, said in _files(row, office, plan):
            yield name, said
    if versions:
        await _cycle(grown, reads, versions, plan)
    for name, said in await _tables(grown, reads, office, plan):
        yield name, said


async def _tables(grown: Tables, reads: Reads, office: Office, plan: Plan | None) -> list[tuple[str, bytes]]:
    coming = await reads.meetings_for_all(LONG_AGO, 10_000, 0)
    pages = {one.cycle.reference: one for one in coming} | grown.cycles
    listed = [_meeting(one) for one in meetings(pages.values(), LONG_AGO)]
    listed_findings = [tables.as_data(one, plan, office.public_url) for one in grown.findings]
    return [
        ("findings.csv", tables.findings(grown.findings, plan, office.public_url)),
        ("findings.json", json.dumps(listed_findings, ensure_ascii=False, indent=1).encode() + b"\n"),
        ("versions.csv", tables.written(VERSIONS, grown.versions)),
        ("actions.csv", tables.written(ACTIONS, grown.actions)),
        ("decisions.csv", tables.written(DECISIONS, grown.decisions)),
        ("meetings.csv", tables.written(MEETINGS, listed)),
        ("index.html", _template("public/archive-index.html", office=office, rows=grown.findings)),
    ]


def _files(row: PublicationRow, office: Office, plan: Plan | None) -> list[tuple[str, bytes]]:
    address = f"{office.public_url}/findings/{row.cycle.lower()}"
    if row.withdrawn_at:
        return [(_name(row, "json"), withdrawn_json(row, address))]
    found = record(row, None, [], plan=plan, people={}, now=row.published_at)
    page = _template("public/archive-record.html", record=found, office=office, address=address)
    return [(_name(row, "json"), facts_json(row, address)), (_name(row, "html"), page)]


async def _cycle(grown: Tables, reads: Reads, versions: list[PublicationRow], plan: Plan | None) -> None:
    """What the tables say of one cycle, by its newest version."""
    newest = versions[-1]
    page = await reads.cycle(newest.cycle)
    grown.findings.append(newest)
    grown.versions += [_version(one) for one in versions]
    if page:
        grown.cycles[newest.cycle] = page
    if newest.withdrawn_at:
        return
    found = record(newest, None, [], plan=plan, people={}, now=newest.published_at)
    grown.decisions += [
        (newest.cycle, newest.version, one.number, one.title, one.reasons, one.basis)
        for one in found.decisions
    ]
    for one in found.actions:
        action = page.cycle.action(one.number) if page else None
        stands: tuple[object, ...] = ("", "", "", "", "")
        if action:
            owner = grown.owners.get(action.owner, "The force")
            state = words.ACTION_STATES.get(action.state, action.state)
            checked = action.verified_at.isoformat() if action.verified_at else ""
            stands = (action.due.on, owner, state, "yes" if action.missed else "no", checked)
        grown.actions.append((newest.cycle, newest.version, one.number, one.what, one.promised_on, *stands))


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
    return tables.written(COMMITMENTS, lines)


def _template(name: str, **facts: object) -> bytes:
    return environment().get_template(name).render(**facts).encode()
