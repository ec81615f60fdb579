"""Rules, meaning and words together: what decides, what is never made light of, what a correction changes."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from copilot.cache import kept_arrays
from copilot.domain.conversation import Author, Decider, Intent, Message, Urgency
from copilot.intelligence import combined
from copilot.intelligence.combined import Asked, CombinedTriage, Learnt, Lesson, Stopped, asked_of, words_model
from copilot.intelligence.semantic import exemplars
from copilot.intelligence.semantic.embedder import Embedder
from copilot.intelligence.semantic.learning import INTENTS, WordsModel
from copilot.intelligence.triage import RuleTriage
from copilot.paths import assets_dir, cache_dir
from copilot.text.sameness import normalised
from scripts.bench_inbox import FOLDER, HANDWRITTEN, labelled
from tests.semantic_model import tiny_model


@pytest.fixture(scope="module")
def words() -> CombinedTriage:
    return CombinedTriage()


@pytest.fixture(scope="module")
def meaning(tmp_path_factory: pytest.TempPathFactory) -> CombinedTriage:
    place = tiny_model(tmp_path_factory.mktemp("models") / "1")
    return CombinedTriage(Learnt(embedder=Embedder(place, threads=1)))


def test_without_a_model_the_words_decide_and_it_is_said(words: CombinedTriage) -> None:
    told = words.triage("Bonjour, à quelle heure ouvrez-vous dimanche ?")
    assert (told.intent, told.decided_by) == (Intent.QUESTION, Decider.WORDS)
    assert told.confidence is not None
    assert told.confidence > 0.5
    assert told.why[0].key == "triage.why.wording"
    assert not words.by_meaning


@pytest.mark.parametrize("intent", [Intent.SPAM, Intent.DISTRESS])
def test_what_weighs_without_one_word_for_it_is_for_a_person_to_look_at(words: CombinedTriage, intent: Intent) -> None:
    taught = words.teach([Lesson("Le flimbo rose du quai nord revient lundi", intent)] * 2)
    told = taught.triage("Le flimbo rose du quai nord")
    assert (told.intent, told.unsure) == (intent, True)
    assert told.urgency is (Urgency.P1 if intent is Intent.DISTRESS else Urgency.P3)


def test_what_a_moderator_said_of_the_same_text_needs_no_other_sign(words: CombinedTriage) -> None:
    taught = words.teach([Lesson("Le flimbo rose du quai nord revient lundi", Intent.SPAM)])
    told = taught.triage("le flimbo rose du quai nord revient lundi !")
    assert (told.intent, told.unsure, told.urgency) == (Intent.SPAM, False, Urgency.P4)


def test_what_a_moderator_said_of_the_same_text_wins_over_prudence(words: CombinedTriage) -> None:
    raid = "BOYCOTT de cette marque, honte à vous !"
    assert words.triage(raid).urgency is Urgency.P0
    taught = words.teach([Lesson(raid, Intent.TROLL)])
    told = taught.triage("Boycott de cette marque, honte à vous")
    assert (told.intent, told.urgency, told.unsure) == (Intent.TROLL, Urgency.P4, False)
    assert told.why[0].key == "triage.why.said"
    assert taught.triage("Boycott de ce magasin, honte à eux").urgency is Urgency.P0
    threat = "Je vais te tuer, je sais où tu habites"
    assert words.teach([Lesson(threat, Intent.TROLL)]).triage(threat).urgency is Urgency.P0
    short = words.teach([Lesson("Boycott !", Intent.TROLL)])
    assert short.triage("boycott").urgency is Urgency.P0


def test_with_a_model_the_meaning_decides_and_it_is_said(meaning: CombinedTriage) -> None:
    told = meaning.triage("Bonjour, à quelle heure ouvrez-vous dimanche ?")
    assert told.decided_by is Decider.SEMANTIC
    assert told.why[0].key == "triage.why.meaning"
    assert told.confidence is not None
    assert 0 < told.confidence <= 1


def test_a_batch_says_what_each_text_alone_does(words: CombinedTriage) -> None:
    texts = ["Merci à toute l’équipe !", "Where is my order? Three weeks late.", ""]
    assert words.triage_batch([Asked(text) for text in texts]) == [words.triage(text) for text in texts]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("مرحبا، متى يصل طلبي من فضلك؟", id="another script"),
    ],
)
def test_what_the_model_cannot_read_is_left_to_the_rules(text: str, words: CombinedTriage) -> None:
    told = words.triage(text)
    assert (told.decided_by, told.confidence) == (Decider.RULES, None)
    assert told.unsure is bool(text)


GRAVE = [
    "Le frein a lâché dans une descente, mon fils est à l’hôpital",
    "J’ai plus envie de vivre, personne ne m’aide",
    "There was glass in the baby food, my daughter is bleeding",
]


@pytest.mark.parametrize("text", GRAVE)
def test_what_the_rules_find_grave_keeps_its_urgency_and_any_doubt_is_told(text: str) -> None:
    rules = RuleTriage().triage(text)
    assert rules.urgency is Urgency.P0
    # Taught, a hundred times over, that such a text is nothing.
    lessons = [Lesson(f"{text} {n}", Intent.TROLL) for n in range(100)]
    told = CombinedTriage(lessons=lessons).triage(text)
    assert told.urgency is Urgency.P0
    if told.intent is not rules.intent:
        assert told.unsure
        assert "triage.why.rules_differ" in {why.key for why in told.why}


def test_a_doubt_about_something_grave_leaves_it_grave() -> None:
    text = GRAVE[0]
    lessons = [Lesson(f"{text} {n}", Intent.TROLL) for n in range(2)]
    told = CombinedTriage(lessons=lessons).triage(text)
    assert told.intent is Intent.CRISIS_SIGNAL
    assert told.urgency is Urgency.P0


def test_a_correction_teaches_the_like(words: CombinedTriage) -> None:
    text = "Le Zoulou 3000 fait un drôle de zoum zoum"
    taught = words.teach([Lesson(f"{text} {more}", Intent.SUGGESTION) for more in ("hier", "encore", "le soir")])
    before, after = words.triage(f"{text} ce matin"), taught.triage(f"{text} ce matin")
    assert before.intent is not Intent.SUGGESTION
    assert after.intent is Intent.SUGGESTION
    assert taught.without(f"{text} HIER !").triage(text).confidence != after.confidence


def test_a_correction_whose_text_was_forgotten_still_teaches_by_its_vector(meaning: CombinedTriage) -> None:
    embedder = meaning._learnt.embedder
    assert embedder is not None
    (vector,) = embedder.embed(["zoum zoum"]).astype("<f2")
    taught = meaning.teach([Lesson("", Intent.SPAM, vector.tobytes())] * 40)
    before, after = (one.triage("zoum zoum") for one in (meaning, taught))
    assert before.intent is not Intent.SPAM or (after.confidence or 0) > (before.confidence or 0)
    assert after.intent is Intent.SPAM


def test_a_stored_vector_is_used_as_it_is(meaning: CombinedTriage) -> None:
    embedder = meaning._learnt.embedder
    assert embedder is not None
    (vector,) = embedder.embed(["Bonjour"]).astype("<f2")
    with_it = meaning.triage_batch([Asked("Bonjour", vector=vector.tobytes())])[0]
    assert with_it.intent is meaning.triage("Bonjour").intent


def test_it_stops_between_messages(words: CombinedTriage) -> None:
    stop = Event()
    stop.set()
    with pytest.raises(Stopped):
        words.triage_batch([Asked("Bonjour")], stop=stop)


@pytest.mark.parametrize(
    "text", ["x" * 200_000, "\ud800", "e\u0301" * 25_000, "\x00\x00", "🙂" * 5_000, "a\u202eb " * 10_000]
)
def test_no_text_is_too_much(text: str, meaning: CombinedTriage, words: CombinedTriage) -> None:
    for triage in (meaning, words):
        assert triage.triage(text).intent in set(Intent)


def test_a_message_is_asked_about_as_it_stands() -> None:
    message = Message(1, 1, 0, "a", None, Author("Léa"), "Bonjour")
    assert asked_of(message, "fr", b"v") == Asked("Bonjour", "Léa", None, "fr", b"v")


# -- the exemplars that ship ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_intent_has_exemplars_enough(language: str) -> None:
    path = assets_dir() / "intelligence" / f"exemplars.{language}.jsonl"
    counted = Counter(json.loads(line)["label"] for line in path.read_text(encoding="utf-8").splitlines())
    assert set(counted) == set(Intent)
    assert min(counted.values()) >= 60


def test_no_exemplar_stands_twice() -> None:
    counted = Counter(normalised(one.text) for one in exemplars.shipped())
    assert [text for text, count in counted.items() if count > 1] == []


@pytest.mark.parametrize(
    "path",
    [*FOLDER.glob("*.dev.jsonl"), *FOLDER.glob("*.heldout.jsonl"), *FOLDER.glob("*.fresh.jsonl"), HANDWRITTEN],
    ids=str,
)
def test_no_exemplar_is_in_a_set_that_measures(path: Path) -> None:
    if not path.is_file():
        pytest.skip(f"{path.name} is not on this machine")
    measured = {normalised(row.text) for row in labelled(path)}
    assert [one.text for one in exemplars.shipped() if normalised(one.text) in measured] == []


def test_the_vectors_of_the_exemplars_are_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    embedder = Embedder(tiny_model(tmp_path / "1"), threads=1)
    few = exemplars.shipped()[:20]
    monkeypatch.setattr(exemplars, "shipped", lambda: few)
    made = exemplars.vectors_of_shipped(embedder)
    (kept,) = embedder.place.glob("exemplars-*.npz")
    written = kept.stat().st_mtime_ns
    again = exemplars.vectors_of_shipped(Embedder(embedder.place, threads=1))
    assert abs(again - made).max() < 1e-3
    assert kept.stat().st_mtime_ns == written
    kept.write_bytes(b"PK\x03\x04 spoiled")
    assert abs(exemplars.vectors_of_shipped(embedder) - made).max() < 1e-6


def test_rules_that_were_sure_and_another_reading_that_hardly_is_leave_a_doubt(words: CombinedTriage) -> None:
    told = words.triage("sale chien")
    assert told.explicit_toxic
    assert told.unsure
    assert any(one.key == "triage.why.rules_differ" for one in told.why)


SOME = ("Toujours pas livré, c’est une honte", "Quels sont vos horaires le samedi ?", "Merci à toute l’équipe !")


def test_what_was_learnt_of_words_is_kept_for_the_next_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    learnt = Learnt().words().probabilities(SOME)
    [made] = cache_dir().glob("words-*.npz")
    monkeypatch.setenv("REPLIQUE_CACHE", str(tmp_path))
    kept = Path(shutil.copy(made, tmp_path))
    before = kept.stat().st_mtime_ns
    assert np.array_equal(Learnt().words().probabilities(SOME), learnt)
    assert kept.stat().st_mtime_ns == before, "it was read"
    for damaged in (b"", kept.read_bytes()[:5_000], b"not an archive"):
        kept.write_bytes(damaged)
        assert kept_arrays(kept) == {}
    with kept.open("wb") as file:
        np.savez(file, coefficients=np.ones((3, 2), np.float32))
    assert WordsModel.of_arrays(kept_arrays(kept)) is None, "what does not fit is learnt again"


def test_what_the_rules_say_of_the_exemplars_is_kept_until_the_rules_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPLIQUE_CACHE", str(tmp_path))
    said = Learnt().points()
    [kept] = tmp_path.glob("points-*.npz")
    before = kept.stat().st_mtime_ns
    assert np.array_equal(Learnt().points(), said)
    assert kept.stat().st_mtime_ns == before, "it was read"
    with kept.open("wb") as file:
        np.savez(file, points=said[:, 1:])
    assert np.array_equal(Learnt().points(), said), "what does not fit is made again"
    monkeypatch.setattr("copilot.intelligence.triage.__version__", "0.0.0")
    assert np.array_equal(Learnt().points(), said)
    assert [one != kept for one in tmp_path.glob("points-*.npz")] == [True], "what went before is let go"


def test_a_few_corrections_are_learnt_in_a_moment_nearly_as_if_all_were_learnt_anew() -> None:
    told = labelled(FOLDER / "intents.dev.jsonl")
    corrected = [Lesson(one.text, Intent(one.label)) for one in told[::15]]
    assert len(corrected) >= 10
    learnt = Learnt()
    soon, anew = learnt.words_with(corrected), words_model(corrected, learnt.words())
    theirs = [one.text for one in corrected]
    assert [INTENTS[at] for at in soon.probabilities(theirs).argmax(1)] == [one.intent for one in corrected]
    others = [one.text for place, one in enumerate(told) if place % 15]
    same = soon.probabilities(others).argmax(1) == anew.probabilities(others).argmax(1)
    assert same.mean() >= 0.95


def test_a_word_only_the_brand_has_is_learnt_too() -> None:
    lessons = [Lesson(f"mon Zirkoval {what}", Intent.COMPLAINT) for what in ("grince", "est tombé", "ne charge plus")]
    learnt, asked = Learnt(), ["Zirkoval"]
    before, after = (one.probabilities(asked)[0] for one in (learnt.words(), learnt.words_with(lessons)))
    assert after[INTENTS.index(Intent.COMPLAINT)] > before[INTENTS.index(Intent.COMPLAINT)] + 0.2


def test_many_corrections_are_learnt_anew_with_all_that_ships(monkeypatch: pytest.MonkeyPatch) -> None:
    lessons = [Lesson(f"le Zirkoval {what}", Intent.COMPLAINT) for what in ("grince", "est tombé", "ne charge plus")]
    learnt = Learnt()
    monkeypatch.setattr(combined, "FEW_LESSONS", 2)
    found, anew = learnt.words_with(lessons), words_model(lessons, learnt.words())
    assert np.array_equal(found.probabilities(SOME), anew.probabilities(SOME))


def test_what_is_kept_of_words_fits_or_is_not_used() -> None:
    lines = ["merci beaucoup", "merci bien", "pas livré", "toujours pas livré"]
    intents = [Intent.PRAISE, Intent.PRAISE, Intent.COMPLAINT, Intent.COMPLAINT]
    model = WordsModel.taught(lines, intents, np.ones(4, np.float32))
    arrays = model.arrays()
    again = WordsModel.of_arrays(arrays)
    assert again is not None
    assert np.array_equal(again.probabilities(lines), model.probabilities(lines))
    spoilt: list[dict[str, NDArray[Any]]] = [
        {"coefficients": arrays["coefficients"][1:]},
        {"coefficients": arrays["coefficients"] * np.float32("nan")},
        {"words_rarities": arrays["words_rarities"][1:]},
        {"known": arrays["known"][1:]},
        {"runs": np.frombuffer(b"\xff\xfe", np.uint8)},
    ]
    assert [WordsModel.of_arrays({**arrays, **one}) for one in spoilt] == [None] * len(spoilt)
