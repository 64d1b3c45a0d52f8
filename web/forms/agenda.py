"""The form of an agenda: what the record proposes, in the order in which somebody puts it."""

from pydantic import TypeAdapter, ValidationError

from rules.clocks import civil
from rules.meeting.agenda import agenda_with, in_order
from schemas.cycle import Session
from schemas.sessions import AgendaItem
from schemas.shape import Words
from web.forms.fields import Field, Option, Values
from web.forms.form import Built, Scene
from web.forms.sessions import session_field, urgency_field
from web.showing import words as say

ITEM: TypeAdapter[AgendaItem] = TypeAdapter(AgendaItem)


def the_session(scene: Scene) -> Session | None:
    """The session that a form is about: the one that the address names, or the next one."""
    named = scene.ask.get("session", "")
    found = scene.cycle.session(int(named)) if named.isdecimal() else None
    return found or next((one for one in scene.cycle.sessions if one.coming), None)


def proposed(scene: Scene) -> tuple[AgendaItem, ...]:
    """The agenda that the record proposes for the form's session, those of its meeting together."""
    session = the_session(scene)
    if session is None:
        return ()
    if session.agendas:
        return session.agendas[-1].agenda
    together = [page.cycle for page in scene.others if page.cycle.reference in scene.on]
    return agenda_with((scene.cycle, *together), scene.lent, civil(session.starts_at))


def agenda_fields(scene: Scene) -> tuple[Field, ...]:
    """The proposed items, each with its place, and room for further ones."""
    fields: list[Field] = [session_field(scene, held=False)]
    items = proposed(scene)
    places = tuple(Option(str(n), str(n)) for n in range(1, len(items) + 1))
    for one in items:
        why = say.AGENDA[one.why]
        where = f"{one.cycle}. " if one.cycle and one.cycle != scene.cycle.reference else ""
        fields += [
            Field(f"item-{one.number}", "", "hidden", start=one.model_dump_json()),
            Field(
                f"place-{one.number}",
                scene.say(one.title) or f"Item {one.number}",
                "choose",
                options=places,
                hint=f"{where}{why} Its number on the agenda; none leaves it out.",
                optional=True,
                start=str(one.number),
            ),
        ]
    left = f"Other cycles left {scene.lent_more} more points open. " if scene.lent_more else ""
    further = Field(
        "further", "Further items", "text", optional=True,
        hint=f"{left}One on each line. Begin a line with a number and a dot to put it at that place, "
        "such as 1. Review of the action tracker.",
    )  # fmt: skip
    return (*fields, further, urgency_field("Where the notice is late: the chair's reason"))


def agenda_of(values: Values, words: Words) -> Built:
    """The agenda in the order in which it was put."""
    placed: list[tuple[float, AgendaItem]] = []
    for name, place in values.items():
        if name.startswith("place-") and place:
            item = _item(str(values.get(f"item-{name.removeprefix('place-')}", "")))
            placed += [(int(place), item)] if item else []
    last = max((at for at, _ in placed), default=0)
    for line in str(values["further"]).splitlines():
        if text := line.strip(" -•\t"):
            head, dot, rest = text.partition(".")
            numbered = bool(dot) and head.strip().isdecimal() and bool(rest.strip())
            last += 0 if numbered else 1
            at = int(head) - 0.5 if numbered else last
            item = AgendaItem(number=1, title=words.ref(rest if numbered else text), why="standing")
            placed.append((at, item))
    placed.sort(key=lambda pair: pair[0])
    return {
        "session": values["session"],
        "items": in_order([item for _, item in placed]),
        "urgency": words.maybe(values["urgency"]),
    }


def _item(said: str) -> AgendaItem | None:
    try:
        return ITEM.validate_json(said)
    except ValidationError:
        return None
