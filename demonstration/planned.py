"""The quarterly performance session of 11 December 2023, as a cycle whose requests are still to be sent."""

from demonstration import planned_end
from demonstration.dates import AHEAD, PLANNED, THEMATIC, Dates
from demonstration.telling import Ask, Numbers, Story, Telling, file_of
from schemas.clocks import BeforeSession

USUAL = BeforeSession(days=5)
ASKS = (
    Ask(0, "force-coordination", "SWM-REASSURE-17", USUAL),
    Ask(1, "acc-protecting-people", "SWM-VICTIMS-01", USUAL),
    Ask(2, "acc-local-policing", "SWM-SECURE-07", USUAL),
    Ask(3, "deputy-chief-constable", "SWM-SECURE-02", USUAL),
)
ALSO = ("SWM-VICTIMS-26", "SWM-REFORM-06", "SWM-SECURE-04")


def story(dates: Dates, numbers: Numbers, *, to_its_end: bool = False) -> Story:
    """Opened today; each request goes out on its own day, planned backwards from the session.

    To its end: opened on the same distance before the session, and told until its account is published.
    """
    tell = Telling(PLANNED, numbers.cycles[PLANNED], dates)
    if to_its_end:
        planned_end.told(tell, ASKS, numbers)
    return Story(
        name=PLANNED,
        opened_at=dates.at(THEMATIC, -AHEAD, "10:00"),
        file=file_of(
            dates,
            PLANNED,
            ASKS,
            title="Quarterly performance, second quarter (demonstration)",
            theme="victims",
            question="What has changed for victims since the inspection, and how is the force performing?",
            more=ALSO,
            planned=True,
        ),
        opening=tell.opening(dates.calendar.version),
        words=tell.words,
        steps=tell.in_order(),
        in_the_past=to_its_end,
    )
