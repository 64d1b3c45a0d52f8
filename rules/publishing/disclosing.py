"""What is disclosed beyond the plain account: questions, votes, notices, withheld items, corrections."""

from datetime import datetime
from typing import Any

from rules.publishing.withholding import GROUNDS, withheld_items
from schemas.cycle import Cycle, FindingsVersion, Notice, Question, Session, Vote, WithheldItem
from schemas.evidence import Ground
from schemas.shape import Digest


def disclosed(cycle: Cycle, version: FindingsVersion) -> dict[str, Any]:
    """The facts that only some cycles have; those that this one does not have are left out altogether.

    Source: prsra-2011.s11
    """
    before = replaced(cycle, version)
    held = [one for one in cycle.sessions if one.held_at]
    found: dict[str, Any] = {
        "questions": [_question(one, session) for session in held for one in session.questions],
        "votes": [_vote(one, session) for session in held for one in session.votes],
        "withheld": withheld(cycle, version),
        "correction": version.correction,
        "replaces": before.version if before else None,
    }
    return {name: value for name, value in found.items() if value}


def replaced(cycle: Cycle, version: FindingsVersion) -> FindingsVersion | None:
    """The newest published version before one, which it takes the place of; None for the first.

    Source: local.release
    """
    earlier = (one for one in reversed(cycle.findings) if one.version < version.version)
    return next((one for one in earlier if one.published_at), None)


def notices_of(session: Session) -> dict[str, Any]:
    """When a session's agenda and papers were published, and whether in time; nothing where none were.

    Source: prsra-2011.s11
    """
    found = {"agenda": session.agendas, "papers": session.papers}
    return {name: [_notice(one) for one in said] for name, said in found.items() if said}


def withheld(cycle: Cycle, version: FindingsVersion) -> list[dict[str, Any]]:
    """What is not published, where it stood, on which ground and by which source; never what it says.

    Source: local.redaction
    """
    return [*_items(cycle, version), *_passages(version)]


def withheld_files(cycle: Cycle, version: FindingsVersion) -> frozenset[Digest]:
    """The digests of the files that are withheld: none of them stands in what is published.

    Source: local.redaction
    """
    places = {(one["request"], one["version"], one["item"]) for one in _items(cycle, version)}
    return frozenset(
        item.digest
        for request in cycle.requests
        for back in request.returns
        for place, item in enumerate(back.items, start=1)
        if item.kind == "file" and (request.number, back.version, place) in places
    )


def _items(cycle: Cycle, version: FindingsVersion) -> list[dict[str, Any]]:
    """The items that the force's claims withhold and those that the office took out; each once."""
    taken = version.redaction.items if version.redaction else ()
    by_place = {(one.request, one.version, one.item): one for one in (*taken, *withheld_items(cycle))}
    return [_item(cycle, by_place[place]) for place in sorted(by_place)]


def _item(cycle: Cycle, one: WithheldItem) -> dict[str, Any]:
    request = cycle.request(one.request)
    back = next((it for it in request.returns if it.version == one.version), None) if request else None
    kind = back.items[one.item - 1].kind if back and 1 <= one.item <= len(back.items) else "item"
    said = {"what": kind, "request": one.request, "version": one.version, "item": one.item}
    return {**said, **_ground(one.ground, one.paragraph)}


def _passages(version: FindingsVersion) -> list[dict[str, Any]]:
    spans = version.redaction.spans if version.redaction else ()
    ordered = sorted(spans, key=lambda one: (one.of, one.start))
    return [{"what": "passage", "of": one.of, **_ground(one.ground, one.paragraph)} for one in ordered]


def _ground(ground: Ground, paragraph: str | None) -> dict[str, Any]:
    said = {"ground": ground, "source": GROUNDS[ground]}
    return {**said, "paragraph": paragraph} if paragraph else said


def _question(one: Question, session: Session) -> dict[str, Any]:
    said = {
        "session": session.number,
        "number": one.number,
        "question": one.question,
        "asked_by": one.asked_by,
        "answer": one.answer,
        "answered_at": _when(one.answered_at),
    }
    return {**said, "in_writing_by": one.in_writing_by.isoformat()} if one.in_writing_by else said


def _vote(one: Vote, session: Session) -> dict[str, Any]:
    said = {
        "session": session.number,
        "number": one.number,
        "question": one.question,
        "for": one.votes_for,
        "against": one.votes_against,
        "abstained": one.abstained,
        "required": one.required,
        "carried": one.carried,
        "source": one.source,
    }
    return said if one.casting_for is None else {**said, "casting_for": one.casting_for}


def _notice(one: Notice) -> dict[str, Any]:
    return {"at": one.at.isoformat(), "late": one.late}


def _when(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
