"""A brand file: read, written, and every mistake shown on its line."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.brandfile import MAX_CHARS, check_brand, read_brand, slug, write_brand
from copilot.brandfile.reading import shown_path
from copilot.domain.brand import (
    Address,
    Brand,
    CharterClause,
    Contact,
    EmojiPolicy,
    Fact,
    HashtagList,
    ModerationPolicy,
    Playbook,
    PreferredTerm,
    RuleLevel,
    Sector,
    Typography,
    VoiceProfile,
)
from copilot.domain.conversation import Approach, Intent
from copilot.domain.finding import Severity
from copilot.errors import UserError
from copilot.i18n import Translator
from copilot.text.toml_lines import key_lines, nearest_line

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
filled = texts.filter(lambda text: bool(text.strip()))
ids = st.from_regex(r"[a-z0-9][a-z0-9._-]{0,12}", fullmatch=True)
languages = st.sampled_from(["fr", "en"])
tags = texts.map(lambda text: text.lstrip("#"))
networks = texts.map(str.lower).filter(lambda text: text == text.lower())


def some(values: st.SearchStrategy, by: str = "id") -> st.SearchStrategy:
    return st.lists(values, max_size=3, unique_by=lambda value: getattr(value, by)).map(tuple)


several = st.lists(texts, max_size=3).map(tuple)
voices = st.builds(
    VoiceProfile,
    language=languages,
    address=st.sampled_from(Address),
    traits=several,
    emoji=st.sampled_from(EmojiPolicy),
    preferred=st.lists(st.builds(PreferredTerm, filled, filled), max_size=2).map(tuple),
    banned=several,
    signature=texts,
    do=several,
    do_not=several,
)
facts = st.builds(
    Fact,
    id=ids,
    statement=filled,
    value=texts,
    topics=several,
    language=st.none() | languages,
    valid_until=st.none() | st.dates(),
    source=texts,
)
playbooks = st.builds(
    Playbook,
    id=ids,
    intent=st.sampled_from([intent.value for intent in Intent]),
    text=filled,
    part=filled,
    approach=st.none() | st.sampled_from([approach.value for approach in Approach]),
    language=languages,
    address=st.none() | st.sampled_from(Address),
    topics=several,
)
hashtag_lists = st.builds(
    HashtagList,
    name=filled,
    tags=st.lists(tags, max_size=3).map(tuple),
    networks=st.lists(networks, max_size=2).map(tuple),
)
brands = st.builds(
    Brand,
    id=ids,
    name=filled,
    sector=texts,
    description=texts,
    timezone=st.sampled_from(["Europe/Paris", "America/Toronto", "UTC"]),
    voice=voices,
    contact=st.builds(Contact, texts, texts, texts, texts, texts),
    accounts=st.dictionaries(networks, texts, max_size=3),
    facts=some(facts),
    playbooks=some(playbooks),
    hashtags=some(hashtag_lists, "name"),
    charter=some(st.builds(CharterClause, ids, filled)),
)


@settings(max_examples=150, deadline=None)
@given(brands)
def test_what_is_written_reads_the_same(brand: Brand) -> None:
    written = write_brand(brand)
    assert read_brand(written) == brand
    assert write_brand(read_brand(written)) == written


def test_prose_on_several_lines_stays_readable() -> None:
    written = write_brand(Brand("a", "A", description="Une ligne.\nUne autre."))
    assert "Une ligne.\nUne autre." in written


def test_a_name_is_enough() -> None:
    brand = read_brand('\ufeffname = "Œuvres & Cie d’été"\n')
    assert brand == Brand("oeuvres-cie-dete", "Œuvres & Cie d’été")


def test_things_people_write_are_understood() -> None:
    brand = read_brand(
        'name = "A"\n[accounts]\nX = "a"\nMySpace = "b"\n[[hashtags]]\ntags = ["#Vélo"]\nnetworks = ["LinkedIn"]\n'
        '[[facts]]\nstatement = "Oui."\nvalid_until = "2027-12-31"\n[[facts]]\nstatement = "Non."\n'
    )
    assert brand.accounts == {"x": "a", "myspace": "b"}
    assert brand.hashtags[0] == HashtagList("hashtags-1", ("Vélo",), ("linkedin",))
    assert [(fact.id, fact.valid_until) for fact in brand.facts] == [("fact-1", date(2027, 12, 31)), ("fact-2", None)]


def blocking(text: str) -> list[tuple[int, str, str]]:
    problems = check_brand(text, today=date(2026, 11, 21))
    return [(p.line, p.path, p.wording.key.rsplit(".", 1)[-1]) for p in problems if p.severity is Severity.BLOCKS]


LONG = 'name = "A"\ndescription = """\n[voice]\nadress = "tu"\n"""\n'
MISTAKES = {
    "no name": ('id = "a"\n', (1, "name", "missing")),
    "blank name": ('\nname = "  "\n', (2, "name", "missing")),
    "name is a number": ("name = 3\n", (1, "name", "not_text")),
    "no quotes": ('name = "A"\nsector = vélo\n', (2, "", "no_quotes")),
    "no equals": ('name = "A"\nsector "vélo"\n', (2, "", "no_equals")),
    "open string": ('name = "A\nsector = "b"\n', (1, "", "open_string")),
    "open bracket": ('name = "A"\n[voice\n', (2, "", "open_bracket")),
    "backslash": ('name = "A"\nsector = "C:\\dossier"\n', (2, "", "backslash")),
    "twice": ('name = "A"\nname = "B"\n', (2, "", "twice")),
    "unknown at the top": ('name = "A"\nsecteur = "b"\n', (2, "secteur", "unknown_near")),
    "unknown, nothing near": ('name = "A"\nzzz = "b"\n', (2, "zzz", "unknown")),
    "unknown in the voice": ('name = "A"\n\n[voice]\nadress = "tu"\n', (4, "voice.adress", "unknown_near")),
    "after a long text": (LONG + '[voice]\nadress = "tu"\n', (7, "voice.adress", "unknown_near")),
    "bad choice": ('name = "A"\n[voice]\nemoji = "lots"\n', (3, "voice.emoji", "not_allowed")),
    "dotted key": ('name = "A"\nvoice.address = "toi"\n', (2, "voice.address", "not_allowed")),
    "inline table": ('name = "A"\nvoice = { address = "toi" }\n', (2, "voice.address", "not_allowed")),
    "voice is a text": ('name = "A"\nvoice = "douce"\n', (2, "voice", "not_table")),
    "list is a text": ('name = "A"\n[voice]\ntraits = "doux"\n', (3, "voice.traits", "not_list")),
    "member is a number": (
        'name = "A"\n[voice]\ntraits = [\n  "doux", # a "comment"\n  3,\n]\n',
        (5, "voice.traits[2]", "not_text"),
    ),
    "preferred": (
        'name = "A"\n[voice]\npreferred = [\n  {use = "a", instead_of = "b"},\n  {use = "x", insted_of = ""},\n]\n',
        (5, "voice.preferred[2].insted_of", "unknown_near"),
    ),
    "facts is a table": ('name = "A"\n[facts]\nstatement = "x"\n', (2, "facts", "not_tables")),
    "bad TOML date": (
        'name = "A"\n[[facts]]\nstatement = "x"\nvalid_until = 2027-02-30\n',
        (4, "", "date"),
    ),
    "bad quoted date": (
        'name = "A"\n[[facts]]\nstatement = "x"\n[[facts]]\nstatement = "y"\nvalid_until = "30/02/2027"\n',
        (6, "facts[2].valid_until", "date"),
    ),
    "a time is no date": (
        'name = "A"\n[[facts]]\nstatement = "x"\nvalid_until = 2027-02-03T10:00:00\n',
        (4, "facts[1].valid_until", "date"),
    ),
    "duplicate id": (
        'name = "A"\n[[facts]]\nid = "a"\nstatement = "x"\n[[facts]]\nid = "a"\nstatement = "y"\n',
        (6, "facts[2].id", "duplicate"),
    ),
    "no statement": ('name = "A"\n[[facts]]\nid = "a"\n', (2, "facts[1].statement", "missing")),
    "bad intent": (
        'name = "A"\n[[playbooks]]\nintent = "plainte"\ntext = "x"\n',
        (3, "playbooks[1].intent", "not_allowed"),
    ),
    "no intent": ('name = "A"\n[[playbooks]]\ntext = "x"\n', (2, "playbooks[1].intent", "missing")),
    "id with a space": ('id = "a b"\nname = "A"\n', (1, "id", "bad_id")),
    "time zone": ('name = "A"\ntimezone = "Paris"\n', (2, "timezone", "timezone")),
    "time zone that climbs": ('name = "A"\ntimezone = "../../etc/passwd"\n', (2, "timezone", "timezone")),
    "account twice": ('name = "A"\n[accounts]\nx = "a"\nX = "b"\n', (4, "accounts.X", "duplicate")),
    "surrogate": ('name = "A"\nsector = "\ud800"\n', (2, "", "surrogate")),
    "control character": ('name = "A"\nsector = "\x00"\n', (2, "", "open_string")),
    "deep": ('name = "A"\na = ' + "[" * 20_000 + "]" * 20_000, (1, "", "too_deep")),
    "a huge number": ('name = "A"\na = ' + "9" * 10_000, (2, "", "syntax")),
}


@pytest.mark.parametrize(("text", "expected"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_shown_on_its_line(text: str, expected: tuple[int, str, str]) -> None:
    assert expected in blocking(text)
    with pytest.raises(UserError) as caught:
        read_brand(text, name="marque.toml")
    assert caught.value.kind == "brand.invalid"
    assert caught.value.params["line"] == blocking(text)[0][0]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_mistake_has_its_sentence(language: str) -> None:
    say = Translator(language)
    for text, _ in MISTAKES.values():
        with pytest.raises(UserError) as caught:
            read_brand(text, name="marque.toml")
        sentence = say.error(caught.value)
        assert "error." not in sentence
        assert "brand." not in sentence
        assert "{" not in sentence


def test_all_mistakes_come_at_once() -> None:
    found = blocking('sectr = "b"\n[voice]\naddress = "toi"\n[[facts]]\nstatement = ""\n')
    assert [line for line, _, _ in found] == [1, 1, 3, 5]


def test_the_nearest_key_is_suggested() -> None:
    (problem,) = check_brand('name = "A"\n[voice]\ntraits = ["x"]\ndont = []\n')
    assert problem.wording.params["near"] == "do_not"


def test_warnings() -> None:
    text = (
        'name = "A"\n[voice]\nbanned = ["bécane", "Vélo"]\npreferred = [{use = "vélo", instead_of = "bicyclette"}]\n'
        '[[facts]]\nid = "old"\nstatement = "x"\nvalid_until = 2026-11-20\nsource = "s"\n[[facts]]\nstatement = "y"\n'
    )
    problems = check_brand(text, today=date(2026, 11, 21))
    assert [(p.line, p.path, p.wording.key) for p in problems] == [
        (2, "voice", "brand.warning.empty_voice"),
        (3, "voice.banned[2]", "brand.warning.banned_and_preferred"),
        (8, "facts[1].valid_until", "brand.warning.expired"),
        (10, "facts[2]", "brand.warning.no_source"),
    ]
    assert {problem.severity for problem in problems} == {Severity.WARNS}
    assert check_brand(text, today=date(2026, 11, 20))[2].wording.key == "brand.warning.no_source"


def test_too_big() -> None:
    with pytest.raises(UserError) as caught:
        check_brand("#" * (MAX_CHARS + 1))
    assert caught.value.kind == "brand.too_big"


HOSTILE = {
    "dots": 'name = "A"\n' + "a." * 400_000 + "a = 1",
    "quoted dots": 'name = "A"\n' + '"a" . ' * 120_000 + '"a" = 1',
    "dots in a table": 'name = "A"\nt = {' + "a." * 400_000 + "a = 1}",
    "one word": "a" * 900_000,
    "spaces": 'name = "A"' + " " * 900_000,
    "marks": 'name = "e' + "\u0301" * 50_000 + '"',
    "quotes": '"' * 900_000,
    "tables": 'name = "A"\n' + "[[facts]]\n" * 20_000,
    "comments": "#\n" * 400_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_files_are_answered_in_time(text: str) -> None:
    start = time.process_time()
    check_brand(text)
    assert time.process_time() - start < 5


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from("ab.[]{}=\"'#,\n\\ 1é\ud800"), max_size=60))
def test_any_text_is_answered(text: str) -> None:
    for problem in check_brand(text):
        assert 1 <= problem.line <= text.count("\n") + 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Vélo & Fils", "velo-fils"), ("  ", "brand"), ("Œuf", "oeuf"), ("東京", "brand"), ("x" * 90, "x" * 64)],
)
def test_slug(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_lines_of_keys() -> None:
    text = "a = '''\n]'''\n[b]\n\"c d\".e = [ # x\n 1,\n {f = 2}]\n[[g]]\n[[g]]\n[[g.h]]\ni=1\n[g.k]\nl = 1"
    lines = key_lines(text)
    assert lines[("a",)] == 1
    assert lines[("b", "c d", "e", 1, "f")] == 6
    assert lines[("g", 1, "h", 0, "i")] == 10
    assert lines[("g", 1, "k", "l")] == 12
    assert nearest_line(lines, ("b", "nothing")) == 3
    assert nearest_line(lines, ("nothing",)) == 1
    assert shown_path(("g", 1, "h")) == "g[2].h"


HOUSE = """
name = "Cave du Loriot"

