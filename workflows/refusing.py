"""How a workflow says no: refusals as failures of an update, and what has to wait for another worker."""

from datetime import timedelta

from temporalio.exceptions import ApplicationError

from schemas.commands import AnyCommand, OpenCycle
from schemas.outcomes import Refused


def refusal(refused: Refused) -> ApplicationError:
    """A refusal as the failure of the update that it answers."""
    return ApplicationError(
        refused.message, refused.model_dump(mode="json"), type="Refused", non_retryable=True
    )


def unknown(refused: Refused) -> LookupError:
    """What was accepted somewhere waits here, by a failed task, until this worker knows the edition too."""
    return LookupError(refused.message)


def unless_refused(refused: Refused | None) -> None:
    """Fail the update where there is a refusal."""
    if refused:
        raise refusal(refused)


def set_back_of(command: AnyCommand) -> timedelta | None:
    """How far an opening sets its cycle's clock back; None for every other command."""
    return command.set_back if isinstance(command, OpenCycle) else None
