"""Settings, logs, translations, registry, errors: what everything else stands on."""

from __future__ import annotations

import json
import logging
from datetime import datetime
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot import logs, registry, settings
from copilot.domain.wording import Wording
from copilot.errors import Bug, RepliqueError, UserError
from copilot.i18n import Translator, choose_language, fill
from copilot.logs import redact
from copilot.secrets import environment_name
from copilot.settings import ProviderSettings, Settings

FR, EN = Translator("fr"), Translator("en")


class TestSettings:
    def test_they_round_trip(self, tmp_path: Path) -> None:
        chosen = Settings("en", "velo", "mistral", True).with_provider(
            ProviderSettings("mistral", "openai_compatible", {"base_url": "https://api.example/v1"})
        )
        path = tmp_path / "profil é" / "settings.json"
        settings.save(chosen, path)
        assert settings.load(path) == chosen
        assert [one.name for one in path.parent.iterdir()] == ["settings.json"]

    def test_none_are_the_defaults(self, tmp_path: Path) -> None:
        assert settings.load(tmp_path / "settings.json") == Settings()

    @pytest.mark.parametrize(
        ("content", "kind"),
        [
            pytest.param(b'{"form": 1, "provid', "settings.broken", id="cut in half"),
            pytest.param(b"", "settings.broken", id="empty"),
            pytest.param(b"[]", "settings.broken", id="a list"),
            pytest.param(b"\xff\xfe{", "settings.broken", id="not UTF-8"),
            pytest.param(b'{"providers": "x"}', "settings.broken", id="wrong type"),
            pytest.param(b'{"providers": [1]}', "settings.broken", id="wrong provider"),
            pytest.param(b'{"form": 99}', "settings.newer", id="newer"),
        ],
    )
    def test_broken_ones_are_told_and_kept(self, tmp_path: Path, content: bytes, kind: str) -> None:
        path = tmp_path / "settings.json"
        path.write_bytes(content)
        with pytest.raises(UserError) as caught:
            settings.load(path)
        assert caught.value.kind == kind
        assert path.read_bytes() == content

    def test_removing_the_default_provider_falls_back_to_the_playbook(self) -> None:
        chosen = Settings(default_provider="a").with_provider(ProviderSettings("a", "scripted"))
        assert chosen.without_provider("a") == Settings()
        with pytest.raises(UserError):
            chosen.without_provider("b")


SECRET_LINES = [
    pytest.param("Authorization: Bearer sk-abcdef1234567890", "sk-abcdef1234567890", id="bearer"),
    pytest.param("api_key='9f8e7d6c5b4a'", "9f8e7d6c5b4a", id="api key"),
    pytest.param("https://user:motdepasse@host/db", "motdepasse", id="address with a password"),
    pytest.param("hf_AbCdEfGhIjKl", "hf_AbCdEfGhIjKl", id="hub token"),
    pytest.param("write to lea.martin@exemple.fr please", "lea.martin@exemple.fr", id="e-mail"),
    pytest.param("call 06 12 34 56 78 now", "06 12 34 56 78", id="French phone"),
    pytest.param("call +33 6 12 34 56 78", "6 12 34 56 78", id="international phone"),
    pytest.param("from @lea_martin", "@lea_martin", id="handle"),
    pytest.param("text='Je n’ai toujours pas reçu mon vélo et personne ne répond'", "toujours pas", id="quoted text"),
]


