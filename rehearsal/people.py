"""Scripted people: from how the cycle stands to the next act that somebody would do, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from rehearsal.script import Answering, Script
from rules.calendars import WorkingCalendar
from rules.clocks import civil, instant
from schemas.clocks import WorkingDays
from schemas.commands import (
    AcceptReturn,
    Acknowledge,
    AnyCommand,
    ApproveFindings,
    ClaimDone,
    ConfirmAction,
    DraftFindings,
    JudgeAssurance,
    ProposeAction,
    Publish,
    RecordAttendance,
    SendBack,
    SubmitReturn,
    VerifyDone,
)
from schemas.cycle import Action, Cycle, Request
from schemas.evidence import WrittenItem
from schemas.people import Actor, Person, Role
from schemas.shape import Words

SECOND_TRY = 5
"""Working days that a lead gets for a return that was sent back."""


@dataclass(frozen=True)
class Planned:
    """An act that somebody would do, and when."""

    at: datetime
    command: AnyCommand


@dataclass(frozen=True)
class Cast:
    """The people of a rehearsal, who act by the script."""

    script: Script
    people: dict[str, Person]
    calendar: WorkingCalendar
    words: Words

    def next_act(self, cycle: Cycle) -> Planned | None:
        """The soonest act that anybody would do now; None where everybody has done."""
        return min(self._acts(cycle), key=lambda one: one.at, default=None)

    def by(self, role: Role) -> Actor:
        """Somebody in a role."""
        return Actor(person=next(one.id for one in self.people.values() if one.role == role), role=role)

    def _acts(self, cycle: Cycle) -> Iterator[Planned]:
        for request in cycle.requests:
            yield from self._on_request(cycle, request)
        yield from self._on_session(cycle)
        yield from self._on_findings(cycle)
        for number, action in enumerate(cycle.actions):
            yield from self._on_action(cycle, action, self.script.actions[number].done)

    def _on_request(self, cycle: Cycle, request: Request) -> Iterator[Planned]:
        lead = self._person(request.draft.lead)
        offset = self.script.people.get(lead.person, Answering()).offset
        about = {"cycle": cycle.reference, "request": request.number}
        if request.state == "asked" and offset is not None:
            key = f"{cycle.reference}:ack:{request.number}"
            at = self._at(civil(request.asked_at), 1, "10:00")
            yield Planned(at, Acknowledge(key=key, actor=lead, **about))
        if request.open and request.due and offset is not None and request.state != "asked":
            key = f"{cycle.reference}:return:{request.number}:{len(request.returns)}"
            items = (WrittenItem(text=self.words.ref("Rehearsal: the answer.")),)
            at = max(self._at(request.due.on, offset, "15:00"), request.due_set_at)
            yield Planned(at, SubmitReturn(key=key, actor=lead, items=items, **about))
        if request.state == "returned":
            yield self._review(request, about)

    def _review(self, request: Request, about: dict[str, object]) -> Planned:
        officer = self.by(Role.POLICY_OFFICER)
        version = len(request.returns)
        at = self._at(civil(request.returns[-1].received_at), self.script.reviews_after, "11:00")
        key = f"{about['cycle']}:review:{request.number}:{version}"
        if request.number in self.script.sends_back and version == 1:
            gap = self.words.ref("Rehearsal: something is missing.")
            due = WorkingDays(days=SECOND_TRY)
            return Planned(at, SendBack(key=key, actor=officer, gap=gap, due=due, **about))
        return Planned(at, AcceptReturn(key=key, actor=officer, **about))

    def _on_session(self, cycle: Cycle) -> Iterator[Planned]:
        if not cycle.sessions:
            return
        session, ref = cycle.sessions[0], cycle.reference
        day = civil(session.starts_at)
        if session.coming:
            present = tuple(self.by(role).person for role in (Role.COMMISSIONER, Role.CHIEF_CONSTABLE))
            command = RecordAttendance(
                cycle=ref, key=f"{ref}:held", actor=self.by(Role.POLICY_OFFICER), present=present
            )
            yield Planned(instant(day, "20:00"), command)
            return
        judged = {one.request for one in cycle.judgements}
        for request in cycle.requests:
            if request.number not in judged and request.state != "withdrawn":
                yield Planned(instant(day, "20:30"), self._judge(ref, request))
        if len(cycle.actions) < len(self.script.actions):
            yield Planned(instant(day, "21:00"), self._propose(cycle, day))

    def _judge(self, ref: str, request: Request) -> JudgeAssurance:
        return JudgeAssurance(
            cycle=ref,
            key=f"{ref}:judge:{request.number}",
            actor=self.by(Role.COMMISSIONER),
            request=request.number,
            judgement="assured" if request.state == "accepted" else "not_assured",
            reasons=self.words.ref("Rehearsal: by what had been returned and accepted."),
        )

    def _propose(self, cycle: Cycle, day: date) -> ProposeAction:
        scripted = self.script.actions[len(cycle.actions)]
        number = f"{day.year}/{len(cycle.actions) + 1:03d}"
        return ProposeAction(
            cycle=cycle.reference,
            key=f"{cycle.reference}:propose:{number[-3:]}",
            actor=self.by(Role.POLICY_OFFICER),
            action=number,
            what=self.words.ref(scripted.what),
            owner=scripted.owner,
            due_on=civil(self._at(day, scripted.due_after, "12:00")),
        )

    def _on_findings(self, cycle: Cycle) -> Iterator[Planned]:
        held = next((one.held_at for one in cycle.sessions if one.held_at), None)
        if held is None or cycle.published():
            return
        ref, day = cycle.reference, civil(held)
        text = self.words.ref("Rehearsal: the findings.")
        after = self.script.drafted_after
        if not cycle.findings:
            command = DraftFindings(
                cycle=ref, key=f"{ref}:draft", actor=self.by(Role.POLICY_OFFICER), answer=text, body=text
            )
            yield Planned(self._at(day, after, "16:00"), command)
            return
        signed = len(cycle.findings[-1].approvals)
        for place, role in enumerate((Role.CHIEF_EXECUTIVE, Role.COMMISSIONER)):
            if signed == place:
                key = f"{ref}:sign:{role.value}"
                sign = ApproveFindings(cycle=ref, key=key, actor=self.by(role), version=1, statement=text)
                yield Planned(self._at(day, after + 1 + place, "10:00"), sign)
                return
        publish = Publish(cycle=ref, key=f"{ref}:publish", actor=self.by(Role.PUBLICATION_OFFICER), version=1)
        yield Planned(self._at(day, after + 3, "09:30"), publish)

    def _on_action(self, cycle: Cycle, action: Action, done: Answering) -> Iterator[Planned]:
        ref, number = cycle.reference, action.number
        if action.state == "proposed":
            agreed = ConfirmAction(
                cycle=ref,
                key=f"{ref}:agree:{number[-3:]}",
                actor=self.by(Role.FORCE_COORDINATION),
                action=number,
            )
            yield Planned(self._at(civil(action.clock.starts_at), 1, "10:00"), agreed)
        elif action.state == "confirmed" and done.offset is not None:
            at = self._at(action.due.on, done.offset, "14:00")
            proof = (WrittenItem(text=self.words.ref("Rehearsal: the proof.")),)
            owner = self._person(action.owner)
            claim = ClaimDone(
                cycle=ref,
                key=f"{ref}:done:{number[-3:]}",
                actor=owner,
                action=number,
                proof=proof,
                covers_to=civil(at),
            )
            yield Planned(at, claim)
        elif action.state == "claimed_done" and action.claimed_at:
            verify = VerifyDone(
                cycle=ref,
                key=f"{ref}:verify:{number[-3:]}",
                actor=self.by(Role.POLICY_OFFICER),
                action=number,
            )
            yield Planned(self._at(civil(action.claimed_at), 2, "11:00"), verify)

    def _person(self, person: str) -> Actor:
        return Actor(person=person, role=self.people[person].role)

    def _at(self, day: date, offset: int, hour: str) -> datetime:
        if offset == 0:
            return instant(day, hour)
        moved = self.calendar.after(day, offset) if offset > 0 else self.calendar.before(day, -offset)
        return instant(moved if isinstance(moved, date) else day, hour)
