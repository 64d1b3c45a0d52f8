"""The quarterly performance session of 31 August 2023, from its question to its published findings."""

from datetime import timedelta

from demonstration.closing import account, done, put_off
from demonstration.dates import PERFORMANCE, PLANNED, THEMATIC, Dates
from demonstration.telling import Ask, Numbers, Story, Telling, file_of, present
from reference.catalogue import session
from rules.clocks import civil, london
from schemas.clocks import AfterSession, AtSession, BeforeSession
from schemas.commands import (
    AcceptReturn,
    Acknowledge,
    AskQuestion,
    ClaimDone,
    ConfirmAction,
    JudgeAssurance,
    ProposeAction,
    RecordAnswer,
    RecordAttendance,
    RecordDecision,
    ReportProgress,
    SubmitReturn,
    VerifyDone,
)
from schemas.evidence import ShownItem

OUT = -20
USUAL = BeforeSession(days=5)
ASKS = (
    Ask(0, "force-coordination", "SWM-REASSURE-17", USUAL),
    Ask(1, "acc-local-policing", "SWM-REASSURE-06", USUAL),
    Ask(2, "acc-protecting-people", "SWM-SECURE-02", USUAL),
    Ask(3, "deputy-chief-constable", "SWM-REASSURE-01", USUAL),
    Ask(
        1,
        "chief-constable",
        "SWM-REASSURE-22",
        AtSession(),
        form="presentation",
        title="Presentation on quarterly performance, given at the meeting",
    ),
    Ask(
        1,
        "chief-constable",
        "SWM-REASSURE-22",
        AfterSession(days=5),
        form="presentation",
        title="Presentation on quarterly performance, shared after the meeting",
    ),
)
ALSO = (
    "SWM-REFORM-06",
    "SWM-VICTIMS-26",
    "SWM-SECURE-04",
    "SWM-SECURE-05",
    "SWM-SECURE-12",
    "SWM-REASSURE-04",
)
LATE = 4
SHARED = 6
BRING = "bring the papers on diversity, equality and inclusion to the thematic session"
"""What the first action asks; it is carried over to the agenda of that session."""
ACTIONS = (BRING, "share the presentation that was given at the meeting")
AFTER_NOTES = """## What follows

The papers on diversity, equality and inclusion come to the thematic session. The presentation is shared.

The next session is {kind}: {theme}, on {held:%A %-d %B %Y at %H:%M}.

This account is a demonstration. The agenda, what was asked and who was there are the record's; what was \
answered, and how assured the Commissioner was, are not, and are put neutrally here.
"""


def story(dates: Dates, numbers: Numbers, *, to_its_end: bool = False) -> Story:
    """The whole cycle: asked, answered, one late, held, judged, decided, signed and published.

    To its end, it goes on until the action that was carried over twice is verified.
    """
    telling = Telling(PERFORMANCE, numbers.cycles[PERFORMANCE], dates)
    actions = numbers.actions[PERFORMANCE]
    _evidence(telling)
    _noticed(telling)
    _held(telling, actions)
    _findings(telling)
    if to_its_end:
        _followed_up(telling, actions[0])
    return Story(
        name=PERFORMANCE,
        opened_at=dates.at(PERFORMANCE, OUT, "10:00"),
        file=file_of(
            dates,
            PERFORMANCE,
            ASKS,
            title="Quarterly performance, first quarter (demonstration)",
            theme="reassuring",
            question="How is the force performing, and what was done about vetting, misconduct and misogyny?",
            more=ALSO,
        ),
        opening=telling.opening(dates.calendar.version),
        words=telling.words,
        steps=telling.in_order(),
    )


def _evidence(tell: Telling) -> None:
    tell.act(-19, "11:10", "acc-local-policing", Acknowledge, request=2)
    tell.act(-19, "14:40", "acc-protecting-people", Acknowledge, request=3)
    tell.act(
        -8, "15:05", "force-coordination", SubmitReturn, request=1, items=tell.paper("the action tracker.")
    )
    tell.act(-7, "10:20", "policy-officer", AcceptReturn, request=1)
    paper = tell.paper("the paper on quarterly performance.")
    tell.act(-6, "16:15", "acc-local-policing", SubmitReturn, request=2, items=paper)
    paper = tell.paper("the paper on the national priorities.")
    tell.act(-5, "12:30", "acc-protecting-people", SubmitReturn, request=3, items=paper)
    tell.act(-5, "15:00", "policy-officer", AcceptReturn, request=2)
    tell.act(-4, "11:00", "policy-officer", AcceptReturn, request=3)
    paper = tell.paper("the paper on vetting, misconduct and misogyny, one working day after its day.")
    tell.act(-4, "16:45", "deputy-chief-constable", SubmitReturn, request=LATE, items=paper)
    tell.act(-3, "10:00", "policy-officer", AcceptReturn, request=LATE)


