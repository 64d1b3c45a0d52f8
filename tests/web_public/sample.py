"""One cycle with published findings, made by the rules themselves, and reads that know nothing else."""

from datetime import UTC, date, datetime
from typing import Any

from reference.catalogue import calendar, standards
from rules.apply import add_up
from rules.clocks import instant
from rules.publishing.publication import fingerprint, is_public, public_facts
from rules.stages import stage
from schemas import events as e
from schemas.clocks import Clock, Due, OnDate
from schemas.cycle import Cycle
from schemas.evidence import Cover, RequestDraft, WrittenItem
from schemas.people import Actor
from schemas.records import Entry
from schemas.rows import CyclePage, CycleRow, PublicationRow, TimelineRow
from schemas.sessions import SessionDraft
from schemas.shape import Words
from tests.scenario import CHIEF_CONSTABLE, COMMISSIONER, LEAD, OFFICER, PUBLISHER

REFERENCE = "HTA-2026-07"
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
BODY = """## What the figures show

The force answered **91%** of emergency calls in ten seconds, against a standard of 90%. Other calls are
another matter: one caller in six gave up.

- Abandonment fell from 24% to 17% after the new rota began.
- The call-back service was used by [one caller in five](https://example.org/calls).

| Quarter | Answered | Given up |
|---|---|---|
| April to June | 76% | 24% |
| July to September | 83% | 17% |

#### What was not shown

No figure was given for Welsh-speaking callers in Tŷ Crwyn, and supervision of open cases had declined.
"""


def due(on: date) -> Due:
    """Due on a day at five."""
    return Due(on=on, at=instant(on, "17:00"), calendar=calendar().version)


def clock(on: date, starts_at: datetime) -> Clock:
    """A clock that ends on a day."""
    return Clock(
        rule="local.back-planning",
        kind="local",
        starts_at=starts_at,
        budget=OnDate(on=on),
        hour="17:00",
        calendar=calendar().version,
    )


class Story:
    """Events of one cycle, told one after the other."""

    def __init__(self, reference: str = REFERENCE) -> None:
        self.reference = reference
        self.words = Words()
        self.entries: list[Entry] = []

    def then(self, at: datetime, actor: Actor, event: Any, **changes: Any) -> None:
        """One more entry."""
        facts = {
            "cycle": self.reference,
            "version": len(self.entries) + 1,
            "at": at,
            "actor": actor,
            "key": f"key-{len(self.entries):06d}",
            "content": "0" * 64,
            "public": is_public(event.kind),
            "event": event,
        }
        self.entries.append(Entry.model_validate({**facts, **changes}))

    @property
    def cycle(self) -> Cycle:
        """What it adds up to."""
        return add_up(self.entries)

    def page(self) -> CyclePage:
        """The cycle as a page reads it."""
        return CyclePage(cycle=self.cycle, stage=stage(self.cycle), words=self.words.kept)

    def row(self) -> CycleRow:
        """The cycle as a line of a list."""
        cycle = self.cycle
        return CycleRow(
            reference=cycle.reference,
            stage=stage(cycle),
            title=self.words.kept[cycle.title],
            theme=cycle.theme,
            opened_by=cycle.opened_by.person,
            opened_at=cycle.opened_at,
            changed_at=cycle.changed_at,
            session_at=None, paused=False, open_requests=0, late=0, next_due_at=None,
        )  # fmt: skip

    def publication(self) -> PublicationRow:
        """The newest published version."""
        version = self.cycle.published()
        assert version is not None
        assert version.published_at is not None
        facts = public_facts(self.cycle, version)
        named = str(facts)
        return PublicationRow(
            cycle=self.reference,
            version=version.version,
            published_at=version.published_at,
            fingerprint=fingerprint(self.cycle, version),
            theme=self.cycle.theme,
            facts=facts,
            words={ref: words for ref, words in self.words.kept.items() if ref in named},
        )

    def timeline(self, *, public: bool = False) -> list[TimelineRow]:
        """The ledger, newest first."""
        return [
            TimelineRow(entry=one, words=self.words.kept)
            for one in reversed(self.entries)
            if one.public or not public
        ]


def day(on: str, hour: int = 10) -> datetime:
    """An instant of 2026, such as `day("09-14")`."""
    month, number = on.split("-")
    return datetime(2026, int(month), int(number), hour, tzinfo=UTC)


def asked(story: Story, number: int, title: str, points: tuple[str, ...], on: date) -> None:
    """One request goes out."""
    draft = RequestDraft(
        title=story.words.ref(title),
        asked=tuple(story.words.ref(point) for point in points),
        lead=LEAD.person,
        due=OnDate(on=on),
    )
    at = day("09-01")
    story.then(
        at, OFFICER, e.EvidenceRequested(request=number, draft=draft, clock=clock(on, at), due=due(on))
    )


