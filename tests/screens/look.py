"""Looks at every screen in every state, keeps pictures, and writes the accessibility statement.

python -m tests.screens.look --on 2026-11-23            pictures and index.html in build/screens
"""

import argparse
import json
import sys
import tempfile
from datetime import date
from html import escape
from pathlib import Path

from scripts.accessibility import Counted, write
from tests.journeys.browser import NARROW, ROOT, WIDE, chromium
from tests.screens.checks import Looking, as_lines, grammar
from tests.screens.registry import SCREENS
from tests.screens.serving import serving

BUILT = ROOT / "build" / "screens"
DARK = "dark"
HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Screens</title><h1>Screens</h1>'


def main() -> None:
    """Look at all of them."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument(
        "--on", type=date.fromisoformat, required=True, help="the day that the statement gives"
    )
    asked.add_argument(
        "--only",
        nargs="*",
        action="extend",
        default=[],
        help="screens or states by name; the statement stays",
    )
    given = asked.parse_args()
    found = look(BUILT, set(given.only))
    index(BUILT, found)
    wrong = sum(map(len, found.values()))
    if not given.only:
        write(Counted(given.on, len(SCREENS), len(found), wrong, version_of_axe()))
    sys.stdout.write(f"{len(found)} states, {wrong} faults: {BUILT / 'index.html'}\n")
    sys.exit(as_lines(found) or 0)


def look(folder: Path, only: set[str]) -> dict[str, list[str]]:
    """What is wrong with each state; a picture of each at both widths, and one in the dark."""
    folder.mkdir(parents=True, exist_ok=True)
    found: dict[str, list[str]] = {}
    with (
        tempfile.TemporaryDirectory(prefix="answerable-screens-") as home,
        serving(Path(home)) as showing,
        chromium() as browser,
        grammar() as rules,
    ):
        looking = Looking(browser, showing, rules)
        dark = browser.new_context(
            viewport={"width": WIDE, "height": 900}, forced_colors="active", color_scheme="dark"
        ).new_page()
        for screen in SCREENS:
            for state in screen.states:
                if only and not {screen.name, state.name} & only:
                    continue
                found[state.name] = looking.faults(state, folder)
                dark.goto(showing.show(state))
                dark.screenshot(path=folder / f"{state.name}-{DARK}.png", full_page=True)
    return found


def index(folder: Path, found: dict[str, list[str]]) -> None:
    """A page to look through the pictures."""
    lines = [HEAD]
    for screen in SCREENS:
        lines.append(f"<h2>{escape(screen.name)}</h2>")
        for state in screen.states:
            if state.name in found:
                lines.append(f"<h3>{state.name} ({state.kind}): {escape(state.path)}</h3>")
                lines += [f"<p>{escape(one)}</p>" for one in found[state.name]]
                lines += [
                    f'<img loading="lazy" width="{wide}" alt="at {size}" src="{state.name}-{size}.png">'
                    for size, wide in ((WIDE, 550), (NARROW, 160), (DARK, 550))
                ]
    (folder / "index.html").write_text("\n".join(lines), encoding="utf-8")


def version_of_axe() -> str:
    """As npm installed it."""
    package = ROOT / "node_modules" / "axe-core" / "package.json"
    return f'"{json.loads(package.read_text(encoding="utf-8"))["version"]}"'


if __name__ == "__main__":
    main()
