"""Write docs/events.md: every event that the outside can hear of, from the shapes and the rules themselves.

`python -m scripts.events_document`; with `--check` it writes nothing and ends with 1 where it is stale.
"""

import sys
from collections.abc import Sequence
from typing import Any, get_args

from rules.acting.authority import titles
from rules.telling.envelope import PUBLIC_FACTS, House, type_of
from rules.telling.subscribing import GIVEN_UP_AFTER, MAY_SUBSCRIBE, MOST
from schemas.events import AnyEvent
from schemas.programme.events import AnyProgrammeEvent
from scripts.documents import DOCS, write_or_check

DOCUMENT = DOCS / "events.md"
AGAIN = "python -m scripts.events_document"
HOUSE = House("https://answerable.example")
HEAD = f"""# Events: what the outside can hear

This document is made by `{AGAIN}` from the shapes and the rules; it is never edited
by hand, and a test fails when it is stale.

Whatever is recorded becomes one event after [CloudEvents 1.0](https://cloudevents.io). Two ways lead to it:

- **Pushed**: a subscription (`starter.py subscriptions add`, or the page *Who hears of events*). Batches of
  up to 100 events are POSTed as `application/cloudevents-batch+json`, in order, signed after
  [Standard Webhooks](https://www.standardwebhooks.com) by the headers `webhook-id`, `webhook-timestamp` and
  `webhook-signature`. A batch counts as taken when the receiver answers 2xx within ten seconds; everything
  else is tried again, later and later, at the longest after an hour. After {GIVEN_UP_AFTER.days} days without
  one yes the subscription is paused and the office is told. 410 ends it. An empty batch is a test. There are
  at most {MOST} subscriptions.
- **Pulled**: `GET /events?after=0` for everybody, `GET /api/v1/events?after=0` for those signed in,
  `starter.py events --follow` on the line. Ask again with the `next` of the answer before. `kind` and `cycle`
  narrow it; `of=programmes` reads the programme's ledger instead of the cycles'.

**Each event comes at least once.** Its `id` is for ever the same: a receiver that has seen it drops it.
`sequence` orders the events of one `subject`. `data` holds numbers, days, instants, outcomes and references;
a text is `text:` and its digest, and its words never travel.

**Scopes.** `office` hears everything, and is arranged by a {titles(MAY_SUBSCRIBE["office"])} alone.
`public` hears what is public, once it is published, and is arranged by a {titles(MAY_SUBSCRIBE["public"])}.
Before a cycle's findings are published it hears nothing of the cycle; with them all that led to them; when
they are withdrawn, that they were. What is marked OFFICIAL-SENSITIVE is never public, nor is anything of a
programme. In public nobody is named: `by` is a role, and `findings` is where the words stand.

**For ever.** The type ends with the edition of its data. Fields are added; what one means never changes
within an edition. `tests/schemas/golden/outside` holds one of each.

| attribute | what it is |
|---|---|
| `id` | `<subject>/<version>`, such as `HTA-2026-07/12` |
| `source` | the page of the cycle, or of the programme |
| `type` | the word that the office chose (`ANSWERABLE_EVENT_TYPES`), the kind, and its edition |
| `subject` | the cycle or the programme |
| `time` | when it happened |
| `marking` | OFFICIAL or OFFICIAL-SENSITIVE |
| `sequence` | the entry's number within its subject, with leading zeros |
| `scope` | office or public |
| `data` | `version`, `by`, `facts`; and `cycle` with `public`, or `findings`, or `programme` |
"""


def document() -> str:
    """The whole text."""
    return "\n".join(
        [HEAD, "## Cycles\n", *_table(AnyEvent), "", "## Programmes\n", *_table(AnyProgrammeEvent), ""]
    )


def _table(union: Any) -> list[str]:
    rows = [_row(one) for one in get_args(get_args(union)[0])]
    return ["| type | facts | in public |", "|---|---|---|", *rows]


def _row(shape: Any) -> str:
    kind = shape.model_fields["kind"].default
    facts = ", ".join(f"`{name}`" for name in shape.model_fields if name != "kind")
    public = "-"
    if kind in PUBLIC_FACTS:
        public = ", ".join(f"`{name}`" for name in PUBLIC_FACTS[kind]) or "that it happened"
    return f"| `{type_of(kind, HOUSE)}` | {facts or 'none'} | {public} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the document, or say whether it is stale."""
    return write_or_check(DOCUMENT, document(), AGAIN, arguments)


if __name__ == "__main__":
    sys.exit(main())
