"""The fact that answers, and silence rather than a near miss."""

from __future__ import annotations

from dataclasses import replace

import pytest

from copilot.domain.brand import Address, Fact
from copilot.domain.conversation import Approach, Intent
from copilot.playbook._reply_facts import as_answer, lowered, speaks
from tests.unit.replies_table import BRAND, reply

FACTS = (
    Fact("courlis", "Le Courlis coûte 890 €.", topics=("price", "product", "courlis"), language="fr"),
    Fact("heron", "Le Héron coûte 3 490 €.", topics=("price", "product", "héron"), language="fr"),
    Fact("tailles", "Le Courlis existe en trois tailles.", topics=("size_or_fit", "taille"), language="fr"),
    Fact("horaires", "La boutique-atelier est ouverte du mardi au samedi.", topics=("opening_hours",), language="fr"),
    Fact("adresse", "La boutique-atelier est au 12, rue des Forges.", topics=("place", "adresse"), language="fr"),
    Fact("delai", "Un vélo est livré sous trois semaines.", topics=("delivery", "délai"), language="fr"),
    Fact("frais", "La livraison coûte 49 €.", topics=("delivery", "price"), language="fr"),
    Fact("garantie", "Le cadre est garanti à vie.", topics=("warranty", "garantie"), language="fr"),
    Fact("atelier", "L’atelier répare toutes les marques.", topics=("repair", "atelier"), language="fr"),
    Fact("paiement", "Le paiement en quatre fois est proposé.", topics=("price", "paiement"), language="fr"),
    Fact("emploi", "Nos offres sont affichées à l’atelier.", topics=("job", "recrutement"), language="fr"),
    Fact("hours", "The shop is open Tuesday to Saturday.", topics=("opening_hours", "hours"), language="en"),
    Fact("return", "A bike can be returned within 30 days.", topics=("refund", "return"), language="en"),
)  # fmt: skip
HOUSE = replace(BRAND, facts=FACTS)


@pytest.mark.parametrize(
    ("asked", "fact"),
    [
        ("Combien coûte le Héron ?", "heron"),
        ("Quel est le prix du Courlis ?", "courlis"),
        ("Bonjour, j'adore. Vous ouvrez à quelle heure ? Merci", "horaires"),
        ("C'est ouvert le dimanche ?", "horaires"),
        ("C'est combien la livraison ?", "frais"),
        ("La livraison est gratuite ?", "frais"),
        ("Quel est le délai de livraison ?", "delai"),
        ("Il y a une garantie ?", "garantie"),
        ("On peut payer en plusieurs fois ?", "paiement"),
        ("Vous recrutez en ce moment ? Je suis soudeur.", "emploi"),
        ("Quelle est l'adresse ?", "adresse"),
        ("Vous réparez toutes les marques ?", "atelier"),
        ("Vous livrez en Belgique ?", None),
        ("vous livrez en belgique ?", None),
        ("Le Héron existe en plusieurs tailles ?", None),
        ("Combien coûte le Pluvier ?", None),
        ("Y a un parking à côté ?", None),
        ("L'atelier est accessible en fauteuil roulant ?", None),
        ("Combien de temps dure le contrôle ?", None),
        ("On peut venir avec un enfant ?", None),
        ("À quelle heure faut-il déposer les vélos à vendre ?", None),
        ("Pourquoi ?", None),
    ],
)
def test_a_question_gets_its_fact_or_none(asked: str, fact: str | None) -> None:
    proposal = reply(asked, Intent.QUESTION, brand=HOUSE)
    assert proposal.used_facts == ((fact,) if fact else ())
    assert proposal.slots == (() if fact else ("réponse",))


@pytest.mark.parametrize(
    ("asked", "fact"),
    [
        ("What are your opening hours on Mondays?", "hours"),
        ("Can I return a bike?", "return"),
        ("Is the winter check open to other brands?", None),
        ("Do you ship to Canada?", None),
    ],
)
def test_english_questions(asked: str, fact: str | None) -> None:
    proposal = reply(asked, Intent.QUESTION, language="en", brand=HOUSE)
    assert proposal.used_facts == ((fact,) if fact else ())


