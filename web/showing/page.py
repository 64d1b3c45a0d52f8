"""How a page is made: a template, the facts it shows, and what every page carries."""

import json
import secrets
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

from web.door.identity import home_of, signed_in
from web.door.rooms import rooms
from web.public.prose import prose
from web.showing import dates, words

FOLDER = Path(__file__).parent.parent
TEMPLATES = [FOLDER / "templates", FOLDER / "public" / "templates", FOLDER / "secretariat" / "templates"]
DESIGN = "govuk_frontend_jinja"
VENDOR = FOLDER / "static" / "vendor"


def render(request: Request, template: str, status: int = 200, **facts: Any) -> HTMLResponse:
    """The page that a template makes of these facts, such as `render(request, "work.html", needs=needs)`."""
    page = environment().get_template(template).render(**_of_every_page(request), **facts)
    kept = {"Cache-Control": "private, no-store"} if signed_in(request) else {}
    return HTMLResponse(page, status_code=status, headers=kept)


def csrf_token(request: Request) -> str:
    """The session's token, which every form of ours carries; made when it is first asked for."""
    token: str = request.session.setdefault("csrf", secrets.token_urlsafe(24))
    return token


@cache
def environment() -> Environment:
    """The templates: ours, those of the rooms beside, and the design system's."""
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(TEMPLATES), PrefixLoader({DESIGN: PackageLoader(DESIGN)})]),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(dates.FILTERS)
    made.filters.update(words.FILTERS)
    made.filters["prose"] = prose
    made.globals["asset"] = asset
    return made


def asset(name: str) -> str:
    """The address of a file of web/static, with its digest where the manifest knows it."""
    digest = _manifest().get(name.removeprefix("vendor/"))
    return f"/static/{name}?v={digest[:12]}" if digest else f"/static/{name}"


@cache
def _manifest() -> dict[str, str]:
    file = VENDOR / "manifest.json"
    found: dict[str, str] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return found


def _of_every_page(request: Request) -> dict[str, Any]:
    person = signed_in(request)
    here = rooms(request)
    return {
        "request": request,
        "person": person,
        "home": home_of(person) if person else "/",
        "navigation": words.navigation(person, request.url.path, standalone=here.standalone),
        "office": here.office,
        "standalone": here.standalone,
        "now": here.now(),
        "nonce": request.state.nonce,
        "said": request.session.pop("said", None) if "said" in request.session else None,
        "csrf": lambda: csrf_token(request),
    }
