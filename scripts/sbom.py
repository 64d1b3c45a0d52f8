"""Write the product's bill of materials (CycloneDX): every library that it brings along, by the locks alone.

`make sbom`, or `python -m scripts.sbom [FILE]`. The same locks give the same bytes: no instant is in it.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from scripts.locked import LOCKS, ROOT, Locked, licences, npm, python

PROGRAM = ROOT / "build" / "audit" / "bin" / "cyclonedx-py"
FILE = ROOT / "build" / "sbom.cdx.json"
LOCK = LOCKS / "run.lock"


def bill(made: dict[str, Any]) -> dict[str, Any]:
    """The whole bill: what CycloneDX's own program makes of Python's lock, our licences, and npm's lock."""
    components = [of_python(one, licences()) for one in made["components"]]
    components += [of_npm(one) for one in npm() if not one.for_checks]
    return {
        **{name: made[name] for name in ("$schema", "bomFormat", "specVersion", "version")},
        "metadata": {"component": {"type": "application", "name": "answerable", "bom-ref": "answerable"}},
        "components": sorted(components, key=lambda one: str(one["purl"])),
        "dependencies": [{"ref": "answerable", "dependsOn": sorted(one["purl"] for one in components)}],
    }


def of_python(one: dict[str, Any], said: dict[str, str]) -> dict[str, Any]:
    """A library of Python's, with its licence, without what differs from machine to machine."""
    digests = [digest for found in one.get("externalReferences", ()) for digest in found.get("hashes", ())]
    return {
        "type": "library", "name": one["name"], "version": one["version"], "purl": one["purl"],
        "bom-ref": one["purl"], "licenses": [_licence(said[one["name"]])],
        "properties": [{"name": "sha256", "value": found["content"]} for found in digests],
    }  # fmt: skip


def of_npm(one: Locked) -> dict[str, Any]:
    """A library of the pages."""
    purl = f"pkg:npm/{one.name.replace('@', '%40')}@{one.version}"
    return {
        "type": "library", "name": one.name, "version": one.version, "purl": purl, "bom-ref": purl,
        "licenses": [_licence(one.licence or "NOASSERTION")],
        "properties": [{"name": "integrity", "value": found} for found in one.digests],
    }  # fmt: skip


def _licence(said: str) -> dict[str, Any]:
    return {"expression": said} if " " in said else {"license": {"id": said}}


def made_of(lock: Path) -> dict[str, Any]:
    """What CycloneDX's own program says of a lock; each library of the lock has to be in it."""
    wanted = [str(PROGRAM), "requirements", str(lock), "--output-reproducible", "--of", "JSON", "-o", "-"]
    said = subprocess.run(wanted, check=True, capture_output=True).stdout  # noqa: S603 - our own program
    made: dict[str, Any] = json.loads(said)
    missing = {one.name for one in python(lock)} - {one["name"] for one in made["components"]}
    if missing:
        sys.exit(f"Not in the bill of materials: {', '.join(sorted(missing))}.")
    return made


def main() -> int:
    """Write the file."""
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else FILE
    whole = bill(made_of(LOCK))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(whole, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    sys.stdout.write(f"{file}: {len(whole['components'])} libraries\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
