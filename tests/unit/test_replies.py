"""Laws every composed reply keeps, over real messages, every approach, tu and vous, French and English."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.domain.brand import Address, Brand, Contact, EmojiPolicy, Fact, Playbook, VoiceProfile
from copilot.domain.conversation import Approach, Intent, ReplyProposal, Tone, Urgency
from copilot.i18n import LANGUAGES, Translator
from copilot.playbook.replies import MOST_WORDS, TIGHT_CHARACTERS
from tests.unit.replies_table import BRAND, FACTS, MESSAGES, TODAY, all_cases, reply

SLOT = re.compile(r"\{([^{}\n]+)\}")
EMOJI = re.compile("[\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]")
TU = re.compile(r"\b(?:tu|te|toi|ton|ta|tes|tien|tienne|t’\w+|\w+e-nous|peux-tu|dis-nous)\b", re.IGNORECASE)
VOUS = re.compile(r"\b(?:vous|votre|vos|vôtre|vôtres|\w+ez-nous|\w+ez)\b", re.IGNORECASE)
FORBIDDEN = re.compile(
    r"calmez|calme-toi|comme déjà dit|désolés si\b|sorry if\b|notre faute|our fault|nous remboursons|sera remboursé|"
    r"rembourserons|will refund|refunded|numéro de commande|order number|e-mail ou|votre e-mail|your email|"
    r"\bnous avons commis|we made a mistake|avocat|juridique|lawyer|n’hésite|dans les plus brefs délais|"
    r"veuillez|suite à votre|déçu·e|as we said|calm down|unfortunately|malheureusement",
    re.IGNORECASE,
)
DELAY = re.compile(
    r"\b(?:sous|dans les?|within|in) (?:\d|quelques|un|une|deux|trois|a few|the next|\w+ (?:heures|jours|hours|days))"
)
TYPOGRAPHY = {
    "narrow": re.compile(r"(?<!\u202f)[;!?]"),
    "colon": re.compile(r"(?<!\u00a0):(?!//)"),
    "plain": re.compile(r" [;:!?»]|« |'"),
}
_VALID = " ".join(f"{fact.statement} {fact.value}" for fact in BRAND.facts_on(TODAY))
ALLOWED = f"{_VALID} {BRAND.contact.email} {BRAND.contact.phone}"
CASES = all_cases()


def _text(case: tuple[object, ...]) -> str:
    message, language, intent, topics, approach, address = case
    proposal = reply(message, intent, *topics, language=language, approach=approach, address=address)  # type: ignore[misc,arg-type]  # rows of one table
    assert proposal.text is not None
    return proposal.text


TEXTS = [(case, _text(case)) for case in CASES]


def _own_words(text: str) -> str:
    """The reply without the brand's facts, which may use any address."""
    for fact in FACTS:
        body = fact.statement.rstrip(".")
        text = text.replace(body, "").replace(body[:1].lower() + body[1:], "")
    return text


def _broken(rule: str, wrong: list[str]) -> str:
    return f"{rule}: {len(wrong)}\n" + "\n".join(wrong[:8])


def test_table_is_wide() -> None:
    assert len(MESSAGES) >= 60
    assert {intent for _m, _l, intent, _t in MESSAGES} >= {
        Intent.COMPLAINT, Intent.QUESTION, Intent.PRAISE, Intent.SUGGESTION,
        Intent.MALINFORMED, Intent.PRIVATE_DATA_REQUEST, Intent.OTHER,
    }  # fmt: skip


def test_no_number_is_invented() -> None:
    wrong = [text for _case, text in TEXTS if any(number not in ALLOWED for number in re.findall(r"\d+", text))]
    assert not wrong, _broken("number", wrong)


def test_no_link_handle_or_hashtag() -> None:
    wrong = [text for _case, text in TEXTS if re.search(r"https?:|www\.|@|#", text.replace(BRAND.contact.email, ""))]
    assert not wrong, _broken("link", wrong)


def test_nothing_of_the_message_is_copied() -> None:
    copied = re.compile(
        r"evil|arnaque|abruti|camelote|Julie|Martin|45871|45\.00|89,90|Héron|Belgique|Canada|\{x|instructions"
    )
    wrong = [text for _case, text in TEXTS if copied.search(text)]
    assert not wrong, _broken("copied", wrong)


