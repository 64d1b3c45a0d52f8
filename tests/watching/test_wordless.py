"""What is logged of a fault: where and of which kind, and none of its words."""

import logging

import pytest

from watching.wordless import leave_words_out, told

PLANTED = "Key (address)=(somebody@force.example) already exists"


class NotUniqueError(Exception):
    """As a driver raises it: with the words of a row."""

    sqlstate = "23505"


def writes() -> None:
    """Fail as the driver does."""
    raise NotUniqueError(PLANTED)


def fails() -> None:
    """Raise something that was caused by something else."""
    try:
        writes()
    except NotUniqueError as cause:
        raise ValueError(PLANTED) from cause


def caught() -> Exception:
    """What comes of it."""
    try:
        fails()
    except ValueError as fault:
        return ExceptionGroup(PLANTED, [fault])
    raise AssertionError


def test_a_fault_is_told_without_its_words() -> None:
    """Its kinds, their lines, and the database's own code are there."""
    said = told(caught())
    assert "somebody" not in said
    for part in ("ExceptionGroup", "ValueError", "NotUniqueError (23505)", "test_wordless.py", " fails"):
        assert part in said


def test_a_logger_that_leaves_words_out_says_where(caplog: pytest.LogCaptureFixture) -> None:
    """Whoever logs an exception through it."""
    name = "answerable.test.wordless"
    for _ in range(2):
        leave_words_out(name)
    assert len(logging.getLogger(name).filters) == 1
    try:
        fails()
    except ValueError:
        logging.getLogger(name).exception("It failed")
    assert "somebody" not in caplog.text
    assert "NotUniqueError (23505)" in caplog.text
