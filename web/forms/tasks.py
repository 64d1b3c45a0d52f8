"""What a lead does with a task besides sending evidence: nothing is held, more time, and not mine."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from rules.acting.appointments import role_on
from rules.clocks import civil
from rules.parts import every, left, owed
from schemas.cycle import Request
from schemas.people import Role
from schemas.shape import Words
from web.forms.catalogue import FORMS
from web.forms.fields import Field, Option, Values
from web.forms.form import Built, Form, Scene
from web.showing.dates import day

MOST_NAMED = 2
"""One part is the whole: only from two on is it asked which."""
ANSWERS = (
    Option("nothing_held", "We hold nothing", "There is no such record in the force."),
    Option(
        "operational_not_appropriate",
        "An answer is operationally not appropriate",
        "We hold something and cannot give it.",
    ),
)
WAYS = {
    "question": "AskClarification",
    "sensitive": "ClaimSensitivity",
    "certify": "CertifyReturn",
    "seen": "Acknowledge",
}
"""Commands about a task whose ordinary form will do, by the end of their address."""


def parts_of(scene: Scene, asked: Request) -> tuple[Option, ...]:
    """The parts that are owed, to be ticked; none where it is asked for as a whole."""
    still = {str(one) for one in owed(asked)}
    return tuple(one for one in every_part(scene, asked) if one.value in still)


def with_every_part(form: Form, scene: Scene, asked: Request) -> Form:
    """The same form as it is read: also a part that has come since is a part that was ticked.

    So what is sent twice under one key says the same both times, and is recorded once.
    """
    parts = every_part(scene, asked)

    def fields(inner: Scene) -> tuple[Field, ...]:
        return tuple(
            replace(one, options=parts) if one.name == "parts" and parts else one
            for one in form.fields(inner)
        )

    return replace(form, fields=fields)


def every_part(scene: Scene, asked: Request) -> tuple[Option, ...]:
    """All parts, whatever has come of them."""
    numbers = every(asked.draft) if len(asked.draft.asked) >= MOST_NAMED else ()
    return tuple(Option(str(one), f"{one}: {scene.say(asked.draft.asked[one - 1])}") for one in numbers)


def is_partial(asked: Request, parts: Sequence[str]) -> bool:
    """Whether something stays owed once these parts have come."""
    return bool(left(asked, [int(one) for one in parts if one.isdecimal()]))


def nothing_held(scene: Scene, asked: Request, part: str = "") -> Form:
    """The return that says that nothing is held, of the whole or of some parts, and who signed that off."""
    parts = parts_of(scene, asked)
    today = civil(scene.now)
    signers = tuple(
        Option(one.id, one.title)
        for one in scene.people.values()
        if role_on(one, today) == Role.CHIEF_CONSTABLE or one.id == asked.draft.certifier
    )

    def fields(_scene: Scene) -> tuple[Field, ...]:
        which = Field(
            "parts", "Of which parts?", "many", hint="Leave all empty where it is so of the whole request.",
            options=parts, optional=True, chosen=(part,) if part else (),
        )  # fmt: skip
        return (
            Field("request", "", "hidden", start=str(asked.number)),
            Field("answer", "What do you say?", "one", options=ANSWERS, start="nothing_held",
                  missing="Choose what you say"),
            *((which,) if parts else ()),
            Field("reason", "Why?", "text", missing="Say why",
                  hint="The office reads this; it may be published."),
            Field("signed_off_by", "Who signed this off?", "choose", options=signers,
                  start=signers[0].value if len(signers) == 1 else "",
                  missing="Choose who signed it off",
                  hint="The Chief Constable, or the delegate whom the request names."),
        )  # fmt: skip

    def build(values: Values, words: Words) -> Built:
        said = values.get("parts", ())
        return {
            "request": values["request"], "answer": values["answer"], "parts": said,
            "partial": is_partial(asked, said), "reason": words.ref(values["reason"]),
            "signed_off_by": values["signed_off_by"], "items": (),
        }  # fmt: skip

    return replace(
        FORMS["SubmitReturn"], title="We hold nothing", button="Check your answer", fields=fields,
        build=build, look_first=True, intro="Say so early: the office then need not wait for you.",
    )  # fmt: skip


def more_time(asked: Request, choices: Sequence[tuple[int, date]]) -> Form:
    """The wish for more time: so many working days, each with its day, or another day."""
    options = tuple(
        Option(str(days), f"{days} working days more, {day(on)}") for days, on in choices
    )  # fmt: skip
    other = Option("other", "Until another day", "Enter it below.")

    def fields(_scene: Scene) -> tuple[Field, ...]:
        return (
            Field("request", "", "hidden", start=str(asked.number)),
            Field("days", "How much more time do you need?", "one", options=(*options, other),
                  missing="Choose how much more time you need"),
            Field("to", "Another day", "day", optional=True,
                  hint="Only for “another day”. For example, 27 3 2027"),
            Field("reason", "Why do you need more time?", "text", missing="Say why you need more time",
                  hint="The policy officer reads this and decides."),
        )  # fmt: skip

    def build(values: Values, words: Words) -> Built:
        other_day = values["days"] == "other"
        return {
            "request": values["request"],
            "to": values["to"] if other_day else None,
            "days": None if other_day else int(values["days"]),
            "reason": words.ref(values["reason"]),
        }

    due = day(asked.due.on) if asked.due else "on a day that is not fixed yet"
    intro = f"It is due {due}, and stays so until the office decides."
    return replace(
        FORMS["RequestExtension"], title="I need more time", button="Ask for more time", fields=fields,
        build=build, intro=intro,
    )  # fmt: skip


def not_mine(scene: Scene, asked: Request) -> Form:
    """The task passed to a colleague, or back to force coordination."""
    today = civil(scene.now)
    force = [one for one in scene.people.values() if one.side == "force"]
    others = [one for one in force if one.id not in (asked.draft.lead, scene.person.id)]
    unit = [one for one in others if role_on(one, today) == Role.FORCE_COORDINATION]
    back = tuple(Option(one.id, f"Back to {one.title}", "They find who can answer.") for one in unit)
    named = tuple(Option(one.id, one.title) for one in others if one not in unit)

    def fields(_scene: Scene) -> tuple[Field, ...]:
        return (
            Field("request", "", "hidden", start=str(asked.number)),
            Field("to", "Who can answer it?", "one", options=(*back, *named),
                  missing="Choose who can answer it"),
            Field("reason", "A word to them", "text", rows=2, optional=True,
                  hint="Optional. Kept on the record."),
        )  # fmt: skip

    def build(values: Values, words: Words) -> Built:
        return {
            "request": values["request"], "to": values["to"], "until_on": None,
            "reason": words.maybe(values["reason"]),
        }  # fmt: skip

    return replace(
        FORMS["Delegate"], title="This is not mine", button="Pass it on", fields=fields, build=build,
        intro="They are told at once, with a link of their own, and the clock goes on. You stay answerable "
        "to the office until it asks somebody else; it sees to whom you passed it.",
    )  # fmt: skip
