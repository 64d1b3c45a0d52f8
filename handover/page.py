"""The pages of a pack: one that opens from disk in any browser and prints well, and a note to read first."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from handover.gathering import Gathered, Made, refs_left_out
from handover.tables import happened, roles
from rules.clocks import london
from schemas.evidence import Item


def index(found: Gathered, marking: str) -> bytes:
    """The whole cycle on one page, with links to the files beside it."""
    paths = {one.digest: one.path for one in found.evidence if found.missing.get(one.digest) is None}
    return (
        _environment()
        .get_template("index.html.j2")
        .render(
            found=found,
            page=found.page,
            cycle=found.page.cycle,
            say=found.say,
            who=found.who,
            marking=marking,
            made=found.made,
            steps=found.steps(),
            duties=found.duties(),
            named=found.page.named_on(found.made.on),
            roles=list(roles(found)),
            paths=paths,
            left_out=refs_left_out(found),
            history=_history(found),
        )
        .encode()
    )


def contents(titles: Sequence[tuple[str, str, int]], made: Made, marking: str) -> bytes:
    """The page that leads to the packs of many cycles."""
    template = _environment().get_template("contents.html.j2")
    return template.render(titles=titles, made=made, marking=marking).encode()


def readme(found: Gathered, marking: str) -> bytes:
    """The note to read first, in plain text."""
    template = _environment().get_template("README.txt.j2")
    return template.render(found=found, cycle=found.page.cycle, marking=marking, made=found.made).encode()


def _history(found: Gathered) -> list[tuple[datetime, str, str, str, list[str]]]:
    return [
        (
            row.entry.at,
            happened(row.entry.event.kind),
            found.who(row.entry.actor.person),
            row.entry.actor.on_behalf_of or "",
            [found.say(ref) for ref in row.words],
        )
        for row in found.rows
    ]


def _item(item: Item) -> str:
    return {"file": "File", "written": "Written", "link": "Link", "shown": "Shown at the meeting"}[item.kind]


def _day(on: date | datetime) -> str:
    day = london(on).date() if isinstance(on, datetime) else on
    return f"{day:%A %-d %B %Y}"


def _moment(at: datetime | None) -> str:
    return f"{_day(at)} at {london(at):%H:%M}" if at else "no day yet"


def _spelled(code: str) -> str:
    return code.replace("_", " ")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("handover"),
        autoescape=select_autoescape(("html.j2",)),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    made.filters.update(day=_day, moment=_moment, spelled=_spelled, item=_item)
    return made
