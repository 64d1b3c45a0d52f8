"""What the boards read of a cycle: what needs whom, what is open, what is to be held."""

from rules.boards.needs import whom_of
from rules.boards.rows import EDITION, board_rows

__all__ = ["EDITION", "board_rows", "whom_of"]
