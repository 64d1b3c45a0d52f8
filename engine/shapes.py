"""How our shapes become the JSON that Temporal keeps, and come back."""

from typing import Any, get_args

from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import PydanticJSONPlainPayloadConverter
from temporalio.converter import (
    CompositePayloadConverter,
    DataConverter,
    DefaultPayloadConverter,
    EncodingPayloadConverter,
)

from schemas.commands import AnyCommand
from schemas.programme.commands import AnyProgrammeCommand

BY_KIND: dict[Any, Any] = {get_args(one)[0]: one for one in (AnyCommand, AnyProgrammeCommand)}
"""The library asks for a command without what tells its kind; each of sixty would be tried in turn."""


class Shapes(PydanticJSONPlainPayloadConverter):
    """Our shapes as JSON, a command by its kind."""

    def from_payload(self, payload: Payload, type_hint: type | None = None) -> Any:
        """The shape that was meant. Raises: ValidationError: it is not one."""
        return super().from_payload(payload, BY_KIND.get(type_hint, type_hint))


SHAPES = Shapes()
"""One for the process, which learns each shape once: the library makes one for every workflow."""


def _converts(one: EncodingPayloadConverter) -> EncodingPayloadConverter:
    return SHAPES if one.encoding == SHAPES.encoding else one


class OurPayloads(CompositePayloadConverter):
    """The library's converters, with ours for JSON."""

    def __init__(self) -> None:
        super().__init__(*map(_converts, DefaultPayloadConverter.default_encoding_payload_converters))


AS_JSON = DataConverter(payload_converter_class=OurPayloads)
