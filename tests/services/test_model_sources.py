"""Model sources as a screen sets them up: tried before they are kept, keys in a real keyring or nowhere in a file."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from copilot.app import Copilot, open_copilot
from copilot.errors import OutsideError, UserError
from copilot.i18n import LANGUAGES, Translator
from copilot.secrets import Secrets, environment_name
from copilot.services import providers as module
from copilot.settings import ProviderSettings
from tests.keyring_double import Keyring
from tests.servers.fake_openai import FakeOpenAI, Reply, error, serving

KEY = "sk-very-secret-1a2b3c"


@pytest.fixture
def keyring() -> Keyring:
    return Keyring()


@pytest.fixture
async def copilot(begun_profile: Path, keyring: Keyring) -> AsyncIterator[Copilot]:
    opened = open_copilot(begun_profile, secrets=Secrets(lambda: keyring))
    yield opened
    await opened.aclose()


@pytest.fixture
async def bare(tmp_path: Path) -> AsyncIterator[Copilot]:
    """On a machine without a keyring."""
    opened = open_copilot(tmp_path / "profil", secrets=Secrets(lambda: None))
    yield opened
    await opened.aclose()


def at(fake: FakeOpenAI, **more: str) -> dict[str, str]:
    return {"base_url": fake.url, "model": "petit", **more}


def scripted(*answers: object) -> dict[str, str]:
    return {"script": json.dumps(answers)}


def files_with(root: Path, text: str) -> list[str]:
    return [path.name for path in root.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


def test_kinds_tell_what_to_fill_in(copilot: Copilot) -> None:
    kinds = {kind.name: kind for kind in copilot.providers.kinds()}
    assert {"openai_compatible", "local"} <= set(kinds)
    assert [field.name for field in kinds["openai_compatible"].fields if field.kind == "secret"] == ["api_key"]


async def test_a_source_that_works_is_tried_and_nothing_is_kept(copilot: Copilot, keyring: Keyring) -> None:
    async with serving() as fake:
        outcome = await copilot.providers.test_unsaved("openai_compatible", at(fake), KEY)
    assert (outcome.works, outcome.model, outcome.error) == (True, "petit", None)
    assert 0 < outcome.seconds < module.UNSAVED_TEST_SECONDS
    assert fake.seen[0].headers["authorization"] == f"Bearer {KEY}"
    assert keyring.held == {}
    assert len(copilot.providers.list()) == 1
    assert not copilot.profile.settings.exists()


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        pytest.param(error(401, f"Incorrect API key provided: {KEY}"), "provider.unauthorised", id="wrong key"),
        pytest.param(error(404, "model not found", "model_not_found"), "provider.model_unknown", id="no such model"),
        pytest.param(error(429, "slow down", retry_after="20"), "provider.rate_limited", id="too many"),
        pytest.param(error(500, "oops"), "provider.server", id="broken"),
        pytest.param(Reply(pieces=("",)), "provider.says_nothing", id="says nothing"),
        pytest.param(Reply(body="<html>", content_type="text/html"), "provider.not_an_api", id="a page"),
        pytest.param(Reply(drop=True), "provider.cut_answer", id="cut"),
    ],
)
async def test_what_fails_is_told_in_a_sentence_without_the_key(copilot: Copilot, reply: Reply, kind: str) -> None:
    async with serving(reply) as fake:
        outcome = await copilot.providers.test_unsaved("openai_compatible", at(fake), KEY)
    assert outcome.error is not None
    assert (outcome.works, outcome.error.kind) == (False, kind)
    for language in LANGUAGES:
        sentence = Translator(language).error(outcome.error)
        assert len(sentence) > 20
        assert KEY not in sentence + str(outcome)


async def test_a_source_that_never_answers_is_given_up(copilot: Copilot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "UNSAVED_TEST_SECONDS", 0.5)
    async with serving(Reply(pieces=(), finish=None, hang=True)) as fake:
        outcome = await copilot.providers.test_unsaved("openai_compatible", at(fake), None)
    assert outcome.error is not None
    assert outcome.error.kind == "provider.test_timeout"
    assert outcome.seconds < 10


@pytest.mark.parametrize(
    ("type_name", "values", "kind"),
    [
        ("openai_compatible", {"model": "m"}, "provider.url_missing"),
        ("openai_compatible", {"preset": "openai"}, "provider.setting_missing"),
        ("openai_compatible", {"preset": "openai", "model": "m"}, "provider.key_missing"),
        ("openai_compatible", {"base_url": "ftp://x", "model": "m"}, "provider.url_scheme"),
        ("openai_compatible", {"base_url": "\udce9\0" * 1000, "model": "m"}, "provider.url_unreadable"),
        ("openai_compatible", {"api_key": KEY, "model": "m"}, "provider.setting_unknown"),
        ("local", {"path": "/nowhere/model.gguf"}, "provider.local_missing"),
        ("gone", {}, "provider.unknown_type"),
    ],
)
async def test_a_wrong_setting_is_an_outcome_too(
    copilot: Copilot, type_name: str, values: dict[str, str], kind: str
) -> None:
    outcome = await copilot.providers.test_unsaved(type_name, values, "")
    assert outcome.error is not None
    assert outcome.error.kind == kind


async def test_changing_a_source_tries_the_key_it_has(copilot: Copilot) -> None:
    async with serving() as fake:
        copilot.providers.add("petit", "openai_compatible", at(fake), KEY)
        await copilot.providers.test_unsaved("openai_compatible", at(fake), "", kept_as="petit")
        await copilot.providers.test_unsaved("openai_compatible", at(fake), "sk-new", kept_as="petit")
    assert [one.headers["authorization"] for one in fake.seen] == [f"Bearer {KEY}", "Bearer sk-new"]


def test_a_key_goes_to_the_keyring_and_to_no_file(copilot: Copilot, keyring: Keyring) -> None:
    copilot.providers.add("petit", "openai_compatible", {"preset": "mistral", "model": "m"}, KEY)
    place = copilot.providers.key_place("petit")
    assert (place.holder, place.keyring, place.refused) == ("keyring", "SecretService", False)
    assert list(keyring.held.values()) == [KEY]
    assert files_with(copilot.profile.root, KEY) == []
    copilot.providers.remove("petit")
    assert keyring.held == {}
    assert copilot.providers.key_place("petit").holder is None


def test_a_locked_keyring_sets_nothing_up_and_names_the_variable(copilot: Copilot, keyring: Keyring) -> None:
    keyring.locked = True
    with pytest.raises(OutsideError, match="secret.locked") as caught:
        copilot.providers.add("petit", "openai_compatible", {"preset": "mistral", "model": "m"}, KEY)
    assert environment_name("provider:petit") in Translator("fr").error(caught.value)
    assert len(copilot.providers.list()) == 1
    place = copilot.providers.key_place("petit")
    assert (place.holder, place.keyring, place.refused) == (None, None, True)


def test_without_a_keyring_the_environment_is_the_way_out(bare: Copilot, monkeypatch: pytest.MonkeyPatch) -> None:
    values = {"preset": "mistral", "model": "m"}
    with pytest.raises(OutsideError, match="secret.no_keyring") as caught:
        bare.providers.add("petit", "openai_compatible", values, KEY)
    variable = bare.providers.key_place("petit").variable
    assert variable in Translator("fr").error(caught.value)
    assert bare.providers.add("petit", "openai_compatible", values, None).id == "petit"
    assert bare.providers.key_place("petit").holder is None
    monkeypatch.setenv(variable, KEY)
    assert bare.providers.key_place("petit").holder == "environment"
    assert bare.providers.source("petit").secret == KEY


def test_without_a_keyring_a_key_may_last_for_this_run_only(bare: Copilot) -> None:
    bare.providers.add("petit", "openai_compatible", {"preset": "mistral", "model": "m"}, KEY, for_this_run=True)
    assert bare.providers.key_place("petit").holder == "run"
    assert files_with(bare.profile.root, KEY) == []
    again = open_copilot(bare.profile.root, secrets=Secrets(lambda: None))
    assert again.providers.key_place("petit").holder is None


def test_a_key_that_is_kept_replaces_the_one_of_this_run(copilot: Copilot) -> None:
    values = {"preset": "mistral", "model": "m"}
    copilot.providers.add("petit", "openai_compatible", values, "sk-old", for_this_run=True)
    copilot.providers.add("petit", "openai_compatible", values, KEY)
    assert copilot.providers.key_place("petit").holder == "keyring"
    assert copilot.providers.source("petit").secret == KEY


@pytest.mark.parametrize("path", ["nope", "~nobody-here/script.json", "\0", "."])
def test_a_script_that_is_not_there_is_refused_with_what_to_do(copilot: Copilot, path: str) -> None:
    with pytest.raises(OutsideError, match=r"provider\.script_unreadable") as refused:
        copilot.providers.add("essai", "scripted", {"script": path}, None)
    assert "JSON" in Translator("fr").error(refused.value)
    assert [one.id for one in copilot.providers.list()] == ["playbook"]


def test_a_script_that_cannot_be_played_is_refused_at_once(copilot: Copilot, tmp_path: Path) -> None:
    script = tmp_path / "réponses.json"
    script.write_text('{"text": "Bonjour"}', "utf-8")
    with pytest.raises(UserError, match=r"provider\.script_broken"):
        copilot.providers.add("essai", "scripted", {"script": str(script)}, None)
    script.write_text('["Bonjour"]', "utf-8")
    assert copilot.providers.add("essai", "scripted", {"script": str(script)}, None).id == "essai"


def test_the_default_is_chosen_among_what_is_there(copilot: Copilot) -> None:
    copilot.providers.add("petit", "scripted", scripted("Bonjour"), None)
    copilot.providers.set_default("petit")
    assert [one.id for one in copilot.providers.list() if one.is_default] == ["petit"]
    copilot.providers.set_default("playbook")
    assert [one.id for one in copilot.providers.list() if one.is_default] == ["playbook"]
    with pytest.raises(UserError, match="provider.unknown"):
        copilot.providers.set_default("nobody")


def test_a_source_of_another_version_is_shown_and_can_be_removed(copilot: Copilot) -> None:
    copilot.save_settings(copilot.settings.with_provider(ProviderSettings("old", "gone", {"a": "b"})))
    shown = copilot.providers.list()[-1]
    assert (shown.id, shown.label_key, shown.remote) == ("old", "provider.unusable", True)
    copilot.providers.remove("old")
    assert len(copilot.providers.list()) == 1


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("Gemma3:1b", "gemma3-1b"),
        ("Modèle d’été", "modele-dete"),
        ("playbook", "playbook-2"),
        ("petit", "petit-2"),
        ("…", "model"),
        ("\ud800\0", "model"),
        ("é" * 1_000_000, "e" * 36),
    ],
)
def test_an_id_is_found_for_any_name(copilot: Copilot, wanted: str, expected: str) -> None:
    copilot.providers.add("petit", "scripted", scripted("Bonjour"), None)
    found = copilot.providers.free_id(wanted)
    assert found == expected
    assert copilot.providers.add(found, "scripted", scripted("Bonjour"), None).id == found
