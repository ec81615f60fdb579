"""Every model source keeps its word: declared, light to find, streams, counts, stops when told."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest
from langchain_core.messages import HumanMessage

from copilot.domain.wording import Wording
from copilot.errors import UserError
from copilot.i18n import LANGUAGES, Translator
from copilot.providers import discover
from copilot.providers._fields import Field, checked
from tests.servers.fake_openai import Reply, serving
from tests.servers.models import model_or_skip

SOURCES = discover()
#: Seconds: far more than a stop takes, far less than nine hundred words.
PATIENCE = 10
LONG = " ".join(["Racontez la vie d’un boulanger, heure par heure."] * 3)


@asynccontextmanager
async def _openai(hang: bool) -> AsyncIterator[Mapping[str, str]]:
    async with serving(Reply(pieces=("Bon", "jour"), hang=hang)) as fake:
        yield {"base_url": fake.url, "model": "m"}


@asynccontextmanager
async def _local(hang: bool) -> AsyncIterator[Mapping[str, str]]:
    yield {"path": str(model_or_skip()), "context": "1024", "slots": "1", "threads": "1"}


@asynccontextmanager
async def _scripted(hang: bool) -> AsyncIterator[Mapping[str, str]]:
    yield {"script": json.dumps([{"text": "Bon jour", "hang": hang}])}


#: Settings that work, for each source; ``hang``: of a model that goes on for long.
WORKING = {"openai_compatible": _openai, "local": _local, "scripted": _scripted}


def working(name: str, *, hang: bool = False) -> AbstractAsyncContextManager[Mapping[str, str]]:
    return WORKING[name](hang)


@pytest.fixture(params=SOURCES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_each_source_can_be_tried() -> None:
    assert set(WORKING) == set(SOURCES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_named_in_every_language(name: str, language: str) -> None:
    source, say = SOURCES[name], Translator(language)
    keys = [source.LABEL_KEY]
    for field in source.FIELDS:
        keys += [field.label_key, *([field.help_key] if field.help_key else [])]
        keys += [f"{field.label_key}.{choice}" for choice in field.choices]
    assert [key for key in keys if not say.has(key)] == []


def test_its_fields_are_sound(name: str) -> None:
    fields = SOURCES[name].FIELDS
    assert all(isinstance(field, Field) for field in fields)
    assert len({field.name for field in fields}) == len(fields)
    for field in fields:
        assert (field.kind == "choice") == bool(field.choices)
        assert not (field.required and field.default)
    required = {field.name: "x" for field in fields if field.required}
    assert checked(fields, required).items() >= required.items()


@pytest.mark.parametrize("settings", [{}, {"base_url": "ht!tp://[", "path": "\0", "preset": "?"}, {"unknown": "x"}])
def test_where_text_goes_is_said_for_any_settings(name: str, settings: dict[str, str]) -> None:
    assert SOURCES[name].REMOTE(settings) in (True, False)
    assert isinstance(SOURCES[name].MODEL(settings), str)


async def test_settings_it_does_not_know_are_refused(name: str) -> None:
    async with working(name) as settings:
        with pytest.raises(UserError, match="provider.setting_unknown"):
            async with SOURCES[name].open_model({**settings, "modle": "x"}, None):
                pass


async def test_what_it_needs_is_asked_for(name: str) -> None:
    with pytest.raises(UserError, match="provider.setting_missing") as refused:
        async with SOURCES[name].open_model({}, None):
            pass
    assert isinstance(refused.value.params["label"], Wording)


def test_finding_the_sources_loads_nothing_heavy() -> None:
    code = (
        "import sys; from copilot.providers import discover; discover();"
        "print([n for n in ('langchain_core','langchain_openai','openai','xllamacpp','pydantic') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]"


async def test_it_streams_and_counts(name: str) -> None:
    async with working(name) as settings, SOURCES[name].open_model(settings, None) as model:
        asked = model.bind(temperature=0.0, max_tokens=24, schema=None)
        chunks = [chunk async for chunk in asked.astream([HumanMessage("Say hello in one short sentence.")])]
    texts = [chunk.content for chunk in chunks if chunk.content]
    assert len(texts) >= 2
    assert {chunk.response_metadata.get("finish_reason") for chunk in chunks} & {"stop", "length"}
    usage = [chunk.usage_metadata for chunk in chunks if chunk.usage_metadata]
    assert len(usage) == 1
    assert usage[0]["input_tokens"] > 0
    assert usage[0]["output_tokens"] > 0


async def test_a_whole_answer_can_be_awaited(name: str) -> None:
    async with working(name) as settings, SOURCES[name].open_model(settings, None) as model:
        answer = await model.bind(temperature=0.0, max_tokens=16, schema=None).ainvoke("Say hello.")
    assert answer.content
    assert answer.response_metadata["finish_reason"] in ("stop", "length")


async def test_it_stops_when_told(name: str) -> None:
    async with working(name, hang=True) as settings, SOURCES[name].open_model(settings, None) as model:
        first = asyncio.Event()

        async def read() -> None:
            async for chunk in model.bind(temperature=0.9, max_tokens=900, schema=None).astream(LONG):
                if chunk.content:
                    first.set()

        task = asyncio.create_task(read())
        await asyncio.wait_for(first.wait(), 60)
        task.cancel()
        await asyncio.wait([task], timeout=PATIENCE)
        assert task.cancelled()


async def test_it_answers_several_at_once(name: str) -> None:
    async with working(name) as settings, SOURCES[name].open_model(settings, None) as model:
        asked = model.bind(temperature=0.0, max_tokens=8, schema=None)
        answers = await asyncio.gather(*(asked.ainvoke("Say hello.") for _ in range(8)))
    assert len([answer for answer in answers if answer.content]) == 8
