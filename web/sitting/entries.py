"""What can be typed at an item: one short form for each act, its fields named apart from every other's."""

from dataclasses import dataclass, replace

from rules.acting.authority import MAY
from schemas.people import Person, Role
from web.forms.catalogue import FORMS
from web.forms.fields import Field, Option, Typed
from web.forms.form import Form, Scene
from web.forms.meetings import people_at
from web.sitting.place import Item, Place
from web.sitting.spoken import unanswered

NOTE, HERE = "Note", "Here"
"""What is typed in the room and is no act: a working note, and which item is under way."""
MOST_NOTE = 20_000
"""Characters."""

PREFIX = {
    "RecordAttendance": "there",
    "AskQuestion": "ask",
    "RecordAnswer": "answer",
    "JudgeAssurance": "judge",
    "RecordDecision": "decide",
    "ProposeAction": "act",
    "RecordVote": "vote",
    "DeclareInterest": "interest",
    NOTE: "note",
}
"""The word that an act's fields begin with on the page of a room."""
TITLES = {
    "RecordAttendance": "Who is here",
    "AskQuestion": "A question, and its answer if it was given",
    "RecordAnswer": "An answer to a question that is on record",
    "JudgeAssurance": "How assured the Commissioner is",
    "RecordDecision": "A decision",
    "ProposeAction": "An action",
    "RecordVote": "A vote",
    "DeclareInterest": "An interest",
    NOTE: "A working note",
}
ORDER = tuple(kind for kind in PREFIX if kind != "RecordAttendance")
OF_SESSION = ("RecordAnswer", "JudgeAssurance", "RecordVote", "DeclareInterest", "AskQuestion")

ANSWER = (
    Field("answer", "What was answered?", "text", optional=True, rows=3, hint="Leave it out if not yet."),
    Field("by", "By whom?", "choose", optional=True),
)
"""What stands below a question, so that both can be typed in one go."""
WORDS = (
    Field(
        "words", "Note", "text", rows=3, missing="Enter the note",
        hint="To write the notes from. Everybody in the room sees it; it is not part of the record.",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One form of the room."""

    kind: str
    title: str
    button: str
    fields: tuple[Field, ...]
    hidden: tuple[tuple[str, str], ...]

    @property
    def prefix(self) -> str:
        """The word that its fields begin with."""
        return PREFIX[self.kind]


def offered(person: Person, item: Item, scene: Scene) -> list[Entry]:
    """What this person can type at an item now."""
    kinds = [kind for kind in ORDER if _apt(kind, item) and _may(person, kind, item)]
    return [entry_of(kind, item, scene) for kind in kinds]


def attendance(person: Person, place: Place, scene: Scene) -> Entry | None:
    """The form of who is here, until it was recorded."""
    first = place.first.session
    if not first.coming or not _may(person, "RecordAttendance", place.items[0]):
        return None
    return entry_of("RecordAttendance", place.items[0], scene)


def entry_of(kind: str, item: Item, scene: Scene) -> Entry:
    """One form, its fields named apart and what the item says already left out."""
    form = FORMS.get(kind)
    told = fixed(item)
    fields = [one for one in fields_of(kind, item, scene) if one.kind != "hidden" and one.name not in told]
    named = tuple(replace(one, name=f"{PREFIX[kind]}-{one.name}") for one in fields)
    button = form.button if form else "Keep the note"
    hidden = (("kind", kind), ("item", str(item.number)), ("cycle", item.part.cycle), *told.items())
    return Entry(kind, TITLES[kind], button, named, hidden)


def fields_of(kind: str, item: Item, scene: Scene) -> tuple[Field, ...]:
    """The fields of an act at an item."""
    if kind == NOTE:
        return WORDS
    found = FORMS[kind].fields(scene)
    if kind == "AskQuestion":
        by, rules = people_at(scene), item.part.session.rules
        if not (rules and rules.public_questions):
            found = tuple(_of_members(one) for one in found if one.name != "allowed_late")
        return (*found, *(replace(one, options=by) if one.name == "by" else one for one in ANSWER))
    if kind == "RecordAnswer":
        return tuple(_of_item(one, item, scene) if one.name == "question" else one for one in found)
    return found


def fixed(item: Item) -> dict[str, str]:
    """What the item says already: of which session, and about which request."""
    about = {"request": str(item.request)} if item.request else {}
    return {"session": str(item.part.session.number), **about}


def bare(kind: str, typed: Typed) -> Typed:
    """What was typed under the names that the act's own form has."""
    head = f"{PREFIX[kind]}-"
    own = {name.removeprefix(head): values for name, values in typed.said.items() if name.startswith(head)}
    kept = {name: values for name, values in typed.said.items() if name in ("session", "request", "key")}
    return Typed({**own, **kept})


def form_of(kind: str, item: Item) -> Form:
    """The act's own form, in which what the item says is not asked again; whether it holds, rules decide."""
    own, told = FORMS[kind], fixed(item)

    def fields(scene: Scene) -> tuple[Field, ...]:
        return tuple(
            Field(one.name, one.label, "hidden", start=told[one.name]) if one.name in told else one
            for one in own.fields(scene)
        )

    return replace(own, fields=fields)


def _of_members(one: Field) -> Field:
    """Who asks, where the forum takes no questions from the public."""
    kept = tuple(it for it in one.options if it.value != "public")
    return replace(one, options=kept) if one.name == "asked_by" else one


def _of_item(one: Field, item: Item, scene: Scene) -> Field:
    options = tuple(
        Option(str(it.number), f"{it.number}: {scene.say(it.question)}"[:120]) for it in unanswered(item)
    )
    start = options[0].value if len(options) == 1 else ""
    return replace(one, options=options, kind="choose", start=start)


def _apt(kind: str, item: Item) -> bool:
    session, cycle = item.part.session, item.part.page.cycle
    if kind == NOTE:
        return True
    if cycle.over or session.cancelled_at:
        return False
    return {
        "RecordAnswer": bool(unanswered(item)),
        "JudgeAssurance": item.request is not None,
        "RecordVote": bool(session.held_at and session.rules and session.rules.votes_by),
    }.get(kind, True)


def _may(person: Person, kind: str, item: Item) -> bool:
    if kind == NOTE:
        return True
    others = person.role == Role.PANEL_SECRETARIAT and item.part.session.forum != "panel"
    return person.role in MAY[kind] and not (others and kind in (*OF_SESSION, "RecordAttendance"))
