"""Door 4: the web application. Only here does the web meet settings, the pool and other people's clients."""

import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from opentelemetry.trace import Tracer
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware

from clients.shelf import Shelf
from clients.webhooks import Receivers
from engine.connection import reach
from engine.desk import Desk
from engine.intake import Intake
from engine.learning import learning
from engine.programme_desk import ProgrammeDesk
from engine.senders import Senders
from engine.subscriptions import Subscribing
from engine.well import engine_well
from engine.wiring import address_of, desk_of, sealing_of
from reference import own_files
from reference.forums import forums_of
from reference.places import FileError
from reference.starts import starts_of
from schemas.people import Role
from settings import PREFIX, Settings, SettingsWrong, load
from store.accounts import Accounts
from store.directory import DirectoryKept
from store.drafts import Drafts
from store.feed import feeds
from store.followers import Followers
from store.keeping import Keeping
from store.links import Links
from store.live import Announcements
from store.pool import Pool
from store.reads import Reads
from store.restores import Restores
from store.seen import SeenKept
from store.sessions import Sessions as SessionsKept
from store.sittings import Sittings
from store.subscriptions import Subscriptions
from store.tokens import Tokens
from store.trackers import Trackers
from store.viewing import connect_face, connect_hand
from store.walls import AccessKept
from watching.pauses import seldom
from watching.tracing import UNTRACED
from watching.wordless import leave_words_out
from web.door import faults
from web.door.bearing import Bearers
from web.door.granting import granting
from web.door.guards import BodyLimit, Faults, SafeHeaders, SameOrigin
from web.door.hosts import OwnName
from web.door.keeping import Limits
from web.door.looking import Unseen
from web.door.packing import Packed, PackedFiles
from web.door.rooms import MEGABYTE, Rooms, true_now
from web.door.scanned import files_of
from web.door.sessions import Sessions
from web.door.slowly import Slowly
from web.door.sso import Provider, register
from web.door.temporal_pages import TemporalPages
from web.door.timed import Routed, Timed
from web.door.watched import Watched
from web.language.wiring import governing_of, languages_of
from web.linking.wiring import link_letters_of, links_of
from web.live.hub import Hub
from web.office.wiring import office_of, told_of
from web.papers.apart import made_apart
from web.papers.archive import Archive, how_far
from web.posting.wiring import post_of
from web.programs.document import document
from web.public.crowd import Crowd
from web.routers import ROUTERS, doors

STATIC = Path(__file__).parent / "static"
VISIT = 12 * 60 * 60
"""Seconds that the way to the sign-in service and back may take; nobody is signed in by that cookie."""


@dataclass(frozen=True)
class Doorway:
    """How people come in: the secret of the cookies, whether over HTTPS, and the sign-in service."""

    secret: str = field(default_factory=lambda: secrets.token_urlsafe(48), repr=False)
    https: bool = False
    provider: Provider | None = None
    keeps_pages: bool = False
    """Whether pages for everybody are held in memory; a test wants each made anew."""
    tracer: Tracer = UNTRACED


def create_app(rooms: Rooms | None = None, doorway: Doorway | None = None) -> FastAPI:
    """The application, wired from the settings; a test hands in its own rooms.

    Raises: SettingsWrong: a setting is missing without which nobody could sign in safely.
    """
    if rooms is None:
        settings = load()
        leave_words_out("answerable.web", "uvicorn.error")
        if not settings.standalone:
            settings.need("keys_file")
        own_files.check(settings, PREFIX, SettingsWrong)
        watched = Watched("answerable-web", settings.otlp_endpoint, settings.web_metrics_port)
        app = _bare(replace(doorway_of(settings), tracer=watched.tracer))
        app.router.lifespan_context = lambda app: _live(app, settings, watched)
        return app
    app = _bare(doorway or Doorway())
    app.state.rooms = rooms
    return app


def doorway_of(settings: Settings) -> Doorway:
    """How people come in, as the settings say.

    Raises: SettingsWrong: outside a demonstration there is no sign-in service, or no secret; or the file of
        roles cannot be used.
    """
    secret = settings.session_secret
    if secret is None:
        if not settings.standalone:
            settings.need("session_secret_file")
        secret = secrets.token_urlsafe(48)
    return Doorway(secret, settings.public_url.startswith("https://"), _provider(settings), keeps_pages=True)


def limits_of(settings: Settings) -> Limits:
    """How long sessions last, as the settings say."""
    return Limits(timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_hours))


def _provider(settings: Settings) -> Provider | None:
    if settings.oidc_issuer and settings.oidc_client_id:
        return Provider(
            issuer=settings.oidc_issuer,
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret,
            claims=(settings.oidc_roles_claim, settings.oidc_groups_claim),
            roles=_roles(settings),
            tenant=settings.oidc_tenant,
            strength=frozenset((settings.oidc_strength or "").replace(",", " ").split()),
            mail_trusted=settings.oidc_mail_trusted,
        )
    if settings.standalone:
        return None
    raise SettingsWrong(
        "Nobody could sign in: set ANSWERABLE_OIDC_ISSUER, ANSWERABLE_OIDC_CLIENT_ID and "
        "ANSWERABLE_OIDC_CLIENT_SECRET_FILE to your organisation's sign-in service, or set "
        "ANSWERABLE_STANDALONE=true for a demonstration on one machine."
    )


