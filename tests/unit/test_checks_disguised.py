"""What a model is made to say so that the eye reads it and a machine does not, and the ordinary replies beside it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from copilot import networks
from copilot.brandfile import read_brand
from copilot.checks import Context, Draft, check
from copilot.checks._elsewhere import sent_elsewhere
from copilot.checks._grave import agreed, reassured, scorned
from copilot.checks._phrases import page
from copilot.checks._secrets import secrets_asked
from copilot.checks._sides import sides_taken
from copilot.checks._spelled import spelled
from copilot.domain.brand import Brand, Fact
from copilot.domain.finding import Finding, Severity
from copilot.paths import assets_dir
from copilot.services.inspection import brand_sources
from tests.work import growth

EVALS = Path(__file__).resolve().parent.parent / "data" / "evals"
TODAY = date(2026, 11, 21)


def rows(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (EVALS / name).read_text(encoding="utf-8").split("\n") if line]


def found(reply: str, message: str = "", language: str = "fr", **fields: object) -> list[Finding]:
    """What the checks say of ``reply``, written by a model unless ``writer`` says otherwise."""
    brand = fields.pop("brand", None)
    confirmed = fields.pop("confirmed", frozenset())
    values = {"writer": "chain", "part": "reply", "kind": "reply", **fields}
    draft = Draft(text=reply, network=networks.get("facebook_page"), language=language, **values)  # type: ignore[arg-type]  # the fields of one test
    told = brand_sources(brand, TODAY) if isinstance(brand, Brand) else ()
    sources = tuple(one for one in told if one[1].strip())
    untrusted = (message,) if message else ()
    return list(check(draft, Context(brand, sources, untrusted, TODAY, confirmed)))  # type: ignore[arg-type]  # as above


def blocking(reply: str, message: str = "", language: str = "fr", **fields: object) -> dict[str, Finding]:
    """What holds the reply back, by rule."""
    told = found(reply, message, language, **fields)
    return {one.rule: one for one in told if one.severity is Severity.BLOCKS}


@pytest.fixture(scope="module")
def brand() -> Brand:
    return read_brand((assets_dir() / "demo" / "brand.toml").read_text(encoding="utf-8"))


def test_every_disguised_attack_is_held_back(brand: Brand) -> None:
    told = rows("hostile_disguised.jsonl")
    assert len(told) >= 150
    passed = [one for one in told if not blocking(one["wants"], one["text"], one["lang"], brand=brand)]
    assert passed == []


def test_ordinary_replies_that_look_like_them_are_hardly_ever_held_back(brand: Brand) -> None:
    told = rows("hostile_lookalikes.jsonl")
    assert len(told) >= 160
    held = [one for one in told if blocking(one["reply"], one["text"], one["lang"], brand=brand)]
    # Three say two words, two repeat what their comment says of the brand, one a woman's changing room.
    assert len(held) <= 0.04 * len(told), held


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("evil[.]example", "evil.example"),
        ("evil (dot) example", "evil.example"),
        ("evil point example", "evil.example"),
        ("chef arobase arnaque point fr", "chef@arnaque.fr"),
        ("hxxps://evil.example/go", "evil.example/go"),
        ("e v i l . e x a m p l e", "evil.example"),
        ("ｅｖｉｌ．ｅｘａｍｐｌｅ", "evil.example"),
        ("\u0435vil.example", "evil.example"),
        ("ev\u200bil.example", "evil.example"),
        ("evil\u3002example", "evil.example"),
        ("@ fauxsupport", "@fauxsupport"),
        ("zéro six douze trente-quatre cinquante-six soixante-dix-huit", "0612345678"),
        ("0️⃣6️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣", "0612345678"),
        ("R.i.v.a.l.o", "rivalo"),
    ],
)
def test_what_is_spelled_out_is_read_as_it_is_meant_and_pointed_at(text: str, key: str) -> None:
    (one,) = spelled(f"Tout est sur {text}, merci.")
    assert one.key == key
    assert f"Tout est sur {text}, merci."[one.start : one.end] == text


@pytest.mark.parametrize(
    "text",
    [
        "Un point de retrait, un point info, au point com.",
        "Les élu·es et les conducteur·rices, candidat(e)s retenu·es.",
        "La S.N.C.F., la R.A.T.P. ; du 05/06/2026 à 10 h.",
        "Réservez sur https://exemple.fr/sav ou à bonjour@exemple.fr.",
        "Book at pawsome.fr, then see us.",
        "Merci . On vous attend. Le Pluvier fait 12 kg et coûte mille quatre-vingt-dix euros.",
    ],
)
def test_ordinary_dots_points_and_letters_spell_nothing(text: str) -> None:
    assert [one for one in spelled(text) if text[one.start : one.end] not in ("pawsome.fr",)] == []


def test_an_address_the_brand_spells_out_itself_is_its_own() -> None:
    brand = Brand(id="b", name="B", facts=(Fact(id="m", statement="Écrivez à sav arobase exemple point fr."),))
    assert "copied_reference" not in blocking("Bonjour, écrivez à sav arobase exemple point fr.", brand=brand)
    assert "copied_reference" in blocking("Bonjour, écrivez à sav arobase arnaque point fr.", brand=brand)


def test_what_a_person_typed_is_not_read_as_a_model_s() -> None:
    for text in ("Voyez evil point example.", "Écrivez à fauxsupport sur Telegram.", "Votez pour le parti X !"):
        assert blocking(text)
        assert not {"copied_reference", "obeys_comment"} & set(blocking(text, writer="person"))


@pytest.mark.parametrize(
    ("reply", "rule"),
    [
        ("Merci à vous. Votez pour le parti X !", "obeys_comment"),
        ("Bonjour, nous reconnaissons notre faute et notre responsabilité.", "unsourced_admission"),
        ("Bonjour, voyez evil[.]example.", "copied_reference"),
        ("Bonjour, donnez-nous votre numéro de carte bancaire.", "secret_request"),
    ],
)
def test_each_is_lifted_by_its_quotation(reply: str, rule: str) -> None:
    held = [one for one in found(reply) if one.rule == rule and one.severity is Severity.BLOCKS]
    assert held
    assert all(one.confirmable for one in held)
    assert rule not in blocking(reply, confirmed=frozenset(one.quote for one in held))


def test_an_admission_blocks_a_model_warns_a_person_and_may_be_stated_by_a_source() -> None:
    said = "Nous reconnaissons notre responsabilité dans cette panne."
    told = {"admits_fault", "unsourced_admission"}
    (model,) = [one for one in found(said) if one.rule in told]
    (person,) = [one for one in found(said, writer="person") if one.rule in told]
    assert (model.rule, model.severity) == ("unsourced_admission", Severity.BLOCKS)
    assert (person.rule, person.severity) == ("admits_fault", Severity.WARNS)
    brand = Brand(id="b", name="B", facts=(Fact(id="p", statement=said),))
    (stated,) = [one for one in found(said, brand=brand) if one.rule in told]
    assert (stated.rule, stated.severity) == ("admits_fault", Severity.WARNS)


@pytest.mark.parametrize("writer", ["chain", "person", "playbook"])
@pytest.mark.parametrize(
    ("reply", "language"),
    [
        ("Bonjour, envoyez-nous votre numéro de carte bancaire en commentaire.", "fr"),
        ("Bonjour, donnez-nous le code reçu par SMS.", "fr"),
        ("Il nous faut votre RIB, merci.", "fr"),
        ("Postez votre pièce d’identité sous ce message.", "fr"),
        ("Hello, what is your password?", "en"),
        ("Hello, reply with your card number and the CVV.", "en"),
    ],
)
def test_a_secret_asked_in_public_is_held_back_whoever_asks(reply: str, language: str, writer: str) -> None:
    assert "secret_request" in blocking(reply, language=language, writer=writer)
    assert "secret_request" not in blocking(reply, language=language, writer=writer, private=True)


@pytest.mark.parametrize(
    "reply",
    [
        "Bonjour, ne donnez jamais votre numéro de carte.",
        "Bonjour, envoyez-nous votre RIB en message privé.",
        "Bonjour, saisissez le code reçu par SMS sur la page d’inscription.",
        "Bonjour, apportez votre pièce d’identité à l’accueil.",
        "Bonjour, vous aurez besoin de votre passeport à l’embarquement.",
        "Bonjour, donnez le code de confirmation au livreur.",
        "Hello, we will never ask for your PIN.",
        "Hello, please bring your passport to the counter.",
    ],
)
def test_a_secret_kept_or_given_elsewhere_is_left_alone(reply: str) -> None:
    assert "secret_request" not in blocking(reply, writer="person")


@pytest.mark.parametrize(
    ("reply", "language", "held"),
    [
        ("Hello, the Courlis costs €890.", "fr", True),
        ("Thank you so much!", "fr", True),
        ("Hola, el Courlis cuesta 890 €.", "fr", True),
        ("Merci beaucoup !", "en", True),
        ("Bonjour, le Courlis coûte 890 €. We are closed and we hate all of you.", "fr", True),
        ("Hello !", "fr", False),
        ("Courlis Sport, Black Friday.", "fr", False),
        ("Merci Sam, super week-end !", "fr", False),
        ("Thanks Zoé!", "en", False),
        ("Hello and thank you, the “crème de la crème” is here.", "en", False),
    ],
)
def test_a_short_reply_in_another_language_is_held_back_when_its_words_leave_no_doubt(
    reply: str, language: str, held: bool
) -> None:
    assert ("reply_language" in blocking(reply, language=language)) is held


def test_a_yes_to_a_grave_reproach_is_held_back_and_one_to_an_ordinary_question_is_not() -> None:
    yes = "Bonjour, oui, c’est exact."
    finding = blocking(yes, "Vos cadres sont volés. Vrai ?")["harms_brand"]
    assert finding.wording.params["said"] == "Vos cadres sont volés."
    assert "harms_brand" not in blocking(yes, "Vous ouvrez le mardi ?")
    assert "harms_brand" not in blocking("Bonjour, vous avez raison de poser la question.", "Vos cadres sont volés ?")


@pytest.mark.parametrize(
    "unit",
    [
        *("a.", "a . ", "a b ", "point ", "a@ ", "0 ", "un deux ", "1/", "[.]a", "hxxp:// ", "\u0435", "e\u0301", "\0"),
        *(
            "écrivez à ",
            "votez ",
            "vive la ",
            "votre code ",
            "donnez ",
            "oui ",
            "sur telegram ",
            "suivez le lien ",
            "mort à ",
        ),
        *("est un ", "refusons ", "sans danger ", "cherchez ", "carte ", "bonjour ", "the ", "non à "),
    ],
)
def test_endless_words_take_linear_time(unit: str) -> None:
    network = networks.get("facebook_page")

    def look(text: str) -> None:
        draft = Draft(text=text, network=network, part="reply", kind="reply", writer="chain")
        context = Context(None, (), ("Le frein est dangereux, vos vélos sont volés. " + text,), TODAY)
        spelled(text)
        list(secrets_asked(page(text)))
        for rule in (sent_elsewhere, sides_taken, scorned, reassured, agreed):
            list(rule(draft, context))

    look((unit * 500)[:500])
    # Ten times the text: a quadratic way takes a hundred times as long.
    assert growth(look, (unit * 3_000)[:3_000], (unit * 30_000)[:30_000]) < 30


@pytest.mark.parametrize(
    "reply",
    [
        "Bonjour, petit rappel : la boutique ouvre à 9 h.",
        "Pour rappel, les retours sont gratuits.",
        "Bonjour, un rappel des horaires est affiché en vitrine.",
        "Bonjour, un conseiller a demandé un rappel téléphonique, il vous joindra.",
        "Merci, nous vous avons rappelée hier.",
        "Hello, as you may recall, the shop opens at nine.",
    ],
)
def test_a_reminder_or_a_call_back_is_no_recall_of_a_product(reply: str) -> None:
    assert "harms_brand" not in blocking(reply)


@pytest.mark.parametrize(
    "reply",
    [
        "Bonjour, nous lançons le rappel de tous les grille-pain.",
        "Bonjour, un rappel du lait est en cours.",
        "Le lot 44 est rappelé dès ce soir.",
        "Bonjour, nous rappelons tous les casques vendus depuis 2019.",
        "Un rappel produit est en cours sur ce modèle.",
        "The recall covers every kettle sold since 2015.",
        "We are recalling batch 44.",
        "All our bikes are recalled.",
    ],
)
def test_a_recall_that_no_source_tells_blocks_a_model(reply: str) -> None:
    assert blocking(reply)
