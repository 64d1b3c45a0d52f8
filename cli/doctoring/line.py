"""One line of what the doctor says."""

from collections.abc import Awaitable, Callable
from typing import Literal

from schemas.shape import Shape

State = Literal["ok", "warn", "wrong"]
CODES: dict[State, int] = {"ok": 0, "warn": 1, "wrong": 2}


class Line(Shape):
    """What was looked at, how it is, and what to do."""

    what: str
    state: State
    said: str
    do: str = ""


Look = Callable[[], Awaitable[list[Line]]]


def ok(what: str, said: str) -> Line:
    """All is well."""
    return Line(what=what, state="ok", said=said)


def warn(what: str, said: str, do: str) -> Line:
    """It goes on, and somebody should see to it."""
    return Line(what=what, state="warn", said=said, do=do)


def wrong(what: str, said: str, do: str) -> Line:
    """It does not do what it should."""
    return Line(what=what, state="wrong", said=said, do=do)


def kind_of(trouble: BaseException) -> str:
    """What went wrong, by its kind: the words of a fault may hold an address with a password in it."""
    cause = trouble.__cause__ or trouble
    return type(cause).__name__


def spelled(seconds: float) -> str:
    """How long that is, in its largest whole unit."""
    for size, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            many = int(seconds // size)
            return f"{many} {name}{'' if many == 1 else 's'}"
    return f"{seconds:.0f} seconds" if seconds >= 1 else f"{seconds * 1000:.0f} ms"
