"""Writes a golden file for each kind of event and command that has none yet: python -m tests.schemas.builder.

A file that is here stays as it is: it is what was recorded once, and it must parse for ever.
"""

from pathlib import Path

from rules.clocks import instant
from schemas.commands import OpenCycle
from schemas.events import ReminderBounced, ReminderDelivered
from schemas.evidence import FileItem, LinkItem, ShownItem
from tests import scenario as s
from tests.rules import acts
from tests.rules.table import MONDAY, Table, opening, signed

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


def write(folder: Path, kind: str, text: str) -> None:
    """Keep a text under its kind, unless there is one."""
    file = folder / f"{kind}.json"
    if not file.exists():
        file.write_text(text + "\n", encoding="utf8")


def main() -> None:
    """Write what is missing."""
    cancelled, closed = Table(), signed()
    planned: OpenCycle = opening(requests=1, ask="planned")
    cancelled.do(planned, acts.cancel())
    closed.do(s.publish(acts.REF))
    for table in (full(), cancelled, closed):
        for entry in table.entries:
            write(FOLDER / "events", entry.event.kind, entry.model_dump_json(indent=1))
    later = instant(s.date_after(MONDAY, 30), "14:00")
    commands = acts.one_of_each(MONDAY)
    commands["MoveSession"] = acts.move_session(later, confirmed=True)
    for kind, command in commands.items():
        numbered = command.model_copy(update={"key": f"golden-{kind}"})
        write(FOLDER / "commands", kind, numbered.model_dump_json(indent=1))


if __name__ == "__main__":
    main()
