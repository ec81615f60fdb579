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
    # The surname in capitals, before a given name that is a word too.
    ("DUPONT Jean, dossier bloqué", "[[PERSON_1]], dossier bloqué"),
    ("MARTIN Claire n'a rien reçu", "[[PERSON_1]] n'a rien reçu"),
    ("DUVAL Marine attend toujours", "[[PERSON_1]] attend toujours"),
    # Somebody to call and at what number, a word of no list.
    ("please ring Agnieszka on +44 7845 210 936", "please ring [[PERSON_1]] on [[PHONE_1]]"),
    ("joindre Ouassila au 06 12 34 56 78", "joindre [[PERSON_1]] au [[PHONE_1]]"),
    # In lower case, with the particle that leads to a surname of no list.
    ("j'ai eu yohann le bozec en ligne", "j'ai eu [[PERSON_1]] en ligne"),
    ("fatima el amrani m'a dit non", "[[PERSON_1]] m'a dit non"),
    ("contactez Billetterie au 01 44 55 66 77", "contactez Billetterie au [[PHONE_1]]"),
    ("vu avec julie la comande est partie", "vu avec [[PERSON_1]] la comande est partie"),
    ("J’habite depuis mars 2019 rue des Lilas", "J’habite depuis mars [[ADDRESS_1]]"),
    ("demande à julien le numéro", "demande à [[PERSON_1]] le numéro"),
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
    # A surname that is a word, in lower case; particles; a middle initial.
    ("bonjour ici ludo marchand client depuis 2003", "bonjour ici [[PERSON_1]] client depuis 2003"),
    ("mme petit m'a dit non", "mme [[PERSON_1]] m'a dit non"),
    ("je m'appelle léo da silva et j'ai 12 ans", "je m'appelle [[PERSON_1]] et j'ai 12 ans"),
    ("my name's dave o'rourke and i want it back", "my name's [[PERSON_1]] and i want it back"),
    ("account holder Marguerite T. Fontenot", "account holder [[PERSON_1]]"),
    ("Océane Ferreira Da Costa attend", "[[PERSON_1]] attend"),
    ("Samira → Jordan → Élodie → personne", "[[PERSON_1]] → [[PERSON_2]] → [[PERSON_3]] → personne"),
    ('the man who answers as "Ken"', 'the man who answers as "[[PERSON_1]]"'),
    ("C’est Violette ou Capucine qui gère ?", "C’est [[PERSON_1]] ou [[PERSON_2]] qui gère ?"),
    # The post code says what stands before it; a number before the street, or its word.
    ("77 Station Approach, Woking GU22 7UY", "[[ADDRESS_1]]"),
    ("14 The Spinney, Ashford TN23 4PQ", "[[ADDRESS_1]]"),
    ("4107 Magnolia St, Apt B, New Orleans, LA 70115 Friday", "[[ADDRESS_1]] Friday"),
    ("No. 12, 3rd Cross, Indiranagar, Bengaluru 560038", "[[ADDRESS_1]]"),
    ("2 The Orchard, Kinsale, Co. Cork, P17 XY21", "[[ADDRESS_1]]"),
    ("221 Elgin St, Ottawa, ON K2P 1L7", "[[ADDRESS_1]]"),
    ("Kerkstraat 88 bus 2, 9000 Gent", "[[ADDRESS_1]]"),
    ("mon vieux kangoo 8421 WV 63 est refusé", "mon vieux kangoo [[PLATE_1]] est refusé"),
    ("amende, PV 0049-221-7718", "amende, PV [[REF_1]]"),
    ("member no. MBR 660 214 9", "member no. [[REF_1]]"),
    ("Destiny M. Alvarez, 07/04/2001, acct 5520-118-36", "[[PERSON_1]], [[BIRTHDATE_1]], acct [[REF_1]]"),
    ("ma DDN c'est 17 avril 1982", "ma DDN c'est [[BIRTHDATE_1]]"),
]


@pytest.mark.parametrize(("text", "masked"), MASKED, ids=[text for text, _ in MASKED])
def test_a_turn_is_hidden_whole_and_comes_back(text: str, masked: str) -> None:
    vault = Vault()
    assert vault.mask(text) == masked
    assert vault.restore(masked) == text


CLEAR = [
    "le 21 juin 2025 place Sainte-Anne pour le concert",
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
    "Les rillettes Bordeau Chesnel, le Rob Roy et la pizza Regina",
    "le métro s’arrête à Charles Michels",
    "Vous fermez à Chicoutimi pis à Alma",
    "Olivier en pot, Olivier, laurier et Rosemary £1.50",
    "EAN 5901234123457 introuvable",
    "On a joué le 06 12 23 34 45 au loto",
    "bonjour ici petit souci avec la livraison",
    "la 208 GT 15 000 km",
    "quai 12 voie B",
    "Joy of shopping here is gone",
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
