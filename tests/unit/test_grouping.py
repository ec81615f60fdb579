"""Groups of messages: copies, variations, concerns, alarms; and that the work can be stopped."""

from __future__ import annotations

import json
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from copilot.domain.conversation import Intent, Urgency
from copilot.domain.grouping import Alarm, GroupKind, MessageGroup
from copilot.intelligence.grouping.finding import find_groups
from copilot.intelligence.grouping.letters import letters_of
from copilot.intelligence.grouping.near import variations
from copilot.intelligence.grouping.said import Said, Stopped
from copilot.intelligence.triage import RuleTriage
from copilot.text.sameness import text_key

COMMENTS = Path(__file__).parent.parent / "data" / "evals" / "groups.jsonl"
RAID = "Boycottez cette enseigne, elle ment à ses clients depuis des années"


def said(*texts: str, minutes: int = 1, authors: int = 1_000, intent: Intent | None = None) -> list[Said]:
    return [
        Said(place, text, text_key(text), f"u{place % authors}", 60.0 * minutes * place, intent)
        for place, text in enumerate(texts)
    ]


def of_kind(groups: tuple[MessageGroup, ...], kind: GroupKind) -> list[MessageGroup]:
    return [group for group in groups if group.kind is kind]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rendez l'argent !!!", "rendez   l’argent 😡😡"),
        ("Remboursez 250 €", "remboursez 99 €"),
        ("arnaque totale", "аrnаquе tоtаlе"),
        ("arnaque totale", "a r n a q u e  t-o-t-a-l-e"),
        ("arnaque totale", "arn4que t0tale"),
        ("arnaque totale", "ARNAAAAQUE TOTALE"),
        ("arnaque totale", "ar\u200bnaque to\u00adtale"),
        ("voyez ça", "@lea voyez ça https://x.example/1 #honte"),
    ],
)
def test_what_is_varied_leaves_the_same_letters(one: str, other: str) -> None:
    assert letters_of(one) == letters_of(other)


def test_variations_are_found_whatever_was_added_and_others_are_not() -> None:
    told = [
        RAID,
        RAID.upper() + " 💀",
        "@tom " + RAID,
        RAID + " Karim",
        RAID.replace("ment", "vole"),
        "Vous ouvrez quand ?",
    ]
    groups = variations(told, lambda: None)
    assert [sorted(place for place, _distance in group) for group in groups] == [[0, 1, 2, 3, 4]]
    assert groups[0][0][1] == 0.0


def test_short_texts_that_merely_look_alike_stay_apart() -> None:
    assert variations(["merci", "merde", "mercredi", "ouvert ?", "ouverte"], lambda: None) == ()


def test_applause_and_anger_without_a_word_are_never_one_group() -> None:
    told = said("👏👏👏", "👏", "👏 👏", "😡😡😡", "😡", "😡😡", "...", "!!!", "?", "❤️", "1", "+1", "\u200b")
    vectors = np.tile(np.eye(1, 8, dtype=np.float32), (len(told), 1))
    groups = find_groups(told, vectors)
    texts = [{told[member.message_id].text[0] for member in group.members} for group in groups]
    assert {"👏"} in texts
    assert {"😡"} in texts
    assert all(len(signs) == 1 for signs in texts)
    assert not of_kind(groups, GroupKind.CONCERN)


def test_links_alone_stay_together() -> None:
    told = said(*(f"https://gain{place}.example/x" for place in range(5)))
    assert [group.size for group in of_kind(find_groups(told), GroupKind.NEAR)] == [5]


def test_a_raid_is_said_with_its_facts() -> None:
    told = [RAID + extra for extra in ("", " !", " 😡", " Léa", " 12", " et vous", " partagez")]
    (group,) = of_kind(find_groups(said(*told)), GroupKind.NEAR)
    assert group.alarm is Alarm.RAID
    assert {one.key for one in group.why} >= {"groups.why.copies", "groups.why.accounts", "groups.why.minutes"}


def test_copies_of_one_raid_are_listed_once_with_its_variations() -> None:
    told = [RAID + extra for extra in ("", " svp", " vite", " merci") for _copy in range(6)]
    (group,) = (one for one in find_groups(said(*told)) if one.kind is not GroupKind.CONCERN)
    assert (group.kind, group.size, group.alarm) == (GroupKind.NEAR, 24, Alarm.RAID)


def test_copies_without_variations_stay_a_group_of_their_own() -> None:
    told = [*[RAID] * 6, *["Vous ouvrez quand ?"] * 4]
    assert [group.size for group in of_kind(find_groups(said(*told)), GroupKind.EXACT)] == [6, 4]


def test_a_raid_inside_a_calm_group_is_not_silenced_by_it() -> None:
    once = [Said(place, RAID, text_key(RAID), f"u{place}", 60.0 * place) for place in range(6)]
    varied = [
        Said(day, text := f"{RAID} {name}", text_key(text), f"u{day}", 86_400.0 * day)
        for day, name in enumerate(("Léa", "Tom", "Zoé", "Ali", "Eva", "Max", "Lou"), 6)
    ]
    (group,) = (one for one in find_groups(once + varied) if one.kind is not GroupKind.CONCERN)
    assert (group.kind, group.size, group.alarm) == (GroupKind.NEAR, 13, Alarm.RAID)
    assert [(one.key, one.params["count"]) for one in group.why] == [("groups.why.inside", 6)]


