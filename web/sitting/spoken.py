"""What the room has on record of an item so far: who said what, who wrote it down, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from rules.clocks import civil
from rules.meeting.minutes import day_of
from schemas.cycle import Question, Session
from schemas.people import Actor
from schemas.sittings import Jotting
from web.showing import words as say
from web.sitting.place import Item, Part, Place


@dataclass(frozen=True)
class Line:
    """One thing that is on record, or was jotted down."""

    at: datetime
    what: str
    words: str
    by: str = ""
    """Who wrote it down; empty where the record does not say."""
    note: bool = False
    """Whether it is a working note and not of the record."""


Titles = Mapping[str, str]


def spoken(place: Place, item: Item, titles: Titles, jottings: list[Jotting]) -> list[Line]:
    """What was asked, answered, judged, voted and jotted down at an item, in the order in which it was."""
    part = item.part
    found = [line for one in _questions(item) for line in _asked(one, part, titles)]
    for one in part.page.cycle.judgements:
        if (one.session, one.request) == (part.session.number, item.request):
            said = f"The Commissioner is {say.ASSURANCE[one.judgement].lower()}"
            found.append(Line(one.at, said, part.page.say(one.reasons), _who(one.by, titles)))
    found += _votes(item, titles)
    for jot in jottings:
        if jot.item == item.number or (item.last and place.item(jot.item) is None):
            found.append(Line(jot.at, "Working note", jot.words, titles.get(jot.by, jot.by), note=True))
    return sorted(found, key=lambda line: line.at)


def outcomes(part: Part, titles: Titles) -> list[Line]:
    """The decisions and actions of a cycle from the day of its session on, oldest first."""
    cycle, words, day = part.page.cycle, part.page.say, day_of(part.session)
    decided = [
        Line(one.at, f"Decision {one.number}", words(one.title), _who(one.by, titles))
        for one in cycle.decisions
        if civil(one.at) >= day
    ]
    acts = [
        Line(
            one.clock.starts_at,
            f"Action {one.number}, for {titles.get(one.owner, one.owner)}, by {one.due.on:%-d %B %Y}",
            words(one.what),
            _who(one.proposed_by, titles),
        )
        for one in cycle.actions
        if one.state != "withdrawn" and civil(one.clock.starts_at) >= day
    ]
    return sorted([*decided, *acts], key=lambda line: line.at)


def unanswered(item: Item) -> list[Question]:
    """The questions of an item that have no answer yet, then those that have."""
    return sorted(_questions(item), key=lambda one: (one.answer is not None, one.number))


def sums(item: Item) -> str:
    """What there is of an item so far, in a few words, for the list of items."""
    asked = _questions(item)
    judged = any(
        (one.session, one.request) == (item.part.session.number, item.request)
        for one in item.part.page.cycle.judgements
    )
    parts = [say.plural(len(asked), "question")] if asked else []
    return ", ".join([*parts, *(["judged"] if judged else [])])


def _questions(item: Item) -> list[Question]:
    session: Session = item.part.session
    return [one for one in session.questions if one.request == item.request]


def _asked(one: Question, part: Part, titles: Titles) -> list[Line]:
    late = ", after the cut-off" if one.late else ""
    asked = Line(
        one.at,
        f"{say.ASKERS[one.asked_by]} asked (question {one.number}{late})",
        part.page.say(one.question),
        _who(one.by, titles),
    )
    if one.answer is None:
        return [asked]
    by = f" by {titles.get(one.answered_by, one.answered_by)}" if one.answered_by else ""
    written = f", in writing by {one.in_writing_by:%-d %B %Y}" if one.in_writing_by else ""
    answer = Line(
        one.answered_at or one.at, f"Answer to question {one.number}{by}{written}", part.page.say(one.answer)
    )
    return [asked, answer]


def _votes(item: Item, titles: Titles) -> list[Line]:
    return [
        Line(
            one.at,
            f"Vote {'carried' if one.carried else 'lost'}: {one.votes_for} for, {one.votes_against} against, "
            f"{one.abstained} abstained",
            item.part.page.say(one.question),
            _who(one.by, titles),
        )
        for one in item.part.session.votes
        if one.item == item.number or (item.last and one.item is None)
    ]


def _who(actor: Actor, titles: Titles) -> str:
    return titles.get(actor.person, actor.person)
