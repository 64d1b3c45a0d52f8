"""A story of the public pages' tests, written down in a real PostgreSQL as the engine would."""

from rules.apply import add_up
from rules.writing import writing_of
from schemas.records import Standing
from store.keeping import Keeping
from store.ledger import Ledger
from store.pool import Pool
from tests.rules.table import working
from tests.web_public.sample import Story


async def write_down(pool: Pool, story: Story, after: int = 0) -> None:
    """Keep its words, then every entry after so many, one act at a time."""
    await Keeping(pool).keep_words(story.words.kept)
    ledger, calendar = Ledger(pool), working()
    for end in range(after + 1, len(story.entries) + 1):
        writing = writing_of((story.entries[end - 1],), add_up(story.entries[:end]), calendar)
        assert await ledger.record(writing) == Standing()
