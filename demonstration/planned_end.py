"""The end of the session of 11 December 2023: its papers, its challenges, partly assured, and published.

The challenges, the judgement and what came of the action tracker are the record's; the texts say what is
not. No new action is on record, so the cycle closes as it is published; what was outstanding is followed up
in the cycles where it began.
"""

from demonstration.closing import account
from demonstration.dates import PERFORMANCE, PLANNED, THEMATIC
from demonstration.performance import BRING
from demonstration.telling import Ask, Numbers, Telling, present
from demonstration.thematic_end import agreed
from reference.catalogue import session
from schemas.commands import (
    AcceptReturn,
    Acknowledge,
    AskQuestion,
    JudgeAssurance,
    RecordAnswer,
    RecordAttendance,
    SubmitReturn,
)

TRACKER, REVISIT = 1, 2
"""The requests of the action tracker, and of the item on which a judgement is on record."""
AFTER_NOTES = """## What follows

What was outstanding on the action tracker has new days, agreed at the session.

This account is a demonstration. The agenda, what was asked and challenged, who was there, the judgement and \
what came of the tracker are the record's; what was answered is not.
"""


def told(tell: Telling, asks: tuple[Ask, ...], numbers: Numbers) -> None:
    """From the requests, which the engine sent on their days, to the published account."""
    _evidence(tell, asks)
    _noticed(tell, numbers)
    _held(tell)
    answer = tell.say("the Commissioner was partly assured on the service to victims, by the record.")
    account(tell, answer=answer, after_notes=AFTER_NOTES, drafted=5, signed=16, checked=None)


def challenges() -> tuple[str, ...]:
    """What was challenged, in the record's words."""
    return tuple(_sentence(one) for one in session(PLANNED)["items"][1]["challenge"])


def _sentence(words: str) -> str:
    asks = words.startswith(("is ", "are ", "does ", "has "))
    return f"{words[:1].upper()}{words[1:]}{'?' if asks else '.'}"


def _evidence(tell: Telling, asks: tuple[Ask, ...]) -> None:
    for request, ask in enumerate(asks, start=1):
        tell.then(-18, "10:00", ask.lead, Acknowledge, request=request)
        paper = tell.paper("the paper that was asked for.")
        tell.then(-6, f"14:{request}0", ask.lead, SubmitReturn, request=request, items=paper)
        tell.then(-4, f"10:{request}0", "policy-officer", AcceptReturn, request=request)


def _noticed(tell: Telling, numbers: Numbers) -> None:
    """The tracker comes first, and under it what the two sessions before have left open."""
    titles = [one["title"] for one in session(PLANNED)["items"]]
    (_, second, third), words = numbers.actions[THEMATIC], [what for what, _ in agreed()]
    first, other = numbers.cycles[PERFORMANCE], numbers.cycles[THEMATIC]
    tell.agenda(
        -5,
        "16:00",
        (
            tell.item(titles[0], TRACKER),
            tell.carried(tell.say(BRING), "overdue", first, numbers.actions[PERFORMANCE][0]),
            tell.carried(tell.words.ref(words[1]), "overdue", other, second),
            tell.carried(tell.words.ref(words[2]), "due", other, third),
            *(tell.item(title, number) for number, title in enumerate(titles[1:], start=REVISIT)),
        ),
    )


def _held(tell: Telling) -> None:
    result = session(PLANNED)["items"][0]["result"]
    outstanding = tell.say("what is outstanding on the action tracker, and by when will it be done?")
    asked = [
        (TRACKER, outstanding, tell.words.ref(f"{result[:1].upper()}{result[1:]}.")),
        *((REVISIT, tell.words.ref(one), tell.say(NOT_SAID)) for one in challenges()),
    ]
    for number, (request, question, answer) in enumerate(asked, start=1):
        tell.then(0, f"11:{number}0", "policy-officer", AskQuestion, question=question, request=request)
        tell.then(
            0, f"11:{number}5", "policy-officer", RecordAnswer,
            question=number, answer=answer, by="chief-constable",
        )  # fmt: skip
    tell.then(
        0,
        "12:10",
        "policy-officer",
        RecordAttendance,
        present=present(PLANNED),
        chair="commissioner",
        members=("commissioner",),
        members_present=("commissioner",),
        held_at=tell.dates.session_at(PLANNED),
    )
    tell.then(
        0,
        "12:30",
        "commissioner",
        JudgeAssurance,
        request=REVISIT,
        judgement=session(PLANNED)["items"][1]["assurance"],
        reasons=tell.words.ref(" ".join(challenges())),
    )


NOT_SAID = "the record says what was challenged, and not what was answered."
