"""Telling: that somebody opened a restricted cycle all the same, to whoever watches over that."""

from collections.abc import Mapping

from rules.clocks import civil
from schemas.notices import Notice
from schemas.people import Person, Role
from schemas.viewing import Opening, Restriction


def opening_notice(one: Opening, restriction: Restriction | None, people: Mapping[str, Person]) -> Notice:
    """Who is told: the office's chief executives. Where one of them opened it, whoever restricted it too.

    The reason is not in it: it may name what the restriction keeps, and a mail goes through many hands.

    Source: local.access
    """
    opener, day = people.get(one.person), civil(one.at)
    to = [
        known.id
        for known in people.values()
        if opener
        and known.organisation == opener.organisation
        and Role.CHIEF_EXECUTIVE in known.roles_on(day)
    ]
    if one.person in to and restriction and restriction.by in people and restriction.by not in to:
        to.append(restriction.by)
    return Notice(
        key=f"opened:{one.cycle}:{one.person}:{one.at:%Y%m%dT%H%M%S%f}",
        template="restricted_opened",
        cycle=one.cycle,
        to=tuple(sorted(to)),
        planned_at=one.at,
        opened_by=one.person,
        open_until=one.until,
    )
