"""Held files: findings that name a file which nobody may open are not published."""

from collections.abc import Mapping

from rules.publishing.disclosing import withheld_files
from rules.publishing.publication import files_of
from rules.scanning import STATES, held
from schemas.cycle import Cycle, FindingsVersion
from schemas.files import Scan
from schemas.outcomes import Refused
from schemas.shape import Digest


def named_files(cycle: Cycle, version: FindingsVersion) -> tuple[Digest, ...]:
    """The files that a version of the findings names, each once; what is withheld is not named.

    Source: local.files
    """
    kept_back = withheld_files(cycle, version)
    found = [one for request in cycle.requests for one in files_of(request, kept_back)]
    return tuple(dict.fromkeys(found))


def files_held(
    cycle: Cycle, version: FindingsVersion, scans: Mapping[Digest, Scan], *, unscanned_open: bool
) -> Refused | None:
    """A refusal where findings name a file that lies on the shelf and may not be opened.

    A file that the shelf never had (an older record, brought in without its files) keeps nothing back.

    Source: local.files
    """
    wrong = [
        scans[one]
        for one in named_files(cycle, version)
        if one in scans and held(scans[one], unscanned_open=unscanned_open)
    ]
    if not wrong:
        return None
    states = " and ".join(sorted({STATES[one.state][0].lower() for one in wrong}))
    many = "One file" if len(wrong) == 1 else f"{len(wrong)} files"
    return Refused(
        code="files_held",
        message=f"{many} that the findings name cannot be given out: {states}. Look at the evidence: have a "
        "clean version sent, have it released, or withhold it from what is published.",
        source="local.files",
    )
