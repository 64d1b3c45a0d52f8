"""What PostgreSQL and the record in it say."""

from collections.abc import Callable
from datetime import datetime

from cli.doctoring.line import Line, ok, spelled, warn, wrong
from engine.rebuilding import NOTHING, rebuild, sampled
from schemas.rebuilding import Rebuilt
from schemas.watched import Watched
from store.examining import Examined, examine
from store.pool import Pool
from store.rebuilding import Rebuilding
from store.watched import WatchedReads

OLDEST = 150_000
"""PostgreSQL 15."""
SKEW, SKEW_WRONG = 2.0, 60.0
"""Seconds."""
LATE, NOTICED = 300.0, 30.0
"""Seconds after which a rung that did not fire is wrong, and after which it is worth a word."""
A_DAY = 86_400.0
CHECKPOINT_LATE = 1.5 * A_DAY
ROUND_LATE = 180.0
WAITS_LONG = 900.0
BOUNCES = 0.1
"""Part of a day's letters."""
CONNECTED = 0.8
"""Part of PostgreSQL's connections."""
MIGRATE = "Run: starter.py migrate"
VERIFY = "Run: starter.py rebuild, and starter.py ledger verify (docs/operations.md#rows-wrong)"


async def of_store(pool: Pool, now: Callable[[], datetime], *, every: bool) -> list[Line]:
    """Everything that can be asked of a PostgreSQL that answers."""
    before = now()
    found = await examine(pool)
    between = before + (now() - before) / 2
    lines = [_version(found), _shape(found), _walls(found), _clock((found.at - between).total_seconds())]
    if found.waiting:
        return [*lines, warn("Record", "not looked at: the tables are not up to date", MIGRATE)]
    watched = await WatchedReads(pool).watched(now())
    seed = now().isoformat()
    store = Rebuilding(pool)
    rows = await (rebuild(store, check=True) if every else sampled(store, seed))
    return [*lines, *of_record(watched, now()), _rows(rows, every=every)]


def of_record(watched: Watched, now: datetime) -> list[Line]:
    """What the numbers of the record say."""
    return [
        _rungs(watched, now),
        _round(watched, now),
        _checkpoint(watched, now),
        _feed(watched, now),
        _files(watched, now),
        _mails(watched),
        _out_tray(watched, now),
        _connections(watched),
    ]


def _version(found: Examined) -> Line:
    what = "PostgreSQL version"
    if found.number < OLDEST:
        return wrong(what, found.version, "Bring PostgreSQL to 15 or later.")
    return ok(what, found.version)


def _shape(found: Examined) -> Line:
    what = "Tables"
    if found.waiting:
        return wrong(what, f"{len(found.waiting)} changes are waiting, first {found.waiting[0]}", MIGRATE)
    if found.unknown:
        said = f"{len(found.unknown)} changes come from newer code, such as {found.unknown[-1]}"
        return warn(what, said, "Run this with the code that the product runs with.")
    return ok(what, "up to date")


def _walls(found: Examined) -> Line:
    what = "Row-level security"
    if found.open or not found.walled or found.roles < len(("answerable_face", "answerable_hand")):
        said = f"off on {', '.join(found.open)}" if found.open else "the walls or their roles are missing"
        return wrong(what, said, f"Stop the pages. {MIGRATE}")
    return ok(what, f"on, on {found.walled} tables")


def _clock(skew: float) -> Line:
    what, said = "Clocks", f"this machine and PostgreSQL differ by {spelled(abs(skew))}"
    do = "Set both by the same time server (NTP); days and deadlines hang on them."
    if abs(skew) > SKEW_WRONG:
        return wrong(what, said, do)
    return warn(what, said, do) if abs(skew) > SKEW else ok(what, said)


