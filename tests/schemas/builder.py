"""Writes a golden file for each kind of event and command that has none yet: python -m tests.schemas.builder.

A file that is here stays as it is: it is what was recorded once, and it must parse for ever.
"""

from datetime import timedelta
from pathlib import Path

from rules.clocks import instant
from rules.duties import fired_late
from schemas.commands import OpenCycle
from schemas.events import ReminderBounced, ReminderDelivered
from schemas.evidence import FileItem, LinkItem, ShownItem
from tests import editions
from tests import scenario as s
from tests.rules import acts, outcome_acts
from tests.rules import findings_acts as about
from tests.rules import request_acts as requests
from tests.rules import session_acts as sessions
from tests.rules.raising_acts import escalate, remind, wake_me
from tests.rules.table import MONDAY, Table, held, opening, signed
from tests.schemas import programme_golden

FOLDER = Path(__file__).parent / "golden"
FILE = FileItem(digest="c" * 64, size=2048, media_type="application/pdf", name=s.say("return.pdf"))


def full() -> Table:
    """A cycle in which everything happens that can happen to evidence, sessions, actions and findings."""
    table = Table()
    table.do(opening(requests=2), acts.acknowledge(), acts.pause())
    table.wait(days=7)
    table.do(acts.resume(), acts.ask_time(s.date_after(table.now, 30)), acts.decide_time(granted=False))
    table.do(acts.ask_time(s.date_after(table.now, 30)), acts.decide_time())
    items = (
        *acts.PROOF,
        FILE,
        LinkItem(address=s.say("https://force.example")),
        ShownItem(what=s.say("A map")),
    )
    table.do(s.submit(acts.REF, items=items), s.send_back(acts.REF), s.submit(acts.REF), s.accept(acts.REF))
    table.do(acts.withdraw(2), acts.move_session(table.after(40, "14:00")))
    table.do(s.add_request(acts.REF), acts.change_calendar(), acts.change_standards(due_hour="16:00"))
    table.run_to(table.after(40, "15:00"))
    reminder = next(one.event for one in table.entries if isinstance(one.event, ReminderDelivered))
    table.engine(ReminderBounced.model_validate({**reminder.model_dump(exclude={"kind"}), "rung": 99}))
    table.do(s.attendance(acts.REF), s.judge(acts.REF), acts.record_decision(), s.findings(acts.REF))
    table.do(
        acts.propose(s.date_after(table.now, 5)), acts.confirm(), acts.claim(MONDAY.date()), acts.verify()
    )
    return table


def released() -> Table:
    """A cycle with a request that a newer edition moves, and one that is planned."""
    table = Table()
    table.do(opening(requests=1, ask="planned"), s.add_request(acts.REF))
    due = table.request(2).due
    table.calendar = editions.working(*([due.on] if due else []))
    table.do(acts.change_calendar())
    return table


def corrected() -> Table:
    """A cycle whose findings are checked, redacted, timed, held back, corrected and withdrawn."""
    table = held()
    table.do(
        s.judge(acts.REF), s.findings(acts.REF), about.invite(), about.answer(), about.redact(), about.check()
    )
    table.do(s.approve(acts.REF, s.CHIEF_EXECUTIVE), s.approve(acts.REF, s.COMMISSIONER))
    table.do(about.schedule(table.after(5)), about.hold(), s.publish(acts.REF), about.correction())
    table.do(about.send_back(2))
    newest = table.cycle.findings[-1]
    same = {"answer": newest.answer, "body": newest.body}
    table.do(acts.act("Redact", s.OFFICER, version=2, **same), about.check(2))
    table.do(s.approve(acts.REF, s.CHIEF_EXECUTIVE, 2), s.approve(acts.REF, s.COMMISSIONER, 2))
    table.do(about.correct(), about.withdraw(2))
    return table


