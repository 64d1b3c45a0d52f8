"""The panel's report pack on paper: PDF/UA-1 and PDF/A-3a, the same bytes for the same facts."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from starlette.concurrency import run_in_threadpool

from web.papers.pdf import FONTS, printable

TEMPLATE = Path(__file__).with_name("panel.typ")


async def paper(told: dict[str, Any], timestamp: int) -> bytes:
    """The PDF of what is told; the typesetting runs beside the server's other work."""
    said = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return await run_in_threadpool(typeset, said, timestamp)


@lru_cache(maxsize=16)
def typeset(said: str, timestamp: int) -> bytes:
    """The PDF, with its facts attached as panel.json.

    Raises: typst.TypstError: it would not be a document that everybody can read.
    """
    return typst.compile(
        str(TEMPLATE),
        format="pdf",
        sys_inputs={"data": printable(said), "facts": said},
        pdf_standards=["a-3a", "ua-1"],
        font_paths=[str(FONTS)] if FONTS.is_dir() else [],
        ignore_system_fonts=True,
        timestamp=timestamp,
    )
