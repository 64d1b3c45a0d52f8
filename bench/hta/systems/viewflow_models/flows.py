"""The process as Viewflow draws it: one node for each stage; a stage with several acts returns to itself."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from viewflow import this
from viewflow.workflow import flow, lock

from bench.clock import now
from bench.hta.ledger import LETTER, RECORD, act_of, letter, recording, reminder
from bench.hta.served import Asked
from bench.hta.systems.viewflow_models.models import HtaProcess

LONG = timedelta(days=3650)


class HtaFlow(flow.Flow):
    """Evidence with its ladder, session, judgement, decision, actions, findings, follow-up."""

    process_class = HtaProcess
    lock_impl = lock.SelectForUpdateLock(nowait=False)

    start = flow.StartHandle(this.opened).Next(this.evidence)
    evidence = flow.Handle(this.acted).OnTimeout(this.next_rung, this.remind).Next(this.evidence_over)
    remind = flow.Function(this.send_reminder).Next(this.evidence)
    evidence_over = flow.If(this.leaves).Then(this.session).Else(this.evidence)
    session = flow.Handle(this.acted).Next(this.judgement)
    judgement = flow.Handle(this.acted).Next(this.decision)
    decision = flow.Handle(this.acted).Next(this.actions)
    actions = flow.Handle(this.acted).Next(this.actions_over)
    actions_over = flow.If(this.leaves).Then(this.findings).Else(this.actions)
    findings = flow.Handle(this.acted).Next(this.findings_over)
    findings_over = flow.If(this.leaves).Then(this.follow_up).Else(this.findings)
    follow_up = flow.Handle(this.acted).Next(this.follow_up_over)
    follow_up_over = flow.If(this.leaves).Then(this.end).Else(this.follow_up)
    end = flow.End()

    def opened(self, activation: Any, asked: Asked) -> None:
        """A new cycle."""
        activation.process.reference = asked.reference
        self.acted(activation, asked)

    def acted(self, activation: Any, asked: Asked) -> None:
        """Record an act, and send what it tells, in the transaction that moves the process on."""
        process, act = activation.process, act_of(asked.act)
        process.number, process.leaves = act.number, act.leaves
        if asked.rungs is not None:
            process.rungs = asked.rungs
        process.save()
        with connection.cursor() as cursor:
            cursor.execute(RECORD, recording(asked.reference, act))
            if act.tells:
                cursor.execute(LETTER, letter(asked.reference, act))

    def send_reminder(self, activation: Any) -> None:
        """The reminder whose time has come; the next one is set when the stage begins again."""
        process = activation.process
        with connection.cursor() as cursor:
            cursor.execute(LETTER, reminder(process.reference, process.rungs[0]))
        process.rungs = process.rungs[1:]
        process.save()

    def next_rung(self, activation: Any) -> datetime:
        """When the next reminder falls."""
        rungs = activation.process.rungs
        return datetime.fromisoformat(rungs[0]) if rungs else now() + LONG

    def leaves(self, activation: Any) -> bool:
        """Whether the last act ended its stage."""
        return bool(activation.process.leaves)
