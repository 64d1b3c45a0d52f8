"""The OpenAPI document: of the routes' own models, with what is the same for all of them said once.

Every operation has its summary, the one shape of refusals, and both ways to come in. What a command looks
like is taken from the commands themselves, without the actor, who is always the person who asks.
"""

import re
from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from schemas.outcomes import NotKnownYet, Receipt, Refused
from web.acting.doing import COMMAND
from web.programs.acting import PROGRAMME
from web.programs.answers import ANSWERS
from web.programs.examples import EXAMPLES

VERSION = "1"
SHARED = "#/components/schemas/"
SAID = {
    "400": "It cannot be read: not JSON, or a token stands in the address.",
    "401": "Nobody is signed in, or the token is not known, malformed, expired or ended.",
    "403": "Not for this role; or the token has not the scope; or its person has lost the role.",
    "404": "There is no such thing, or it is not yours to see.",
    "409": "The rules refuse it as things stand now.",
    "422": "Something that was sent cannot be used; `field` says what.",
    "429": "This token asks too often; `Retry-After` says how many seconds to wait.",
    "503": "The record cannot be reached. Nothing is lost: try again in a minute.",
}
ABOUT = (
    "What the pages do, for programs. A program comes in with a token that a person makes at /you/tokens, "
    "and acts in that person's name. Every act has a `key` of its own: sent again with the same key it is "
    "carried out once. Every refusal has one shape: `code` for programs, `message` for people, `source`, "
    "and `field` where one has to change."
)
OWN_SHAPE = frozenset({"/api/v1/outside", "/api/v1/mail/receipts"})
"""Addresses with senders and refusals of their own, as the standards say that they follow."""
OPEN = frozenset({"/events", "/api/v1/rules", "/api/v1/explain", "/api/v1/majority"})
"""What everybody may ask."""


def document(app: FastAPI) -> dict[str, Any]:
    """The whole document, made once."""
    if app.openapi_schema is None:
        made = get_openapi(title="Answerable", version=VERSION, description=ABOUT, routes=app.routes)
        shared = made.setdefault("components", {}).setdefault("schemas", {})
        _take_in(shared, {"Refused": Refused.model_json_schema(ref_template=SHARED + "{model}")})
        _take_in(shared, {"NotKnownYet": NotKnownYet.model_json_schema(ref_template=SHARED + "{model}")})
        _take_in(shared, {"Receipt": Receipt.model_json_schema(ref_template=SHARED + "{model}")})
        _commands(made, "/api/v1/commands", COMMAND, "CycleCommand")
        _commands(made, "/api/v1/programme/commands", PROGRAMME, "ProgrammeCommand")
        _bodies(made)
        for path, method, one in operations(made):
            _complete(path, method, one)
        made["components"]["securitySchemes"] = {
            "token": {
                "type": "http",
                "scheme": "bearer",
                "description": "A token made at /you/tokens: ans_…",
            },
            "session": {
                "type": "apiKey",
                "in": "cookie",
                "name": "answerable",
                "description": "A signed-in browser.",
            },
        }
        app.openapi_schema = made
    return app.openapi_schema


