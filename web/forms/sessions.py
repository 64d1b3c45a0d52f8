"""Forms about sessions: fix, move, attendance, assurance, decisions."""

from datetime import date

from rules.clocks import civil, instant
from rules.meeting.forums import held_on
from schemas.cycle import Cycle, Session
from schemas.shape import Words
from web.forms.fields import Field, Option, Values
from web.forms.form import Built, Form, Scene, reason
from web.showing import words as say

FORUMS = tuple(Option(value, text) for value, text in say.FORUMS.items())
JUDGEMENTS = tuple(Option(value, text) for value, text in say.ASSURANCE.items())


def _to_come(cycle: Cycle) -> bool:
    return any(one.coming for one in cycle.sessions)


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
        "urgency": words.maybe(values.get("urgency", "")),
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


def session_field(scene: Scene, *, held: bool | None) -> Field:
    """The session that a form is about, of those held, to come, or all that were not called off."""
    named = scene.ask.get("session", "")
    some: list[Session] = [
        one for one in scene.cycle.sessions if not one.cancelled_at and held in (None, bool(one.held_at))
    ]
    some = [one for one in some if str(one.number) == named] or some
    if len(some) == 1:
        return Field("session", "Which session?", "hidden", start=str(some[0].number))
    options = tuple(
        Option(str(one.number), f"{say.FORUMS[one.forum]}, {one.starts_at:%-d %B %Y}") for one in some
    )
    return Field("session", "Which session?", "one", options=options, missing="Choose the session")


def urgency_field(
    label: str = "If there is no time for the notice that is owed: the chair's reason",
) -> Field:
    """The chair's reason, where notice comes late or there is no time for it."""
    return Field("urgency", label, "text", optional=True, rows=2, hint="Optional. Kept on the record.")


def _move_fields(scene: Scene) -> tuple[Field, ...]:
    return (
        session_field(scene, held=False),
        *when_fields("To which day?"),
        reason("Why does it move?"),
        urgency_field(),
    )


def _move(values: Values, words: Words) -> Built:
    return {
        "session": values["session"],
        "starts_at": starts_at(values),
        "confirmed": values["confirmed"],
        "reason": words.ref(values["reason"]),
        "urgency": words.maybe(values["urgency"]),
    }


def _attendance_fields(scene: Scene) -> tuple[Field, ...]:
    people = tuple(Option(one.id, one.title) for one in scene.people.values())
    return (
        session_field(scene, held=False),
        Field(
            "present",
            "Who was there?",
            "many",
            options=people,
            missing="Choose at least one person who was there",
        ),
        Field("apologies", "Who sent apologies?", "many", options=people, optional=True),
        Field("chair", "Who was in the chair?", "choose", options=people, optional=True, hint="Optional."),
        *_seats_field(scene),
    )


def _seats_field(scene: Scene) -> tuple[Field, ...]:
    """The seats of the session's forum, where it has more of them than the people who are known by name."""
    coming = [one for one in scene.cycle.sessions if one.coming]
    named = [one for one in coming if str(one.number) == scene.ask.get("session", "")] or coming
    forum = scene.forums.get(named[0].forum) if named else None
    if forum is None or not forum.rules.quorum:
        return ()
    seats = held_on(forum.seats, civil(named[0].starts_at))
    options = tuple(Option(one.id, one.title) for one in forum.seats if one.id in seats)
    return (
        Field(
            "members_present",
            f"Which members of the {forum.rules.title} were there?",
            "many",
            options=options,
            optional=True,
            hint="They make the quorum.",
        ),
    )


def _attended(values: Values, _words: Words) -> Built:
    named = {name: values[name] for name in ("session", "present", "apologies")}
    chair = values.get("chair") or None
    return {**named, "members_present": values.get("members_present", ()), "chair": chair}


def _judge_fields(scene: Scene) -> tuple[Field, ...]:
    items = tuple(
        Option(str(one.number), f"Request {one.number}: {scene.say(one.draft.title)}")
        for one in scene.cycle.requests
        if one.state != "withdrawn"
    )
    return (
        session_field(scene, held=True),
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


WHEN = {"starts_at": "starts_on", "session.starts_at": "starts_on", "session.rules": "forum"}

FORMS = (
    Form(
        "FixSession",
        "Fix a session",
        "Fix the session",
        lambda _scene: (*when_fields(), *forum_fields(), urgency_field()),
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
        _attended,
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
)
