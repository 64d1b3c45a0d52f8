"""A month as a table of weeks: what falls on each day, bank holidays, today, and days with many entries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from rules.timing.spans import weeks_of
from web.showing.dates import day

MOST = 3
"""Entries of a day that are shown at once; the others fold."""
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Entry:
    """One thing on a day: at which hour, whose layer, what, and where it is."""

    on: date
    hour: str
    layer: str
    kind: str
    what: str
    href: str = ""
    late: bool = False
    mark: str = ""
    """What is wrong with it, such as a clash."""


@dataclass(frozen=True)
class Month:
    """A month with its entries, bank holidays and days on which too much falls."""

    year: int
    month: int
    today: date
    entries: tuple[Entry, ...]
    holidays: Mapping[date, str]
    overloaded: frozenset[date] = frozenset()

    def of(self, on: date) -> tuple[Entry, ...]:
        """What falls on a day, by the hour."""
        found = (one for one in self.entries if one.on == on)
        return tuple(sorted(found, key=lambda one: (one.hour, one.kind, one.what)))


def month_table(month: Month, caption: str) -> Markup:
    """The month as a table in a scroller that can be reached by keyboard."""
    heads = "".join(f'<th scope="col">{name}</th>' for name in DAYS)
    weeks = "".join(_week(month, week) for week in weeks_of(month.year, month.month))
    return Markup(  # noqa: S704 - its words are escaped in each cell
        f'<div class="picture picture__scroll" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f'<table class="month"><caption class="govuk-visually-hidden">{escape(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{weeks}</tbody></table></div>"
    )


def _week(month: Month, week: Iterable[date]) -> str:
    return f"<tr>{''.join(_day(month, on) for on in week)}</tr>"


def _day(month: Month, on: date) -> str:
    holiday, inside = month.holidays.get(on), on.month == month.month
    marks = ["month__off"] if holiday or on.weekday() > 4 else []  # noqa: PLR2004 - Friday
    marks += [] if inside else ["month__other"]
    marks += ["month__today"] if on == month.today else []
    said = f"{on:%-d}" if inside else f"{on:%-d %b}"
    today = "<strong>Today</strong>" if on == month.today else ""
    parts = [f'<span class="month__day"><time datetime="{on.isoformat()}">{said}</time> {today}</span>']
    parts += [f"<p>{escape(holiday)}</p>"] if holiday else []
    if on in month.overloaded:
        parts.append('<p class="mark">Too much for one day</p>')
    parts.append(_entries(month.of(on), on))
    return f'<td class="{" ".join(marks)}">{"".join(parts)}</td>'


def _entries(found: tuple[Entry, ...], on: date) -> str:
    if not found:
        return ""
    shown = f"<ul>{''.join(_entry(one) for one in found[:MOST])}</ul>"
    rest = found[MOST:]
    if not rest:
        return shown
    return (
        f'{shown}<details><summary>{len(rest)} more<span class="govuk-visually-hidden"> on {day(on)}</span>'
        f"</summary><ul>{''.join(_entry(one) for one in rest)}</ul></details>"
    )


def _entry(one: Entry) -> str:
    what: Markup | str = escape(one.what)
    if one.href:
        what = Markup('<a class="govuk-link" href="{}">{}</a>').format(one.href, one.what)
    late = '<span class="mark">Late.</span> ' if one.late else ""
    mark = f' <span class="mark">{escape(one.mark)}</span>' if one.mark else ""
    hour = f"{escape(one.hour)} " if one.hour and one.kind else ""
    kind = f"<strong>{escape(one.kind)}</strong> " if one.kind else ""
    return f'<li class="layer--{escape(one.layer)}">{late}{hour}{kind}{what}{mark}</li>'