def _noticed(tell: Telling) -> None:
    """The agenda as it was published: the four papers, each a request, and the two usual last items."""
    titles = [one["title"] for one in session(PERFORMANCE)["items"]]
    papers = (tell.item(title, number) for number, title in enumerate(titles[:LATE], start=1))
    tell.agenda(-6, "16:30", (*papers, *(tell.item(title) for title in titles[LATE:])))


def _held(tell: Telling, actions: tuple[str, ...]) -> None:
    shown = ShownItem(what=tell.say("the presentation that was given at the meeting."))
    tell.act(0, "15:10", "chief-constable", SubmitReturn, request=5, items=(shown,))
    tell.act(
        0,
        "16:30",
        "policy-officer",
        RecordAttendance,
        present=present(PERFORMANCE),
        chair="commissioner",
        members=("commissioner",),
        members_present=("commissioner",),
        held_at=tell.dates.session_at(PERFORMANCE),
    )
    tell.act(0, "16:40", "policy-officer", AcceptReturn, request=5)
    _said(tell)
    for number in range(1, SHARED):
        reasons = tell.say("the published record does not say how assured the Commissioner was on this item.")
        tell.act(
            0,
            f"17:{10 + number}",
            "commissioner",
            JudgeAssurance,
            request=number,
            judgement="partly_assured",
            reasons=reasons,
        )
    tell.act(
        1,
        "09:40",
        "commissioner",
        RecordDecision,
        title=tell.say("publish the agenda and the notes of the session"),
        options=tell.say("publish both, or the agenda alone."),
        reasons=tell.say("both were published; the record gives no reasons."),
        basis="prsra-2011.s11",
    )
    _actions(tell, actions)


def _said(tell: Telling) -> None:
    """Each point of the quarter's performance on which the Chief Constable was asked, by the record."""
    for point in session(PERFORMANCE)["items"][1]["asked"]:
        asked = tell.words.ref(f"{point}: how did the force do this quarter?")
        tell.later(0, "16:45", "policy-officer", AskQuestion, question=asked, request=2)
    for number in range(1, len(session(PERFORMANCE)["items"][1]["asked"]) + 1):
        answer = tell.say("the record names the point that was asked about, and not what was answered.")
        tell.later(
            0, "16:50", "policy-officer", RecordAnswer, question=number, answer=answer, by="chief-constable"
        )


def _actions(tell: Telling, actions: tuple[str, ...]) -> None:
    papers, presentation = actions
    tell.act(
        1,
        "10:00",
        "policy-officer",
        ProposeAction,
        action=papers,
        owner="deputy-chief-constable",
        what=tell.say(ACTIONS[0]),
        due_on=tell.dates.on(THEMATIC, -5),
    )
    tell.act(
        1,
        "10:05",
        "policy-officer",
        ProposeAction,
        action=presentation,
        owner="chief-constable",
        what=tell.say(ACTIONS[1]),
        due_on=tell.dates.on(PERFORMANCE, 5),
    )
    for action in actions:
        tell.act(2, "11:30", "force-coordination", ConfirmAction, action=action)
    proof = tell.paper("the presentation was sent to the office.")
    covers_to = civil(tell.dates.at(PERFORMANCE, 4, "12:00") - timedelta(days=1))
    tell.act(4, "14:00", "chief-constable", ClaimDone, action=presentation, proof=proof, covers_to=covers_to)
    shared = tell.paper("the presentation that was given at the meeting, shared after it.")
    tell.later(4, "14:10", "chief-constable", SubmitReturn, request=SHARED, items=shared)
    tell.act(5, "10:00", "policy-officer", VerifyDone, action=presentation)
    tell.later(5, "10:10", "policy-officer", AcceptReturn, request=SHARED)


def _findings(tell: Telling) -> None:
    following = session(PERFORMANCE)["next"]
    held = london(tell.dates.session_at(THEMATIC))
    after = AFTER_NOTES.format(kind=following["kind"], theme=following["theme"], held=held)
    answer = tell.say("every paper was given, one of them late; the record does not say how good they were.")
    account(tell, answer=answer, after_notes=after, drafted=10, signed=12, checked=11)


def _followed_up(tell: Telling, action: str) -> None:
    """The action is carried over to the second session, and from it to the third, which agrees a day."""
    owner = "deputy-chief-constable"
    said = tell.say("the papers came, but for the data by local area.")
    tell.then(
        -6, "10:00", owner, ReportProgress, of=THEMATIC, action=action, account=said, assessment="at_risk"
    )
    put_off(tell, action, owner=owner, minute=40, days=15)
    done(tell, action, owner=owner, days=12, of=PLANNED)