[limits]
x = 25000
mastodon = 5000

[style]
typography = "swiss"
inclusive = "doublets"
exclamations = 1
same_sentence = 5
avoid = ["pépite"]
words = ["loriotine"]
sectors = ["alcohol", "food"]

[checks]
typography = "off"
banned_term = "blocks"
"""


def test_house_style_limits_and_rule_weights_are_read_and_written_back() -> None:
    brand = read_brand(HOUSE)
    assert brand.limits == {"x": 25000, "mastodon": 5000}
    assert brand.style.typography is Typography.SWISS
    assert brand.style.sectors == (Sector.ALCOHOL, Sector.FOOD)
    assert (brand.style.exclamations, brand.style.same_sentence) == (1, 5)
    assert brand.checks == {"typography": RuleLevel.OFF, "banned_term": RuleLevel.BLOCKS}
    assert read_brand(write_brand(brand)) == brand
    assert "[style]" not in write_brand(read_brand('name = "A"'))


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("[limits]\nx = 0", "limits.x"),
        ("[limits]\nx = 1e12", "limits.x"),
        ("[limits]\nx = true", "limits.x"),
        ("[limits]\nx = -5", "limits.x"),
        ("[style]\nexclamations = 'many'", "style.exclamations"),
        ("[style]\nsectors = ['arms']", "style.sectors[1]"),
        ("[style]\ntypography = 'klingon'", "style.typography"),
        ("[checks]\nlength = 'never'", "checks.length"),
        ("checks = 3", "checks"),
    ],
)
def test_an_absurd_figure_or_weight_is_named(line: str, path: str) -> None:
    text = f"{line}\nname = 'A'" if not line.startswith("[") else f"name = 'A'\n{line}"
    problems = check_brand(text)
    assert [problem.path for problem in problems if problem.severity is Severity.BLOCKS] == [path]


def test_a_weight_for_no_rule_and_a_weakened_guard_are_said() -> None:
    rules = {"length": Severity.BLOCKS, "typography": Severity.ADVISES}
    text = "name = 'A'\n[checks]\nlength = 'off'\ntypografy = 'off'\nzzzzzz = 'off'\ntypography = 'off'"
    said = {problem.path: problem.wording.key for problem in check_brand(text, rules=rules) if "checks" in problem.path}
    assert said == {
        "checks.length": "brand.warning.rule_weakened",
        "checks.typografy": "brand.warning.unknown_rule_near",
        "checks.zzzzzz": "brand.warning.unknown_rule",
    }


def test_the_spaces_a_brand_hosts_and_the_accounts_it_watches_are_read_and_written() -> None:
    told = 'name = "Atelier"\n[moderation]\nhosted_networks = ["Discourse", "wordpress"]\ninfluential = ["@Journal"]\n'
    brand = read_brand(told)
    assert brand.moderation == ModerationPolicy(("discourse", "wordpress"), ("Journal",))
    assert read_brand(write_brand(brand)) == brand
    assert "[moderation]" not in write_brand(read_brand('name = "Atelier"\n'))
