"""Families of wording that the rules of words find in phrasings of every kind, and the correct sentences near them."""

from __future__ import annotations

import time
from datetime import date

import pytest

from copilot import networks
from copilot.checks import Context, Draft, rules
from copilot.domain.finding import Finding


def found(rule: str, text: str, part: str, network: str = "facebook_page") -> list[Finding]:
    draft = Draft(text=text, network=networks.get(network), part=part, kind=part, language=_language(text))
    return list(rules()[rule](draft, Context(None, (), (), date(2026, 11, 21))))


def _language(text: str) -> str:
    return "en" if {"you", "the", "we", "our", "this", "your", "it"} & set(text.lower().split()) else "fr"


REPLIES = {
    "admits_fault": (
        [
            "Nous avons enfreint la réglementation sur l’étiquetage.",
            "Notre prestataire a violé votre vie privée.",
            "Nous n’avons pas respecté les normes en vigueur.",
            "Notre équipe s’est rendue coupable d’imprudence.",
            "Nous vous avons mis en danger.",
            "We broke the law by sharing your file.",
            "Our kitchen was negligent with the cold chain.",
        ],
        [
            "Nous respectons le RGPD et vos droits.",
            "Nous avons négligé de vous répondre, pardon pour l’attente.",
            "Cette pratique enfreint notre charte : le message a été masqué.",
            "Nous nous sommes trompés de taille.",
            "Our kitchen was busy on Saturday and we were slow.",
        ],
    ),
    "blames_customer": (
        [
            "Si vous nous aviez prévenus, cela ne serait pas arrivé.",
            "C’est toi qui as oublié ton billet.",
            "Vous l’avez monté comme un amateur.",
            "Nous aurions pu vous aider si vous aviez appelé.",
            "Vous ne pouvez vous en prendre qu’à vous-même.",
            "It broke because you overloaded it.",
            "You would have got it if you had called.",
            "You must have dropped it.",
        ],
        [
            "Si vous étiez disponible jeudi, nous serions ravis de vous recevoir.",
            "C’est vous qui avez fait de cette soirée une réussite.",
            "Si vous avez oublié votre mot de passe, suivez ce lien.",
            "Vous n’avez rien fait de travers, la notice était fausse.",
            "You’re the one who made our day.",
        ],
    ),
    "irony": (
        [
            "Trois minutes de retard, un vrai drame national.",
            "On est anéantis que votre café ait refroidi.",
            "Prévenez l’armée, il manque une frite.",
            "Comme c’est curieux, vous revenez.",
            "How will you ever survive?",
            "It’s not the end of the world.",
        ],
        [
            "Nous sommes bouleversés par le décès de votre mère.",
            "Si vous vous sentez en danger, appelez la police au 17.",
            "Quel talent ! Merci pour cette photo.",
            "On est touchés que vous ayez pensé à nous.",
            "If you feel in danger, call the police.",
        ],
    ),
    "hollow_apology": (
        [
            "Nous sommes navrés que vous l’ayez pris ainsi.",
            "Désolés que tu le voies comme ça, nous regrettons que tu l’aies vécu de cette façon.",
            "Nous regrettons que notre ton ait pu vous heurter.",
            "Si notre réponse a pu vous froisser, nous nous en excusons.",
            "Sorry it came across that way.",
            "We’re sorry for anything that may have upset you.",
        ],
        [
            "Nous sommes désolés que vous ayez été accueilli ainsi samedi.",
            "Désolés que le plat soit arrivé froid.",
            "Si vous avez pu essayer la veste, dites-le-nous.",
            "Sorry your parcel was left in the rain.",
            "We’re sorry that the lift was out on Monday.",
        ],
    ),
    "vague_promise": (
        [
            "Des actions vont être menées.",
            "Nous prendrons les dispositions nécessaires.",
            "Quelqu’un va vous rappeler.",
            "On fera mieux. Nous vous recontacterons.",
            "Steps will be taken.",
            "We are sorry. Someone will call you when we can.",
        ],
        [
            "Karim, de l’atelier, vous rappelle demain.",
            "Des mesures seront prises avant vendredi.",
            "Le correctif arrive lundi à 10 h.",
            "Ana from our desk will call you at 3pm.",
            "The fix will be released on Monday.",
        ],
    ),
}
POSTS = {
    "commercial_transparency": (
        [
            "Mon nouveau sac ! Merci à Volana pour cet envoi.",
            "J’ai dormi au calme. Hébergée par Domaine Vellin, un rêve.",
            "Ma soirée de rêve #invitation",
            "My week in the hills, hosted by Larkhill Farm.",
            "Big thanks to Torrin for the lovely parcel, I love it.",
        ],
        [
            "Merci à tous nos clients pour votre confiance.",
            "Merci à la ville de Moulins pour son accueil.",
            "Sur invitation, réservez votre place.",
            "My mum sent me this photo.",
            "Thank you all for your support this year.",
        ],
    ),
    "contest": (
        [
            "Pour participer : mentionne ton binôme en commentaire.",
            "Deux places à gagner, tague ta sœur ici ! Règlement en ligne, jusqu’au 3 mai.",
            "Tirage au sort le 3 mai : citez deux proches.",
            "Win two tickets: tag your squad.",
            "Enter to win a stay: like and share!",
        ],
        [
            "Invitez vos amis samedi, l’entrée est libre.",
            "Partagez cette publication pour retrouver Minou.",
            "Participez à la balade et partagez cette publication.",
            "Tag a friend who loves jam.",
            "Share this with your neighbours.",
        ],
    ),
    "sector_mention": (
        [
            "Notre chardonnay est à 9 € au caveau.",
            "Empruntez 5 000 € : taux fixe à 3,2 %.",
            "Découvrez notre citadine hybride.",
            "Réservez votre essai du Taro en point de vente.",
            "Our pale ale is now available.",
        ],
        [
            "Le crédit photo revient à Julie. Découvrez l’exposition.",
            "Notre bière sans alcool à 3 €.",
            "La piste cyclable ouvre lundi : réservez un vélo.",
            "Un taux de réussite de 92 % au bac.",
            "Our new menu is available.",
        ],
    ),
    "cliche": (
        [
            "Il y en a pour tous les goûts.",
            "Une parenthèse enchantée.",
            "Une vue à couper le souffle.",
            "De quoi régaler vos papilles.",
            "The icing on the cake.",
        ],
        [
            "Chacun ses goûts : trois parfums au choix.",
            "Fermez la parenthèse.",
            "Le souffle du vent tourne l’éolienne.",
            "La page 3 présente la nouvelle salle.",
            "The cake is iced on the day.",
        ],
    ),
    "homophones": (
        [
            "Écrivez-nous quant vous voulez.",
            "Le spectacle à été reporté.",
            "Sa dépend du temps.",
            "Elles on reçu leurs places.",
            "Vous devez présentez le billet.",
            "La soirée c’est bien passée.",
            "Si ils viennent, tu est là.",
        ],
        [
            "Quant au reste, on verra.",
            "Il tient à être à l’heure, à dire vrai.",
            "Sa mère est là, sa voix aussi.",
            "On reçoit quand on peut.",
            "C’est bien passé de mode ?",
            "Où que vous soyez, chez nous vous aurez le choix.",
            "Grâce à vous, l’équipe a fait le plein, tout à fait.",
        ],
    ),
}
CASES = [(rule, "reply", *told) for rule, told in REPLIES.items()] + [
    (rule, "post", *told) for rule, told in POSTS.items()
]


