"""Door 4: the web application. Only here does the web meet settings, the pool and other people's clients."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware

from clients.shelf import Shelf
from clients.webhooks import Receivers
from engine.connection import Address, reach
from engine.desk import Desk
from engine.intake import Intake
from engine.learning import learning
from engine.programme_desk import ProgrammeDesk
from engine.senders import Senders
from engine.subscriptions import Subscribing
from reference.forums import forums_of
from settings import Settings, SettingsWrong, load
from store.feed import feeds
from store.keeping import Keeping
from store.pool import connect
from store.reads import Reads
from store.subscriptions import Subscriptions
from web.door import faults
from web.door.guards import BodyLimit, Faults, SafeHeaders, SameOrigin
from web.door.identity import LASTS
from web.door.rooms import MEGABYTE, Office, Rooms, true_now
from web.door.sso import Provider, register
from web.routers import ROUTERS

STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True)
class Doorway:
    """How people come in: the secret of the cookies, whether over HTTPS, and the sign-in service."""

    secret: str = field(default_factory=lambda: secrets.token_urlsafe(48), repr=False)
    https: bool = False
    provider: Provider | None = None


def create_app(rooms: Rooms | None = None, doorway: Doorway | None = None) -> FastAPI:
    """The application, wired from the settings; a test hands in its own rooms.

    Raises: SettingsWrong: a setting is missing without which nobody could sign in safely.
    """
    if rooms is None:
        settings = load()
        app = _bare(doorway_of(settings))
        app.router.lifespan_context = lambda app: _live(app, settings)
        return app
    app = _bare(doorway or Doorway())
    app.state.rooms = rooms
    return app


def doorway_of(settings: Settings) -> Doorway:
    """How people come in, as the settings say.

    Raises: SettingsWrong: outside a demonstration there is no sign-in service, or no secret.
    """
    secret = settings.session_secret
    if secret is None:
        if not settings.standalone:
            settings.need("session_secret_file")
        secret = secrets.token_urlsafe(48)
    return Doorway(secret, settings.public_url.startswith("https://"), _provider(settings))


def _provider(settings: Settings) -> Provider | None:
    if settings.oidc_issuer and settings.oidc_client_id:
        return Provider(
            issuer=settings.oidc_issuer,
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret,
            roles_claim=settings.oidc_roles_claim,
        )
    if settings.standalone:
        return None
    raise SettingsWrong(
        "Nobody could sign in: set ANSWERABLE_OIDC_ISSUER, ANSWERABLE_OIDC_CLIENT_ID and "
        "ANSWERABLE_OIDC_CLIENT_SECRET_FILE to your organisation's sign-in service, or set "
        "ANSWERABLE_STANDALONE=true for a demonstration on one machine."
    )


def _bare(doorway: Doorway) -> FastAPI:
    """The application without its rooms."""
    app = FastAPI(
        title="Answerable",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        middleware=_guards(doorway),
    )
    app.state.secret = doorway.secret
    app.state.provider = doorway.provider
    app.state.sso = register(doorway.provider) if doorway.provider else None
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    faults.add_handlers(app)
    return app


def _guards(doorway: Doorway) -> list[Middleware]:
    """What stands before every page, the outermost first."""
    return [
        Middleware(SafeHeaders, https=doorway.https),
        Middleware(
            SessionMiddleware,
            secret_key=doorway.secret,
            session_cookie="answerable",
            max_age=int(LASTS.total_seconds()),
            https_only=doorway.https,
        ),
        Middleware(Faults, answer=faults.unexpected),
        Middleware(SameOrigin, answer=faults.foreign),
        Middleware(BodyLimit, answer=faults.too_large),
    ]


@asynccontextmanager
async def _live(app: FastAPI, settings: Settings) -> AsyncIterator[None]:
    """Open what the pages need, and close it when the process ends."""
    pool = await connect(settings.need("database_url"), password=settings.database_password)
    receivers = Receivers(loopback=settings.webhook_loopback)
    address = Address(
        target=settings.need("temporal_address"),
        namespace=settings.temporal_namespace,
        queue=settings.temporal_task_queue,
        tls=settings.temporal_tls,
        api_key=settings.temporal_api_key,
    )
    try:
        reads, keeping = Reads(pool), Keeping(pool)
        client = await reach(address, when_needed=True)
        desk = Desk(
            client,
            address.queue,
            keeping,
            reads,
            demonstration=settings.standalone,
            forums=forums_of(settings.forums_file),
        )
        followed = feeds(pool)
        arranged = Subscribing(
            client, address.queue, Subscriptions(pool), followed, reads, receivers, settings.webhook_loopback
        )
        programme = ProgrammeDesk(client, address.queue, keeping, reads)
        app.state.rooms = replace(
            _rooms(settings, desk, reads, keeping),
            feeds={one.source: one for one in followed},
            subscribing=arranged,
            event_types=settings.event_types,
            intake=Intake(keeping, reads, programme, true_now),
            programme=programme,
            senders=Senders(settings.senders_file),
        )
        async with learning(reads):
            yield
    finally:
        await receivers.close()
        await pool.close()


def _rooms(settings: Settings, desk: Desk, reads: Reads, keeping: Keeping) -> Rooms:
    office = Office(
        name=settings.office_name,
        short=settings.office_short,
        colour=settings.office_colour,
        address=settings.office_address,
        public_url=settings.public_url,
    )
    return Rooms(
        desk=desk,
        reads=reads,
        shelf=Shelf(settings.need("files_url")),
        keeping=keeping,
        succeeding=keeping,
        office=office,
        standalone=settings.standalone,
        home=settings.home,
        forums=forums_of(settings.forums_file),
        upload_limit=settings.upload_limit_mb * MEGABYTE,
    )
