"""Everything that was done, searched: each record's newest first, then all of them together.

Each is asked for no more than can be shown of it, so that its own index gives the newest without the rest.
"""

import re

ACTOR = ("at", "actor ->> 'person'", "actor ->> 'role'", "kind")
OF = {
    "cycles": ("ledger", *ACTOR, "cycle", "null::text", "position"),
    "programme": ("programme_ledger", *ACTOR, "programme", "null", "position"),
    "access": ("access_log", "at", "person", "role", "what", "cycle", "reason", "number"),
    "directory": (
        *("people_changes", "at", "by", "role", "array_to_string(what, '; ')", "person", "reason", "number"),
    ),
}
"""Of each record: its table, when, who, as what, the act, about what, why, and its number."""
ABOUT = "strpos(lower(coalesce({}, '')), lower($2)) > 0"
REFERENCE = re.compile(r"HTA-\d{4}-\d{2,4}", re.IGNORECASE)
"""Where somebody names a whole cycle, its own acts are read and no other's."""


def _newest(book: str, most: str, *, exact: bool) -> str:
    table, at, person, role, act, about, reason, number = OF[book]
    sought = (f"{about} = upper($2)" if exact else f"$2 = '' or {ABOUT}").format(about)
    return f"""
    (select {at} as at, {person} as person, {role} as role, '{book}' as book, {act} as act, {about} as about,
            {reason} as reason, {number} as number
     from {table}
     where ($5::text is null or $5 = '{book}') and ($1 = '' or {person} = $1) and ({sought})
       and ($3 = '' or strpos(lower({act}), lower($3)) > 0 or {act} = any ($4::text[]))
       and ($6::date is null or {at} >= ($6::date)::timestamp at time zone 'Europe/London')
       and ($7::date is null or {at} < ($7::date + 1)::timestamp at time zone 'Europe/London')
     order by {at} desc, {number} desc limit {most})"""  # noqa: S608 - names of our own tables


def _acts(most: str, *, exact: bool) -> str:
    return " union all ".join(_newest(book, most, exact=exact) for book in OF)


def _page(*, exact: bool) -> str:
    return f"""
    select * from ({_acts("$8::bigint + $9::bigint", exact=exact)}) as acts
    order by at desc, book, number desc limit $8 offset $9
    """  # noqa: S608 - put together from our own words


def _count(*, exact: bool) -> str:
    return f"""
    select count(*) from (select from ({_acts("$8::bigint", exact=exact)}) as acts limit $8) as found
    """  # noqa: S608 - put together from our own words


STATEMENTS = {exact: (_page(exact=exact), _count(exact=exact)) for exact in (False, True)}


def statements(about: str) -> tuple[str, str]:
    """A page of what was done, and how much of it there is, for what somebody looks for."""
    return STATEMENTS[REFERENCE.fullmatch(about) is not None]
