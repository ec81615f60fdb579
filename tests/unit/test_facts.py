"""Facts of realistic briefs, French and English, each with every fact it must give and no other."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.domain.post import FactKind
from copilot.text.facts import find_facts, sentence_of

P, M, D, T = FactKind.PRODUCT, FactKind.PRICE, FactKind.DATE, FactKind.TIME
R, Q, L, U = FactKind.PERCENTAGE, FactKind.QUANTITY, FactKind.PLACE, FactKind.LINK
E, F, C = FactKind.EMAIL, FactKind.PHONE, FactKind.CALL_TO_ACTION

# Verbatim values in order; the normalised form follows when it is another one.
BRIEFS = {
    "lancement": (
        "fr",
        "Brief : lancement de l'Aérienne, notre nouveau vélo de ville\n"
        "Le 3 mars 2027, nous lançons l'Aérienne à 3\u202f490\xa0€ dans notre boutique de Lyon. Autonomie de "
        "80 km, 15 kg, garantie 2 ans.\n"
        "Inscrivez-vous avant le 28 février sur https://zephyr.example/essai. Livraison en 48 h.\n"
        "Contact : Bonjour@Zephyr.example ou 04 78 00 00 00.",
        [
            (P, "Aérienne"),
            (D, "3 mars 2027", "2027-03-03"),
            (P, "Aérienne"),
            (M, "3\u202f490\xa0€", "3490 EUR"),
            (L, "Lyon"),
            (Q, "80 km"),
            (Q, "15 kg"),
            (Q, "2 ans", "2 yr"),
            (C, "Inscrivez-vous"),
            (D, "28 février", "--02-28"),
            (U, "https://zephyr.example/essai"),
            (Q, "48 h"),
            (E, "Bonjour@Zephyr.example", "bonjour@zephyr.example"),
            (F, "04 78 00 00 00", "+33478000000"),
        ],
    ),
    "portes_ouvertes": (
        "fr",
        "Portes ouvertes du 3 au 7 mars, de 9 h à 18 h 30, au 12 rue de la Paix, 75002 Paris.\n"
        "-20% sur tout le Vélo City 2. Réservez votre essai : velolumiere.fr/essai !\n"
        "Rendez-vous place Bellecour le samedi 7 mars à 14h, puis au Havre en avril. Ouvert 24/7, visuels en "
        "16:9, site en version 2.0.",
        [
            (D, "3", "--03-03"),
            (D, "7 mars", "--03-07"),
            (T, "9 h", "09:00"),
            (T, "18 h 30", "18:30"),
            (L, "12 rue de la Paix, 75002 Paris"),
            (R, "-20%", "20 %"),
            (P, "Vélo City 2"),
            (C, "Réservez votre essai"),
            (U, "velolumiere.fr/essai"),
            (C, "Rendez-vous"),
            (L, "place Bellecour"),
            (D, "samedi 7 mars", "--03-07"),
            (T, "14h", "14:00"),
            (L, "Havre"),
            (D, "avril", "--04"),
        ],
    ),
    "liste": (
        "fr",
        "## Fiche produit\n"
        "- Produit : Gourde Alpina 750 ml\n"
        "- Prix : 24,90 € (au lieu de 3.490,00 €)\n"
        "- Date : 12/05/2027\n"
        "- Lieu : Halle Tony-Garnier, Lyon\n"
        "- CTA : Commander sur www.alpina.fr.\n"
        "#GourdeAlpina @alpina",
        [
            (P, "Gourde Alpina"),
            (Q, "750 ml"),
            (M, "24,90 €", "24.90 EUR"),
            (M, "3.490,00 €", "3490 EUR"),
            (D, "12/05/2027", "2027-05-12"),
            (L, "Halle Tony-Garnier"),
            (L, "Lyon"),
            (C, "Commander"),
            (U, "www.alpina.fr"),
        ],
    ),
    "concert": (
        "fr",
        "1 000 000 de vues en 2027 ! Samedi prochain, concert « Nuit des Étoiles » à 20 h 30, chez Mollat. "
        "Merci à Camille Lefèvre. 5 places à gagner, participe vite avant le 1er décembre.",
        [
            (Q, "1 000 000 de vues", "1000000 vues"),
            (D, "2027"),
            (P, "Nuit des Étoiles"),
            (T, "20 h 30", "20:30"),
            (L, "Mollat"),
            (Q, "5 places"),
            (C, "participe vite"),
            (D, "1er décembre", "--12-01"),
        ],
    ),
    "tableau": (
        "fr",
        "Modèle\tPrix\tAutonomie\n"
        "Zéphyr 500\t1 290 €\t60 km\n"
        "Zéphyr 700\t1 890 EUR\t90 km\n"
        "Garantie : deux ans. Support au +33 6 12 34 56 78.",
        [
            (P, "Zéphyr 500"),
            (M, "1 290 €", "1290 EUR"),
            (Q, "60 km"),
            (P, "Zéphyr 700"),
            (M, "1 890 EUR", "1890 EUR"),
            (Q, "90 km"),
            (Q, "deux ans", "2 yr"),
            (F, "+33 6 12 34 56 78", "+33612345678"),
        ],
    ),
    "soldes": (
        "fr",
        "SOLDES D'HIVER : JUSQU'À -50 % DÈS LE 8 JANVIER\n"
        "Découvrez nos offres entre 10 et 15 €, 49,90 euros le lot, 12€50 l'accessoire. De 10 à 20 % de "
        "remise en plus le mardi 14 janvier 2027. Stock : 500 exemplaires.",
        [
            (R, "-50 %", "50 %"),
            (D, "8 JANVIER", "--01-08"),
            (C, "Découvrez nos offres"),
            (M, "10", "10 EUR"),
            (M, "15 €", "15 EUR"),
            (M, "49,90 euros", "49.90 EUR"),
            (M, "12€50", "12.50 EUR"),
            (R, "10", "10 %"),
            (R, "20 %"),
            (D, "mardi 14 janvier 2027", "2027-01-14"),
            (Q, "500 exemplaires"),
        ],
    ),
    "salon": (
        "fr",
        "Nous serons au Salon de la Mobilité du 28 décembre au 3 janvier 2027, hall 3, stand B12. Venez "
        "essayer l'Aero X en Bretagne ! Retrouve-nous sur http://bit.ly/3xYz, (entrée gratuite). N'hésitez "
        "pas à nous écrire.",
        [
            (L, "Salon de la Mobilité"),
            (D, "28 décembre", "2026-12-28"),
            (D, "3 janvier 2027", "2027-01-03"),
            (C, "Venez essayer"),
            (P, "Aero X"),
            (L, "Bretagne"),
            (C, "Retrouve-nous"),
            (U, "http://bit.ly/3xYz"),
            (C, "N'hésitez pas à nous écrire"),
        ],
    ),
    "numeros": (
        "fr",
        "Appelez le 01.23.45.67.89 ou le 0 800 123 456 (appel gratuit), du lundi au vendredi de 9h-18h. "
        "Tarif : 0,15 €/min. Depuis 2019, plus de 3 millions d'euros reversés et 12 000 abonnés. Carburant à "
        "1,789 € le litre.",
        [
            (C, "Appelez"),
            (F, "01.23.45.67.89", "+33123456789"),
            (F, "0 800 123 456", "+33800123456"),
            (T, "9h", "09:00"),
            (T, "18h", "18:00"),
            (M, "0,15 €", "0.15 EUR"),
            (D, "2019"),
            (M, "3 millions d'euros", "3000000 EUR"),
            (Q, "12 000 abonnés", "12000 abonnés"),
            (M, "1,789 €", "1.789 EUR"),
        ],
    ),
    "atelier": (
        "fr",
        "Atelier réparation le 15/03/2027 à 10:30, durée 1 h 30, 8 personnes max. Amenez votre vélo. "
        "Avez-vous vos outils ? Adresse : 5 bis avenue Jean-Jaurès, 69007 Lyon. Prochain atelier début avril.",
        [
            (D, "15/03/2027", "2027-03-15"),
            (T, "10:30"),
            (Q, "1 h 30", "90 min"),
            (Q, "8 personnes"),
            (C, "Amenez votre vélo"),
            (L, "5 bis avenue Jean-Jaurès, 69007 Lyon"),
            (D, "avril", "--04"),
        ],
    ),
    "launch_en": (
        "en",
        "Spring launch: meet the Aero X, our lightest bike, on March 3rd, 2027 at 10:30 am in Paris.\n"
        "Price: €3,490 or $12.50 a month. 15 percent off with code SPRING until 7 March. Only 500 copies. "
        "Sign up at example.com/aero before Friday.\n"
        "Find us at 12 Baker Street, London. Call +44 20 7946 0958. Deliveries within 48 h.",
        [
            (P, "Aero X"),
            (D, "March 3rd, 2027", "2027-03-03"),
            (T, "10:30 am", "10:30"),
            (L, "Paris"),
            (M, "€3,490", "3490 EUR"),
            (M, "$12.50", "12.50 USD"),
            (R, "15 percent", "15 %"),
            (D, "7 March", "--03-07"),
            (Q, "500 copies"),
            (C, "Sign up"),
            (U, "example.com/aero"),
            (C, "Find us"),
            (L, "12 Baker Street"),
            (L, "London"),
            (C, "Call"),
            (F, "+44 20 7946 0958", "+442079460958"),
            (Q, "48 h"),
        ],
    ),
    "event_en": (
        "en",
        "Join us at the Bristol Cycling Festival from 3 to 7 March 2027, 9 am - 5 pm. Early-bird tickets are "
        "£1,250.50, 20% off for members. Free workshop (2 hours) with Aero Labs. Bring your own bike: don't "
        "forget a helmet. RSVP by 2027-02-28 at hello@aero.example.",
        [
            (C, "Join us"),
            (L, "Bristol Cycling Festival"),
            (D, "3", "2027-03-03"),
            (D, "7 March 2027", "2027-03-07"),
            (T, "9 am", "09:00"),
            (T, "5 pm", "17:00"),
            (M, "£1,250.50", "1250.50 GBP"),
            (R, "20%", "20 %"),
            (Q, "2 hours", "2 h"),
            (P, "Aero Labs"),
            (C, "Bring your own bike"),
            (C, "don't forget a helmet"),
            (C, "RSVP"),
            (D, "2027-02-28"),
            (E, "hello@aero.example"),
        ],
    ),
    "recap_en": (
        "en",
        'We sold 1,500 bikes in 2026. The ratio is 4:3 and the shop is open 24/7. Discover the "Night Rider" '
        "edition: 3-year warranty, 12.5 kg, 25 mph. Book your test ride today! May the best rider win.",
        [
            (Q, "1,500 bikes", "1500 bikes"),
            (D, "2026"),
            (C, "Discover"),
            (P, "Night Rider"),
            (Q, "3-year", "3 yr"),
            (Q, "12.5 kg"),
            (Q, "25 mph"),
            (C, "Book your test ride today"),
        ],
    ),
    "places_fr": (
        "fr",
        "De Lyon à Paris, l'équipe sillonne la France. Rendez-vous dans le Vercors, puis à l'Espace Vélo de "
        "Grenoble et gare Saint-Lazare. En mars 2027, direction Saint-Étienne à midi. Prendre rendez-vous "
        "est facile.",
        [
            (L, "Lyon"),
            (L, "Paris"),
            (L, "France"),
            (C, "Rendez-vous"),
            (L, "Vercors"),
            (L, "Espace Vélo de Grenoble"),
            (L, "gare Saint-Lazare"),
            (D, "mars 2027", "2027-03"),
            (L, "Saint-Étienne"),
            (T, "midi", "12:00"),
        ],
    ),
    "ambigu": (
        "fr",
        "Nous sommes 24 en 2027. Score : 3-0. Le 31 février n'existe pas, samedi prochain non plus. Chapitre "
        "3, page 12, top 10. Prix de 10/10. Vous venez et repartez. Elle parle de Marie Curie.",
        [
            (D, "2027"),
        ],
    ),
}


@pytest.mark.parametrize("name", BRIEFS)
def test_a_brief_gives_its_facts_and_no_other(name: str) -> None:
    language, text, expected = BRIEFS[name]
    found = [(fact.kind, fact.value, fact.normalised) for fact in find_facts(text, language)]
    assert found == [(row[0], row[1], row[-1]) for row in expected]


NORMALISED = [
    ("fr", "Atelier dim. 17/01 à 11h, accès libre", FactKind.DATE, "--01-17"),
    ("fr", "ven. 5 mars à 18h", FactKind.DATE, "--03-05"),
    ("fr", "Portes ouvertes du 3/02 au 5/02", FactKind.DATE, "--02-03"),
    ("fr", "3490 EUR", M, "3490 EUR"),
    ("fr", "3.490,00 €", M, "3490 EUR"),
    ("fr", "à 1,789 €", M, "1.789 EUR"),
    ("en", "€3,490", M, "3490 EUR"),
    ("en", "1,250.5 dollars", M, "1250.50 USD"),
    ("fr", "2,5 M€", M, "2500000 EUR"),
    ("fr", "50 centimes", M, "0.50 EUR"),
    ("fr", "le 1er décembre", D, "--12-01"),
    ("fr", "le 03/04/2027", D, "2027-04-03"),
    ("fr", "le 03/04/27", D, "2027-04-03"),
    ("fr", "avant le 03/04", D, "--04-03"),
    ("en", "on 04/25/2027", D, "2027-04-25"),
    ("en", "the 3rd of March", D, "--03-03"),
    ("en", "March 3-7", D, "--03-03"),
    ("fr", "mardi 29 février", D, "--02-29"),
    ("fr", "2027-03-03", D, "2027-03-03"),
    ("fr", "à 14 h", T, "14:00"),
    ("fr", "à 10h30.", T, "10:30"),
    ("en", "at 9 p.m.", T, "21:00"),
    ("en", "at 12 am", T, "00:00"),
    ("fr", "jusqu'à minuit", T, "00:00"),
    ("fr", "sous 24 h", Q, "24 h"),
    ("fr", "12 h d'autonomie", Q, "12 h"),
    ("fr", "25 km", Q, "25 km"),
    ("fr", "1,5 litre", Q, "1.5 L"),
    ("fr", "30 minutes", Q, "30 min"),
    ("fr", "0,5 %", R, "0.5 %"),
    ("fr", "15 pour cent", R, "15 %"),
    ("fr", "https://Zephyr.example/Essai?x=1).", U, "https://zephyr.example/Essai?x=1"),
    ("fr", "(voir zephyr.fr)", U, "zephyr.fr"),
    ("fr", "tél. : 0033 6 12 34 56 78", F, "+33612345678"),
    ("en", "call (555) 123-4567", F, "5551234567"),
]


@pytest.mark.parametrize(("language", "text", "kind", "normalised"), NORMALISED, ids=[row[1] for row in NORMALISED])
def test_normalised_form(language: str, text: str, kind: FactKind, normalised: str) -> None:
    assert (kind, normalised) in [(fact.kind, fact.normalised) for fact in find_facts(text, language)]


#: Every fact of a short text, as people write it.
WRITTEN = [
    ("fr", "de 10h à 18h", [(T, "10:00"), (T, "18:00")]),
    ("fr", "lun-ven 7h/9h30 et 12h/14h", [(T, "07:00"), (T, "09:30"), (T, "12:00"), (T, "14:00")]),
    ("fr", "14h-minuit", [(T, "14:00"), (T, "00:00")]),
    ("fr", "jeudi midi, puis de midi à 15h", [(T, "12:00"), (T, "12:00"), (T, "15:00")]),
    ("fr", "35h par semaine, CDD 20h, 2h de marche", [(Q, "35 h"), (Q, "20 h"), (Q, "2 h")]),
    ("fr", "départ 10h de la mairie", [(T, "10:00")]),
    ("fr", "le mardi 16 mars à 19 h 30, salle des Genêts", [(D, "--03-16"), (T, "19:30"), (L, "salle des Genêts")]),
    ("fr", "le 3 mars 2027, place Carnot", [(D, "2027-03-03"), (L, "place Carnot")]),
    ("fr", "sam 12/12 et dim 13/12", [(D, "--12-12"), (D, "--12-13")]),
    ("fr", "du 28/11 au 03/12", [(D, "--11-28"), (D, "--12-03")]),
    ("fr", "les 3/4/5 mars", [(D, "--03-03"), (D, "--03-04"), (D, "--03-05")]),
    ("fr", "le 12.12.2026, 2026/12/13", [(D, "2026-12-12"), (D, "2026-12-13")]),
    ("fr", "début 2027, +12 % par rapport à 2025", [(D, "2027"), (R, "12 %"), (D, "2025")]),
    ("fr", "45€TTC, 1.299,00 EUR, vingt euros", [(M, "45 EUR"), (M, "1299 EUR"), (M, "20 EUR")]),
    ("fr", "500 ex., 12 pers., 1 ticket, 3 max", [(Q, "500 exemplaires"), (Q, "12 personnes"), (Q, "1 ticket")]),
    ("fr", "trois éoliennes, les trois éoliennes", [(Q, "3 éoliennes")]),
    ("fr", "entre 18 et 70 ans, une heure, 18 GWh", [(Q, "18 yr"), (Q, "70 yr"), (Q, "1 h"), (Q, "18 GWh")]),
    ("fr", "CANAPE 3 PLACES A 399€", [(Q, "3 places"), (M, "399 EUR")]),
    ("fr", "0 800 99 12 12", [(F, "+33800991212")]),
    ("fr", "INFOS SUR WWW.EAUX.FR OU EAUX.COM", [(U, "www.eaux.fr"), (U, "eaux.com")]),
    ("en", "2:30-4pm, 11-2pm, noon to 3pm", [(T, h) for h in ("14:30", "16:00", "11:00", "14:00", "12:00", "15:00")]),
    (
        "en",
        "£5-8, $10–$15, 50p, £1.2m",
        [(M, p) for p in ("5 GBP", "8 GBP", "10 USD", "15 USD", "0.50 GBP", "1200000 GBP")],
    ),
    ("en", "under-12s, the 90s, a 30s spot", [(Q, "30 s")]),
    ("en", "14 local charities, two playrooms", [(Q, "14 local charities"), (Q, "2 playrooms")]),
    ("en", "020 7946 0345 or 01632 960 123", [(F, "+442079460345"), (F, "+441632960123")]),
    ("en", "+1 (415) 555-0137", [(F, "+14155550137")]),
]


@pytest.mark.parametrize(("language", "text", "expected"), WRITTEN, ids=[row[1] for row in WRITTEN])
def test_what_people_write(language: str, text: str, expected: list[tuple[FactKind, str]]) -> None:
    assert [(fact.kind, fact.normalised) for fact in find_facts(text, language)] == expected


def test_shouted_words_are_no_names() -> None:
    text = "DESTOCKAGE MASSIF\nMATELAS 160X200 A 249€ ET CANAPE 3 PLACES\nPAIEMENT EN 4X AUX HABITANTS"
    assert not [fact for fact in find_facts(text) if fact.kind in (P, L)]


NOTHING = [
    "samedi prochain, ou le 31 février",
    "un écran 16:9, ouvert 24h/24 et 7j/7",
    "la version 2.0 du site",
    "Nous avons hâte. Vous venez ?",
    "Avez-vous une question ?",
    "#VeloElectrique avec @zephyr",
    "prix.La suite arrive",
    "Le chapitre 3 plaît à Camille Lefèvre",
    "you may march with us",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_fact(text: str) -> None:
    assert find_facts(text) == ()


def test_decomposed_accents_are_read_and_offsets_hold() -> None:
    text = "De\u0301couvrez l'Ae\u0301rienne le 3 fe\u0301vrier a\u0300 E\u0301vian"
    facts = find_facts(text)
    assert [fact.normalised for fact in facts] == ["Découvrez", "Aérienne", "--02-03", "Évian"]
    assert all(text[fact.start : fact.end] == fact.value for fact in facts)


def test_the_sentence_of_a_call_holds_its_date_and_link() -> None:
    text = "Bonjour.\nInscrivez-vous avant le 3.5 mars sur https://x.fr/a.b ! À bientôt."
    call = next(fact for fact in find_facts(text) if fact.kind is C)
    start, end = sentence_of(text, call)
    assert text[start:end] == "Inscrivez-vous avant le 3.5 mars sur https://x.fr/a.b !"


_PIECES = st.sampled_from(
    [
        "3 mars",
        "10 h 30",
        "3 490 €",
        " ",
        "\n",
        "à Lyon",
        "« A »",
        "Aero X",
        "de",
        "-",
        "9",
        "12:",
        "@a",
        "#b",
        "é",
        "\ud800",
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(_PIECES, max_size=30).map(" ".join)), st.sampled_from(["fr", "en"]))
def test_values_are_verbatim_sorted_and_apart(text: str, language: str) -> None:
    facts = find_facts(text, language)
    assert all(text[fact.start : fact.end] == fact.value and fact.value for fact in facts)
    assert all(here.end <= there.start for here, there in pairwise(facts))
    assert facts == find_facts(text, language)


HOSTILE = {
    "letters": "a" * 60_000,
    "marks": "e" + "\u0301" * 50_000,
    "digits": "1" * 60_000,
    "grouped digits": "1 000 " * 10_000,
    "dotted": "a.b-c." * 10_000,
    "at signs": "a@" * 30_000,
    "capitals": "Aa " * 20_000,
    "quotes": "« A" * 20_000,
    "days": "3, " * 20_000 + "mars",
    "odd signs": "\ud800\x00\u202e" * 20_000,
    "commas": "Réservez, " * 6_000,
    "spaces": " " * 60_000,
    "hours": "7h/9h " * 10_000,
    "numeric days": "12/12 et " * 7_000,
    "numbers in words": "vingt-" * 10_000,
    "ranges": "entre 1 et 2 et " * 4_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_stay_linear(name: str) -> None:
    began = time.process_time()
    find_facts(HOSTILE[name])
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il sort le 3 mars 2027 à 3 490 €.", {("date", "2027-03-03"), ("price", "3490 EUR")}),
        ("Il sort le 03/03/2027 à 490 €.", {("date", "2027-03-03"), ("price", "490 EUR")}),
        ("De 1 200 à 1 500 € selon la taille.", {("price", "1200 EUR"), ("price", "1500 EUR")}),
    ],
)
def test_the_year_of_a_date_is_not_the_low_end_of_a_price(text: str, expected: set[tuple[str, str]]) -> None:
    assert {(fact.kind.value, fact.normalised) for fact in find_facts(text)} == expected


@pytest.mark.parametrize(
    ("text", "language", "kind", "normalised"),
    [
        ("Trente-deux vélos et deux cents places.", "fr", "quantity", {"32 vélos", "200 places"}),
        ("Il pèse cent vingt kilos, pour mille deux cents euros.", "fr", "quantity", {"120 kg"}),
        ("Soixante-et-onze ans, quatre-vingt-onze places.", "fr", "quantity", {"71 yr", "91 places"}),
        ("Two hundred and fifty customers, ninety-five minutes.", "en", "quantity", {"250 customers", "95 min"}),
        ("Mille deux cents euros ou deux cents euros.", "fr", "price", {"1200 EUR", "200 EUR"}),
        ("Two hundred pounds.", "en", "price", {"200 GBP"}),
        ("Deux trois idées, deux trois vélos.", "fr", "quantity", {"3 idées", "3 vélos"}),
    ],
)
def test_numbers_of_several_words_are_read_whole(text: str, language: str, kind: str, normalised: set[str]) -> None:
    assert {fact.normalised for fact in find_facts(text, language) if fact.kind.value == kind} == normalised
