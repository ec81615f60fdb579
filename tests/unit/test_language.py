"""Language of short comments: small words first, the statistical identifier when they do not settle it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.text import identifier
from copilot.text.identifier import identifier_of
from copilot.text.language import CANDIDATES, counted, detect, told

COMMENTS = [
    ("fr", "trop beau ce vélo"),
    ("fr", "quand est la prochaine vente"),
    ("fr", "@marie regarde ça 😍"),
    ("fr", "c'est honteux"),
    ("fr", "Toujours pas livré…"),
    ("fr", "hâte d’y être"),
    ("fr", "#CityBike j'adore https://the.example/and/with"),
    ("en", "when is the next drop"),
    ("en", "can't wait for Saturday"),
    ("en", "never buying again"),
    ("en", "@tom look at this"),
    ("en", "do you ship to Ireland?"),
    ("es", "me encanta este color"),
    ("es", "todavía no ha llegado"),
    ("de", "sehr schönes Rad"),
    ("de", "gibt es das in Blau"),
    ("it", "quanto costa questa bici"),
    ("pt", "quanto custa a bicicleta, por favor? não vejo o preço"),
    ("nl", "wanneer is deze fiets weer te koop"),
]


@pytest.mark.parametrize(("language", "text"), COMMENTS, ids=[text for _, text in COMMENTS])
def test_comment(language: str, text: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    "text", ["", "👍👍", "@anna", "#vélo", "https://exemple.fr/le/la/les", "ok", "Zephyr 500", "\ud800\x00"]
)
def test_nothing_to_tell(text: str) -> None:
    assert detect(text) == "und"
    assert detect(text, hint="fr") == "fr"


def test_only_the_candidates_come_out() -> None:
    assert detect("wann kommt mein Paket endlich an", candidates=("fr", "en")) in ("fr", "en")


def test_a_clear_text_loads_no_statistical_model() -> None:
    code = (
        "import sys; from copilot.text.language import detect;"
        "assert detect('Bonjour, quand est-ce que vous livrez la commande ?') == 'fr';"
        "assert detect('Hello, when do you ship the order please?') == 'en';"
        "sys.exit('py3langid' in sys.modules or 'numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


@cache
def py3langid(languages: tuple[str, ...]) -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(list(languages))
    return model


@pytest.mark.parametrize("languages", [CANDIDATES, ("fr", "en")])
@given(text=st.one_of(st.text(max_size=80), st.sampled_from([text for _, text in COMMENTS])))
@settings(deadline=None)
def test_the_identifier_gives_the_chances_of_its_model(languages: tuple[str, ...], text: str) -> None:
    text = text.lower()
    assert identifier_of(CANDIDATES).chances(text, languages) == pytest.approx(
        dict(py3langid(languages).rank(text)), abs=1e-6
    )


@pytest.fixture
def fresh_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache folder of the test's own, and an identifier that is loaded again."""
    monkeypatch.setenv("REPLIQUE_CACHE", str(tmp_path / "cache"))
    identifier._loaded.cache_clear()
    yield tmp_path / "cache"
    identifier._loaded.cache_clear()


HARD_TO_TELL = "vertrieb kundendienst paket angekommen"


def _chances_anew() -> dict[str, float]:
    identifier._loaded.cache_clear()
    return identifier_of(CANDIDATES).chances(HARD_TO_TELL, CANDIDATES)


def test_what_was_cut_once_is_kept_for_the_next_start(fresh_cache: Path) -> None:
    told = _chances_anew()
    [kept] = fresh_cache.iterdir()
    before = kept.stat().st_mtime_ns
    assert _chances_anew() == told
    assert [one.stat().st_mtime_ns for one in fresh_cache.iterdir()] == [before]


@pytest.mark.parametrize("damage", ["empty", "cut", "one byte", "not zip", "other numbers"])
def test_a_damaged_cache_is_made_again(fresh_cache: Path, damage: str) -> None:
    told = _chances_anew()
    [kept] = fresh_cache.iterdir()
    whole = kept.read_bytes()
    if damage == "other numbers":
        with np.load(kept) as tables:
            changed = {name: tables[name] for name in tables.files}
        np.savez(kept, **{**changed, "moves": changed["moves"] + 2**24})
    else:
        spoilt = {"empty": b"", "cut": whole[: len(whole) // 2], "not zip": b"x" * 100}
        middle = len(whole) // 2
        kept.write_bytes(spoilt.get(damage, whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]))
    assert _chances_anew() == told
    assert kept.read_bytes() == whole


def test_tables_of_an_older_version_go(fresh_cache: Path) -> None:
    fresh_cache.mkdir()
    (fresh_cache / "languages-0123456789abcdef.npz").write_bytes(b"old")
    (fresh_cache / "not-ours.npz").write_bytes(b"kept")
    _chances_anew()
    assert len(list(fresh_cache.glob("languages-*"))) == 1
    assert (fresh_cache / "not-ours.npz").exists()


def test_without_a_cache_folder_languages_are_told_all_the_same(fresh_cache: Path) -> None:
    fresh_cache.write_bytes(b"a file, where a folder should be")
    assert _chances_anew()["de"] > 0.5


@settings(deadline=None)  # the first text loads the identifier
@given(st.text(max_size=120))
def test_any_text_gets_a_code(text: str) -> None:
    assert detect(text) in {*CANDIDATES, "und"}


@given(st.text(max_size=120), st.sampled_from([None, "fr", "en"]))
@settings(deadline=None)
def test_what_is_counted_piece_by_piece_tells_the_same(text: str, hint: str | None) -> None:
    pieces = text.split(" ")
    assert told(sum(map(counted, pieces)), text, hint) == detect(text, hint=hint)
