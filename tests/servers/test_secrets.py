"""Secrets in a real secret service; and on machines that have none, no file in clear, ever."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from copilot.errors import OutsideError
from copilot.secrets import Secrets
from tests.servers.conftest import need

HERE = Path(__file__).parent
SECRET = "clé-très-secrète-9f8e7d"

ROUND_TRIP = """
import json, sys
from copilot.secrets import Secrets
secrets = Secrets()
told = {"where": secrets.where()}
action, value = sys.argv[1], sys.argv[2]
from copilot.errors import OutsideError
try:
    if action == "keep":
        secrets.keep("provider:mistral", value)
    if action == "forget":
        secrets.forget("provider:mistral")
    told["got"] = secrets.get("provider:mistral")
except OutsideError as error:
    told["error"] = error.kind
print(json.dumps(told))
"""


def with_keyring(folder: Path, *arguments: str, **environment: str) -> dict[str, str | None]:
    done = subprocess.run(
        ["bash", str(HERE / "keyring" / "with_keyring.sh"), str(folder), sys.executable, "-c", ROUND_TRIP, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, **environment},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    need("dbus-run-session", "gnome-keyring-daemon")
    return tmp_path / "keyring"


def test_a_key_is_kept_across_runs_and_never_in_clear(folder: Path) -> None:
    assert with_keyring(folder, "keep", SECRET) == {"where": "SecretService", "got": SECRET}
    assert with_keyring(folder, "get", "")["got"] == SECRET
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    assert not any(SECRET.encode() in path.read_bytes() for path in files)
    assert with_keyring(folder, "forget", "")["got"] is None


def test_the_environment_wins_over_the_keyring(folder: Path) -> None:
    with_keyring(folder, "keep", SECRET)
    told = with_keyring(folder, "get", "", REPLIQUE_SECRET_PROVIDER_MISTRAL="autre")
    assert told["got"] == "autre"


def test_without_a_secret_service_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")
    secrets = Secrets()
    assert secrets.where() is None
    with pytest.raises(OutsideError) as caught:
        secrets.keep("provider:mistral", SECRET)
    assert caught.value.kind in ("secret.no_keyring", "secret.locked")
    assert caught.value.params["variable"] == "REPLIQUE_SECRET_PROVIDER_MISTRAL"
    monkeypatch.setenv("REPLIQUE_SECRET_PROVIDER_MISTRAL", SECRET)
    assert secrets.get("provider:mistral") == SECRET


FILE_BACKENDS = """
import sys, types
import keyring
from keyring.backend import KeyringBackend

module = types.ModuleType("keyrings.alt.file")
class PlaintextKeyring(KeyringBackend):
    priority = 9
    def get_password(self, service, username): return open(sys.argv[1]).read()
    def set_password(self, service, username, password): open(sys.argv[1], "w").write(password)
    def delete_password(self, service, username): pass
PlaintextKeyring.__module__ = "keyrings.alt.file"
keyring.set_keyring(PlaintextKeyring())
from copilot.errors import OutsideError
from copilot.secrets import Secrets
secrets = Secrets()
try:
    secrets.keep("provider:mistral", "en clair")
except OutsideError as error:
    print(error.kind, secrets.where())
"""


def test_a_file_backend_that_keyring_chose_is_refused(tmp_path: Path) -> None:
    target = tmp_path / "secrets.cfg"
    done = subprocess.run(
        [sys.executable, "-c", FILE_BACKENDS, str(target)], capture_output=True, text=True, timeout=60
    )
    assert done.stdout.split() == ["secret.no_keyring", "None"], done.stderr
    assert not target.exists()


def test_a_secret_of_this_run_is_forgotten_with_it() -> None:
    secrets = Secrets(lambda: None)
    secrets.keep_for_this_run("provider:x", SECRET)
    assert secrets.get("provider:x") == SECRET
    secrets.forget("provider:x")
    assert secrets.get("provider:x") is None
    assert Secrets(lambda: None).get("provider:x") is None