def answered(story: Story, at: datetime, number: int, version: int = 1, *, late: bool = False) -> None:
    """One return comes in."""
    item = WrittenItem(text=story.words.ref("Here is the answer."))
    story.then(
        at,
        LEAD,
        e.ReturnSubmitted(
            request=number,
            version=version,
            answer="provided",
            items=(item,),
            cover=Cover(),
            partial=False,
            late=late,
        ),
    )


def opened(story: Story, title: str, question: str, theme: str = "reassuring") -> None:
    """The question is put."""
    story.then(
        day("09-01", 9),
        OFFICER,
        e.CycleOpened(
            title=story.words.ref(title),
            theme=theme,
            commitments=("SWM-REASSURE-01", "SWM-REASSURE-02"),
            question=story.words.ref(question),
            standards=standards()["performance"],
            calendar=calendar().version,
            body="west-mercia-opcc",
        ),
    )


def told(body: str = BODY, reference: str = REFERENCE, question: str = "") -> Story:
    """A whole cycle: three requests, one late and sent back, a meeting, two actions, findings published."""
    story = Story(reference)
    opened(
        story,
        "Can people reach the police when they need to?",
        question
        or "Is the force answering the public's calls quickly enough, and does it know who gives up?",
    )
    asked(story, 1, "Answering 999 and 101", ("Calls answered in time", "Calls given up"), date(2026, 9, 22))
    asked(story, 2, "Telling victims of delays", ("Response times",), date(2026, 9, 22))
    asked(story, 3, "Progress on the tracker", (), date(2026, 9, 24))
    answered(story, day("09-18"), 1)
    story.then(
        day("09-22", 16),
        Actor(person="engine", role=LEAD.role),
        e.DutyMissed(duty="return", request=2, due=due(date(2026, 9, 22))),
    )
    answered(story, day("09-29"), 2, late=True)
    answered(story, day("09-24"), 3)
    story.then(
        day("10-01"),
        OFFICER,
        e.ReturnSentBack(
            request=1,
            version=1,
            gap=story.words.ref("SECRET GAP"),
            budget=OnDate(on=date(2026, 10, 8)),
            due=due(date(2026, 10, 8)),
        ),
    )
    answered(story, day("10-07"), 1, 2)
    for number in (1, 2, 3):
        story.then(day("10-09"), OFFICER, e.ReturnAccepted(request=number, version=1))
    story.then(
        day("10-09", 11), OFFICER, e.SessionFixed(session=1, draft=SessionDraft(starts_at=day("10-14", 13)))
    )
    concluded(story, body)
    return story


def concluded(story: Story, body: str) -> None:
    """The meeting, what was judged, what was agreed, and the findings."""
    say = story.words.ref
    story.then(
        day("10-14", 15),
        OFFICER,
        e.SessionHeld(session=1, held_at=day("10-14", 13), present=("commissioner",)),
    )
    reasons = {
        1: (
            "partly_assured",
            "Emergency calls are answered in time. One non-emergency caller in six still gives up.",
        ),
        2: ("not_assured", "Victims are not told of delays, and the force does not measure it."),
        3: ("assured", "Nine of ten actions on the tracker are done."),
    }
    for number, (judgement, words) in reasons.items():
        story.then(
            day("10-14", 16),
            COMMISSIONER,
            e.AssuranceJudged.model_validate(
                {"session": 1, "request": number, "judgement": judgement, "reasons": say(words)}
            ),
        )
    agreed(story)
    published(story, body)


def agreed(story: Story) -> None:
    """One decision and two actions."""
    say = story.words.ref
    story.then(
        day("10-15"),
        COMMISSIONER,
        e.DecisionRecorded(
            decision=1,
            title=say("Publish call figures every month"),
            options=say("Leave it quarterly"),
            reasons=say("People should not wait a quarter to see whether it gets better."),
            basis="Police Reform and Social Responsibility Act 2011, section 11",
        ),
    )
    for action, what, on in (
        ("2026/014", "Publish 101 abandonment every month", date(2026, 11, 13)),
        (
            "2026/015",
            "Tell every victim within a day when a response is delayed, and count how often",
            date(2026, 12, 18),
        ),
    ):
        facts = {"action": action, "what": say(what), "owner": LEAD.person, "due": due(on)}
        proposed = e.ActionProposed.model_validate({**facts, "clock": clock(on, day("10-15"))})
        story.then(day("10-15"), OFFICER, proposed)
        story.then(day("10-16"), CHIEF_CONSTABLE, e.ActionConfirmed(action=action))


def published(story: Story, body: str, at: datetime | None = None, answer: str = "") -> None:
    """One more version of the findings is published."""
    version = len(story.cycle.findings) + 1
    said = (
        answer
        or "In an emergency yes; otherwise one caller in six gives up, and victims are not told of delays."
    )
    at = at or day("10-29", 9)
    story.then(
        at,
        OFFICER,
        e.FindingsDrafted(version=version, answer=story.words.ref(said), body=story.words.ref(body)),
    )
    mark = fingerprint(story.cycle, story.cycle.findings[-1])
    story.then(at, PUBLISHER, e.FindingsPublished(version=version, fingerprint=mark))