@pytest.mark.parametrize("approach", list(Approach), ids=str)
def test_a_fact_is_stated_word_for_word(approach: Approach) -> None:
    text = reply("Combien coûte le Héron ?", Intent.QUESTION, brand=HOUSE, approach=approach).text
    assert "e Héron coûte 3\u202f490\u00a0€" in (text or "")


@pytest.mark.parametrize(
    ("approach", "slots"),
    [
        (Approach.SHORT, ("réponse",)),
        (Approach.EMPATHIC, ("réponse",)),
        (Approach.PRIVATE, ()),
        (Approach.FACTUAL, ("réponse",)),
        (Approach.FIRM, ("réponse",)),
    ],
)
def test_without_a_fact_an_answer_given_here_is_left_open(approach: Approach, slots: tuple[str, ...]) -> None:
    proposal = reply("Vous livrez en Belgique ?", Intent.QUESTION, "delivery", brand=HOUSE, approach=approach)
    assert proposal.slots == slots
    assert "reply.why.no_fact" in [why.key for why in proposal.why]


def test_a_fact_only_in_the_other_language_is_named_not_stated() -> None:
    proposal = reply("What is the price of the Courlis?", Intent.QUESTION, "price", language="en", brand=HOUSE)
    assert proposal.slots == ("answer",)
    told = {why.key: why.params for why in proposal.why}
    assert told["reply.why.fact_other_language"]["id"] == "courlis"


def test_a_mistaken_claim_is_corrected_with_the_source() -> None:
    text = reply("Vos vélos sont fabriqués en Chine", Intent.MALINFORMED, "quality").text or ""
    assert "es cadres sont soudés à Moulins (source\u00a0: Page Fabrication)." in text


def test_a_claim_beside_the_facts_leaves_a_slot() -> None:
    proposal = reply("Il paraît que vous fermez en juin", Intent.MALINFORMED, "opening_hours")
    assert proposal.slots == ("information vérifiée",)


@pytest.mark.parametrize("approach", [Approach.FACTUAL, Approach.FIRM])
def test_a_rule_may_be_told_to_an_unhappy_person(approach: Approach) -> None:
    proposal = reply("Retour refusé, remboursez", Intent.COMPLAINT, "refund", approach=approach)
    assert proposal.used_facts == ("retour",)
    assert "rendu sous 30 jours" in (proposal.text or "")


def test_a_delay_is_not_thrown_at_somebody_who_waits() -> None:
    for approach in Approach:
        asked = "Mon vélo n'est pas livré, délai dépassé"
        assert reply(asked, Intent.COMPLAINT, "delivery", brand=HOUSE, approach=approach).used_facts == ()


def test_facts_of_the_answer_come_before_the_brands() -> None:
    own = (Fact("own", "Le Héron coûte 2 900 €.", topics=("price", "héron")),)
    assert reply("Combien coûte le Héron ?", Intent.QUESTION, brand=HOUSE, facts=own).used_facts == ("own",)


@pytest.mark.parametrize(
    ("line", "asked", "language", "stated"),
    [
        ("Horaires : du mardi au samedi, 10 h - 19 h", "Vous ouvrez à quelle heure ?", "fr",
         "(horaires)\u00a0: du mardi au samedi, 10\u00a0h - 19\u00a0h."),
        ("Opening hours: Tue to Sat, 10 am to 7 pm", "What are your opening hours?", "en",
         "(opening hours): Tue to Sat, 10 am to 7 pm."),
        ("Livraison offerte dès 50 € d’achat", "La livraison est gratuite ?", "fr",
         "ivraison offerte dès 50\u00a0€ d’achat."),
    ],
)  # fmt: skip
def test_fact_lines_without_topics(line: str, asked: str, language: str, stated: str) -> None:
    proposal = reply(asked, Intent.QUESTION, language=language, brand=None, facts=(Fact("1", line),))
    assert stated in (proposal.text or "")
    assert proposal.slots == ()


def test_a_fact_that_says_vous_is_pointed_out_to_a_brand_that_says_tu() -> None:
    own = (Fact("essai", "Vous pouvez essayer le Héron à l’atelier.", topics=("essayer", "héron")),)
    proposal = reply("Je peux essayer le Héron ?", Intent.QUESTION, brand=HOUSE, facts=own, address=Address.TU)
    assert "reply.why.fact_address" in [why.key for why in proposal.why]