def left_alone() -> Table:
    """A cycle in which people ask to be reminded, escalate, and then leave the engine to it."""
    table = Table()
    table.do(opening(requests=1), wake_me(s.date_after(table.now, 3)), escalate(), remind())
    table.do(s.submit(acts.REF), requests.claim_sensitive(s.date_after(table.now, 10)))
    table.do(acts.propose(s.date_after(table.now, 40)), acts.confirm(), escalate(action=acts.ACTION))
    table.do(remind(action=acts.ACTION))
    table.run_to(table.after(30, "15:00"))
    table.do(s.attendance(acts.REF), s.findings(acts.REF), about.invite())
    table.run_to(table.after(20))
    table.engine(*fired_late("miss/1", table.now - timedelta(hours=2), table.now))
    return table


def asked_otherwise() -> Table:
    """A cycle whose requests are amended, delegated, clarified, certified and put to others."""
    table = Table()
    table.do(opening(requests=1), requests.ask_several(), requests.amend(certify=True), requests.delegate())
    table.do(requests.ask_what())
    table.now = table.after(2)
    table.do(requests.say_what(), s.submit(acts.REF), requests.certify())
    table.do(requests.claim_sensitive(s.date_after(table.now, 40)), requests.decide_sensitive())
    table.do(requests.reassign(request=2))
    return table


def sat() -> Table:
    """A cycle with a meeting of the panel at which all is recorded, and one that is called off."""
    table = Table()
    table.do(opening(requests=1, session=None), sessions.fix(table.after(20)), sessions.agenda())
    table.do(sessions.papers(), sessions.ask("public"))
    table.now = table.after(20, "17:00")
    table.do(sessions.attended(), sessions.interest(), sessions.answer(), sessions.vote(9, 3))
    table.do(s.judge(acts.REF).model_copy(update={"actor": s.OFFICER}), sessions.confirm_judgement())
    table.do(sessions.fix(table.after(20)), sessions.call_off(2))
    return table


def followed_up() -> Table:
    """A cycle whose actions are disputed, taken back, moved, passed on, reopened; another succeeds."""
    table = Table()
    on = s.date_after(table.now, 20)
    table.do(opening(requests=1), acts.propose(on), acts.propose(on, "2026/016"))
    table.do(
        outcome_acts.dispute(), outcome_acts.take_back("2026/016"), acts.confirm(), outcome_acts.progress()
    )
    later = [s.date_after(table.now, days) for days in (25, 30, 35, 40)]
    table.do(outcome_acts.ask_date(later[0]), outcome_acts.decide_date(granted=False))
    table.do(outcome_acts.ask_date(later[1]), outcome_acts.decide_date(), outcome_acts.ask_date(later[2]))
    table.do(outcome_acts.pass_on(), acts.claim(MONDAY.date(), actor=s.OTHER_LEAD))
    table.do(outcome_acts.reopen(later[3]), outcome_acts.succeed(table.now.date()))
    return table


def write(folder: Path, kind: str, text: str) -> None:
    """Keep a text under its kind, unless there is one."""
    file = folder / f"{kind}.json"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text + "\n", encoding="utf8")


def main() -> None:
    """Write what is missing."""
    cancelled, closed = Table(), signed()
    planned: OpenCycle = opening(requests=1, ask="planned")
    cancelled.do(planned, acts.cancel())
    closed.do(s.publish(acts.REF))
    changed = released().entries[-1]
    write(FOLDER / "events", changed.event.kind, changed.model_dump_json(indent=1))
    for table in (
        full(),
        cancelled,
        asked_otherwise(),
        left_alone(),
        followed_up(),
        corrected(),
        closed,
        sat(),
    ):
        for entry in table.entries:
            write(FOLDER / "events", entry.event.kind, entry.model_dump_json(indent=1))
    later = instant(s.date_after(MONDAY, 30), "14:00")
    commands = acts.one_of_each(MONDAY)
    commands["MoveSession"] = acts.move_session(later, confirmed=True)
    for kind, command in commands.items():
        numbered = command.model_copy(update={"key": f"golden-{kind}"})
        write(FOLDER / "commands", kind, numbered.model_dump_json(indent=1))
    for file, text in programme_golden.texts().items():
        write(file.parent, file.name, text)


if __name__ == "__main__":
    main()
