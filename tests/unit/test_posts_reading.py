"""Reading a brief: what is public, what is internal; and the light typographic edits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.playbook.post_brief import is_internal, public_units
from copilot.playbook.post_lexicon import both, post_lexicon
from copilot.playbook.post_links import links_in, with_links
from copilot.playbook.post_sentences import sentences
from copilot.playbook.post_typography import capitalised, lowered, sentence, title, typeset

INTERNAL = [
    "Ne pas parler du prix.",
    "Surtout ne pas citer le fournisseur",
    "Merci de publier avant jeudi",
    "Pense à taguer le partenaire",
    "On vise les 25-35 ans",
    "Budget : 300 €",
    "Il faut insister sur la livraison",
    "Dis-moi si tu veux une autre photo",
    "Trois posts LinkedIn par semaine",
    "Texte à valider par la direction",
    "Cible principale : les familles",
    "Objectif : 200 inscrits",
    "Voici les infos pour samedi",
    "Infos confidentielles jusqu'au 3 mars",
    "Please don't mention the price",
    "Our target audience is young parents",
    "We want to reach more families",
    "Let me know if you need photos",
    "Two tweets before Friday",
    "Not to be shared before launch",
]
PUBLIC = [
    "Ne manquez pas l'ouverture !",
    "Merci à tous nos bénévoles.",
    "Pensez à apporter vos gants.",
    "À ne pas manquer : le marché ouvre samedi.",
    "Not to miss: the fair opens on Saturday.",
    "Il faut réserver avant le 3 mars.",
    "Le musée vise la gratuité totale en 2030.",
    "Réservez avant jeudi.",
    "N'oubliez pas votre maillot.",
    "La note du jury est connue.",
    "Nos ateliers sont gratuits.",
    "Please book before Friday.",
    "Don't miss the opening!",
    "Remember to bring your boots.",
    "We want to thank our volunteers.",
    "The aims of the club have not changed.",
]


@pytest.mark.parametrize("text", INTERNAL)
def test_internal(text: str) -> None:
    assert is_internal(text)


@pytest.mark.parametrize("text", PUBLIC)
def test_public(text: str) -> None:
    assert not is_internal(text)


def read(text: str) -> list[tuple[str, str]]:
    return [(unit.role, unit.text) for unit in public_units(text)]


READINGS = {
    "an internal section ends at the next heading": (
        "## Objectifs\n- vendre\n\nbeaucoup\n\n## Message\nLe marché ouvre.",
        [
            ("message", "Le marché ouvre."),
        ],
    ),
    "a deeper heading stays inside": (
        "# Notes internes\n## Prix\nSecret.\n# Marché\nIl ouvre.",
        [
            ("title", "Marché"),
            ("sentence", "Il ouvre."),
        ],
    ),
    "an internal label holds on its line": (
        "Cible : familles\nLe marché ouvre samedi.",
        [
            ("sentence", "Le marché ouvre samedi."),
        ],
    ),
    "and on the lines that go on": (
        "Cible : familles,\nvoisins\n- retraités\n\nLe marché ouvre.",
        [
            ("sentence", "Le marché ouvre."),
        ],
    ),
    "a list under an internal label": (
        "À éviter :\n- le prix\n- la date\n\nLe marché ouvre.",
        [
            ("sentence", "Le marché ouvre."),
        ],
    ),
    "labels in a row of sentences": (
        "Le marché ouvre. Ton : joyeux. Lieu : place Bellecour.",
        [
            ("sentence", "Le marché ouvre."),
            ("where", "place Bellecour."),
        ],
    ),
    "bold labels": (
        "**Objectif :** vendre\n**Prix :** 12 €",
        [
            ("price", "12 €"),
        ],
    ),
    "what must not be said, under a bare heading": (
        "A NE PAS DIRE\nLe prix.\nLa date.\n\nLe marché ouvre.",
        [("sentence", "Le marché ouvre.")],
    ),
    "not to be missed is public": (
        "À ne pas manquer : le marché ouvre samedi.",
        [("sentence", "À ne pas manquer : le marché ouvre samedi.")],
    ),
    "a table": (
        "| Lieu | Lyon |\n|---|---|\n| Cible | familles |",
        [
            ("where", "Lyon"),
        ],
    ),
    "a Markdown link": (
        "Réservez [en ligne](https://a.example/x).",
        [
            ("link", "https://a.example/x."),
        ],
    ),
    "what a request is about": (
        "Bonjour, il faudrait un post sur la fête du port. Elle a lieu le 3 mai.",
        [
            ("title", "la fête du port."),
            ("sentence", "Elle a lieu le 3 mai."),
        ],
    ),
    "elisions of a request": (
        "Nous souhaitons parler du marché aux fleurs.",
        [
            ("title", "le marché aux fleurs."),
        ],
    ),
    "an e-mail header": (
        "De : a@b.example\nÀ : c@d.example\nObjet : TR: Marché de printemps\n\nIl ouvre.",
        [
            ("title", "Marché de printemps"),
            ("sentence", "Il ouvre."),
        ],
    ),
    "a signature": (
        "Le marché ouvre.\n\nBien à toi,\nPaul Durand\n01 99 00 12 34",
        [
            ("sentence", "Le marché ouvre."),
        ],
    ),
    "thanks to the public are no signature": (
        "Merci à tous nos voisins !",
        [
            ("sentence", "Merci à tous nos voisins !"),
        ],
    ),
    "conditions": (
        "Remise de 10 %. Offre non cumulable.",
        [
            ("sentence", "Remise de 10 %."),
            ("conditions", "Offre non cumulable."),
        ],
    ),
    "a street number is no list": (
        "Rendez-vous au 12. La salle est à droite.",
        [
            ("sentence", "Rendez-vous au 12."),
            ("sentence", "La salle est à droite."),
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), READINGS.values(), ids=READINGS.keys())
def test_reading(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == expected


@given(st.text(max_size=300))
def test_units_come_from_the_brief_and_keep_its_order(text: str) -> None:
    units = public_units(text)
    assert [unit.start for unit in units] == sorted(unit.start for unit in units)
    assert all(0 <= unit.start <= unit.end for unit in units)


SENTENCES = {
    "abbreviations": ("M. Petit arrive. Il chante.", ["M. Petit arrive.", "Il chante."]),
    "numbers": ("Il coûte 3.50 € ici. Bien.", ["Il coûte 3.50 € ici.", "Bien."]),
    "a link": ("Voir www.a.example. Puis venir.", ["Voir www.a.example.", "Puis venir."]),
    "marks": ("Ah ! Oh ? Bon…", ["Ah !", "Oh ?", "Bon…"]),
    "quotes": ("« Venez ! » Il insiste.", ["« Venez ! »", "Il insiste."]),
    "sms": ("c'est samedi. venez.", ["c'est samedi.", "venez."]),
}


@pytest.mark.parametrize(("text", "expected"), SENTENCES.values(), ids=SENTENCES.keys())
def test_sentences(text: str, expected: list[str]) -> None:
    assert [part.strip() for _, part in sentences(text)] == expected


FRENCH = {
    "apostrophe": ("l'atelier d'Ana", "l’atelier d’Ana"),
    "loose apostrophe": ("l' atelier", "l’atelier"),
    "signs": ("Prêt ? Oui! Bien; et: voilà", "Prêt\u202f? Oui\u202f! Bien\u202f; et\u00a0: voilà"),
    "many marks": ("Enfin !!!", "Enfin\u202f!"),
    "mixed marks": ("Vraiment ?!", "Vraiment\u202f?!"),
    "quotes": ('le "grand" jour', "le «\u00a0grand\u00a0» jour"),
    "ellipsis": ("bientôt...", "bientôt…"),
    "price": ("3490€ ou 3 490 €", "3490\u00a0€ ou 3\u202f490\u00a0€"),
    "percentage": ("-20%", "-20\u00a0%"),
    "hours": ("de 10h à 18h30", "de 10\u00a0h à 18\u00a0h\u00a030"),
    "clock": ("à 10:30", "à 10:30"),
    "ratio": ("en 16:9", "en 16:9"),
    "link": ("voir https://a.example/x?y=1;z!", "voir https://a.example/x?y=1;z\u202f!"),
    "mail": ("a@b.example !", "a@b.example\u202f!"),
    "handle": ("@l'ami #l'été", "@l'ami #l'été"),
    "emoticon": ("Merci :)", "Merci :)"),
    "units": ("80 kg, 60 km", "80\u00a0kg, 60\u00a0km"),
    "comma": ("un , deux", "un, deux"),
}


@pytest.mark.parametrize(("text", "expected"), FRENCH.values(), ids=FRENCH.keys())
def test_french_signs(text: str, expected: str) -> None:
    assert typeset(text, "fr") == expected
    assert typeset(typeset(text, "fr"), "fr") == expected


ENGLISH = {
    "quotes": ('the "big" day\'s', "the “big” day’s"),
    "signs": ("Ready ? Yes !", "Ready? Yes!"),
    "days": ("sunday 6 june, may 3, may I", "Sunday 6 June, May 3, may I"),
    "euro": ("€45", "€45"),
}


@pytest.mark.parametrize(("text", "expected"), ENGLISH.values(), ids=ENGLISH.keys())
def test_english_signs(text: str, expected: str) -> None:
    assert typeset(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("le marché ouvre", "Le marché ouvre."),
        ("le marché ouvre !", "Le marché ouvre !"),
        ("à 10 h (entrée libre)", "À 10 h (entrée libre)."),
        ("voir https://a.example.", "Voir https://a.example"),
        ("iPhone offert", "iPhone offert."),
        ("il dit « oui. »", "Il dit « oui. »"),
        ("fin,", "Fin."),
    ],
)
def test_sentence(text: str, expected: str) -> None:
    assert sentence(text) == expected


def test_title_capital_and_lower() -> None:
    assert title("le marché.") == "Le marché"
    assert capitalised("€45") == "€45"
    assert lowered("Réservez tôt") == "réservez tôt"
    assert lowered("SNCF") == "SNCF"
    assert lowered("À partir du 3 mai") == "à partir du 3 mai"


WORDS = post_lexicon("fr").words


@pytest.mark.parametrize(
    ("text", "bio", "none"),
    [
        ("Réservez sur https://a.example.", "Réservez via le lien en bio.", "Réservez."),
        ("Inscription : https://a.example", "Inscription : lien en bio", "Inscription"),
        ("Infos : a.example/x et sur place.", "Infos : lien en bio et sur place.", "Infos et sur place."),
        ("Écrire à a@b.example.", "Écrire à a@b.example.", "Écrire à a@b.example."),
    ],
)
def test_links_named_or_left_out(text: str, bio: str, none: str) -> None:
    assert with_links(text, "text", WORDS) == text
    assert with_links(text, "bio", WORDS) == bio
    assert with_links(text, "none", WORDS) == none


def test_links_are_found_whole() -> None:
    assert links_in("Voir (https://a.example/x?y=1), www.b.example ou c@d.example.") == [
        "https://a.example/x?y=1",
        "www.b.example",
    ]


def test_both_lexicons_hold_the_same_keys() -> None:
    french, english = both()
    assert set(french.themes) == set(english.themes)
    assert set(french.words) == set(english.words)
    assert set(french.calls) == set(english.calls) == {*french.themes, "general"}
    for lexicon in (french, english):
        for table in (*lexicon.hooks.values(), *lexicon.leads.values()):
            assert set(table) == {*lexicon.themes, "general"}
            assert all(table.values())
    assert set(french.hooks) == {"vous", "tu"}


def test_a_bare_label_heads_the_lines_below_it() -> None:
    units = public_units(
        "LIEU\nsalle des fêtes\n\nLIEN\nhttps://a.example/x\n\nA NE PAS DIRE\nLe prix.\n\nLe marché ouvre."
    )
    assert [(unit.role, unit.label, unit.text) for unit in units] == [
        ("where", "Lieu", "salle des fêtes"),
        ("link", "Lien", "https://a.example/x"),
        ("sentence", "", "Le marché ouvre."),
    ]
