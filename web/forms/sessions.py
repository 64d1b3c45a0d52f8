"""Forms about sessions: fix, move, attendance, assurance, decisions."""

from datetime import date

from reference.catalogue import sources
from rules.clocks import instant
from schemas.cycle import Cycle, Session
from schemas.shape import Words
from web import words as say
from web.forms.fields import Field, Option, Values
from web.forms.form import Built, Form, Scene, reason

FORUMS = tuple(Option(value, text) for value, text in say.FORUMS.items())
JUDGEMENTS = tuple(Option(value, text) for value, text in say.ASSURANCE.items())


def _to_come(cycle: Cycle) -> bool:
    return any(one.held_at is None for one in cycle.sessions)


def _held(cycle: Cycle) -> bool:
    return any(one.held_at for one in cycle.sessions)


def when_fields(day: str = "Which day?", *, optional: bool = False) -> tuple[Field, ...]:
    """The day and the hour of a session, and the confirmation that an unusual day needs."""
    return (
        Field(
            "starts_on",
            day,
            "day",
            missing="Enter the day of the session",
            optional=optional,
            hint="For example, 27 3 2027" + (". Leave it out if it is not fixed yet." if optional else ""),
        ),
        Field(
            "starts_hour",
            "At what time?",
            "hour",
            hint="For example, 14:00",
            start="14:00",
            optional=optional,
        ),
        Field("confirmed", "Yes, even if that is a weekend or a bank holiday", "tick", optional=True),
    )


def starts_at(values: Values) -> object:
    """The instant that day and hour make; None where there is no day."""
    on: date | None = values["starts_on"]
    return instant(on, values["starts_hour"] or "14:00") if on else None


def session_of(values: Values, words: Words) -> Built:
    """A session as the commands carry it."""
    return {
        "forum": values["forum"],
        "starts_at": starts_at(values),
        "place": words.maybe(values["place"]),
        "confirmed": values["confirmed"],
    }


def forum_fields() -> tuple[Field, ...]:
    """In which forum and where."""
    return (
        Field(
            "forum",
            "In which forum?",
            "choose",
            options=FORUMS,
            start="holding_to_account",
            missing="Choose the forum",
        ),
        Field("place", "Where?", optional=True, hint="Optional."),
    )


def _session_field(scene: Scene, *, held: bool) -> Field:
    some: list[Session] = [one for one in scene.cycle.sessions if bool(one.held_at) == held]
    if len(some) == 1:
        return Field("session", "Which session?", "hidden", start=str(some[0].number))
    options = tuple(
        Option(str(one.number), f"{say.FORUMS[one.forum]}, {one.starts_at:%-d %B %Y}") for one in some
    )
    return Field("session", "Which session?", "one", options=options, missing="Choose the session")


def _move_fields(scene: Scene) -> tuple[Field, ...]:
    return (_session_field(scene, held=False), *when_fields("To which day?"), reason("Why does it move?"))


def _move(values: Values, words: Words) -> Built:
    return {
        "session": values["session"],
        "starts_at": starts_at(values),
        "confirmed": values["confirmed"],
        "reason": words.ref(values["reason"]),
    }


def _attendance_fields(scene: Scene) -> tuple[Field, ...]:
    people = tuple(Option(one.id, one.title) for one in scene.people.values())
    return (
        _session_field(scene, held=False),
        Field(
            "present",
            "Who was there?",
            "many",
            options=people,
            missing="Choose at least one person who was there",
        ),
        Field("apologies", "Who sent apologies?", "many", options=people, optional=True),
    )


def _judge_fields(scene: Scene) -> tuple[Field, ...]:
    items = tuple(
        Option(str(one.number), f"Request {one.number}: {scene.say(one.draft.title)}")
        for one in scene.cycle.requests
        if one.state != "withdrawn"
    )
    return (
        _session_field(scene, held=True),
        Field(
            "request",
            "On which item?",
            "one",
            options=items,
            missing="Choose the item",
            start=scene.ask.get("request", ""),
        ),
        Field(
            "judgement",
            "How assured is the Commissioner?",
            "one",
            options=JUDGEMENTS,
            missing="Choose how assured the Commissioner is",
        ),
        Field("reasons", "Why?", "text", missing="Enter the reasons", hint="This is published."),
    )


def _judge(values: Values, words: Words) -> Built:
    return {
        "session": values["session"],
        "request": values["request"],
        "judgement": values["judgement"],
        "reasons": words.ref(values["reasons"]),
    }


def _decision_fields(_scene: Scene) -> tuple[Field, ...]:
    bases = tuple(
        Option(one.id, f"{one.title}{', ' + one.section if one.section else ''}")
        for one in sources().values()
        if one.kind in ("statute", "regulation")
    )
    return (
        Field("title", "What is decided?", missing="Enter what is decided"),
        Field("options", "Which options were considered?", "text", missing="Enter the options considered"),
        Field("reasons", "Why this one?", "text", missing="Enter the reasons"),
        Field(
            "basis",
            "On which statutory basis?",
            "choose",
            options=bases,
            missing="Choose the statutory basis",
        ),
    )


def _decision(values: Values, words: Words) -> Built:
    texts = {name: words.ref(values[name]) for name in ("title", "options", "reasons")}
    return {**texts, "basis": values["basis"]}


WHEN = {"starts_at": "starts_on", "session.starts_at": "starts_on"}

FORMS = (
    Form(
        "FixSession",
        "Fix a session",
        "Fix the session",
        lambda _scene: (*when_fields(), *forum_fields()),
        lambda values, words: {"session": session_of(values, words)},
        look_first=True,
        aliases=WHEN,
    ),
    Form(
        "MoveSession",
        "Move the session",
        "Move the session",
        _move_fields,
        _move,
        _to_come,
        intro="Every day that is planned backwards from the session moves with it. "
        "You see them before anything is recorded.",
        look_first=True,
        aliases=WHEN,
    ),
    Form(
        "RecordAttendance",
        "Record who attended",
        "Record who attended",
        _attendance_fields,
        lambda values, _words: {name: values[name] for name in ("session", "present", "apologies")},
        _to_come,
        intro="With this the session has been held.",
    ),
    Form(
        "JudgeAssurance",
        "Record how assured the Commissioner is",
        "Record the judgement",
        _judge_fields,
        _judge,
        _held,
    ),
    Form(
        "RecordDecision",
        "Record a decision",
        "Record the decision",
        _decision_fields,
        _decision,
        intro="A decision record is published with the findings.",
    ),
)
