"""What tests of the command line stand on."""

from tests.cli.real_line import line, opened
from tests.engine.changed import changed
from tests.engine.yard import yard
from tests.mail_server import server

__all__ = ["changed", "line", "opened", "server", "yard"]
