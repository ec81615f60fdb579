"""Templates under way: inspected at any moment of typing, previewed, tried once on the scripted model."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.app import Copilot, open_copilot
from copilot.domain.brand import Address, Brand, Contact, Fact, HashtagList, VoiceProfile
from copilot.errors import OutsideError, RepliqueError, UserError
from copilot.i18n import LANGUAGES, Translator
from copilot.services import prompt_trial
from copilot.services.generation import Chunk, GenerationResult
from copilot.services.prompt_trial import PromptTrial, TemplateReport

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
TASKS = ("adapt", "compose", "hashtags", "reply", "rewrite", "summary", "triage")


@pytest.fixture
def copilot(begun_profile: Path) -> Iterator[Copilot]:
    opened = open_copilot(begun_profile, clock=lambda: NOON)
    yield opened
    asyncio.run(opened.aclose())


@pytest.fixture
def trial(copilot: Copilot) -> PromptTrial:
    return copilot.prompt_trial


@pytest.fixture
def reply(copilot: Copilot) -> str:
    return copilot.prompts.library.shipped_source("reply", "fr")


def sound(report: TemplateReport, source: str) -> TemplateReport:
    """What must hold of every report."""
    assert (report.prompt is None) == bool(report.problems)
    for use in report.variables:
        assert source[use.start : use.end].strip("{} \t") == use.name
    lines = len(re.findall(r"\r\n|\r|\n", source)) + 1
    for problem in report.problems:
        assert 0 <= problem.start <= problem.end <= len(source)
        assert 1 <= problem.line <= lines
        for language in LANGUAGES:
            assert Translator(language).wording(problem.wording) != problem.wording.key
    return report


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("task", TASKS)
def test_every_shipped_prompt_is_a_sound_copy(copilot: Copilot, task: str, language: str) -> None:
    source = copilot.prompts.library.shipped_source(task, language)
    report = sound(copilot.prompt_trial.inspect(source, task, language), source)
    assert (report.problems, report.missing) == ((), ())
    assert {use.kind for use in report.variables} == {"known"}
    offered = copilot.prompt_trial.inputs(task, language)
    assert {use.name for use in report.variables} == set(offered.names)


def test_the_documented_inputs_are_the_real_ones(trial: PromptTrial) -> None:
    rows = re.findall(r"^(\w+) +(\w+) +([\w, ]+)$", prompt_trial.__doc__ or "", re.MULTILINE)
    told = {task: (need, set(rest.split(", "))) for task, need, rest in rows if task != "task"}
    assert set(told) == set(TASKS)
    for language in LANGUAGES:
        for task in TASKS:
            real = trial.inputs(task, language)
            assert told[task] == (", ".join(real.needed), set(real.others))


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_offsets_are_those_of_the_source_as_it_is(trial: PromptTrial, reply: str, line_end: str, mark: str) -> None:
    source = mark + reply.replace("\n", line_end)
    report = sound(trial.inspect(source, "reply", "fr"), source)
    assert report.prompt
    assert len(report.variables) == 8


def test_an_unknown_variable_is_shown_where_it_stands(trial: PromptTrial, reply: str) -> None:
    source = reply.replace("{{{facts}}}", "{{{facts}}}\n{{{price}}} {{{price}}}")
    report = sound(trial.inspect(source, "reply", "fr"), source)
    unknown = [use for use in report.variables if use.kind == "unknown"]
    assert [use.name for use in unknown] == ["price", "price"]
    assert [(one.start, one.end) for one in report.problems] == [(use.start, use.end) for use in unknown]
    assert {one.wording.key for one in report.problems} == {"error.prompt.unknown_variable"}


def test_a_tag_that_is_refused_is_shown_where_it_stands(trial: PromptTrial, reply: str) -> None:
    source = reply.replace("Faits vérifiés\u00a0:", "Faits {{facts}} et {{facts}} vérifiés {{#if}}")
    report = sound(trial.inspect(source, "reply", "fr"), source)
    shown = [source[one.start : one.end] for one in report.problems]
    assert shown == ["{{facts}}", "{{facts}}", "{{#if}}"]
    assert len({one.start for one in report.problems}) == 3


def test_a_template_without_its_matter_is_told(trial: PromptTrial, reply: str) -> None:
    source = reply.replace("\n{{{message}}}", "").replace('"examples", "message"', '"examples"')
    source = re.sub(r"(?m)^message = .*\n", "", source)
    report = sound(trial.inspect(source, "reply", "fr"), source)
    assert report.missing == ("message",)
    assert report.problems == ()


HALF_TYPED = {
    "nothing": "",
    "a fence": "+++",
    "no second fence": '+++\ntask = "reply"\n# system\n{{{message}}}',
    "an open quote": '+++\ntask = "re\n+++\n# system\nA {{{message}}\n# user\n{{{facts}}}',
    "an open brace": "+++\n+++\n# system\n{{{mess",
    "a number too long": "+++\ntemperature = " + "1" * 6000 + "\n+++\n# system\nA\n# user\nB",
    "a deep schema": "+++\noutput='json'\nschema='" + '{"type":"object","items":' * 300 + "1" + "}" * 300 + "'\n+++\n",
    "a deep list": "+++\na=" + "[" * 5000 + "\n+++\n",
    "half a character": "+++\n+++\n# system\n\ud83d\n# user\nB",
    "only a null": "\0",
}


@pytest.mark.parametrize("source", HALF_TYPED.values(), ids=HALF_TYPED.keys())
def test_what_is_half_typed_is_told_and_never_raises(trial: PromptTrial, source: str) -> None:
    report = sound(trial.inspect(source, "reply", "fr"), source)
    assert report.problems
    assert trial.inspect(source, "nothing", "xx", "../..").prompt is None


def test_variables_are_found_while_the_front_matter_is_not_finished(trial: PromptTrial) -> None:
    source = HALF_TYPED["an open quote"]
    report = trial.inspect(source, "reply", "fr")
    assert [use.name for use in report.variables] == ["facts"]
    assert report.missing == ("message",)


TYPED = ("+++", "\n", "\r", "# system", "# user", "{{{", "}}}", "{{", "message", "price", " ", "task = ")
SIGNS = ('"', "'", "[", "]", "=", "é", "\ud800", "{{#", "\0", "reply")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(TYPED + SIGNS)))
def test_no_text_breaks_the_inspection(parts: list[str]) -> None:
    source = "".join(parts)
    sound(_shared().inspect(source, "reply", "fr"), source)


_OPENED: list[Copilot] = []


@pytest.fixture(autouse=True, scope="module")
def _one_profile_for_all_examples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    _OPENED.append(open_copilot(tmp_path_factory.mktemp("trial"), clock=lambda: NOON))
    yield
    asyncio.run(_OPENED.pop().aclose())


def _shared() -> PromptTrial:
    return _OPENED[-1].prompt_trial


FRONT = '+++\ntask = "reply"\nname = "standard"\nlanguage = "fr"\nuntrusted = ["message"]\n+++\n# system\nA\n# user\n'
HUGE = {
    "a megabyte of letters": FRONT + "a" * 1_000_000,
    "a megabyte of braces": FRONT + "{" * 1_000_000,
    "a megabyte of lines": "\n" * 1_000_000,
    "tags on one line": FRONT + "{{" * 31_000,
    "tags and spaces": FRONT + "{{{" + " " * 60_000 + "}}}",
    "unknown inputs": FRONT + "{{{a}}}" * 9_000,
    "the same input": FRONT + "{{{message}}}\n" * 4_500,
    "unknown keys": "+++\n" + "".join(f"a{number} = 1\n" for number in range(6_000)) + "+++\n" + FRONT,
    "a key of 30,000 parts": "+++\n" + "a." * 30_000 + "a = 1\n+++\n" + FRONT,
    "many inputs": "+++\ninputs = [" + ",".join(f'"a{n}"' for n in range(6_000)) + "]\n" + FRONT[4:],
    "fences": "+++\n" * 16_000,
    "marks": FRONT + "e" + "\u0301" * 50_000,
}


@pytest.mark.parametrize("source", HUGE.values(), ids=HUGE.keys())
def test_no_text_keeps_the_inspection_busy(trial: PromptTrial, source: str) -> None:
    trial.inspect(FRONT, "reply", "fr")
    began = time.process_time()
    report = trial.inspect(source, "reply", "fr")
    assert time.process_time() - began < 1
    sound(report, source)


def test_a_normal_template_is_inspected_as_one_types(trial: PromptTrial, reply: str) -> None:
    took = []
    for _ in range(5):
        began = time.process_time()
        trial.inspect(reply, "reply", "fr")
        took.append(time.process_time() - began)
    assert min(took) < 0.03


BRAND = Brand(
    "lumen",
    "Lumen",
    voice=VoiceProfile(address=Address.TU),
    contact=Contact(private_channel="par message privé", email="bonjour@lumen.example"),
    facts=(Fact("prix", "Le vélo coûte 890 €."),),
    hashtags=(HashtagList("base", ("VéloLumen",)),),
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("task", TASKS)
def test_the_sample_fills_the_whole_prompt(trial: PromptTrial, copilot: Copilot, task: str, language: str) -> None:
    source = copilot.prompts.library.shipped_source(task, language)
    for brand in (None, BRAND):
        values = trial.sample_values(task, language, brand)
        assert set(values) == set(trial.inputs(task, language).names)
        rendered = trial.preview(source, values)
        assert [one.role for one in rendered.messages] == ["system", "user"]
        assert "{{{" not in "".join(one.text for one in rendered.messages)
        assert ("Lumen" in rendered.messages[1].text) == (
            brand is not None and bool({"brand_voice", "brand_tags"} & set(values))
        )


def test_the_preview_expands_nothing_others_wrote(trial: PromptTrial, reply: str) -> None:
    values = {**trial.sample_values("reply", "fr"), "message": "{{{facts}}} {{#x}} 📌", "unused": "x"}
    user = trial.preview(reply, values).messages[1].text
    assert "{{{facts}}} {{#x}} 📌" in user


def test_the_preview_refuses_what_is_broken_or_not_filled(trial: PromptTrial, reply: str) -> None:
    values = trial.sample_values("reply", "fr")
    with pytest.raises(UserError, match=r"prompt\.front_matter"):
        trial.preview("# system", values)
    with pytest.raises(UserError, match=r"prompt\.missing_variable"):
        trial.preview(reply, {name: text for name, text in values.items() if name != "message"})
    with pytest.raises(UserError, match=r"prompt\.unknown"):
        trial.sample_values("nothing", "fr")


def scripted(copilot: Copilot, *answers: object, remote: bool = False) -> None:
    values = {"script": json.dumps(answers), "remote": "yes" if remote else "no"}
    copilot.providers.add("here", "scripted", values, None)


async def run(copilot: Copilot, source: str, task: str, **changes: str) -> list[Chunk | GenerationResult]:
    values = {**copilot.prompt_trial.sample_values(task, "fr"), **changes}
    return [piece async for piece in copilot.prompt_trial.run_once(source, values, provider="here", brand=BRAND)]


async def test_an_unsaved_template_is_tried_and_written_down(copilot: Copilot, reply: str) -> None:
    scripted(copilot, "Bonjour, nous regardons cela tout de suite.")
    source = reply.replace("80 mots au plus", "60 mots au plus")
    *chunks, result = await run(copilot, source, "reply")
    assert isinstance(result, GenerationResult)
    assert result.text == "".join(one.text for one in chunks) == "Bonjour, nous regardons cela tout de suite."
    tried = copilot.prompt_trial.inspect(source, "reply", "fr").prompt
    assert tried
    assert result.prompt_version == tried.version != copilot.prompts.get("reply", "fr").version
    with copilot.store().read() as work:
        runs = list(work.runs.list())
    assert [(one.task, one.prompt_version, one.outcome) for one in runs] == [("reply", tried.version, "ok")]
    assert not copilot.prompts.library.is_own("reply", "fr")


async def test_a_json_template_is_checked_against_its_schema(copilot: Copilot) -> None:
    good: dict[str, object] = {"language": "fr", "intent": "complaint", "tone": "negative", "urgency": "P1"}
    good |= {"explicit_toxic": False, "unsure": False, "why": "retard"}
    source = copilot.prompts.library.shipped_source("triage", "fr")
    scripted(copilot, json.dumps(good))
    (result,) = await run(copilot, source, "triage")
    assert isinstance(result, GenerationResult)
    assert result.values == good
    copilot.providers.remove("here")
    scripted(copilot, '{"intent": "banana"}')
    with pytest.raises(OutsideError, match=r"generation\.not_json"):
        await run(copilot, source, "triage")


async def test_personal_words_do_not_leave_for_a_remote_model(copilot: Copilot, reply: str) -> None:
    scripted(copilot, {"echo": True}, remote=True)
    secret = "Écrivez-moi à zoe.martin@mail.example ou au 06 12 34 56 78"
    values = {**copilot.prompt_trial.sample_values("reply", "fr", BRAND), "message": secret}
    values["facts"] = "- Notre adresse est bonjour@lumen.example"
    shown = copilot.prompt_trial.preview(reply, values, provider="here", brand=BRAND)
    text = shown.messages[1].text
    assert shown.masked
    assert "zoe.martin@mail.example" not in text
    assert "06 12 34 56 78" not in text
    assert "bonjour@lumen.example" in text
    assert secret in copilot.prompt_trial.preview(reply, values).messages[1].text
    assert not copilot.prompt_trial.preview(reply, values, provider="playbook").masked


async def test_the_playbook_reads_no_prompt(copilot: Copilot, reply: str) -> None:
    values = copilot.prompt_trial.sample_values("reply", "fr")
    for provider, kind in (("playbook", "prompt.trial_needs_model"), ("nobody", "provider.unknown")):
        with pytest.raises(UserError) as caught:
            [piece async for piece in copilot.prompt_trial.run_once(reply, values, provider=provider)]
        assert caught.value.kind == kind
        assert all(Translator(language).has(caught.value.key) for language in LANGUAGES)


def kept(copilot: Copilot) -> list[str]:
    return sorted(path.name for path in copilot.profile.prompts.rglob("*") if path.is_file())


def test_an_own_copy_is_kept_taken_back_and_kept_again(copilot: Copilot, reply: str) -> None:
    library = copilot.prompts.library
    mine = reply.replace("80 mots au plus", "60 mots au plus")
    saved = library.save_own_copy("reply", "standard", "fr", mine)
    assert library.is_own("reply", "fr")
    assert library.own_source("reply", "fr") == mine
    assert library.get("reply", "fr") == saved
    assert library.shipped_source("reply", "fr") == reply
    library.remove_own_copy("reply", "standard", "fr")
    assert not library.is_own("reply", "fr")
    assert library.source(library.get("reply", "fr")) == reply
    with pytest.raises(UserError, match=r"prompt\.no_own_copy"):
        library.own_source("reply", "fr")
    assert library.save_own_copy("reply", "standard", "fr", mine) == saved


BROKEN = {
    "half a front matter": "+++\ntask =",
    "another task": "{task}",
    "half a character": "{surrogate}",
    "a stranger's tag": "{tag}",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_copy_is_refused_whole_and_the_one_before_serves(copilot: Copilot, reply: str, name: str) -> None:
    library = copilot.prompts.library
    before = library.save_own_copy("reply", "standard", "fr", reply.replace("80 mots", "70 mots"))
    broken = {
        "another task": reply.replace('task = "reply"', 'task = "compose"'),
        "half a character": reply.replace("80 mots", "80 \ud83d mots"),
        "a stranger's tag": reply.replace("{{{facts}}}", "{{facts}}"),
    }.get(name, BROKEN[name])
    with pytest.raises(RepliqueError) as caught:
        library.save_own_copy("reply", "standard", "fr", broken)
    for language in LANGUAGES:
        assert Translator(language).error(caught.value) != caught.value.key
    assert library.get("reply", "fr") == before
    assert kept(copilot) == ["standard.fr.md"]
    assert copilot.prompt_trial.inspect(broken, "reply", "fr").problems[0].wording.key == caught.value.key


def test_a_copy_broken_by_hand_is_listed_and_can_be_mended(copilot: Copilot, reply: str) -> None:
    library = copilot.prompts.library
    library.save_own_copy("reply", "standard", "fr", reply)
    (copilot.profile.prompts / "reply" / "standard.fr.md").write_text("+++\n", encoding="utf-8")
    entries = {(one.task, one.language): one for one in copilot.prompt_trial.list()}
    assert len(entries) == len(TASKS) * len(LANGUAGES)
    broken = entries["reply", "fr"]
    assert (broken.is_own, broken.is_shipped, broken.is_broken) == (True, True, True)
    sane = entries["reply", "en"]
    assert (sane.is_own, sane.is_broken, bool(sane.description)) == (False, False, True)
    assert library.own_source("reply", "fr") == "+++\n"
    library.remove_own_copy("reply", "standard", "fr")
    assert not any(one.is_broken or one.is_own for one in copilot.prompt_trial.list())


def test_a_prompt_of_ones_own_has_no_original(copilot: Copilot, reply: str) -> None:
    library = copilot.prompts.library
    library.save_own_copy("reply", "court", "fr", reply.replace('name = "standard"', 'name = "court"'))
    assert library.is_own("reply", "fr", "court")
    with pytest.raises(UserError, match=r"prompt\.unknown"):
        library.shipped_source("reply", "fr", "court")
    (entry,) = [one for one in copilot.prompt_trial.list() if one.name == "court"]
    assert (entry.is_own, entry.is_shipped) == (True, False)
    with pytest.raises(UserError, match=r"prompt\.unknown"):
        library.shipped_source("reply", "fr", "../../x")
