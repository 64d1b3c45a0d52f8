"""Everything that was done, searched: each record's newest first, then all of them together.

Each is asked for no more than can be shown of it, so that its own index gives the newest without the rest.
What is rare is looked for where it stands: an act by its kinds, some cycles by their names. What nobody looks
for is left out of the statement: a plan that fits every search would walk the whole record for a rare one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from schemas.directory import Book, Sought

ACTOR = ("at", "actor ->> 'person'", "actor ->> 'role'", "kind")
OF: dict[Book, tuple[str, ...]] = {
    "cycles": ("ledger", *ACTOR, "cycle", "null::text", "position"),
    "programme": ("programme_ledger", *ACTOR, "programme", "null", "position"),
    "access": ("access_log", "at", "person", "role", "what", "cycle", "reason", "number"),
    "directory": (
        *("people_changes", "at", "by", "role", "array_to_string(what, '; ')", "person", "reason", "number"),
    ),
}
"""Of each record: its table, when, who, as what, the act, about what, why, and its number."""
REFERENCE = re.compile(r"HTA-\d{4}-\d{2,4}", re.IGNORECASE)
"""Where somebody names a whole cycle, its own acts are read and no other's."""
FEW = 500
"""Cycles that are read by their names; where more have it in theirs, so has one of the newest acts."""
CYCLES = "select reference from cycles where strpos(lower(reference), lower($1)) > 0 limit $2"
BEGINS = "({}::date)::timestamp at time zone 'Europe/London'"
ENDS = "({}::date + 1)::timestamp at time zone 'Europe/London'"


@dataclass
class Search:
    """What is looked for, and what its statements are asked with, in their order."""

    sought: Sought
    kinds: Sequence[str]
    """Acts that are meant, by their codes."""
    cycles: Sequence[str] | None
    """The cycles that are meant, where they are few."""
    _said: dict[str, object] = field(default_factory=dict, init=False)

    @property
    def asked(self) -> tuple[object, ...]:
        """What the statements are asked with, before how many and past how many."""
        return tuple(self._said.values())

    def statements(self) -> tuple[str, str]:
        """A page of what was done, and how much of it there is."""
        books = [one for one in OF if self.sought.book in (None, one)]
        wheres = {one: " and ".join(("true", *self._conditions(one))) for one in books}
        if self.sought.act and "cycles" in books:
            self._act("kind")
        most, skip = f"${len(self._said) + 1}::bigint", f"${len(self._said) + 2}::bigint"
        page = " union all ".join(self._newest(one, wheres[one], f"{most} + {skip}") for one in books)
        count = " union all ".join(self._newest(one, wheres[one], most) for one in books)
        return (
            f"select * from ({page}) as acts order by at desc, book, number desc limit {most} offset {skip}",  # noqa: S608 - our own words
            f"select count(*) from (select from ({count}) as acts limit {most}) as found",  # noqa: S608 - our own words
        )

    def _put(self, name: str, value: object) -> str:
        """Where a statement has a value."""
        self._said.setdefault(name, value)
        return f"${list(self._said).index(name) + 1}"

    def _conditions(self, book: Book) -> Iterator[str]:
        at, person, about = (OF[book][place] for place in (1, 2, 5))
        if self.sought.person:
            yield f"{person} = {self._put('person', self.sought.person)}::text"
        if self.sought.about:
            yield self._about(book, about)
        if self.sought.act and not _by_kind(book):
            yield self._act(OF[book][4])
        if self.sought.since:
            yield f"{at} >= {BEGINS.format(self._put('since', self.sought.since))}"
        if self.sought.until:
            yield f"{at} < {ENDS.format(self._put('until', self.sought.until))}"

    def _about(self, book: Book, about: str) -> str:
        if book == "cycles" and self.cycles is not None:
            return f"{about} = any ({self._put('cycles', list(self.cycles))}::text[])"
        said = self._put("about", self.sought.about)
        if REFERENCE.fullmatch(self.sought.about):
            return f"{about} = upper({said}::text)"
        return f"strpos(lower(coalesce({about}, '')), lower({said}::text)) > 0"

    def _act(self, act: str) -> str:
        said, kinds = self._put("act", self.sought.act), self._put("kinds", list(self.kinds))
        return f"(strpos(lower({act}), lower({said}::text)) > 0 or {act} = any ({kinds}::text[]))"

    def _newest(self, book: Book, where: str, most: str) -> str:
        table, at, person, role, act, about, reason, number = OF[book]
        by_kind = bool(self.sought.act) and _by_kind(book)
        newest = f"""
        select {at} as at, {person} as person, {role} as role, '{book}' as book, {act} as act,
               {about} as about, {reason} as reason, {number} as number
        from {table} where {where} {"and kind = wanted.named" if by_kind else ""}
        order by {at} desc, {number} desc limit {most}"""  # noqa: S608 - names of our own tables
        if not by_kind:
            return f"({newest})"
        return f"""(
        {KINDS} where named is not null and {self._act("named")}
        ) select found.* from wanted cross join lateral ({newest}) found
        order by at desc, number desc limit {most})"""  # noqa: S608 - our own words


def _by_kind(book: Book) -> bool:
    """Whether acts are looked for kind by kind, along the index that has the newest of each."""
    return book == "cycles"


KINDS = """
    with recursive kinds as (
        (select min(kind) as named from ledger)
        union all
        select (select min(kind) from ledger where kind > kinds.named) from kinds where named is not null
    ), wanted as materialized (
        select named from kinds"""
"""Every kind of act that there is, one step of the index each."""
