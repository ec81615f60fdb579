"""The outgoing package: bytes that never change for the same content, and always for another."""

from __future__ import annotations

import dataclasses
import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.domain.package import FORM, Package, normal
from copilot.errors import UserError

VECTORS = json.loads((Path(__file__).parent.parent / "data" / "packages.json").read_text(encoding="utf-8"))

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
PACKAGES = st.builds(
    Package,
    kind=st.sampled_from(["post", "reply"]),
    network=st.sampled_from(["x", "linkedin"]),
    account=TEXT,
    text=TEXT,
    hashtags=st.lists(TEXT, max_size=3).map(tuple),
    alt_texts=st.lists(TEXT, max_size=2).map(tuple),
    media=st.lists(st.sampled_from(["a" * 64, "B" * 64]), max_size=2).map(tuple),
    planned=st.sampled_from([None, "2027-03-03T10:30[Europe/Paris]"]),
    answers=st.sampled_from([None, "c" * 64]),
)


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])
def test_golden_vectors(vector: dict) -> None:
    fields = {name: tuple(value) if isinstance(value, list) else value for name, value in vector["package"].items()}
    package = Package(**fields)
    assert package.canonical_bytes.decode() == vector["bytes"]
    assert package.sha256 == vector["sha256"]


@given(PACKAGES)
def test_the_bytes_say_everything_and_nothing_twice(package: Package) -> None:
    told = json.loads(package.canonical_bytes.removeprefix(FORM))
    assert list(told) == ["kind", "network", "account", "text", "hashtags", "alts", "media", "planned", "answers"]
    assert told["text"] == normal(package.text)
    assert len(told["hashtags"]) == len(package.hashtags)


@given(PACKAGES, PACKAGES)
def test_packages_have_the_same_hash_only_when_they_send_the_same(one: Package, other: Package) -> None:
    def sent(package: Package) -> tuple[object, ...]:
        return (
            package.kind,
            package.network,
            normal(package.account),
            normal(package.text),
            tuple(map(normal, package.hashtags)),
            tuple(map(normal, package.alt_texts)),
            tuple(digest.lower() for digest in package.media),
            package.planned,
            package.answers,
        )

    assert (one.sha256 == other.sha256) == (sent(one) == sent(other))


@given(TEXT)
def test_composed_and_decomposed_texts_are_the_same_package(text: str) -> None:
    hashes = {Package("post", "x", "", unicodedata.normalize(form, text)).sha256 for form in ("NFC", "NFD")}
    assert len(hashes) == 1


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(Package)])
def test_every_field_changes_the_hash(field: str) -> None:
    base = Package("post", "x", "@a", "t", ("h",), ("alt",), ("a" * 64,), "2027-03-03T10:30[Europe/Paris]", "c" * 64)
    value = getattr(base, field)
    other = (*value, "z") if isinstance(value, tuple) else f"{value}z"
    assert dataclasses.replace(base, **{field: other}).sha256 != base.sha256


def test_a_tag_is_not_two_and_a_list_is_not_its_words() -> None:
    one = Package("post", "x", "", "t", ("ab",))
    assert one.sha256 != Package("post", "x", "", "t", ("a", "b")).sha256
    assert one.sha256 != Package("post", "x", "", "t", (), ("ab",)).sha256


def test_a_lone_surrogate_is_refused_with_its_place() -> None:
    with pytest.raises(UserError) as caught:
        _ = Package("post", "x", "", "ab\udc00").sha256
    assert (caught.value.kind, caught.value.params["position"]) == ("text.surrogate", 3)


def test_the_outgoing_text_ends_with_the_hashtags() -> None:
    assert Package("post", "x", "", "Bonjour\r\n", ("Vélo", "Ville")).outgoing_text == "Bonjour\n\n\n#Vélo #Ville"
    assert Package("post", "x", "", "Bonjour").outgoing_text == "Bonjour"
    assert Package("post", "x", "", "", ("Vélo",)).outgoing_text == "#Vélo"
