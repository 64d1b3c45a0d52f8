"""The command line: its groups, what can be said before every command, and what its exit codes mean."""

from collections.abc import Sequence
from typing import Annotated

import typer
from pydantic import ValidationError
from temporalio.exceptions import TemporalError
from temporalio.service import RPCError
from typer.exceptions import TyperException

from cli import (
    access,
    action,
    announcing,
    asking,
    backup,
    calendars,
    cycle,
    deadlines,
    decisions,
    demonstration,
    deployment,
    doctor,
    events,
    explaining,
    exporting,
    files,
    handover,
    importing,
    keys,
    ledger,
    links,
    mail,
    meeting,
    outages,
    outside,
    papers,
    people,
    plan,
    preflight,
    publishing,
    raising,
    rebuilding,
    rehearse,
    rehearse_year,
    sensitivity,
    signed_in,
    standing,
    subscriptions,
    succession,
    tokens,
    triggers,
    what_if,
    windows,
)
from cli import migrate as migration
from cli import session as sessions
from cli.caller import OUT_OF_REACH, REFUSED, WRONG_USAGE, Caller, WrongUsageError
from cli.office import Opens, OutOfReachError, open_office
from demonstration.dates import DemonstrationError
from reference.places import FileError
from rehearsal.stage import RehearsalError

EPILOG = (
    "--as, --deputising-for, --key and --json may stand anywhere. "
    "Exit codes: 0 done, 1 refused, 2 wrong usage, "
    "3 not known yet (ask again with the same key), 4 the engine or the store cannot be reached."
)
SPOKEN_FIRST = {"--as": True, "--deputising-for": True, "--key": True, "--json": False}
"""What may stand anywhere and is said before the command, and whether a word follows it."""