def test_braces_in_a_fact_block_as_a_slot() -> None:
    own = (Fact("open", "Le Héron coûte {prix}, gratuit en mai.", topics=("price", "héron")),)
    assert reply("Combien coûte le Héron ?", Intent.QUESTION, brand=None, facts=own).slots == ("prix",)


def test_own_data_goes_to_the_fact_on_privacy() -> None:
    own = (Fact("dpo", "Pour vos données, écrivez à dpo@aubrelle.example.", topics=("rgpd",), language="fr"),)
    proposal = reply("Effacez mes données", Intent.PRIVATE_DATA_REQUEST, facts=own)
    assert "dpo@aubrelle.example" in (proposal.text or "")
    other = reply("Donnez-moi son adresse", Intent.PRIVATE_DATA_REQUEST, facts=own)
    assert "dpo@" not in (other.text or "")


@pytest.mark.parametrize(
    ("statement", "language", "expected"),
    [
        ("La boutique est ouverte", "fr", True),
        ("La boutique est ouverte", "en", False),
        ("The shop is open", "fr", False),
        ("890 €", "fr", True),
        ("890 €", "en", True),
    ],
)
def test_language_of_a_fact_that_declares_none(statement: str, language: str, *, expected: bool) -> None:
    assert speaks(Fact("x", statement), language) is expected


@pytest.mark.parametrize(
    ("sentence", "small"),
    [("La boutique", "la boutique"), ("L’atelier", "l’atelier"), ("Moulins accueille", "Moulins accueille"), ("", "")],
)
def test_a_name_keeps_its_capital(sentence: str, small: str) -> None:
    assert lowered(sentence) == small


def test_a_statement_with_a_colon_is_not_framed() -> None:
    assert not as_answer(Fact("x", "En cas de doute sur un frein : ne roulez pas.")).frameable
    assert as_answer(Fact("x", "Horaires : 10 h à 19 h")).label == "Horaires"


BESIDE = (
    Fact("cargo", "The cargo bike costs 3490 €.", topics=("price", "product", "cargo"), language="en"),
    Fact("online", "Un vélo acheté en ligne est remboursé sous 30 jours.", topics=("refund",), language="fr"),
    Fact("range", "L’autonomie du Courlis+ est de 80 km.", topics=("product", "autonomie"), language="fr"),
)


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ('You said "every make". Does that include cargo bikes?', "en"),
        ("vous remboursez les vélos d'occasion ?", "fr"),
        ("C'est quoi l'autonomie du Courlis+ en hiver ?", "fr"),
        ("Quelle est l'autonomie du Courlis ?", "fr"),
    ],
)
def test_a_fact_beside_the_point_leaves_a_slot(asked: str, language: str) -> None:
    proposal = reply(asked, Intent.QUESTION, language=language, brand=replace(BRAND, facts=BESIDE))
    assert proposal.used_facts == ()
    assert len(proposal.slots) == 1


def test_a_question_on_the_very_model_is_answered() -> None:
    proposal = reply("Quelle est l'autonomie du Courlis+ ?", Intent.QUESTION, brand=replace(BRAND, facts=BESIDE))
    assert proposal.used_facts == ("range",)


def test_two_questions_get_a_fact_and_a_slot() -> None:
    lines = (Fact("l1", "Horaires 10 h - 19 h"), Fact("l2", "Livraison 3 semaines"))
    proposal = reply("Quels sont vos horaires et livrez-vous le lundi ?", Intent.QUESTION, brand=None, facts=lines)
    assert proposal.used_facts == ("l1",)
    assert proposal.slots == ("réponse",)


def test_two_questions_get_two_facts() -> None:
    asked = "Quels sont vos horaires ? Quel est le délai de livraison ?"
    proposal = reply(asked, Intent.QUESTION, brand=HOUSE)
    assert proposal.slots in ((), ("réponse",))
    assert "delai" in proposal.used_facts


def test_a_supplied_line_on_the_day_asked_wins() -> None:
    lines = (Fact("l1", "Samedi : 10 h - 18 h"),)
    asked = "Vous ouvrez à quelle heure samedi ?"
    assert reply(asked, Intent.QUESTION, brand=HOUSE, facts=lines).used_facts == ("l1",)
    other = "Vous ouvrez à quelle heure dimanche ?"
    assert "l1" not in reply(other, Intent.QUESTION, brand=HOUSE, facts=lines).used_facts
