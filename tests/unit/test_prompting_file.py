"""Reading a prompt file: what is accepted, and that each mistake is named with its line."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.errors import UserError
from copilot.i18n import Translator
from copilot.prompting.body import pieces
from copilot.prompting.file import MAX_CHARS, examine, parse_prompt, read_prompt_file, version_of

HEAD = """+++
task = "reply"
name = "standard"
language = "fr"
inputs = ["voice"]
untrusted = ["message"]
+++
"""
BODY = """# system
Rules. {{{voice}}}
# user
Answer.

{{{message}}}
"""
SOUND = HEAD + BODY


def head(*lines: str, drop: str = "") -> str:
    kept = [line for line in HEAD.splitlines()[1:-1] if not drop or not line.startswith(drop)]
    return "\n".join(["+++", *kept, *lines, "+++", ""])


def body(system: str = "Rules. {{{voice}}}", user: str = "Answer.\n\n{{{message}}}") -> str:
    return f"# system\n{system}\n# user\n{user}\n"


def errors(text: str) -> tuple[UserError, ...]:
    file, found = examine(text, path="reply/standard.fr.md", origin="own")
    assert (file is None) == bool(found)
    return found


def test_a_sound_file_gives_its_prompt() -> None:
    schema = '{"type":"object","properties":{"a":{"type":"string"}}}'
    text = head(
        'description = "Une réponse"',
        'output = "json"',
        f"schema = '{schema}'",
        "temperature = 0",
        "max_tokens = 12",
        "[sample]",
        'voice = "v"',
    )
    file = read_prompt_file(text + BODY, path="somewhere.md", origin="own")
    prompt = file.prompt
    assert (prompt.task, prompt.name, prompt.language, prompt.origin) == ("reply", "standard", "fr", "own")
    assert (prompt.trusted, prompt.untrusted) == (("voice",), ("message",))
    assert (prompt.output, prompt.schema) == ("json", json.loads(schema))
    assert (prompt.temperature, prompt.max_tokens, prompt.path) == (0.0, 12, "somewhere.md")
    assert (file.description, file.sample) == ("Une réponse", {"voice": "v"})
    assert prompt.body == BODY


def test_a_schema_may_be_a_table() -> None:
    text = head('output = "json"', 'schema = { type = "object", required = ["a"] }') + BODY
    assert parse_prompt(text, path="x", origin="own").schema == {"type": "object", "required": ["a"]}


def test_the_version_is_that_of_the_content_not_of_its_line_ends() -> None:
    version = parse_prompt(SOUND, path="x", origin="shipped").version
    assert len(version) == 12
    for same in (SOUND.replace("\n", "\r\n"), SOUND.replace("\n", "\r"), "\ufeff" + SOUND):
        assert parse_prompt(same, path="y", origin="own").version == version
    assert version_of(SOUND + "\n") != version
    assert version_of("") == "e3b0c44298fc"  # SHA-256 of nothing, FIPS 180-4


BAD = [
    ("", "front_matter", 1, "empty"),
    ("# system\nx", "front_matter", 1, "no header"),
    ("+++\ntask = 1\n", "front_matter", 3, "header left open"),
    ("x" * (MAX_CHARS + 1), "too_large", 1, "too large"),
    ("+++\ntask = \n+++\n", "toml", 2, "not TOML"),
    ('+++\ntask = "a"\ntask = "b"\n+++\n', "toml", 3, "key twice"),
    (head("temprature = 1") + BODY, "key_unknown", 7, "unknown key"),
    (head(drop="task") + BODY, "key_missing", 1, "missing key"),
    (head("temperature = 3") + BODY, "key_invalid", 7, "too hot"),
    (head("temperature = true") + BODY, "key_invalid", 7, "a boolean is no number"),
    (head("max_tokens = 0") + BODY, "key_invalid", 7, "no tokens"),
    (head('max_tokens = "12"') + BODY, "key_invalid", 7, "tokens as text"),
    (head('output = "xml"') + BODY, "key_invalid", 7, "unknown output"),
    (head('inputs = "voice"', drop="inputs") + BODY, "key_invalid", 6, "inputs not a list"),
    (head('inputs = ["a b"]', drop="inputs") + BODY, "key_invalid", 6, "input with a space"),
    (head('inputs = ["voice", "voice"]', drop="inputs") + BODY, "key_invalid", 6, "input twice"),
    (head('name = "../x"', drop="name") + BODY, "key_invalid", 6, "name that climbs"),
    (head('language = "french"', drop="language") + BODY, "key_invalid", 6, "language in full"),
    (head('output = "json"') + BODY, "schema_and_output", 7, "json without schema"),
    (head('schema = { type = "object" }') + BODY, "schema_and_output", 7, "schema without json"),
    (head('output = "json"', "schema = '{'") + BODY, "key_invalid", 8, "schema not JSON"),
    (head('output = "json"', 'schema = { type = "array" }') + BODY, "key_invalid", 8, "schema not of an object"),
    (head('output = "json"', 'schema = { type = "object", pattern = "x" }') + BODY, "schema_keyword", 8, "keyword"),
    (head('inputs = ["voice", "message"]', drop="inputs") + BODY, "declared_twice", 5, "both trusts"),
    (head("[sample]", 'voyce = "x"') + BODY, "sample_unknown", 7, "sample of nothing"),
    (HEAD, "parts", 8, "no body"),
    (HEAD + "Hello\n" + BODY, "parts", 11, "text before the parts"),
    (HEAD + "# system\nx\n# user\n", "parts", 10, "empty user part"),
    (HEAD + BODY + "# system\nagain\n", "parts", 14, "a part twice"),
    (HEAD + body(system="\n\n{{{voice}}} {{voice}}"), "tag_escaped", 11, "double braces"),
    (HEAD + body(system="{{{voice}}} {{& voice }}"), "tag_escaped", 9, "ampersand"),
    (HEAD + body(system="{{#voice}}{{{voice}}}"), "tag_section", 9, "section"),
    (HEAD + body(system="{{^voice}}{{{voice}}}"), "tag_section", 9, "inverted section"),
    (HEAD + body(system="{{{voice}}}{{/voice}}"), "tag_section", 9, "section end"),
    (HEAD + body(system="{{{voice}}}\n{{> other}}"), "tag_partial", 10, "partial"),
    (HEAD + body(system="{{! note }}{{{voice}}}"), "tag_comment", 9, "comment"),
    (HEAD + body(system="{{=<% %>=}}{{{voice}}}"), "tag_delimiters", 9, "delimiters"),
    (HEAD + body(system="{{{voice}}} {{{x.y}}}"), "tag_malformed", 9, "dotted name"),
    (HEAD + body(system="{{{voice}}} {{{{voice}}}}"), "tag_malformed", 9, "four braces"),
    (HEAD + body(system="{{{voice}}} {{{voice}}"), "tag_malformed", 9, "two closing braces"),
    (HEAD + body(system='{{{voice}}} {{"a": 1}}'), "tag_malformed", 9, "doubled JSON braces"),
    (HEAD + body(system="{{{voice}}} {{"), "tag_malformed", 9, "braces left open"),
    (HEAD + body(system="{{{voice}}} {{{voyce}}}"), "unknown_variable", 9, "undeclared"),
    (HEAD + body(system="Rules."), "unused_variable", 5, "unused trusted"),
    (HEAD + body(user="Answer."), "unused_variable", 6, "unused untrusted"),
    (HEAD + body(system="{{{voice}}}\n{{{message}}}"), "untrusted_not_last", 10, "in the system part"),
    (HEAD + body(user="{{{message}}}\n\nNow obey."), "untrusted_not_last", 13, "text after"),
    (HEAD + body(user="{{{message}}}\n{{{voice}}}"), "untrusted_not_last", 12, "trusted after"),
    (HEAD + body(user="Message: {{{message}}}"), "untrusted_not_last", 11, "not alone on its line"),
]


@pytest.mark.parametrize(("text", "kind", "line"), [pytest.param(*row[:3], id=row[3]) for row in BAD])
def test_a_mistake_is_named_with_its_line(text: str, kind: str, line: int) -> None:
    found = [(error.kind, error.params["line"]) for error in errors(text)]
    assert (f"prompt.{kind}", line) in found
    with pytest.raises(UserError):
        parse_prompt(text, path="reply/standard.fr.md", origin="own")


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("text", [pytest.param(row[0], id=row[3]) for row in BAD])
def test_a_mistake_reads_as_a_whole_sentence(text: str, language: str) -> None:
    for error in errors(text):
        sentence = Translator(language).error(error)
        assert sentence != error.key
        assert "{path}" not in sentence
        assert "{line}" not in sentence
        assert "reply/standard.fr.md" in sentence


def test_every_mistake_is_told_in_the_order_of_the_file() -> None:
    found = errors(HEAD + body(system="{{a}}\n{{{nobody}}}\n{{!x}}", user="{{{message}}}\nafter"))
    assert [error.kind.removeprefix("prompt.") for error in found] == [
        "tag_escaped",
        "unknown_variable",
        "tag_comment",
        "untrusted_not_last",
        "unused_variable",
    ]


def test_what_to_write_instead_is_said() -> None:
    (error,) = errors(HEAD + body(system="{{{voice}}} {{ voice }}"))
    assert (error.params["tag"], error.params["instead"]) == ("{{ voice }}", "{{{voice}}}")
    (error,) = errors(HEAD + body(system="{{{voice}}} {{{voic}}}"))
    assert error.params["known"] == ("voice", "message")
    assert "{{{voice}}}" in Translator("fr").error(errors(HEAD + body(system="{{{voice}}}{{voice}}"))[0])


def test_several_untrusted_inputs_may_follow_each_other() -> None:
    text = head('untrusted = ["message", "context"]', drop="untrusted") + body(
        user="A.\n{{{context}}}\n\n{{{message}}}"
    )
    assert parse_prompt(text, path="x", origin="own").untrusted == ("message", "context")


@given(st.lists(st.sampled_from(["{{{", "}}}", "{{", "}}", "{", "}", "voice", " ", "#", "\n", "é", "!"])).map("".join))
def test_pieces_give_the_text_back(text: str) -> None:
    found = list(pieces(text))
    assert "".join(piece.text for piece in found) == text
    assert all(text[piece.offset :].startswith(piece.text) for piece in found)


@given(st.text(max_size=200), st.text(max_size=200))
@settings(deadline=None)
def test_any_text_is_read_or_refused_never_more(front: str, rest: str) -> None:
    for text in (front, f"+++\n{front}\n+++\n{rest}", HEAD + rest, HEAD + body(system=front, user=rest)):
        examine(text, path="x", origin="own")


@pytest.mark.parametrize(
    "filler", ["{{", "{{{voice}}}", "{{{" + " " * 50, "# system\n", "\n", "e" + "\u0301" * 9, "\ud800", "\x00"]
)
def test_absurd_files_are_refused_in_linear_time(filler: str) -> None:
    started = time.process_time()
    for text in (filler * (60_000 // len(filler)), SOUND + filler * (60_000 // len(filler)), filler * 1_000_000):
        examine(text, path="x", origin="own")
    assert time.process_time() - started < 5
