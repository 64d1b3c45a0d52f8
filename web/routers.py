"""Every page and address of the product, by the room that answers it."""

from fastapi.routing import APIRoute

from schemas.people import Role
from web import api
from web.door import receiving
from web.door.identity import Require
from web.exporting.pages import router as exporting
from web.importing.pages import router as importing
from web.insights.routes import ROUTERS as INSIGHTS
from web.language.switch import router as language
from web.law.routes import router as law
from web.law.why import router as why
from web.linking.routes import ROUTERS as LINKS
from web.live import stream as live
from web.office import decoding, people, record, settings_pages, standards
from web.pages import (
    access,
    actions,
    actions_before,
    acts,
    as_published,
    campaigns,
    coming,
    copies,
    cycle_list,
    cycles,
    decisions,
    editing,
    events,
    evidence,
    files,
    findings,
    handover,
    joining,
    look,
    mail,
    meetings,
    more,
    opening,
    outages,
    outside,
    redacting,
    sessions,
    signing,
    subscriptions,
    successions,
    task_list,
    task_ways,
    tasks,
    what_if,
    work,
    you,
)
from web.posting.routes import ROUTERS as POSTING
from web.programme.routes import ROUTERS as PROGRAMME
from web.programs.routes import ROUTERS as PROGRAMS
from web.public import asking, meeting_papers
from web.public import meetings as public_meetings
from web.public.routes import ROUTERS as PUBLIC
from web.secretariat.panel import router as panel
from web.secretariat.routes import router as secretariat
from web.signoff.routes import router as signoff
from web.sitting import routes as sitting
from web.starting.pages import router as starting
from web.starting.sending import router as sending
from web.tokens.pages import router as tokens

ROUTERS = (
    *INSIGHTS, *PUBLIC, secretariat, panel, coming.router, more.router, look.router, signing.router,
    work.router, opening.router, sending, starting, findings.router, redacting.router, editing.router,
    as_published.router, acts.router, cycle_list.router,
    cycles.router, evidence.router, copies.router, campaigns.router, actions.router,
    actions_before.router,
    decisions.router, task_list.router, tasks.router, task_ways.router, files.router, mail.router,
    outages.router, outages.api,
    meetings.router, asking.router, public_meetings.router, meeting_papers.router, joining.router,
    sessions.router, api.router,
    law, why, language, people.router, record.router, settings_pages.router, standards.router,
    decoding.router,
    events.router, subscriptions.router, successions.router, handover.router,
    receiving.router, outside.router, what_if.router, you.router, live.router, sitting.router,
    *POSTING, *PROGRAMME, *LINKS, access.router, signoff, tokens, importing, exporting, *PROGRAMS,
)  # fmt: skip


def doors() -> dict[str, frozenset[Role] | None]:
    """Every address that is read without anything to fill in, with the roles that it is for."""
    return {
        route.path: next((found for one in route.dependant.dependencies if (found := _roles(one.call))), None)
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute) and "GET" in (route.methods or ()) and "{" not in route.path
    }


def _roles(dependency: object) -> frozenset[Role] | None:
    return dependency.roles if isinstance(dependency, Require) else None
