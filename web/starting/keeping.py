"""A draft as pages change it: begun, kept by steps, never written over by somebody who had not seen it."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request

from schemas.drafts import Draft
from schemas.people import Person
from web.door.drafting import KeepsDrafts
from web.door.rooms import rooms
from web.starting.steps import Facts, base_of, with_step

NOT_FOUND = 404
TRIES = 3
"""How often a step is put beside another step that was kept at the same moment."""


@dataclass(frozen=True)
class Overtaken:
    """Somebody else changed the same step meanwhile."""

    stands: Draft


def drafts(request: Request) -> KeepsDrafts:
    """Where drafts are kept.

    Raises: HTTPException: nowhere, in this product.
    """
    kept = rooms(request).drafts
    if kept is None:
        raise HTTPException(NOT_FOUND)
    return kept


async def the_draft(request: Request, name: str) -> Draft:
    """One draft of a cycle.

    Raises: HTTPException: there is none, or it was thrown away.
    """
    found = await drafts(request).draft(name)
    if found is None or found.kind != "cycle":
        raise HTTPException(NOT_FOUND)
    return found


async def begin(request: Request, person: Person, name: str, facts: Facts) -> Draft:
    """Begin a draft under a form's own key: a second submission finds the first one's."""
    now = rooms(request).now()
    fresh = Draft(
        id=name, kind="cycle", person=person.id, facts=facts, version=0, begun_at=now,
        changed_by=person.id, changed_at=now,
    )  # fmt: skip
    return await drafts(request).keep_draft(fresh) or await the_draft(request, name)


@dataclass(frozen=True)
class Step:
    """One step as it came back: what was typed on it, and the mark of what stood there when it was shown."""

    name: str
    typed: Facts
    base: str


async def keep_step(request: Request, person: Person, draft: Draft, step: Step) -> Draft | Overtaken:
    """Keep what was typed on one step, unless somebody else has changed that step since its page was made."""
    for _ in range(TRIES):
        facts = with_step(draft.facts, step.name, step.typed)
        if step.base != base_of(draft.facts, step.name) != base_of(facts, step.name):
            return Overtaken(draft)
        if kept := await keep(request, person, draft, facts):
            return kept
        draft = await the_draft(request, draft.id)
    return Overtaken(draft)


async def keep(request: Request, person: Person, draft: Draft, facts: Facts) -> Draft | None:
    """Keep a draft with other facts; the same facts change nothing. None where somebody was sooner."""
    if facts == draft.facts:
        return draft
    changed = {"facts": facts, "changed_by": person.id, "changed_at": rooms(request).now()}
    return await drafts(request).keep_draft(draft.model_copy(update=changed))
