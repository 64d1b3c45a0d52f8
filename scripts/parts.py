"""Write scripts/parts.txt: the parts of both design systems that a page can have.

`python -m scripts.parts`; with `--check` it writes nothing and ends with 1 where the list is stale.
"""

import re
import sys
from collections.abc import Iterable, Sequence
from importlib.resources import files
from pathlib import Path

from scripts.documents import write_or_check
from scripts.styles import block

LIST = Path(__file__).with_suffix(".txt")
PAGES = Path(__file__).parents[1] / "web"
AGAIN = "python -m scripts.parts"
NAMES = re.compile(r"\b(?:govuk|moj)-[\w!-]+")
"""A class of a design system, as pages and scripts have it."""
MACRO = re.compile(r"govuk_frontend_jinja/components/([\w-]+)/macro\.html")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the list, or with --check say whether it is what would be written."""
    return write_or_check(LIST, "".join(f"{one}\n" for one in sorted(found())), AGAIN, arguments)


def found(pages: Path = PAGES) -> frozenset[str]:
    """Every part that a page, a picture or a script names, or a part that they are made of.

    A name that ends with a dash is completed while a page is made: it stands for all that begin so.
    """
    texts = [
        one.read_text(encoding="utf-8")
        for one in sorted(pages.rglob("*"))
        if one.suffix in {".html", ".jinja", ".js", ".py"} and "vendor" not in one.parts
    ]
    macros = _macros(texts)
    named = {block(name) for text in (*texts, *macros.values()) for name in NAMES.findall(text)}
    return frozenset(named | {f"govuk-{name}" for name in macros})


def _macros(texts: Iterable[str]) -> dict[str, str]:
    """The templates of the parts that the pages are made of, and of the parts within those, by name."""
    library = files("govuk_frontend_jinja") / "templates"
    found = {"template": (library / "template.html").read_text(encoding="utf-8")}
    ahead = {name for text in (*texts, *found.values()) for name in MACRO.findall(text)}
    while ahead:
        name = ahead.pop()
        found[name] = (library / "components" / name / "macro.html").read_text(encoding="utf-8")
        ahead |= set(MACRO.findall(found[name])) - set(found)
    return found


if __name__ == "__main__":
    sys.exit(main())
