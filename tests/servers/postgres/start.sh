#!/usr/bin/env bash
# Starts a PostgreSQL server on a loopback port and prints its address; fails when the machine has none.
set -euo pipefail
DATA="${REPLIQUE_TEST_PG:-${XDG_CACHE_HOME:-$HOME/.cache}/replique-tests/postgres}"
PORT="${REPLIQUE_TEST_PG_PORT:-54331}"
BIN="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)"
[ -n "$BIN" ] || BIN="$(dirname "$(command -v initdb)")" || { echo "no PostgreSQL server here" >&2; exit 1; }
# The server refuses to run as root: as root, it runs as the package's own user, in a folder that user can reach.
USER_NAME="$(id -un)"
if [ "$(id -u)" = 0 ]; then USER_NAME=postgres; DATA="${REPLIQUE_TEST_PG:-/var/tmp/replique-test-postgres}"; fi
as_owner() { if [ "$(id -u)" = 0 ]; then runuser -u "$USER_NAME" -- "$@"; else "$@"; fi; }
mkdir -p "$DATA"; [ "$(id -u)" = 0 ] && chown "$USER_NAME" "$DATA"
if [ ! -f "$DATA/pg/PG_VERSION" ]; then
  as_owner "$BIN/initdb" -D "$DATA/pg" -U replique -A trust -E UTF8 --locale=C.UTF-8 --no-sync >&2
  as_owner tee -a "$DATA/pg/postgresql.conf" >/dev/null <<C
listen_addresses='127.0.0.1'
unix_socket_directories='$DATA'
fsync=off
synchronous_commit=off
max_connections=50
C
fi
as_owner "$BIN/pg_ctl" -D "$DATA/pg" status >/dev/null 2>&1 \
  || (cd / && as_owner "$BIN/pg_ctl" -D "$DATA/pg" -o "-p $PORT" -l "$DATA/log" -w -t 60 start >&2)
PORT="$(as_owner sed -n 4p "$DATA/pg/postmaster.pid")"
as_owner "$BIN/psql" -h 127.0.0.1 -p "$PORT" -U replique -d postgres -Atc "select 1 from pg_database where datname='replique'" | grep -q 1 \
  || as_owner "$BIN/createdb" -h 127.0.0.1 -p "$PORT" -U replique replique
echo "postgresql://replique@127.0.0.1:$PORT/replique"
