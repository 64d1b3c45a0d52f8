"""What the pages and letters of a link begin with: whose link it is, and what may be said of its task."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from engine.task_links import TaskLinks
from rules.acting.appointments import role_on
from rules.clocks import civil
from rules.linking import is_closed
from schemas.cycle import Request as Asked
from schemas.links import TaskLink
from schemas.people import Person
from schemas.rows import CyclePage
from schemas.signed_in import TaskScope
from web.door.looking import look_for
from web.door.rooms import rooms

HUSHED = {
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Cache-Control": "no-store",
}
"""A link is told to nobody, listed nowhere, and kept in no cache."""


@dataclass(frozen=True)
class Behind:
    """What a link leads to, and whom."""

    token: str
    link: TaskLink
    person: Person
    page: CyclePage
    asked: Asked

    @property
    def scope(self) -> TaskScope:
        """The one task that its session is for."""
        return TaskScope(self.link.cycle, self.link.request)

    @property
    def closed(self) -> bool:
        """Whether it leads to receipts alone."""
        return is_closed(self.page.cycle, self.asked)

    @property
    def task(self) -> str:
        """The clean address of the task."""
        return f"/tasks/{self.link.cycle}/{self.link.request}"

    @property
    def said(self) -> dict[str, Any]:
        """What a letter says of it."""
        return said_of(self.page, self.asked)


def said_of(page: CyclePage, asked: Asked) -> dict[str, Any]:
    """What letters say of a task: enough to know it again, and no more."""
    return {
        "ref": page.cycle.reference,
        "cycle": page.say(page.cycle.title),
        "request": page.say(asked.draft.title),
        "due_at": asked.due.at if asked.due else None,
    }


async def behind(request: Request, token: str) -> Behind | None:
    """What a token leads to; None for every one that leads nowhere, whatever the reason."""
    links = rooms(request).links
    link = await links.find(token) if links else None
    if link is None:
        return None
    person = (await rooms(request).reads.people()).get(link.person)
    if person is None:
        return None
    role = role_on(person, civil(rooms(request).now()))
    look_for(request, person.model_copy(update={"role": role}), TaskScope(link.cycle, link.request))
    page = await rooms(request).reads.cycle(link.cycle)
    asked = page.cycle.request(link.request) if page else None
    if page is None or asked is None:
        return None
    return Behind(token, link, person, page, asked)


def links_of(request: Request) -> TaskLinks:
    """Where links are made and taken. Who holds one that was found has them."""
    found = rooms(request).links
    assert found is not None
    return found


def place_of(request: Request) -> str:
    """From where on the network somebody asks."""
    return request.client.host if request.client else "nowhere"


def hushed(response: Response) -> Response:
    """The same answer, told to nobody else."""
    response.headers.update(HUSHED)
    return response
