#!/usr/bin/env bash
# Stops what start.sh started.
DATA="${REPLIQUE_TEST_PG:-${XDG_CACHE_HOME:-$HOME/.cache}/replique-tests/postgres}"
OWNER=()
if [ "$(id -u)" = 0 ]; then DATA="${REPLIQUE_TEST_PG:-/var/tmp/replique-test-postgres}"; OWNER=(runuser -u postgres --); fi
BIN="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)"
[ -n "$BIN" ] || BIN="$(dirname "$(command -v pg_ctl)")"
cd / && "${OWNER[@]}" "$BIN/pg_ctl" -D "$DATA/pg" -m fast -w stop >/dev/null 2>&1
exit 0
