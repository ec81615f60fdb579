"""What the rules of posts decide beyond their samples: the law, contests, tone and accessibility."""

from __future__ import annotations

from datetime import date

import pytest

from copilot import networks
from copilot.checks import Context, Draft, rules
from copilot.checks._words import find_word
from copilot.domain.brand import Brand, HouseStyle, InclusiveWriting, Sector
from copilot.domain.finding import Finding, Severity


def found(
    rule: str, text: str, network: str = "facebook_page", brand: Brand | None = None, **said: object
) -> list[Finding]:
    draft = Draft(text=text, network=networks.get(network), **said)  # type: ignore[arg-type]  # the fields of one test
    return list(rules()[rule](draft, Context(brand, (), (), date(2026, 11, 21))))


def house(**style: object) -> Brand:
    return Brand(id="b", name="B", style=HouseStyle(**style))  # type: ignore[arg-type]  # the fields of one test


@pytest.mark.parametrize("sector", Sector)
def test_the_mention_it_offers_is_the_one_it_asks_for(sector: Sector) -> None:
    text = "Vin, crédit, voiture, biscuits, paris : découvrez notre nouveauté."
    brand = house(sectors=(sector,))
    (finding,) = found("sector_mention", text, brand=brand)
    assert finding.severity is Severity.WARNS
    assert found("sector_mention", text + str(finding.fix), brand=brand) == []


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("Ma crème préférée, offerte par la marque Lune.", Severity.WARNS),
        ("La veste que la marque m’a envoyée tient chaud.", Severity.WARNS),
        ("Slow Sunday with the tray they kindly sent me.", Severity.WARNS),
        ("Une soirée en collaboration avec Studio Lune.", Severity.ADVISES),
    ],
)
def test_a_partnership_is_weighed(text: str, severity: Severity) -> None:
    assert [finding.severity for finding in found("commercial_transparency", text)] == [severity]
    assert found("commercial_transparency", f"Collaboration commerciale\n{text}") == []
    # At the end or among tags it comes too late.
    assert found("commercial_transparency", text + "\nUn mot de plus." * 12 + "\nPublicité #collaborationcommerciale")


@pytest.mark.parametrize(
    "text",
    [
        "En partenariat avec la ville de Moulins, le musée ouvre tard.",
        "Un café offert pour deux achetés, avec le code MATIN.",
        "La mairie nous a offert un vélo cargo pour les livraisons.",
        "Campagne de publicité : notre agence recrute.",
    ],
)
def test_a_house_may_speak_of_its_own_deals(text: str) -> None:
    assert found("commercial_transparency", text) == []


@pytest.mark.parametrize(("network", "severity"), [("facebook_page", Severity.WARNS), ("instagram", Severity.ADVISES)])
def test_tagging_friends_weighs_by_network(network: str, severity: Severity) -> None:
    text = "Jeu-concours : identifie 3 amis et partage cette publication pour gagner un panier."
    traps = [one for one in found("contest", text, network) if "ident" in one.quote or "partage" in one.quote]
    assert [one.severity for one in traps] == [severity, severity]


def test_a_fair_contest_and_a_plain_share_pass() -> None:
    assert found("contest", "Partagez cette publication, identifiez un ami à prévenir : la route est fermée.") == []
    assert found("contest", "Le concours de la fonction publique ouvre le 3 mars.") == []


@pytest.mark.parametrize(
    ("word", "text", "places"),
    [
        ("pas cher", "des vélos pas chers, une selle pas chère", ["pas chers", "pas chère"]),
        ("booster", "boostez, on booste, boosté, boosterons, boost", ["boostez", "booste", "boosté", "boosterons"]),
        ("génial", "géniaux géniales génialement", ["géniaux", "géniales"]),
        ("usine", "les usines usinent un fond usiné", ["usines"]),
        ("cheap", "cheaper cheap", ["cheap"]),
        ("port", "la porte du port", ["port"]),
        ("acheter", "achète, achetons, achat", ["achète", "achetons"]),
        ("leverage", "leveraging", ["leveraging"]),
        ("n’hésitez pas", "N'hésite pas, n’hésitez pas", ["N'hésite pas", "n’hésitez pas"]),
    ],
)
def test_terms_are_found_inflected_never_inside_a_word(word: str, text: str, places: list[str]) -> None:
    assert [text[start:end] for start, end in find_word(word, text)] == places


def test_inclusive_forms_are_turned_into_the_house_s() -> None:
    text = "Nos abonné(e)s."
    (median,) = found("inclusive", text, brand=house(inclusive=InclusiveWriting.MEDIAN))
    (pairs,) = found("inclusive", "Nos abonné·es.", brand=house(inclusive=InclusiveWriting.DOUBLETS))
    assert (median.fix, pairs.fix) == ("abonné·es", "abonnées et abonnés")


@pytest.mark.parametrize(
    ("tag", "fix"),
    [
        ("journeesdupatrimoine", "#JourneesDuPatrimoine"),
        ("vélodeville", "#VéloDeVille"),
        ("smallbusiness", "#SmallBusiness"),
    ],
)
def test_a_joined_tag_gets_its_capitals(tag: str, fix: str) -> None:
    assert [finding.fix for finding in found("camel_case", "Oui.", hashtags=(tag,))] == [fix]


@pytest.mark.parametrize("tag", ["photographie", "boulangerie", "bienvenue", "workshop", "VéloDeVille", "weekend"])
def test_a_single_word_keeps_its_small_letters(tag: str) -> None:
    assert found("camel_case", "Oui.", hashtags=(tag,)) == []


@pytest.mark.parametrize(
    "text",
    ["La SNCF et l’UNESCO à Paris.", "Marie DUPONT au CNRS.", "Le modèle XR-650 PRO.", "Rendez-vous « ENTRÉE LIBRE »."],
)
def test_acronyms_names_and_codes_do_not_shout(text: str) -> None:
    assert found("shouting", text) == []


def test_an_article_alone_is_read_for_search() -> None:
    text = "# Un\n\n# Deux\n\n![](a.png)"
    assert len(found("seo", text, "wordpress")) == 2
    assert found("seo", text, "linkedin") == []
