"""The clock, chance and the environment are read at the edges and nowhere else."""

import ast
from pathlib import Path

import pytest

from tests.house.test_doors import product
from tests.house.test_sizes import ROOT

INSIDE = {"schemas", "rules", "reference", "activities", "workflows", "store", "engine", "handover"}
ALLOWED = {("engine/clock.py", "datetime.now"), ("store/chain.py", "secrets")}
"""The one edge of the engine's room where an instant enters; and salts, on which nothing rests."""

BANNED = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "uuid4",
    "uuid1",
    "uuid.uuid4",
    "uuid.uuid1",
    "os.environ",
    "os.getenv",
    "secrets",
    "random",
}


def uses(text: str) -> set[str]:
    """What a source text reads that is banned, called or handed on."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute):
            found |= {name for name in BANNED if ast.unparse(node).endswith(name) and "." in name}
        elif isinstance(node, ast.Name):
            found |= {node.id} & BANNED
        elif isinstance(node, ast.Import):
            found |= {one.name for one in node.names} & BANNED
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or "", *(one.name for one in node.names)} & BANNED
    return found


def inside() -> list[Path]:
    """The files in which nothing may depend on when, where or by what chance they run."""
    return [file for file in product() if file.relative_to(ROOT).parts[0] in INSIDE]


def test_the_rooms_read_no_clock_no_chance_and_no_environment() -> None:
    """Instants and keys come in as arguments."""
    found = {
        (str(file.relative_to(ROOT)), name)
        for file in inside()
        for name in uses(file.read_text(encoding="utf8"))
    }
    assert len(inside()) > 50
    assert found - ALLOWED == set()


@pytest.mark.parametrize(
    "text",
    [
        "Field(default_factory=datetime.now)",
        "import datetime as d\nd.datetime.now()",
        "from uuid import uuid4",
        "import random",
        "x = os.environ['A']",
    ],
)
def test_every_way_of_reading_them_is_seen(text: str) -> None:
    """Called, handed on as a default, or imported under another name."""
    assert uses(text)
