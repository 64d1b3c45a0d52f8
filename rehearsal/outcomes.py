"""What follows from a session in skipped time: actions agreed, done, verified; findings to release."""

from collections.abc import Iterator
from datetime import date, datetime

from rehearsal.people import Cast, Planned, key_of
from rules.clocks import civil
from rules.publishing.due import last_held
from rules.publishing.publishable import SIGNED_BY, fact_check_open, redactions_forgotten, slots
from rules.publishing.releasing import waiting
from schemas.commands import (
    ApproveFindings,
    CheckRedactions,
    ClaimDone,
    ConfirmAction,
    DraftFindings,
    ProposeAction,
    Publish,
    VerifyDone,
)
from schemas.cycle import Action, Cycle, FindingsVersion
from schemas.evidence import WrittenItem
from schemas.people import Role


def on_actions(cast: Cast, cycle: Cycle) -> Iterator[Planned]:
    """What would be done next about each action, and the next one that the session agrees on."""
    session = last_held(cycle)
    if session and len(cycle.actions) < len(cast.conduct.actions):
        day = civil(session.starts_at)
        yield Planned(cast.at(day, 0, "21:00"), _proposed(cast, cycle, day))
    for place, action in enumerate(cycle.actions):
        yield from _on_action(cast, cycle, place, action)


def _proposed(cast: Cast, cycle: Cycle, day: date) -> ProposeAction:
    scripted = cast.conduct.actions[len(cycle.actions)]
    number = f"{day.year}/{len(cycle.actions) + 1:03d}"
    return ProposeAction(
        cycle=cycle.reference,
        key=key_of(cycle, "propose", number),
        actor=cast.by(Role.POLICY_OFFICER, day),
        action=number,
        what=cast.words.ref(scripted.what),
        owner=scripted.owner,
        due_on=civil(cast.at(day, scripted.due_after, "12:00")),
    )


def _on_action(cast: Cast, cycle: Cycle, place: int, action: Action) -> Iterator[Planned]:
    about = {"cycle": cycle.reference, "action": action.number}
    offset = cast.conduct.owner(place).offset
    if action.state == "proposed":
        day = civil(action.clock.starts_at)
        role = Role.POLICY_OFFICER if action.proposed_by.side == "force" else Role.FORCE_COORDINATION
        key = key_of(cycle, "agree", action.number, action.reopened)
        yield Planned(cast.at(day, 1, "10:00"), ConfirmAction(key=key, actor=cast.by(role, day), **about))
    elif action.state == "confirmed" and offset is not None:
        at = cast.at(action.due.on, offset, "14:00")
        claim = ClaimDone(
            key=key_of(cycle, "done", action.number, action.reopened),
            actor=cast.person(action.owner, civil(at)),
            proof=(WrittenItem(text=cast.said("the proof")),),
            covers_to=civil(at),
            **about,
        )
        yield Planned(at, claim)
    elif action.state == "claimed_done" and action.claimed_at:
        day = civil(action.claimed_at)
        claimed_by = action.claimed_by.person if action.claimed_by else ""
        verify = VerifyDone(
            key=key_of(cycle, "verify", action.number, action.reopened),
            actor=cast.by(Role.POLICY_OFFICER, day, claimed_by),
            **about,
        )
        yield Planned(cast.at(day, 2, "11:00"), verify)


def on_findings(cast: Cast, cycle: Cycle) -> Iterator[Planned]:
    """What would be done next about the findings: nothing before every session was held and reviewed."""
    held = last_held(cycle)
    if held is None or cycle.published() or any(one.coming for one in cycle.sessions):
        return
    day = civil(held.held_at or held.starts_at)
    if not cycle.findings:
        if not any(one.state == "returned" for one in cycle.requests):
            at = cast.at(day, cast.conduct.drafted_after, "16:00")
            yield Planned(at, _draft(cast, cycle, day))
        return
    newest = cycle.findings[-1]
    if waiting(cycle) or newest.sent_back or redactions_forgotten(cycle, newest):
        return  # it comes out by itself, or only a person can say what is written or taken out
    begun = max(day, civil(newest.drafted_at))
    if newest.redaction and newest.redaction.checked_by is None:
        yield _copy_checked(cast, cycle, newest)
    elif not newest.redaction or not newest.redaction.refused_because:
        yield _signed_or_published(cast, cycle, newest, begun)


def _draft(cast: Cast, cycle: Cycle, day: date) -> DraftFindings:
    text = cast.said("the findings")
    return DraftFindings(
        cycle=cycle.reference,
        key=key_of(cycle, "draft"),
        actor=cast.by(Role.POLICY_OFFICER, day),
        answer=text,
        body=text,
    )


def _copy_checked(cast: Cast, cycle: Cycle, version: FindingsVersion) -> Planned:
    made = version.redaction
    day = civil(made.at if made else version.drafted_at)
    command = CheckRedactions(
        cycle=cycle.reference,
        key=key_of(cycle, "checked", version.version, day),
        actor=cast.by(Role.CHIEF_EXECUTIVE, day, made.by.person if made else ""),
        version=version.version,
        agreed=True,
    )
    return Planned(cast.at(day, 1, "11:00"), command)


def _signed_or_published(cast: Cast, cycle: Cycle, version: FindingsVersion, day: date) -> Planned:
    signed = slots(version)
    for place, role in enumerate(SIGNED_BY):
        if role not in signed:
            return _signature(
                cast, cycle, version, role, _free(cast, version, cast.at(day, 1 + place, "10:00"))
            )
    others = (version.author.person, *(one.by.person for one in version.approvals))
    session = last_held(cycle)
    held_on = civil(session.held_at) if session and session.held_at else day
    at = max(cast.at(held_on, cast.conduct.publishes_after, "09:30"), cast.at(day, 3, "09:30"))
    publish = Publish(
        cycle=cycle.reference,
        key=key_of(cycle, "publish", version.version),
        actor=cast.by(Role.PUBLICATION_OFFICER, day, *others),
        version=version.version,
    )
    return Planned(cast.open_to_publish(at), publish)


def _signature(cast: Cast, cycle: Cycle, version: FindingsVersion, role: Role, at: datetime) -> Planned:
    day = civil(at)
    others = (version.author.person, *(one.by.person for one in version.approvals))
    by = cast.by(role, day, *others)
    key = key_of(cycle, "sign", role.value, version.version)
    text = cast.said("signed")
    return Planned(
        at, ApproveFindings(cycle=cycle.reference, key=key, actor=by, version=version.version, statement=text)
    )


def _free(cast: Cast, version: FindingsVersion, at: datetime) -> datetime:
    """An instant, or the morning after the force's window where that is still open then."""
    check = version.fact_check
    if check is None or fact_check_open(version, at) is None:
        return at
    return cast.at(check.due.on, 1, "10:00")
