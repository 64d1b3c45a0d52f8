"""Release: by a third person, now or at an instant; and what may be done once everybody can read it."""

from rules.acting.authority import second_person
from rules.clocks import civil
from rules.deciding.findings import no_release_waits, other_hands, unpublished
from rules.deciding.moment import Moment
from rules.publishing.publishable import unchecked, unsigned
from rules.publishing.releasing import released, waiting
from schemas.commands import Correct, HoldBack, Publish, ScheduleRelease, Withdraw
from schemas.cycle import Cycle, FindingsVersion
from schemas.events import FindingsWithdrawn, ReleaseHeldBack, ReleaseScheduled
from schemas.outcomes import Allowed, Decision, Refused


def publish(cycle: Cycle, command: Publish, moment: Moment) -> Decision:
    """Publish the newest version once both have signed it; by a third person. Nothing to follow up: closed.

    Source: prsra-2011.s11
    """
    newest = _ready(cycle, command, moment)
    if isinstance(newest, Refused):
        return newest
    if cycle.published():
        return Refused(
            code="correct_instead",
            message=f"Version {newest.version} corrects what is published. Publish it as a correction.",
            source="local.release",
        )
    if refused := _timed(newest):
        return refused
    return Allowed(events=released(cycle, newest, command.despite_election))


def correct(cycle: Cycle, command: Correct, moment: Moment) -> Decision:
    """Publish a signed correction at the same address; the versions before it stay listed.

    Source: local.release
    """
    newest = _ready(cycle, command, moment)
    if isinstance(newest, Refused):
        return newest
    if cycle.published() is None:
        return Refused(
            code="nothing_to_correct",
            message="Nothing is published yet, so there is nothing to correct. Publish this version.",
            source="local.release",
        )
    if refused := _timed(newest):
        return refused
    return Allowed(events=released(cycle, newest, command.despite_election))


def schedule_release(cycle: Cycle, command: ScheduleRelease, moment: Moment) -> Decision:
    """Publish a signed version at an instant, or once a condition is met; until then a notice stands.

    Source: local.release
    """
    newest = _ready(cycle, command, moment)
    if isinstance(newest, Refused):
        return newest
    if refused := no_release_waits(cycle) or _when(command, moment):
        return refused
    event = ReleaseScheduled(
        version=newest.version,
        at=command.at,
        condition=command.condition,
        placeholder=command.placeholder,
        despite_election=command.despite_election,
    )
    return Allowed(events=(event,))


def hold_back(cycle: Cycle, command: HoldBack, _moment: Moment) -> Decision:
    """Stop a release that was scheduled; the notice is taken down.

    Source: local.release
    """
    found = waiting(cycle)
    if found is None or found.version != command.version:
        return Refused(
            code="no_release",
            message=f"No release of version {command.version} is waiting. "
            "What is published already can only be withdrawn.",
            source="local.release",
            field="version",
        )
    return Allowed(events=(ReleaseHeldBack(version=found.version, reason=command.reason),))


def withdraw(cycle: Cycle, command: Withdraw, _moment: Moment) -> Decision:
    """Take what is published back: its address answers with the notice. No period before a poll delays it.

    Source: local.release
    """
    published = cycle.published()
    if published is None:
        return Refused(
            code="not_published",
            message=f"Nothing of {cycle.reference} is published, so there is nothing to withdraw.",
            source="local.release",
        )
    if published.version != command.version:
        return Refused(
            code="not_newest_version",
            message=f"Version {command.version} is not the newest that is published: "
            f"that is version {published.version}. Withdraw that one, and all go with it.",
            source="process.wrong-input",
            field="version",
        )
    if published.withdrawn_at:
        return Refused(
            code="already_withdrawn",
            message=f"Version {published.version} was withdrawn already. Nothing more is to be done.",
            source="local.release",
        )
    return Allowed(events=(FindingsWithdrawn(version=published.version, notice=command.notice),))


def _ready(
    cycle: Cycle, command: Publish | Correct | ScheduleRelease, moment: Moment
) -> FindingsVersion | Refused:
    """The newest version, where it is checked and signed and this is a third person."""
    newest = unpublished(cycle, command.version)
    if isinstance(newest, Refused):
        return newest
    refused = (
        second_person(command.actor, newest.author, "wrote these findings")
        or other_hands(newest, command.actor)
        or unchecked(cycle, newest, moment.now)
        or unsigned(newest)
    )
    return refused or newest


def _timed(newest: FindingsVersion) -> Refused | None:
    release = newest.release
    if release is None or not release.waits or release.at is None:
        return None
    return Refused(
        code="release_waits",
        message=f"Version {newest.version} comes out on {civil(release.at):%A %-d %B %Y}. "
        "Hold that release back first, then publish.",
        source="local.release",
    )


def _when(command: ScheduleRelease, moment: Moment) -> Refused | None:
    if (command.at is None) == (command.condition is None):
        return Refused(
            code="one_of_two",
            message="Give the day and time of the release, or what it waits for: one of the two.",
            source="local.release",
            field="at",
        )
    if command.at is None:
        return None
    if command.at <= moment.now:
        return Refused(
            code="release_in_past",
            message="That time is past. Choose a later one, or publish now.",
            source="local.release",
            field="at",
        )
    known = moment.calendar.after(civil(command.at), 0)
    return known.model_copy(update={"field": "at"}) if isinstance(known, Refused) else None
