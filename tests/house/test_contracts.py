"""Each contract about who may import what is broken on purpose in a copy, and is caught."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.house.test_sizes import ROOT

CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf8"))["tool"]["importlinter"]

BREAKS = {
    "One direction": ("rules/broken.py", "import engine.desk"),
    "Memory and other people know": ("store/broken.py", "import rules.decide"),
    "Memory and other people do not": ("store/broken.py", "import clients"),
    "A page reads": ("web/broken.py", "import store.ledger"),
    "What the workflow sandbox": ("activities/broken.py", "import httpx"),
    "The seal": ("sealing/broken.py", "import schemas"),
    "Rules and shapes": ("rules/broken.py", "import temporalio.workflow"),
    "Only the store": ("engine/broken.py", "import asyncpg"),
    "Skipped time": ("rehearsal/broken.py", "import store.ledger"),
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The rooms and the contracts, and nothing else; a room that is still empty is there all the same."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for room in CONTRACTS["root_packages"]:
        source, target = ROOT / room, tmp_path / room
        target.mkdir()
        (target / "__init__.py").touch()
        for file in source.rglob("*.py"):
            place = target / file.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, place)
    return tmp_path


def lint(folder: Path) -> tuple[int, str]:
    """What the linter says about a tree."""
    command = Path(sys.executable).parent / "lint-imports"
    found = subprocess.run([command, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)
    return found.returncode, found.stdout + found.stderr


def test_the_tree_keeps_its_contracts(copy: Path) -> None:
    """Unbroken, the copy is clean: so a red one below is red for its break alone."""
    code, said = lint(copy)
    assert code == 0, said


def test_every_contract_has_its_break() -> None:
    """No contract is only believed in."""
    names = [one["name"] for one in CONTRACTS["contracts"]]
    assert sorted(BREAKS) == sorted(key for name in names for key in BREAKS if name.startswith(key))
    assert len(names) == len(BREAKS)


@pytest.mark.real
@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_contract_is_caught(copy: Path, name: str) -> None:
    """One import in the wrong room, and the linter names the contract."""
    file, line = BREAKS[name]
    (copy / file).write_text(f'"""Broken on purpose."""\n\n{line}\n', encoding="utf8")
    code, said = lint(copy)
    verdicts = re.findall(r"(KEPT|BROKEN)", said[said.index(name) :])
    assert code != 0
    assert verdicts[0] == "BROKEN"
