"""The report pack for the panel: one PDF, the findings' own PDFs, tables and data, the same each time."""

import json
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from handover.cells import written
from rules.clocks import civil, instant
from schemas.plans import Plan
from store.reads import Reads
from store.viewing import looking
from web.door.rooms import Office
from web.papers import panel, pdf, tables
from web.papers.facts import facts_json, withdrawn_json
from web.public.record import record
from web.secretariat.clocks import Clock
from web.secretariat.facts import PanelFacts, Published, forum
from web.showing.dates import day, moment

CLOCKS = ("clock", "by", "whose", "state", "if_nothing_happens")
ACTIONS = ("reference", "action", "promise", "promised_for", "owner", "state", "note")
DELIVERY = ("Objective", "Commitment", "What it says", "Rating", "Narrative")


def told(facts: PanelFacts, office: Office) -> dict[str, Any]:
    """Everything that the paper says, as plain data: of public facts alone."""
    standing = facts.standing
    return {
        "office": {"name": office.name, "colour": office.colour, "address": office.public_url},
        "as_of": day(facts.now),
        "meeting": _meeting(facts),
        "since": day(facts.since) if facts.since else "",
        "published": [_line(one) for one in facts.published],
        "cut": facts.cut,
        "clocks": [_clock(one) for one in facts.clocks],
        "replies": [
            {
                "title": one.title,
                "kind": one.kind,
                "state": one.state,
                "by": day(one.clock.due_at) if one.clock else "",
                "late": bool(one.clock and one.clock.late),
            }
            for one in facts.replies
        ],
        "findings": [_finding(one, office) for one in standing],
        "actions": [_action(one, it) for one in standing for it in one.record.actions],
        "late": [{"what": one.what, "whose": one.whose, "due": day(one.due_at)} for one in facts.late],
        "decisions": [
            {"reference": one.row.cycle, "title": it.title, "basis": it.basis}
            for one in standing
            for it in one.record.decisions
        ],
        "successions": [
            {"what": one.what, "was": one.was_name, "to": one.to_name, "on": day(one.from_on)}
            for one in facts.successions
        ],
        "delivery": _delivery(facts),
    }


async def paper(facts: PanelFacts, office: Office) -> bytes:
    """The pack as one PDF, dated with the day on which it stood so."""
    return await panel.paper(told(facts, office), stamp(facts.now))


def stamp(now: datetime) -> int:
    """The instant that a pack bears: the beginning of its day."""
    return int(instant(civil(now), "00:00").timestamp())


async def files(
    facts: PanelFacts, office: Office, reads: Reads, plan: Plan | None
) -> AsyncIterator[tuple[str, bytes]]:
    """Every file of the pack, in the same order for the same facts."""
    said = told(facts, office)
    yield "report.pdf", await panel.paper(said, stamp(facts.now))
    yield "panel.json", json.dumps(said, indent=1, ensure_ascii=False, sort_keys=True).encode() + b"\n"
    yield "findings.csv", tables.findings([one.row for one in facts.published], plan, office.public_url)
    yield "clocks.csv", written(CLOCKS, (list(one.values()) for one in said["clocks"]))
    yield "actions.csv", written(ACTIONS, ([one[name] for name in ACTIONS] for one in said["actions"]))
    for one in sorted(facts.published, key=lambda it: (it.row.cycle, it.row.version)):
        name = f"findings/{one.record.slug}-v{one.row.version}"
        address = f"{office.public_url}/findings/{one.record.slug}"
        if one.row.withdrawn_at:
            yield f"{name}.json", withdrawn_json(one.row, address)
            continue
        data = facts_json(one.row, address)
        with looking():
            page, rows = await reads.cycle(one.row.cycle), await reads.timeline(one.row.cycle, public=True)
        whole = record(one.row, page, rows, plan=plan, people={}, now=facts.now)
        yield f"{name}.json", data
        yield f"{name}.pdf", await pdf.paper(whole, data, office)


def _meeting(facts: PanelFacts) -> str:
    if facts.next is None:
        return ""
    return f"{forum(facts.next.row)}, {moment(facts.next.row.starts_at)}"


def _line(one: Published) -> dict[str, Any]:
    gone = one.row.withdrawn_at is not None
    return {
        "on": day(one.at),
        "what": "Withdrawn" if gone else one.what,
        "reference": one.row.cycle,
        "title": one.record.title,
        "words": (one.row.withdrawal or "Withdrawn without a notice") if gone else one.record.answer,
    }


def _clock(one: Clock) -> dict[str, str]:
    state = one.done or ("Late" if one.late else "Still owed")
    return {
        "title": one.title,
        "by": day(one.due_at),
        "whose": one.whose,
        "state": state,
        "silence": one.silence,
    }


def _finding(one: Published, office: Office) -> dict[str, Any]:
    found = one.record
    return {
        "reference": one.row.cycle,
        "version": found.version,
        "title": found.title,
        "published": moment(found.published_at),
        "question": found.question,
        "answer": found.answer,
        "correction": found.more.correction,
        "judgements": [{"title": it.title, "label": it.label, "tone": it.tone} for it in found.judgements],
        "actions": [
            {"number": it.number, "what": it.what, "on": day(it.promised_on), "state": it.state}
            for it in found.actions
        ],
        "withheld": len(found.more.withheld),
        "link": f"{office.public_url}/findings/{found.slug}",
    }


def _action(one: Published, it: Any) -> dict[str, str]:
    return {
        "reference": one.row.cycle,
        "action": it.number,
        "promise": it.what,
        "promised_for": day(it.promised_on),
        "owner": it.owner,
        "state": it.state,
        "note": it.note,
    }


def _delivery(facts: PanelFacts) -> dict[str, Any]:
    if facts.delivery is None:
        return {"frozen": "", "lines": []}
    return {
        "frozen": moment(facts.delivery.snapshot.at),
        "lines": [{name: one.get(name, "") for name in DELIVERY} for one in facts.delivery.lines],
    }
