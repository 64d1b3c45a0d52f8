"""Write docs/scale.md: the plan for 43 forces over ten years, its numbers worked out by scripts/scale.py.

`python -m scripts.scale_document`; with `--check` it writes nothing and ends with 1 where it is stale.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from scripts import scale
from scripts.documents import DOCS, write_or_check

DOCUMENT = DOCS / "scale.md"
TEXT = Path(__file__).with_name("scale.md.jinja")
AGAIN = "python -m scripts.scale_document"
WHOLE_FROM, TENTHS_FROM = 100, 10
"""From these on a number is written without a fraction, or with tenths."""


def plain(number: float) -> str:
    """A number to the figures that mean something."""
    if number == int(number) or number >= WHOLE_FROM:
        return f"{number:,.0f}"
    return f"{number:.1f}" if number >= TENTHS_FROM else f"{number:.2g}"


def document() -> str:
    """The whole text."""
    made = Environment(undefined=StrictUndefined, keep_trailing_newline=True, autoescape=True)
    made.filters["n"] = plain
    least, planned, most = scale.loads()
    return made.from_string(TEXT.read_text(encoding="utf-8")).render(
        s=scale,
        again=AGAIN,
        least=least,
        planned=planned,
        most=most,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the document, or say whether it is stale."""
    return write_or_check(DOCUMENT, document(), AGAIN, arguments)


if __name__ == "__main__":
    sys.exit(main())
