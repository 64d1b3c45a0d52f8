"""Who sees what: a viewer has keys, a cycle's parts open to keys. The walls of the store are held to this.

Whole: the governing body's office, or where a cycle is restricted those who are named. In parts: whoever is
asked, their deputies, and for all that their force is asked its coordination and its Chief Constable; the
panel meetings and notices; everybody what is published, and when sessions are.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from rules.acting.authority import FORCE
from rules.acting.bodies import ENDS_WITH_BODY, appointed_anew
from rules.acting.seen_parts import ANY, RESTRICTED, WHOLE
from rules.clocks import instant
from schemas.cycle import Cycle, Request
from schemas.people import Person, Role
from schemas.successions import Announced, Part
from schemas.viewing import Opening, Opens, Restriction, Viewer

PUBLIC = "public"
OF_WHOLE_FORCE = frozenset({Role.CHIEF_CONSTABLE, Role.FORCE_COORDINATION})


def keys_of(
    viewer: Viewer | None, people: Mapping[str, Person], announced: Collection[Announced]
) -> frozenset[str]:
    """The keys of whoever looks. Who has none of their own has the one that everybody has.

    Whoever has some sees with them what concerns them, and reads all else on the public's own pages.

    Source: local.access
    """
    own = frozenset(_own(viewer, people, announced)) if viewer else frozenset[str]()
    return own or frozenset({PUBLIC})


def _own(viewer: Viewer, people: Mapping[str, Person], announced: Collection[Announced]) -> Iterator[str]:
    if viewer.task:
        yield f"task:{viewer.task}"
    elif viewer.side == "opcc" and not ended(viewer, people, announced):
        yield from ("office", f"office:{viewer.role.value}", f"named:{viewer.person}")
        yield from (f"body:{one}" for one in line(viewer.organisation, "body", announced, viewer.on))
    elif viewer.side == "force":
        yield from (f"person:{one}" for one in answering_for(viewer, people))
        if viewer.role in OF_WHOLE_FORCE:
            yield from (f"force:{one}" for one in line(viewer.organisation, "force", announced, viewer.on))
    elif viewer.side == "panel":
        yield "panel"


def line(organisation: str, part: Part, announced: Iterable[Announced], day: date) -> frozenset[str]:
    """An organisation with all before and after it, as far as they have taken over by a day.

    Staff go on for whoever stands, and a successor has what it took over.

    Source: process.successions
    """
    steps = [(one.was, one.to) for one in announced if one.what == part and one.from_on <= day]
    after, before = {organisation}, {organisation}
    for _ in steps:
        after |= {to for was, to in steps if was in after}
        before |= {was for was, to in steps if to in before}
    return frozenset(after | before)


def ended(viewer: Viewer, people: Mapping[str, Person], announced: Iterable[Announced]) -> bool:
    """Whether somebody's office has ended with their body, so that they see no more of it.

    Source: process.successions
    """
    mine = {"body": viewer.organisation, "office_holder": viewer.person}
    person = people.get(viewer.person)
    return viewer.role in ENDS_WITH_BODY and any(
        one.was == mine.get(one.what)
        and one.from_on <= viewer.on
        and not (person and appointed_anew(person, viewer.role, one.from_on, viewer.on))
        for one in announced
    )


def answering_for(viewer: Viewer, people: Mapping[str, Person]) -> frozenset[str]:
    """Themselves, and the leads whose deputy they are on the day.

    Source: process.commands
    """
    me = people.get(viewer.person)
    if me is None:
        return frozenset({viewer.person})
    leads = {one.id for one in people.values() if me.deputises_for(one, viewer.on)}
    return frozenset({viewer.person, *leads})


def opens(
    cycle: Cycle,
    people: Mapping[str, Person],
    restricted: Restriction | None = None,
    openings: Iterable[Opening] = (),
) -> tuple[Opens, ...]:
    """Which key opens which part of a cycle, as it stands.

    Source: local.access
    """
    found = [
        *_asked(cycle, people),
        *_undertaken(cycle, people),
        *_shown(cycle, restricted),
        *_of_office(cycle, restricted, openings),
    ]
    longest: dict[tuple[str, str], Opens] = {}
    for one in (*found, *_beside(found)):
        known = longest.setdefault((one.who, one.part), one)
        if known.until and (one.until is None or one.until > known.until):
            longest[one.who, one.part] = one
    return tuple(longest.values())


def parts_open(opened: Iterable[Opens], keys: Collection[str], now: datetime) -> frozenset[str]:
    """The parts of a cycle that some keys open at an instant.

    Source: local.access
    """
    return frozenset(one.part for one in opened if one.who in keys and (one.until is None or one.until > now))


def sees(parts: Collection[str], part: str) -> bool:
    """Whether somebody to whom some parts of a cycle are open sees another part of it.

    Source: local.access
    """
    if WHOLE in parts or part in parts:
        return True
    return part == "open" or (part == ANY and any(one != RESTRICTED for one in parts))


def _asked(cycle: Cycle, people: Mapping[str, Person]) -> Iterator[Opens]:
    for one in cycle.requests:
        part = f"request/{one.number}"
        for person in _named(one):
            yield Opens(who=f"person:{person}", part=part)
        newest = {given.to: given for given in one.delegations}
        for given in newest.values():
            yield Opens(who=f"person:{given.to}", part=part, until=_end_of(given.until_on))
        for force in _forces((one.draft.lead,), people):
            yield Opens(who=f"force:{force}", part=part)
        yield Opens(who=f"task:{cycle.reference}/{one.number}", part=part)


def _named(request: Request) -> tuple[str, ...]:
    certifier = (request.draft.certifier,) if request.draft.certifier else ()
    return (request.draft.lead, *certifier, *(one.to for one in request.escalations))


def _undertaken(cycle: Cycle, people: Mapping[str, Person]) -> Iterator[Opens]:
    forces = _all_forces(cycle, people)
    for one in cycle.actions:
        part = f"action/{one.number}"
        yield Opens(who=f"person:{one.owner}", part=part)
        for force in _forces((one.owner,), people) or forces:
            yield Opens(who=f"force:{force}", part=part)
    if any(one.fact_check for one in cycle.findings):
        for force in forces:
            yield Opens(who=f"force:{force}", part="fact_check")


def _beside(found: Collection[Opens]) -> Iterator[Opens]:
    """What comes with being concerned: what the cycle asks, its sessions, and what is published of it."""
    published = any(one.part == "published" for one in found)
    for one in found:
        if one.part.startswith("request/"):
            yield one.model_copy(update={"part": "asked"})
        if one.part.startswith(("request/", "action/")) or one.part == "fact_check":
            yield one.model_copy(update={"part": "session"})
            if published:
                yield one.model_copy(update={"part": "published"})


def _shown(cycle: Cycle, restricted: Restriction | None) -> Iterator[Opens]:
    if any(one.published_at and not one.withdrawn_at for one in cycle.findings):
        yield Opens(who=PUBLIC, part="published")
        yield Opens(who="panel", part="published")
    if cycle.sessions and restricted is None:
        for who, part in ((PUBLIC, "session"), ("panel", "session"), ("panel", "meeting")):
            yield Opens(who=who, part=part)


def _of_office(cycle: Cycle, restricted: Restriction | None, openings: Iterable[Opening]) -> Iterator[Opens]:
    yield Opens(who=f"body:{cycle.body}", part=RESTRICTED if restricted else WHOLE)
    for person in restricted.named if restricted else ():
        yield Opens(who=f"named:{person}", part=WHOLE)
    for one in openings:
        yield Opens(who=f"named:{one.person}", part=WHOLE, until=one.until)


def _all_forces(cycle: Cycle, people: Mapping[str, Person]) -> tuple[str, ...]:
    owners = (one.owner for one in cycle.actions)
    return _forces((*(one.draft.lead for one in cycle.requests), *owners), people)


def _forces(who: Iterable[str], people: Mapping[str, Person]) -> tuple[str, ...]:
    found = (people[one] for one in who if one in people)
    return tuple(sorted({one.organisation for one in found if one.role in FORCE}))


def _end_of(day: date | None) -> datetime | None:
    return instant(day + timedelta(days=1), "00:00") if day else None
