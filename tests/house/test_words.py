"""The words of the field, and none that mean something else."""

import re
from pathlib import Path

import pytest

from tests.house.test_sizes import ROOT

BANNED = re.compile(
    r"\bpolice commissioner|\bHMIC\b|\bcase ?work|\bthe case\b|\bcase (file|number|officer)|\btickets?\b"
    r"|\binvestigation (cycle|request)",
    re.IGNORECASE,
)
"""Words that the glossary avoids, in the senses in which it avoids them."""

GLOSSARY = ROOT / "docs" / "glossary.md"


def pages() -> list[Path]:
    """Everything that people read: pages and documents, the glossary's own list left out."""
    folders = (ROOT / "docs", ROOT / "web" / "templates", ROOT / "web" / "pages")
    files = [file for folder in folders for file in folder.rglob("*") if file.suffix in {".md", ".html"}]
    return [file for file in (*files, ROOT / "README.md") if file.exists() and file != GLOSSARY]


def test_no_page_uses_a_word_that_the_glossary_avoids() -> None:
    """One thing has one name everywhere."""
    found = {
        f"{file.relative_to(ROOT)}:{n} {match[0]}"
        for file in pages()
        for n, line in enumerate(file.read_text(encoding="utf8").splitlines(), start=1)
        if (match := BANNED.search(line))
    }
    assert pages()
    assert found == set()


@pytest.mark.parametrize(
    "words", ["the Police Commissioner said", "as HMIC found", "the case file", "a ticket"]
)
def test_the_words_are_found(words: str) -> None:
    """In any case, within a sentence."""
    assert BANNED.search(words)
