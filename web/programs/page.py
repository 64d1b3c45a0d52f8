"""The page for people who write programs: every address with what is sent and answered, from the document."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from rules.acting.scopes import SCOPES
from web.programs.document import ABOUT, document, operations
from web.showing.page import render

router = APIRouter(include_in_schema=False)
TITLES = {"answerable": "Cycles, meetings and events", "reading": "Everything else that is read",
          "acting": "Acts beside those on one cycle", "law": "Deadlines and their reasons"}  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One operation as the page tells it."""

    method: str
    path: str
    summary: str
    more: str
    parameters: tuple[tuple[str, str, bool], ...]
    sends: str
    answers: str
    example: str


@router.get("/api")
async def page(request: Request) -> Response:
    """What programs can do here."""
    made = document(request.app)
    groups: dict[str, list[Told]] = {title: [] for title in TITLES.values()}
    for path, method, one in operations(made):
        tag = next(iter(one.get("tags", ())), "answerable")
        groups[TITLES.get(tag, TITLES["answerable"])].append(_told(path, method, one))
    return render(
        request, "programs/page.html", title="For programs", about=ABOUT.replace("`", ""), groups=groups,
        scopes=SCOPES,
    )  # fmt: skip


def _told(path: str, method: str, one: dict[str, Any]) -> Told:
    sent, answered = one.get("requestBody"), one["responses"].get("200") or one["responses"].get("202", {})
    example = _first(sent or answered).get("example")
    more = one["description"].removeprefix(one["summary"]).lstrip(". ")
    return Told(
        method=method.upper(), path=path, summary=one["summary"], more=more.replace("`", ""),
        parameters=tuple(
            (it["name"], _type(it.get("schema", {})), it.get("required", False))
            for it in one.get("parameters", ())
        ),
        sends=_type(_first(sent).get("schema", {})) if sent else "",
        answers=_type(_first(answered).get("schema", {})),
        example=json.dumps(example, indent=1, ensure_ascii=False) if example else "",
    )  # fmt: skip


def _first(holder: Mapping[str, Any] | None) -> dict[str, Any]:
    found: dict[str, Any] = next(iter((holder or {}).get("content", {}).values()), {})
    return found


def _type(schema: Mapping[str, Any]) -> str:
    """What a schema is, in a word or two."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"] if one.get("type") != "null")
    return str(schema.get("type", "anything"))