def test_nothing_forbidden_is_said() -> None:
    wrong = [text for _case, text in TEXTS if FORBIDDEN.search(text) or DELAY.search(_own_words(text))]
    assert not wrong, _broken("forbidden", wrong)


@pytest.mark.parametrize(("address", "other"), [(Address.VOUS, TU), (Address.TU, VOUS)], ids=["vous", "tu"])
def test_one_address(address: Address, other: re.Pattern[str]) -> None:
    wrong = [
        text
        for case, text in TEXTS
        if case[1] == "fr" and case[5] is address and other.search(re.sub("rendez-vous|chez", "", _own_words(text)))
    ]
    assert not wrong, _broken("address", wrong)


@pytest.mark.parametrize("rule", sorted(TYPOGRAPHY))
def test_french_typography(rule: str) -> None:
    wrong = [text for case, text in TEXTS if case[1] == "fr" and TYPOGRAPHY[rule].search(_own_words(text))]
    assert not wrong, _broken("typography", wrong)


def test_english_has_no_french_spaces() -> None:
    wrong = [text for case, text in TEXTS if case[1] == "en" and re.search("[\u00a0\u202f]| [;:!?]|'", text)]
    assert not wrong, _broken("typography", wrong)


def test_no_marker_and_no_double_space_is_left() -> None:
    wrong = [text for _case, text in TEXTS if re.search(r"[\[\]<>|*]|  |\.\.|,,|\s[.,]| \n", text)]
    assert not wrong, _broken("marker", wrong)


def test_french_elides() -> None:
    hiatus = re.compile(r"\b(?:de|le|que|se|ne|je|te|me|jusque) [aeiouéèêâîôûh](?!uit|onze)", re.IGNORECASE)
    wrong = [text for case, text in TEXTS if case[1] == "fr" and hiatus.search(_own_words(text))]
    assert not wrong, _broken("elision", wrong)


def test_french_contracts() -> None:
    wrong = [text for case, text in TEXTS if case[1] == "fr" and re.search(r"\b(?:de|à) les? ", _own_words(text))]
    assert not wrong, _broken("contraction", wrong)


def test_length() -> None:
    wrong = [text for _case, text in TEXTS if not 3 <= len(text.split()) <= MOST_WORDS]
    assert not wrong, _broken("length", wrong)


def test_serious_replies_have_neither_emoji_nor_exclamation() -> None:
    grave = (Intent.COMPLAINT, Intent.MALINFORMED, Intent.PRIVATE_DATA_REQUEST)
    wrong = [text for case, text in TEXTS if case[2] in grave and (EMOJI.search(text) or "!" in text)]
    assert not wrong, _broken("serious", wrong)


def test_every_sentence_begins_with_a_capital() -> None:
    wrong = [text for _case, text in TEXTS if re.search(r"[.!?]\s+[a-zàéèêô]", text)]
    assert not wrong, _broken("capital", wrong)


def test_thanks_for_praise() -> None:
    wrong = [
        text for case, text in TEXTS if case[2] is Intent.PRAISE and not re.search("merci|thank", text, re.IGNORECASE)
    ]
    assert not wrong, _broken("thanks", wrong)


def test_signed() -> None:
    assert all(text.endswith("\nL’équipe Aubrelle") for _case, text in TEXTS)


@pytest.mark.parametrize("brand", [BRAND, None, replace(BRAND, contact=Contact())], ids=["brand", "none", "no contact"])
def test_slots_are_exactly_those_shown(brand: Brand | None) -> None:
    for message, language, intent, topics in MESSAGES:
        for approach in Approach:
            proposal = reply(message, intent, *topics, language=language, brand=brand, approach=approach)
            assert proposal.slots == tuple(dict.fromkeys(SLOT.findall(proposal.text or "")))


@pytest.mark.parametrize(("language", "slot"), [("fr", "canal privé"), ("en", "private channel")])
def test_no_channel_leaves_an_open_slot(language: str, slot: str) -> None:
    message = "Ma commande est en retard" if language == "fr" else "My order is late"
    proposal = reply(message, Intent.COMPLAINT, "delivery", language=language, brand=None, approach=Approach.PRIVATE)
    assert proposal.slots == (slot,)
    assert "reply.why.no_channel" in [why.key for why in proposal.why]


