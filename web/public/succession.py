"""Who takes over from whom, for everybody: in the words of the frozen facts, and of the record since."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from rules.clocks import civil
from schemas.rows import CyclePage, PublicationRow
from schemas.successions import LABELS, BothNames, Part
from web.showing.dates import day

WHAT: dict[Part, str] = {
    "body": "The body",
    "office_holder": "The office holder",
    "force": "The force",
    "panel": "The panel",
}
Say = Callable[[str | None], str]


def taken_over(row: PublicationRow, page: CyclePage | None) -> tuple[str, ...]:
    """A sentence for each succession: those that were published, and those recorded in the cycle since."""
    if page is None:
        return published_takeovers(row)
    since = [_took_over(one.model_dump(mode="json"), page.say) for one in page.cycle.successions]
    return tuple(dict.fromkeys((*published_takeovers(row), *since)))


def published_names(row: PublicationRow) -> tuple[tuple[str, str], ...]:
    """Who stood on the day of publication, with those before: from the frozen facts alone."""
    on = civil(row.published_at)
    found = ((label, _frozen(row, what, on)) for what, label in LABELS.items())
    return tuple((label, str(names)) for label, names in found if names)


def published_by(row: PublicationRow) -> str:
    """The name of the body that stood on the day of publication; empty where it was never recorded."""
    names = _frozen(row, "body", civil(row.published_at))
    return names.name if names else ""


def published_takeovers(row: PublicationRow) -> tuple[str, ...]:
    """A sentence for each succession that was published."""
    return tuple(_took_over(one, row.say) for one in row.facts.get("successions", ()))


def _frozen(row: PublicationRow, what: Part, on: date) -> BothNames | None:
    called = (one for one in row.facts.get("called", ()) if one["what"] == what)
    first = next((row.say(one["name"]) for one in called), "")
    steps = [
        (
            date.fromisoformat(one["from_on"]),
            row.say(one.get("was_name")) or one["was"] or "",
            row.say(one.get("to_name")) or one["to"],
        )
        for one in row.facts.get("successions", ())
        if one["what"] == what
    ]
    return BothNames.of(sorted(steps, key=lambda one: one[0]), on, first)


def names_today(page: CyclePage | None, now: datetime) -> tuple[tuple[str, str], ...]:
    """Who stands today, with those before: a label and both names, part by part."""
    return page.named_on(civil(now - page.cycle.set_back)) if page else ()


def _took_over(one: Mapping[str, Any], say: Say) -> str:
    was, to = say(one.get("was_name")), say(one.get("to_name"))
    what = to or f"{WHAT[one['what']]} {one['to']}"
    before = was or one["was"]
    from_whom = f" takes over from {before}" if before else " takes over"
    return f"{what}{from_whom} with effect from {day(date.fromisoformat(one['from_on']))}."
