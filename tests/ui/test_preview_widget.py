"""The preview writes links as the network does, says what is cut, and shows the thread of a text that is too long."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from copilot import networks
from copilot.domain.item import Item, ItemKind
from copilot.text.measure import measure
from ui.desk import Desk
from ui.widgets.counter import Counter
from ui.widgets.network_preview import NetworkPreview
from ui.widgets.post_view import PostView, post_view, shown_address

Settled = Callable[[Desk], None]
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
SENTENCE = "Notre atelier vous accueille du mardi au samedi, avec un essai gratuit. "


def tinted(view: PostView) -> list[str]:
    return [view.text[start:end] for start, end in view.tints]


@pytest.fixture
def preview(desk: Desk, qtbot: QtBot) -> NetworkPreview:
    made = NetworkPreview(desk)
    qtbot.addWidget(made)
    made.resize(420, 500)
    made.show()
    return made


@pytest.mark.parametrize(
    ("network", "shown"),
    [
        ("x", "exemple.fr/page/tres/longue…"),
        ("bluesky", "exemple.fr/page/tres/lo..."),
        ("mastodon", "exemple.fr/page/tres/longue/ad…"),
        ("linkedin", "https://exemple.fr/page/tres/longue/adresse-qui-continue"),
    ],
)
def test_an_address_is_written_as_the_network_writes_it(network: str, shown: str) -> None:
    view = post_view("Voir https://exemple.fr/page/tres/longue/adresse-qui-continue ici.", networks.get(network))
    assert tinted(view) == [shown]
    assert view.text == f"Voir {shown} ici."


def test_short_and_broken_addresses_are_left_as_they_are() -> None:
    assert shown_address("https://exemple.fr/", "bluesky") == "exemple.fr"
    assert shown_address("http://[", "bluesky") == "http://["
    assert shown_address("exemple.fr/a", "mastodon") == "exemple.fr/a"


def test_only_what_becomes_a_link_there_is_tinted() -> None:
    text = "Bonjour @aubrelle.bsky.social et @velo, voir exemple.fr #L’été #2026"
    assert tinted(post_view(text, networks.get("bluesky"))) == ["@aubrelle.bsky.social", "exemple.fr", "#L’été"]
    assert tinted(post_view(text, networks.get("mastodon"))) == ["@aubrelle.bsky.social", "@velo", "#L"]
    assert "exemple.fr" not in tinted(post_view(text, networks.get("instagram")))
    assert "#L" not in tinted(post_view(text, networks.get("discord")))


def test_mastodon_hides_the_server_of_a_mention_and_linkedin_its_identifier() -> None:
    assert post_view("Merci @velo@mastodon.social !", networks.get("mastodon")).text == "Merci @velo !"
    written = "Avec @[Cycles Aubrelle](urn:li:organization:1)."
    assert post_view(written, networks.get("linkedin")).text == "Avec Cycles Aubrelle."


def test_blank_lines_are_squeezed_where_the_network_does() -> None:
    assert post_view("Un\n\n\n \n\nDeux", networks.get("bluesky")).text == "Un\n\nDeux"
    assert post_view("Un\n\n\n\nDeux", networks.get("linkedin")).text == "Un\n\n\n\nDeux"


def test_what_the_network_refuses_is_struck_below_a_line(preview: NetworkPreview) -> None:
    text = SENTENCE * 5
    view = post_view(text, networks.get("x"))
    assert view.cut_at == measure(text, networks.get("x")).overflow_at == 280
    preview.show_post(networks.get("x"), "", text)
    kept, line, lost = preview.drawn.partition("\n— coupé ou refusé ici —\n")
    assert line
    assert kept + lost == text
    assert "Trop long pour X" in preview.notes
    preview.show_post(networks.get("x"), "", SENTENCE)
    assert preview.drawn == SENTENCE
    assert preview.notes == ""


def test_the_cut_follows_links_that_are_written_shorter() -> None:
    text = f"https://exemple.fr/{'a' * 100} {SENTENCE * 5}"
    view = post_view(text, networks.get("x"))
    over = measure(text, networks.get("x")).overflow_at
    assert view.cut_at is not None
    assert over is not None
    assert view.text[view.cut_at :] == text[over:]


def test_the_limit_of_the_account_holds() -> None:
    text = SENTENCE * 5
    premium = replace(measure(text, networks.get("x")), limit=25_000)
    assert post_view(text, networks.get("x"), measured=premium).cut_at is None


@pytest.mark.parametrize("network", ["x", "bluesky", "mastodon", "threads"])
def test_a_text_too_long_is_shown_as_a_thread_whose_parts_are_copied_in_turn(
    network: str, preview: NetworkPreview
) -> None:
    where = networks.get(network)
    preview.show_post(where, "", SENTENCE * 8)
    parts = preview.posts.texts
    assert len(parts) > 1
    assert all(measure(one, where).fits for one in parts)
    assert preview.posts.told.text() == f"En {len(parts)} publications"
    preview.posts.unroll.click()
    assert preview.posts.unrolled
    for number, part in enumerate(parts, 1):
        preview.posts.copy.click()
        assert QGuiApplication.clipboard().text() == part
        if number < len(parts):
            assert preview.posts.copy.text() == f"Copier la partie {number + 1} sur {len(parts)}"
    preview.show_post(where, "", SENTENCE)
    assert preview.posts.isHidden()
    assert preview.drawn == SENTENCE


def test_no_thread_is_proposed_where_there_is_none(preview: NetworkPreview) -> None:
    preview.show_post(networks.get("pinterest"), "", SENTENCE * 12)
    assert preview.posts.isHidden()
    assert "Trop long" in preview.notes


def test_a_long_text_is_looked_at_off_the_window_and_a_late_answer_is_dropped(
    desk: Desk, preview: NetworkPreview, settled: Settled
) -> None:
    where = networks.get("x")
    start = time.thread_time()
    preview.show_post(where, "", SENTENCE * 200)
    assert time.thread_time() - start < 0.5
    assert preview.posts.texts == ()
    preview.show_post(where, "", "Court.")
    settled(desk)
    assert preview.drawn == "Court."
    preview.show_post(where, "", SENTENCE * 200)
    settled(desk)
    assert len(preview.posts.texts) > 40


@pytest.mark.parametrize(
    "hostile",
    ["\ud800" * 10, "e" + "\u0301" * 50_000, "\u202e" * 400, "a" * 1_000_000, "http://[", "\x00", "\n" * 100_000,
     "\n \n" * 700, "@[" * 900, "#" * 1_900, "https://" * 240],
)  # fmt: skip
@pytest.mark.parametrize("network", ["x", "bluesky", "mastodon", "linkedin"])
def test_absurd_texts_neither_break_nor_hold_the_preview(
    hostile: str, network: str, desk: Desk, preview: NetworkPreview, settled: Settled
) -> None:
    start = time.thread_time()
    preview.show_post(networks.get(network), "", hostile)
    assert time.thread_time() - start < 2
    settled(desk)
    preview.grab()


def item(network: str, text: str, tags: tuple[str, ...] = ()) -> Item:
    from copilot.domain.post import Hashtag
    from copilot.domain.wording import Wording

    own = Wording("hashtag.reason.person")
    return Item(1, ItemKind.POST, network, "", "fr", text, tuple(Hashtag(one, own) for one in tags))


@pytest.fixture
def counter(desk: Desk, qtbot: QtBot) -> Counter:
    made = Counter(desk.t)
    qtbot.addWidget(made)
    return made


def test_the_counter_says_what_is_left_and_reads_well_aloud(counter: Counter) -> None:
    counter.show_measure(measure("Bonjour", networks.get("x")), item("x", "Bonjour"))
    assert counter.label.text() == "7 / 280 caractères, encore 273"
    assert counter.accessibleName() == "7 sur 280 caractères, il en reste 273"
    counter.show_measure(measure("a" * 300, networks.get("x")), item("x", "a" * 300))
    assert counter.label.text() == "300 / 280 caractères, 20 en trop"
    assert " / " not in counter.accessibleName()
    counter.show_measure(None)
    assert counter.label.text() == counter.accessibleName() == ""


def test_the_counter_says_how_links_and_escaped_signs_count(counter: Counter) -> None:
    for network, text, note in (
        ("x", "Voir exemple.fr", "Chaque lien compte 23."),
        ("x", "Rien", ""),
        ("mastodon", "Voir exemple.fr", ""),
        ("mastodon", "Voir https://exemple.fr", "Chaque lien compte 23."),
        ("linkedin", "Un (essai)", "Sur LinkedIn, les signes # @ ( ) [ ] * _ comptent double."),
        ("linkedin", "Rien", ""),
    ):
        counter.show_measure(measure(text, networks.get(network)), item(network, text))
        assert counter.note.text() == note


def test_a_limit_from_memory_is_to_be_confirmed_with_its_date(counter: Counter) -> None:
    counter.show_measure(measure("Bonjour", networks.get("discord")), item("discord", "Bonjour"))
    assert not counter.confirm.isHidden()
    assert counter.confirm.text() == "Limite à confirmer"
    assert "21 novembre 2026" in counter.confirm.accessibleDescription()
    counter.show_measure(measure("Bonjour", networks.get("x")), item("x", "Bonjour"))
    assert counter.confirm.isHidden()
