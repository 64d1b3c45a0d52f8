"""Forms about findings once they are signed: published, timed, held back, corrected, withdrawn."""

from rules.clocks import instant
from rules.publishing.releasing import waiting
from schemas.cycle import Cycle
from schemas.shape import Words
from web.forms.fields import Field, Values
from web.forms.findings import is_drafted, version_field
from web.forms.form import Built, Form, Scene, reason

DESPITE = Field(
    "despite_election",
    "Why can it not wait until after the poll?",
    "text",
    rows=2,
    optional=True,
    hint="Only where this comes out in the period before an election. Kept on the record.",
)


def _first_draft(cycle: Cycle) -> bool:
    return is_drafted(cycle) and cycle.published() is None


def _in_public(cycle: Cycle) -> bool:
    shown = cycle.published()
    return shown is not None and shown.withdrawn_at is None


def _publish_fields(scene: Scene) -> tuple[Field, ...]:
    sure = Field(
        "sure", "Publish this version for everybody to read", "tick", missing="Tick the box to publish"
    )
    return (version_field(scene), DESPITE, sure)


def _publish(values: Values, words: Words) -> Built:
    return {"version": values["version"], "despite_election": words.maybe(values["despite_election"])}


def _schedule_fields(scene: Scene) -> tuple[Field, ...]:
    return (
        version_field(scene),
        Field("on", "On which day?", "day", optional=True, hint="For example, 27 3 2027. Or leave it empty:"),
        Field("hour", "At what time?", "hour", optional=True, start="09:30"),
        Field(
            "condition",
            "Or what does it wait for?",
            "text",
            rows=2,
            optional=True,
            hint="Somebody then publishes it when that is so. Everybody reads this.",
        ),
        Field(
            "placeholder",
            "What does everybody read until then?",
            "text",
            rows=3,
            missing="Enter what everybody reads until then",
            start="The findings are approved and will be published here.",
        ),
        DESPITE,
    )


def _schedule(values: Values, words: Words) -> Built:
    on, hour = values["on"], values["hour"] or "09:30"
    return {
        **_publish(values, words),
        "at": instant(on, hour) if on else None,
        "condition": words.maybe(values["condition"]),
        "placeholder": words.ref(values["placeholder"]),
    }


def _hold_fields(scene: Scene) -> tuple[Field, ...]:
    found = waiting(scene.cycle)
    number = str(found.version if found else 0)
    return (Field("version", "Version", "hidden", start=number), reason())


def _hold(values: Values, words: Words) -> Built:
    return {"version": values["version"], "reason": words.ref(values["reason"])}


def _withdraw_fields(scene: Scene) -> tuple[Field, ...]:
    shown = scene.cycle.published()
    notice = Field(
        "notice",
        "What does everybody read in their place?",
        "text",
        missing="Enter what everybody reads in their place",
        hint="Say why, without repeating what must not be read.",
    )
    sure = Field("sure", "Take every published version back", "tick", missing="Tick the box to withdraw")
    return (Field("version", "Version", "hidden", start=str(shown.version if shown else 0)), notice, sure)


def _withdraw(values: Values, words: Words) -> Built:
    return {"version": values["version"], "notice": words.ref(values["notice"])}


FORMS = (
    Form(
        "Publish",
        "Publish the findings",
        "Publish now",
        _publish_fields,
        _publish,
        _first_draft,
        grave=True,
        intro="Everybody can read it at once. A published account is corrected, never rewritten.",
    ),
    Form(
        "ScheduleRelease",
        "Schedule the release",
        "Schedule the release",
        _schedule_fields,
        _schedule,
        lambda cycle: is_drafted(cycle) and waiting(cycle) is None,
        aliases={"at": "on"},
        intro="Name a day and time, or what it waits for. Until then its address says that it comes.",
    ),
    Form(
        "HoldBack",
        "Hold the release back",
        "Hold it back",
        _hold_fields,
        _hold,
        lambda cycle: waiting(cycle) is not None,
        intro="The findings do not come out as announced, and the notice is taken down.",
    ),
    Form(
        "Correct",
        "Publish the correction",
        "Publish the correction",
        _publish_fields,
        _publish,
        lambda cycle: is_drafted(cycle) and cycle.published() is not None,
        grave=True,
        intro="It takes the place of what is published, at the same address. Earlier versions stay listed.",
    ),
    Form(
        "Withdraw",
        "Withdraw the findings",
        "Withdraw the findings",
        _withdraw_fields,
        _withdraw,
        _in_public,
        grave=True,
        intro="Their address shows a notice instead, and so do all versions, the PDF and the data.",
    ),
)
