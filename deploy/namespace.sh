#!/bin/sh
# Makes the Temporal namespace and its search attributes, or brings them up to date. Run again at every start.
set -eu
: "${NAMESPACE:?}" "${RETENTION:?}" "${TEMPORAL_ADDRESS:?}"
attributes="" # Name=Type for each search attribute that a workflow sets; none does so far

tries=60
until temporal operator cluster health >/dev/null 2>&1; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || { echo "Temporal does not answer at $TEMPORAL_ADDRESS" >&2; exit 1; }
    sleep 2
done

temporal operator namespace create --namespace "$NAMESPACE" --retention "$RETENTION" 2>/dev/null ||
    temporal operator namespace update --namespace "$NAMESPACE" --retention "$RETENTION"

for attribute in $attributes; do # adding one that is there already changes nothing
    temporal operator search-attribute create --namespace "$NAMESPACE" \
        --name "${attribute%%=*}" --type "${attribute##*=}"
done
