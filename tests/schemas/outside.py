"""Writes how each kind of event is heard, where it is not written yet: python -m tests.schemas.outside.

A file that is here stays as it is: programs of others were made after it.
"""

from pathlib import Path

from rules.telling.envelope import PUBLIC_FACTS, House, envelope
from schemas.feed import CloudEvent, Scope
from schemas.records import Entry

GOLDEN = Path(__file__).parent / "golden"
HOUSE = House("https://answerable.example")
SCOPES: tuple[Scope, ...] = ("office", "public")


def heard(file: Path, scope: Scope) -> CloudEvent:
    """How the entry of a golden file is heard."""
    return envelope(Entry.model_validate_json(file.read_text(encoding="utf8")), scope, HOUSE)


def entries(scope: Scope) -> list[Path]:
    """The golden entries that a scope hears of."""
    files = sorted((GOLDEN / "events").glob("*.json"))
    return [one for one in files if scope == "office" or one.stem in PUBLIC_FACTS]


def place(file: Path, scope: Scope) -> Path:
    """Where it is written how it is heard."""
    return GOLDEN / "outside" / scope / file.name


def main() -> None:
    """Write what is missing."""
    for scope in SCOPES:
        for file in entries(scope):
            to = place(file, scope)
            to.parent.mkdir(parents=True, exist_ok=True)
            if not to.exists():
                to.write_text(heard(file, scope).model_dump_json(indent=1) + "\n", encoding="utf8")


if __name__ == "__main__":
    main()
