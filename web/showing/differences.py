"""What has changed between two texts, line beside line, with the changed words marked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

PARTS = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Run:
    """A stretch of a line, and whether it is only on this side."""

    words: str
    changed: bool = False


@dataclass(frozen=True)
class Row:
    """One line of the earlier text beside the one that took its place; empty where there is none."""

    before: tuple[Run, ...]
    after: tuple[Run, ...]

    @property
    def changed(self) -> bool:
        """Whether the two sides differ."""
        return any(run.changed for run in (*self.before, *self.after))


def differences(before: str, after: str) -> list[Row]:
    """The two texts in rows, in order; lines that stayed stand on both sides."""
    left, right = before.splitlines(), after.splitlines()
    rows: list[Row] = []
    for kind, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal":
            rows += [Row((Run(line),), (Run(line),)) for line in left[i:j]]
        else:
            rows += _changed(left[i:j], right[k:m])
    return rows


def _changed(left: list[str], right: list[str]) -> Iterable[Row]:
    for place in range(max(len(left), len(right))):
        old = left[place] if place < len(left) else None
        new = right[place] if place < len(right) else None
        if old is None or new is None:
            yield Row(_whole(old), _whole(new))
        else:
            yield _beside(old, new)


def _whole(line: str | None) -> tuple[Run, ...]:
    return () if line is None else (Run(line, changed=True),)


def _beside(old: str, new: str) -> Row:
    left, right = PARTS.findall(old), PARTS.findall(new)
    before: list[Run] = []
    after: list[Run] = []
    for kind, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        changed = kind != "equal"
        if i < j:
            before.append(Run("".join(left[i:j]), changed))
        if k < m:
            after.append(Run("".join(right[k:m]), changed))
    return Row(tuple(before), tuple(after))
