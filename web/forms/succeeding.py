"""Forms about who takes over: in one cycle, and for the whole office."""

from rules.clocks import civil
from schemas.shape import Words
from web.forms.fields import Field, Option, Values
from web.forms.form import Built, Form, Scene, reason, with_reason

KINDS = (
    Option("body", "The governing body", hint="For example, an office that is replaced by another"),
    Option("office_holder", "The office holder", hint="Somebody of the directory, by their id"),
    Option("force", "The force", hint="For example, a force that merges or gets another name"),
    Option("panel", "The panel"),
)


def fields(scene: Scene) -> tuple[Field, ...]:
    """Who takes over from whom, as what, from which day and why."""
    return (
        Field("what", "Who or what is followed by another?", "one", options=KINDS, start="body"),
        Field(
            "to",
            "Who takes over?",
            missing="Enter who takes over",
            hint="Its short name in small letters with hyphens, such as west-mercia-mayor.",
        ),
        Field(
            "to_name",
            "What is their full name?",
            optional=True,
            hint="As papers show it. May be left out where it is known here already.",
        ),
        Field("was", "Who is followed?", optional=True, hint="Left out: whoever stands on that day."),
        Field(
            "from_on",
            "From which day?",
            "day",
            missing="Enter the day from which they stand",
            hint=f"{civil(scene.now):%-d %-m %Y} is today. Until that day the present one stands.",
        ),
        Field(
            "recorded_late",
            "If that day is past: why is it recorded only now?",
            "text",
            rows=2,
            optional=True,
        ),
        reason(hint="Kept on the record."),
    )


def build(values: Values, words: Words) -> Built:
    """The command's own facts."""
    return {
        **{name: values[name] for name in ("what", "to", "from_on")},
        "was": values["was"] or None,
        "to_name": words.maybe(values["to_name"]),
        "recorded_late": words.maybe(values["recorded_late"]),
        **with_reason(values, words),
    }


SUCCEED = Form(
    "Succeed",
    "Record who takes over",
    "Record who takes over",
    fields,
    build,
    intro="This cycle goes on. What is recorded from that day on names both. "
    "For every cycle at once, announce it for the office.",
)
ANNOUNCE = Form(
    "Announce",
    "Announce who takes over",
    "Announce it",
    fields,
    build,
    intro="Nothing changes yet: you see every open cycle that it touches before you release it to them.",
)
