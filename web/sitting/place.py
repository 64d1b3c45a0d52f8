"""Where people sit together: one session, or the meeting that several cycles share, with its items."""

from dataclasses import dataclass, replace

from starlette.requests import Request

from rules.meeting.minutes import day_of
from schemas.cycle import Session
from schemas.people import Person
from schemas.rows import CyclePage
from schemas.sessions import AgendaItem
from web.acting.scenes import cycle_page
from web.door.rooms import rooms
from web.forms.form import Scene
from web.pages.meetings import pages_of
from web.pages.sessions import session_of, words_of
from web.showing import words as say

ANYTHING_ELSE = "Anything else"


@dataclass(frozen=True)
class Part:
    """One cycle's session in the room."""

    page: CyclePage
    session: Session

    @property
    def cycle(self) -> str:
        """The cycle's reference."""
        return self.page.cycle.reference


@dataclass(frozen=True)
class Item:
    """One item of the agenda as the room takes it."""

    number: int
    title: str
    why: str
    part: Part
    request: int | None = None
    """The request that it is about, of its part's cycle."""
    last: bool = False
    """Whether it stands for all that no other item is about."""


@dataclass(frozen=True)
class Place:
    """A session or a meeting while it sits."""

    name: str
    path: str
    parts: tuple[Part, ...]
    items: tuple[Item, ...]
    meeting: str | None = None
    published: bool = False
    """Whether its items are a published agenda's."""

    @property
    def first(self) -> Part:
        """The part that stands for all: the first that is not called off."""
        return next((one for one in self.parts if not one.session.cancelled_at), self.parts[0])

    @property
    def topics(self) -> str:
        """What its regions are told of."""
        shared = [f"meeting:{self.meeting}"] if self.meeting else []
        return " ".join([f"room:{self.name}", *shared, *(f"cycle:{one.cycle}" for one in self.parts)])

    def item(self, number: object) -> Item | None:
        """The item of that number."""
        return next((one for one in self.items if str(one.number) == str(number)), None)


async def place_of_meeting(request: Request, reference: str) -> Place:
    """The meeting that several cycles share.

    Raises: HTTPException: there is no such meeting.
    """
    pages = await pages_of(rooms(request), reference)
    parts = tuple(
        Part(page, one) for page in pages for one in page.cycle.sessions if one.meeting == reference
    )
    return await _place(request, reference, f"/meetings/{reference}", parts, reference)


async def place_of_session(request: Request, reference: str, number: int) -> Place:
    """The session of one cycle.

    Raises: HTTPException: there is none.
    """
    page = await cycle_page(request, reference)
    part = Part(page, session_of(page, number))
    path = f"/cycles/{reference}/sessions/{number}"
    return await _place(request, f"{reference}/{number}", path, (part,), None)


async def _place(
    request: Request, name: str, path: str, parts: tuple[Part, ...], meeting: str | None
) -> Place:
    found = Place(name, path, parts, (), meeting)
    agendas = found.first.session.agendas
    listed = agendas[-1].agenda if agendas else _of_requests(parts)
    named = await words_of(rooms(request), found.first.page, ()) if agendas else found.first.page
    words = {ref: text for one in parts for ref, text in one.page.words.items()} | named.words
    items = [_item(one, parts, found.first, words) for one in listed]
    return Place(name, path, parts, _with_rest(items, found.first), meeting, bool(agendas))


def _with_rest(items: list[Item], first: Part) -> tuple[Item, ...]:
    """The items, of which the last that is about no request is for all that is said beside the others."""
    about_none = [one for one in items if one.request is None and one.part == first]
    if not about_none:
        return (*items, Item(len(items) + 1, ANYTHING_ELSE, "", first, last=True))
    return tuple(replace(one, last=one == about_none[-1]) for one in items)


def _of_requests(parts: tuple[Part, ...]) -> list[AgendaItem]:
    """The requests of each cycle, where no agenda was published.

    Unlike a proposal they keep their numbers while judgements are recorded.
    """
    asked = [(part, one) for part in parts for one in part.page.cycle.requests if one.state != "withdrawn"]
    return [
        AgendaItem(number=number, title=one.draft.title, cycle=part.cycle, request=one.number)
        for number, (part, one) in enumerate(asked, start=1)
    ]


def _item(one: AgendaItem, parts: tuple[Part, ...], first: Part, words: dict[str, str]) -> Item:
    own = next((part for part in parts if part.cycle == one.cycle), None)
    part = own or first
    request = one.request if own and one.request and part.page.cycle.request(one.request) else None
    title = words.get(one.title) or f"Item {one.number}"
    elsewhere = f"From {one.cycle}. " if one.cycle and own is None else ""
    return Item(one.number, title, f"{elsewhere}{say.AGENDA[one.why]}", part, request)


async def scene_at(request: Request, person: Person, item: Item) -> Scene:
    """What a form knows that is filled in at an item."""
    here = rooms(request)
    ask = {"session": str(item.part.session.number)}
    if item.request:
        ask["request"] = str(item.request)
    return Scene(
        person=person, people=await here.reads.people(), now=here.now(), ask=ask, page=item.part.page,
        forums=here.forums,
    )  # fmt: skip


def named_on(place: Place) -> tuple[tuple[str, str], ...]:
    """Who stands on the day, as papers write it."""
    return place.first.page.named_on(day_of(place.first.session))
