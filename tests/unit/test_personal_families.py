"""Surnames alone, filed first, short or with particles; what looks like them and is none."""

from __future__ import annotations

import pytest

from copilot.text.personal import personal_spans

PEOPLE = {
    "Nguyen m'a rappelé hier": ["Nguyen"],
    "Tran told me the pool would reopen": ["Tran"],
    "Tran, vous m'aviez juré que c'était réglé": ["Tran"],
    "Wasilkowski told me it was covered": ["Wasilkowski"],
    "Benchaouch n'a jamais rappelé": ["Benchaouch"],
    "Bonsoir, Ouedraogo à l'appareil": ["Ouedraogo"],
    "Sall et Ndiaye au magasin de Pantin, deux perles": ["Sall", "Ndiaye"],
    "que fait Robichaud dans votre équipe ?": ["Robichaud"],
    "Elle s'appelle comment ? Ly je crois.": ["Ly"],
    "Mr Le m'a promis un geste": ["Le"],
    "merci à M. Ly du rayon bricolage": ["Ly"],
    "Dos Santos, Ricardo : c'est écrit comme ça": ["Dos Santos, Ricardo"],
    "Pereira da Silva, Tiago — c'est le nom au contrat": ["Pereira da Silva, Tiago"],
    "BENALI, Samia, dossier 4471": ["BENALI, Samia"],
    "Le Moign Yannick à l'accueil, parfait": ["Le Moign Yannick"],
    "Le Goff m'a bien aidée": ["Le Goff"],
    "Résa au nom de de la Fuente, 4 couverts": ["de la Fuente"],
    "Dr Abderrahmane Ould Sidi refuse le tiers payant": ["Abderrahmane Ould Sidi"],
    "j'ai eu rdv chez Thierry Vuagniaux": ["Thierry Vuagniaux"],
    "signé karim b": ["karim b"],
    "le chauffeur Mourad ligne 7 est le meilleur": ["Mourad"],
    "Bonjour je suis Marie Curie, ma commande est en retard": ["Marie Curie"],
    "My name is Jane Austen and my parcel is lost": ["Jane Austen"],
}
NOBODY = [
    "Question pour la Mégane E-Tech : quelle borne ?",
    "Ma Zoé de 2017 fait encore 240 km",
    "Les Zoé sont toutes en panne",
    "My Mercedes needs a new wing mirror",
    "la tondeuse Wilkinson rase mal",
    "confiture Andros sans sucre",
    "référence 12 du catalogue Schmidt",
    "le concert de Céline à Nanterre",
    "Bonjour Mr. Le colis est perdu",
    "Le Drive est nul",
    "Je suis rue Marie Curie",
    "Je suis fan de Marie Curie",
    "Je suis Charlie Hebdo",
    "Chronopost m'a rappelé hier",
    "Amazon told me to wait",
    "any language other than English, please",
    "Sarl Dupuis, expéditeur inconnu",
]


def names(text: str) -> list[str]:
    return [text[span.start : span.end] for span in personal_spans(text) if span.kind == "PERSON"]


@pytest.mark.parametrize(("text", "people"), PEOPLE.items(), ids=PEOPLE)
def test_a_surname_is_found_from_what_stands_around_it(text: str, people: list[str]) -> None:
    assert names(text) == people


@pytest.mark.parametrize("text", NOBODY)
def test_a_thing_with_the_name_of_somebody_is_not_hidden(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("ticket #558812 closed", "#558812"),
        ("commandes #71120 et #71121", "#71120"),
        ("Client 40 118 227-3, rappelez-moi", "40 118 227-3"),
        ("Suivi colissimo 8R 0098 7712 345, bloqué", "8R 0098 7712 345"),
        ("colis n° CB 889 120 447 FR toujours à Roissy", "CB 889 120 447 FR"),
        ("my package 9400 1118 9922 3817 4465 20 arrive open", "9400 1118 9922 3817 4465 20"),
        ("contrat gaz GA 4410 2298", "GA 4410 2298"),
    ],
)
def test_a_reference_is_taken_whole(text: str, reference: str) -> None:
    found = [text[span.start : span.end] for span in personal_spans(text)]
    assert found[0] == reference


@pytest.mark.parametrize("text", ["#4novembre2018 quel jour", "#RE2PECT", "You are #1!"])
def test_a_hashtag_is_no_reference(text: str) -> None:
    assert personal_spans(text) == []
