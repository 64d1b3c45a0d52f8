"""Every kind of deadline has its word on every board."""

from typing import get_args

from cli.deadlines import WHAT
from schemas.records import Deadline
from web.secretariat.appointments import SAYS
from web.showing.words import WHATS

KINDS = set(get_args(Deadline.model_fields["what"].annotation))


def test_every_kind_of_deadline_has_a_word() -> None:
    """On the command line, on the pages and in calendars: a kind without one would break the board."""
    for words in (WHAT, WHATS, SAYS):
        assert set(words) == KINDS
