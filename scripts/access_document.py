"""Write docs/access.md: every address of the face and who may come in, from the app's own routes and guards.

`python -m scripts.access_document`; with `--check` it writes nothing and ends with 1 where it is stale.
"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fastapi.routing import APIRoute

from rules.acting.authority import MAY
from rules.acting.restricting import LASTS
from rules.handing_over import ENTITLED
from schemas.people import SIDE, Role
from scripts.documents import DOCS, write_or_check
from web.door.identity import Require
from web.routers import ROUTERS

DOCUMENT = DOCS / "access.md"
AGAIN = "python -m scripts.access_document"
ROLES = tuple(role for role in Role if SIDE[role] in ("opcc", "force", "panel") or role == Role.INSPECTORATE)
OWN_WAY = {
    "/t/": "whoever has the link, and for more than its first page the code in their mailbox",
    "/calendar/": "whoever has the secret address",
    "/api/v1/outside": "a sender who signs",
    "/api/v1/mail/receipts": "the bearer token of the receipts",
    "/signed-out/": "a token that the sign-in service has signed",
    "/follow/": "whoever has the link in the mail",
}
"""Addresses without a guard that ask for something else than a session, by how they begin."""
WITHIN = {
    "/cycles/{reference}/act/Redact": MAY["Redact"],
    "/cycles/{reference}/handover.zip": frozenset(ENTITLED),
    "/meetings/new": MAY["FixSession"],
    "/meetings/{reference}/join": MAY["FixSession"],
}
"""Addresses of one command, whose page asks the command's own rule beside its guard."""
HEAD = f"""# Who may come in where

This document is made by `{AGAIN}` from the routes and their guards; it is never edited by hand. A test fails
when it is stale, and another asks for every address as every role and as nobody, and finds what stands here.

- **yes**: the guard lets the role in. What it then sees is decided once more below the page, in PostgreSQL
  ([ADR 0018](adr/0018-walls.md)): a cycle that is not theirs is 404, one that is restricted says so.
- **403**: the page says for whom it is.
- **sign in**: a page leads to the sign-in (303), the interface for programs answers 401.
- A session that was begun by an emailed link reaches the addresses marked *task*, of its own task alone.
- **by command**: who may give the command that the address names ([docs/authority.md](authority.md)).
- A cycle that is restricted to named people can be opened by the chief executive and the chief finance
  officer for {LASTS.seconds // 60} minutes, for a reason that stays in the log of access.
"""


@dataclass(frozen=True)
class Door:
    """One address, how it may be asked for, and the roles let in; None where no session is needed."""

    path: str
    methods: tuple[str, ...]
    roles: frozenset[Role] | None
    task: bool = False

    @property
    def own_way(self) -> str:
        """What it asks for in place of a session; empty where it asks for nothing."""
        return next((said for start, said in OWN_WAY.items() if self.path.startswith(start)), "")

    def cell(self, role: Role | None) -> str:
        """What becomes of a role, or of nobody."""
        if self.roles is None:
            return "own way" if self.own_way else "yes"
        if role is None:
            return "401" if self.path.startswith("/api/") else "sign in"
        if role not in self.roles:
            return "403"
        return "by command" if "{kind}" in self.path else "yes"


def doors() -> Iterator[Door]:
    """Every address of the face, in the order of the alphabet."""
    found = [_door(one) for router in ROUTERS for one in router.routes if isinstance(one, APIRoute)]
    yield from sorted(found, key=lambda one: (one.path, one.methods))


def _door(route: APIRoute) -> Door:
    guards = [one.call for one in route.dependant.dependencies if isinstance(one.call, Require)]
    methods = tuple(sorted((route.methods or set()) - {"HEAD"})) or ("HEAD",)
    if not guards:
        return Door(route.path, methods, None)
    roles = frozenset.intersection(*(one.roles for one in guards), WITHIN.get(route.path, frozenset(Role)))
    return Door(route.path, methods, roles, guards[0].task)


def document() -> str:
    """The whole text."""
    every = list(doors())
    lines = [HEAD, "## Everybody\n", "| address | how | what it asks for |", "|---|---|---|"]
    lines += [
        f"| `{one.path}` | {', '.join(one.methods)} | {one.own_way or 'nothing'} |"
        for one in every
        if one.roles is None
    ]
    for side, title in (("opcc", "The office"), ("force", "The force"), ("panel", "The panel, and others")):
        roles = [
            role for role in ROLES if SIDE[role] == side or (side == "panel" and role == Role.INSPECTORATE)
        ]
        names = " | ".join(role.value.replace("_", " ") for role in roles)
        lines += [
            "",
            f"## {title}\n",
            f"| address | how | nobody | {names} |",
            "|---" * (len(roles) + 3) + "|",
        ]
        lines += [_row(one, roles) for one in every if one.roles is not None]
    return "\n".join([*lines, ""])


def _row(one: Door, roles: Sequence[Role]) -> str:
    cells = " | ".join(one.cell(role) for role in (None, *roles))
    return f"| `{one.path}`{' *task*' if one.task else ''} | {', '.join(one.methods)} | {cells} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the document, or say whether it is stale."""
    return write_or_check(DOCUMENT, document(), AGAIN, arguments)


if __name__ == "__main__":
    sys.exit(main())
