"""A picture as it stands on a page: in a scroller that can be reached by keyboard, with its table beneath."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape


@dataclass(frozen=True)
class Cell:
    """One cell of a table: words, and where they lead; a number stands on the right."""

    words: str
    href: str = ""
    number: bool = False


Row = tuple[str | int | Cell, ...]


@dataclass(frozen=True)
class Table:
    """The same as a picture, as a table: the first cell of each row heads it."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]


def framed(picture: Markup, table: Table, *, label: str) -> Markup:
    """A picture with its table; nothing where there is no picture."""
    if not picture:
        return Markup("")
    return Markup(  # noqa: S704 - its words are escaped here, the picture's where it was drawn
        f'<figure class="picture"><div class="picture__scroll" role="region" tabindex="0" '
        f'aria-label="{escape(label)}">{picture}</div>{folded(table)}</figure>'
    )


def folded(table: Table, say: str = "See this as a table") -> Markup:
    """A table that opens on demand: "See this as a table", or what else it should say."""
    return Markup(  # noqa: S704 - as above
        '<details class="govuk-details picture__table"><summary class="govuk-details__summary">'
        f'<span class="govuk-details__summary-text">{escape(say)}'
        f'<span class="govuk-visually-hidden">: {escape(table.caption)}</span></span></summary>'
        f'<div class="govuk-details__text">{laid_out(table)}</div></details>'
    )


def laid_out(table: Table) -> Markup:
    """The table itself, in a scroller of its own, for it may be wide."""
    heads = "".join(f'<th scope="col" class="govuk-table__header">{escape(one)}</th>' for one in table.heads)
    rows = "".join(_row(one) for one in table.rows)
    return Markup(  # noqa: S704 - as above
        '<div class="picture__scroll" role="region" tabindex="0" '
        f'aria-label="{escape(table.caption)}, table">'
        f'<table class="govuk-table picture__rows"><caption class="govuk-table__caption '
        f'govuk-table__caption--s">{escape(table.caption)}</caption><thead class="govuk-table__head">'
        f'<tr class="govuk-table__row">{heads}</tr></thead><tbody class="govuk-table__body">{rows}</tbody>'
        "</table></div>"
    )


def _row(row: Row) -> str:
    cells: Iterable[Cell] = (one if isinstance(one, Cell) else _cell(one) for one in row)
    return '<tr class="govuk-table__row">' + "".join(_td(n, one) for n, one in enumerate(cells)) + "</tr>"


def _cell(said: str | int) -> Cell:
    return Cell(str(said), number=isinstance(said, int))


def _td(place: int, cell: Cell) -> str:
    inside = escape(cell.words)
    if cell.href:
        inside = Markup('<a class="govuk-link" href="{}">{}</a>').format(cell.href, cell.words)
    if place == 0:
        return f'<th scope="row" class="govuk-table__header">{inside}</th>'
    numeric = " govuk-table__cell--numeric" if cell.number else ""
    return f'<td class="govuk-table__cell{numeric}">{inside}</td>'
