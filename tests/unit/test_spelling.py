"""Spelling: slips are found and mended, right texts are left alone, nothing in a text makes it slow."""

from __future__ import annotations

import gc
import lzma
import random
import threading
import time
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot import networks
from copilot.checks import Context, Draft
from copilot.checks.spelling import check
from copilot.domain.brand import Brand, Fact, HashtagList, HouseStyle
from copilot.domain.finding import Finding, Severity
from copilot.paths import assets_dir
from copilot.text import spelling
from copilot.text.lexicons import lexicon, words
from copilot.text.spelling import _making
from copilot.text.spelling._forms import Forms, key
from copilot.text.spelling._suggester import Suggester

# What a hurried hand writes: accents left out, letters doubled, dropped, swapped or taken for another.
SLIPS_FR = words(
    """
accomodement accompagnment adherent agenca aigue alimantation aloers amelioration ammener aniversaires annonçe
antiquitée aparament apareil aparence appelations applicassion aprecier aprendre apres artissan assosiation atelié
atendre attelier attenssion aujourdhui autome autorizer bibliotheque biento bienvennue bisoux boulangerrie brochurre
cadeaus calandrier caractere ceremonie certainnement chaleureu choccolat cinema colaboration colection coleur
comerce commancer commandde competences conaissance concernannt confitture consomateur contineur creatif cuisne
degustation depart desolé developpement developper differents disponibilté disponnible dmande doulleur dynamiqe
déceouvrir découvrire ecologique economie emballge employe enfn enorme enregistrment entrepise esayez espece esperer
etonnant excellement exceptionel exclusivitée exelence expres fabriqer facilment famillle felicitations fidelité
fievre fonctione garentie generale génialle heurreux histoir horraires hotesse immpossible impatiant inaguration
incroyabl indépandant informacion infromations inscripton inssolite installassion interet interresser invitaiton
journee langueurre lecon librairrie longtmps lumiere légumme magasain magnifiqe maintenan marketting materiel
meileure mercie moderrne mésage naturrel necessaire nombreus nouvau nouvaux numero ocasion offerre oficiel
organisassion ouvertture ouvrete paiment parcour partagger partenare particpation pasionné passionnnant permetre
persone personnnel photgraphe plusieur poisssons posibilité possiblité preparation presentation prodiuts
profesionnel professionels proffiter profitter programe publicitée qualitée quantitée quelquefoi quotidiene raport
receveoir recomander recrutemment remboursment remerciments rencontrr rendez-vouss renseignment reparation repondre
reunion reussir sanctionn satisfaicion securite selectionner servicce sincerement soireé solutionn souhaitter
spectacl suplément surpise systeme telephone terrase theatre toujour tourisste trancquille travaile travailer
trésore télechargez témoinage univeristé vacanses vainde vendredie visitteur vitrinne voitture volontierre vouss
voyagge vraimant éfficace équipemment
"""
)
SLIPS_EN = words(
    """
abscence accidently accomodate acheive acknowlege acquaintence acros adquire agressive alltogether amature anual
apparantly appearence aproach arguement assasin atheltic atmosphear attendence availabe awfull basicly beautifull
becuase begining beleive benifit bussiness buisness calender camoflage carefull catagory celebrat cemetary changable
cheif collegue comittee comming comparision competative completly concensus congradulations consious convinient
curiousity decieve definately desparate develope diffrent dilemna disapear disapoint discription dissapear ecstacy
embarass enviroment equiped exagerate excelent existance experiance familar fasinating feburary finaly foriegn
fourty freind fullfil garantee goverment gratefull greatfull happend harrass hieght immediatly imporant incidently
independant intresting knowlege libary lisence maintenence managment mispell neccessary noticable occassion occured
paralell posession prefered prepair privelege probaly proffesional promiss publically realy recieve recomend refered
relevent religous rember resteraunt rythm saftey seperate shedule sincerly speach strenght succesful suprise
temperture tommorow truely unfortunatly untill usefull wensday wierd writen yeild
"""
)
# Slips and what they stand for.
MENDED = {
    "fr": "evenement=événement acceuil=accueil proffesionel=professionnel aniversaire=anniversaire merçi=merci "
    "boutiqe=boutique livraion=livraison cadaux=cadeaux beaucou=beaucoup apeller=appeler cest=c'est jai=j'ai "
    "quil=qu'il rendezvous=rendez-vous reservation=réservation Bonjoru=Bonjour EXCEPTIONELLE=EXCEPTIONNELLE "
    "language=langage connection=connexion dévelopement=développement remboursment=remboursement bientot=bientôt",
    "en": "recieve=receive occured=occurred definately=definitely dont=don't tommorow=tomorrow freindly=friendly "
    "accomodate=accommodate Seperate=Separate alot=a experiance=experience",
}
RIGHT = {
    "fr": (
        "Dès l’été prochain, on se retrouve à la ferme : visites, goûters et ateliers pour petits et grands !",
        "À vos agendas : la grande brocante revient dimanche 12 mai, de 8 h à 18 h, place de l’Église.",
        "Bonjour Maëlle, merci pour votre message. Pourriez-vous nous l’envoyer en privé ? Belle journée, Inès.",
        "Jusqu’à vendredi, -20 % sur toute la boutique avec le code PRINTEMPS20. Lien en bio 👆",
        "Nos crêpes au beurre salé n’attendent que vous… Qu’est-ce que vous prendrez avec ? Un jus d’orange ?",
        "Aujourd’hui, c’est portes ouvertes chez Atelier Bréhat : venez avec vos enfants, vos ami·es, vos voisin(e)s.",
        "On recrute un·e community manager en CDI à Nantes (télétravail 2 j/semaine), candidatures à jobs@exemple.fr.",
        "ILS SONT ARRIVÉS ! Les nouveaux sacs en toile recyclée, cousus main en Bretagne, sont sur l’e-shop.",
        "Le brunch du week-end : avocado toast, granola maison, smoothie et café à volonté. Miam !",
        "Vos stories et vos reels nous ont fait sourire, surtout celui de @lea.bzh, 1 200 likes en 24h 🎉 #MerciÀVous",
        "Suite à la mise à jour iOS 19, l’appli peut planter : désinstallez-la puis réinstallez-la, s’il vous plaît.",
        "Le XXIe siècle, Louis XIV, la SNCF, l’INSEE et M. Lefebvre-Dumont : rien de tout cela n’est une faute.",
        "Y a-t-il encore des places ? Vas-y, donne-m’en deux ; peut-être qu’il en restera, quoiqu’on en dise.",
        "Ben ouais, trooooop bien ! Hahaha, mdr, à tte, bisous :D xD",
        "Livraison offerte dès 49,90 €, sous 48h, en 2 à 3 j ouvrés. Poids : 12 kg, 80 cm x 40 cm, 500 mL.",
        "Cœur de bœuf, œufs, foie gras, vœux, nœud papillon et sœurs jumelles : voici l’œuvre de notre chef.",
    ),
    "en": (
        "We’re open this Saturday from 10am to 6pm. Come and say hi, bring the kids, and don’t forget your bike!",
        "Thanks so much for your message, Siobhan. We’ve refunded your order; you’ll see it within 48 hours.",
        "Our favourite colour this season? Sage green. What’s yours? Tell us in the comments 👇 #Autumn",
        "It’s the last day of the giveaway: follow us, tag a friend and you could’ve won before you’ve had tea.",
        "The café’s new brunch menu is live, see the link in bio or email hello@example.com. It’s y’all’s fault!",
        "Q3 results: revenue up 12%, churn down, and the team’s grown to 45. Read the CEO’s thread at example.com/blog",
    ),
}


