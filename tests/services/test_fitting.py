"""A model's text that is too long is sent back once with the reason; then it is shown as it is, never cut."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from copilot.app import Copilot
from copilot.domain.finding import Severity
from copilot.services.conversations import Answered, ReplyRequest
from copilot.services.inspection import Inspected
from copilot.services.posts import Composed, ComposeRequest
from tests.services.bench import demo_brand, opened, thread_of

BRIEF = "L’atelier ouvre ses portes le samedi 10 avril 2027, à Moulins. Entrée libre."
LONG = "L’atelier ouvre ses portes à Moulins. " * 10
SHORT = "L’atelier ouvre ses portes à Moulins."
ASKED_AGAIN = "280 is the limit"


async def composed(copilot: Copilot, **changes: Any) -> Inspected:
    request = ComposeRequest(BRIEF, networks=("x",), provider="essai", author="Nora", variants=1)
    done = [one async for one in copilot.posts.stream(replace(request, **changes)) if isinstance(one, Composed)]
    assert len(done) == 1
    assert done[0].inspected
    return done[0].inspected


def is_too_long(inspected: Inspected) -> bool:
    return any(one.rule == "length" and one.severity is Severity.BLOCKS for one in inspected.findings)


async def test_a_text_too_long_is_asked_again_with_the_count_and_the_limit(tmp_path: Path) -> None:
    async with opened(tmp_path, {"text": SHORT, "match": ASKED_AGAIN}, LONG) as copilot:
        done = await composed(copilot)
        with copilot.store().read() as work:
            (run,) = work.runs.list()
    assert done.item.text == SHORT
    assert not is_too_long(done)
    assert run.usage.tokens_out >= len(LONG) // 8, "both rounds are paid for"


async def test_a_second_text_too_long_is_shown_as_not_fitting_and_whole(tmp_path: Path) -> None:
    async with opened(tmp_path, LONG) as copilot:
        done = await composed(copilot)
    assert done.item.text == LONG.strip()
    assert is_too_long(done)
    assert done.blocking


@pytest.mark.parametrize(
    "second",
    [{"error": "server"}, {"text": ""}, {"text": "coupé", "finish": "length"}, {"refusal": "no"}],
    ids=["failed", "empty", "cut", "refused"],
)
async def test_the_first_text_stands_when_no_second_comes(tmp_path: Path, second: dict[str, Any]) -> None:
    async with opened(tmp_path, {**second, "match": ASKED_AGAIN}, LONG) as copilot:
        done = await composed(copilot)
    assert done.item.text == LONG.strip()
    assert is_too_long(done)


async def test_a_text_that_fits_is_asked_once(tmp_path: Path) -> None:
    async with opened(tmp_path, {"text": "redite", "match": ASKED_AGAIN}, SHORT) as copilot:
        assert (await composed(copilot)).item.text == SHORT


async def test_the_limit_of_the_account_counts(tmp_path: Path) -> None:
    async with opened(tmp_path, {"text": "redite", "match": "is the limit"}, LONG) as copilot:
        brand = replace(await demo_brand(copilot), limits={"x": 25_000})
        await copilot.brands.save(brand, by="Nora")
        done = await composed(copilot, brand=brand)
        assert done.measure.limit == 25_000
    assert done.item.text == LONG.strip()
    assert not is_too_long(done)


async def test_hashtags_go_before_the_text_does_not_fit(tmp_path: Path) -> None:
    fitting = "L’atelier ouvre ses portes samedi. " * 8
    async with opened(tmp_path, fitting.strip()[:275]) as copilot:
        done = await composed(copilot)
    assert done.item.text == fitting.strip()[:275]
    assert done.measure.fits


async def test_a_reply_too_long_is_asked_again_and_the_first_keeps_its_pseudonyms(tmp_path: Path) -> None:
    long = "Bonjour [[PERSON_1]], merci. " * 40
    short = {"text": "Merci [[PERSON_1]] !", "match": "is the limit"}
    async with opened(tmp_path, short, long, remote=True) as copilot:
        told = thread_of(("Lucie Martin", "Bonjour, ici Lucie Martin. À quelle heure ouvrez-vous ?"))
        thread = await copilot.conversations.import_thread(told, "fil.jsonl", network="x")
        request = ReplyRequest(thread.thread.id, provider="essai")
        answers = [one async for one in copilot.conversations.stream_reply(request) if isinstance(one, Answered)]
    (answered,) = answers
    assert answered.inspected
    text = answered.inspected.item.text
    assert "[[" not in text
    assert len(text) < 60
