"""Values for a JSON schema: mostly such as people send, now and then such as only a broken program does."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from reference.catalogue import demonstration_people
from tests import scenario as s
from tests.rules.table import MONDAY

Strategy = st.SearchStrategy[Any]
NEAR = st.integers(-60, 300).map(lambda days: (MONDAY + timedelta(days=days)).date())
FAR = st.sampled_from(["0001-01-01", "1970-01-01", "2026-02-28", "2028-02-29", "9999-12-31", "2500-06-01"])
WORDS = ("Volumes and reasons", "\u05e9\u202e\u05dc", "a" * 5000, "=1+1", "<b>", "\U0001f6a8", "12")
TEXTS = st.sampled_from([s.say(one) for one in WORDS])
NAMES = st.sampled_from([*demonstration_people(), "nobody", "policy-officer", "acc-local-policing"])
HUGE = 10**400
"""JSON has numbers that no float can hold."""
NUMBERS = st.one_of(st.integers(1, 4), st.integers(-3, 200), st.integers(-(2**63), 2**63), st.just(HUGE))
SPAN = st.sampled_from(["P1D", "PT0S", "P400D", "-P3D", "PT36H", "P99999D"])
KNOWN: dict[str, Strategy] = {
    "cycle": st.just("HTA-2026-07"),
    "action": st.sampled_from(["2026/015", "2026/015", "2026/999"]),
    "commitment": st.sampled_from(["SWM-REASSURE-01", "SWM-NOSUCH-99"]),
    "calendar": st.sampled_from(["england-and-wales/2026-11-22", "england-and-wales/1999-01-01"]),
    "basis": st.sampled_from(["prsra-2011.s1", "nothing.of-the-kind"]),
}
"""Fields whose values mean something only where they are the right ones."""
PATTERNS = {"^text:": TEXTS, "^HTA-": st.just("HTA-2026-07"), "^MTG-": st.just("MTG-2026-01")}
TEXT = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["", "\x00", "x" * 4000, "\ud7ff", "\u202e", "../..", "%00", "null"]),
)
JUNK: Strategy = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


class Values:
    """Strategies for the definitions of one JSON schema, each made once."""

    def __init__(self, schema: dict[str, Any]) -> None:
        self._definitions = schema.get("$defs", {})
        self._made: dict[str, Strategy] = {}

    def of(self, schema: dict[str, Any], name: str = "") -> Strategy:
        """Values that this schema allows."""
        if "$ref" in schema:
            return self._named(schema["$ref"].rpartition("/")[2])
        if "const" in schema:
            return st.just(schema["const"])
        if "enum" in schema:
            return st.sampled_from(schema["enum"])
        for several in ("anyOf", "oneOf", "allOf"):
            if several in schema:
                return st.one_of(*(self.of(one, name) for one in schema[several]))
        made = getattr(self, f"_{schema.get('type', 'any')}", None)
        return made(schema, name) if made else JUNK

    def _named(self, name: str) -> Strategy:
        if name not in self._made:
            self._made[name] = st.deferred(lambda: self.of(self._definitions[name], name))
        return self._made[name]

    def _object(self, schema: dict[str, Any], _name: str) -> Strategy:
        fields = {name: self.of(one, name) for name, one in schema.get("properties", {}).items()}
        needed = set(schema.get("required", ())) | ({"kind"} & fields.keys())
        sure = {name: one for name, one in fields.items() if name in needed}
        perhaps = {name: one for name, one in fields.items() if name not in needed}
        return st.fixed_dictionaries(sure, optional=perhaps)

    def _array(self, schema: dict[str, Any], name: str) -> Strategy:
        one = self.of(schema.get("items", {}), name.removesuffix("s"))
        return st.lists(one, min_size=schema.get("minItems", 0), max_size=min(schema.get("maxItems", 3), 3))

    @staticmethod
    def _integer(schema: dict[str, Any], _name: str) -> Strategy:
        least = schema.get("minimum", schema.get("exclusiveMinimum", -1) + 1)
        most = schema.get("maximum", max(400, least))
        return st.one_of(st.integers(least, min(most, least + 4)), st.integers(least, most))

    @staticmethod
    def _number(_schema: dict[str, Any], _name: str) -> Strategy:
        return st.floats(-1e6, 1e6)

    @staticmethod
    def _boolean(_schema: dict[str, Any], _name: str) -> Strategy:
        return st.booleans()

    @staticmethod
    def _null(_schema: dict[str, Any], _name: str) -> Strategy:
        return st.none()

    @staticmethod
    def _string(schema: dict[str, Any], name: str) -> Strategy:
        form, pattern = schema.get("format"), schema.get("pattern", "")
        found = next((made for start, made in PATTERNS.items() if pattern.startswith(start)), None)
        if found is not None:
            return found
        if name in KNOWN:
            return KNOWN[name]
        if form == "date":
            return NEAR.map(str) | NEAR.map(str) | FAR
        if form == "date-time":
            return NEAR.map(lambda day: f"{day}T10:00:00Z") | FAR.map(lambda day: f"{day}T23:59:59+14:00")
        if form == "duration":
            return SPAN
        if pattern:
            return NAMES if pattern.startswith("^[a-z0-9]") else st.from_regex(pattern, fullmatch=True)
        return TEXT


def spoil(draw: st.DrawFn, facts: Any, naming: tuple[str, ...] = ()) -> None:
    """Put something else into one place, however deep, but not into what names the whole."""
    while True:
        places = [one for one in facts if one not in naming] if isinstance(facts, dict) else range(len(facts))
        if not places:
            return
        place = draw(st.sampled_from(list(places)))
        inner = facts[place]
        if isinstance(inner, dict | list) and inner and draw(st.booleans()):
            facts = inner
            continue
        facts[place] = draw(_other(inner))
        return


def _other(value: Any) -> Strategy:
    """Something else of the same kind, or nothing of the kind."""
    same: Strategy = st.nothing()
    if isinstance(value, bool):
        same = st.booleans()
    elif isinstance(value, int):
        same = NUMBERS
    elif isinstance(value, str):
        other = st.one_of(st.just(value[:-1]), NAMES, FAR, NEAR.map(str))
        same = TEXTS if value.startswith("text:") else other
    elif isinstance(value, list):
        same = st.sampled_from([[], value * 2, value[:1], value[::-1]])
    return st.one_of(same, same, JUNK)
