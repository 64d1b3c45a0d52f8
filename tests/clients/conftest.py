"""What tests of letters stand on."""

from tests.mail_server import server

__all__ = ["server"]
