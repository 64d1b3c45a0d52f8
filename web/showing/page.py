"""How a page is made: a template, the facts it shows, and what every page carries."""

import secrets
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    select_autoescape,
)
from starlette.requests import Request

from reference.titles import Titles
from rules.clocks import civil
from web.door.identity import home_of, scope_of, signed_in
from web.door.packing import digest_of
from web.door.rooms import rooms
from web.door.tokens import masked
from web.language.catalogue import ENGLISH
from web.language.said import Said
from web.language.speaking import language_of, speak, speaking
from web.language.switch import switch
from web.public.prose import prose
from web.showing import dates, words
from web.showing.menu import Doors, menu

FOLDER = Path(__file__).parent.parent
TEMPLATES = [FOLDER / "templates", FOLDER / "public" / "templates", FOLDER / "secretariat" / "templates"]
DESIGN = "govuk_frontend_jinja"
STATIC = FOLDER / "static"


def render(request: Request, template: str, status: int = 200, **facts: Any) -> HTMLResponse:
    """The page that a template makes of these facts, such as `render(request, "work.html", needs=needs)`."""
    if isinstance(facts.get("title"), str):
        facts["title"] = Said(facts["title"])
    code, here = language_of(request), rooms(request)
    body = here.governing.body(here.body, civil(here.now()))
    spoken = environment(code, here.governing.words.of(body, code), here.governing.words.of(body))
    page = spoken.get_template(template).render(**_of_every_page(request), **facts)
    kept = {"Cache-Control": "private, no-store"} if signed_in(request) else {}
    return HTMLResponse(page, status_code=status, headers=kept)


def csrf_token(request: Request) -> str:
    """The session's token, which every form of ours carries; made when it is first asked for."""
    token: str = request.session.setdefault("csrf", secrets.token_urlsafe(24))
    return masked(token)


AS_WRITTEN = Titles()


@cache
def environment(
    code: str = ENGLISH, titles: Titles = AS_WRITTEN, english: Titles = AS_WRITTEN
) -> Environment:
    """The templates: ours, those of the rooms beside, and the design system's; in a language, with titles."""
    as_written = code == ENGLISH and not english.says
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(TEMPLATES), PrefixLoader({DESIGN: PackageLoader(DESIGN)})]),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=() if as_written else (speaking(code, titles, english),),
    )
    made.filters.update(dates.FILTERS)
    made.filters.update(words.FILTERS)
    made.filters["prose"] = prose
    made.filters["ours"] = Said
    made.globals["asset"] = asset
    if not as_written:
        speak(made, code, english)
    return made


def asset(name: str) -> str:
    """The address of a file of web/static, with its digest where it is there."""
    digest = digest_of(STATIC / name)
    return f"/static/{name}?v={digest}" if digest else f"/static/{name}"


def doors_of(request: Request) -> Doors:
    """Every address of the product that is read as it stands, and whose it is."""
    found: Doors = request.app.state.doors
    return found


def _of_every_page(request: Request) -> dict[str, Any]:
    person, scope = signed_in(request), scope_of(request)
    here = rooms(request)
    return {
        "request": request,
        "person": person,
        "scope": scope,
        "home": (f"/tasks/{scope.cycle}/{scope.request}" if scope else home_of(person)) if person else "/",
        "navigation": [
            replace(way, text=Said(way.text))
            for way in menu(None if scope else person, request.url.path, doors_of(request))
        ],
        "you": "/you" if "/you" in doors_of(request) and not scope else "/sign-out",
        "office": here.office,
        "standalone": here.standalone,
        "now": here.now(),
        "nonce": request.state.nonce,
        **switch(request),
        "said": request.session.pop("said", None) if "said" in request.session else None,
        "csrf": lambda: csrf_token(request),
    }