FORMS = {
    "cycle": "write a cycle's reference such as HTA-2026-07",
    "action": "write an action's number such as 2026/015",
    "key": "write 8 to 80 letters, digits, dots, dashes or colons after --key",
    "commitments": "write a commitment such as SWM-REASSURE-03",
    "lead": "write a person's id such as acc-local-policing (starter.py people list)",
    "owner": "write a person's id such as acc-local-policing (starter.py people list)",
    "slot": "write a cycle's number in the programme such as 2027/03 (starter.py programme show)",
    "officer": "write a person's id such as policy-officer (starter.py people list)",
    "theme": "write an objective of the plan such as reassuring (starter.py plan show)",
    "present": "write people's ids (starter.py people list)",
}

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    epilog=EPILOG,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def said_first(
    context: typer.Context,
    *,
    person: Annotated[str | None, typer.Option("--as", help="Who acts: a person's id.")] = None,
    lead: Annotated[
        str | None, typer.Option("--deputising-for", help="Whom you answer for: a lead's id.")
    ] = None,
    key: Annotated[
        str | None, typer.Option("--key", help="The act's key; the same key does the same act once.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Holding to account, from the question to the published findings."""
    spoken: Caller = context.obj
    spoken.person, spoken.lead, spoken.as_json = person, lead, as_json
    if key:
        spoken.key = key


for name, group in (
    ("plan", plan.app),
    ("people", people.app),
    ("sessions", signed_in.app),
    ("tokens", tokens.app),
    ("import", importing.app),
    ("cycle", cycle.app),
    ("request", asking.app),
    ("return", sensitivity.app),
    ("session", papers.app),
    ("meeting", meeting.app),
    ("action", action.app),
    ("findings", publishing.app),
    ("ledger", ledger.app),
    ("backup", backup.app),
    ("mail", mail.app),
    ("files", files.app),
    ("keys", keys.app),
    ("links", links.app),
    ("calendar", calendars.app),
    ("standards", standing.app),
    ("windows", windows.app),
    ("access", access.app),
    ("outside", outside.app),
    ("triggers", triggers.app),
    ("succession", announcing.app),
    ("subscriptions", subscriptions.app),
    ("programme", rehearse_year.app),
    ("demonstration", demonstration.app),
    ("deployment", deployment.app),
):
    app.add_typer(group, name=name, no_args_is_help=True)
app.command("migrate")(migration.bring_up_to_date)
app.command("judge")(sessions.judge)
app.command("decide")(decisions.decide)
app.command("sources")(decisions.register)
people.app.command("link")(signed_in.link)
cycle.app.command("succeed")(succession.succeed)
cycle.app.command("escalate")(raising.escalate)
cycle.app.command("remind")(raising.remind)
cycle.app.command("wake")(raising.wake)
app.command("deadlines")(deadlines.board)
app.command("events")(events.follow_events)
app.command("rules")(explaining.rules_command)
app.command("explain")(explaining.explain_command)
app.command("majority")(explaining.majority_command)
app.command("handover")(handover.hand_over)
app.command("export")(exporting.export_all)
app.command("rehearse")(rehearse.rehearse_file)
app.command("what-if")(what_if.what_if_command)
app.command("outages")(outages.late_by_outage)
app.command("preflight")(preflight.preflight)
app.command("doctor")(doctor.examine_all)
app.command("rebuild")(rebuilding.rebuild_rows)


def run(words: Sequence[str], opens: Opens = open_office) -> int:
    """Carry out what was typed and give the exit code. Nothing that a person types ends in a traceback."""
    spoken = Caller(opens)
    try:
        code = app(args=hoisted(words), prog_name="starter.py", standalone_mode=False, obj=spoken)
        return code if isinstance(code, int) else 0
    except (typer.Abort, KeyboardInterrupt):
        return _said(spoken, "Stopped; nothing was recorded.", REFUSED)
    except TyperException as wrong:
        return _said(spoken, wrong.format_message(), wrong.exit_code)
    except (WrongUsageError, FileError) as wrong:
        return _said(spoken, str(wrong), WRONG_USAGE)
    except ValidationError as wrong:
        return _said(spoken, sentence(wrong), WRONG_USAGE)
    except (DemonstrationError, RehearsalError) as wrong:
        return _said(spoken, str(wrong), REFUSED)
    except Exception as wrong:
        why = out_of_reach(wrong)
        if why is None:
            raise
        return _said(spoken, why, OUT_OF_REACH)


def hoisted(words: Sequence[str]) -> list[str]:
    """What was typed, with --as, --key and --json moved to the front, where they belong to every command."""
    first: list[str] = []
    rest: list[str] = []
    waiting = list(words)
    while waiting:
        word = waiting.pop(0)
        if word == "--":
            return [*first, *rest, word, *waiting]
        name = word.split("=", 1)[0]
        if name not in SPOKEN_FIRST:
            rest.append(word)
            continue
        first.append(word)
        if SPOKEN_FIRST[name] and "=" not in word:
            if not waiting or waiting[0].startswith("--"):
                raise WrongUsageError(f"Write a word after {name}.")
            first.append(waiting.pop(0))
    return [*first, *rest]


def sentence(wrong: ValidationError) -> str:
    """What cannot be used, in one sentence."""
    error = wrong.errors()[0]
    places = [str(part) for part in error["loc"]]
    known = next((part for part in reversed(places) if part in FORMS), None)
    if known:
        return f"That {known} cannot be used: {FORMS[known]}."
    where = ".".join(places) or "What was typed"
    return f"{where} cannot be used: {error['msg'][:1].lower()}{error['msg'][1:]}."


def out_of_reach(wrong: Exception) -> str | None:
    """Why the engine or the store cannot be reached, in a sentence; None for a bug."""
    if isinstance(wrong, OutOfReachError):
        return str(wrong)
    state = getattr(wrong, "sqlstate", None)
    if state == "42P01":
        return "The database has no tables yet. Run: starter.py migrate"
    if state:
        return f"The database refuses ({wrong}). Tell whoever runs this service."
    if isinstance(wrong, RPCError | TemporalError):
        return f"The engine cannot do this ({wrong}). Tell whoever runs this service."
    if isinstance(wrong, OSError):
        return f"Something cannot be reached ({str(wrong) or type(wrong).__name__}). Is the product running?"
    return None


def _said(spoken: Caller, words: str, code: int) -> int:
    spoken.err.print(words, markup=False)
    return code
