"""What the rules of a reply decide beyond their samples: fixes, spans, severities, what they leave alone."""

from __future__ import annotations

import time
from datetime import date

import pytest

from copilot import networks
from copilot.checks import Context, Draft, rules
from copilot.checks._phrases import denied, page, sentences
from copilot.domain.brand import Brand, HouseStyle
from copilot.domain.finding import Finding, Severity

REPLY_RULES = (
    "private_data_request",
    "admits_fault",
    "blames_customer",
    "irony",
    "hollow_apology",
    "vague_promise",
    "legal_threat",
    "repeated_sentence",
    "reply_shape",
)
RULES = (
    *REPLY_RULES,
    *("commercial_transparency", "sector_mention", "contest", "shouting", "exclamations", "cliche", "tone_words"),
    *("emoji_lines", "camel_case", "alt_text", "inclusive", "address", "banned_term", "seo"),
)


def found(rule: str, text: str, *, part: str = "reply", brand: Brand | None = None, **fields: object) -> list[Finding]:
    draft = Draft(text=text, network=networks.get("facebook_page"), part=part, kind=part)
    context = Context(brand, (), (), date(2026, 11, 21), **fields)  # type: ignore[arg-type]  # the fields of one test
    return list(rules()[rule](draft, context))


@pytest.mark.parametrize(
    ("rule", "text", "quote", "fix"),
    [
        (
            "private_data_request",
            "Merci de nous préciser votre date de naissance.",
            "votre date de naissance",
            "votre date de naissance en message privé",
        ),
        ("private_data_request", "Auriez-vous un numéro de dossier ?", "un numéro de dossier", None),
        ("hollow_apology", "Désolés si vous avez attendu.", "Désolés si vous avez", "Désolés que vous ayez"),
        ("hollow_apology", "We’re sorry if this upset you.", "sorry if this upset", "sorry that this upset"),
        ("hollow_apology", "Désolés si l’attente a pesé.", "Désolés si l", None),
        ("exclamations", "Quoi ?!?!", "?!?!", "?"),
        ("shouting", "Oui. VENEZ DEMAIN samedi.", "VENEZ DEMAIN", "Venez demain"),
    ],
)
def test_a_finding_quotes_the_text_and_mends_it(rule: str, text: str, quote: str, fix: str | None) -> None:
    (finding,) = found(rule, text)
    assert (text[finding.start : finding.end], finding.fix) == (quote, fix)


def test_combining_accents_are_read_and_pointed_at() -> None:
    text = "De\u0301sole\u0301s si vous avez attendu."
    (finding,) = found("hollow_apology", text)
    assert text[finding.start : finding.end] == "De\u0301sole\u0301s si vous avez"


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("private_data_request", "Sous quel numéro de réservation êtes-vous venus ?"),
        ("private_data_request", "On a besoin de ton adresse mail pour t’aider."),
        ("private_data_request", "Drop your e-mail below and we’ll check."),
        ("admits_fault", "La faute est entièrement de notre côté."),
        ("admits_fault", "Our staff caused your injury."),
        ("blames_customer", "Inutile de vous énerver."),
        ("blames_customer", "You must not have read the e-mail."),
        ("irony", "Quelle perspicacité !"),
        ("irony", "What a brilliant observation."),
        ("hollow_apology", "Nous sommes navrés que vous le preniez ainsi."),
        ("vague_promise", "Votre dossier est en cours de traitement."),
        ("vague_promise", "Someone will contact you shortly."),
        ("legal_threat", "Retirez cet avis sous peine de poursuites."),
        ("legal_threat", "Remove this or we will sue."),
    ],
)
def test_other_ways_to_say_it_are_found(rule: str, text: str) -> None:
    assert found(rule, text)
    assert found(rule, text.upper().replace("’", "'"))


@pytest.mark.parametrize(
    "text",
    [
        "Vous auriez dû être prévenue, et ce n’est pas normal. Karim, de l’accueil, vous appelle demain.",
        "Votre adresse se modifie dans votre espace client. Merci pour votre mail !",
        "Toutes nos excuses pour l’erreur de préparation : le colis repart aujourd’hui.",
        "Nous vous conseillons de porter plainte auprès de la gendarmerie.",
        "You should have been told about the delay. Ana will call you tomorrow.",
        "Bravo pour votre patience ! Les billets restent valables jusqu’au 3 mars.",
    ],
)
def test_an_ordinary_reply_is_left_alone(text: str) -> None:
    kept = [name for name in RULES if found(name, text)]
    assert kept == []


def test_quoted_words_are_not_ours() -> None:
    assert found("blames_customer", "Vous citez « vous auriez dû lire » : ces mots n’étaient pas les nôtres.") == []


def test_rules_of_a_reply_leave_posts_alone() -> None:
    text = "C’est notre faute. Vous auriez dû lire. Désolés si vous avez attendu. Nos avocats étudient. lol"
    for rule in REPLY_RULES:
        assert found(rule, text, part="post") == [], rule


def test_a_law_firm_may_speak_of_its_lawyers() -> None:
    text = "Nos avocats vous reçoivent le mardi."
    assert found("legal_threat", text)
    assert found("legal_threat", text, brand=Brand(id="b", name="B", sector="Cabinet d’avocats")) == []


def test_a_sentence_weighs_more_when_it_is_everywhere() -> None:
    said = "Nous comprenons votre déception et la prenons au sérieux."
    brand = Brand(id="b", name="B", style=HouseStyle(same_sentence=2))
    weights = [
        [finding.severity for finding in found("repeated_sentence", said, brand=brand, recent=(said,) * times)]
        for times in (2, 3, 5)
    ]
    assert weights == [[], [Severity.ADVISES], [Severity.WARNS]]


def test_sentences_and_denials_are_read() -> None:
    where = page("Oui. À 10.30 h ! Ne donnez pas votre nom…\nFin")
    assert [where.written(*span).strip() for span in sentences(where)] == [
        "Oui.",
        "À 10.30 h !",
        "Ne donnez pas votre nom…",
        "Fin",
    ]
    assert denied(where, where.plain.index("donnez"))
    assert not denied(where, where.plain.index("nom"))


@pytest.mark.parametrize(
    "unit",
    [
        *("e\u0301", "\0", "\ud83d", "é", '"', "« ", "! ", "VENEZ ICI ", "abonné·es ", "a.e.s "),
        *("donnez votre mail ", "désolé si vous avez ", "bientôt ", "nous vous ", "code promo ", "vous auriez "),
    ],
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    def seconds(size: int) -> float:
        text = (unit * size)[:size]
        started = time.process_time()
        for rule in RULES:
            for part in ("post", "reply"):
                found(rule, text, part=part)
        return time.process_time() - started

    seconds(2_000)
    # Ten times the text: a quadratic way takes a hundred times as long.
    assert seconds(100_000) < 40 * max(seconds(10_000), 0.02)