def operations(made: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation of a document with its address and method."""
    for path, methods in made["paths"].items():
        for method, one in methods.items():
            yield path, method, one


def _complete(path: str, method: str, one: dict[str, Any]) -> None:
    """The summary, the refusals and the ways to come in that every operation has."""
    said = " ".join(one.get("description", "").split())
    one["summary"] = re.split(r"(?<=[.]) ", said)[0].rstrip(".") or one["summary"]
    one["description"] = said
    if path in ANSWERS:
        one["responses"]["200"] = {"description": "The answer.", "content": _json(ANSWERS[path])}
    if path not in OWN_SHAPE:
        acts = method == "post"
        for status, why in SAID.items():
            if acts or status != "409":
                one["responses"][status] = {
                    "description": why,
                    "content": _json({"$ref": f"{SHARED}Refused"}),
                }
        if acts and path.endswith("commands"):
            one["responses"]["202"] = {
                "description": "No answer within the time limit: ask again with the same key.",
                "content": _json({"$ref": f"{SHARED}NotKnownYet"}),
            }
    one["security"] = [] if path in OWN_SHAPE | OPEN else [{"token": []}, {"session": []}]
    example = EXAMPLES.get((method, path))
    if example is not None:
        _content(one)["example"] = example


def _content(one: dict[str, Any]) -> dict[str, Any]:
    """Where an example stands: with what is sent, or else with what is answered."""
    holder = one.get("requestBody") or one["responses"]["200"]
    found: dict[str, Any] = next(iter(holder.setdefault("content", _json({})).values()))
    return found


def _commands(made: dict[str, Any], path: str, adapter: Any, name: str) -> None:
    """What may be sent at an address: any of its commands as a program writes it."""
    shared = made["components"]["schemas"]
    schema = adapter.json_schema(ref_template=SHARED + "{model}")
    kinds = [one["$ref"].removeprefix(SHARED) for one in schema["oneOf"]]
    definitions = schema.pop("$defs")
    for kind in kinds:
        written = definitions.pop(kind)
        written["properties"].pop("actor", None)
        written["properties"].pop("programme", None)
        written["required"] = [
            one for one in written.get("required", ()) if one not in ("actor", "programme", *FILLED_IN)
        ] + ["kind"]
        shared[kind] = _spoken(written)
    _take_in(shared, definitions)
    shared[name] = {
        "oneOf": [{"$ref": SHARED + kind} for kind in kinds],
        "discriminator": {"propertyName": "kind"},
    }
    shared["TextOrSay"] = TEXT_OR_SAY
    made["paths"][path]["post"]["requestBody"] = {
        "required": True, "content": _json({"$ref": SHARED + name}),
    }  # fmt: skip


FILLED_IN = ("calendar", "body", "standards", "theme", "cycle", "action")
"""What the office fills in where a command leaves it out."""
TEXT_OR_SAY = {
    "title": "TextOrSay",
    "description": "The reference of a text that is kept, or its words.",
    "oneOf": [
        {"type": "string", "pattern": "^text:[0-9a-f]{64}$"},
        {
            "type": "object",
            "required": ["say"],
            "properties": {"say": {"type": "string"}},
            "additionalProperties": False,
        },
    ],
}


def _bodies(made: dict[str, Any]) -> None:
    """What is sent where no model reads it."""
    made["paths"]["/api/v1/meetings/{reference}/commands"]["post"]["requestBody"] = {
        "required": True,
        "content": _json({
            "type": "object", "required": ["kind", "key"],
            "properties": {"kind": {"type": "string"}, "key": {"type": "string"}},
            "description": "A command of a session without its cycle, session and actor.",
        }),
    }  # fmt: skip
    made["paths"]["/api/v1/files"]["post"]["requestBody"] = {
        "required": True,
        "content": {"multipart/form-data": {"schema": {
            "type": "object",
            "properties": {"files": {"type": "array", "items": {"type": "string", "format": "binary"}}},
        }}},
    }  # fmt: skip


def _take_in(shared: dict[str, Any], schemas: dict[str, Any]) -> None:
    """Add definitions that are not there yet, those within them too."""
    for name, schema in schemas.items():
        _take_in(shared, schema.pop("$defs", {}))
        shared.setdefault(name, schema)


def _spoken(value: Any) -> Any:
    """The same schema where every text may also be said in its place."""
    if isinstance(value, list):
        return [_spoken(one) for one in value]
    if not isinstance(value, dict):
        return value
    if str(value.get("pattern", "")).startswith("^text:"):
        return {"$ref": SHARED + "TextOrSay"}
    return {name: _spoken(one) for name, one in value.items()}


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
