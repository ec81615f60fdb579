# Sets up what is missing, once: sourced by run, test and bench. Says what it does on the error output.
#   $ROOT   the source tree        $VENV   its virtual environment        $MODE   run | test
set -euo pipefail
ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
VENV="$ROOT/.venv"
PY="$VENV/bin/python"

say() { printf '%s\n' "$*" >&2; }

as_root() { # runs a command as root when this person may; otherwise says no
  if [ "$(id -u)" = 0 ]; then "$@"; elif sudo -n true 2>/dev/null; then sudo -n "$@"; else return 1; fi
}

is_debian() { [ -r /etc/debian_version ] && command -v apt-get >/dev/null 2>&1; }

debian_packages() { # installs the Debian packages that are missing; a missing right is told, never fatal
  is_debian || return 0
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} = 0 ] && return 0
  say "Installation de / installing: ${missing[*]}"
  if ! as_root true; then
    say "Droits insuffisants ; à installer par un administrateur / ask an administrator for: apt-get install ${missing[*]}"
    return 0
  fi
  local log; log="$(mktemp)"
  # Services of a package must not start by themselves while we install it.
  local policy=/usr/sbin/policy-rc.d made=0
  if [ ! -e $policy ]; then printf '#!/bin/sh\nexit 101\n' | as_root tee $policy >/dev/null; as_root chmod +x $policy; made=1; fi
  local ok=0
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "${missing[@]}" >"$log" 2>&1 \
    || { as_root apt-get -qq update >>"$log" 2>&1 && as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "${missing[@]}" >>"$log" 2>&1; } \
    || ok=1
  [ $made = 0 ] || as_root rm -f $policy
  if [ $ok != 0 ]; then tail -n 15 "$log" >&2; say "L’installation a échoué / the installation failed: ${missing[*]}"; fi
  rm -f "$log"
}

find_python() { # the newest Python from 3.11 on
  local candidate
  for candidate in python3.14 python3.13 python3.12 python3.11 python3 python; do
    if command -v "$candidate" >/dev/null 2>&1 && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidate"; return 0
    fi
  done
  return 1
}

# What the desktop window needs on Debian and Ubuntu; found one by one on a bare system.
QT_LIBRARIES=(libglib2.0-0 libgl1 libegl1 libxkbcommon0 libfreetype6 libfontconfig1 libdbus-1-3 libgssapi-krb5-2
  libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0)

make_venv() {
  local base
  if ! base="$(find_python)"; then
    debian_packages python3 python3-venv
    base="$(find_python)" || { say "Python 3.11 ou plus récent est nécessaire / Python 3.11 or newer is needed: https://www.python.org/downloads/"; exit 3; }
  fi
  if [ ! -x "$PY" ]; then
    say "Création de l’environnement / creating the environment…"
    "$base" -m venv "$VENV" 2>/dev/null || { rm -rf "$VENV"; debian_packages python3-venv; "$base" -m venv "$VENV"; }
  fi
}

installed() { # which of "run" and "test" is set up for today's files; prints nothing when none
  [ -x "$PY" ] && [ -f "$VENV/.replique-$1" ] && [ "$(cat "$VENV/.replique-$1")" = "$(stamp)" ]
}

stamp() { cksum <"$ROOT/requirements.lock"; cksum <"$ROOT/pyproject.toml"; }

install_locked() { # the exact versions and hashes of the lock, then the product itself in place
  say "Installation des bibliothèques (une seule fois) / installing the libraries (once)…"
  if command -v uv >/dev/null 2>&1; then
    uv pip install --quiet --python "$PY" --require-hashes -r "$ROOT/requirements.lock"
    uv pip install --quiet --python "$PY" --no-deps --no-build-isolation --editable "$ROOT"
  else
    "$PY" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$ROOT/requirements.lock"
    "$PY" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable "$ROOT"
  fi
}

setup() { # setup run|test
  installed "$1" && return 0
  make_venv
  is_debian && dpkg-query -W libgl1 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 >/dev/null 2>&1 || debian_packages "${QT_LIBRARIES[@]}"
  install_locked
  [ "$1" = test ] && debian_packages postgresql gnome-keyring dbus xvfb xauth xdotool
  stamp >"$VENV/.replique-$1"
}
