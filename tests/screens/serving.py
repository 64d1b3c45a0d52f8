"""The states of the screens on loopback: one server, and a switch for the state that it shows."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from tests.screens.stage import State, answer_of
from tests.web.house import a_house
from web.app import create_app

NO_SCRIPTS = "script-src 'none'"
LEFT_OUT = {"content-length", "content-encoding", "set-cookie"}


@dataclass
class Showing:
    """What the server shows at every address that is not a file of its own."""

    home: Path
    base: str = ""
    answer: httpx.Response | None = None
    plain: bool = False
    """Whether a browser is to take it as one without scripts does."""
    made: dict[str, httpx.Response] = field(default_factory=dict)
    loop: asyncio.AbstractEventLoop | None = None

    def show(self, state: State, *, plain: bool = False) -> str:
        """The address at which a state is shown now: one of its own: browsers keep public pages."""
        if state.name not in self.made:
            assert self.loop
            made = asyncio.run_coroutine_threadsafe(answer_of(state, self.home), self.loop)
            self.made[state.name] = made.result(60)
        self.answer, self.plain = self.made[state.name], plain
        return f"{self.base}{state.path}?{state.name}{'&plain' * plain}"

    def reply(self) -> Response:
        """The state as it was answered, its own headers among it."""
        assert self.answer is not None
        headers = {name: said for name, said in self.answer.headers.items() if name not in LEFT_OUT}
        if self.plain:
            rest = headers["content-security-policy"].split(";")
            kept = [one for one in rest if not one.strip().startswith("script-src")]
            headers["content-security-policy"] = ";".join([NO_SCRIPTS, *kept])
        return Response(self.answer.content, self.answer.status_code, headers)


@contextmanager
def serving(home: Path) -> Iterator[Showing]:
    """A server on a free port of this machine."""
    showing, files = Showing(home), create_app(a_house(home).rooms)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        path: Any = scope["path"]
        if path == "/live":
            await Response("retry: 3600000\n\n", media_type="text/event-stream")(scope, receive, send)
        elif path.startswith("/static/") or path == "/office.css":
            await files(scope, receive, send)
        else:
            await showing.reply()(scope, receive, send)

    config = uvicorn.Config(
        app, host="127.0.0.1", port=0, log_level="error", lifespan="off", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=asyncio.run, args=(_serve(server, showing),), daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        thread.join(0.01)
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    showing.base = f"http://{host}:{port}"
    yield showing
    server.should_exit = True
    thread.join(10)


async def _serve(server: uvicorn.Server, showing: Showing) -> None:
    showing.loop = asyncio.get_running_loop()
    await server.serve()
