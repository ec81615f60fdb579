"""What a hashtag is made of, by reason, in sectors of every kind: whole names and subjects, never what stands near."""

from __future__ import annotations

import pytest

from copilot import networks
from copilot.text.hashtags import camel_case, propose, rude_reading
from copilot.text.lexicons import lexicon, words

OPEN = networks.get("mastodon")


def tags(text: str, count: int = 8) -> list[str]:
    return [one.tag for one in propose(text, "auto", network=OPEN)][:count]


#: Why, the text, tags it gives among the first eight, words no tag holds.
CASES = [
    # A verb after a name is no part of it.
    ("verb after a name", "La ville de Brive récolte des jouets. Tulle partage ses vélos.", ["Jouets"], ["Récolte"]),
    (
        "verb after a name",
        "Le club Vivonne Natation visite un collège de Poitiers.",
        ["ClubVivonneNatation"],
        ["Visite"],
    ),
    ("verb after a name", "Sam Pilbeam plays Doctor Ashby in our panto.", ["SamPilbeam"], ["Plays"]),
    ("verb in the plural", "Les joueurs, fatigués, grimpent encore au refuge.", ["Refuge"], ["Grimpent", "Fatigués"]),
    ("infinitive", "Les élèves peuvent blanchir la toile et garnir un vitrail.", ["Vitrail"], ["Blanchir", "Garnir"]),
    ("short participle", "A slow thriller set in a lighthouse, with a canoe built by hand.", ["SlowThriller"], ["Set"]),
    # « 6 randonnées » is a noun, « affiné six mois » is not.
    ("nominal participle", "Au départ du col, 6 randonnées guidées et 2 montées.", ["RandonnéesGuidées"], ["Km"]),
    ("open participle", "Un jambon cru séché huit mois, une bière brune brassée par Lou.", ["JambonCru"], ["Séché"]),
    ("open participle", "Du pain noir pétri à la main.", ["PainNoir"], ["Pétri"]),
    # Numbers carry their unit.
    ("units", "Un trail de 24 km, 900 m de dénivelé, 3 ha de lavande.", ["Trail", "Lavande"], ["Km", "Ha"]),
    ("units", "A 12 km ride past 40 acres of lavender.", ["Lavender"], ["Km", "Acres"]),
    # Whose it is does not tell what it is.
    ("owner", "Le savoir-faire de Bernard, les robes de la marque Ondine.", ["SavoirFaire", "Ondine"], ["Marque"]),
    ("owner", "The Riverbank's glazing workshop opens with Alder & Finch's kiln.", [], ["Riverbanks", "Finchs"]),
    ("owner", "The shop has children's books and a kids' menu.", ["ChildrensBooks"], ["ChildrenS"]),
    # A name stands alone in English; what follows is another phrase.
    ("name and noun", "The Thistle Guild volunteers meet at Hartwell library.", ["ThistleGuild", "Hartwell"], []),
    (
        "name and noun",
        "The Applecross Council planning team loves the Portuguese pottery.",
        ["PortuguesePottery"],
        ["Team"],
    ),
    # The sign « & » is said.
    ("ampersand", "The chandlers Rope & Salt sell candles.", ["RopeAndSalt"], []),
    ("ampersand", "Chez Paille & Cie vend des chapeaux.", ["PailleEtCie"], []),
    # Groups of people stand before a land or a town.
    ("people of", "Pour les commerçants de la vallée de Brasse.", ["ValléeDeBrasse"], []),
    ("people of", "Les éleveurs du pays de Gavrin ouvrent leurs étables.", ["PaysDeGavrin"], []),
    ("kind of", "Des thés de Chine et une bière d'Écosse.", ["ThésDeChine", "BièreDÉcosse"], []),
    # Roles, kin and the writer's own remarks are no subject.
    ("role", "« Un beau projet », dit Awa Diop, directrice générale.", ["AwaDiop"], ["Directrice"]),
    ("role", "Bread by Maud Teller, our head baker, and her sister.", ["MaudTeller"], ["Head", "Sister"]),
    ("person", "The pottery class with Zadie, our teacher, starts soon.", [], ["Zadie"]),
    ("closing", "Le pressoir ouvre samedi.\n\nMerci pour tout et bonne semaine,\nLoane, gérante", [], ["Loane"]),
    ("press", "FOR IMMEDIATE RELEASE — Quillmoor Press opens a bindery.", ["QuillmoorPress"], ["Immediate"]),
    ("notes", "nvelle cave ds le bourg, terrasse pr l'été, expo photo", [], ["Ds", "Pr", "Nvelle"]),
    ("shouted", "Cheap tools for the allotment, NOT the big shed.", ["Allotment"], ["NOT"]),
    ("network", "Faire un post Facebook menuiserie sur le chêne.", ["Menuiserie"], ["Facebook"]),
    # Adjectives alone say nothing.
    ("adjectives", "Un accueil de cinéma drôle, tendre et chaleureux.", [], ["Tendre", "Chaleureux"]),
    (
        "adjectives",
        "Calm, useful, friendly words for the dentistry page of our site.",
        ["Dentistry"],
        ["Calm", "Friendly"],
    ),
    # A subject is found inside a longer phrase, and said beside it when it comes back.
    ("subject inside", "Un stage de poterie, un four à poterie et une foire de poterie.", ["Poterie"], []),
    ("title", "Hexley Plant & Seed Swap\nOld Chapel, Sunday from 10.", ["HexleyPlantAndSeedSwap"], []),
    ("campaign", "Plain words please; campaign name: Mind The Swans.", ["MindTheSwans"], []),
    ("dates", "Ouverture mardi 4 mai, de 9 h à midi, à la menuiserie.", ["Menuiserie"], ["Mai", "Midi", "Mardi"]),
]


