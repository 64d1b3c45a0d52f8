"""Files and functions stay small, tests included, without exemptions."""

import ast
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
MOST_LINES, MOST_IN_FUNCTION = 300, 40


def tracked() -> list[Path]:
    """Every Python file of the tree that is, or is about to be, under version control."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "*.py"],  # noqa: S607 - git is where the path says
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.split() if (ROOT / name).exists()]


def body(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many lines the body of a function has, its docstring left out."""
    spoken = ast.get_docstring(function) is not None
    first = function.body[1] if spoken and len(function.body) > 1 else function.body[0]
    return (function.end_lineno or 0) - first.lineno + 1


def test_no_file_is_long() -> None:
    """At most 300 lines each."""
    lines = {file: len(file.read_text(encoding="utf8").splitlines()) for file in tracked()}
    assert {str(file.relative_to(ROOT)): n for file, n in lines.items() if n > MOST_LINES} == {}


def test_no_function_is_long() -> None:
    """At most 40 lines of body each."""
    found = {
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name}": body(node)
        for file in tracked()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert len(found) > 400
    assert {name: n for name, n in found.items() if n > MOST_IN_FUNCTION} == {}
