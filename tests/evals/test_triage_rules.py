"""How right the language and the flags of triage are on texts labelled by hand; figures are printed, floors hold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from copilot.intelligence.combined import CombinedTriage
from copilot.intelligence.triage import Asked, RuleTriage
from copilot.text.language import detect
from scripts.bench_triage import grave_found, spam_f1

DATA = Path(__file__).parents[1] / "data" / "evals"
SHARED = Path(__file__).parents[3] / "shared" / "datasets"
EXEMPLARS = Path(__file__).parents[2] / "assets" / "intelligence"
RULES = RuleTriage(screen=False)

Row = tuple[str, str]


def rows(path: Path) -> list[Row]:
    if not path.is_file():
        pytest.skip(f"{path.name} is not on this machine")
    told = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [(one["text"], one["label"]) for one in told]


def right(told: Sequence[Row]) -> float:
    return sum(detect(text) == label for text, label in told) / len(told)


def test_short_texts(capsys: pytest.CaptureFixture[str]) -> None:
    told = rows(DATA / "short_language.jsonl")
    share = right(told)
    with capsys.disabled():
        print(f"\nlanguage, {len(told)} short texts: {share:.1%}")
    assert share >= 0.94


@pytest.mark.parametrize(("words", "floor"), [(0, 0.97), (4, 0.94)])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_comments_of_customers(language: str, words: int, floor: float, capsys: pytest.CaptureFixture[str]) -> None:
    texts = [text.split() for text, _ in rows(EXEMPLARS / f"exemplars.{language}.jsonl")]
    told = [(" ".join(text[: words or None]), language) for text in texts if len(text) >= max(words, 3)]
    share = right(told)
    with capsys.disabled():
        print(f"\nlanguage {language}, {words or 'all'} words, {len(told)} comments: {share:.1%}")
    assert share >= floor


def test_short_texts_inherit_the_language_of_their_thread() -> None:
    told = rows(DATA / "short_language.jsonl")
    assert sum(detect(text, hint=label) == label for text, label in told) / len(told) >= 0.98


def test_spam_of_comments_under_videos(capsys: pytest.CaptureFixture[str]) -> None:
    told = rows(SHARED / "spam_youtube_en.jsonl")
    read = RULES.triage_batch([Asked(text) for text, _ in told])
    found = [one.intent.value == "spam" for one in read]
    truth = [label == "spam" for _, label in told]
    both = sum(one and other for one, other in zip(found, truth, strict=True))
    f1 = 2 * both / (sum(found) + sum(truth))
    with capsys.disabled():
        print(f"\nspam, seen in training (see scripts/train_toxicity.py for held out): F1 {f1:.3f}")
    assert f1 >= 0.92


def test_insults_are_flagged_and_ordinary_complaints_are_not(capsys: pytest.CaptureFixture[str]) -> None:
    told = rows(DATA / "inbox" / "ordinary_complaints.jsonl")
    read = RULES.triage_batch([Asked(text) for text, _ in told])
    pairs = [(label, one.explicit_toxic, one.explicit_toxic or one.possibly_hateful)
             for one, (_, label) in zip(read, told, strict=True)]  # fmt: skip
    wrong = [either for label, _, either in pairs if label == "ordinary"]
    caught = [explicit for label, explicit, _ in pairs if label == "explicit"]
    with capsys.disabled():
        print(f"\nflagged: {sum(wrong)} of {len(wrong)} ordinary complaints, {sum(caught)} of {len(caught)} insults")
    assert sum(wrong) <= 0.02 * len(wrong)
    assert sum(caught) >= 0.9 * len(caught)


@pytest.mark.parametrize(
    ("name", "by_rules", "by_words"), [("dev", 0.8, 0.92), ("heldout", 0.84, 0.92), ("fresh", 0.5, 0.8)]
)
def test_spam_and_ordinary_comments_of_many_sectors(
    name: str, by_rules: float, by_words: float, capsys: pytest.CaptureFixture[str]
) -> None:
    """``heldout`` was written before the rules that read it, ``fresh`` after them; both were seen since."""
    told = rows(DATA / "inbox" / f"spam.{name}.jsonl")
    asked = [Asked(text) for text, _ in told]
    for way, triage, least in (("rules", RULES, by_rules), ("words", CombinedTriage(), by_words)):
        read = [one.intent.value for one in triage.triage_batch(asked)]
        precision, recall, f1 = spam_f1(read, told)
        with capsys.disabled():
            print(f"\nspam, {name}, by {way}: F1 {f1:.3f} precision {precision:.2f} recall {recall:.2f}")
        assert f1 >= least, way


@pytest.mark.parametrize(
    ("name", "reproaches"), [("dev", 0.9), ("dev2", 0.85), ("own", 0.85), ("heldout", 0.85), ("fresh", 0.85)]
)
def test_praise_that_is_a_reproach(name: str, reproaches: float, capsys: pytest.CaptureFixture[str]) -> None:
    told = rows(DATA / "inbox" / f"irony.{name}.jsonl")
    read = [one.intent.value for one in CombinedTriage().triage_batch([Asked(text) for text, _ in told])]
    ironic = [one == "complaint" for one, (_, label) in zip(read, told, strict=True) if label == "complaint"]
    sincere = [one == "praise" for one, (_, label) in zip(read, told, strict=True) if label == "praise"]
    with capsys.disabled():
        print(f"\nirony, {name}: {sum(ironic)} of {len(ironic)}; sincere praise: {sum(sincere)} of {len(sincere)}")
    assert sum(ironic) >= reproaches * len(ironic)
    assert sum(sincere) >= 0.7 * len(sincere)


def test_angry_customers_and_trolls(capsys: pytest.CaptureFixture[str]) -> None:
    told = rows(DATA / "inbox" / "angry.dev.jsonl")
    read = [one.intent.value for one in CombinedTriage().triage_batch([Asked(text) for text, _ in told])]
    angry = [one in ("complaint", "crisis_signal") for one, (_, label) in zip(read, told, strict=True)
             if label == "complaint"]  # fmt: skip
    trolls = [one == "troll" for one, (_, label) in zip(read, told, strict=True) if label == "troll"]
    with capsys.disabled():
        print(f"\nangry customers {sum(angry)} of {len(angry)}, trolls {sum(trolls)} of {len(trolls)}")
    assert sum(angry) >= 0.9 * len(angry)
    assert sum(trolls) >= 0.8 * len(trolls)


@pytest.mark.parametrize("name", ["tune", "heldout"])
def test_what_is_grave_and_what_only_looks_so(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    for way, triage, least in (("rules", RULES, 0.85), ("words", CombinedTriage(), 0.85)):
        found, trolls = grave_found(name, triage)
        right, of = (sum(column) for column in zip(*found.values(), strict=True))
        with capsys.disabled():
            print(f"\ngrave and look-alikes, {name}, by {way}: {right} of {of}; {found}; trolls {trolls}")
        assert right >= least * of, way
        assert found["hate"][0] >= 0.9 * found["hate"][1], way
        assert found["distress"][0] >= 0.9 * found["distress"][1], way
        assert trolls <= 1, way
