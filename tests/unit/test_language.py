"""Language of short comments: small words first, the statistical identifier when they do not settle it."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.text.language import CANDIDATES, _identifier, counted, detect, told

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
    assert _identifier().chances(text, languages) == pytest.approx(dict(py3langid(languages).rank(text)), abs=1e-6)


@settings(deadline=None)  # the first text loads the identifier
@given(st.text(max_size=120))
def test_any_text_gets_a_code(text: str) -> None:
    assert detect(text) in {*CANDIDATES, "und"}


@given(st.text(max_size=120), st.sampled_from([None, "fr", "en"]))
@settings(deadline=None)
def test_what_is_counted_piece_by_piece_tells_the_same(text: str, hint: str | None) -> None:
    pieces = text.split(" ")
    assert told(sum(map(counted, pieces)), text, hint) == detect(text, hint=hint)
