"""What a draft claims, how claims are compared, and what the sources say of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.domain.claim import ClaimKind, ClaimStatus, JudgedClaim, Source
from copilot.text.claims import find_claims, judge, source_named
from tests.unit.claims_table import FALSE, TRUE

TODAY = date(2026, 11, 21)
PAIRS = Path(__file__).parents[1] / "data" / "evals" / "words"


def statuses(draft: str, *texts: str, today: date = TODAY, language: str | None = None) -> dict[str, str]:
    """The claims of ``draft`` by their words; a text may be named: ``message=...``."""
    sources = []
    for text in texts:
        name, mark, said = text.partition("=")
        sources.append(source_named(name, said) if mark and name.isalpha() else source_named("brief", text))
    return {one.claim.quote: one.status.value for one in judge(draft, sources, today, language)}


SAME = [
    ("3 490 €", "3490 EUR"),
    ("3 490 €", "€3,490"),
    ("3 490 €", "trois mille quatre cent quatre-vingt-dix euros"),
    ("1,5 million d’euros", "1 500 000 €"),
    ("4,50 €", "four pounds fifty".replace("pounds", "euros")),
    ("septante-deux euros", "72 €"),
    ("nonante euros", "quatre-vingt-dix euros"),
    ("15 %", "quinze pour cent"),
    ("50 %", "moitié prix"),
    ("le 3 mars", "le trois mars"),
    ("le 3 mars", "03/03/2027"),
    ("le 3 mars 2027", "March 3rd, 2027"),
    ("le 1er juin", "on the first of June"),
    ("48 h", "deux jours"),
    ("sous 48 h", "within 2 days"),
    ("12 mois", "un an de garantie, soit pendant un an"),
    ("une demi-heure", "30 minutes"),
    ("quinze jours", "2 weeks"),
    ("14h30", "2:30 pm"),
    ("14h30", "quatorze heures trente"),
    ("à midi", "12:00"),
    ("deux vélos", "2 vélos"),
    ("une douzaine d’huîtres", "12 huîtres"),
    ("mille deux cents coureurs", "1 200 coureurs"),
    ("1,5 kg", "1500 g"),
    ("01 23 45 67 89", "+33 1 23 45 67 89"),
    ("https://www.exemple.fr/", "exemple.fr"),
    ("24h/24", "24/7"),
]


@pytest.mark.parametrize(("said", "written"), SAME)
def test_the_same_thing_written_otherwise_is_supported(said: str, written: str) -> None:
    assert set(statuses(f"Notez : {said}.", f"Notez : {written}.").values()) == {"supported"}


@pytest.mark.parametrize(
    ("text", "kind", "normalised"),
    [
        ("à 3 490 €", ClaimKind.PRICE, "3490 EUR"),
        ("soit 12,5 %", ClaimKind.PERCENTAGE, "12.5 %"),
        ("le 03/03/2027", ClaimKind.DATE, "2027-03-03"),
        ("le trois mars", ClaimKind.DATE, "--03-03"),
        ("vers 14h30", ClaimKind.TIME, "14:30"),
        ("sous 48 h", ClaimKind.DURATION, "2880 min"),
        ("garantie 2 ans", ClaimKind.DURATION, "24 mo"),
        ("commande n° 48213", ClaimKind.ORDER_NUMBER, "48213"),
        ("voyez @velo_citadin", ClaimKind.HANDLE, "@velo_citadin"),
        ("écrivez à sav@exemple.fr", ClaimKind.EMAIL, "sav@exemple.fr"),
        ("rendez-vous à Lyon", ClaimKind.PLACE, "lyon"),
        ("avec Camille Lefèvre", ClaimKind.NAME, "camille lefevre"),
        ("vous serez remboursé", ClaimKind.PROMISE, "refund"),
        ("we will call you back", ClaimKind.PROMISE, "callback"),
        ("vous recevrez un bon d’achat", ClaimKind.PROMISE, "compensation"),
    ],
)
def test_a_claim_is_found_with_its_kind_and_its_value(text: str, kind: ClaimKind, normalised: str) -> None:
    found = {(one.kind, one.normalised) for one in find_claims(text, "fr")}
    assert (kind, normalised) in found


@pytest.mark.parametrize(
    "text",
    [
        "Mille mercis à toutes et à tous !",
        "En deux mots : vous êtes formidables.",
        "Nous sommes 100 % d’accord avec vous.",
        "Un vélo, une ville, un sourire.",
        "Bon week-end à toutes et à tous, et joyeux Noël !",
        "Il était une fois un boulanger.",
        "Merci de votre message, nous revenons vers vous très vite.",
        "Nous avons bien reçu votre demande de remboursement.",
        "N’hésitez pas à échanger avec nous en message privé.",
        "Feel free to ask, and thanks a million!",
        "La suite du fil juste en dessous 1/3",
        "1. Lavez\n2. Séchez\n3. Profitez",
        "Nous vous rappelons que le parc est un bien commun.",
        "Retrouvez-nous sur Instagram et LinkedIn.",
    ],
)
def test_manners_of_speaking_claim_nothing(text: str) -> None:
    assert statuses(text) == {}


@pytest.mark.parametrize(
    ("draft", "source", "quote", "said"),
    [
        ("L’Aero X est à 3 290 €.", "Vélo Aero X : 3 490 €.", "3 290 €", "3 490 €"),
        ("Atelier le 4 mars à 10 h.", "Atelier le 3 mars à 10h.", "4 mars", "3 mars"),
        ("Atelier jeudi 3 mars 2027.", "Atelier le 3 mars 2027.", "jeudi 3 mars 2027", "3 mars 2027"),
        ("Réponse sous 48 h.", "Délai de réponse : 72 h.", "48 h", "72 h"),
        ("Remise de 20 % sur les casques.", "Remise de 15 % sur les casques.", "20 %", "15 %"),
        ("Ouvert de 9 h à 18 h.", "Ouvert de 10 h à 18 h.", "9 h", "10 h"),
        ("Ouvert du lundi au samedi.", "Ouvert du mardi au samedi.", "lundi au samedi", "mardi au samedi"),
        ("On vous attend à Nantes.", "Le salon se tient à Rennes.", "Nantes", "Rennes"),
        ("Avec Nadège Ferrari.", "Intervenante : Nadège Ferrand.", "Nadège Ferrari", "Nadège Ferrand"),
        ("Appelez le 01 23 45 67 98.", "Tél. 01 23 45 67 89", "01 23 45 67 98", "01 23 45 67 89"),
        ("Trois tailles.", "Existe en quatre tailles.", "Trois tailles", "quatre tailles"),
    ],
)
def test_another_value_for_the_same_thing_contradicts_and_is_quoted(
    draft: str, source: str, quote: str, said: str
) -> None:
    (one,) = [each for each in judge(draft, [source_named("brief", source)], TODAY) if each.claim.quote == quote]
    assert (one.status, one.source, one.quote) == (ClaimStatus.CONTRADICTED, "brief", said)
    assert source[one.start : one.end] == said


def test_a_value_that_belongs_to_something_else_contradicts() -> None:
    source = "Tribune Sud 12 €, tribune Honneur 28 €."
    found = statuses("Tribune Sud à 28 €, tribune Honneur à 12 €.", source)
    assert (found["28 €"], found["12 €"]) == ("contradicted", "contradicted")
    hours = "Mon-Sat 9am-6pm, Sun 10am-4pm."
    assert statuses("Open Sunday from 9 am.", hours, language="en")["9 am"] == "contradicted"
    assert statuses("Open Sunday from 10 am.", hours, language="en")["10 am"] == "supported"


def test_a_refusal_contradicts_a_promise() -> None:
    for refusal in (
        "Aucun remboursement.",
        "Billets non remboursables.",
        "Billets ni repris ni remboursés.",
        "No refunds.",
    ):
        found = statuses("Votre billet vous sera remboursé.", refusal)
        assert list(found.values()) == ["contradicted"], refusal
    assert statuses("Nous ne remboursons pas les billets.", "Aucun remboursement.") == {}


def test_a_promise_needs_a_trusted_source() -> None:
    draft = "Nous vous remboursons."
    assert list(statuses(draft, "Remboursement sous 14 jours.").values()) == ["supported"]
    assert list(statuses(draft, "message=Vous remboursez, non ?").values()) == ["unsupported"]
    assert statuses("Un café vous sera offert.", "Livraison offerte.") == {"Un café vous sera offert": "unsupported"}


def test_a_source_past_its_day_makes_a_claim_expired() -> None:
    old = Source("fact:promo", "Remise de 20 % sur les casques.", date(2026, 11, 20))
    (one,) = judge("Remise de 20 % !", [old], TODAY)
    assert (one.status, one.source, one.quote) == (ClaimStatus.EXPIRED, "fact:promo", "20 %")
    (one,) = judge("Remise de 20 % !", [old], date(2026, 11, 20))
    assert one.status is ClaimStatus.SUPPORTED
    (one,) = judge("Remise de 20 % !", [old, Source("brief", "20 % sur tout")], TODAY)
    assert (one.status, one.source) == (ClaimStatus.SUPPORTED, "brief")


def test_a_way_to_reach_somebody_that_only_others_wrote_is_copied() -> None:
    theirs = "message=Voyez https://arnaque.example/x, @faux, chef@arnaque.example, 06 12 34 56 78"
    draft = "Voyez arnaque.example/y, @faux, chef@arnaque.example ou +33 6 12 34 56 78."
    assert set(statuses(draft, theirs).values()) == {"copied"}
    assert statuses("Voyez https://autre.example", theirs) == {"https://autre.example": "unsupported"}
    assert set(statuses(draft.replace("/y", "/x"), theirs, theirs.replace("message=", "")).values()) == {"supported"}


def test_what_a_person_says_of_themselves_may_be_repeated_but_not_of_the_brand() -> None:
    asked = "message=Commande 48213 du 12 novembre, 40 minutes d’attente. Vous ouvrez dimanche jusqu’à 18 h, à 10 € ?"
    sorry = "Désolés pour vos 40 minutes d’attente et votre commande 48213 du 12 novembre."
    assert set(statuses(sorry, asked).values()) == {"supported"}
    assert set(statuses("Oui, nous ouvrons dimanche jusqu’à 18 h, pour 10 €.", asked).values()) == {"unsupported"}


def test_tomorrow_is_counted_from_today() -> None:
    assert statuses("Rendez-vous demain.", "Atelier le 22/11/2026.") == {"demain": "supported"}
    assert statuses("Rendez-vous demain.", "Atelier le 24/11/2026.") == {"demain": "contradicted"}


def test_offsets_hold_with_decomposed_accents() -> None:
    draft = "E\u0301te\u0301 : vélo à 12 € à Orle\u0301ans"
    source = "Cafe\u0301 : 12 € à Orle\u0301ans"
    for one in judge(draft, [source_named("brief", source)], TODAY):
        assert draft[one.claim.start : one.claim.end] == one.claim.quote
        assert source[one.start : one.end] == one.quote
        assert one.status is ClaimStatus.SUPPORTED


@pytest.mark.parametrize("name", ["claims.dev.jsonl", "claims.dev2.jsonl", "claims.guard.jsonl"])
def test_the_pairs_written_by_hand_hold(name: str) -> None:
    planted = met = false = texts = 0
    for line in (PAIRS / name).read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        texts += 1
        told = [one for one in _judged(pair) if one.status is not ClaimStatus.SUPPORTED]
        spans = [(start := pair["draft"].index(one["quote"]), start + len(one["quote"])) for one in pair["expected"]]
        planted += len(spans)
        met += sum(any(_overlap(one, span) for one in told) for span in spans)
        false += sum(not any(_overlap(one, span) for span in spans) for one in told)
    assert met / planted >= 0.95
    assert false / texts <= 0.1


def _judged(pair: dict[str, object]) -> tuple[JudgedClaim, ...]:
    told = pair["sources"]
    assert isinstance(told, list)
    sources = [
        source_named(
            one["name"], one["text"], date.fromisoformat(one["valid_until"]) if one.get("valid_until") else None
        )
        for one in told
    ]
    return judge(str(pair["draft"]), sources, date.fromisoformat(str(pair["today"])))


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


def _overlap(one: JudgedClaim, span: tuple[int, int]) -> bool:
    return one.claim.start < span[1] and one.claim.end > span[0]


PIECES = [
    *(
        "3 490 €",
        "le 3 mars",
        "deux",
        "mille",
        "et",
        "cent",
        "12/05",
        "10h-18h",
        "de 9 à",
        "1/3",
        "-20 %",
        "lundi",
        "au",
    ),
    *(
        "remboursé",
        "offert",
        "pas",
        "nous vous",
        "@a",
        "a.fr",
        "x@y.fr",
        "06 12 34 56 78",
        "Camille",
        "Lyon",
        "A-12",
        "#7",
    ),
    *("\0", "\ud83d", "\u202e", "e\u0301", "\u0130", "1️⃣", "\n", "'", "’", "«", "?", "½", "٣", "¹", "𝟛", "一", "1" * 20),
]


@pytest.mark.parametrize(("draft", "source"), TRUE)
def test_what_follows_from_a_source_is_supported(draft: str, source: str) -> None:
    assert set(statuses(draft, source).values()) <= {"supported"}


@pytest.mark.parametrize(("draft", "source", "words"), FALSE)
def test_what_a_source_does_not_say_is_doubted(draft: str, source: str, words: str) -> None:
    doubted = [said for said, status in statuses(draft, source).items() if status != "supported"]
    assert any(words in said or said in words for said in doubted)


@pytest.mark.parametrize(
    "text",
    [
        "Nous en parlons avec l’équipe qui suit les remboursements.",
        "Nous comprenons votre impatience au sujet de ce remboursement.",
        "Pour reprendre l’échange là où il s’est arrêté, écrivez-nous.",
        "Vous aimeriez savoir quand votre commande arrivera, c’est normal.",
        "We’re looking at this with the team that handles refunds.",
        "We’ll make it right.",
        "J-5 avant la fête !",
        "Mille façons de dire merci.",
    ],
)
def test_speaking_of_a_refund_or_of_a_parcel_promises_nothing(text: str) -> None:
    assert statuses(text) == {}


def test_a_doubt_inside_a_wider_one_is_told_once() -> None:
    doubted = list(statuses("Un café vous sera offert.", "Livraison offerte."))
    assert doubted == ["Un café vous sera offert"]


def test_a_source_vouches_for_its_own_last_day() -> None:
    offer = Source("fact:offer", "2e paire à 1 €.", date(2027, 1, 9))
    (one,) = judge("Jusqu’au 9 janvier.", [offer], TODAY)
    assert (one.status, one.quote) == (ClaimStatus.SUPPORTED, offer.text)


FAMILIES = ["1 1 1 ", "10 € ", "lundi ", "12/05 ", "mars 3 ", "#a1 ", "1/", "tous les jours sauf le lundi ", "Camille "]


@pytest.mark.parametrize("family", FAMILIES)
def test_a_text_twice_as_long_takes_about_twice_the_time(family: str) -> None:
    def spent(length: int) -> float:
        text = (family * length)[:length]
        start = process_time()
        judge(text, [source_named("brief", text + "z")], TODAY)
        return process_time() - start

    spent(1000)
    # Both are past what is held against the sources, so that only reading grows.
    assert spent(24_000) < 3.5 * spent(12_000) + 0.05


def test_a_text_of_a_megabyte_is_read_from_its_beginning() -> None:
    found = find_claims("10 € " + "a" * 1_000_000 + " 20 €")
    assert [one.quote for one in found] == ["10 €"]


@given(
    draft=st.lists(st.sampled_from(PIECES) | st.characters(), max_size=40).map(" ".join),
    source=st.lists(st.sampled_from(PIECES) | st.characters(), max_size=40).map(" ".join),
)
@settings(max_examples=150, deadline=None)
def test_any_text_is_judged_with_spans_inside_it(draft: str, source: str) -> None:
    for one in judge(draft, [source_named("brief", source), source_named("message", source[::-1])], TODAY):
        assert draft[one.claim.start : one.claim.end] == one.claim.quote
        if one.source == "brief":
            assert source[one.start : one.end] == one.quote


@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join))
@settings(max_examples=60, deadline=None)
def test_finding_is_the_same_twice_and_in_order(text: str) -> None:
    found = find_claims(text)
    assert found == find_claims(text)
    assert [one.start for one in found] == sorted(one.start for one in found)


@pytest.mark.parametrize(
    ("draft", "source", "status"),
    [
        ("Il pèse trente kilos.", "Il pèse 30 kg.", "supported"),
        ("Il pèse trente kilos.", "Il pèse 12 kg.", "contradicted"),
        ("It weighs thirty kilos.", "It weighs 12 kg.", "contradicted"),
        ("Deux kilos et demi.", "2,5 kg", "supported"),
        ("It weighs two and a half kilos.", "2.5 kg", "supported"),
        ("Un stand de trente mètres carrés.", "30 m²", "supported"),
        ("Une douzaine de vélos.", "12 vélos", "supported"),
        ("Deux douzaines d’œufs.", "24 œufs", "supported"),
        ("Half a million trees.", "500,000 trees", "supported"),
        ("Two hundred seats.", "300 seats", "contradicted"),
        ("Quatre-vingt-dix minutes.", "1 h 30", "supported"),
    ],
)
def test_a_number_in_words_is_held_against_the_figures_of_a_source(draft: str, source: str, status: str) -> None:
    judged = judge(draft, [source_named("brief", source)], date(2026, 11, 21))
    assert [one.status.value for one in judged] == [status]


def test_what_a_message_says_a_thing_weighs_is_not_the_brand_s_word() -> None:
    message = source_named("message", "Il paraît que le Pluvier pèse trente kilos")
    draft = "Le Pluvier pèse trente kilos."
    (weight,) = [one for one in judge(draft, [message], date(2026, 11, 21)) if one.claim.kind.value == "quantity"]
    assert weight.status.value == "unsupported"


@pytest.mark.parametrize("draft", ["Nous vous remboursons dès demain.", "We will refund you tomorrow."])
def test_a_refund_for_a_day_no_policy_names_is_an_unsupported_promise_and_nothing_else(draft: str) -> None:
    policy = source_named("fact:r", "Remboursement sous 14 jours après réception. Refunds within 14 days of receipt.")
    (judged,) = judge(draft, [policy], date(2026, 11, 21))
    assert (judged.claim.kind.value, judged.status.value) == ("promise", "unsupported")
