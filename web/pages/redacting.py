"""Redacting a draft: words are chosen one passage at a time, the copy is seen, and then it is sent."""

from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rules.acting.authority import MAY
from rules.publishing.redaction import GROUNDS, located, readable, redacted
from schemas.cycle import FindingsVersion, Span, WithheldItem
from schemas.outcomes import NotKnownYet, Refused
from schemas.people import Person
from schemas.shape import Words
from web.acting.doing import COMMAND, GENERAL
from web.acting.refusals import of_shape, treatment
from web.acting.scenes import scene_of
from web.door.identity import NotYours, actor, require
from web.door.rooms import rooms
from web.forms.fields import Field, Option, Typed
from web.forms.findings import newest_draft
from web.forms.form import Scene
from web.forms.posted import FormBack, Posted, fresh_key
from web.forms.sensitivity import words_of
from web.showing.page import render

router = APIRouter(include_in_schema=False)
Anybody = Annotated[Person, Depends(require())]
TEXTS = (Option("body", "The account"), Option("answer", "The answer in one sentence"))
GROUND_OPTIONS = tuple(Option(ground, words[:1].upper() + words[1:]) for ground, words in GROUNDS.items())
MOST = 200


@dataclass(frozen=True)
class Chosen:
    """What has been chosen so far, and what is wrong with the last choice."""

    spans: tuple[Span, ...] = ()
    items: tuple[WithheldItem, ...] = ()
    errors: dict[str, str] = field(default_factory=dict)
    status: int = 200


@router.get("/cycles/{reference}/act/Redact")
async def ask(request: Request, reference: str, person: Anybody) -> Response:
    """Show the draft, with what was taken out of it before."""
    _allow(person)
    scene = await scene_of(request, person, reference)
    draft = newest_draft(scene.cycle)
    before = draft.redaction if draft else None
    chosen = Chosen(before.spans, before.items) if before else Chosen()
    return _show(request, scene, chosen, Typed())


@router.post("/cycles/{reference}/act/Redact")
async def carry_out(request: Request, reference: str, person: Anybody, back: FormBack) -> Response:
    """Add a passage, take one away, or send the copy."""
    _allow(person)
    scene = await scene_of(request, person, reference, back)
    draft = newest_draft(scene.cycle)
    if draft is None:
        return _show(request, scene, Chosen(), back.typed)
    chosen = _without(_chosen(scene, back.typed), back.typed)
    if back.typed.one("add"):
        chosen = _with(scene, draft, chosen, back.typed)
        return _show(request, scene, chosen, back.typed if chosen.errors else _kept(back.typed))
    if back.typed.one("send"):
        return await _send(request, scene, draft, chosen, back)
    return _show(request, scene, chosen, _kept(back.typed))


def _allow(person: Person) -> None:
    if person.role not in MAY["Redact"]:
        raise NotYours(MAY["Redact"])


def _chosen(scene: Scene, typed: Typed) -> Chosen:
    """What the form carries: passages by their places, items by theirs."""
    spans = [made for said in typed.all("span")[:MOST] if (made := _span(said))]
    ground = typed.one("items-ground")
    items = [
        item
        for said in typed.all("item")[:MOST]
        if said in {one.value for one in item_options(scene)} and (item := _item(said, ground))
    ]
    return Chosen(tuple(spans), tuple(items))


def _span(said: str) -> Span | None:
    of, start, end, ground, paragraph = (*said.split(":", 4), "", "", "", "")[:5]
    facts = {"of": of, "start": start, "end": end, "ground": ground, "paragraph": paragraph or None}
    try:
        return Span.model_validate(facts)
    except ValidationError:
        return None


def _item(said: str, ground: str) -> WithheldItem | None:
    request, version, item = said.split(":")
    facts = {"request": request, "version": version, "item": item, "ground": ground}
    try:
        return WithheldItem.model_validate(facts)
    except ValidationError:
        return None


def _without(chosen: Chosen, typed: Typed) -> Chosen:
    gone = typed.one("remove")
    return Chosen(tuple(one for one in chosen.spans if _said(one) != gone), chosen.items)


def _with(scene: Scene, draft: FindingsVersion, chosen: Chosen, typed: Typed) -> Chosen:
    of = "answer" if typed.one("of") == "answer" else "body"
    original = scene.say(getattr(draft, of))
    nth = typed.one("nth", "1").strip() or "1"
    words = typed.one("words").replace("\r\n", "\n").strip("\n")
    if typed.one("ground") not in GROUNDS:
        return Chosen(chosen.spans, chosen.items, {"ground": "Choose the ground"}, 422)
    found = located(original, words, int(nth) if nth.isdecimal() and len(nth) < len("10000") else 0)
    if isinstance(found, Refused):
        return Chosen(chosen.spans, chosen.items, {"words": found.message}, 422)
    facts = {"of": of, "start": found[0], "end": found[1], "ground": typed.one("ground")}
    paragraph = typed.one("paragraph").strip()[:80] or None
    spans = (*chosen.spans, Span.model_validate({**facts, "paragraph": paragraph}))
    copy = redacted(original, [one for one in spans if one.of == of])
    if isinstance(copy, Refused):
        return Chosen(chosen.spans, chosen.items, {"words": copy.message}, 422)
    return Chosen(spans, chosen.items)


