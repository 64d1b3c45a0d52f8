"""Write docs/asvs.md: how the product stands to OWASP's ASVS, each requirement with the test that proves it.

`python -m scripts.asvs_document`; with `--check` it writes nothing and ends with 1 where it is stale.
"""

import sys
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from scripts.documents import DOCS, write_or_check

ROOT = Path(__file__).parents[1]
FILE = ROOT / "reference" / "asvs.yaml"
DOCUMENT = DOCS / "asvs.md"
AGAIN = "python -m scripts.asvs_document"
Is = Literal["met", "partly", "not proved", "not met", "the office's", "does not apply"]
ORDER: tuple[Is, ...] = ("met", "partly", "not proved", "not met", "the office's", "does not apply")


class Row(BaseModel):
    """One requirement, and how the product stands to it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    level: Literal[1, 2]
    said: Annotated[Is, Field(alias="is")]
    what: Annotated[str, Field(min_length=3, max_length=80)]
    how: Annotated[str, Field(min_length=3)]
    file: str | None = None
    tests: tuple[str, ...] = ()

    @property
    def place(self) -> tuple[int, ...]:
        """Its number, to be put in order by."""
        return tuple(int(one) for one in self.id.split("."))


class Standing(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    edition: str
    requirements: dict[int, int]
    chapters: dict[int, str]
    rows: tuple[Row, ...]


@cache
def standing() -> Standing:
    """What the file says."""
    return Standing.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))


def document() -> str:
    """The whole text."""
    whole = standing()
    lines = [_head(whole), *_open(whole)]
    for number, title in whole.chapters.items():
        lines += [
            "",
            f"## V{number} {title}\n",
            "| requirement | level | | what we do | the test that proves it |",
        ]
        lines += ["|---|---|---|---|---|"]
        lines += [_line(row) for row in whole.rows if row.place[0] == number]
    return "\n".join([*lines, ""])


def _head(whole: Standing) -> str:
    counted = Counter(row.said for row in whole.rows)
    counts = "\n".join(f"| {one} | {counted[one]} |" for one in ORDER)
    return f"""# How the product stands to OWASP's ASVS

This document is made by `{AGAIN}` from `reference/asvs.yaml`; it is never edited by hand. A test fails
when it is stale, when a row is missing, and when a test or file that it names is not there.

Edition {whole.edition} of the [Application Security Verification Standard](https://owasp.org/www-project-application-security-verification-standard/),
levels 1 and 2: {len(whole.rows)} requirements by their numbers, each in our own few words. It is our own
judgement. Nobody from outside has verified it.

| | requirements |
|---|---|
{counts}

*Partly* and *not met* say what is missing; *not proved* is done, and no test of ours says so; *the office's*
has to be done by whoever runs the product ([security.md](security.md)).
"""


def _open(whole: Standing) -> list[str]:
    """What is missing, by itself: it is what a reader looks for first."""
    missing = [row for row in whole.rows if row.said in ("not met", "partly")]
    lines = [
        "## What is missing\n",
        "| requirement | | what, and what stands in its place |",
        "|---|---|---|",
    ]
    ordered = sorted(missing, key=lambda one: (one.said != "not met", one.place))
    return [*lines, *(f"| {row.id} {row.what} | {row.said} | {row.how} |" for row in ordered)]


def _line(row: Row) -> str:
    where = f" ([{row.file}](../{row.file}))" if row.file else ""
    tests = "<br>".join(f"`{one.removeprefix('tests/')}`" for one in row.tests) or "-"
    return f"| {row.id} {row.what} | {row.level} | {row.said} | {row.how}{where} | {tests} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the document, or say whether it is stale."""
    return write_or_check(DOCUMENT, document(), AGAIN, arguments)


if __name__ == "__main__":
    sys.exit(main())
