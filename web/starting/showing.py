"""What the pages of a draft show: one step of it, all of it to be checked, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from rules.clocks import civil
from schemas.drafts import Draft
from schemas.people import Person
from web.acting.completing import newest
from web.door.rooms import rooms
from web.forms import opening
from web.forms.fields import Field, Option, Typed
from web.forms.form import Scene
from web.showing import dates, words
from web.showing.page import render
from web.starting.keeping import Overtaken
from web.starting.steps import ORDER, STEPS, Facts, base_of, fields_of, start_of, step_of
from web.starting.thinking import Thought, last_day_of, proposed, think


@dataclass(frozen=True)
class Again:
    """A step is shown again: what was typed, what is wrong with it, and who was there meanwhile."""

    typed: Facts | None = None
    errors: Mapping[str, str] = field(default_factory=dict)
    overtaken: Overtaken | None = None
    status: int = 200
    looked_for: str = ""


async def show_step(request: Request, scene: Scene, draft: Draft, step: str, again: Again) -> Response:
    """One step with its fields, as it stands in the draft or as it was typed."""
    facts = {**draft.facts} if again.typed is None else again.typed
    if step == "dates" and again.typed is None:
        facts = await _with_day(request, draft)
    typed = Typed(facts)
    fields = _narrowed(fields_of(step, scene, typed), typed, again.looked_for)
    thought = await think(request, scene, typed) if step == "dates" and not again.errors else Thought()
    place = ORDER.index(step)
    return render(
        request, f"starting/{step}.html", again.status, title=STEPS[step], step=step, fields=fields,
        typed=typed, errors=again.errors, draft=draft, base=base_of(draft.facts, step), place=place + 1,
        many=len(ORDER), thought=thought, people=scene.people, start=start_of(facts, rooms(request).starts),
        rows=_rows(fields), may_more=opening.rows(typed) < opening.MOST, count=opening.rows(typed),
        overtaken=_overtaken(scene, step, again, fields), last_day=last_day_of(typed),
        looked_for=again.looked_for, elsewhere=_elsewhere(thought),
        back=_before(draft, place), starts=rooms(request).starts,
    )  # fmt: skip


async def show_check(
    request: Request, scene: Scene, draft: Draft, errors: Mapping[str, str] | None = None, status: int = 200
) -> Response:
    """Everything that was typed, with a way to change each part, and what would come of it."""
    typed = Typed(draft.facts)
    thought = await think(request, scene, typed)
    wrong = {**thought.errors, **(errors or {})}
    return render(
        request, "starting/check.html", status, title=STEPS["check"], draft=draft, thought=thought,
        errors=wrong, where={name: step_of(name) for name in wrong}, steps=STEPS, typed=typed,
        people=scene.people, plan=scene.plan, kinds=await newest_titles(request), place=len(ORDER),
        many=len(ORDER), filled=opening.filled(typed), last_day=last_day_of(typed),
        start=start_of(draft.facts, rooms(request).starts),
        back=(f"/cycles/new/{draft.id}/dates", STEPS["dates"]),
    )  # fmt: skip


async def newest_titles(request: Request) -> dict[str, str]:
    """What the kinds of cycle are called."""
    return {one.id: one.title for one in (await newest(rooms(request))).values()}


def saved_by(draft: Draft, people: Mapping[str, Person]) -> str:
    """Who kept a draft last, with the role."""
    one = people.get(draft.changed_by)
    return one.title + words.capacity(one.role, one.title) if one else words.spelled(draft.changed_by)


def _before(draft: Draft, place: int) -> tuple[str, str]:
    """The step before one, or the list of cycles before the first."""
    if place == 0:
        return ("/cycles", "Cycles")
    return (f"/cycles/new/{draft.id}/{ORDER[place - 1]}", STEPS[ORDER[place - 1]])


async def _with_day(request: Request, draft: Draft) -> dict[str, Any]:
    """The draft's facts with a day proposed for the session, where none was typed yet."""
    facts = dict(draft.facts)
    kinds = await newest(rooms(request))
    kind = kinds.get(draft.first("kind_of_cycle"))
    if kind is None or any(name.startswith("starts_on-") for name in facts):
        return facts
    return {**facts, **await proposed(request, facts, kind)}


def _narrowed(fields: tuple[Field, ...], typed: Typed, looked_for: str) -> tuple[Field, ...]:
    """The commitments that hold every word looked for, and those that are chosen already."""
    said = looked_for.casefold().split()
    if not said:
        return fields
    chosen = set(typed.all("commitments"))

    def fits(one: Option) -> bool:
        text = f"{one.text} {one.hint} {one.group}".casefold()
        return one.value in chosen or all(word in text for word in said)

    return tuple(
        replace(one, options=tuple(filter(fits, one.options))) if one.name == "commitments" else one
        for one in fields
    )


def _rows(fields: tuple[Field, ...]) -> dict[int, list[Field]]:
    """The fields of each request, by its number."""
    found: dict[int, list[Field]] = {}
    for one in fields:
        if one.name[0] == "r" and one.name[1:2].isdecimal():
            found.setdefault(int(one.name[1:].split("_")[0]), []).append(one)
    return found


def _elsewhere(thought: Thought) -> list[str]:
    """The steps on which something is missing, so that no days can be worked out yet."""
    wrong = {step_of(name) for name in thought.errors} - {"dates"}
    return [one for one in ORDER if one in wrong]


def _overtaken(scene: Scene, step: str, again: Again, fields: tuple[Field, ...]) -> dict[str, Any] | None:
    """Who changed this step meanwhile and when, and what they made of each question."""
    if again.overtaken is None:
        return None
    stands = again.overtaken.stands
    named = {one.name: one.label for one in fields}
    theirs = {
        named.get(name, named.get(name.split("-")[0], name)): ", ".join(said)
        for name, said in stands.facts.items()
        if step_of(name) == step and name != "rows" and any(said)
    }
    return {"by": saved_by(stands, scene.people), "when": dates.ago(stands.changed_at, scene.now),
            "theirs": theirs, "on": civil(stands.changed_at)}  # fmt: skip
