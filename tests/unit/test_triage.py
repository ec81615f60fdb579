"""What triage says of single comments: traps of both languages, urgency, insults, concerns, reasons."""

from __future__ import annotations

import pytest

from copilot.domain.conversation import TOPICS, Intent, Tone, Triage, Urgency
from copilot.i18n import Translator
from copilot.intelligence.triage import Asked, RuleTriage, Triager, Weighed

RULES = RuleTriage()


def read(text: str, *, author: str | None = None) -> Triage:
    return RULES.triage(text, author=author, language="fr")


def test_rules_are_a_triager() -> None:
    triager: Triager = RULES
    assert triager.triage("Merci !", language="fr").intent is Intent.PRAISE


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Pas mal du tout", Intent.PRAISE),
        ("Pas terrible", Intent.COMPLAINT),
        ("pas content", Intent.COMPLAINT),
        ("pas du tout satisfaite", Intent.COMPLAINT),
        ("Jamais déçue", Intent.PRAISE),
        ("aucun problème, livraison rapide", Intent.PRAISE),
        ("not bad", Intent.PRAISE),
        ("not happy with the service", Intent.COMPLAINT),
        ("I had no issues at all", Intent.PRAISE),
    ],
)
def test_negation_turns_the_word_round(text: str, intent: Intent) -> None:
    assert read(text).intent is intent


@pytest.mark.parametrize(
    "text",
    [
        "merci pour ce magnifique retard 👏",
        "bravo la livraison",
        "Super, encore une panne",
        "Oh great, another delay",
        "thanks for nothing",
        "Génial, deux heures de retard 🙄",
    ],
)
def test_irony_is_a_complaint(text: str) -> None:
    found = read(text)
    assert (found.intent, found.tone) == (Intent.COMPLAINT, Tone.NEGATIVE)


@pytest.mark.parametrize("text", ["Bravo à toute l'équipe", "Merci pour votre aide", "thank you so much", "bravo 👏"])
def test_sincere_thanks_are_not_irony(text: str) -> None:
    assert read(text).intent is Intent.PRAISE


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("vous vous moquez du monde ?", Intent.COMPLAINT),
        ("Are you kidding me?", Intent.COMPLAINT),
        ("J'adore ! Il existe en vert ?", Intent.QUESTION),
        ("Love it! Does it come in green?", Intent.QUESTION),
        ("Où est le magasin ?", Intent.QUESTION),
        ("C'est vrai que vous testez sur les animaux ?", Intent.QUESTION),
        ("I'm allergic to nuts, is it safe?", Intent.QUESTION),
        ("C'est quoi votre adresse mail svp", Intent.QUESTION),
    ],
)
def test_a_question_mark_does_not_make_the_question(text: str, intent: Intent) -> None:
    assert read(text).intent is intent