@pytest.mark.parametrize("other", ["Honte à vous 😡😡", "HONTE À VOUS 👎🏽", "Honte 🇫🇷 à vous ❤️"])
def test_texts_that_differ_by_their_emoji_alone_are_copies(other: str) -> None:
    assert text_key(other) == text_key("Honte à vous 🤮")


def test_many_who_say_bravo_are_no_raid() -> None:
    (group,) = of_kind(find_groups(said(*["Bravo à tous"] * 30)), GroupKind.EXACT)
    assert (group.size, group.authors, group.alarm) == (30, 30, Alarm.NONE)


def test_a_few_accounts_that_repeat_a_link_are_spam() -> None:
    told = [f"Gagnez 500 euros par jour en écrivant ici http://gain{place % 3}.example/a" for place in range(12)]
    groups = find_groups(said(*told, authors=2))
    assert {group.alarm for group in groups if group.kind is not GroupKind.CONCERN} == {Alarm.SPAM}


def test_growth_is_counted_by_the_clock_of_the_thread() -> None:
    told = said(*["Toujours pas de réponse ?"] * 10, minutes=30)
    growth = find_groups(told)[0].growth
    assert growth is not None
    assert (growth.last_hour, growth.until) == (3, datetime.fromtimestamp(9 * 1800, UTC))
    assert growth.before == pytest.approx(2.0)


def test_without_dates_or_authors_nothing_is_made_up() -> None:
    groups = find_groups([Said(place, "Une question sur la garantie", 7) for place in range(4)])
    assert groups[0].growth is None
    assert groups[0].authors == 0
    assert groups[0].alarm is Alarm.NONE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\0",
        "\ud800" * 5,
        "e" + "\u0301" * 50_000,
        "x" * 1_000_000,
        "\u202e abc \u202c",
        "🤡" * 4_000,
        "a " * 100_000,
    ],
    ids=["empty", "nul", "surrogates", "marks", "long", "rtl", "emoji", "words"],
)
def test_absurd_texts_are_grouped_like_others(text: str) -> None:
    start = time.process_time()
    groups = find_groups(said(*[text] * 3, "Bonjour à tous", "Une autre chose"))
    assert sorted(member.message_id for group in groups[:1] for member in group.members) in ([0, 1, 2], [])
    assert time.process_time() - start < 5


def test_nothing_gives_nothing() -> None:
    assert find_groups([]) == ()
    assert find_groups(said("seul")) == ()


def test_it_stops_when_asked() -> None:
    told = said(*(f"texte numéro {place} sur la livraison" for place in range(50)))
    with pytest.raises(Stopped):
        find_groups(told, stop=lambda: True)


def _comments() -> tuple[list[Said], list[str], list[int]]:
    """The comments of the evaluation, the concern of each, and the places of those that cannot wait."""
    rules = RuleTriage()
    rows = [json.loads(line) for line in COMMENTS.read_text(encoding="utf-8").splitlines()]
    told = []
    for place, row in enumerate(rows):
        triage = rules.triage(row["text"])
        urgent = triage.urgency is Urgency.P0
        at = datetime.fromisoformat(row["at"]).timestamp()
        told.append(
            Said(
                place, row["text"], text_key(row["text"]), row["author"], at, triage.intent, urgent, triage.topics,
                triage.language,
            )
        )  # fmt: skip
    return told, [row["concern"] for row in rows], [one.id for one in told if one.urgent]


def test_concerns_of_an_invented_thread_are_told_apart_by_their_words() -> None:
    told, gold, _urgent = _comments()
    groups = find_groups(told)
    assert groups == find_groups(told)
    concerns = of_kind(groups, GroupKind.CONCERN)
    inside = [(group, member.message_id) for group in concerns for member in group.members]
    right = sum(Counter(gold[m.message_id] for m in group.members).most_common(1)[0][1] for group in concerns)
    assert right / len(inside) >= 0.8
    assert all(group.size >= 3 and group.name for group in groups)
    assert {gold[member.message_id] for group in groups if group.alarm is Alarm.SPAM for member in group.members} == {
        "raid_crypto"
    }
    raided = [group for group in of_kind(groups, GroupKind.NEAR) if group.alarm is not Alarm.NONE]
    assert sorted(gold[group.representative] for group in raided) == ["raid_boycott", "raid_crypto", "raid_en"]
    assert [group.size for group in raided] == [48, 40, 36]


def test_what_cannot_wait_is_in_no_group_with_what_can() -> None:
    told, _gold, urgent = _comments()
    for group in of_kind(find_groups(told), GroupKind.CONCERN):
        waiting = {member.message_id in urgent for member in group.members}
        assert len(waiting) == 1 or group.alarm is not Alarm.NONE, group.name


def test_vectors_bring_together_what_words_do_not() -> None:
    draw = np.random.default_rng(4)
    middles = draw.normal(size=(6, 64)).astype(np.float32)
    told = ["".join(chr(97 + letter) for letter in draw.integers(0, 26, 24)) for _place in range(90)]
    vectors = np.stack([middles[place % 6] + 0.3 * draw.normal(size=64) for place in range(90)]).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    groups = of_kind(find_groups(said(*told), vectors.astype(np.float16)), GroupKind.CONCERN)
    assert sorted(group.size for group in groups) == [15] * 6
    assert all(len({member.message_id % 6 for member in group.members}) == 1 for group in groups)
