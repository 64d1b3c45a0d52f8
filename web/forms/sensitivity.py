"""Forms about sensitivity: claimed by the force for one item, decided by the office."""

from reference.catalogue import sources
from rules.publishing.withholding import GROUNDS
from schemas.cycle import Cycle, Request, SensitivityClaim
from schemas.evidence import Item
from schemas.shape import Words
from web.forms.fields import Field, Option, Values
from web.forms.form import Built, Form, Scene, reason
from web.showing import words as say

LONGEST = 60
"""Letters of an item in a list to choose from."""
GROUND_OPTIONS = tuple(
    Option(value, say.GROUNDS[value], hint=sources()[source].title) for value, source in GROUNDS.items()
)


def _about(scene: Scene) -> tuple[Request, ...]:
    named = scene.ask.get("request", "")
    found = scene.cycle.request(int(named)) if named.isdecimal() else None
    return (found,) if found else scene.cycle.requests


def words_of(scene: Scene, item: Item) -> str:
    """An item in a few words: its name, its address, or how it begins."""
    ref = {"file": "name", "written": "text", "link": "address", "shown": "what"}[item.kind]
    said = " ".join(scene.say(getattr(item, ref)).split())
    return said if len(said) <= LONGEST else said[:LONGEST] + " …"


def _claim_fields(scene: Scene) -> tuple[Field, ...]:
    items = tuple(
        Option(
            f"{request.number}.{version.version}.{place}",
            f"Request {request.number}, version {version.version}, item {place}: {words_of(scene, item)}",
        )
        for request in _about(scene)
        if request.state != "withdrawn"
        for version in reversed(request.returns)
        for place, item in enumerate(version.items, start=1)
    )
    return (
        Field("item", "Which item should not be published?", "one", options=items, missing="Choose the item"),
        Field("ground", "On which ground?", "one", options=GROUND_OPTIONS, missing="Choose the ground"),
        Field("paragraph", "Which paragraph?", optional=True, hint="Optional: of the schedule relied on."),
        Field("why", "Why?", "text", missing="Enter the reason", hint="The office reads this."),
        Field(
            "until_on",
            "Until which day?",
            "day",
            missing="Enter the last day on which you claim it",
            hint="Within a year. Then it is looked at again.",
        ),
    )


def _claim(values: Values, words: Words) -> Built:
    request, version, item = values["item"].split(".")
    return {
        "request": request,
        "version": version,
        "item": item,
        "ground": values["ground"],
        "paragraph": values["paragraph"] or None,
        "why": words.ref(values["why"]),
        "until_on": values["until_on"],
    }


def open_claims(request: Request) -> tuple[SensitivityClaim, ...]:
    """The claims that the office has not decided and that have not lapsed."""
    return tuple(one for one in request.claims if one.upheld is None and one.lapsed_at is None)


def _decide_fields(scene: Scene) -> tuple[Field, ...]:
    claims = tuple(
        Option(
            f"{request.number}.{one.number}",
            f"Request {request.number}, version {one.version}, item {one.item}, to "
            f"{one.until_on:%-d %B %Y}: {say.GROUNDS[one.ground].lower()}. {scene.say(one.why)}",
        )
        for request in _about(scene)
        for one in open_claims(request)
    )
    only = claims[0].value if len(claims) == 1 else ""
    return (
        Field("claim", "Which claim?", "one", options=claims, missing="Choose the claim", start=only),
        Field(
            "upheld",
            "Do you uphold it?",
            "one",
            missing="Choose whether you uphold it",
            options=(
                Option("yes", "Yes, the item stays out of what is published"),
                Option("no", "No, it may be published"),
            ),
        ),
        reason("Why?", "The force reads this."),
        Field(
            "until_on",
            "Only until an earlier day?",
            "day",
            optional=True,
            hint="Leave it out for the day that was claimed.",
        ),
    )


def _decide(values: Values, words: Words) -> Built:
    request, claim = values["claim"].split(".")
    return {
        "request": request,
        "claim": claim,
        "upheld": values["upheld"] == "yes",
        "reason": words.ref(values["reason"]),
        "until_on": values["until_on"],
    }


def _has_items(cycle: Cycle) -> bool:
    return any(version.items for one in cycle.requests for version in one.returns)


FORMS = (
    Form(
        "ClaimSensitivity",
        "Say that an item should not be published",
        "Send the claim",
        _claim_fields,
        _claim,
        _has_items,
        intro="The Commissioner sees every item. A claim decides only what is published.",
        aliases={"version": "item", "request": "item"},
    ),
    Form(
        "DecideSensitivity",
        "Decide on a claim of sensitivity",
        "Record the decision",
        _decide_fields,
        _decide,
        lambda cycle: any(open_claims(one) for one in cycle.requests),
        aliases={"request": "claim"},
    ),
)
