"""A list of facts as JSON, written one after another as it would be written at once."""

import json
from collections.abc import Iterable
from typing import Any


class ListOf:
    """What a list of facts is written with; `before` and `after` it stands what it is a part of."""

    def __init__(self, before: str = "", after: str = "\n", depth: int = 1) -> None:
        self._before, self._after = before + "[", after
        self._begin = "\n" + " " * depth
        self._close = "\n" + " " * (depth - 1) + "]"
        self._any = False

    def begun(self) -> bytes:
        """What it begins with."""
        return self._before.encode()

    def items(self, some: Iterable[dict[str, Any]]) -> bytes:
        """Some of its facts."""
        return "".join(self._item(one) for one in some).encode()

    def ended(self) -> bytes:
        """What it ends with."""
        return ((self._close if self._any else "]") + self._after).encode()

    def _item(self, one: dict[str, Any]) -> str:
        comma, self._any = "," if self._any else "", True
        # no string in JSON holds a line end of its own
        said = json.dumps(one, ensure_ascii=False, indent=1).replace("\n", self._begin)
        return comma + self._begin + said
