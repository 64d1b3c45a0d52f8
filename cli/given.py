"""What is typed after an option, read into days, instants and budgets."""

from datetime import date, datetime
from pathlib import Path

from cli.caller import WrongUsageError
from reference.places import A_DAY, A_DUE, AN_INSTANT, budget_in, day_in, instant_in
from schemas.clocks import Budget

MOST_BYTES = 2_000_000


def day(words: str, option: str) -> date:
    """A day such as 2026-12-10."""
    found = day_in(words)
    if found is None:
        raise WrongUsageError(f'{option}: "{words}" cannot be used; {A_DAY}.')
    return found


def moment(words: str, option: str) -> datetime:
    """A day and an hour in London, such as 2026-12-10 14:00."""
    found = instant_in(words)
    if found is None:
        raise WrongUsageError(f'{option}: "{words}" cannot be used; {AN_INSTANT}.')
    return found


def budget(words: str, option: str) -> Budget:
    """A due date such as "5 working days before session"."""
    found = budget_in(words)
    if found is None:
        raise WrongUsageError(f'{option}: "{words}" is not a due date; {A_DUE}.')
    return found


def text_of(file: Path, option: str) -> str:
    """The text in a file."""
    try:
        if file.stat().st_size > MOST_BYTES:
            raise WrongUsageError(f"{option}: {file} is too large to be a text.")
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise WrongUsageError(f"{option}: {file} is not a text in UTF-8.") from None
    except OSError as wrong:
        raise WrongUsageError(
            f"{option}: {file} cannot be read ({(wrong.strerror or 'no reason given').lower()})."
        ) from None


def text_or_file(text: str | None, file: Path | None, option: str) -> str:
    """A text that was typed, or the one in a file."""
    if file is not None:
        return text_of(file, f"{option}-file")
    if text is None or not text.strip():
        raise WrongUsageError(f"Write {option} and a text, or {option}-file and the name of a file.")
    return text