async def _send(
    request: Request, scene: Scene, draft: FindingsVersion, chosen: Chosen, back: Posted
) -> Response:
    if back.typed.all("item") and not chosen.items:
        wrong = {"items-ground": "Choose the ground on which the items are withheld"}
        return _show(request, scene, Chosen(chosen.spans, (), wrong, 422), back.typed)
    words = Words()
    facts = {
        "kind": "Redact",
        "cycle": scene.cycle.reference,
        "key": back.key,
        "actor": actor(request, scene.person),
        "version": draft.version,
        "spans": chosen.spans,
        "items": chosen.items,
        "answer": words.ref(copy_of(scene, draft, chosen, "answer")),
        "body": words.ref(copy_of(scene, draft, chosen, "body")),
    }
    try:
        outcome = await rooms(request).desk.send(COMMAND.validate_python(facts), words)
    except ValidationError as wrong:
        outcome = of_shape(wrong)[0]
    if isinstance(outcome, Refused):
        errors, status = {GENERAL: outcome.message}, treatment(outcome).status
        return _show(request, scene, Chosen(chosen.spans, chosen.items, errors, status), back.typed)
    if isinstance(outcome, NotKnownYet):
        return render(
            request, "acts/waiting.html", 202, title="No answer yet", message=outcome.message,
            pairs=[*back.typed.pairs(), ("send", "yes")],
        )  # fmt: skip
    request.session["said"] = "Findings redacted. Somebody else has to check the copy"
    return RedirectResponse(f"/cycles/{scene.cycle.reference}/findings", 303)


def copy_of(scene: Scene, draft: FindingsVersion, chosen: Chosen, of: str) -> str:
    """The copy of one text as it would be published; the original where a passage cannot be placed."""
    original = scene.say(getattr(draft, of))
    made = redacted(original, [one for one in chosen.spans if one.of == of])
    return original if isinstance(made, Refused) else made


def item_options(scene: Scene) -> tuple[Option, ...]:
    """Every item of every return that could be withheld, by its place."""
    return tuple(
        Option(
            f"{request.number}:{back.version}:{place}",
            f"Request {request.number}, version {back.version}, item {place}: " + words_of(scene, item),
        )
        for request in scene.cycle.requests
        for back in request.returns
        for place, item in enumerate(back.items, start=1)
    )


def _show(request: Request, scene: Scene, chosen: Chosen, typed: Typed) -> Response:
    draft = newest_draft(scene.cycle)
    ground = next((one.ground for one in chosen.items), "")
    taken = [f"{one.request}:{one.version}:{one.item}" for one in chosen.items]
    before = Typed() if typed.said else Typed({"item": taken, "items-ground": [ground]})
    return render(
        request, "findings/redact.html", chosen.status, title="Redact the findings", cycle=scene.cycle,
        say=scene.say, draft=draft, errors=chosen.errors, key=typed.one("key") or fresh_key(),
        typed=typed, carried=typed if typed.said else before, passages=_passages(scene, draft, chosen),
        answer=copy_of(scene, draft, chosen, "answer") if draft else "",
        body=copy_of(scene, draft, chosen, "body") if draft else "", fields=_fields(),
        item_fields=_item_fields(scene), back=_back(scene),
    )  # fmt: skip


def _back(scene: Scene) -> tuple[str, str]:
    return (f"/cycles/{scene.cycle.reference}/findings", "The findings")


def _fields() -> tuple[Field, ...]:
    return (
        Field("of", "In which text?", "one", options=TEXTS, start="body"),
        Field(
            "words",
            "Which words?",
            "text",
            rows=2,
            hint="Select them in the draft above, or copy them exactly as they stand there.",
        ),
        Field("nth", "Which time that they stand there?", start="1", hint="1 is the first."),
        Field("ground", "On which ground?", "choose", options=GROUND_OPTIONS),
        Field("paragraph", "Which paragraph of the order?", optional=True, hint="If there is one."),
    )


def _item_fields(scene: Scene) -> tuple[Field, ...]:
    options = item_options(scene)
    if not options:
        return ()
    return (
        Field("item", "Items of returns that are not published", "many", options=options, optional=True),
        Field("items-ground", "On which ground are they withheld?", "choose", options=GROUND_OPTIONS),
    )


def _passages(scene: Scene, draft: FindingsVersion | None, chosen: Chosen) -> list[tuple[str, str, str]]:
    """Each passage: what the form carries of it, its words, and its ground."""
    if draft is None:
        return []
    return [(_said(one), *readable(scene.say(getattr(draft, one.of)), [one])[0]) for one in chosen.spans]


def _said(span: Span) -> str:
    return f"{span.of}:{span.start}:{span.end}:{span.ground}:{span.paragraph or ''}"


def _kept(typed: Typed) -> Typed:
    """What stays typed once a passage was added: everything but the passage itself."""
    gone = ("words", "nth", "paragraph", "add", "remove")
    return Typed({name: values for name, values in typed.said.items() if name not in gone})
