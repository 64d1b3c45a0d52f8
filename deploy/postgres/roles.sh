#!/bin/sh
# Makes one user for the product and one for Temporal, at the first start of an empty database.
set -eu
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" \
    -v answerable="$(cat /run/secrets/database_password)" \
    -v temporal="$(cat /run/secrets/temporal_database_password)" <<'SQL'
create role answerable login password :'answerable';
create database answerable owner answerable;
-- what the pages read and keep with (docs/adr/0018-walls.md); nobody logs in as either
create role answerable_face nologin;
create role answerable_hand nologin;
grant answerable_face, answerable_hand to answerable;
create role temporal login createdb password :'temporal';
SQL
