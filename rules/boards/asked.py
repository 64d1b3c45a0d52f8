"""What a cycle asked about each commitment of the plan: one row for each, for the coverage of all."""

from rules.clocks import civil
from rules.programme.coverage import BEFORE_HEARING, judgement
from rules.stages import stage
from schemas.boards import AskedAbout
from schemas.cycle import Cycle
from schemas.programme.rows import AskedFor, ScrutinyRow


def scrutiny_of(cycle: Cycle) -> ScrutinyRow:
    """What a cycle asked about, when it was heard, and how it was judged.

    Source: local.programme
    """
    return ScrutinyRow(
        reference=cycle.reference,
        stage=stage(cycle),
        theme=cycle.theme,
        opened_at=cycle.opened_at,
        commitments=cycle.commitments,
        held=tuple(one.held_at for one in cycle.sessions if one.held_at),
        requests=tuple(
            AskedFor(number=one.number, commitment=one.draft.commitment) for one in cycle.requests
        ),
        judgements=cycle.judgements,
        open_actions=tuple(one.due.on for one in cycle.actions if one.state in ("confirmed", "claimed_done")),
    )


def asked_about(cycle: Cycle) -> tuple[AskedAbout, ...]:
    """A row for each commitment that a cycle is about; a cancelled one asked nothing.

    Source: local.programme
    """
    row = scrutiny_of(cycle)
    if row.stage == "cancelled":
        return ()
    found = {ref: judgement(row, ref) for ref in row.commitments}
    return tuple(
        AskedAbout(
            commitment=ref,
            opened_at=row.opened_at,
            heard_on=civil(row.held[-1] if row.held else row.opened_at),
            to_hear=row.stage in BEFORE_HEARING,
            judgement=judged[1] if judged else None,
            due_on=min(row.open_actions, default=None),
        )
        for ref, judged in found.items()
    )
