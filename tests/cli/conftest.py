"""What tests of changed code and of builds stand on."""

from tests.engine.changed import changed
from tests.engine.yard import yard

__all__ = ["changed", "yard"]
