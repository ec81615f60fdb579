"""Messy briefs, as people paste them: nothing said between colleagues reaches a post, on any network."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest

from copilot import networks
from copilot.playbook.post_brief import is_internal, public_units
from copilot.playbook.posts import compose_posts
from copilot.text.facts import find_facts

FOLDER = Path(__file__).resolve().parents[1] / "data" / "evals" / "words"
CASES: dict[str, dict[str, Any]] = {
    row["id"]: row
    for path in sorted(FOLDER.glob("facts.*.jsonl"))
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())
}


def folded(text: str) -> str:
    """Plain spaces and straight apostrophes, lower case: a typeset post compared with its brief."""
    return text.replace("\u00a0", " ").replace("\u202f", " ").replace("’", "'").casefold()


def holds(text: str, fragment: str) -> bool:
    """True when ``fragment`` stands in ``text`` as whole words: "Re:" is not in "more:"."""
    return bool(re.search(rf"(?<![\w,.]){re.escape(folded(fragment))}(?!\w)", folded(text)))


@pytest.mark.parametrize("name", CASES)
def test_nothing_internal_reaches_a_post(name: str) -> None:
    case = CASES[name]
    facts = find_facts(case["brief"], case["language"])
    for network in networks.load().values():
        for post in compose_posts(
            case["brief"],
            facts=facts,
            hashtags=(),
            brand=None,
            network=network,
            language=case["language"],
            variants=9,
        ):
            told = [one for one in case["internal"] if holds(post.text, one)]
            assert not told, (network.id, post.structure, post.text)


PUBLIC = """
Notre drive fermier ouvre samedi à 9h.
Commandez en ligne et retirez vos courses au drive.
Ton vélo est prêt pour le printemps.
Ton premier cours est gratuit.
Un ton nouveau pour la saison culturelle.
Partagez votre photo préférée en commentaire.
Le concours photo est ouvert à tous.
Entrée libre, 30 places maximum.
8 enfants max, dès 6 ans.
Merci de réserver avant vendredi.
Merci de venir avec un masque.
Merci à nos 120 bénévoles !
Nous recherchons une responsable de magasin.
Les visuels de la nouvelle affiche sont dévoilés.
La nouvelle affiche du festival est arrivée.
Vous validez votre billet à l'entrée.
La date est confirmée : ce sera le 3 mai.
Rendez-vous avec Marie Dupont, autrice.
Il faut 80 donneurs par jour.
Venez voir avec vos enfants le spectacle.
Nos fournisseurs sont tous à moins de 50 km.
Un texte court, une grande émotion.
L'exposition présente 40 photos de la ville.
Appelez-nous au 04 78 00 00 00.
Dis-nous tout en commentaire !
Tu peux réserver dès demain.
Êtes-vous dispo pour courir dimanche ?
Le petit poste de radio est de retour.
Un message de 280 caractères suffit pour participer.
L'atelier se tient dans le dossier du parc.
Bonjour à tous, la piscine rouvre le 3 mai !
Chers adhérents, la piscine rouvre le 3 mai.
Hello Kitty arrive à Lyon
Re:Source ouvre ses portes
Super week-end en perspective au parc !
Top départ samedi à 9h !
Photos are on display until 3 May.
Keep it local: shop in Leeds.
Ask Maria for a fitting.
We need 120 volunteers.
The files of the museum are open to all.
Send us a story of 500 words max.
Up to 3 words can win you a prize.
Signed copies are available in store.
We're open Mon-Fri 7am-6pm.
Everything is half price until noon.
Here's everything you can do this weekend.
See below for opening times.
A warm tone and a soft light: meet the Luma lamp.
"""
ASIDES = """
On attend le go de la direction.
Vois avec Karim pour les visuels.
Tu valides ?
Le logo est sur le serveur.
Sur un ton léger stp
Ok pour toi ?
Je te renvoie le flyer demain.
Pas plus de 3 hashtags
1300 signes max
max 2 emojis
Texte court svp, tutoiement.
Je suis en congé vendredi.
J'attends ta validation avant midi.
Fais-moi un retour avant 17h
On en reparle lundi.
C'est pour demain matin.
A publier mardi à 18h
Post à sortir jeudi.
Budget pub : 50€
Cible : jeunes parents
Penser à taguer le partenaire.
Ne pas oublier le logo de la Région.
Faut que ça parte aujourd'hui !
Le maire doit relire.
Objectif 300 inscrits
Attention la date n'est pas encore officielle
Keep it under 280 characters
Can you post this by 5?
I'll send the pics later
Run it past legal first
Pics in the Drive folder
No emojis please
Use a friendly tone
Max 3 hashtags
We're still waiting on sign-off from Gary
Please don't publish before Monday
This is for Insta and LinkedIn
Not for publication: the landlord may cancel
Internal deadline: Thursday noon
Ping me if anything is unclear
"""
NEWS = "La piscine ouvre le 3 mai à Sète."


@pytest.mark.parametrize("text", PUBLIC.strip().splitlines())
def test_what_is_said_to_the_public_stays(text: str) -> None:
    assert not is_internal(text)
    assert public_units(text)


@pytest.mark.parametrize("text", ASIDES.strip().splitlines())
def test_what_colleagues_say_goes(text: str) -> None:
    assert [unit.text for unit in public_units(f"{NEWS}\n\n{text}")] == [NEWS]


SIGNATURES = (
    "Bises,\nSophie\n--\nSophie Marchal\nResponsable des publics\n02 47 99 12 34",
    "Sophie",
    "Merci beaucoup\n\nNadia Fournel\nAssociation Les Lucioles\nStandard : 05 56 99 44 55",
    "Karine Lopez\nAdjointe à la culture\n06 12 99 00 11",
    "Priya Shah (she/her)\nComms Lead, Eastvale\n+44 7700 900 555 | eastvale.example",
    "Cheers,\nTom\nSent from my iPhone",
    "Le 8 sept. 2026 à 17:42, Paul <paul@a.example> a écrit :\n> On part sur 12 personnes.\n> Paul",
    "-----Message d'origine-----\nDe : Paul\nEnvoyé : lundi 3 mai 2027 10:00\nÀ : Léa\nObjet : RE:",
)


@pytest.mark.parametrize("end", SIGNATURES)
def test_a_signature_and_a_quoted_reply_go(end: str) -> None:
    assert [unit.text for unit in public_units(f"Salut l'équipe !\n\n{NEWS}\n\n{end}")] == [NEWS]


@pytest.mark.parametrize(
    ("brief", "expected"),
    [
        ("Objet : RE: TR: foire de Sète - URGENT\nDe : Léa\n\nElle ouvre le 3 mai.", "foire de Sète"),
        ("coucou, petit post à prévoir pour la réouverture du bassin le 3 mai", "la réouverture du bassin le 3 mai"),
        ("yo 👋 post pour vendredi : le bassin rouvre le 3 mai", "le bassin rouvre le 3 mai"),
        ("Suite à notre échange, voici l'offre : une nuit au lac pour 89 €.", "une nuit au lac pour 89 €."),
        ("Bonjour à tous, la piscine rouvre le 3 mai !", "la piscine rouvre le 3 mai !"),
        ("Lieu\tHalle aux Grains", "Halle aux Grains"),
        ("Jour\tHeure\tQuoi\n5 juin\t9h30\tRandonnée", "5 juin, 9h30, Randonnée"),
    ],
)
def test_the_news_comes_out_of_its_wrapping(brief: str, expected: str) -> None:
    assert public_units(brief)[0].text == expected


def test_a_form_keeps_its_date() -> None:
    units = public_units("Objet : concert\nDate : 3 mai 2027\nLieu : Sète")
    assert [unit.text for unit in units if unit.role in ("when", "where")] == ["3 mai 2027", "Sète"]


def test_facts_of_a_messy_brief_reach_the_posts() -> None:
    for name, wanted in {"d01": "185", "d09": "14.50", "k01": "289", "k08": "CDI", "k10": "Payroll"}.items():
        case = CASES[name]
        facts = find_facts(case["brief"], case["language"])
        posts = compose_posts(
            case["brief"],
            facts=facts,
            hashtags=(),
            brand=None,
            network=networks.get("linkedin"),
            language=case["language"],
        )
        assert any(wanted in post.text for post in posts), name


HOSTILE = {
    "headers": "De : a\n" * 9_000,
    "short lines": "Jean Dupont\n" * 8_000,
    "quoted": "> a\n" * 20_000,
    "attribution": "Le 3 mars, " + "a@b " * 20_000 + "a écrit :",
    "tabs": "a\t1\tb\n" * 9_000,
    "greetings": "Bonjour " * 12_000,
    "asks": "post " * 20_000 + ": x",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_messages_stay_linear(name: str) -> None:
    began = time.process_time()
    public_units(HOSTILE[name])
    assert time.process_time() - began < 10
