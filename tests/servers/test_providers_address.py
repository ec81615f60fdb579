"""Addresses as people type them: repaired, or explained."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.errors import UserError
from copilot.i18n import LANGUAGES, Translator
from copilot.providers import openai_compatible
from copilot.providers._address import is_loopback, repaired
from copilot.providers._presets import PRESETS

REPAIRED = [
    ("", "openai", "https://api.openai.com/v1"),
    ("", "ollama", "http://127.0.0.1:11434/v1"),
    ("127.0.0.1:8000", "other", "http://127.0.0.1:8000/v1"),
    ("localhost:1234", "lmstudio", "http://localhost:1234/v1"),
    ("localhost:11434/", "ollama", "http://localhost:11434/v1"),
    ("http://localhost:11434/api", "ollama", "http://localhost:11434/v1"),
    ("0.0.0.0:8000", "vllm", "http://127.0.0.1:8000/v1"),
    ("192.168.1.20:8080", "other", "http://192.168.1.20:8080/v1"),
    ("[::1]:8080", "other", "http://[::1]:8080/v1"),
    ("http://[::]:8080", "other", "http://[::1]:8080/v1"),
    ("atelier:8000", "other", "http://atelier:8000/v1"),
    ("gpu.local", "other", "http://gpu.local/v1"),
    ("api.example.com", "other", "https://api.example.com/v1"),
    ("  <https://api.example.com/v1/>  ", "other", "https://api.example.com/v1"),
    ("HTTPS://API.Example.com/v1", "other", "https://api.example.com/v1"),
    ("https://openrouter.ai", "openrouter", "https://openrouter.ai/api/v1"),
    ("https://openrouter.ai/api", "openrouter", "https://openrouter.ai/api/v1"),
    ("https://api.example.com/v1/chat/completions", "other", "https://api.example.com/v1"),
    ("https://api.example.com/v1/models/", "other", "https://api.example.com/v1"),
    ("https://example.com/llm//v2/", "other", "https://example.com/llm/v2"),
    ("http://exemple-é.fr", "other", "http://xn--exemple--i1a.fr/v1"),
]
EXPLAINED = [
    ("", "other", "missing"),
    ("ftp://example.com", "other", "scheme"),
    ("file:///etc/passwd", "other", "scheme"),
    ("https://user:pass@example.com", "other", "extra"),
    ("https://example.com/v1?key=abc", "other", "extra"),
    ("https://example.com/v1#x", "other", "extra"),
    ("http://", "other", "unreadable"),
    ("https://exa mple.com", "other", "unreadable"),
    ("https://example.com:99999", "other", "unreadable"),
    ("https://example.com:port", "other", "unreadable"),
    ("http://[::1", "other", "unreadable"),
    ("http://a..b/v1", "other", "unreadable"),
    ("http://exemple.com\x00/v1", "other", "unreadable"),
    ("http://" + "é" * 300 + ".fr", "other", "unreadable"),
    ("http://" + "a" * 100_000, "other", "unreadable"),
]


@pytest.mark.parametrize(("typed", "preset", "wanted"), REPAIRED)
def test_an_address_is_repaired(typed: str, preset: str, wanted: str) -> None:
    assert repaired(typed, PRESETS[preset]) == wanted
    assert repaired(wanted, PRESETS[preset]) == wanted


@pytest.mark.parametrize(("typed", "preset", "kind"), EXPLAINED, ids=[f"{e[0][:30]!r}" for e in EXPLAINED])
def test_an_address_is_explained(typed: str, preset: str, kind: str) -> None:
    with pytest.raises(UserError) as caught:
        repaired(typed, PRESETS[preset])
    assert caught.value.kind == f"provider.url_{kind}"
    for language in LANGUAGES:
        assert Translator(language).has(caught.value.key)
    assert "pass" not in str(caught.value.params)
    assert "abc" not in str(caught.value.params)


@given(st.text(max_size=80))
def test_any_text_is_repaired_or_explained(typed: str) -> None:
    try:
        address = repaired(typed, PRESETS["vllm"])
    except UserError:
        return
    assert address.startswith(("http://", "https://"))
    assert repaired(address, PRESETS["vllm"]) == address


HOSTS = [
    ("localhost", True),
    ("LOCALHOST.", True),
    ("app.localhost", True),
    ("127.0.0.1", True),
    ("127.9.9.9", True),
    ("::1", True),
    ("::ffff:127.0.0.1", True),
    ("localhost.example.com", False),
    ("127.0.0.1.example.com", False),
    ("192.168.0.1", False),
    ("example.com", False),
    ("", False),
]


@pytest.mark.parametrize(("host", "here"), HOSTS)
def test_this_machine_is_told_from_others(host: str, here: bool) -> None:
    assert is_loopback(host) is here


REMOTE = [
    ({"preset": "ollama", "model": "mistral"}, False),
    ({"preset": "ollama", "model": "gpt-oss:120b-cloud"}, True),
    ({"preset": "ollama", "model": "kimi:cloud"}, True),
    ({"preset": "openai", "model": "gpt"}, True),
    ({"preset": "other", "base_url": "192.168.1.2:8000", "model": "m"}, True),
    ({"preset": "other", "base_url": "localhost:8000", "model": "m"}, False),
    ({"preset": "gone", "base_url": "localhost:8000", "model": "m"}, True),
    ({"base_url": "ftp://localhost", "model": "m"}, True),
]


@pytest.mark.parametrize(("settings", "leaves"), REMOTE)
def test_it_is_known_whether_text_leaves_this_machine(settings: dict[str, str], leaves: bool) -> None:
    assert openai_compatible.REMOTE(settings) is leaves


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "abc", "²", "9" * 5000])
async def test_a_number_out_of_bounds_is_refused(value: str) -> None:
    with pytest.raises(UserError, match="provider.setting_number"):
        async with openai_compatible.open_model({"base_url": "localhost", "model": "m", "silence": value}, None):
            pass


async def test_a_choice_that_is_none_is_refused() -> None:
    with pytest.raises(UserError, match="provider.setting_choice"):
        async with openai_compatible.open_model({"preset": "gone", "model": "m"}, None):
            pass
