"""Every sentence of the shipped playbooks, set with every thing it may speak of, in tu and in vous."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from copilot.checks import vague_promise
from copilot.checks._samples import Sample
from copilot.domain.brand import Address, Contact
from copilot.domain.conversation import TOPICS
from copilot.playbook import slots
from copilot.playbook._library import Concern, cue_pattern, library
from copilot.playbook._parts import Chooser, Setting, seed_of, typeset
from copilot.playbook._reading import concern_of, fold, thing_of
from copilot.playbook.grammar_fr import Thing, determined, of, that, to

LANGUAGES = ("fr", "en")
_TU = re.compile(r"\b(?:tu|te|toi|ton|ta|tes|tien|contacte-nous|donne-nous|explique-nous)\b|\bt’", re.IGNORECASE)
_VOUS = re.compile(r"\b(?:vous|votre|vos|vôtre|\w+ez)\b", re.IGNORECASE)
_WRONG = {
    "fr": re.compile(
        r" [;!?:»]|«[^\u00a0]|'|  |[\[\]<>|*]|\b(?:de|à) les? \w+(?<!er)(?<!ir)(?<!re)\b|"
        r"\b(?:de|le|ne|que|se|ce) [aeiouéèêâîôû]|\bqu’[^aeiouéèêhy]|\bd’[^aeiouéèêhy]|\.\.",
        re.IGNORECASE,
    ),
    "en": re.compile(r"[\u00a0\u202f]|'|  |[\[\]<>|*]|\ba [aeio]|\ban [^aeiou]|\.\.| [;!?:]", re.IGNORECASE),
}
_KEPT_HIATUS = re.compile(r"\b(?:ce|se|le|que) (?:est|ont|a)\b")


def _things(language: str, concern: Concern) -> list[Thing | None]:
    fitting: list[Thing | None] = [thing for _words, thing in library(language).things if thing.kind in concern.kinds]
    if concern.noun:
        fitting.append(library(language).thing_named(concern.noun))
    return fitting or [None]


def _addresses(language: str) -> tuple[Address, ...]:
    return tuple(Address) if language == "fr" else (Address.VOUS,)


def _pooled(language: str) -> Iterator[str]:
    """The templates that need no thing."""
    shelf = library(language)
    for name, section in shelf.pools.items():
        if name not in ("danger", "greeting", "handed"):
            for key, pool in section.items():
                if isinstance(pool, list) and key not in ("own_cues", "rights_cues"):
                    yield from pool
    for praise in shelf.praises:
        yield from praise.thanks


def _of_concern(concern: Concern, setting: Setting) -> Iterator[str]:
    """Every sentence a concern can give: its own, and the frames round its phrases."""
    shelf = library(setting.language)
    negative = shelf.pools["negative"]
    yield from (setting.set(template) for template in concern.ack)
    for np in concern.np:
        for pool in ("ack_np", "firm_ack", *(("sorry_np",) if np == concern.np[0] else ())):
            yield from (setting.set(template, np=setting.set(np)) for template in negative[pool])
    for que in concern.que:
        yield from (setting.set(template, que=setting.set(que)) for template in negative["sorry_que"])
    for check in concern.check:
        for pool in ("looking", "private_check", "private_light"):
            yield from (setting.set(template, check=setting.set(check)) for template in negative[pool])
    yield from (setting.set(template, team=concern.team) for template in negative["action"])


def _every(language: str, address: Address) -> Iterator[str]:
    channel = {"fr": "par message privé", "en": "by direct message"}[language]
    values = {"channel": channel, "fact": "X", "Fact": "X", "source": "", "subject": "la livraison", "label": "prix"}
    plain = Setting(language, address, None, {**values, "slot": "{réponse}", "np": "ce point", "team": "l’équipe"})
    yield from (plain.set(template, que="cela dure", check="voir") for template in _pooled(language))
    for concern in library(language).concerns:
        for thing in _things(language, concern):
            yield from _of_concern(concern, Setting(language, address, thing, values))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_well_set(language: str) -> None:
    for address in _addresses(language):
        wrong = [one for one in _every(language, address) if _WRONG[language].search(_KEPT_HIATUS.sub("", one))]
        assert not wrong, "\n".join(dict.fromkeys(wrong[:20]))


@pytest.mark.parametrize(("address", "other"), [(Address.VOUS, _TU), (Address.TU, _VOUS)], ids=["vous", "tu"])
def test_no_sentence_mixes_tu_and_vous(address: Address, other: re.Pattern[str]) -> None:
    wrong = [one for one in _every("fr", address) if other.search(re.sub("rendez-vous|chez|nez", "", one))]
    assert not wrong, "\n".join(dict.fromkeys(wrong[:20]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_asked_for_is_given(language: str) -> None:
    shown = {
        slot
        for address in _addresses(language)
        for one in _every(language, address)
        for slot in re.findall(r"\{(.*?)\}", one)
    }
    allowed = {
        "fr": {"réponse", "fait", "action en cours", "heure du prochain point"},
        "en": {"réponse", "action under way", "time of next update"},
    }
    assert shown <= allowed[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_own_sentences_follow_our_advice_on_promises(language: str) -> None:
    told = dict.fromkeys(one for one in _every(language, Address.VOUS) if "{" not in one)
    samples = [Sample(one, part="reply", language=language) for one in told]
    wrong = [one.text for one in samples if [*vague_promise.check(one.draft(), one.context())]]
    assert not wrong, "\n".join(wrong[:20])


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_given_a_gender(language: str) -> None:
    gendered = re.compile(
        r"(?:\b(?:vous|tu) (?:êtes|es|soyez|sois|serez|seras|étiez|étais)|(?:vous |t’)(?:a|ait|ont)) (?:\w+ )?"
        r"(?:déçu|surpris|reçu|accueilli|choqué|ravi|content|agacé|inquiet|satisfait|entendu|lu)\b|·|\(e\)",
    )
    wrong = [one for address in _addresses(language) for one in _every(language, address) if gendered.search(one)]
    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_concerns_are_rich_enough_not_to_repeat(language: str) -> None:
    shelf = library(language)
    assert all(len(set(concern.ack)) >= 6 for concern in shelf.concerns)
    assert all(len(set(praise.thanks)) >= 6 for praise in shelf.praises)
    for pool in ("sorry", "action", "closing", "private_check", "private_plain", "private_why", "firm_position"):
        assert len(set(shelf.pool("negative", pool))) >= 6
    assert {concern.topic for concern in shelf.concerns} >= set(TOPICS) - {"product"}
    assert set(shelf.topics) == {*TOPICS, "general"}


def test_languages_have_the_same_parts() -> None:
    french, english = (library(language) for language in LANGUAGES)
    assert [one.name for one in french.concerns] == [one.name for one in english.concerns]
    assert [one.name for one in french.praises] == [one.name for one in english.praises]
    assert {name: set(pool) for name, pool in french.pools.items()} == {
        name: set(pool) for name, pool in english.pools.items()
    }


@pytest.mark.parametrize(
    ("marker", "thing", "address", "shown"),
    [
        ("votre", Thing("appli", True), Address.TU, "ton appli"),
        ("votre", Thing("selle", True), Address.TU, "ta selle"),
        ("votre", Thing("chaussures", True, True), Address.TU, "tes chaussures"),
        ("votre", Thing("chaussures", True, True), Address.VOUS, "vos chaussures"),
        ("ce", Thing("article"), Address.VOUS, "cet article"),
        ("ce", Thing("appli", True), Address.VOUS, "cette appli"),
        ("ce", Thing("vélo"), Address.VOUS, "ce vélo"),
        ("le", Thing("article"), Address.VOUS, "l’article"),
        ("le", Thing("selle", True), Address.VOUS, "la selle"),
        ("du", Thing("vélo"), Address.TU, "de ton vélo"),
        ("un", Thing("lunettes", True, True), Address.VOUS, "des lunettes"),
        ("il", Thing("lunettes", True, True), Address.VOUS, "elles"),
        ("lep", Thing("selle", True), Address.VOUS, "la"),
    ],
)
def test_determiners(marker: str, thing: Thing, address: Address, shown: str) -> None:
    assert determined(marker, thing, address) == shown


@pytest.mark.parametrize(
    ("join", "phrase", "joined"),
    [
        (of, "le retard", "du retard"),
        (of, "les délais", "des délais"),
        (of, "la livraison", "de la livraison"),
        (of, "l’état", "de l’état"),
        (of, "en parler", "d’en parler"),
        (to, "le magasin", "au magasin"),
        (to, "les équipes", "aux équipes"),
        (to, "l’équipe", "à l’équipe"),
        (that, "il tarde", "qu’il tarde"),
        (that, "elle tarde", "qu’elle tarde"),
        (that, "votre colis tarde", "que votre colis tarde"),
        (that, "étonnant", "qu’étonnant"),
    ],
)
def test_joins(join: object, phrase: str, joined: str) -> None:
    assert callable(join)
    assert join(phrase) == joined


def test_typeset() -> None:
    assert (
        typeset("Oui ! « Non » : bien ; quoi ?", "fr") == "Oui\u202f! «\u00a0Non\u00a0»\u00a0: bien\u202f; quoi\u202f?"
    )
    assert typeset("Yes! No: well?", "en") == "Yes! No: well?"


def test_values_are_never_expanded() -> None:
    setting = Setting("fr", Address.VOUS, None, {"channel": "{np} [a|b] <votre>", "np": "raté"})
    assert setting.set("Ici {channel}.") == "Ici {np} [a|b] <votre>."


@pytest.mark.parametrize(
    ("message", "name", "noun"),
    [
        ("Mon vélo arrive avec un retard fou", "delivery.late", "vélo"),
        ("Colis arrivé cassé", "quality.broken_on_arrival", "colis"),
        ("Mes chaussures sont arrivées abîmées", "quality.broken_on_arrival", "chaussures"),
        ("Le chargeur ne marche plus", "quality.broken", "chargeur"),
        ("On m'a débité deux fois", "refund.charged", "commande"),
        ("Remboursement refusé", "refund.refused", "produit"),
        ("Toujours pas remboursé", "refund.waiting", "commande"),
        ("Vendeuse très désagréable", "customer_service.rude", None),
        ("Personne ne répond à mes mails", "customer_service.silence", None),
        ("Pas content", "general", None),
    ],
)
def test_the_very_concern_is_read(message: str, name: str, noun: str | None) -> None:
    shelf = library("fr")
    concern = concern_of(shelf, fold(message), ())
    thing = thing_of(shelf, fold(message), concern)
    assert concern.name == name
    assert (thing.noun if thing else None) == noun


def test_fold_drops_links_handles_and_accents() -> None:
    assert fold("J’ai REÇU l'Œuf @bob https://retard.example #colis été") == "j ai recu l oeuf ete"


def test_cues_match_whole_words() -> None:
    pattern = cue_pattern(["cher", "livr*"])
    assert pattern is not None
    assert pattern.findall("acheter cher livraison cherie") == ["cher", "livraison"]
    assert cue_pattern([]) is None


def test_choice_turns_with_variant_and_spares_what_was_said() -> None:
    sentences = [f"Phrase {letter}." for letter in "abcdef"]
    turned = [Chooser(seed_of("x", "short"), variant, ()).pick("p", sentences) for variant in range(6)]
    assert sorted(turned) == sentences
    spared = Chooser(seed_of("x", "short"), 0, tuple(sentences[:5])).pick("p", sentences)
    assert spared == "Phrase f."
    assert Chooser("s", 0, (), ("phrase",)).pick("p", sentences) in sentences


@pytest.mark.parametrize(
    ("contact", "language", "voice", "phrase"),
    [
        (Contact(private_channel="message privé"), "fr", "fr", "par message privé"),
        (Contact(private_channel="message privé"), "en", "fr", "by direct message"),
        (Contact(private_channel="par message privé"), "en", "fr", "by direct message"),
        (Contact(private_channel="direct message"), "fr", "en", "par message privé"),
        (Contact(private_channel="en message privé"), "fr", "fr", "en message privé"),
        (Contact(private_channel="sav@x.example"), "fr", "fr", "par e-mail à sav@x.example"),
        (Contact(private_channel="sav@x.example"), "en", "fr", "by e-mail at sav@x.example"),
        (Contact(private_channel="https://x.example/aide"), "fr", "fr", "via https://x.example/aide"),
        (Contact(private_channel="01 02 03 04 05"), "fr", "fr", "par téléphone au 01 02 03 04 05"),
        (Contact(private_channel="notre formulaire"), "fr", "fr", "via notre formulaire"),
        (Contact(private_channel="notre formulaire", email="a@b.example"), "en", "fr", "by e-mail at a@b.example"),
        (Contact(url="https://x.example"), "fr", "fr", "via https://x.example"),
        (Contact(phone="01 02"), "en", "en", "by phone on 01 02"),
        (Contact(), "fr", "fr", None),
        (Contact(private_channel="notre formulaire"), "en", "fr", None),
    ],
)
def test_channel(contact: Contact, language: str, voice: str, phrase: str | None) -> None:
    assert slots.channel_phrase(contact, language, voice) == phrase
