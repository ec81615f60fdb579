"""Posts without a model: true to the brief, within the limits, each built differently."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot import networks
from copilot.domain.brand import Address, Brand, EmojiPolicy, VoiceProfile
from copilot.domain.network import Network
from copilot.domain.post import Hashtag, PostProposal
from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.playbook.post_brief import public_units
from copilot.playbook.post_structures import STRUCTURES
from copilot.playbook.posts import compose_posts
from copilot.text.facts import find_facts
from copilot.text.measure import measure
from tests.unit.posts_briefs import BRIEFS, Case
from tests.work import growth

NETWORKS = tuple(networks.load())
NAMES = ("VéloDeVille", "FabriquéEnFrance", "Moulins", "Atelier", "Mobilité")
TAGS = tuple(Hashtag(tag, Wording("test")) for tag in NAMES)
EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")


def compose(
    text: str, network: str = "facebook_page", language: str = "fr", **options: object
) -> tuple[PostProposal, ...]:
    given_: dict[str, object] = {"hashtags": TAGS, "brand": None, **options}
    if "facts" not in given_:
        given_["facts"] = find_facts(text, language)
    return compose_posts(text, network=networks.get(network), language=language, **given_)


def brand(emoji: EmojiPolicy = EmojiPolicy.NONE, address: Address = Address.VOUS) -> Brand:
    return Brand("b", "Maison Ormeau", voice=VoiceProfile(emoji=emoji, address=address))


def outgoing(post: PostProposal) -> str:
    return "\n\n".join(part for part in (post.text, " ".join(f"#{one.tag}" for one in post.hashtags)) if part)


cases = pytest.mark.parametrize("case", BRIEFS.values(), ids=BRIEFS.keys())
every_network = pytest.mark.parametrize("network", NETWORKS)


@every_network
@cases
def test_posts_keep_every_promise(case: Case, network: str) -> None:
    posts = compose(case.text, network, case.language)
    assert len(posts) == 3
    assert len({post.structure for post in posts}) == 3
    assert len({post.text for post in posts}) == 3
    rules: Network = networks.get(network)
    for post in posts:
        assert post.text.strip()
        assert measure(outgoing(post), rules).fits, outgoing(post)
        check_figures_and_links(post.text, case.text)
        check_secrets(post.text, case.secret)
        check_typography(post.text, case.language)
        check_end(post.text)
        assert not EMOJI.search(post.text)


def check_figures_and_links(text: str, brief: str) -> None:
    for figure in re.findall(r"\d+", text):
        assert re.search(rf"(?<!\d){figure}(?!\d)", brief), figure
    for link in re.findall(r"https?://[^\s]+", text):
        assert link.rstrip(".,") in brief, link


def check_secrets(text: str, secrets: tuple[str, ...]) -> None:
    for secret in secrets:
        assert secret not in text, text


def check_typography(text: str, language: str) -> None:
    bare = re.sub(r"\S*(?:://|@)\S*", "lien", text)
    assert "  " not in bare
    assert "'" not in bare
    assert "..." not in bare
    if language == "fr":
        assert not re.search(r"[^\u202f\u00a0\W][!?;]", bare), bare
        assert not re.search(r"(?<![\u00a0])[:](?=\s)", bare), bare
        assert not re.search(r"\d[€%]", bare), bare
        assert not re.search(r"\d [€%]", bare), bare
        assert not re.search(r"\d ?h\d", bare), bare
    else:
        assert not re.search(r"\s[!?;:](?:\s|$)", bare), bare


def check_end(text: str) -> None:
    last = text.rstrip().split("\n")[-1]
    card_or_item = bool(re.match(r"[–-] |[^.]{1,60}\u00a0?: ", last))
    assert last[-1] in ".!?…»)" or card_or_item or ".example" in last, last


@pytest.mark.parametrize("network", ["instagram", "tiktok", "pinterest", "snapchat"])
@cases
def test_links_are_not_written_where_they_are_dead(case: Case, network: str) -> None:
    for post in compose(case.text, network, case.language):
        assert "://" not in post.text
        assert "www." not in post.text
        if network in ("instagram", "tiktok") and not re.search(r"https?://|www\.", case.text):
            assert "bio" not in post.text.split()


def test_a_link_is_named_on_instagram() -> None:
    text = "Notre marché ouvre samedi 4 avril à Lyon. Inscrivez-vous sur https://marche.example/stands."
    posts = compose(text, "instagram")
    assert all("Inscrivez-vous via le lien en bio." in post.text for post in posts)


def test_the_same_seed_gives_the_same_posts() -> None:
    text = BRIEFS["musée"].text
    assert compose(text, seed="a") == compose(text, seed="a")
    assert len({compose(text, seed=seed)[0].text for seed in "abcdefgh"}) > 1


@pytest.mark.parametrize("variants", [0, 1, 2, 3, 5, 50])
def test_as_many_variants_as_asked_and_possible(variants: int) -> None:
    posts = compose(BRIEFS["musée"].text, variants=variants)
    assert len(posts) == min(max(variants, 1), len(posts))
    assert len(posts) >= min(max(variants, 1), 3)
    assert {post.structure for post in posts} <= set(STRUCTURES)


EMPTY = {
    "nothing": "",
    "blank": " \n\t\n",
    "all internal": "Objectif : notoriété\nCible : les jeunes\n\n## Notes internes\nNe rien dire du prix.",
    "greeting and signature": "Bonjour Zoé,\n\nCordialement,\nPaul",
    "signs": "--- *** ???",
}


@pytest.mark.parametrize("text", EMPTY.values(), ids=EMPTY.keys())
def test_nothing_public_is_refused(text: str) -> None:
    with pytest.raises(UserError) as caught:
        compose(text)
    assert caught.value.kind == "posts.nothing_public"


def test_hashtags_follow_the_network() -> None:
    text = BRIEFS["musée"].text
    for network in NETWORKS:
        rules = networks.get(network).hashtags
        for post in compose(text, network):
            assert len(post.hashtags) <= (rules.advised[1] if rules.max is None else min(rules.max, rules.advised[1]))
            assert post.hashtags == TAGS[: len(post.hashtags)]
            assert "#" not in post.text


def test_sentences_go_before_hashtags_and_nothing_is_cut() -> None:
    rooms = ("un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit")
    sentences = [f"La salle numéro {room} accueille une exposition de photographies anciennes." for room in rooms]
    text = "Le musée rouvre le 3 mars 2027.\n\n" + " ".join(sentences) + "\n\nLien : https://musee.example/rouvre"
    for post in compose(text, "x"):
        assert post.hashtags
        for sentence in re.findall(r"La salle[^.\n]*", post.text):
            assert f"{sentence.strip()}." in sentences


def test_what_cannot_fit_is_returned_whole() -> None:
    text = "Le " + "très " * 120 + "long concert a lieu le 3 mars."
    (post,) = compose(text, "x", variants=1)
    assert "concert a lieu le 3 mars." in post.text
    assert post.hashtags == ()
    assert not measure(post.text, networks.get("x")).fits


def test_a_legal_notice_is_never_left_out() -> None:
    text = "Le millésime 2025 arrive le 3 mars.\nMention obligatoire : L'abus d'alcool est dangereux pour la santé."
    for network in NETWORKS:
        for post in compose(text, network):
            assert "L’abus d’alcool est dangereux pour la santé." in post.text


@pytest.mark.parametrize(
    ("policy", "network", "most"),
    [
        (EmojiPolicy.NONE, "instagram", 0),
        (EmojiPolicy.SPARING, "instagram", 2),
        (EmojiPolicy.SPARING, "linkedin", 0),
        (EmojiPolicy.FREE, "instagram", 6),
    ],
    ids=str,
)
def test_emoji_follow_the_brand(policy: EmojiPolicy, network: str, most: int) -> None:
    counts = [len(EMOJI.findall(post.text)) for post in compose(BRIEFS["musée"].text, network, brand=brand(policy))]
    assert max(counts) <= most
    assert (sum(counts) > 0) == (most > 0)


def test_a_brand_without_emoji_takes_out_those_of_the_brief() -> None:
    posts = compose("🎉 Le marché ouvre samedi 4 avril à Lyon ! 🥕", brand=brand())
    assert not any(EMOJI.search(post.text) for post in posts)


def test_tu_and_vous() -> None:
    text = "Portes ouvertes\n\nLe samedi 10 avril 2027, l'atelier ouvre ses portes.\n\nAppel à l'action : s'inscrire\n"
    formal = {post.structure: post.text for post in compose(text, brand=brand())}
    familiar = {post.structure: post.text for post in compose(text, brand=brand(address=Address.TU))}
    assert formal["question"].startswith("Que faites-vous samedi 10 avril\u202f?")
    assert familiar["question"].startswith("Tu fais quoi samedi 10 avril\u202f?")
    assert "Inscrivez-vous." in formal["announce"]
    assert "Inscris-toi." in familiar["announce"]


def test_the_date_is_not_said_twice() -> None:
    text = "Le samedi 10 avril 2027, l'atelier ouvre ses portes de 10h à 18h."
    (post,) = [post for post in compose(text, "x") if post.structure == "question"]
    assert post.text.count("10 avril") == 1
    assert "L’atelier ouvre ses portes de 10\u00a0h à 18\u00a0h." in post.text


@pytest.mark.parametrize(
    "text",
    [
        "Inscrivez-vous jusqu'au 3 mars : l'école rouvre ses cours du soir.",
        "Du 3 au 5 mai, le festival revient à Sète.",
        "En mars 2027, le festival revient à Sète.",
    ],
)
def test_no_question_about_a_deadline_or_a_period(text: str) -> None:
    assert not any("Que faites-vous" in post.text for post in compose(text))


def test_prices_that_are_not_a_tariff_are_no_tariff() -> None:
    text = "La ville consacre 2,4 millions d'euros à la piscine.\n\nLa piscine rouvre le 3 mai 2027 à Sète."
    assert not any("Tarif" in post.text for post in compose(text))


HOSTILE = {
    "one letter": "a" * 1_000_000,
    "words": "mot " * 200_000,
    "lines": "a\n" * 300_000,
    "labels": "Prix : 3 €\n" * 50_000,
    "marks": "e" + "\u0301" * 50_000,
    "surrogates": "Le marché \ud800 ouvre \udfff le 3 mars. " * 50,
    "nul": "Le marché\x00 ouvre le 3 mars.",
    "rtl": "\u202eLe marché ouvre\u202c le 3 mars. مرحبا بكم",
    "brackets": "Le marché ouvre. " + "[" * 200_000,
    "stars": "Le marché ouvre. " + "*" * 200_000 + "a",
    "quotes": "Le marché ouvre. " + '"' * 100_000 + "a",
    "colons": "a:" * 100_000,
    "stops": "a. " * 100_000,
    "dots": "a.b-c." * 50_000,
    "braces": "Le {marché} ouvre {0} %s $x {{y}} le 3 mars.",
    "at": "@" * 50_000 + " le marché ouvre",
    "spaces": "Le marché" + " " * 500_000 + "ouvre",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_briefs_are_answered_in_linear_time(text: str) -> None:
    mastodon = networks.get("mastodon")
    made: list[PostProposal] = []

    def posts(brief: str) -> None:
        # A quarter of "@@@@ the market opens" says nothing.
        with suppress(UserError):
            made[:] = compose_posts(brief, facts=(), hashtags=(), brand=None, network=mastodon, language="fr")

    # Four times the text; a quadratic way takes sixteen times as long.
    assert growth(posts, text[: len(text) // 4], text) < 10
    assert made
    for post in made:
        assert not re.search("[\ud800-\udfff\x00]", post.text)


def test_braces_and_commands_of_a_brief_are_only_text() -> None:
    posts = compose("Le marché {brand} ouvre {when} le 3 mars, avec %s et $x.", brand=brand())
    assert all("{brand}" in post.text and "%s" in post.text for post in posts)


@settings(max_examples=120, deadline=None)
@given(
    st.text(st.sampled_from("aé l'\n.:-*#!?€%129[]()@/ ,«»\u00a0h"), max_size=160),
    st.sampled_from(["x", "instagram", "newsletter"]),
)
def test_any_text_is_composed_or_refused(text: str, network: str) -> None:
    if not public_units(text):
        with pytest.raises(UserError, match="nothing_public"):
            compose(text, network, facts=())
        return
    for post in compose(text, network, facts=()):
        assert post.text.strip()
        check_figures_and_links(post.text, text)


def test_a_year_gone_by_is_no_appointment() -> None:
    text = "Notre usine tourne au solaire.\n\n- 38 % d'énergie en moins depuis 2020\n- 2 400 panneaux"
    assert not any("Quand" in post.text for post in compose(text))


def test_a_job_is_announced_as_one() -> None:
    posts = compose("Poste : Chef de rang (CDI)\nLieu : Sète\nPour postuler : rh@table.example", "x")
    assert posts[0].text.startswith("Nous recrutons\u00a0: chef de rang (CDI).")
    assert posts[0].text.endswith("Pour postuler\u00a0: rh@table.example")


def test_a_contact_is_given_without_the_name_of_a_person() -> None:
    for post in compose("Le marché ouvre le 3 mai à Sète.\nContact : Odile Ferrand, 01 99 00 12 34"):
        assert "Odile" not in post.text
        assert "01 99 00 12 34" in post.text.replace("\u00a0", " ").replace("\u202f", " ")