class TestLogs:
    @pytest.mark.parametrize(("line", "secret"), SECRET_LINES)
    def test_secrets_and_personal_data_are_redacted(self, line: str, secret: str) -> None:
        assert secret not in redact(line)

    @pytest.mark.parametrize(
        "line", ["item:12 approve 2026-11-21T12:00:00", "kept 2026-11-21 06:26:13", "run 345 ok 1.25 s 812 tokens"]
    )
    def test_plain_lines_stay_readable(self, line: str) -> None:
        assert redact(line) == line

    def test_a_line_is_never_endless(self) -> None:
        assert len(redact("a b" * 1_000_000)) < 3_000

    def test_what_another_listener_wrote_of_an_exception_is_not_taken_over(self) -> None:
        try:
            raise ValueError("Madame Dupont habite au 12 rue des Lilas")
        except ValueError as error:
            told = (type(error), error, error.__traceback__)
        record = logging.LogRecord("replique.test", logging.ERROR, __file__, 1, "item:7", None, told)
        assert "Dupont" in logging.Formatter().format(record)
        line = logs.RedactingFormatter("%(message)s").format(record)
        assert "Dupont" not in line
        assert "ValueError" in line

    def test_an_exception_keeps_its_place_and_loses_its_words(self, tmp_path: Path) -> None:
        target = logs.start(tmp_path)
        try:
            raise ValueError("Madame Dupont habite au 12 rue des Lilas")
        except ValueError:
            logging.getLogger("replique.test").exception("item:%d", 7)
        logs.stop(target)
        written = (tmp_path / "replique.log").read_text(encoding="utf-8")
        assert "item:7" in written
        assert "ValueError" in written
        assert "unit/test_base.py:" in written
        assert "Dupont" not in written
        assert str(Path(__file__).parent.parent) not in written

    def test_a_line_begins_with_its_date_at_any_hour(self, tmp_path: Path) -> None:
        record = logging.LogRecord("replique.test", logging.INFO, __file__, 1, "item:%d", (7,), None)
        for hour in range(24):
            record.created = datetime(2026, 11, 21, hour, 26, 13).timestamp()
            line = logs.RedactingFormatter("%(message)s").format(record)
            assert line.startswith(f"2026-11-21 {hour:02}:26:13"), line

    def test_a_folder_that_cannot_be_written_is_no_error(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        assert logs.start(tmp_path / "file" / "logs") is None


class TestTranslations:
    @given(st.text(max_size=40), st.dictionaries(st.sampled_from(["name", "a"]), st.text(max_size=20)))
    def test_a_parameter_is_never_expanded(self, value: str, others: dict[str, str]) -> None:
        assert fill("[{name}]", {**others, "name": value}) == f"[{value}]"

    def test_an_unknown_parameter_stays_written(self) -> None:
        assert fill("{a} {b}", {"a": "{b}"}) == "{b} {b}"

    @pytest.mark.parametrize(
        ("t", "count", "expected"),
        [(FR, 0, "0 élément exporté."), (FR, 1, "1 élément exporté."), (FR, 2, "2 éléments exportés."),
         (EN, 0, "0 items exported."), (EN, 1, "1 item exported."), (EN, 2, "2 items exported.")],
    )  # fmt: skip
    def test_plurals_follow_the_language(self, t: Translator, count: int, expected: str) -> None:
        assert t("cli.export.done", count=count) == expected

    def test_numbers_follow_the_language(self) -> None:
        assert (FR.number(12500), EN.number(12500)) == ("12\u202f500", "12,500")
        assert (FR.number(1234.5), EN.number(1234.5)) == ("1\u202f234,5", "1,234.5")

    def test_a_wording_inside_another_speaks_the_same_language(self) -> None:
        told = Wording("cli.warning", {"what": (Wording("status.approved"), Wording("status.draft"))})
        assert FR.wording(told) == "Attention\u00a0: approuvé, brouillon"
        assert EN.wording(told) == "Warning: approved, draft"

    @pytest.mark.parametrize(
        ("asked", "setting", "environment", "expected"),
        [
            ("en", "fr", "fr_FR.UTF-8", "en"),
            (None, "en", "fr_FR.UTF-8", "en"),
            (None, None, "en_GB.UTF-8", "en"),
            (None, None, "fr_CA.UTF-8", "fr"),
            (None, None, "C.UTF-8", "fr"),
            (None, None, "de_DE.UTF-8", "fr"),
            ("xx", None, "en_US", "en"),
        ],
    )
    def test_the_language_is_chosen(
        self, monkeypatch: pytest.MonkeyPatch, asked: str, setting: str, environment: str, expected: str
    ) -> None:
        monkeypatch.setenv("LC_ALL", environment)
        assert choose_language(asked, setting) == expected

    def test_an_error_is_a_sentence(self) -> None:
        assert "12" in FR.error(UserError("item.unknown", id=12))


class TestRegistry:
    def package(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, **files: str) -> str:
        name = f"plugins_{tmp_path.name}"
        folder = tmp_path / name
        folder.mkdir()
        (folder / "__init__.py").touch()
        for file, content in files.items():
            (folder / f"{file}.py").write_text(content)
        monkeypatch.syspath_prepend(tmp_path)
        return name

    def test_one_file_is_one_plugin(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        name = self.package(tmp_path, monkeypatch, b='NAME = "two"', a='NAME = "one"', _c="1/0")
        found = registry.discover(name)
        assert list(found) == ["one", "two"]
        assert isinstance(found["one"], ModuleType)

    @pytest.mark.parametrize(
        ("files", "kind"),
        [
            ({}, "registry.empty"),
            ({"a": "x = 1"}, "registry.unnamed"),
            ({"a": 'NAME = "x"', "b": 'NAME = "x"'}, "registry.duplicate"),
        ],
    )
    def test_anything_odd_is_loud(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], kind: str
    ) -> None:
        with pytest.raises(Bug) as caught:
            registry.discover(self.package(tmp_path, monkeypatch, **files))
        assert caught.value.kind == kind

    def test_a_plugin_that_cannot_be_imported_is_never_skipped(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        name = self.package(tmp_path, monkeypatch, a="import nothing_of_that_name")
        with pytest.raises(ImportError):
            registry.discover(name)


def test_the_variable_of_a_secret_is_plain() -> None:
    assert environment_name("provider:mistral-eu") == "REPLIQUE_SECRET_PROVIDER_MISTRAL_EU"


def test_an_error_never_prints_more_than_its_parameters() -> None:
    assert json.loads(json.dumps(str(RepliqueError("x.y", a=1)))) == "x.y(a=1)"
