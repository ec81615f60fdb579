"""The rules about how a text is typed: what they weigh, what they leave alone, that the playbook keeps them."""

from __future__ import annotations

import time
from datetime import date

import pytest

from copilot import networks
from copilot.checks import Context, Draft, fixed, rules
from copilot.domain.brand import Brand, EmojiPolicy, HouseStyle, Typography, VoiceProfile
from copilot.domain.conversation import Intent
from copilot.domain.finding import Finding, Severity
from copilot.playbook.posts import compose_posts
from copilot.playbook.replies import propose_reply
from copilot.text.facts import find_facts
from copilot.text.measure import measure
from tests.unit.posts_briefs import BRIEFS, Case
from tests.unit.replies_table import MESSAGES, TODAY, triaged

TYPING = (
    *("typography", "spacing", "line_breaks", "missing_space_link", "dead_link", "mention_syntax"),
    *("decorative_letters", "invisible_characters", "forbidden_character"),
)
NOBODY = Context(None, (), (), date(2026, 11, 21))


def draft(text: str, network: str = "facebook_page", language: str = "fr", part: str = "post", **more: object) -> Draft:
    return Draft(text=text, network=networks.get(network), language=language, part=part, **more)  # type: ignore[arg-type]  # fields of any type


def found(one: Draft, *names: str, context: Context = NOBODY) -> list[Finding]:
    return [finding for name in names or TYPING for finding in rules()[name](one, context)]


PLAIN = [
    ("Bonjour ! Qu'en dites-vous ? L'atelier ouvre à 10 h : « venez » !", "fr"),
    ("Merci pour votre message ! On vous attend de 9h à 12h30, tarif : 12 €...", "fr"),
    ("It's open! Don't wait: \"come in\" at 10:30 :)", "en"),
]


@pytest.mark.parametrize(("text", "language"), PLAIN)
@pytest.mark.parametrize("network", networks.load())
def test_a_text_plainly_typed_is_only_advised(text: str, language: str, network: str) -> None:
    assert {finding.severity for finding in found(draft(text, network, language))} <= {Severity.ADVISES}
    assert all(finding.automatic for finding in found(draft(text, network, language), "typography"))


def test_a_place_is_pointed_at_with_its_fix() -> None:
    text = "Bonjour ! L'Etat."
    shown = [(text[one.start : one.end], one.fix) for one in found(draft(text), "typography")]
    assert shown == [(" ", "\u202f"), ("'", "’"), ("E", "É")]


def test_fixes_that_would_not_fit_are_said_and_left() -> None:
    text = "é" * 257 + " Oui! Non! Bien..."
    tight = draft(text, "x", hashtags=("ab",))
    assert measure(tight.whole, tight.network).fits
    by_key = {finding.wording.key: finding.automatic for finding in found(tight, "typography")}
    assert by_key == {"check.typography.no_room": False, "check.typography.ellipsis": True}
    settled = fixed(tight, NOBODY)
    assert measure(settled.whole, settled.network).fits
    assert settled.text.endswith("Bien…")
    roomy = draft(text, "facebook_page", hashtags=("ab",))
    assert all(finding.automatic for finding in found(roomy, "typography"))


def test_a_long_text_is_mended_at_once() -> None:
    long = draft("L'été ! " * 2_000)
    assert len(found(long, "typography")) <= 201
    assert fixed(long, NOBODY).text == ("L’été\u202f! " * 2_000).rstrip()


@pytest.mark.parametrize(
    ("text", "network", "severity"),
    [
        ("C’est le prix.La suite.", "x", Severity.WARNS),
        ("C’est le prix.La suite.", "mastodon", Severity.ADVISES),
        ("C’est le prix.Merci.", "x", None),
        ("Voir prix.la et amazon.de, impots.gouv.fr, Booking.Com", "x", None),
        ("C’est sur https://prix.La/x", "x", None),
    ],
)
def test_missing_space_that_makes_a_link(text: str, network: str, severity: Severity | None) -> None:
    findings = found(draft(text, network), "missing_space_link")
    assert [one.severity for one in findings] == ([severity] if severity else [])
    assert all(fixed(draft(text, network), NOBODY).text == "C’est le prix. La suite." for _ in findings)


@pytest.mark.parametrize(
    ("text", "network", "warned"),
    [
        ("Merci @musee@social.exemple.fr", "bluesky", True),
        ("Merci @musee@social.exemple.fr", "mastodon", False),
        ("Merci @velo.bsky.social", "threads", True),
        ("Merci @velo.officiel", "instagram", False),
        ("Merci u/velo_lyon", "reddit", False),
        ("Merci /u/velo_lyon", "telegram", True),
        ("<@!123> et <@&456>", "discord", False),
        ("<@!123>", "telegram", True),
        ("velo@exemple.fr", "x", False),
        ("Un menu/une carte, et/ou u/", "x", False),
    ],
)
def test_mentions_of_another_network(text: str, network: str, warned: bool) -> None:
    assert [one.severity for one in found(draft(text, network), "mention_syntax")] == [Severity.WARNS] * warned


