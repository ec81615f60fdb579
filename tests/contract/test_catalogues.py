"""Both catalogues are complete, agree on parameters, and every key the code names is in them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import polib
import pytest

from copilot.i18n import LANGUAGES, _catalogue, catalogue_file

ROOT = Path(__file__).resolve().parents[2]
KEY = re.compile(r"^(?:error|cli|check|status|action|intent|fact|unit|hashtag|triage|reply|post|ui)\.[a-z0-9_.-]+$")
ERRORS = {"UserError", "OutsideError", "UsageError", "Bug"}
#: Beginnings of keys that the code completes at run time.
FAMILIES = ("cli.metavar.", "status.", "action.", "intent.", "fact.", "unit.", "cli.settings.", "cli.audit.broken.")


def entries(language: str) -> dict[str, polib.POEntry]:
    found: dict[str, polib.POEntry] = {}
    for entry in polib.pofile(str(catalogue_file(language))):
        assert entry.msgid not in found, f"{entry.msgid} is twice in {language}"
        found[entry.msgid] = entry
    return found


ALL = {language: entries(language) for language in LANGUAGES}


def forms(entry: polib.POEntry) -> list[str]:
    return [entry.msgstr_plural[n] for n in sorted(entry.msgstr_plural)] if entry.msgid_plural else [entry.msgstr]


def fields(text: str) -> set[str]:
    return {name for _literal, name, _spec, _conversion in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_chooses_its_form_and_nobody_reads_both(language: str) -> None:
    lazy = [
        key for key, entry in ALL[language].items() if any("(s)" in form or "(es)" in form for form in forms(entry))
    ]
    assert not lazy


def is_key(text: str) -> bool:
    """True for a whole key: not a file name, not the name of a module, not the beginning of a family."""
    if not KEY.match(text) or text.endswith((".py", ".toml", ".md", ".")):
        return False
    place = ROOT.joinpath(*text.split("."))
    return not (place.is_dir() or place.with_suffix(".py").is_file())


def named_in_code() -> Iterator[tuple[str, str]]:
    """Every literal key of the code, with where it stands."""
    for path in sorted([*(ROOT / "copilot").rglob("*.py"), *(ROOT / "ui").rglob("*.py")]):
        kinds: set[int] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            where = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ERRORS and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    kinds.add(id(first))
                    yield f"error.{first.value}", where
            elif id(node) not in kinds and isinstance(node, ast.Constant) and is_key(str(node.value)):
                yield str(node.value), where


def test_the_languages_hold_the_same_keys() -> None:
    assert set(ALL["fr"]) ^ set(ALL["en"]) == set()


def test_every_key_the_code_names_is_there() -> None:
    missing = {key: where for key, where in named_in_code() if key not in ALL["fr"] and not key.startswith(FAMILIES)}
    # Some literals only look like keys; they are told apart by being used as a name of something else.
    assert missing == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_reading_of_a_catalogue_is_that_of_gettext_tools(language: str) -> None:
    """The window cannot wait for a whole PO library at its start: ours must agree with it on every sentence."""
    assert dict(_catalogue(language)) == {key: tuple(forms(entry)) for key, entry in ALL[language].items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty(language: str) -> None:
    assert [entry.msgid for entry in ALL[language].values() if not all(form.strip() for form in forms(entry))] == []


def test_both_languages_use_the_same_parameters() -> None:
    for key, french in ALL["fr"].items():
        english = ALL["en"][key]
        assert set().union(*map(fields, forms(french))) == set().union(*map(fields, forms(english))), key
        assert bool(french.msgid_plural) == bool(english.msgid_plural), key


#: What French typography wants before and inside: U+202F before ; ! ?, U+00A0 before : and inside « ».
WRONG = re.compile(r"[^\s\u202f\u00a0\d.…)»]?[ \w)][;!?](?=\s|$)| :(?=\s|$)|« | »|(?<=\w)'(?=\w)")


def test_french_typography_is_right() -> None:
    wrong = {}
    for key, entry in ALL["fr"].items():
        for form in forms(entry):
            plain = re.sub(r"https?://\S+|\{[^}]*\}", "x", form)
            if found := WRONG.search(plain):
                wrong[key] = found.group()
    assert wrong == {}
