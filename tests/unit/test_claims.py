"""What a draft claims, how claims are compared, and what the sources say of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.domain.claim import ClaimKind, ClaimStatus, JudgedClaim, Source
from copilot.text.claims import find_claims, judge, source_named

TODAY = date(2026, 11, 21)
PAIRS = Path(__file__).parents[1] / "data" / "evals"


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
    assert statuses("Un café vous sera offert.", "Livraison offerte.") == {"offert": "unsupported"}


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


def test_the_development_pairs_hold() -> None:
    planted = met = false = texts = 0
    for line in (PAIRS / "claims.dev.jsonl").read_text(encoding="utf-8").splitlines():
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
