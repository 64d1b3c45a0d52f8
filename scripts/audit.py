"""Ask the advisories of PyPI and npm about every library in the locks. `make audit`; it needs the network.

Exit code 0: asked about all of them, and nothing is known. 1: something is known. 2: it could not be asked
about all of them, so nothing can be said; that is never passed over.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

from scripts.assets import npm as npm_program
from scripts.locked import LOCKS, ROOT, npm, python

PROGRAM = ROOT / "build" / "audit" / "bin" / "pip-audit"
NAMES = ("run", "check", "audit")
CLEAN, KNOWN, NOT_ASKED = 0, 1, 2


@dataclass(frozen=True)
class Verdict:
    """What is known of the libraries of one lock."""

    known: list[str] = field(default_factory=list)
    trouble: str = ""

    @property
    def code(self) -> int:
        """What the program ends with."""
        return NOT_ASKED if self.trouble else KNOWN if self.known else CLEAN


def of_python(answered: str, names: set[str]) -> Verdict:
    """What pip-audit's answer says, where it is one and about all of them."""
    try:
        found = json.loads(answered)["dependencies"]
        asked = {one["name"] for one in found if "skip_reason" not in one}
        known = [
            f"{one['name']} {one['version']}: {bad['id']}" for one in found for bad in one.get("vulns", ())
        ]
    except (ValueError, KeyError, TypeError):
        return Verdict(trouble="the service of advisories did not answer")
    missing = sorted(names - asked)
    trouble = f"nothing was said of {', '.join(missing[:5])} ({len(missing)} in all)" if missing else ""
    return Verdict(known, trouble)


def of_npm(answered: str) -> Verdict:
    """What npm's answer says, where it is one."""
    try:
        read = json.loads(answered)
        counted = int(read["metadata"]["dependencies"]["total"])
        known = [f"{name}: {one['severity']}" for name, one in sorted(read["vulnerabilities"].items())]
    except (ValueError, KeyError, TypeError):
        return Verdict(trouble="the service of advisories did not answer")
    return Verdict(known, "" if counted >= len(list(npm())) else f"asked about {counted} alone")


def answer(command: Sequence[str]) -> str:
    """What a program says, whatever it ends with."""
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own programs
    return made.stdout


def verdicts() -> dict[str, Verdict]:
    """Of each lock."""
    asking = (str(PROGRAM), "--disable-pip", "--require-hashes", "--progress-spinner", "off", "-f", "json")
    found = {}
    for name in NAMES:
        lock = LOCKS / f"{name}.lock"
        found[lock.name] = of_python(answer([*asking, "-r", str(lock)]), installed_here(lock.name))
    found["package-lock.json"] = of_npm(answer([*npm_program(), "audit", "--json"]))
    return found


def installed_here(lock: str) -> set[str]:
    """The libraries of a lock; those for other systems alone are not asked about."""
    return {one.name for one in python(LOCKS / lock) if one.here}


def main() -> int:
    """Ask, and say what came of it."""
    found = verdicts()
    for name, one in found.items():
        for known in one.known:
            sys.stdout.write(f"{name}: {known}\n")
        if one.trouble:
            sys.stderr.write(f"{name}: NOT ASKED ABOUT, because {one.trouble}\n")
    code = max(one.code for one in found.values())
    sys.stdout.write({CLEAN: "Asked about all of them: nothing is known.\n"}.get(code, ""))
    return code


if __name__ == "__main__":
    sys.exit(main())
