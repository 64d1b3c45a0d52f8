"""A stand-in for GOV.UK Notify, which cannot be reached here: a real HTTP server that answers as it is told.

It checks the signed token of each request and keeps what it takes, as the API's reference describes it.
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt

SERVICE = "11111111-2222-4333-8444-555555555555"
SECRET = "66666666-7777-4888-8999-aaaaaaaaaaaa"
KEY = f"a_key-{SERVICE}-{SECRET}"
TEMPLATE = "bbbbbbbb-cccc-4ddd-8eee-ffffffffffff"


@dataclass
class NotifyService:
    """What was sent to it, and what it is to answer next."""

    url: str = ""
    taken: list[dict[str, Any]] = field(default_factory=list)
    answers: list[tuple[int, str, str]] = field(default_factory=list)
    """Status, error and message, each for one attempt to send."""


def handler(service: NotifyService) -> type[BaseHTTPRequestHandler]:
    """What answers for the service."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self, status: int, facts: dict[str, Any]) -> None:
            content = json.dumps(facts).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def _signed(self) -> bool:
            token = self.headers["Authorization"].removeprefix("Bearer ")
            facts = jwt.decode(token, SECRET, algorithms=["HS256"], options={"verify_iat": False})
            return bool(facts["iss"] == SERVICE)

        def do_GET(self) -> None:
            assert self._signed()
            (reference,) = parse_qs(urlsplit(self.path).query)["reference"]
            found = [one for one in service.taken if one["reference"] == reference]
            self._answer(200, {"notifications": found, "links": {}})

        def do_POST(self) -> None:
            assert self._signed()
            facts = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if service.answers:
                status, error, message = service.answers.pop(0)
                wrong = {"error": error, "message": message}
                self._answer(status, {"status_code": status, "errors": [wrong]})
                return
            service.taken.append(facts)
            self._answer(201, {"id": "an-id", "reference": facts["reference"]})

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    return Handler


@contextmanager
def serving() -> Iterator[NotifyService]:
    """The service at a port of its own."""
    service = NotifyService()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(service))
    server.daemon_threads = True
    service.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
