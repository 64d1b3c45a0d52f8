"""The record that every peer keeps: an act appended once, where the cycle stands, and what was sent.

One statement a time, over psycopg; the product has its own ledger in its place, and the floor has none.
"""

import json
from dataclasses import asdict
from typing import Any

from bench.hta.workload import Act

TABLES = """
create schema if not exists hta;
create table hta.acts (
    cycle text not null, number integer not null, name text not null, key text not null, body jsonb not null,
    at timestamptz not null default clock_timestamp(), primary key (cycle, number));
create table hta.standing (
    cycle text primary key, number integer not null, stage text not null, ended boolean not null,
    changed_at timestamptz not null);
create table hta.letters (
    cycle text not null, key text not null, rung boolean not null,
    at timestamptz not null default clock_timestamp());
"""

RECORD = """
with appended as (
    insert into hta.acts (cycle, number, name, key, body)
    select %(cycle)s, %(number)s, %(name)s, %(key)s, %(body)s::jsonb
    where coalesce((select number from hta.standing where cycle = %(cycle)s), 0) = %(number)s - 1
    on conflict do nothing
    returning cycle, number, at)
insert into hta.standing (cycle, number, stage, ended, changed_at)
select cycle, number, %(stage)s, %(ended)s, at from appended
on conflict (cycle) do update set number = excluded.number, stage = excluded.stage,
    ended = excluded.ended, changed_at = excluded.changed_at
"""

LETTER = "insert into hta.letters (cycle, key, rung) values (%s, %s, %s)"
"""No key is unique here: what was sent twice is to be seen twice."""

COUNT = "select count(*) from hta.acts where cycle = %s"


def said(act: Act) -> dict[str, Any]:
    """An act as JSON can carry it."""
    return asdict(act)


def act_of(facts: dict[str, Any]) -> Act:
    """The act again."""
    return Act(**{**facts, "words": tuple(facts["words"])})


def recording(reference: str, act: Act) -> dict[str, Any]:
    """The arguments of `RECORD`."""
    return {
        "cycle": reference,
        "number": act.number,
        "name": act.name,
        "key": act.key(reference),
        "body": json.dumps(act.words),
        "stage": act.stage,
        "ended": act.last,
    }


def letter(reference: str, act: Act) -> tuple[str, str, bool]:
    """The arguments of `LETTER` for what an act tells."""
    return (reference, act.key(reference), False)


def reminder(reference: str, rung: str) -> tuple[str, str, bool]:
    """The arguments of `LETTER` for a rung, named by its instant."""
    return (reference, f"{reference}:rung-{rung}", True)
