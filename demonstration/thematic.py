"""The thematic session of 25 October 2023, as a cycle in flight: some evidence is in, some is not."""

from demonstration import thematic_end
from demonstration.dates import PERFORMANCE, THEMATIC, Dates
from demonstration.performance import BRING
from demonstration.telling import Ask, Numbers, Story, Telling, file_of
from demonstration.thematic_end import agreed
from reference.catalogue import session
from schemas.clocks import BeforeSession
from schemas.commands import AcceptReturn, Acknowledge, RequestExtension, SendBack, SubmitReturn

__all__ = ["agreed", "story"]
OUT = -20
USUAL = BeforeSession(days=5)
CIRCULATED = BeforeSession(days=10)
"""What was circulated before the session has to be there earlier."""

TRACKER = 5
ASKS = (
    Ask(1, "acc-local-policing", "SWM-REASSURE-03", USUAL),
    Ask(2, "superintendent-custody", "SWM-REASSURE-07", USUAL),
    Ask(3, "acc-protecting-people", "SWM-SECURE-13", USUAL),
    Ask(4, "deputy-chief-constable", "SWM-REASSURE-06", CIRCULATED),
    Ask(0, "force-coordination", "SWM-REASSURE-17", USUAL),
    Ask(
        0,
        "director-of-business-services",
        "SWM-VICTIMS-12",
        CIRCULATED,
        form="video",
        title="Victim case study",
    ),
)


def story(dates: Dates, numbers: Numbers, *, to_its_end: bool = False) -> Story:
    """Asked; some in, one sent back, one late, one overdue, and more time asked for once.

    To its end: everything in, held, its three actions agreed and done, its account published.
    """
    tell = Telling(THEMATIC, numbers.cycles[THEMATIC], dates)
    tell.act(-19, "10:30", "acc-local-policing", Acknowledge, request=1)
    tell.act(-18, "09:50", "superintendent-custody", Acknowledge, request=2)
    tell.act(-17, "16:20", "acc-protecting-people", Acknowledge, request=3)
    paper = tell.paper("the paper on stop and search, with volumes and reasons.")
    tell.act(-12, "15:40", "acc-local-policing", SubmitReturn, request=1, items=paper)
    gap = tell.say("the paper has no data on ethnicity and disproportionality, which was asked for.")
    tell.act(-11, "11:00", "policy-officer", SendBack, request=1, gap=gap, due=USUAL)
    paper = tell.paper("the paper on arrest rates.")
    tell.act(-11, "14:10", "acc-protecting-people", SubmitReturn, request=3, items=paper)
    tell.act(-10, "10:15", "policy-officer", AcceptReturn, request=3)
    study = tell.paper("the victim case study, one working day after its day.")
    tell.act(-9, "11:30", "director-of-business-services", SubmitReturn, request=6, items=study)
    tell.act(
        -9,
        "15:20",
        "superintendent-custody",
        RequestExtension,
        request=2,
        to=dates.on(THEMATIC, -3),
        reason=tell.say("the data on the use of force are checked until then."),
    )
    _noticed(tell, (numbers.cycles[PERFORMANCE], numbers.actions[PERFORMANCE][0]))
    if to_its_end:
        thematic_end.told(tell, ASKS, numbers.actions[THEMATIC])
    return Story(
        name=THEMATIC,
        opened_at=dates.at(THEMATIC, OUT, "10:00"),
        file=file_of(
            dates,
            THEMATIC,
            ASKS,
            title="Thematic: police powers, diversity, equality and inclusion (demonstration)",
            theme="reassuring",
            question="Does the force use its powers fairly, and does it know whether it does?",
        ),
        opening=tell.opening(dates.calendar.version),
        words=tell.words,
        steps=tell.in_order(),
    )


def _noticed(tell: Telling, carried: tuple[str, str]) -> None:
    """The agenda as it was published, the tracker first, and under it the action that was carried over."""
    titles = [one["title"] for one in session(THEMATIC)["items"]]
    cycle, action = carried
    left = tell.carried(tell.say(BRING), "due", cycle, action)
    asked = {title: number for number, title in enumerate(titles[1:], start=1)}
    tell.agenda(
        -9,
        "16:00",
        (
            tell.item(titles[0], TRACKER),
            left,
            *(tell.item(title, asked[title]) for title in titles[1:]),
        ),
    )
