"""The public calculator of deadlines, and the rules, dates and majorities as JSON. Nothing is kept."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from reference.catalogue import calendar_names, sources, standards
from reference.explaining import Question, answer
from reference.windows import USUAL, law
from rules.explaining import asking
from rules.explaining.explain import for_programs
from rules.law.register import RULES, listed
from rules.meeting.votes import majority
from schemas.counting import Explanation
from schemas.outcomes import Refused
from web.law.reasons import KINDS, MARKS, panel
from web.law.windows import of_office
from web.public.caching import everybody

GET = ["GET", "HEAD"]
WRONG = 422
PLACES = {"start": "start-day", "rule": "rule", "calendar": "calendar", "suspend": "suspend",
          "extend": "extend", "by": "by", "period": "period", "kind": "kind",
          "resume": "suspend"}  # fmt: skip
"""Where on the page each field of a refusal can be mended."""

Word = Annotated[str, Query(max_length=120)]
Few = Annotated[list[str] | None, Query(max_length=50)]

router = APIRouter()


@router.api_route("/deadlines/calculator", methods=GET, include_in_schema=False)
async def calculator(request: Request) -> Response:
    """Why a date is the date: choose a rule and a start, and read the sum."""
    typed = {name: value.strip()[:120] for name, value in request.query_params.items()}
    facts: dict[str, Any] = {
        "title": "Work out a deadline", "typed": typed, "rules": RULES.values(), "kinds": KINDS,
        "calendars": calendar_names(), "marks": MARKS, "cycles": standards().values(), "usual": USUAL,
    }  # fmt: skip
    if not typed.get("rule"):
        return everybody(request, "law/calculator.html", **facts)
    said = answer(_question(typed), await of_office(request, typed["rule"]))
    if isinstance(said, Refused):
        place = PLACES.get(said.field or "", "rule")
        facts |= {"errors": {place: said.message}, "refused": said}
        return everybody(request, "law/calculator.html", WRONG, **facts)
    return everybody(request, "law/calculator.html", **facts, **_shown(said))


@router.get("/api/v1/rules", tags=["law"])
async def rules(request: Request) -> list[dict[str, str | None]]:
    """Every rule and majority: whose it is, its number now, what it rests on, and how sure we are of that."""
    return list(listed(law(await of_office(request))))


@router.get("/api/v1/explain", tags=["law"], response_model=None)
async def explain(
    request: Request,
    *,
    rule: Word,
    start: Word,
    calendar: Word = "",
    suspend: Few = None,
    extend: Few = None,
    by: Word = "",
    period: Word = "",
    kind: Word = "",
) -> JSONResponse:
    """Why a date is the date, day by day; 422 with a sentence and a source where it cannot be said."""
    asked = Question(rule, start, calendar, tuple(suspend or ()), tuple(extend or ()), by, period, kind)
    said = answer(asked, await of_office(request, rule.strip()))
    return _refused(said) if isinstance(said, Refused) else JSONResponse(for_programs(said))


@router.get("/api/v1/majority", tags=["law"], response_model=None)
async def votes(
    rule: Word,
    members: Word,
    votes_for: Annotated[str, Query(alias="for", max_length=120)],
    against: Word = "",
    casting: Annotated[bool | None, Query()] = None,
) -> JSONResponse:
    """How many votes were needed of the members at the moment, and whether the question is carried."""
    counted = [asking.count(members, "members"), asking.count(votes_for, "for")]
    counted += [asking.count(against, "against")] if against else []
    wrong = [one for one in counted if isinstance(one, Refused)]
    if wrong:
        return _refused(wrong[0])
    said = majority(rule, *[one for one in counted if isinstance(one, int)], casting_for=casting)
    if isinstance(said, Refused):
        return _refused(said)
    return JSONResponse({"required": said.required, "carried": said.carried, "source": said.source})


def _refused(refused: Refused) -> JSONResponse:
    return JSONResponse(refused.model_dump(), status_code=WRONG)


def _question(typed: dict[str, str]) -> Question:
    """The question as the form's fields, or a link's, ask it."""
    return Question(
        rule=typed["rule"],
        start=typed.get("start") or _day(typed),
        calendar=typed.get("calendar"),
        suspend=tuple(filter(None, [typed.get("suspend", "")])),
        extend=tuple(filter(None, [typed.get("extend", "")])),
        by=typed.get("by"),
        period=typed.get("period"),
        kind=typed.get("kind"),
    )


def _day(typed: dict[str, str]) -> str:
    year, month, day = (typed.get(f"start-{part}", "") for part in ("year", "month", "day"))
    return f"{year}-{month.zfill(2)}-{day.zfill(2)}"


def _shown(said: Explanation) -> dict[str, Any]:
    shown = panel(said)
    silence_source = sources().get(said.rule.silence_source)
    return {"found": said, "picture": shown.picture, "cited": shown.cited, "silence_source": silence_source}
