"""Every page and address of the product, by the room that answers it."""

from web import api
from web.door import receiving
from web.law.routes import router as law
from web.law.why import router as why
from web.pages import (
    actions,
    acts,
    campaigns,
    coming,
    cycles,
    decisions,
    events,
    files,
    findings,
    handover,
    joining,
    look,
    mail,
    meetings,
    opening,
    outages,
    outside,
    redacting,
    sessions,
    signing,
    subscriptions,
    successions,
    tasks,
    what_if,
    work,
)
from web.programme.routes import ROUTERS as PROGRAMME
from web.public.routes import router as public
from web.secretariat.routes import router as secretariat

ROUTERS = (
    public, secretariat, coming.router, look.router, signing.router, work.router, opening.router,
    findings.router, redacting.router, acts.router, cycles.router, campaigns.router, actions.router,
    decisions.router, tasks.router, files.router, mail.router, outages.router, outages.api,
    meetings.router, joining.router, sessions.router, api.router, law, why,
    events.router, subscriptions.router, successions.router, handover.router,
    receiving.router, outside.router, what_if.router, *PROGRAMME,
)  # fmt: skip
