"""Dangers and wrongs of every sector are urgent; places of care, idioms and questions about them are not."""

from __future__ import annotations

import pytest

from copilot.domain.conversation import Triage, Urgency
from copilot.intelligence.triage import RuleTriage

RULES = RuleTriage(screen=False)


def read(text: str) -> Triage:
    return RULES.triage(text)


@pytest.mark.parametrize(
    "text",
    [
        "Le livreur a eu des gestes déplacés envers ma fille de douze ans",
        "Votre animateur a filmé les filles dans les vestiaires",
        "Un vigile a agressé sexuellement ma sœur",
        "Votre chauffeur a caressé ma fille",
        "Le gérant s’est exhibé devant mes enfants",
        "The trainer was inappropriate with my daughter",
        "Your driver touched my son",
        "A man exposed himself to the kids by your pool",
        "On a injecté à mon père l’insuline d’un autre patient",
        "The nurse gave my dad somebody else’s tablets",
        "Ils se sont trompés de jambe pendant l’opération",
        "I can see another customer’s bank statements in your app",
        "Je vois le dossier médical d’une autre personne dans mon espace",
        "Nos identifiants circulent sur le darknet depuis votre piratage",
        "Le plafond de la piscine s’est effondré ce matin",
        "The roof above the food court is cracking",
        "L’ascenseur a chuté de deux étages",
        "The lift plunged three floors",
        "Le car scolaire s’est renversé dans le fossé",
        "Your coach overturned on the ring road",
        "Odeur de gaz dans la cage d’escalier depuis vos travaux",
        "It smells of gas since your engineer left",
        "L’eau du robinet sent l’essence",
        "Un élève a sorti un couteau devant ma fille",
        "Somebody pulled a gun in your queue",
        "My son never came home from your school trip",
        "Votre sirop a rendu mon bébé tout bleu",
        "Ma femme a fait une réaction violente à votre vaccin",
        "There is mould inside the baby milk",
        "On a fini aux urgences avec le petit après votre menu enfant",
        "Direction l’hôpital après deux bouchées de votre salade",
        "Ma grand-mère est à l’hôpital à cause de vos médicaments",
        "We ended up in hospital after eating your chicken",
        "A colleague was taken away by ambulance",
        "Mon ami voulait se jeter par la fenêtre après votre courrier",
        "Au secours il est derrière la porte avec un couteau",
    ],
)
def test_a_danger_or_a_grave_wrong_comes_first(text: str) -> None:
    assert read(text).urgency is Urgency.P0


@pytest.mark.parametrize(
    "text",
    [
        "Quatre heures d’attente aux urgences hier",
        "Les urgences de Laval sont fermées le dimanche ?",
        "Je travaille aux urgences depuis dix ans et je soutiens l’équipe",
        "Bravo aux urgences, prise en charge rapide",
        "La nourriture de l’hôpital est infecte",
        "12 euros de parking pour voir ma mère malade",
        "Vos équipes de réanimation sont formidables",
        "Ma fille est hospitalisée chez vous, à quelle heure sont les visites ?",
        "My mum was hospitalised with you last year, superb care",
        "The hospital car park is always full",
        "Je suis allé à l’hôpital pour une IRM, accueil parfait",
        "Les pompiers sont venus pour la fête de l’école, super idée",
        "L’incendie de 1912 est bien raconté dans l’expo",
        "Le blessé de guerre du tableau est magnifiquement peint",
        "Notre chat s’est blessé, vous soignez les animaux ?",
        "Votre assurance couvre-t-elle les accidents de ski ?",
        "Au secours, trop mignon ce chaton",
        "Au secours, je ne trouve pas le bouton pour payer",
        "Le prix de l’essence, au secours",
        "J’ai failli mourir d’ennui pendant la visite",
        "This burger is to die for",
        "I’m dying of laughter, your ad is gold",
        "Votre chanson a touché ma fille",
        "Your kindness touched my mum",
        "I got someone else’s parcel",
        "J’ai reçu la facture d’un client, c’est normal ?",
        "Double dose de fun dans ce jeu",
        "The screen went blue after the update",
        "The lift is free for kids",
        "The sofa came with the wrong leg",
        "Je n’appelle pas car mon fils est couché",
        "Cousu main, la jupe est superbe",
        "Le bus n’est pas arrivé à l’heure à l’école",
        "Your son et lumière show with my kids was lovely",
    ],
)
def test_what_only_sounds_like_one_does_not(text: str) -> None:
    assert read(text).urgency is not Urgency.P0


@pytest.mark.parametrize("text", ["Au secours, trop mignon ce chaton", "Au secours, le prix de l’essence"])
def test_a_cry_about_nothing_is_no_word_of_suicide(text: str) -> None:
    assert not read(text).tells("suicide")
