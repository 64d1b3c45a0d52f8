"""What went wrong, for the log: where and of which kind. The words of a fault may hold somebody's data."""

import logging
import traceback
from collections.abc import Iterator
from typing import Any

TOO_DEEP = 20
"""How many causes are followed at the most."""


def told(fault: BaseException | None) -> str:
    """The kinds of a fault and of its causes, each with the lines on which it came up, and no words of it."""
    return "\n".join(_lines(fault))


def told_of(exc_info: Any) -> str:
    """The same of what `sys.exc_info` gives."""
    return told(exc_info[1] if isinstance(exc_info, tuple) else exc_info)


def _lines(fault: BaseException | None) -> Iterator[str]:
    for _ in range(TOO_DEEP):
        if fault is None:
            return
        state = getattr(fault, "sqlstate", None)
        yield type(fault).__name__ + (f" ({state})" if state else "")
        for one in traceback.extract_tb(fault.__traceback__):
            yield f"  {one.filename}:{one.lineno} {one.name}"
        if isinstance(fault, BaseExceptionGroup):
            for part in fault.exceptions:
                yield from _lines(part)
        fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)


class Wordless(logging.Filter):
    """Leaves the words of faults out of what a logger says."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let it pass, with where and of which kind alone."""
        if record.exc_info:
            record.exc_text, record.exc_info = told_of(record.exc_info), None
        return True


def leave_words_out(*loggers: str) -> None:
    """Have loggers leave the words of faults out; may be repeated."""
    for name in loggers:
        logger = logging.getLogger(name)
        if not any(isinstance(one, Wordless) for one in logger.filters):
            logger.addFilter(Wordless())
