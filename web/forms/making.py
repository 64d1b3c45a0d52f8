"""The form that fixes one meeting for several cycles."""

from schemas.shape import Words
from web.forms.fields import Field, Values
from web.forms.form import Built, Form, Scene
from web.forms.sessions import WHEN, forum_fields, session_of, urgency_field, when_fields


def _fields(scene: Scene) -> tuple[Field, ...]:
    return (
        Field(
            "cycles", "Which cycles are on it?", "many", options=scene.options, missing="Choose the cycles"
        ),
        *when_fields(),
        *forum_fields(),
        urgency_field(),
    )


def _build(values: Values, words: Words) -> Built:
    return {"cycles": values["cycles"], "session": session_of(values, words)}


FORM = Form(
    "FixSession",
    "Fix a meeting for several cycles",
    "Fix the meeting",
    _fields,
    _build,
    intro="Each cycle gets its own session with the meeting's reference; what is planned backwards from it "
    "moves in each.",
    aliases=WHEN,
)
