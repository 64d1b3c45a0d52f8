"""Documents that are made from the code: each is written anew, or said to be stale."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"


def write_or_check(document: Path, text: str, again: str, arguments: Sequence[str] | None = None) -> int:
    """Write a document; with `--check` write nothing, and 1 where it does not say this text."""
    parser = argparse.ArgumentParser(prog=again)
    parser.add_argument("--check", action="store_true", help="write nothing; 1 where the document is stale")
    if parser.parse_args(arguments).check:
        fresh = document.exists() and document.read_text(encoding="utf-8") == text
        sys.stdout.write("fresh\n" if fresh else f"stale: run {again}\n")
        return 0 if fresh else 1
    document.write_text(text, encoding="utf-8")
    return 0
