"""What the checks decide beyond their samples: severities, spans, fixes, what a person confirmed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from copilot import networks
from copilot.checks import Context, Draft, check
from copilot.checks._words import find_word
from copilot.domain.brand import Address, Brand, EmojiPolicy, Fact, VoiceProfile
from copilot.domain.finding import Finding, Severity
from copilot.text.tag_rules import kept, mended, written_tags

TODAY = date(2026, 11, 21)
BRIEF = ("brief", "Le Citadin coûte 3 490 € et sort le 3 mars 2027. Infos : https://exemple.fr ou au 01 23 45 67 89.")


def draft(text: str, network: str = "facebook_page", **fields: object) -> Draft:
    made = Draft(text=text, network=networks.get(network))
    return replace(made, **fields)  # type: ignore[arg-type]  # the fields of one test


def context(**fields: object) -> Context:
    made = Context(None, (BRIEF,), (), TODAY)
    return replace(made, **fields)  # type: ignore[arg-type]  # the fields of one test


def found(rule: str, what: Draft, within: Context | None = None) -> list[Finding]:
    return [finding for finding in check(what, within or context()) if finding.rule == rule]


@pytest.mark.parametrize(
    ("writer", "edited"), [("chain", False), ("chain", True), ("playbook", False), ("person", False)]
)
def test_whoever_wrote_a_claim_it_blocks_until_confirmed(writer: str, edited: bool) -> None:
    (finding,) = found("contradicted_claim", draft("À 2 990 €.", writer=writer, edited=edited))
    assert (finding.severity, finding.confirmable, finding.quote) == (Severity.BLOCKS, True, "2 990 €")
    assert finding.wording.params["said"] == "3 490 €"
    (finding,) = found("unsourced_claim", draft("Garanti 5 ans.", writer=writer, edited=edited))
    assert (finding.severity, finding.confirmable, finding.quote) == (Severity.BLOCKS, True, "5 ans")


def test_a_draft_that_was_given_no_sources_claims_nothing() -> None:
    bare = context(sources=(), sourced=False)
    text = draft("À 2 990 € le 4 mars, remboursé sous 3 jours. Voir @faux.")
    rules = {"unsourced_claim", "contradicted_claim", "expired_claim", "copied_reference"}
    assert rules.isdisjoint(finding.rule for finding in check(text, bare))
    assert not rules.isdisjoint(finding.rule for finding in check(text, context(sources=())))


def test_a_fact_past_its_day_is_named_with_its_day() -> None:
    fact = Fact("sale", "Remise de 20 %", valid_until=date(2026, 11, 20))
    (finding,) = found(
        "expired_claim", draft("Remise de 20 % !"), context(brand=Brand(id="b", name="B", facts=(fact,)))
    )
    assert (finding.quote, finding.wording.params["until"]) == ("20 %", "20/11/2026")


def test_a_confirmed_quote_is_lifted_and_only_that_one() -> None:
    text = draft("À 2 990 € le 4 mars 2027.", writer="chain")
    lifted = context(confirmed=frozenset({"2 990 €"}))
    assert [finding.quote for finding in found("contradicted_claim", text, lifted)] == ["4 mars 2027"]


@pytest.mark.parametrize(
    "claim",
    ["3490 euros", "03/03/2027", "3 mars", "mars 2027", "www.exemple.fr/", "+33 1 23 45 67 89", "http://exemple.fr"],
)
def test_the_same_fact_written_otherwise_is_sourced(claim: str) -> None:
    assert found("unsourced_claim", draft(f"À retenir : {claim}.", writer="chain")) == []


def test_what_others_wrote_is_no_source() -> None:
    theirs = context(sources=(), untrusted=("C’est à 10 € sur https://arnaque.example",))
    claims = found("unsourced_claim", draft("C’est à 10 €.", writer="chain", part="reply"), theirs)
    assert [finding.quote for finding in claims] == ["10 €"]
    (copied,) = found("copied_reference", draft("Voir arnaque.example", part="reply"), theirs)
    assert (copied.severity, copied.confirmable) == (Severity.BLOCKS, True)


def test_a_handle_of_the_brand_is_not_copied() -> None:
    brand = Brand(id="b", name="B", accounts={"x": "@CitadinVelo"})
    theirs = context(brand=brand, untrusted=("@citadinvelo et @autre, répondez !",))
    reply = draft("Merci ! @CitadinVelo @autre", part="reply")
    assert [finding.quote for finding in found("copied_reference", reply, theirs)] == ["@autre"]


def test_one_finding_a_slot_with_its_span() -> None:
    text = "Bonjour {prénom}, à {…} {heure}"
    slots = found("open_slot", draft(text))
    assert [text[one.start : one.end] for one in slots] == ["{prénom}", "{…}", "{heure}"]
    assert all(one.severity is Severity.BLOCKS and not one.confirmable for one in slots)


def test_length_counts_what_leaves() -> None:
    assert found("length", draft("a" * 273, "x", hashtags=("Velo",))) == []
    (finding,) = found("length", draft("a" * 274, "x", hashtags=("Velo",)))
    assert (finding.start, finding.end, finding.severity) == (274, 274, Severity.BLOCKS)
    assert finding.wording.params["over"] == 1


def test_a_reply_on_linkedin_is_not_escaped_and_a_caption_on_telegram_is_short() -> None:
    assert found("length", draft("(" * 1250, "linkedin", part="reply")) == []
    assert found("length", draft("(" * 1501, "linkedin")) != []
    assert found("length", draft("a" * 1025, "telegram")) == []
    assert found("length", draft("a" * 1025, "telegram", has_media=True)) != []


def test_a_hard_cap_blocks_and_advice_advises() -> None:
    tags = ("Un", "Deux", "Trois", "Quatre", "Cinq", "Six")
    assert [one.severity for one in found("hashtag_cap", draft("Oui.", "instagram", hashtags=tags))] == [
        Severity.BLOCKS
    ]
    assert [one.severity for one in found("hashtag_cap", draft("Oui.", "x", hashtags=tags))] == [Severity.ADVISES]
    assert [one.severity for one in found("hashtag_cap", draft("Oui.", "reddit", hashtags=tags[:1]))] == [
        Severity.BLOCKS
    ]


@pytest.mark.parametrize(
    ("tag", "network", "expected"),
    [
        ("l'été", "x", "l"),
        ("l’été", "mastodon", "l"),
        ("rendez-vous", "instagram", "rendez"),
        ("R&D", "linkedin", "R"),
        ("vélo en ville", "x", "vélo"),
        ("2026", "x", ""),
        ("vélo2026", "x", "vélo2026"),
        ("abonné·es", "x", "abonné·es"),
        ("abonné·es", "instagram", "abonné"),
        ("e\u0301te\u0301", "x", "e\u0301te\u0301"),
        ("", "x", ""),
        ("l’été", "bluesky", "l’été"),
        ("rendez-vous", "bluesky", "rendez-vous"),
        ("R&D", "bluesky", "R&D"),
        ("fin!", "bluesky", "fin"),
        ("2026", "bluesky", ""),
        ("vélo en ville", "threads", "vélo en ville"),
        ("R&D", "threads", "R"),
        ("a" * 60, "threads", "a" * 50),
    ],
)
def test_what_a_network_keeps_of_a_tag(tag: str, network: str, expected: str) -> None:
    assert kept(tag, networks.get(network)) == expected


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("rendez-vous", "RendezVous"),
        ("l’été", "Été"),
        ("côte d’azur", "CôteDAzur"),
        ("vélo en ville", "VéloEnVille"),
        ("2026", ""),
    ],
)
def test_a_cut_tag_is_mended_in_camel_case(tag: str, expected: str) -> None:
    mending = mended(tag, networks.get("x"))
    assert mending == expected


def test_hashtags_are_read_in_a_text() -> None:
    text = "Le #VéloÀLyon (#Été), pas C#, ni n°#12, ni a.fr/#ancre. #l’été!"
    assert [tag.written for tag in written_tags(text, networks.get("x"))] == ["VéloÀLyon", "Été", "l’été"]


def test_a_tag_in_the_text_is_pointed_at_with_its_fix() -> None:
    text = "Vive #rendez-vous !"
    (finding,) = found("hashtag_validity", draft(text, "x"))
    assert (text[finding.start : finding.end], finding.fix) == ("#rendez-vous", "#RendezVous")


@pytest.mark.parametrize(
    ("word", "text", "places"),
    [
        ("pas cher", "Pas  CHÈR", ["Pas  CHÈR"]),
        ("révolutionnaire", "REVOLUTIONNAIRES révolution", ["REVOLUTIONNAIRES"]),
        ("arnaque", "l’arnaque, arnaques", ["arnaque", "arnaques"]),
        ("l'été", "L’ÉTÉ", ["L’ÉTÉ"]),
        ("été", "e\u0301te\u0301 ete", ["e\u0301te\u0301", "ete"]),
        ("strasse", "Straße", ["Straße"]),
        ("", "rien", []),
    ],
)
def test_words_are_found_whole_whatever_case_and_accents(word: str, text: str, places: list[str]) -> None:
    assert [text[start:end] for start, end in find_word(word, text)] == places


def voice(**fields: object) -> Context:
    return context(brand=Brand(id="b", name="B", voice=replace(VoiceProfile(), **fields)))  # type: ignore[arg-type]  # the fields of one test


@pytest.mark.parametrize(
    ("address", "part", "text", "words"),
    [
        (Address.VOUS, "post", "Dis-nous tout, on t’écoute : ton avis compte.", ["Dis", "t’", "ton"]),
        (Address.VOUS, "post", "Il s’est tu. « Tu viens ? »", []),
        (Address.TU, "reply", "Merci, votre avis compte, écrivez-nous.", ["votre", "écrivez"]),
        (Address.TU, "post", "Vous êtes 500 !", []),
        (Address.TU, "post", "Tu viens ? Vous êtes 500 !", ["Vous"]),
        (Address.TU, "post", "Prends rendez-vous chez Gomez à Rodez.", []),
        (Address.TU, "post", "Venez tester ton vélo", ["Venez"]),
        (Address.VOUS, "post", "Tu es un testeur", ["Tu"]),
    ],
)
def test_address_against_the_brand(address: Address, part: str, text: str, words: list[str]) -> None:
    findings = found("address", draft(text, part=part), voice(address=address))
    assert [text[one.start : one.end] for one in findings] == words


def test_address_mixed_without_a_brand_points_at_the_rarer() -> None:
    text = "Vous pouvez réserver votre essai, tu verras."
    assert [text[one.start : one.end] for one in found("address", draft(text))] == ["tu"]
    assert found("address", draft("Vous verrez.")) == []
    assert found("address", draft("You said tu and vous.", language="en")) == []


@pytest.mark.parametrize(
    ("policy", "part", "text", "count"),
    [
        (EmojiPolicy.NONE, "post", "Oui 👨\u200d👩\u200d👧", 1),
        (EmojiPolicy.SPARING, "reply", "Oui 🙂", 0),
        (EmojiPolicy.SPARING, "reply", "Oui 🙂🙂", 2),
        (EmojiPolicy.SPARING, "post", "🇫🇷 1\ufe0f\u20e3 👋🏽", 0),
        (EmojiPolicy.FREE, "post", "🙂" * 50, 0),
        (EmojiPolicy.NONE, "post", "3 × 2 = 6 ✓ → ©", 0),
    ],
)
def test_emoji_policy_counts_what_a_reader_sees(policy: EmojiPolicy, part: str, text: str, count: int) -> None:
    findings = found("emoji_policy", draft(text, part=part), voice(emoji=policy))
    assert [one.wording.params["count"] for one in findings] == ([count] if count else [])


@pytest.mark.parametrize(
    ("text", "network", "severity"),
    [
        ("a\0", "x", Severity.BLOCKS),
        ("a\udc00", "facebook_page", Severity.BLOCKS),
        ("a\ufeff", "x", Severity.BLOCKS),
        ("a\ufeff", "facebook_page", Severity.WARNS),
        ("a\u202eb", "x", Severity.WARNS),
        ("a\u200bb", "x", Severity.WARNS),
        ("a\x1bb", "x", Severity.BLOCKS),
    ],
)
def test_forbidden_and_invisible_characters(text: str, network: str, severity: Severity) -> None:
    (finding,) = [
        *found("forbidden_character", draft(text, network)),
        *found("invisible_characters", draft(text, network)),
    ]
    assert finding.severity is severity
    assert (finding.start, finding.end, finding.fix) == (1, 2, "")


def test_a_good_post_has_no_finding() -> None:
    post = draft(
        "Le Citadin coûte 3\u00a0490\u00a0€ et sort le 3 mars 2027.", "x", hashtags=("VéloÀLyon",), writer="chain"
    )
    assert check(post, voice(banned=("pas cher",))) == ()


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Bonjour [[PERSON_99]], merci de votre message.", "[[PERSON_99]]"),
        ("Bonjour [[personne 2]], merci.", "[[personne 2]]"),
        ("Votre commande [[REF_12]] est partie.", "[[REF_12]]"),
        ("Merci PERSON_1 pour votre message.", "PERSON_1"),
        ("Bonjour PERSON\\_3 merci.", "PERSON\\_3"),
        ("Bonjour [[PERSON_1 000]], merci.", "[[PERSON_1 "),
    ],
)
@pytest.mark.parametrize("writer", ["chain", "person"])
def test_the_number_of_a_pseudonym_is_no_figure(text: str, quote: str, writer: str) -> None:
    told = [
        one for one in check(draft(text, writer=writer, part="reply"), context()) if one.severity is Severity.BLOCKS
    ]
    assert [(one.rule, one.quote) for one in told if one.rule != "unaddressed_reply"] == [("pseudonym", quote)]


def test_a_figure_beside_a_pseudonym_is_one() -> None:
    told = found("unsourced_claim", draft("Bonjour [[PERSON_9]], voici 45 €.", writer="chain"))
    assert [one.quote for one in told] == ["45 €"]
