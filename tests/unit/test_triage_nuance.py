"""Dangers told calmly and hatred without a slur, beside what has the same words and means no harm."""

from __future__ import annotations

import pytest

from copilot.domain.conversation import Intent, Triage, Urgency
from copilot.intelligence.triage import RuleTriage

RULES = RuleTriage(screen=False)


def read(text: str) -> Triage:
    return RULES.triage(text)


@pytest.mark.parametrize(
    "text",
    [
        "un gamin de trois ans tout seul près de la piscine, venez",
        "une fillette seule au bord du quai, personne ne la surveille",
        "toddler unattended next to the deep pool, no one around",
        "votre pharmacien a donné le double de la dose à ma tante",
        "the nurse gave my uncle twice the dose",
        "my gran is in A&E now because of your ladder",
        "je sais où habite votre directrice, qu'elle fasse attention",
        "il va comprendre sa douleur, votre livreur",
        "I'll snap his legs if he rings again",
    ],
)
def test_dangers_and_threats_told_calmly_are_urgent(text: str) -> None:
    assert read(text).urgency is Urgency.P0


@pytest.mark.parametrize(
    "text",
    [
        "Les étrangers dehors, l'hôpital devrait leur fermer la porte",
        "ces réfugiés, tous des parasites",
        "These foreigners should be banned from here",
        "those immigrants again, every one of them is scum",
        "your customers, they are subhuman",
    ],
)
def test_hatred_without_a_slur_is_told(text: str) -> None:
    told = read(text)
    assert told.explicit_toxic
    assert told.intent is Intent.TROLL


@pytest.mark.parametrize(
    "text",
    [
        "Les enfants seuls peuvent-ils entrer à la piscine ?",
        "À quel âge un enfant peut-il aller tout seul à la plage avec le club ?",
        "Are kids alone allowed at the pool on Sundays?",
        "j'ai failli mourir de rire devant la vidéo",
        "I nearly choked on my coffee, so funny",
        "ce prix va me tuer",
        "your prices are killing me",
        "Vous refaites le stage premiers secours et incendie en mars ?",
        "Is the fire drill on Monday for everyone?",
        "our bedroom smelled of stale smoke",
        "la chambre sentait la fumée de cigarette",
        "Les étrangers peuvent-ils prendre la carte de fidélité ?",
        "Foreigners love this place, and so do we",
        "Peut-on voyager à l'étranger avec des animaux ?",
        "Paiement à l'étranger : l'appli affiche des erreurs",
        "The way you treat disabled people makes me sick",
        "Can foreigners bring dogs?",
        "Migrants are treated like animals here, shame on the camp",
        "raising money for refugees and cancer patients",
        "Bought five cables, every one of them was garbage",
        "Insects in my room, they are cockroaches",
        "People insulting immigrants should be banned",
        "Posts attacking refugees should be removed",
        "Vous allez comprendre ma colère : trois semaines sans réponse",
        "À quelle heure elle finit la parade pour la voir ?",
        "À quelle heure il part le bateau, faut payer avant ?",
        "Il n'y a que des femmes dans l'équipe, bravo",
        "On sait où se les procurer ?",
        "On sait où habite le Père Noël",
        "Je sais où habite ce monsieur, je lui rapporte son portefeuille",
        "Le vétérinaire m'a conseillé une double ration de croquettes",
        "My doctor told me to take double the dose of vitamin D",
        "Petite cabane seule face au lac, magique",
        "You sat my daughter alone by the window, ten rows away",
        "Aucun maître d'hôtel en vue",
    ],
)
def test_what_has_the_same_words_waits_its_turn(text: str) -> None:
    told = read(text)
    assert told.urgency is not Urgency.P0
    assert not told.explicit_toxic


@pytest.mark.parametrize(
    "text",
    [
        "The lobby smells like smoke and nobody answers",
        "The cabin smelled of smoke",
        "I nearly choked on my coffee, there was glass in it",
        "Au cours de l'incendie de cette nuit, aucune alarme",
        "that shelf fell, my son could have been killed",
        "it could have ended in tragedy",
    ],
)
def test_a_figure_of_speech_hides_no_danger(text: str) -> None:
    assert read(text).intent is Intent.CRISIS_SIGNAL


@pytest.mark.parametrize(
    "text",
    [
        "The staff could have been more helpful",
        "The room could have been cleaner",
        "could've been better for the price",
    ],
)
def test_a_reproach_in_the_words_of_praise_or_of_danger(text: str) -> None:
    told = read(text)
    assert told.urgency is not Urgency.P0
    assert told.intent is not Intent.PRAISE


@pytest.mark.parametrize(
    "text",
    [
        "c'est de la bombe votre nouvelle carte",
        "slept like a baby, the staff couldn't have been nicer",
        "on a trop kiffé la soirée",
        "votre stagiaire mérite une augmentation",
        "whoever writes your posts deserves a promotion",
    ],
)
def test_praise_in_figures_of_speech(text: str) -> None:
    assert read(text).intent is Intent.PRAISE
