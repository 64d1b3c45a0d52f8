"""What the locks hold: every library of the product with its version, digests and licence."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from packaging.markers import Marker

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ROOT / "requirements"
NPM = ROOT / "package-lock.json"
LICENCES = LOCKS / "licences.yaml"
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)(?: ; (?P<marker>[^\\]*?))? ?\\?$")
HASH = re.compile(r"^    --hash=sha256:(?P<digest>[0-9a-f]{64})(?: \\)?$")


@dataclass(frozen=True)
class Locked:
    """One library at one version."""

    name: str
    version: str
    digests: tuple[str, ...]
    """Of Python's: SHA-256 of each of its files. Of npm's: one in the form of subresource integrity."""
    licence: str | None = None
    """Where the lock itself says it."""
    for_checks: bool = False
    marker: str = ""
    """Where it is installed at all; empty for everywhere."""

    @property
    def here(self) -> bool:
        """Whether it is installed on a machine like this one."""
        return not self.marker or Marker(self.marker).evaluate()


class LockWrong(Exception):  # noqa: N818 - what is raised is the sentence itself
    """A line of a lock pins nothing; the message says which."""


def python(lock: Path) -> list[Locked]:
    """The libraries of a lock for Python.

    Raises: LockWrong: a line is neither a library at one version nor a digest of one.
    """
    found: list[tuple[str, str, str, list[str]]] = []
    for number, line in enumerate(lock.read_text(encoding="utf-8").splitlines(), start=1):
        if digest := HASH.match(line):
            found[-1][3].append(digest["digest"])
        elif pinned := PIN.match(line):
            found.append((pinned["name"], pinned["version"], (pinned["marker"] or "").strip(), []))
        elif line.strip():
            raise LockWrong(f"{lock.name}, line {number} pins nothing: {line.strip()[:80]}")
    return [Locked(name, version, tuple(digests), marker=marker) for name, version, marker, digests in found]


def npm(lock: Path = NPM) -> Iterator[Locked]:
    """The libraries of a lock for the pages, and of the checks where they are only for those."""
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]
    for place, one in sorted(packages.items()):
        if place:
            name = place.rpartition("node_modules/")[2]
            digests = (one["integrity"],) if one.get("integrity") else ()
            yield Locked(name, one["version"], digests, one.get("license"), bool(one.get("dev")))


def licences() -> dict[str, str]:
    """The licence of each library of the product, by its name, as SPDX writes it."""
    return {str(name): str(said) for name, said in _file()["packages"].items()}


def allowed() -> frozenset[str]:
    """Licences under which the product may bring a library along."""
    return frozenset(_file()["allowed"])


def parts(licence: str) -> list[str]:
    """The single licences that an SPDX expression of two or more names."""
    return re.split(r" (?:AND|OR) ", licence.strip("()"))


@cache
def _file() -> dict[str, dict[str, str]]:
    read: dict[str, dict[str, str]] = yaml.safe_load(LICENCES.read_text(encoding="utf-8"))
    return read
