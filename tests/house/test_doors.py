"""Doors are entered from outside, and only they read the settings."""

import ast
from pathlib import Path

from tests.house.test_sizes import ROOT, tracked

DOORS = {"worker", "starter", "standalone"}
MAY_READ_SETTINGS = {"worker.py", "starter.py", "standalone.py"}
MAY_READ_ROOMS = {"web", "cli", "embedded"}
"""The face, the command line and the product on one machine are parts of doors."""


def imported(file: Path) -> set[str]:
    """The modules that a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf8"))):
        if isinstance(node, ast.Import):
            names |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return names


def product() -> list[Path]:
    """Every file of the product itself."""
    return [file for file in tracked() if file.relative_to(ROOT).parts[0] != "tests"]


def test_nobody_imports_a_door() -> None:
    """What a door needs is in a room, where others can use it too."""
    found = {str(file.relative_to(ROOT)) for file in product() if DOORS & imported(file)}
    assert found == set()


def test_only_doors_read_the_settings() -> None:
    """Rooms are given what they need; they do not ask the environment for it."""
    found = [file.relative_to(ROOT) for file in product() if "settings" in imported(file)]
    others = {one for one in found if str(one) not in MAY_READ_SETTINGS}
    assert {str(one) for one in others if one.parts[0] not in MAY_READ_ROOMS} == set()