@pytest.mark.parametrize(
    ("why", "text", "wanted", "refused"), CASES, ids=[f"{why}: {text[:24]}" for why, text, *_ in CASES]
)
def test_what_a_tag_is_made_of(why: str, text: str, wanted: list[str], refused: list[str]) -> None:
    found = tags(text)
    assert set(wanted) <= set(found), why
    assert not [tag for tag in found for part in refused if part in tag], why


SHOWN = """Portes ouvertes au Moulin de Corbez
Anaïs Vaudry, Téo Lamarque et Inès Duval vous attendent à Corbez, près de Saint-Ulmer et de Montglas.
Au programme : stage de vannerie, vannerie sauvage, concert de harpe."""


def test_a_subject_stands_among_the_first_five_however_many_names_there_are() -> None:
    assert any("Vannerie" in tag or "Harpe" in tag for tag in tags(SHOWN, 5))


def test_no_two_tags_repeat_each_other_but_for_a_subject_that_comes_back() -> None:
    found = tags("Une foire de poterie, un stage de poterie, la poterie pour tous, un four à bois.")
    assert found.count("Poterie") == 1
    assert len(found) == len(set(found))


#: Small words that join two nouns into an ordinary tag.
FRENCH_LINKS = (" ", " de ", " des ", " et ", " à ", " du ")
ENGLISH_LINKS = (" ", " and ", " of ", " for ")


@pytest.mark.parametrize(("language", "links"), [("fr", FRENCH_LINKS), ("en", ENGLISH_LINKS)], ids=["fr", "en"])
def test_ordinary_tags_are_hardly_ever_called_rude(language: str, links: tuple[str, ...]) -> None:
    nouns = sorted(lexicon(f"hashtag_themes.{language}"))
    pairs = [
        (one, nouns[(index * 7 + step * 131) % len(nouns)]) for index, one in enumerate(nouns) for step in range(6)
    ]
    ordinary = [camel_case(one + links[index % len(links)] + other) for index, (one, other) in enumerate(pairs)]
    told = [tag for tag in ordinary if tag and rude_reading(tag)]
    assert len(told) <= 0.001 * len(ordinary), told


ORDINARY = words(
    "CoupeDeFrance ArtisanAlsacien GrappeDeRaisin CliniqueRoseraie MerDeGlace RapEtSlam CrêpeDeBretagne "
    "ArtOfArtisans PuitsDeScience CulturePourTous DonDuSang ConcoursDePétanque BassinDArcachon "
    "ClassicCars GrandPianoLessons MassageAuxHuiles AnalyseDeLEau CommunityAssembly ButterCroissant "
    "TitleRace BasSuisse CoqAuVin"
)


@pytest.mark.parametrize("tag", sorted(ORDINARY))
def test_an_ordinary_tag_is_not_called_rude(tag: str) -> None:
    assert rude_reading(tag) is None