@pytest.mark.parametrize(
    "text",
    [
        "mort de rire",
        "je meurs de faim",
        "this killed me 😂",
        "you are killing it",
        "C'est à mourir de rire",
        "une explosion de saveurs",
        "les prix sont en feu 🔥",
        "je me tue à vous le dire",
        "Merci aux pompiers",
        "The prices are killing me",
        "I'm dying to try it",
    ],
)
def test_deadly_idioms_raise_no_alarm(text: str) -> None:
    assert read(text).urgency is not Urgency.P0


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Je veux en finir", Intent.DISTRESS),
        ("je vais me tuer", Intent.DISTRESS),
        ("Mon mari me frappe", Intent.DISTRESS),
        ("I want to end it all", Intent.DISTRESS),
        ("I'm not safe at home", Intent.DISTRESS),
        ("La batterie a pris feu", Intent.CRISIS_SIGNAL),
        ("Les freins ont lâché en descente", Intent.CRISIS_SIGNAL),
        ("Mon fils a fait une réaction allergique", Intent.CRISIS_SIGNAL),
        ("The brakes failed", Intent.CRISIS_SIGNAL),
        ("my daughter was injured by your toy", Intent.CRISIS_SIGNAL),
        ("Boycott !", Intent.CRISIS_SIGNAL),
        ("Je vais vous crever", Intent.CRISIS_SIGNAL),
        ("I know where you live", Intent.CRISIS_SIGNAL),
        ("Je suis journaliste, un commentaire ?", Intent.CRISIS_SIGNAL),
        ("Mon avocat vous contactera", Intent.CRISIS_SIGNAL),
    ],
)
def test_danger_comes_first(text: str, intent: Intent) -> None:
    found = read(text)
    assert (found.intent, found.urgency, found.tone) == (intent, Urgency.P0, Tone.NEGATIVE)


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("C’est inadmissible, j’attends depuis 3 semaines", Urgency.P1),
        ("SCANDALEUX JE VEUX ETRE REMBOURSE!!!!", Urgency.P1),
        ("Putain ça fait un mois que j'attends ma commande", Urgency.P1),
        ("Je vais saisir le médiateur, aucune réponse depuis un mois", Urgency.P1),
        ("Il y a un bug dans l'appli", Urgency.P2),
        ("Ma commande n'est pas arrivée", Urgency.P2),
        ("À quelle heure ouvrez-vous ?", Urgency.P2),
        ("J'adore", Urgency.P3),
        ("Vous devriez ouvrir le lundi", Urgency.P3),
        ("Gagnez 300€ par jour, lien en bio", Urgency.P4),
        ("lol what a lame brand", Urgency.P4),
    ],
)
def test_urgency(text: str, urgency: Urgency) -> None:
    assert read(text).urgency is urgency


@pytest.mark.parametrize(
    "text", ["connard", "c0nnard", "c*nnard", "CONNAAARD", "sale con", "t'es con", "you idiot", "fuck you"]
)
def test_insults_are_flagged(text: str) -> None:
    assert read(text).explicit_toxic


@pytest.mark.parametrize(
    "text",
    [
        "Le contenu est content de lui",
        "la concession du contrôleur",
        "mon renoi, mon rebeu, ces gauchistes",
        "con la meva familia",
        "un retard de livraison",
        "des retards tous les jours",
        "The class assassinated Scunthorpe",
        "My Maine coon loves it",
        "Putain, ma commande n'est jamais arrivée",
        "This damn phone is a piece of shit",
        "Votre vendeur m'a traité de connard devant tout le monde",
        "Les toilettes sont sales",
        "C'est débile ce système",
    ],
)
def test_no_insult_inside_words_nor_in_complaints(text: str) -> None:
    assert not read(text).explicit_toxic


@pytest.mark.parametrize(
    "text",
    ["Putain de merde, toujours pas livré", "What the fuck, my order never arrived", "wtf, two weeks and no refund"],
)
def test_swearing_about_a_mishap_stays_a_complaint(text: str) -> None:
    found = read(text)
    assert (found.intent, found.urgency, found.explicit_toxic) == (Intent.COMPLAINT, Urgency.P1, False)


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("Le livreur n'est pas passé", {"delivery"}),
        ("Je veux un remboursement de ma commande", {"refund", "order"}),
        ("Vous ouvrez à quelle heure ?", {"opening_hours"}),
        ("Does it come in a bigger size?", {"size_or_fit"}),
        ("L'appli plante", {"app_or_site"}),
        ("Vous recrutez ?", {"job"}),
        ("Is there a warranty?", {"warranty"}),
        ("Je n'arrive plus à me connecter", {"app_or_site"}),
        ("Connexion impossible depuis hier", {"app_or_site"}),
        ("La taille ne va pas", {"size_or_fit"}),
        ("Le concert a été annulé", {"event"}),
        ("Toujours du pétrole dans vos produits", {"environment"}),
    ],
)
def test_topics(text: str, topics: set[str]) -> None:
    found = read(text).topics
    assert topics <= set(found) <= set(TOPICS)