@pytest.fixture
def afresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A process that has read no dictionary yet."""
    monkeypatch.setattr(spelling, "_spellers", {})
    monkeypatch.setattr(spelling, "_background", threading.Event())
    yield
    spelling.close()


def _findings(text: str, language: str = "fr", brand: Brand | None = None) -> list[Finding]:
    draft = Draft(text=text, network=networks.get("facebook_page"), language=language)
    return list(check(draft, Context(brand, (), (), date(2026, 11, 21))))


@pytest.mark.parametrize(("language", "slips"), [("fr", SLIPS_FR), ("en", SLIPS_EN)])
def test_at_least_nineteen_slips_of_twenty_are_found_and_most_are_mended(language: str, slips: frozenset[str]) -> None:
    found = [slip for slip in slips if spelling.misspelled(slip, language)]
    assert len(found) / len(slips) >= 0.95, slips - set(found)
    speller = spelling.load(language)
    assert speller is not None
    assert sum(speller.fix(slip) is not None for slip in slips) / len(slips) >= 0.8


@pytest.mark.parametrize(("language", "pairs"), MENDED.items())
def test_a_slip_is_mended_by_the_word_meant(language: str, pairs: str) -> None:
    speller = spelling.load(language)
    assert speller is not None
    for pair in pairs.split():
        slip, meant = pair.split("=")
        assert (speller.fix(slip) or "").split(" ")[0] == meant, slip
        assert speller.near(slip)[0].split(" ")[0] == meant


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, texts in RIGHT.items() for text in texts]
)
def test_a_right_text_is_left_alone(language: str, text: str) -> None:
    assert spelling.misspelled(text, language) == []


def test_the_shipped_replies_hold_no_sure_slip() -> None:
    told = tomllib.loads((assets_dir() / "playbooks" / "replies.fr.toml").read_text("utf-8"))
    texts = [text for text in _strings(told) if text.count(" ") > 8 and text.endswith((".", "!", "?"))]
    assert len(texts) >= 20
    sure = [finding for text in texts for finding in _findings(text) if finding.severity is Severity.WARNS]
    assert sure == []


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def test_offsets_are_those_of_the_text_as_typed() -> None:
    text = "« L’évenement », d’aprés l’acceuil – e\u0301vene\u0301mennt 🚲 passez-nous voir au magazin."
    found = spelling.misspelled(text, "fr")
    assert [word for _start, _end, word in found] == ["évenement", "aprés", "acceuil", "évenémennt", "magazin"]
    assert [text[start:end] for start, end, _word in found][3] == "e\u0301vene\u0301mennt"
    assert [text[start:end] for start, end, _word in found][4] == "magazin"


def test_a_slip_in_an_inclusive_or_joined_word_is_shown_where_it_is() -> None:
    text = "Nos cleint·es, l’aprés-midi"
    assert [text[start:end] for start, end, _ in spelling.misspelled(text, "fr")] == ["cleint", "aprés"]


def test_a_sentence_in_another_language_is_left_alone() -> None:
    text = "Merci ! Thank you all for coming, it was a wonderful evening. ¡Gracias a todos por venir, hasta pronto!"
    assert spelling.misspelled(text, "fr") == []
    assert spelling.misspelled("Come to our fête: venez nombreux, c’est gratuit pour tous. Bring friends.", "en") == []


def test_the_brand_s_words_are_known() -> None:
    brand = Brand(
        id="b",
        name="Zblork & Fils",
        accounts={"x": "@zblorkfils"},
        facts=(Fact("f", "Le vélo Krakenette coûte 900 €."),),
        hashtags=(HashtagList("h", ("roulzblork",)),),
        style=HouseStyle(words=("gloubi-boulga",)),
    )
    text = "zblork zblorks zblorkfils krakenette roulzblork gloubi-boulga gloubi"
    assert len(_findings(text)) >= 5
    assert _findings(text, brand=brand) == []


def test_what_is_found_warns_when_the_fix_is_sure_and_advises_otherwise() -> None:
    sure, unknown, reformed = _findings("Un évenement zblorkitude à connaitre")
    assert (sure.severity, sure.fix, sure.automatic) == (Severity.WARNS, "événement", False)
    assert (unknown.severity, unknown.fix, unknown.wording.key) == (Severity.ADVISES, None, "check.spelling")
    assert (reformed.severity, reformed.fix) == (Severity.ADVISES, "connaître")
    assert reformed.wording.key == "check.spelling.reformed"


def test_a_fix_takes_the_apostrophe_of_the_text() -> None:
    assert [finding.fix for finding in _findings("jai faim")] == ["j’ai"]
    assert [finding.fix for finding in _findings("We dont know", "en")] == ["don't"]
    assert [finding.fix for finding in _findings("It’s late, we dont know", "en")] == ["don’t"]


def test_a_language_without_dictionary_says_nothing() -> None:
    assert spelling.load("de") is None
    assert _findings("Ein schöner Tagg", "de") == []


@pytest.mark.usefixtures("afresh")
def test_a_window_is_told_nothing_until_the_dictionary_is_there() -> None:
    there = threading.Event()
    with spelling._loading:
        spelling.load_in_background(("fr",), there.set)
        assert not spelling.ready("fr")
        assert spelling.misspelled("evenement", "fr") == []
    assert there.wait(30)
    assert spelling.ready("fr-FR")
    assert spelling.misspelled("evenement", "fr") != []


@pytest.mark.usefixtures("afresh")
def test_the_command_line_reads_the_dictionary_first() -> None:
    assert not spelling.ready("fr")
    assert spelling.misspelled("evenement", "fr") != []


async def test_suggestions_come_from_near_and_from_the_process() -> None:
    near = await spelling.suggestions("ordinatteurre", "fr", timeout=0.0)
    far = await spelling.suggestions("ordinatteurre", "fr", timeout=30.0)
    assert far[: len(near)] == near
    assert "ordinateur" in far
    assert await spelling.suggestions("x" * 61, "fr") == ()
    assert await spelling.suggestions("Tagg", "de") == ()
    spelling.close()


async def test_a_process_that_takes_too_long_is_ended_and_the_next_question_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    suggester = Suggester()
    assert "weird" in await suggester.suggestions("wierd", "en", 30.0)
    first = suggester.pid
    assert first is not None
    tell = suggester._tell
    # Nothing is asked: no answer will come.
    monkeypatch.setattr(suggester, "_tell", lambda question: None)
    assert await suggester.suggestions("wierd", "en", 0.05) == ()
    assert suggester.pid is None
    monkeypatch.setattr(suggester, "_tell", tell)
    assert "weird" in await suggester.suggestions("wierd", "en", 30.0)
    assert suggester.pid not in (None, first)
    suggester.close()
    assert suggester.pid is None


async def test_reading_the_dictionary_is_not_cut_short_by_an_impatient_question() -> None:
    suggester = Suggester()
    assert await suggester.suggestions("acceuil", "fr", 0.01) == ()
    started = suggester.pid
    assert started is not None
    assert "accueil" in await suggester.suggestions("acceuil", "fr", 30.0)
    assert suggester.pid == started
    suggester.close()


# The library that reads the dictionaries leaves their files to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_the_forms_are_those_of_the_dictionaries() -> None:
    forms = Forms.of(assets_dir() / "dictionaries" / "en.forms.xz")
    expanded = dict(_making.expanded(assets_dir() / "dictionaries" / "en-gb"))
    for stem in random.Random(0).sample(sorted(expanded), 500):
        assert all(form in forms for form in expanded[stem] if _making._is_wanted(form))
    gc.collect()


@pytest.mark.parametrize("language", spelling.LANGUAGES)
def test_a_usual_slip_is_found_and_mended_by_known_words(language: str) -> None:
    speller = spelling.load(language)
    assert speller is not None
    for line in lexicon(f"spelling_usual.{language}"):
        wrong, right = line.split("=")
        assert speller.misspelled(wrong) != [], wrong
        assert speller.fix(wrong) == right
        assert speller.misspelled(right) == [], right


def test_a_broken_file_is_told(tmp_path: Path) -> None:
    for content in (b"", b"nothing", lzma.compress(b"abc 3\n\nabc")):
        (tmp_path / "fr.forms.xz").write_bytes(content)
        with pytest.raises(ValueError, match=r"fr\.forms|invalid"):
            Forms.of(tmp_path / "fr.forms.xz")


def test_words_that_differ_in_accents_and_doubled_letters_share_a_key() -> None:
    assert key("Événement") == key("evennement") == b"evenement"
    assert key("œuf") == key("Oeuf")
    assert key("aujourd'hui") == key("aujourdhui")
    assert key("Łódź") == b""


PIECES = [*"-·`{<#@é \n3", "évenement", "l’", "\0", "\ud83d", "\u202e", "\u0301", "oe"]


@given(st.lists(st.sampled_from(PIECES) | st.characters(), max_size=40).map("".join), st.sampled_from(["fr", "en"]))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_without_a_crash(text: str, language: str) -> None:
    end = 0
    for start, stop, word in spelling.misspelled(text, language):
        assert end <= start < stop <= len(text)
        assert 0 < len(word) <= 60
        end = start


HOSTILE = {
    "random words": " ".join("".join(random.Random(n).choices("abcdefghiélmnoprstu", k=8)) for n in range(30_000)),
    "marks": "e" + "\u0301" * 50_000,
    "surrogates": "\ud800évenement " * 20_000,
    "nul": "\0evenement\0" * 25_000,
    "right to left": "\u202eevenement שלום " * 15_000,
    "elisions": "l'" * 150_000,
    "hyphens": "a-" * 150_000,
    "ligatures": ("oe" * 29 + " ") * 5_000,
    "ticks": "`a " * 100_000,
    "one word": "é" * 300_000,
    "capitals": "Zblorkit " * 30_000,
    "one sentence": "le chat dort " * 25_000 + "evenement",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_takes_linear_time(text: str) -> None:
    spelling.load("fr")
    started = time.process_time()
    found = spelling.misspelled(text, "fr")
    # About 1 s at worst for 300,000 characters; quadratic ways take minutes.
    assert time.process_time() - started < 10
    assert len(found) <= 100


def test_a_text_being_typed_is_read_in_a_few_milliseconds() -> None:
    text = " ".join(RIGHT["fr"][:5])[:500]
    spelling.misspelled(text, "fr")
    took = []
    for _ in range(20):
        started = time.process_time()
        spelling.misspelled(text, "fr")
        took.append(time.process_time() - started)
    # About 0.7 ms; the margin is for a busy machine.
    assert min(took) < 0.005