def _roles(settings: Settings) -> Mapping[str, tuple[Role, ...]]:
    try:
        return granting(settings.oidc_roles_file)
    except FileError as wrong:
        raise SettingsWrong(f"ANSWERABLE_OIDC_ROLES_FILE cannot be used. {wrong}") from None


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
    app.state.doors = doors()
    # Each route was made ready when its module was read: including it would do that again for every app
    app.router.routes.extend(route for router in ROUTERS for route in router.routes)
    app.mount("/static", PackedFiles(directory=STATIC), name="static")
    faults.add_handlers(app)
    app.openapi = lambda: document(app)  # type: ignore[method-assign] # FastAPI's own way (extending OpenAPI)
    return app


def _guards(doorway: Doorway) -> list[Middleware]:
    """What stands before every page, the outermost first."""
    return [
        Middleware(Timed, tracer=doorway.tracer),
        Middleware(Packed),
        *([Middleware(Crowd)] if doorway.keeps_pages else []),
        Middleware(SafeHeaders, https=doorway.https),
        Middleware(
            SessionMiddleware,
            secret_key=doorway.secret,
            session_cookie="__Host-answerable-visit" if doorway.https else "answerable-visit",
            max_age=VISIT,
            https_only=doorway.https,
        ),
        Middleware(TemporalPages),
        Middleware(Faults, answer=faults.unexpected),
        *([] if doorway.https else [Middleware(OwnName, answer=faults.not_ours)]),
        Middleware(Unseen),
        Middleware(Bearers),
        Middleware(Sessions, https=doorway.https),
        Middleware(Slowly, answer=faults.too_often),
        Middleware(SameOrigin, answer=faults.foreign),
        Middleware(BodyLimit, answer=faults.too_large),
        Middleware(Routed),
    ]


@asynccontextmanager
async def _live(app: FastAPI, settings: Settings, watched: Watched) -> AsyncIterator[None]:
    """Open what the pages need, and close it when the process ends."""
    url, password = settings.need("database_url"), settings.database_password
    pool = await connect_hand(url, password=password, most=settings.database_connections)
    face = await connect_face(url, password=password, most=settings.database_connections)
    receivers, address = Receivers(loopback=settings.webhook_loopback), address_of(settings)
    try:
        await Restores(pool).unless_waiting()
        reads, keeping = Reads(pool), Keeping(pool)
        client = await reach(address, plugins=watched.carried, when_needed=True)
        desk = desk_of(settings, client, keeping, reads)
        followed = feeds(pool)
        arranged = Subscribing(
            client, address.queue, Subscriptions(pool), followed, reads, receivers, settings.webhook_loopback
        )
        programme = ProgrammeDesk(client, address.queue, keeping, reads)
        live, governing = Hub(Announcements(pool)), governing_of(settings)
        app.state.rooms = replace(
            _rooms(settings, desk, Reads(face), keeping),
            feeds={one.source: one for one in feeds(face)},
            subscribing=arranged,
            intake=Intake(keeping, reads, programme, true_now),
            programme=programme,
            live=live,
            governing=governing,
            languages=languages_of(settings),
            engine_well=lambda: engine_well(client, address.queue),
            told=told_of(settings),
            links=links_of(settings, Links(pool)),
            link_letters=link_letters_of(settings, reads),
            **files_of(settings, pool, client),
            post=post_of(settings, pool),
            **_kept(pool),
        )
        archive = app.state.rooms.archive.kept(lambda: how_far(Reads(face)))
        async with learning(reads), governing.learning(reads), live.hears(), watched.over(pool), archive:
            seldom()
            yield
    finally:
        await receivers.close()
        await face.close()
        await pool.close()


def _kept(pool: Pool) -> dict[str, Any]:
    """Where pages keep what is not of the record."""
    return {
        "drafts": Drafts(pool),
        "seen": SeenKept(pool),
        "sittings": Sittings(pool),
        "sessions": SessionsKept(pool),
        "accounts": Accounts(pool),
        "directory": DirectoryKept(pool),
        "tokens": Tokens(pool),
        "trackers": Trackers(pool),
        "walls": AccessKept(pool),
        "followers": Followers(pool),
    }


def _rooms(settings: Settings, desk: Desk, reads: Reads, keeping: Keeping) -> Rooms:
    return Rooms(
        desk=desk,
        reads=reads,
        shelf=Shelf(settings.need("files_url"), settings.ring),
        sealing=sealing_of(settings),
        temporal_ui=settings.temporal_ui_url,
        keeping=keeping,
        succeeding=keeping,
        standards=keeping,
        office=office_of(settings),
        archive=Archive(made_apart),
        standalone=settings.standalone,
        home=settings.home,
        event_types=settings.event_types,
        senders=Senders(settings.senders_file),
        limits=limits_of(settings),
        forums=forums_of(settings.forums_file),
        starts=starts_of(settings.starts_file),
        upload_limit=settings.upload_limit_mb * MEGABYTE,
    )
