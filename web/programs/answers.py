"""What is answered where no model makes the answer: said as schemas, and held to by a test."""

from typing import Any


def _object(required: str, /, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required.split(), "properties": properties}


TEXT = {"type": "string"}
EVENT = _object("id source type time", id=TEXT, source=TEXT, type=TEXT, time=TEXT)
EVENTS = _object(
    "events next more",
    events={"type": "array", "items": EVENT},
    next={**TEXT, "description": "The cursor to ask after then."}, more={"type": "boolean"},
)  # fmt: skip
DAY = _object("on counted why", on=TEXT, counted={"type": "boolean"}, why=TEXT)
REASON = _object(
    "rule kind source mark calendar due_on due_at days",
    rule=TEXT, kind=TEXT, source=TEXT, mark=TEXT, calendar=TEXT, due_on=TEXT, due_at=TEXT,
    advice_on={"type": ["string", "null"]}, days={"type": "array", "items": DAY}, window={"type": "object"},
)  # fmt: skip
ANSWERS: dict[str, dict[str, Any]] = {
    "/api/v1/commands": {"$ref": "#/components/schemas/Receipt"},
    "/events": EVENTS,
    "/api/v1/events": EVENTS,
    "/api/v1/explain": REASON,
    "/api/v1/cycles/{reference}/why/{key}": REASON,
    "/api/v1/majority": _object(
        "required carried source",
        required={"type": "integer"}, carried={"type": ["boolean", "null"]}, source=TEXT,
    ),
}  # fmt: skip
