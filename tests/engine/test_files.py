"""What the Desk checks of files before findings come out."""

import pytest

from engine.drafts import check_findings
from rules.stages import stage
from schemas.commands import AnyCommand
from schemas.files import Scan
from schemas.outcomes import Refused
from schemas.rows import CyclePage
from tests import scenario as s
from tests.engine.test_drafts import Store
from tests.rules import acts
from tests.rules.table import signed
from tests.rules.test_scanning import DIGEST, with_file


class WithFile(Store):
    """Its first return is one file."""

    async def cycle(self, reference: str) -> CyclePage | None:
        """The one that is on the table, with a file."""
        del reference
        cycle = with_file()
        return CyclePage(cycle=cycle, stage=stage(cycle), words=s.WORDS.kept)


@pytest.mark.parametrize("lenient", [False, True])
async def test_publishing_waits_for_the_scanner_and_nothing_else_does(*, lenient: bool) -> None:
    """A clean file comes out; a signature may be given meanwhile; a demonstration need not wait."""
    store = WithFile(signed(), known={DIGEST: Scan(digest=DIGEST)})

    async def said(command: AnyCommand) -> Refused | None:
        now = store.table.now
        return await check_findings(command, store, store, (), now, unscanned_open=lenient)

    refused = await said(s.publish(acts.REF))
    assert (refused.code if refused else None) == (None if lenient else "files_held")
    assert await said(s.approve(acts.REF, s.CHIEF_EXECUTIVE)) is None
    store.known[DIGEST] = Scan(digest=DIGEST, state="infected")
    assert isinstance(await said(s.publish(acts.REF)), Refused)
    store.known[DIGEST] = Scan(digest=DIGEST, state="clean")
    assert await said(s.publish(acts.REF)) is None