@pytest.mark.parametrize(("rule", "part", "text"), [(rule, part, text) for rule, part, bad, _ in CASES for text in bad])
def test_another_wording_of_a_family_is_found(rule: str, part: str, text: str) -> None:
    assert found(rule, text, part)


@pytest.mark.parametrize(
    ("rule", "part", "text"), [(rule, part, text) for rule, part, _, good in CASES for text in good]
)
def test_a_correct_sentence_near_it_is_left_alone(rule: str, part: str, text: str) -> None:
    assert found(rule, text, part) == []


def test_both_sides_are_shown_when_tu_and_vous_mix_evenly() -> None:
    text = "Tu veux venir ? Apporte ton sac. Présentez votre badge."
    shown = [text[one.start : one.end] for one in found("address", text, "post")]
    assert {"Tu", "ton", "votre"} <= set(shown)
    assert len(found("address", "Tu viens, vous venez. " * 30, "post")) == 10


def test_a_year_is_no_hashtag_and_a_rank_or_an_order_is_left_alone() -> None:
    assert found("hashtag_validity", "Le bilan #2026", "post")
    assert found("hashtag_validity", "Vu à #75 #Paris", "post")
    for text in ("Notre produit #1 du mois", "La commande #2026 est partie", "Ticket #4821, merci"):
        assert found("hashtag_validity", text, "reply") == []


@pytest.mark.parametrize(
    "unit",
    [
        "si vous aviez lu ", "merci à Ab ", "tag a ", "sorry that ", "si a pu ", "quand on veut ", "wow so ", "suv le ",
        "because you ", "caveau ", "les ls on ", "si nous pu x ", "identifiez a ", "thanks a ", "if you had a ",
    ],
)  # fmt: skip
@pytest.mark.parametrize("part", ["post", "reply"])
def test_repeated_beginnings_take_linear_time(unit: str, part: str) -> None:
    started = time.process_time()
    for rule in (*REPLIES, *POSTS):
        found(rule, unit * (20_000 // len(unit)), part)
    assert time.process_time() - started < 8
