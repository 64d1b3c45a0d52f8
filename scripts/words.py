"""Bring the translations up to date: everything that can be translated, and what has been so far.

`python -m scripts.words`; with `--check` it writes nothing, says what is missing, and ends with 1 where a
translation cannot be used.
"""

import argparse
import ast
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from reference.accessibility import accessibility
from web.language.catalogue import DOMAIN, LOCALE, installed
from web.language.compiling import messages
from web.language.segments import fits
from web.public import archive
from web.showing import menu, words

ROOT = Path(__file__).parents[1]
TEMPLATES = ROOT / "web" / "templates"
FOR_READERS = (
    "base.html", "more.html", "fault.html", "kept.html", "away.html", "sign*.html", "parts/shell.html",
    "parts/fields.html", "parts/live.html", "parts/strip.html", "parts/pages.html", "parts/why.html",
    "parts/unsent.html", "public/*.html", "links/*.html", "tasks/*.html", "you/*.html",
)  # fmt: skip
"""What everybody and the force's leads read."""
TITLED = ("web/public", "web/linking", "web/pages", "web/door")
"""Where pages are given their titles."""
WIDTH = 110


def found() -> Catalog:
    """Everything that can be translated, in the order of the files."""
    made = Catalog(project="Answerable", charset="utf-8")
    for text in (*_of_menu(), *_of_words(), *_of_statements()):
        made.add(text, locations=[("web/showing", 1)])
    for pattern in FOR_READERS:
        for file in sorted(TEMPLATES.glob(pattern)):
            for text in messages(file.read_text(encoding="utf-8")):
                made.add(text, locations=[(file.relative_to(ROOT).as_posix(), 1)])
    for folder in TITLED:
        for file in sorted((ROOT / folder).glob("*.py")):
            for text in _titles(ast.parse(file.read_text(encoding="utf-8"))):
                made.add(text, locations=[(file.relative_to(ROOT).as_posix(), 1)])
    return made


def _of_statements() -> Iterator[str]:
    facts = accessibility()
    yield from (*archive.TABLES.values(), facts.standard, facts.because, facts.tested.by)
    for one in facts.not_accessible:
        yield from (one.what, one.instead, one.criterion)


def _of_menu() -> Iterator[str]:
    for ways in (menu.PUBLIC, *menu.MINE.values()):
        yield from (text for text, _href in ways)
    yield "More"


def _of_words() -> Iterator[str]:
    tables = (
        value for name, value in sorted(vars(words).items()) if name.isupper() and isinstance(value, dict)
    )
    for table in tables:
        if table not in (words.COLOURS, words.FILTERS):
            yield from (str(one) for one in table.values())


def _titles(tree: ast.AST) -> Iterator[str]:
    for one in ast.walk(tree):
        if isinstance(one, ast.keyword) and one.arg == "title" and isinstance(one.value, ast.Constant):
            yield str(one.value.value)


def merged(code: str) -> Catalog:
    """A language's catalogue with every message of today; what is gone stays at its end as a comment."""
    with (LOCALE / code / "LC_MESSAGES" / DOMAIN).open("rb") as opened:
        now = read_po(opened, locale=code)
    now.update(found(), no_fuzzy_matching=True)
    return now


def unusable(catalogue: Catalog) -> list[str]:
    """Translations that lack an expression or a tag of their message, or have one more."""
    said = [(str(one.id), str(one.string)) for one in catalogue if one.id and one.string]
    return [message for message, text in said if not fits(message, text)]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the catalogues, or say how far they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args(arguments).check
    wrong = 0
    for code in installed():
        catalogue = merged(code)
        done = sum(bool(one.string) for one in catalogue if one.id)
        sys.stdout.write(f"{code}: {done} of {len(catalogue)} messages are translated.\n")
        for message in unusable(catalogue):
            sys.stdout.write(f"  Cannot be used, it must keep every {{{{ }}}} and tag of: {message}\n")
            wrong += 1
        if not check:
            with (LOCALE / code / "LC_MESSAGES" / DOMAIN).open("wb") as opened:
                write_po(opened, catalogue, width=WIDTH, include_lineno=False, omit_header=False)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