def test_reasons_quote_the_very_words_in_french_typography() -> None:
    found = read("Toujours pas REÇU ma commande {name}")
    told = [Translator("fr").wording(reason) for reason in found.why]
    assert told[0] == "Attente ou livraison en défaut\u00a0: «\u00a0Toujours pas REÇU\u00a0»"


def test_reasons_show_skipped_words() -> None:
    found = read("We were waiting at that door for hours")
    told = " ".join(Translator("en").wording(reason) for reason in found.why)
    assert "“" in told
    assert Intent.COMPLAINT is found.intent


def test_reasons_name_the_legal_threat_even_when_another_intent_wins() -> None:
    found = read("Je vais saisir le médiateur")
    assert any("mediateur" in Translator("fr").wording(reason).replace("é", "e") for reason in found.why)


def test_the_authors_name_only_unmasks_a_false_support_desk() -> None:
    text = "Please contact us on WhatsApp http://help.example.com"
    found = read(text, author="Brand_Support.Official")
    assert found.intent is Intent.SPAM
    assert any(reason.key == "triage.why.false_support" for reason in found.why)
    for plain in ("Merci !", "Où est le magasin ?", "Ma commande est en retard"):
        assert read(plain, author="Customer Support") == read(plain, author="Julie")


@pytest.mark.parametrize("text", ["", "   ", "\x00", "\u200b\ufeff", "!!!", "…"])
def test_nothing_to_read_is_other(text: str) -> None:
    found = read(text)
    assert (found.intent, found.unsure, found.explicit_toxic) == (Intent.OTHER, False, False)


@pytest.mark.parametrize(("text", "intent"), [("❤️❤️", Intent.PRAISE), ("😡", Intent.COMPLAINT), ("🤡", Intent.TROLL)])
def test_emoji_alone_speak(text: str, intent: Intent) -> None:
    assert read(text).intent is intent


def test_a_weak_guess_says_so_and_keeps_its_best_intent() -> None:
    found = read("Un ami m'a parlé de votre marque hier")
    assert found.unsure
    assert found.intent in Intent


@pytest.mark.parametrize(
    "text", ["jamais recu ma cmd", "c nul", "tjs pas livré", "scandaleu", "inadmisible", "nuuuuul"]
)
def test_spelling_of_real_comments(text: str) -> None:
    assert read(text).intent is Intent.COMPLAINT


def test_apostrophes_and_accents_do_not_matter() -> None:
    seen = {read(text).intent for text in ("J’attends toujours", "J'attends toujours", "jattends toujours")}
    assert seen == {Intent.COMPLAINT}


def test_language_is_detected_unless_known() -> None:
    assert RULES.triage("Est-ce que vous livrez dans toute la France le samedi ?").language == "fr"
    assert RULES.triage("Do you deliver on Saturdays in the whole country?").language == "en"
    assert RULES.triage("ok", thread_language="en").language == "en"
    assert RULES.triage("Bonjour", language="br").language == "br"


class Counting(RuleTriage):
    """Rules that say which texts they read."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []

    def weighed(self, asked: Asked) -> Weighed:
        self.read.append(asked.text)
        return super().weighed(asked)


def test_what_many_post_word_for_word_is_read_once() -> None:
    rules, slogan, question = Counting(), "Boycott de cette marque !", "Vous ouvrez quand ?"
    raid = [Asked(slogan, f"Compte {number}") for number in range(300)]
    told = rules.triage_batch([*raid, Asked(question, "Léa", thread_language="fr"), *raid])
    assert rules.read == [slogan, question]
    assert told == [*[RULES.triage(slogan)] * 300, RULES.triage(question, thread_language="fr"), *told[:300]]


def test_one_text_from_a_false_support_desk_is_not_the_same() -> None:
    text = "Bonjour, écrivez-nous sur WhatsApp pour votre remboursement"
    rules = RuleTriage()
    plain, posed, again = rules.triage_batch([Asked(text, "Léa"), Asked(text, "Service client"), Asked(text, "Tom")])
    assert plain == again
    assert (posed.intent.value, posed.why != plain.why) == ("spam", True)
