"""What is sought in the list of cycles: read from the address, and written back with one thing changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args
from urllib.parse import urlencode

from schemas.cycle import Stage
from schemas.listing import Order, SoughtCycles
from schemas.people import Person
from schemas.plans import Plan
from web.showing import words

ORDERS: dict[Order, str] = {
    "changed": "Newest change first",
    "due": "Next due first",
    "session": "Latest session first",
    "opened": "Newest cycle first",
}
STANDINGS = {"open": "Open ones", "all": "all, closed ones too"}
SHOWN = {"table": "Table", "timeline": "Timeline"}
MOST_WORDS = 200
MOST_PAGE = 10_000
MOST_DIGITS = 5


@dataclass(frozen=True)
class Asked:
    """What an address asks of the list."""

    sought: SoughtCycles
    page: int
    view: str

    def address(self, path: str = "/cycles", **changed: str) -> str:
        """The address of the same list with something changed; what is as it begins is left out."""
        sought = self.sought
        facts = {
            "search": sought.words,
            "stage": "" if sought.standing == "open" else sought.standing,
            "theme": sought.theme,
            "who": sought.who,
            "late": "yes" if sought.late else "",
            "year": str(sought.year or ""),
            "sort": "" if sought.order == "changed" else sought.order,
            "view": "" if self.view == "table" else self.view,
            **changed,
        }
        said = {name: value for name, value in facts.items() if value}
        return path + (f"?{urlencode(said)}" if said else "")


@dataclass(frozen=True)
class Tag:
    """One filter that is on: what it is called, and the address without it."""

    text: str
    without: str


def asked_of(query: Mapping[str, str]) -> Asked:
    """What an address asks; what cannot be meant is left out."""
    stage, order = query.get("stage", ""), query.get("sort", "")
    year, page = query.get("year", ""), query.get("page", "")
    return Asked(
        sought=SoughtCycles.model_validate(
            {
                "standing": stage if stage in (*STANDINGS, *get_args(Stage)) else "open",
                "words": _said(query, "search", MOST_WORDS),
                "theme": _said(query, "theme", 80),
                "who": _said(query, "who", 80),
                "late": query.get("late") == "yes",
                "year": int(year) if _number(year) else 0,
                "order": order if order in ORDERS else "changed",
            }
        ),
        page=min(max(int(page), 1), MOST_PAGE) if _number(page) else 1,
        view=query.get("view", "") if query.get("view") in SHOWN else "table",
    )


def tags(asked: Asked, people: Mapping[str, Person], plan: Plan | None) -> list[Tag]:
    """The filters that are on, each with the address of the list without it."""
    sought = asked.sought
    themes = {one.id: one.title for one in plan.objectives} if plan else {}
    who = people[sought.who].title if sought.who in people else words.spelled(sought.who)
    on = (
        ("search", quoted(sought.words) if sought.words else ""),
        ("stage", "" if sought.standing == "open" else standing(sought.standing)),
        ("theme", themes.get(sought.theme, sought.theme)),
        ("who", who if sought.who else ""),
        ("late", "late only" if sought.late else ""),
        ("year", str(sought.year or "")),
    )
    return [Tag(text, asked.address(**{name: ""})) for name, text in on if text]


def standing(code: str) -> str:
    """Which cycles, in words, such as one stage by its name."""
    return STANDINGS.get(code, f"in the stage {quoted(code.replace('_', ' '))}")


def quoted(said: str) -> str:
    """Words between quotation marks."""
    return f"\u2018{said}\u2019"


def _said(query: Mapping[str, str], name: str, most: int) -> str:
    return query.get(name, "").strip().replace("\x00", "")[:most]


def _number(said: str) -> bool:
    return said.isascii() and said.isdecimal() and len(said) <= MOST_DIGITS
