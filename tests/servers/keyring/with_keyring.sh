#!/usr/bin/env bash
# Runs a command with a session bus and an unlocked secret service of its own: with_keyring.sh FOLDER COMMAND...
set -euo pipefail
FOLDER="$1"; shift
mkdir -p "$FOLDER/data" "$FOLDER/run"; chmod 700 "$FOLDER/run"
export XDG_DATA_HOME="$FOLDER/data" XDG_RUNTIME_DIR="$FOLDER/run" GNOME_KEYRING_CONTROL=
exec dbus-run-session -- bash -c '
  # A password of one new line: an empty input does not unlock.
  gnome-keyring-daemon --foreground --unlock --components=secrets < <(printf "\n") >/dev/null 2>&1 &
  daemon=$!
  trap "kill $daemon 2>/dev/null; wait $daemon 2>/dev/null" EXIT
  for _ in $(seq 100); do
    dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets 2>/dev/null | grep -q "boolean true" && break
    sleep 0.1
  done
  "$@"' _ "$@"
