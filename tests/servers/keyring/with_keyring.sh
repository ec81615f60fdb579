#!/usr/bin/env bash
# Runs a command with a session bus and an unlocked secret service of its own: with_keyring.sh FOLDER COMMAND...
# REPLIQUE_TEST_KEYRING=locked leaves the daemon locked.
set -euo pipefail
FOLDER="$1"; shift
mkdir -p "$FOLDER/data" "$FOLDER/run"; chmod 700 "$FOLDER/run"
export XDG_DATA_HOME="$FOLDER/data" XDG_RUNTIME_DIR="$FOLDER/run" GNOME_KEYRING_CONTROL=
exec dbus-run-session -- bash -c '
  if [ "${REPLIQUE_TEST_KEYRING:-}" != locked ]; then
    # A password of one new line: an empty input does not unlock.
    printf "\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
    for _ in $(seq 50); do
      dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets 2>/dev/null | grep -q "boolean true" && break
      sleep 0.1
    done
  fi
  "$@"' _ "$@"
