"""The end of the thematic session of 25 October 2023: held, three actions agreed, published, and followed up.

Who was there, what was asked, when it ended and the three actions with their owner are the record's. Their
days, what was answered and when they were done are not: the texts say so. The record has no judgement, so
none is made.
"""

from itertools import count

from demonstration.closing import account, done, put_off
from demonstration.dates import PLANNED, THEMATIC
from demonstration.telling import Ask, Telling, present
from reference.catalogue import session
from schemas.commands import (
    AcceptReturn,
    AskQuestion,
    ConfirmAction,
    DecideExtension,
    ProposeAction,
    RecordAnswer,
    RecordAttendance,
    ReportProgress,
    SubmitReturn,
)

AFTER_NOTES = """## What follows

The session ended at {ends}. Its actions, by the press account after it, are the Chief Constable's.

This account is a demonstration. The agenda, what was asked, who was there and the actions are the record's; \
what was answered, and by when the actions are due, are not. The record does not say how assured the \
Commissioner was, so no judgement stands here.
"""
OWNERS = {"chief_constable": "chief-constable"}


def agreed() -> tuple[tuple[str, str], ...]:
    """The actions of the record: the words of each, and its owner."""
    return tuple((one["action"], OWNERS[one["owner"]]) for one in session(THEMATIC)["outcomes"])


def told(tell: Telling, asks: tuple[Ask, ...], actions: tuple[str, ...]) -> None:
    """From the seventh working day before the session to the last verified action."""
    _evidence(tell)
    _held(tell, asks)
    _actions(tell, actions)
    after = AFTER_NOTES.format(ends=session(THEMATIC)["ends"].partition("T")[2])
    answer = tell.say("the session was held and three actions were agreed; the record has no judgement.")
    account(tell, answer=answer, after_notes=after, drafted=8, signed=13, checked=12)
    _followed_up(tell, actions)


def _evidence(tell: Telling) -> None:
    tell.then(-7, "10:00", "policy-officer", DecideExtension, request=2, granted=True)
    tell.then(-7, "11:00", "policy-officer", AcceptReturn, request=6)
    paper = tell.paper("the action tracker.")
    tell.then(-6, "14:00", "force-coordination", SubmitReturn, request=5, items=paper)
    paper = tell.paper("the paper on community cohesion and confidence, four working days after its day.")
    tell.then(-6, "15:00", "deputy-chief-constable", SubmitReturn, request=4, items=paper)
    paper = tell.paper("the paper on stop and search again, with the data that it lacked, not by local area.")
    tell.then(-5, "12:00", "acc-local-policing", SubmitReturn, request=1, items=paper)
    for request in (1, 4, 5):
        tell.then(-4, "10:00", "policy-officer", AcceptReturn, request=request)
    paper = tell.paper("the paper on the use of force, by the later day that was granted.")
    tell.then(-3, "15:00", "superintendent-custody", SubmitReturn, request=2, items=paper)
    tell.then(-2, "10:00", "policy-officer", AcceptReturn, request=2)


def _held(tell: Telling, asks: tuple[Ask, ...]) -> None:
    """Each point of the agenda put and answered, by its lead or, where the lead was not there, the chief."""
    there, numbers = present(THEMATIC), count(1)
    for request, ask in enumerate(asks, start=1):
        for point in session(THEMATIC)["items"][ask.item].get("asked", ()):
            number = next(numbers)
            hour, minute = divmod(5 + 9 * number, 60)
            asked = tell.words.ref(f"{point}: what is the force's account?")
            tell.then(
                0, f"{10 + hour}:{minute:02d}", "policy-officer", AskQuestion, question=asked, request=request
            )
            answer = tell.say("the record names the point that was asked about, and not what was answered.")
            by = ask.lead if ask.lead in there else "chief-constable"
            tell.then(0, "12:05", "policy-officer", RecordAnswer, question=number, answer=answer, by=by)
    tell.then(
        0,
        "12:10",
        "policy-officer",
        RecordAttendance,
        present=there,
        chair="commissioner",
        members=("commissioner",),
        members_present=("commissioner",),
        held_at=tell.dates.session_at(THEMATIC),
    )


def _actions(tell: Telling, actions: tuple[str, ...]) -> None:
    days = (tell.dates.on(THEMATIC, 15), tell.dates.on(THEMATIC, 20), tell.dates.on(PLANNED, 0))
    for (what, owner), action, due_on in zip(agreed(), actions, days, strict=True):
        said = tell.words.ref(what)
        tell.then(
            1, "10:00", "policy-officer", ProposeAction, action=action, what=said, owner=owner, due_on=due_on
        )
        tell.then(2, "11:30", "force-coordination", ConfirmAction, action=action)


def _followed_up(tell: Telling, actions: tuple[str, ...]) -> None:
    """The first is done before the next session; the other two are outstanding there and get new days."""
    first, second, third = actions
    owner = "chief-constable"
    done(tell, first, owner=owner, days=13, of=THEMATIC)
    said = tell.say("it is being worked on.")
    tell.then(23, "11:00", owner, ReportProgress, action=second, account=said, assessment="late")
    put_off(tell, second, owner=owner, minute=40, days=15)
    put_off(tell, third, owner=owner, minute=50, days=30)
    done(tell, second, owner=owner, days=12, of=PLANNED)
    done(tell, third, owner=owner, days=28, of=PLANNED)
