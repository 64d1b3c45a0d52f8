"""In whose name a request reads: nobody's, until its guard has named somebody (docs/adr/0018-walls.md)."""

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from rules.clocks import civil
from schemas.people import Person
from schemas.signed_in import TaskScope
from schemas.viewing import Viewer
from store.viewing import look_as, looking
from web.door.rooms import rooms


class Unseen:
    """Lets every request begin, and end, in nobody's name: a page without a guard sees what is public."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on with nobody named."""
        with looking(None):
            await self.app(scope, receive, send)


def look_for(request: HTTPConnection, person: Person, scope: TaskScope | None = None) -> None:
    """Read in somebody's name from here on: as their role and organisation let them, or for one task."""
    look_as(
        Viewer(
            person=person.id,
            role=person.role,
            organisation=person.organisation,
            on=civil(rooms(request).now()),
            task=f"{scope.cycle}/{scope.request}" if scope else None,
        )
    )
