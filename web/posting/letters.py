"""Letters as templates: an office writes its own words, sees them set, tries them, and goes back to ours."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from clients.letters.editing import letters, ours, preview, wrong_with
from clients.letters.samples import NAMES
from schemas.people import Person, Role
from schemas.posting import Edition
from web.door.identity import require
from web.door.posting import KeepsEditions
from web.door.rooms import rooms
from web.forms.posted import FormBack, Posted
from web.showing.page import render

router = APIRouter(include_in_schema=False)
Editor = Annotated[Person, Depends(require(Role.POLICY_OFFICER, Role.CHIEF_EXECUTIVE))]
ONE = "/settings/letters/{name}"
LONGEST_WHY = 500
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; sandbox"
)
"""For a letter shown as a page of its own: it carries its look with it, and reaches nothing."""
STALE = (
    "Somebody has saved another edition meanwhile. It is shown below yours: put both together and save again"
)
GONE = "Send a trial to yourself needs a mail address of yours in the directory, and mail that works just now"


@dataclass(frozen=True)
class Line:
    """One letter in the list."""

    name: str
    title: str
    edition: Edition | None


@router.get("/settings/letters")
async def every(request: Request, _person: Editor) -> Response:
    """Every letter, and in whose words it is sent."""
    found = await _kept(request).in_force()
    rows = [Line(name, title_of(name), found.get(name)) for name in letters()]
    people = await rooms(request).reads.people()
    return render(request, "posting/letters.html", title="Letters", rows=rows, people=people)


@router.get(ONE)
async def one(request: Request, name: str, _person: Editor) -> Response:
    """One letter: ours, theirs, and what it looks like."""
    return await _show(request, name, {}, {})


@router.post(ONE)
async def edit(request: Request, name: str, person: Editor, back: FormBack) -> Response:
    """Show, try, save, or go back to ours."""
    _known(name)
    typed = _typed(back)
    doing = {"save": _save, "ours": _go_back, "trial": _trial}.get(back.typed.one("do"))
    if doing:
        return await doing(request, name, person, typed)
    return await _show(request, name, typed, _wrong_text(name, typed["text"]))


@router.post(ONE + "/preview")
async def as_html(request: Request, name: str, _person: Editor, back: FormBack) -> Response:
    """What was typed as HTML, with a sample of everything, as a page that reaches nothing."""
    _known(name)
    typed = _typed(back)
    wrong = _wrong_text(name, typed["text"])
    if wrong:
        return await _show(request, name, typed, wrong)
    return HTMLResponse(preview(name, typed["text"]).html, headers={"Content-Security-Policy": POLICY})


def title_of(name: str) -> str:
    """A letter's name in words."""
    return name.replace("_", " ").capitalize()


async def _save(request: Request, name: str, person: Person, typed: dict[str, str]) -> Response:
    wrong = _wrong_text(name, typed["text"]) | _wrong_why(typed["why"])
    if wrong:
        return await _show(request, name, typed, wrong)
    text = None if typed["text"].strip() == ours(name).strip() else typed["text"]
    return await _keep(request, name, person, typed, text)


async def _go_back(request: Request, name: str, person: Person, typed: dict[str, str]) -> Response:
    wrong = _wrong_why(typed["why"])
    if wrong:
        return await _show(request, name, typed, wrong)
    return await _keep(request, name, person, typed, None)


async def _keep(
    request: Request, name: str, person: Person, typed: dict[str, str], text: str | None
) -> Response:
    shown = typed["version"]
    number = int(shown) + 1 if shown.isdecimal() and len(shown) < 7 else 0  # noqa: PLR2004 - no real number
    edition = Edition(
        name=name, version=number, text=text, by=person.id, at=rooms(request).now(), why=typed["why"]
    )
    newest = next(iter(await _kept(request).editions(name)), None)
    again = newest is not None and (newest.text, newest.why, newest.by) == (text, edition.why, edition.by)
    if not again and (
        number != (newest.version if newest else 0) + 1 or not await _kept(request).keep_edition(edition)
    ):
        return await _show(request, name, typed, {"text": STALE}, stale=True)
    whose = "your office's" if text else "the product's"
    request.session["said"] = f"Kept. From now on “{title_of(name)}” is sent in {whose} words."
    return RedirectResponse(f"/settings/letters/{name}", 303)


async def _trial(request: Request, name: str, person: Person, typed: dict[str, str]) -> Response:
    wrong = _wrong_text(name, typed["text"])
    if wrong:
        return await _show(request, name, typed, wrong)
    here, letter = rooms(request), preview(name, typed["text"])
    known = (await here.reads.people()).get(person.id, person)
    trials, address = here.post.trials, known.address
    if not (trials and address and await trials.to_me(letter.subject, letter.text, letter.html, address)):
        return await _show(request, name, typed, {"text": GONE})
    return await _show(
        request, name, typed, {}, said_here=f"A trial is on its way to {address}. Nothing was saved."
    )


def _typed(back: Posted) -> dict[str, str]:
    text = back.typed.one("text").replace("\r\n", "\n").replace("\r", "\n")
    return {"text": text, "why": back.typed.one("why").strip(), "version": back.typed.one("version")}


def _wrong_text(name: str, text: str) -> dict[str, str]:
    found = wrong_with(name, text)
    return {"text": found.sentence} if found else {}


def _wrong_why(why: str) -> dict[str, str]:
    if not why:
        return {"why": "Say why these words are changed"}
    return {"why": f"Say it in {LONGEST_WHY} characters or fewer"} if len(why) > LONGEST_WHY else {}


def _known(name: str) -> None:
    if name not in letters():
        raise HTTPException(404)


def _kept(request: Request) -> KeepsEditions:
    found = rooms(request).post.editions
    if found is None:
        raise HTTPException(404)
    return found


async def _show(
    request: Request, name: str, typed: dict[str, str], wrong: dict[str, Any], *, stale: bool = False,
    said_here: str = "",
) -> Response:  # fmt: skip
    _known(name)
    editions = await _kept(request).editions(name)
    newest = editions[0] if editions else None
    theirs = newest.text if newest and newest.text else None
    text = typed["text"] if typed else theirs or ours(name)
    people = await rooms(request).reads.people()
    return render(
        request, "posting/letter.html", 409 if stale else 422 if wrong else 200, title=title_of(name),
        name=name, ours=ours(name), text=text, typed=typed, errors=wrong, newest=newest, editions=editions,
        people=people,
        version=newest.version if newest else 0, stale=stale, theirs=theirs, said_here=said_here,
        letter=None if "text" in wrong and not stale else preview(name, text if not stale else theirs),
        names=sorted((one, said, _example(sample)) for one, (said, sample, _) in NAMES.items()),
        back=("/settings/letters", "Letters"),
    )  # fmt: skip


def _example(sample: Any) -> str:
    """A sample in a few words."""
    if isinstance(sample, str | int):
        return str(sample)
    return f"{sample[0]} …" if isinstance(sample, list) and isinstance(sample[0], str) else "several parts"
