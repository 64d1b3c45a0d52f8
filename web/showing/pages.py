"""A list a page at a time: which page is shown, how many there are, and where the next one is."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query
from starlette.requests import Request

A_PAGE = 50
LAST = 100_000
Number = Annotated[int, Query(ge=1, le=LAST)]
"""The number of a page, as an address says it."""


@dataclass(frozen=True)
class Leaf:
    """One page of a list."""

    path: str
    number: int
    all: int
    """How many there are on all pages together."""
    most: int = A_PAGE
    sought: tuple[tuple[str, str], ...] = ()
    """What else the address says, such as filters."""
    name: str = "page"
    """What the address calls the number."""
    anchor: str = ""
    what: str = "Pages"
    """What is turned, for whoever only hears it."""
    counted: int | None = None
    """How far it was counted; None where to the end."""

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(-(-self.known // self.most), 1)

    @property
    def known(self) -> int:
        """How many there are, as far as they were counted."""
        return self.all if self.counted is None else min(self.all, self.counted)

    @property
    def more(self) -> bool:
        """Whether there are more than were counted, so that the last page is not the end."""
        return self.known < self.all

    @property
    def first(self) -> int:
        """The place in the whole list of the first on this page, from 1."""
        return (self.number - 1) * self.most + 1

    @property
    def last(self) -> int:
        """The place of the last on this page."""
        return min(self.number * self.most, self.known)

    @property
    def beyond(self) -> bool:
        """Whether this page lies past the end of the list."""
        return self.number > self.pages

    def titled(self, title: str) -> str:
        """The page's title with its number, where there is more than one page."""
        return f"{title} (page {self.number} of {self.pages})" if self.pages > 1 else title

    def address(self, number: int) -> str:
        """Where another page is."""
        pairs = [(name, said) for name, said in self.sought if said]
        pairs += [(self.name, str(number))] if number > 1 else []
        return (
            self.path + (f"?{urlencode(pairs)}" if pairs else "") + (f"#{self.anchor}" if self.anchor else "")
        )


def skip(number: int, most: int = A_PAGE) -> int:
    """How many come before a page."""
    return (number - 1) * most


def number_in(request: Request, name: str = "page") -> int:
    """The number of the page that an address asks for; the first where it says nothing of use."""
    said = request.query_params.get(name, "")
    return min(max(int(said), 1), LAST) if said.isdecimal() and len(said) < len(str(LAST)) + 1 else 1


def others(**numbers: int) -> tuple[tuple[str, str], ...]:
    """What an address says of the other lists on a page, so that turning one leaves them where they are."""
    return tuple((name, str(number)) for name, number in numbers.items() if number > 1)