def test_the_brands_own_account_is_its_own_affair() -> None:
    brand = Brand("b", "B", accounts={"linkedin": "@atelier"})
    context = Context(brand, (), (), date(2026, 11, 21))
    assert found(draft("Avec @atelier", "linkedin"), "mention_syntax", context=context) == []
    assert found(draft("Avec @voisin", "linkedin"), "mention_syntax", context=context)


def test_decorated_letters_are_written_plainly() -> None:
    text = "𝗦𝗼𝗹𝗱𝗲𝘀 𝗱’𝗵𝗶𝘃𝗲𝗿, ᴀᴛᴇʟɪᴇʀ, Ⓥⓔⓛⓞ, Ｐｒｉｘ, v\u0336e\u0336l\u0336o\u0336"
    assert fixed(draft(text), NOBODY).text == "Soldes d’hiver, atelier, Velo, Prix, velo"


def test_what_is_invisible_goes_and_emoji_stay() -> None:
    text = "Bon\u200bjour\u00ad \u202eà\u202c tous 👩🏽\u200d🚀 ❤️ 🏳️\u200d🌈\ufeff"
    assert fixed(draft(text), NOBODY).text == "Bonjour à tous 👩🏽\u200d🚀 ❤️ 🏳️\u200d🌈"


def test_spaces_and_signs_are_mended_together() -> None:
    text = "Bonjour  ,merci  !Nous ouvrons   demain . \n\n\n\n\nÀ bientôt"
    mended = fixed(draft(text), NOBODY).text
    assert mended == "Bonjour, merci\u202f! Nous ouvrons demain.\n\n\nÀ bientôt"
    assert fixed(draft(text, "bluesky"), NOBODY).text == mended.replace("\n\n\n", "\n\n")


@pytest.mark.parametrize("style", Typography)
@pytest.mark.parametrize("case", BRIEFS.values(), ids=BRIEFS.keys())
def test_the_playbooks_posts_need_no_mending(case: Case, style: Typography) -> None:
    brand = Brand("b", "Maison Ormeau", voice=VoiceProfile(emoji=EmojiPolicy.FREE), style=HouseStyle(typography=style))
    context = Context(brand, (), (), date(2026, 11, 21))
    facts = find_facts(case.text, case.language)
    for network in ("x", "threads", "linkedin", "youtube", "wordpress"):
        target = networks.get(network)
        posts = compose_posts(
            case.text, facts=facts, hashtags=(), brand=brand, network=target, language=case.language, variants=2
        )
        for post in posts:
            assert found(draft(post.text, network, case.language), *TYPING, context=context) == []


@pytest.mark.parametrize("style", Typography)
@pytest.mark.parametrize("network", ["x", "facebook_page", "threads"])
def test_the_playbooks_replies_need_no_mending(network: str, style: Typography) -> None:
    brand = Brand("b", "Maison Ormeau", style=HouseStyle(typography=style))
    context = Context(brand, (), (), date(2026, 11, 21))
    for message, language, intent, topics in MESSAGES:
        reply = propose_reply(
            message, triaged(intent, *topics), brand=brand, language=language, network=network, today=TODAY
        )
        if reply.text:
            assert found(draft(reply.text, network, language, "reply"), *TYPING, context=context) == []


def test_a_reply_is_not_said_again_where_spaces_are_changed() -> None:
    brand = Brand("b", "Maison Ormeau", style=HouseStyle(typography=Typography.QUEBEC))
    recent: list[str] = []
    for _ in range(4):
        reply = propose_reply(
            "Bravo, superbe boutique !",
            triaged(Intent.PRAISE),
            brand=brand,
            language="fr",
            network="x",
            today=TODAY,
            avoid=recent,
        )
        assert reply.text is not None
        recent.append(reply.text)
    assert len(set(recent)) == 4


HOSTILE = {
    "spaces": " ",
    "spaced words": "a  ",
    "stops": "a .",
    "commas": "ab,",
    "breaks": "\n",
    "blank lines": "\n \n",
    "broken lines": "a \r\n",
    "joiners": "a\u200d",
    "marks": "e\u0301\u0302",
    "barred": "a\u0336",
    "mathematics": "𝗮 ",
    "tags": "\U0001f3f4\U000e0067",
    "loose tags": "\U000e0067",
    "directions": "\u202e",
    "surrogates": "\ud83d",
    "nul": "\0",
    "right to left": "\u200fש",
    "mentions": "@a",
    "dotted mentions": "@a.b",
    "servers": "@a@b.c ",
    "brackets": "@[",
    "redditors": "u/abc ",
    "stuck": "prix.La ",
    "dotted": "a.b-c.",
    "one word": "a",
    "brackets and spaces": "( ",
    "links": "https://a.fr ",
    "angles": "<@1",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize("network", ["x", "instagram"])
def test_time_is_linear(piece: str, network: str) -> None:
    small, large = (draft(piece * (size // len(piece)), network) for size in (15_000, 120_000))
    for name in TYPING[1:]:
        first = min(_seconds(small, name) for _ in range(3))
        second = min(_seconds(large, name) for _ in range(2))
        # Eight times the text: a quadratic way takes 64 times as long.
        assert second < 28 * first + 0.05, name


def _seconds(one: Draft, name: str) -> float:
    started = time.process_time()
    found(one, name)
    return time.process_time() - started