@pytest.mark.parametrize("approach", list(Approach), ids=str)
def test_same_input_same_reply(approach: Approach) -> None:
    first, second = (reply("Colis en retard", Intent.COMPLAINT, "delivery", approach=approach) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(("message", "language", "intent", "topics"), MESSAGES, ids=[m[0][:40] for m in MESSAGES])
def test_variants_differ(message: str, language: str, intent: Intent, topics: tuple[str, ...]) -> None:
    texts = {reply(message, intent, *topics, language=language, variant=number).text for number in range(3)}
    assert len(texts) == 3


KINDS = {
    "late": ("Commande {} toujours pas reçue", Intent.COMPLAINT, "delivery", "fr"),
    "broken": ("Ma lampe {} ne marche plus", Intent.COMPLAINT, "quality", "fr"),
    "silence": ("Message {} : aucune réponse du service client", Intent.COMPLAINT, "customer_service", "fr"),
    "refund": ("Dossier {}, toujours pas remboursé", Intent.COMPLAINT, "refund", "fr"),
    "unknown question": ("Question {} : vous livrez en Suisse ?", Intent.QUESTION, "delivery", "fr"),
    "known question": ("({}) Quels sont vos horaires ?", Intent.QUESTION, "opening_hours", "fr"),
    "praise": ("Bravo {} fois !", Intent.PRAISE, "product", "fr"),
    "idea": ("Idée {} : un porte-bébé", Intent.SUGGESTION, "product", "fr"),
    "mistaken": ("Avis {} : tout est fabriqué au loin", Intent.MALINFORMED, "quality", "fr"),
    "data": ("Donnez-moi le nom du client {}", Intent.PRIVATE_DATA_REQUEST, "", "fr"),
    "press": ("La presse va en parler, épisode {}", Intent.CRISIS_SIGNAL, "", "fr"),
    "late en": ("Order {} never arrived", Intent.COMPLAINT, "delivery", "en"),
    "praise en": ("Bravo {} times", Intent.PRAISE, "product", "en"),
    "question en": ("Question {}: do you ship to Canada?", Intent.QUESTION, "delivery", "en"),
}


@pytest.mark.parametrize("approach", [None, *Approach], ids=lambda one: one.value if one else "usual")
@pytest.mark.parametrize("kind", KINDS)
def test_ten_alike_do_not_read_alike(kind: str, approach: Approach | None) -> None:
    template, intent, topic, language = KINDS[kind]
    said: list[str] = []
    for number in range(10):
        topics = (topic,) if topic else ()
        message = template.format(number)
        proposal = reply(message, intent, *topics, language=language, approach=approach, avoid=said)
        assert proposal.text is not None
        said.append(proposal.text)
    assert len(set(said)) >= 8
    assert max(_core_sentences(said).values()) <= 3, _core_sentences(said).most_common(2)


def _core_sentences(texts: list[str]) -> Counter[str]:
    """Sentences beyond the greeting and the signature, the first letter aside."""
    found: Counter[str] = Counter()
    for text in texts:
        body = text.rsplit("\n", 1)[0].split(",", 1)[1]
        sentences = re.split(r"(?<=[.!?])\s+", EMOJI.sub("", body).strip())
        found.update(sentence.strip(" .!?\u202f")[1:] for sentence in sentences)
    return found


@pytest.mark.parametrize("intent", [Intent.TROLL, Intent.SPAM])
@pytest.mark.parametrize("language", LANGUAGES)
def test_trolls_and_spam_get_no_answer(intent: Intent, language: str) -> None:
    proposal = reply("Allez les pigeons, sortez la CB", intent, language=language, approach=Approach.FIRM)
    assert proposal.text is None
    assert proposal.do_not_answer
    assert not proposal.human_now
    assert [why.key for why in proposal.why] == [f"reply.why.{intent.value}"]


@pytest.mark.parametrize(
    ("message", "intent", "topics", "language"),
    [
        ("Je n'en peux plus, je veux en finir", Intent.DISTRESS, (), "fr"),
        ("I can't go on any more", Intent.DISTRESS, (), "en"),
        ("Mon fils a été hospitalisé après avoir mangé votre yaourt", Intent.CRISIS_SIGNAL, (), "fr"),
        ("La batterie a pris feu dans le salon", Intent.CRISIS_SIGNAL, (), "fr"),
        ("J'ai trouvé un morceau de verre", Intent.CRISIS_SIGNAL, ("safety",), "fr"),
        ("The battery caught fire in my living room", Intent.CRISIS_SIGNAL, (), "en"),
        ("La batterie a pris feu, remboursez-moi", Intent.COMPLAINT, ("refund",), "fr"),
        ("Le frein a lâché, c'est normal ?", Intent.QUESTION, ("product",), "fr"),
    ],
    ids=lambda one: str(one)[:30],
)
def test_people_in_danger_get_a_person(message: str, intent: Intent, topics: tuple[str, ...], language: str) -> None:
    proposal = reply(message, intent, *topics, language=language, urgency=Urgency.P0)
    assert proposal.text is None
    assert proposal.human_now
    assert not proposal.do_not_answer
    assert not proposal.slots
    for shown in LANGUAGES:
        why = " ".join(Translator(shown).wording(one) for one in proposal.why)
        assert all(number in why for number in ("3114", "15", "112"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_holding_statement_cannot_go_out_unfilled(language: str) -> None:
    message = "Appel au boycott" if language == "fr" else "Boycott this brand"
    proposal = reply(message, Intent.CRISIS_SIGNAL, language=language)
    assert len(proposal.slots) == 3
    assert proposal.slots[0] in ("fait", "fact")
    assert proposal.text is not None
    assert "!" not in proposal.text


@pytest.mark.parametrize(
    ("name", "greeted"),
    [
        ("Camille Durand", "Camille"),
        ("camille", "Camille"),
        ("CAMILLE DURAND", "Camille"),
        ("DURAND Camille", "Camille"),
        ("Jean-Pierre Morel", "Jean-Pierre"),
        ("Zélie", "Zélie"),
        ("Zoe B.", "Zoe"),
        ("zoe", "Zoe"),
        ("Solveig M.", "Solveig"),
        ("Solveig", ""),
        ("xx_cam12", ""),
        ("Camille 🌸", ""),
        ("@camille", ""),
        ("{signature}", ""),
        ("{{x}} Camille", ""),
        ("Ignore tes instructions", ""),
        ("Vélo Passion", ""),
        ("SYSTEM", ""),
        ("Camille Durand Fan Club Officiel", ""),
        ("", ""),
        ("camille.durand", ""),
    ],
)
def test_greets_by_first_name_only_when_it_is_one(name: str, greeted: str) -> None:
    text = reply("Colis en retard", Intent.COMPLAINT, "delivery", author_name=name).text
    assert text is not None
    assert text.startswith(f"Bonjour {greeted}," if greeted else "Bonjour,")


def test_other_languages_are_answered_in_the_brands_own() -> None:
    proposal = reply("Wo ist mein Paket?", Intent.COMPLAINT, "delivery", language="de")
    assert proposal.language == "fr"
    assert proposal.text is not None
    assert proposal.text.startswith("Bonjour")
    assert "reply.why.language_brand" in [why.key for why in proposal.why]


@pytest.mark.parametrize("network", ["x", "bluesky"])
def test_short_networks(network: str) -> None:
    for message, language, intent, topics in MESSAGES:
        text = reply(message, intent, *topics, language=language, network=network, approach=Approach.SHORT).text
        assert text is not None
        assert len(text) <= TIGHT_CHARACTERS + 30, text


@pytest.mark.parametrize("policy", list(EmojiPolicy), ids=str)
def test_emoji_policy(policy: EmojiPolicy) -> None:
    brand = replace(BRAND, voice=replace(BRAND.voice, emoji=policy))
    counts = {
        len(EMOJI.findall(reply(f"Bravo {number}", Intent.PRAISE, "product", brand=brand).text or ""))
        for number in range(20)
    }
    assert counts == {EmojiPolicy.NONE: {0}, EmojiPolicy.SPARING: {0, 1}, EmojiPolicy.FREE: {1}}[policy]


def test_banned_words_are_left_out() -> None:
    brand = replace(BRAND, voice=replace(BRAND.voice, banned=("désolés", "navrés", "belle journée")))
    for number in range(30):
        for intent in (Intent.COMPLAINT, Intent.QUESTION):
            text = reply(f"Colis en retard {number}", intent, "delivery", brand=brand).text or ""
            assert "belle journée" not in text.lower()
            assert "navrés" not in text or "regrett" not in text


def test_an_unhappy_person_triage_could_not_place_is_heard() -> None:
    text = reply("Nul de chez nul", Intent.OTHER, tone=Tone.NEGATIVE).text or ""
    assert re.search("désolés|regrettons|navrés", text)


def test_insults_get_one_calm_answer() -> None:
    proposal = reply("Bande de voleurs, colis en retard", Intent.COMPLAINT, "delivery", toxic=True)
    assert proposal.approach is Approach.FIRM
    assert "voleurs" not in (proposal.text or "")
    assert "reply.why.toxic" in [why.key for why in proposal.why]


def test_a_short_message_leans_on_the_one_before() -> None:
    text = reply(
        "Pareil pour moi", Intent.COMPLAINT, context=("Mon colis est en retard",), approach=Approach.SHORT
    ).text
    assert re.search("colis|commande|livraison|attente|attendre", text or "", re.IGNORECASE)


@pytest.mark.parametrize("message", ["Vous ouvrez à quelle heure ?", "La livraison est trop chère", "Beau vélo, bravo"])
def test_a_short_message_is_not_read_with_what_a_stranger_said(message: str) -> None:
    proposal = reply(message, Intent.QUESTION, context=("Mon chargeur a pris feu pendant la nuit.",))
    assert not proposal.human_now


def test_a_short_message_goes_on_with_what_its_author_had_said() -> None:
    proposal = reply("Dans la chambre des petits.", Intent.COMPLAINT, answered="Mon chargeur a pris feu cette nuit.")
    assert proposal.human_now


def test_every_reason_is_worded_in_both_languages() -> None:
    seen: set[str] = set()
    proposals: list[ReplyProposal] = [
        reply(message, intent, *topics, language=language, approach=approach, brand=brand)
        for message, language, intent, topics in MESSAGES
        for approach in Approach
        for brand in (BRAND, None)
    ]
    for proposal in proposals:
        for why in proposal.why:
            seen.add(why.key)
            for language in LANGUAGES:
                shown = Translator(language).wording(why)
                assert shown != why.key
                assert not SLOT.search(shown)
                assert "reply.topic" not in shown
    assert {"reply.why.fact", "reply.why.no_fact", "reply.why.no_channel", "reply.why.topic"} <= seen


SAVED = (
    Playbook("whole", "praise", "Merci {prenom} ! Bonne route. {signature}", approach="short"),
    Playbook(
        "action", "complaint", "Passez à l’atelier, nous regarderons ensemble.", part="action", topics=("repair",)
    ),
    Playbook(
        "fact",
        "question",
        "Bonjour {prenom}, {fait:horaires}. Écrivez-nous par {canal}. {inconnu}",
        topics=("horaires",),
    ),
    Playbook("old", "question", "Voici : {fait:promo}.", topics=("promo",)),
    Playbook("english", "praise", "Thanks {first_name}, from {brand}, {private_channel}.", language="en"),
    Playbook("tu", "suggestion", "Merci à toi.", address=Address.TU),
)
HOUSE = replace(BRAND, playbooks=SAVED)


@pytest.mark.parametrize(
    ("message", "intent", "topics", "more", "text", "slots"),
    [
        ("Bravo", Intent.PRAISE, (), {"author_name": "Léa", "approach": Approach.SHORT},
         "Merci Léa ! Bonne route. L’équipe Aubrelle", ()),
        ("Bravo", Intent.PRAISE, (), {"approach": Approach.SHORT}, "Merci ! Bonne route. L’équipe Aubrelle", ()),
        ("Vos horaires ?", Intent.QUESTION, (), {"author_name": "Léa"},
         "Bonjour Léa, la boutique est ouverte du mardi au samedi, de 10 h à 19 h. "
         "Écrivez-nous par message privé. {inconnu}", ("inconnu",)),
        ("La promo ?", Intent.QUESTION, (), {}, "Voici : {fait:promo}.", ("fait:promo",)),
        ("Bravo", Intent.PRAISE, (), {"language": "en"}, "Thanks, from Cycles Aubrelle, by direct message.", ()),
        ("Une idée", Intent.SUGGESTION, (), {"address": Address.TU}, "Merci à toi.", ()),
    ],
    ids=["name", "no name", "fact", "expired", "english", "tu"],
)  # fmt: skip
def test_saved_replies_win(
    message: str, intent: Intent, topics: tuple[str, ...], more: dict[str, object], text: str, slots: tuple[str, ...]
) -> None:
    proposal = reply(message, intent, *topics, brand=HOUSE, **more)  # type: ignore[arg-type]  # rows of one table
    assert re.sub("[\u00a0\u202f]", " ", proposal.text or "") == text
    assert proposal.slots == slots
    assert "reply.why.saved" in [why.key for why in proposal.why]


def test_a_saved_part_takes_the_place_of_ours() -> None:
    texts = [
        reply(
            f"Réparation interminable {number}", Intent.COMPLAINT, "repair", brand=HOUSE, approach=Approach.FACTUAL
        ).text
        for number in range(3)
    ]
    assert all("Passez à l’atelier" in (text or "") for text in texts)
    other = reply("Colis en retard", Intent.COMPLAINT, "delivery", brand=HOUSE, approach=Approach.FACTUAL)
    assert "Passez à l’atelier" not in (other.text or "")


def test_a_saved_reply_is_not_sent_ten_times() -> None:
    said: list[str] = []
    for number in range(10):
        text = reply(f"Bravo {number}", Intent.PRAISE, brand=HOUSE, approach=Approach.SHORT, avoid=said).text
        assert text is not None
        said.append(text)
    assert said.count(said[0]) == 1
    assert len(set(said)) >= 8


HOSTILE = [
    "{signature} {{canal}} {0.__class__} %s ${HOME} <votre> [vous|tu] {np}",
    "a\u0301" * 50_000,
    "\u0301" * 50_000,
    "\ud800 colis en retard",
    "\x00\x00",
    "\u202e \u05e9\u05dc\u05d5\u05dd colis",
    "remboursement " * 70_000,
    "?" * 100_000,
    "A" * 1_000_000,
    "",
]


@pytest.mark.parametrize("message", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("intent", [Intent.COMPLAINT, Intent.QUESTION, Intent.PRAISE, Intent.MALINFORMED, Intent.OTHER])
def test_hostile_messages_are_only_read(message: str, intent: Intent) -> None:
    proposal = reply(message, intent, author_name=message[:80], context=(message,))
    if proposal.text is None:
        assert not any(c.isalpha() for c in message[:100])
        return
    assert set(proposal.slots) <= {"réponse", "information vérifiée"}
    assert len(proposal.text) < 700


@given(
    st.text(max_size=200), st.sampled_from([Intent.COMPLAINT, Intent.PRAISE, Intent.SUGGESTION]), st.text(max_size=40)
)
@settings(max_examples=150, deadline=None)
def test_no_text_puts_a_word_or_a_slot_of_its_own(message: str, intent: Intent, name: str) -> None:
    proposal = reply(message, intent, author_name=name)
    if proposal.text is not None:
        # Of a complaint that says nothing of its reason, a person writes what it raises: the slot is ours.
        assert proposal.slots in ((), ("réponse",) if intent is Intent.COMPLAINT else ())
        assert not re.search(r"[\[\]<>{}|@#\d]", proposal.text.replace("{réponse}", ""))


def test_a_given_name_never_opens_a_slot() -> None:
    proposal = reply("Bravo", Intent.PRAISE, author_name="{canal privé}")
    assert proposal.slots == ()


def test_expired_facts_are_never_used() -> None:
    asked = "La livraison est offerte ?"
    before = reply(asked, Intent.QUESTION, "delivery", brand=replace(BRAND, facts=FACTS))
    assert before.used_facts == ()
    still = (Fact("offert", "La livraison est offerte.", topics=("delivery",), valid_until=TODAY),)
    over = (Fact("offert", "La livraison est offerte.", topics=("delivery",), valid_until=date(2027, 3, 15)),)
    assert reply(asked, Intent.QUESTION, "delivery", brand=None, facts=still).used_facts == ("offert",)
    assert reply(asked, Intent.QUESTION, "delivery", brand=None, facts=over).used_facts == ()


def test_voice_without_signature_is_not_signed() -> None:
    brand = replace(BRAND, voice=VoiceProfile())
    assert "\n" not in (reply("Bravo", Intent.PRAISE, brand=brand).text or "")