def _rungs(watched: Watched, now: datetime) -> Line:
    what, late = "Duties of the engine", _since(now, watched.rung_due_since)
    if not watched.rungs_due or late <= NOTICED:
        return ok(what, f"none is late, in {watched.cycles_open:,} cycles under way")
    said = f"due and not done in {watched.rungs_due:,} cycles, the oldest for {spelled(late)}"
    do = "See that a worker runs and mail goes out (docs/operations.md#rung-late)."
    return wrong(what, said, do) if late > LATE else warn(what, said, do)


def _round(watched: Watched, now: datetime) -> Line:
    what, ago = "Engine's round", _since(now, watched.engine_seen_at)
    do = "See that a worker runs (docs/operations.md#worker-gone)."
    if watched.engine_seen_at is None:
        return warn(what, "none was ever made", do)
    said = f"last began {spelled(ago)} ago"
    return ok(what, said) if ago <= ROUND_LATE else wrong(what, said, do)


def _checkpoint(watched: Watched, now: datetime) -> Line:
    what, since = "Ledger's checkpoint", watched.checkpoint_at or watched.ledger_since
    if since is None:
        return ok(what, "nothing is recorded yet")
    age = _since(now, since)
    said = f"the newest is {spelled(age)} old" if watched.checkpoint_at else "there is none yet"
    do = "See that a worker runs with a signing key (docs/operations.md#checkpoint-late)."
    return ok(what, said) if age <= CHECKPOINT_LATE else wrong(what, said, do)


def _feed(watched: Watched, now: datetime) -> Line:
    what = "Subscribers"
    if watched.feed_failing_since:
        said = f"one has taken nothing for {spelled(_since(now, watched.feed_failing_since))}"
        return warn(what, said, "Run: starter.py subscriptions list")
    return ok(what, f"at most {watched.feed_behind:,} entries behind")


def _files(watched: Watched, now: datetime) -> Line:
    what, waits = "Files for the scanner", _since(now, watched.files_waiting_since)
    said = f"{watched.files_waiting:,} wait"
    if watched.files_waiting and waits > WAITS_LONG:
        do = "See that the scanner runs (docs/operations.md#scanner-away)."
        return warn(what, f"{said}, the oldest for {spelled(waits)}", do)
    return ok(what, said)


def _mails(watched: Watched) -> Line:
    what = "Letters of the last day"
    said = f"{watched.mails:,}, of which {watched.mails_bounced:,} came back"
    if watched.mails_bounced > BOUNCES * watched.mails:
        return warn(what, said, "Put the addresses right: /mail (docs/operations.md#mails-bouncing).")
    return ok(what, said)


def _out_tray(watched: Watched, now: datetime) -> Line:
    what, waits = "Letters that are to go", _since(now, watched.letters_waiting_since)
    if not watched.letters_waiting or waits <= NOTICED:
        return ok(what, "none has waited")
    said = f"{watched.letters_waiting:,} wait, the oldest for {spelled(waits)}"
    do = "See that a worker runs and the mail server takes letters (docs/operations.md#letters-waiting)."
    return wrong(what, said, do) if waits > LATE else warn(what, said, do)


def _connections(watched: Watched) -> Line:
    what = "PostgreSQL's connections"
    said = f"{watched.connections:,} of {watched.connections_most:,} in use"
    if watched.connected > CONNECTED:
        do = "Make room before pages and workers wait (docs/operations.md#connections-nearly-used-up)."
        return warn(what, said, do)
    return ok(what, said)


def _rows(found: Rebuilt, *, every: bool) -> Line:
    what = "Rows and ledger"
    looked = f"{found.chains:,} cycles{'' if every else ' by sample'}"
    if found == NOTHING:
        return ok(what, "nothing is recorded yet")
    if found.differences:
        return wrong(what, f"{len(found.differences):,} rows differ, of {found.rows:,} in {looked}", VERIFY)
    return ok(what, f"{found.rows:,} rows of {looked} are what the ledger comes to")


def _since(now: datetime, at: datetime | None) -> float:
    return max((now - at).total_seconds(), 0.0) if at else 0.0
