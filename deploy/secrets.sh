#!/bin/sh
# Makes the secrets that docker-compose.yml asks for and that nobody needs to choose; run it once, on the server.
# Others are given: write them into oidc_client_secret, where the mail server asks for one into smtp_password, and
# where somebody may send events into senders (docs/events-in.md), and which group of theirs is which of our roles
# into oidc_roles (docs/adr/0017-identity.md).
set -eu
folder=${SECRETS:-var/secrets}
mkdir -p "$folder"
chmod 700 "$folder"
for name in postgres_password database_password temporal_database_password session_secret; do
    if [ ! -s "$folder/$name" ]; then
        head -c 48 /dev/urandom | base64 | tr -d '+/=\n' >"$folder/$name"
        echo "made $folder/$name"
    fi
done
if [ ! -s "$folder/keys" ]; then # 32 random bytes, as python starter.py keys new makes them (docs/secrets.md)
    head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n' >"$folder/keys"
    echo "made $folder/keys: keep a copy of it apart from the backups"
fi
if [ ! -s "$folder/ledger_key" ]; then # an Ed25519 key, as openssl genpkey makes them (docs/ledger.md)
    {
        echo "-----BEGIN PRIVATE KEY-----"
        { printf '0.\002\001\0000\005\006\003+ep\004"\004 ' && head -c 32 /dev/urandom; } | base64
        echo "-----END PRIVATE KEY-----"
    } >"$folder/ledger_key"
    echo "made $folder/ledger_key: keep a copy of it apart from the database and its backups"
fi
for name in oidc_client_secret oidc_roles smtp_password senders; do
    [ -e "$folder/$name" ] || : >"$folder/$name"
    [ -s "$folder/$name" ] || echo "still empty: $folder/$name"
done
chmod 444 "$folder"/* # the containers' own users read them; the folder keeps everyone else out
