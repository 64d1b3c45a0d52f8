"""The three things that can be done with findings that wait for a signature: sign, send back, put off."""

from dataclasses import replace
from datetime import date

from reference.working import working_calendar
from rules.clocks import civil
from schemas.outcomes import Refused
from schemas.shape import Words
from web.forms.catalogue import FORMS
from web.forms.fields import Field, Option, Values
from web.forms.form import Built, Form, Scene
from web.showing.dates import day

IN = (1, 2, 3, 5, 10)
"""In how many working days somebody can be reminded."""
MARK = Field("mark", "", "hidden", optional=True)
"""What was read, so that nothing else is signed."""


def _marked(form: Form) -> Form:
    return replace(form, fields=lambda scene: (*form.fields(scene), MARK))


def days_to_choose(scene: Scene) -> tuple[Option, ...]:
    """The days on which somebody can be reminded, with their weekdays."""
    calendar = working_calendar(scene.cycle.calendar)
    if isinstance(calendar, Refused):
        return ()
    found = (calendar.after(civil(scene.now), count) for count in IN)
    known = [one for one in found if not isinstance(one, Refused)]
    return tuple(Option(one.isoformat(), day(one)) for one in known)


def _later_fields(scene: Scene) -> tuple[Field, ...]:
    on = Field(
        "on",
        "On which day shall we remind you?",
        "one",
        "You get one mail in the morning of that day.",
        "Choose a day",
        days_to_choose(scene),
    )
    return (on, Field("version", "", "hidden", start=str(scene.cycle.findings[-1].version)), MARK)


def _later(scene: Scene) -> Form:
    about = f"Read and sign the findings of {scene.say(scene.cycle.title)}"

    def build(values: Values, words: Words) -> Built:
        return {"on": date.fromisoformat(values["on"]), "about": words.ref(about)}

    return Form("WakeMe", "Read it later", "Remind me on that day", _later_fields, build)


def form_of(way: str, scene: Scene) -> Form:
    """The form of one of the three ways."""
    if way == "later":
        return _later(scene)
    return _marked(FORMS["ApproveFindings" if way == "sign" else "SendBackFindings"])
