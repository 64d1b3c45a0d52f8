"""What Temporal says: whether it answers, how long it keeps what is closed, and who works."""

from temporalio.client import Client

from cli.doctoring.line import Line, ok, warn, wrong
from engine.examining import EngineExamined, examine

LEAST_KEPT = 1
"""Days for which closed runs are kept at the least: a record is rebuilt from the ledger, never from there."""
NOBODY = "Start a worker: python worker.py (docs/operations.md#worker-gone)."


async def of_engine(client: Client, queue: str, build: str | None) -> list[Line]:
    """Everything that can be asked of a Temporal that answers."""
    return said_of(await examine(client, queue), build)


def said_of(found: EngineExamined, build: str | None) -> list[Line]:
    """What was found, in lines."""
    days = found.retention.days
    kept = f"closed runs are kept for {days} day{'' if days == 1 else 's'}"
    if days < LEAST_KEPT:
        first = warn("Namespace", kept, "Set its retention to a day or more (deploy/namespace.sh).")
    else:
        first = ok("Namespace", kept)
    return [first, _workers(found, build)]


def _workers(found: EngineExamined, build: str | None) -> Line:
    what = "Workers"
    if not found.workers:
        return wrong(what, "nobody asks for work", NOBODY)
    named = f" of build {', '.join(found.builds)}" if found.builds else ""
    said = f"{found.workers} at work{named}"
    if build and found.builds and build not in found.builds:
        do = "Start workers of this build, and see docs/process-change.md."
        return warn(what, f"{said}; none of build {build}, which is set here", do)
    return ok(what, said)
