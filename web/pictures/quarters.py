"""A grid of commitments by quarter: real tables with coloured cells, each with its words inside."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from rules.programme.years import label, year_of
from rules.timing.spans import month_after


@dataclass(frozen=True)
class Filled:
    """One cell: what stands in it, its tone (`good`, `watch`, `bad`, `some`, `more`, `none`) and its link."""

    words: str
    tone: str = "none"
    href: str = ""
    more: str = ""
    """What a screen reader hears besides."""


EMPTY = Filled("\N{EN DASH}", "none", more="nothing")


@dataclass(frozen=True)
class Line:
    """One row: its name, what it is about, and its cells by column."""

    name: str
    about: str
    cells: tuple[Filled, ...]
    href: str = ""


def grid(caption: str, heads: tuple[str, ...], lines: Iterable[Line], first: str = "Commitment") -> Markup:
    """The grid in a scroller that can be reached by keyboard; empty without rows."""
    rows = "".join(_line(one) for one in lines)
    if not rows:
        return Markup("")
    columns = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    return Markup(  # noqa: S704 - its words are escaped, here and in each cell
        f'<div class="picture picture__scroll" role="region" tabindex="0" aria-label="{escape(caption)}">'
        f'<table class="grid"><caption class="govuk-table__caption govuk-table__caption--s">{escape(caption)}'
        f'</caption><thead><tr><th scope="col">{escape(first)}</th>{columns}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def quarter(first_day: date) -> str:
    """A quarter as people say it, such as `Q3 2026-27`: the third of the programme's year."""
    place = (first_day.month - 4) % 12 // 3 + 1
    return f"Q{place} {label(year_of(first_day))}"


def said_in_months(first_day: date) -> str:
    """A quarter by its months, such as `October to December 2026`."""
    return f"{first_day:%B} to {month_after(first_day, 2):%B %Y}"


def _line(one: Line) -> str:
    name: Markup | str = escape(one.name)
    if one.href:
        name = Markup('<a class="govuk-link" href="{}">{}</a>').format(one.href, one.name)
    about = f' <span class="grid__said quiet">{escape(one.about)}</span>' if one.about else ""
    return f'<tr><th scope="row">{name}{about}</th>{"".join(_cell(cell) for cell in one.cells)}</tr>'


def _cell(one: Filled) -> str:
    inside: Markup | str = escape(one.words)
    if one.href:
        inside = Markup('<a href="{}">{}</a>').format(one.href, one.words)
    if one.words == EMPTY.words:
        inside = Markup('<span aria-hidden="true">{}</span>').format(one.words)
    more = f'<span class="govuk-visually-hidden"> {escape(one.more)}</span>' if one.more else ""
    return f'<td class="tone tone--{escape(one.tone)}">{inside}{more}</td>'
