"""Personal details as people write them, each turn beside what looks like it and names nobody."""

from __future__ import annotations

import pytest

from copilot.text.privacy import Vault

MASKED = [
    # Two codes announced together; a code of letters alone.
    ("reservation VL7K2D + VL7K3F", "reservation [[REF_1]] + [[REF_2]]"),
    ("commandes 88120 et 88121 mélangées", "commandes [[REF_1]] et [[REF_2]] mélangées"),
    ("billet QXTRPL annulé", "billet [[REF_1]] annulé"),
    ("réservation Castellani 4 pers ce soir", "réservation [[PERSON_1]] 4 pers ce soir"),
    # The card nearest to the number says what it is.
    ("carte cadeau payée avec la visa 4970-1033-8812-9579", "carte cadeau payée avec la visa [[CARD_1]]"),
    # Addresses kept for examples, and those somebody connects from.
    ("connexion depuis 198.51.100.23 à 3h", "connexion depuis [[IP_1]] à 3h"),
    ("login attempt from 10.20.30.40", "login attempt from [[IP_1]]"),
    ("vu sur insta @la.table.de.sonia", "vu sur insta [[HANDLE_1]]"),
    ("mon mail : julien @gmail.com", "mon mail : [[EMAIL_1]]"),
    ("pseudo vinted la_friperie", "pseudo vinted [[HANDLE_1]]"),
    # Names that begin with a particle or letters of one.
    ("mon chef N'Golo Traoré a signé", "mon chef [[PERSON_1]] a signé"),
    ("Van Der Meulen, Bruges", "[[PERSON_1]], Bruges"),
    ("J-M Dupuis et Mohd. Imran", "[[PERSON_1]] et [[PERSON_2]]"),
    ("je suis christiane duval", "je suis [[PERSON_1]]"),
    # A name that comes back; somebody told of with an article.
    ('got "Chad". Thanks Chad.', 'got "[[PERSON_1]]". Thanks [[PERSON_1]].'),
    ("la Martine elle m'a dit non", "la [[PERSON_1]] elle m'a dit non"),
    ("Sooo Imogen at reception is an angel", "Sooo [[PERSON_1]] at reception is an angel"),
    # Streets of Québec, Belgium, Switzerland, India, Maghreb.
    ("au 112 boul. Saint-Joseph Est, Montréal (Québec) H2T 1H6", "au [[ADDRESS_1]]"),
    ("2255 chemin Sainte-Foy, app. 4, Québec G1V 1S9", "[[ADDRESS_1]]"),
    ("rue Haute 12 bte 3, 1000 Bruxelles", "[[ADDRESS_1]]"),
    ("Rte de Chêne 12, 1207 Genève", "[[ADDRESS_1]]"),
    ("Flat B-604, Sai Krupa CHS, Thane West 400601", "[[ADDRESS_1]]"),
    ("Hay Salam, bloc B n° 14, Rabat", "[[ADDRESS_1]]"),
    ("Résidence Les Alizés, route de la Plage, 97434 Saint-Gilles", "[[ADDRESS_1]]"),
    ("12 rue des lilas lyon 3e", "[[ADDRESS_1]]"),
    ("date de naissance du petit : 03/06/2022", "date de naissance du petit : [[BIRTHDATE_1]]"),
]


@pytest.mark.parametrize(("text", "masked"), MASKED, ids=[text for text, _ in MASKED])
def test_a_turn_is_hidden_whole_and_comes_back(text: str, masked: str) -> None:
    vault = Vault()
    assert vault.mask(text) == masked
    assert vault.restore(masked) == text


CLEAR = [
    "dossier CLOTURE, billet ENFANT, réservation ANNULEE",
    "commande de 3 articles et 12 sacs",
    "l’appli 45.2.1.0 plante, firmware 1.0.0.27",
    "tarif 3@10€, rdv @ 18h, promo @ -30%",
    "#teamjeanne #pasteque2024",
    "N'Oublie pas, les CGV et les PME",
    'la chanson "Aline", le film « Camille »',
    "la robe midi Louise et le canapé gris Oscar",
    "Offre Rose à 9,99 ou offre Violette à 14,99",
    "La Clio est plus large que la Zoé",
    "Rose, Jasmin, Iris : lequel tient le mieux ? Ambre ou Jade ?",
    "May is the best month for Florence, August is hell",
    "I’m in Athlone, we come from Athlone, it’s miles from Athlone.",
    "Jackson, MS location is filthy. Karen energy, Murphy’s law",
    "1 côte de boeuf, 2 croissants, 12 cours d’essai offerts",
    "une marque née en 1921, fondée en 1987",
    "réf. HP-450-GX en stock, code à barres 3256540001234",
    "Bus Villeneuve d’Ascq, tempête Irma, Fort Boyard et Père Fouras",
]


@pytest.mark.parametrize("text", CLEAR)
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert Vault().mask(text) == text


KNOWN = [
    ("Léa R.", "je suis Léa Roussillon", "je suis [[PERSON_1]]"),
    ("Léa", "merci Léa Martin-Duval et Léa", "merci [[PERSON_1]] et [[PERSON_2]]"),
    ("Pierre Marchand", "comme dit pierre marchand", "comme dit [[PERSON_1]]"),
    ("Rose Blanche", "une rose blanche", "une rose blanche"),
    ("Rose", "la robe rose te va, Rose", "la robe rose te va, [[PERSON_1]]"),
]


@pytest.mark.parametrize(("name", "text", "masked"), KNOWN, ids=[text for _, text, _ in KNOWN])
def test_who_is_known_is_found_under_a_longer_name_and_in_lower_case(name: str, text: str, masked: str) -> None:
    vault = Vault([name])
    assert vault.mask(text) == masked
    assert vault.restore(masked) == text
