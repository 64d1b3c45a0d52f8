"""The quarterly performance session of 11 December 2023, as a cycle whose requests are still to be sent."""

from demonstration.dates import PLANNED, Dates
from demonstration.telling import Ask, Story, Telling, file_of
from reference.catalogue import session
from schemas.clocks import BeforeSession
from schemas.commands import AskQuestion

USUAL = BeforeSession(days=5)
ASKS = (
    Ask(0, "force-coordination", "SWM-REASSURE-17", USUAL),
    Ask(1, "acc-protecting-people", "SWM-VICTIMS-01", USUAL),
    Ask(2, "acc-local-policing", "SWM-SECURE-07", USUAL),
    Ask(3, "deputy-chief-constable", "SWM-SECURE-02", USUAL),
)
ALSO = ("SWM-VICTIMS-26", "SWM-REFORM-06", "SWM-SECURE-04")


def story(dates: Dates, reference: str) -> Story:
    """Opened today; each request goes out on its own day, planned backwards from the session."""
    tell = Telling(PLANNED, reference, dates)
    for challenge in session(PLANNED)["items"][1]["challenge"]:
        asked = tell.words.ref(
            f"{challenge[:1].upper()}{challenge[1:]}{'' if challenge.endswith('?') else '?'}"
        )
        tell.later(-60, "10:00", "policy-officer", AskQuestion, question=asked)
    return Story(
        name=PLANNED,
        opened_at=dates.at(PLANNED, 0, "00:00"),
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
        steps=tuple(tell.steps),
        in_the_past=False,
    )
