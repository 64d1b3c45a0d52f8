"""The form with which a session that is fixed already becomes part of a meeting."""

from functools import partial

from schemas.board_pages import Joinable
from schemas.rows import MeetingRow
from schemas.shape import Words
from web.forms.fields import Field, Option, Values
from web.forms.form import Built, Form, Scene, reason
from web.forms.sessions import urgency_field
from web.showing.dates import moment


def joining(meeting: MeetingRow) -> Form:
    """The form for one meeting; the session gets the meeting's day and hour, so neither is asked."""
    return Form(
        "MoveSession",
        "Join a session to the meeting",
        "Join it",
        partial(_fields, meeting),
        partial(_build, meeting),
        intro=f"The meeting is on {moment(meeting.starts_at)}. A session on another day or hour moves to it, "
        "and what is planned backwards from it moves too. You see that before anything is recorded.",
        look_first=True,
        aliases={"session": "which", "meeting": "which", "starts_at": "which", "confirmed": "which"},
    )


def hour_of(meeting: MeetingRow) -> str:
    """The meeting's instant as the form carries it, so that nobody confirms another day than they saw."""
    return meeting.starts_at.isoformat()


def option_of(one: Joinable) -> Option:
    """One session to choose, with when it is to be held and on which meeting it is now."""
    part_of = f", now part of {one.meeting}" if one.meeting else ""
    named = f"{one.cycle}: {one.title}, {moment(one.starts_at)}{part_of}"
    return Option(f"{one.cycle}/{one.number}", named)


def _fields(meeting: MeetingRow, scene: Scene) -> tuple[Field, ...]:
    return (
        Field(
            "which", "Which session?", "one", options=scene.options, missing="Choose the session",
            start=scene.ask.get("which", ""),
        ),
        Field("meeting_at", "The meeting's hour", "hidden", start=hour_of(meeting)),
        reason("Why does it join?"),
        urgency_field(),
    )  # fmt: skip


def _build(meeting: MeetingRow, values: Values, words: Words) -> Built:
    return {
        "session": values["which"].rpartition("/")[2],
        "starts_at": meeting.starts_at,
        "meeting": meeting.meeting,
        "confirmed": True,
        "reason": words.ref(values["reason"]),
        "urgency": words.maybe(values["urgency"]),
    }
