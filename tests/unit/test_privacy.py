"""Pseudonyms: nothing personal goes out, everything comes back."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copilot.errors import UserError
from copilot.i18n import Translator
from copilot.text.privacy import Numbering, Vault

MASKED = [
    ("Écrivez à lea.martin@poste.example.", "Écrivez à [[EMAIL_1]]."),
    ("lea.martin (at) poste.example", "[[EMAIL_1]]"),
    ("Rappelez au 06 12 34 56 78 svp", "Rappelez au [[PHONE_1]] svp"),
    ("call +44 20 7946 0958 or 0612345678", "call [[PHONE_1]] or [[PHONE_2]]"),
    ("IBAN FR76 3000 6000 0112 3456 7890 189 merci", "IBAN [[IBAN_1]] merci"),
    ("carte 4970 1000 0000 0154", "carte [[CARD_1]]"),
    ("ma carte est 4970 1000 0000 0155", "ma carte est [[CARD_1]]"),
    ("n° de sécu 2 69 05 49 588 157 80", "n° de sécu [[NIR_1]]"),
    ("ip 192.168.1.20 puis 2001:db8::1", "ip [[IP_1]] puis [[IP_2]]"),
    ("commande n° 45872, ticket #558812", "commande n° [[REF_1]], ticket [[REF_2]]"),
    ("colis 6A12345678901 et CMD-20331", "colis [[REF_1]] et [[REF_2]]"),
    ("J'habite 12 bis rue des Lilas, 69003 Lyon.", "J'habite [[ADDRESS_1]]."),
    ("I live at 221B Baker Street, London", "I live at [[ADDRESS_1]]"),
    ("né le 3 mars 1984", "né le [[BIRTHDATE_1]]"),
    ("merci @marie_dupont75 !", "merci [[HANDLE_1]] !"),
    ("Je m'appelle Camille Lefèvre.", "Je m'appelle [[PERSON_1]]."),
    ("voir avec M. Dubois et Mme de La Tour", "voir avec M. [[PERSON_1]] et Mme [[PERSON_2]]"),
    ("Thanks Sarah! Sean O'Connor", "Thanks [[PERSON_1]]! [[PERSON_2]]"),
    ("bonjour c'est nathalie", "bonjour c'est [[PERSON_1]]"),
    ("Jean-Pierre a vu Jean-Pierre", "[[PERSON_1]] a vu [[PERSON_1]]"),
    # A surname that is a brand, a town or somebody famous elsewhere.
    ("Paul Garnier a raison.", "[[PERSON_1]] a raison."),
    ("Merci Alain Renault et Emma Lincoln pour tout", "Merci [[PERSON_1]] et [[PERSON_2]] pour tout"),
    ("Merci à Claire Dumas du magasin", "Merci à [[PERSON_1]] du magasin"),
    # A first name that is a word, at the head of a sentence.
    ("Jean et Marie sont venus", "[[PERSON_1]] et [[PERSON_2]] sont venus"),
    ("Luc, Jean et Marie sont là", "[[PERSON_1]], [[PERSON_2]] et [[PERSON_3]] sont là"),
    ("Pierre n’a rien reçu. Rose est passée hier.", "[[PERSON_1]] n’a rien reçu. [[PERSON_2]] est passée hier."),
    ("slt moi jordan", "slt moi [[PERSON_1]]"),
    ("booked under the name Okonkwo", "booked under the name [[PERSON_1]]"),
    ("la résa est au nom d’Okonkwo", "la résa est au nom d’[[PERSON_1]]"),
    ("Table under Okonkwo's name", "Table under [[PERSON_1]]'s name"),
    ("Lundi Martin était là", "Lundi [[PERSON_1]] était là"),
    ("23/11/1968 c’est ma date de naissance", "[[BIRTHDATE_1]] c’est ma date de naissance"),
    ("4 March 1979, that is my date of birth", "[[BIRTHDATE_1]], that is my date of birth"),
    ("192.168.1.254 is my router", "[[IP_1]] is my router"),
    ("ma box : 10.0.0.138", "ma box : [[IP_1]]"),
    ("Je vis 12, bis rue des Lilas, 69003 Lyon", "Je vis [[ADDRESS_1]]"),
    ("12 et 14 E, rue des Lilas, 69003 Lyon", "[[ADDRESS_1]]"),
    ("Résidence du Parc, 3 rue des Lilas, 75011 Paris", "[[ADDRESS_1]]"),
    ("Top Floor Flat, 14 Station Road, Glasgow G1 4AB", "[[ADDRESS_1]]"),
    ("Rose Cottage, Mill Lane, Otley LS21 3AB", "[[ADDRESS_1]]"),
]


@pytest.mark.parametrize(("text", "masked"), MASKED, ids=[text for text, _ in MASKED])
def test_what_points_at_a_person_is_hidden(text: str, masked: str) -> None:
    vault = Vault()
    assert vault.mask(text) == masked
    assert vault.restore(masked) == text


CLEAR = [
    "Le vélo coûte 3 490 € et pèse 15 kg, en 2027.",
    "Livraison en 48 h, 10 h 30, le 3 mars 2027, -20 %.",
    "Une pierre blanche, la rose rouge, une place au soleil",
    "Bonjour, merci beaucoup pour votre réponse !",
    "Great bike, may the best win. Will it rain in Paris?",
    "La version 2.0 du site, numéro 1, top 10",
    "The big Summer sale begins on Christmas Day. Open New Year's Eve?",
    "Pat on the back! Pat the dog, Postman Pat",
    "Je le voulais en taille M. Dommage ! Ou en M. Tant pis.",
    "Emmanuel Macron, Paul Smith, Louis Vuitton, Alexandre Dumas, Hugo Boss",
    "firmware 10.2.0.4 en 192.168.1.10, version 172.16.0.1",
    "au nom de la loi, au nom d’une association, bonjour moi aussi",
    "Rendez-vous à 12 h rue de la Paix. Le 3 mai 2027 : la sortie",
]


@pytest.mark.parametrize("text", CLEAR)
def test_ordinary_text_stays_as_it_is(text: str) -> None:
    assert Vault().mask(text) == text


def test_tokens_are_stable_for_the_life_of_the_vault() -> None:
    vault = Vault()
    assert vault.mask("a@b.fr puis c@d.fr") == "[[EMAIL_1]] puis [[EMAIL_2]]"
    assert vault.mask("c@d.fr") == "[[EMAIL_2]]"
    assert dict(vault.pseudonyms) == {"[[EMAIL_1]]": "a@b.fr", "[[EMAIL_2]]": "c@d.fr"}


def test_known_people_are_hidden_everywhere() -> None:
    vault = Vault(["Zorblax Qwerty", "Le 🚲"], ["zorb_q"])
    masked = vault.mask("zorblax qwerty (zorb_q, @zorb_q) a écrit. Qwerty insiste. Le service répond.")
    assert masked == "[[PERSON_1]] ([[HANDLE_1]], [[HANDLE_2]]) a écrit. [[PERSON_2]] insiste. Le service répond."


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (
            "Ma commande #123456 n’arrive pas. Je répète : commande 123456 !",
            "Ma commande [[REF_1]] n’arrive pas. Je répète : commande [[REF_1B]] !",
        ),
        (
            "order AB-123456, then order #AB-123456, order AB-123457",
            "order [[REF_1]], then order [[REF_1B]], order [[REF_2]]",
        ),
    ],
)
def test_an_order_with_and_without_its_sign_has_one_number(text: str, masked: str) -> None:
    vault = Vault()
    assert vault.mask(text) == masked
    assert vault.restore(masked) == text


def test_orders_numbered_apart_before_keep_their_pseudonyms() -> None:
    numbering = Numbering({"[[REF_1]]": "#123456", "[[REF_2]]": "123456", "[[REF_3]]": "654321"})
    assert numbering.next("REF", "#654321") == "[[REF_3B]]"
    assert numbering.next("REF", "777777") == "[[REF_4]]"


def test_another_spelling_of_a_name_has_its_number_and_a_letter() -> None:
    vault = Vault(["Jo le taxi"])
    text = "jo le taxi est nul, Jo le taxi aussi, et JO LE TAXI"
    masked = vault.mask(text)
    assert masked == "[[PERSON_1B]] est nul, [[PERSON_1]] aussi, et [[PERSON_1C]]"
    assert vault.restore(masked) == text
    # A model that forgets the letter still names the same person; an invented letter is refused.
    assert vault.restore("Bonjour [[ person_1 ]] et [[person_1b]]") == "Bonjour Jo le taxi et jo le taxi"
    with pytest.raises(UserError):
        vault.restore("[[PERSON_1D]]")


def test_a_numbering_goes_on_after_the_tokens_already_given() -> None:
    numbering = Numbering({"[[PERSON_4]]": "Léa", "[[PERSON_4B]]": "LEA", "no token": "x", "[[REF_2]]": "a1"})
    given = [numbering.next(kind, value) for kind, value in (("PERSON", "léa"), ("PERSON", "Luc"), ("REF", "A1"))]
    assert given == ["[[PERSON_4C]]", "[[PERSON_5]]", "[[REF_3]]"]
    spellings = [f"{'lea'[:at]}{'LEA'[at:]}{' ' * rank}" for rank in range(9) for at in range(4)]
    assert len({numbering.next("PERSON", one) for one in spellings}) == len(spellings)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Chti Power", "PERSON"),
        ("papy mougeot", "PERSON"),
        ("Zorblaxe", "PERSON"),
        ("velofou", "HANDLE"),
        ("Djamila_93", "HANDLE"),
        ("NanouCrochet", "HANDLE"),
    ],
)
def test_a_name_with_a_space_or_a_capital_is_a_person(name: str, kind: str) -> None:
    assert Vault([name]).mask(f"merci {name} !") == f"merci [[{kind}_1]] !"


def test_the_contacts_of_the_brand_stay_in_clear() -> None:
    vault = Vault(allowed=["sav@zephyr.example", "04 78 00 00 00", "@zephyr"])
    text = "Écrivez à SAV@zephyr.example ou au 04.78.00.00.00 ou au +33 4 78 00 00 00, via @zephyr"
    assert vault.mask(text) == text
    assert vault.mask("@zephyr_fan") == "[[HANDLE_1]]"


@pytest.mark.parametrize(
    "answer", ["[[PERSON_1]]", "[[ person_1 ]]", "[[Person 1]]", "[ [PERSON_01] ]", "[[PERSON\\_1]]"]
)
def test_case_and_spaces_in_the_brackets_are_forgiven(answer: str) -> None:
    vault = Vault()
    vault.mask("Camille Lefèvre")
    assert vault.restore(f"Bonjour {answer} !") == "Bonjour Camille Lefèvre !"


@pytest.mark.parametrize("answer", ["[[PERSON_2]]", "[[EMAIL_1]]", "[[ADRESSE_1]]", "[[ name_3 ]]"])
def test_an_invented_pseudonym_is_refused(answer: str) -> None:
    vault = Vault()
    vault.mask("Camille Lefèvre")
    with pytest.raises(UserError) as refusal:
        vault.restore(answer)
    assert refusal.value.kind == "privacy.invented_pseudonym"
    for language in ("fr", "en"):
        assert str(refusal.value.params["token"]) in Translator(language).error(refusal.value)


def test_a_text_that_holds_a_token_comes_back_whole() -> None:
    vault = Vault()
    text = "[[PERSON_1]] et [[ person_1]] et Camille Lefèvre et [[[EMAIL_2]]]"
    masked = vault.mask(text)
    assert masked == "[[TEXT_1]] et [[TEXT_2]] et [[PERSON_1]] et [[[TEXT_3]]]"
    assert vault.restore(masked) == text


_PIECES = [
    *("[[", "]]", "[", "]", "[[PERSON_1]]", "[[ email 2 ]]", "PERSON_1", "TEXT_1", "_", " ", "\n", "@", "#", "1"),
    *(
        "a@b.fr",
        "06 12 34 56 78",
        "Camille",
        "Lefèvre",
        "M. Dubois",
        "@anna",
        "12 rue des Lilas",
        "FR76",
        "FOO_3",
        "\\",
    ),
]


@given(st.text() | st.lists(st.sampled_from(_PIECES)).map("".join) | st.lists(st.sampled_from(_PIECES)).map(" ".join))
def test_restore_undoes_mask(text: str) -> None:
    vault = Vault(["Camille Lefèvre"], ["anna"], ["a@b.fr"])
    assert vault.restore(vault.mask(text)) == text
    assert vault.restore(vault.restore(vault.mask(vault.mask(text)))) == text


HOSTILE = [
    "a" * 60_000,
    "[[" * 30_000,
    "1 " * 30_000,
    "a@" * 20_000,
    "Jean " * 10_000,
    "M. " * 20_000,
    "Jean et " * 8_000,
    "12, bis " * 8_000,
    "Résidence Du Parc, " * 3_000 + "3 rue des Lilas",
    "e" + "\u0301" * 50_000,
    "\ud800\x00" * 20_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_stay_linear(text: str) -> None:
    vault = Vault(["Jean Petit"])
    began = time.process_time()
    assert vault.restore(vault.mask(text)) == text
    assert time.process_time() - began < 10
