"""The forms that release a newer edition, of the calendar or of the local standards, to one cycle."""

from reference.catalogue import editions_after
from web.forms.fields import Field, Option
from web.forms.form import Form, Scene


def _newer(scene: Scene) -> tuple[Field, ...]:
    options = tuple(Option(one, one) for one in editions_after(scene.cycle.calendar))
    return (
        Field(
            "to",
            "By which edition of the calendar?",
            "choose",
            options=options,
            missing="Choose the edition",
            hint=f"It counts by {scene.cycle.calendar} now.",
        ),
    )


FORMS = (
    Form(
        "ChangeCalendar",
        "Count by a newer calendar",
        "Release the new calendar",
        _newer,
        lambda values, _words: {"to": values["to"]},
        lambda cycle: bool(editions_after(cycle.calendar)),
        intro="A bank holiday was proclaimed or moved. You see which dates move before anything is recorded.",
        look_first=True,
    ),
    Form(
        "ChangeStandards",
        "Follow the office's newest standards",
        "Release the new standards",
        needs_newer=True,
        intro="The office has changed the standards of this kind of cycle since. "
        "You see which days and reminders move before anything is recorded.",
        look_first=True,
    ),
)
