"""Days are counted in rules/ and nowhere else, so that one sum cannot be done in two ways."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("activities", "cli", "clients", "embedded", "engine", "handover", "reference", "schemas", "scripts",
         "settings", "store", "watching", "web", "workflows")  # fmt: skip
"""Everything that runs for an office. Tests, benches, the demonstration and the rehearsal make dates up."""
DOORS = ("standalone.py", "starter.py", "worker.py")
UNITS = {"days", "weeks"}
MOVES = {"fromordinal", "toordinal", "isocalendar", "fromisocalendar"}
PARTS = {"year", "month", "day"}

EXCEPTIONS = {
    "cli/rehearse.py": "prints how many months a rehearsal covered; nothing is due by it",
    "web/showing/dates.py": "says how far away a day is, where no calendar reaches, and what tomorrow is",
    "web/papers/calendar.py": "how long before an entry a calendar programme reminds its reader",
    "web/public/picture.py": "the width of a picture and the months on its edge",
    "web/public/spells.py": "says how long a spell lasted, where no calendar reaches",
    "web/secretariat/appointments.py": "how long a cycle that is over stays in subscribed calendars",
    "web/secretariat/board.py": "which week a column of the board shows",
}
"""Each with its reason: what is drawn, said or remembered, never what is due."""


def files() -> list[Path]:
    """Every file that runs for an office, rules/ left out."""
    found = [file for room in ROOMS for file in (ROOT / room).rglob("*.py")]
    return sorted([*found, *(ROOT / door for door in DOORS if (ROOT / door).exists())])


def arithmetic(file: Path) -> list[int]:
    """The lines of a file that count days: a span of days, a day by its number, a part replaced."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _counts(node)
    ]


def _counts(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    keywords = {one.arg for one in call.keywords}
    if name == "timedelta":
        return bool(keywords & UNITS) or any(not _nought(one) for one in call.args)
    if name == "replace":
        return bool(keywords & PARTS)
    return name in MOVES or name == "relativedelta"


def _nought(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value == 0


def differences(file: Path) -> list[int]:
    """The lines that take the days out of a difference: `(one - other).days`."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "days" and isinstance(node.value, ast.BinOp)
    ]


def test_no_date_is_counted_outside_the_rules() -> None:
    """But for the exceptions, each with its reason."""
    counted = {str(file.relative_to(ROOT)) for file in files() if arithmetic(file) or differences(file)}

    assert counted - set(EXCEPTIONS) == set()


def test_every_exception_is_still_needed() -> None:
    """An exception that nothing needs any more goes."""
    needed = {str(file.relative_to(ROOT)) for file in files() if arithmetic(file) or differences(file)}

    assert set(EXCEPTIONS) - needed == set()
