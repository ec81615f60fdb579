"""How quick and how right the rules are: messages in a second of one core, languages, spam, insults, false alarms.

Speed is counted in time of this process, whatever else the machine does, and again as a ratio to py3langid telling the
language alone, over the same messages in the same run: on a quiet machine of 2 cores it tells 36,000 a second.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

ROOT = Path(__file__).resolve().parent.parent
EVALS = ROOT / "tests" / "data" / "evals"
EXEMPLARS = ROOT / "assets" / "intelligence"
SHARED = Path(os.environ.get("REPLIQUE_SHARED") or ROOT.parent / "shared") / "datasets"

#: Messages a second that are wanted, and what py3langid tells where the machine is quiet.
WANTED, REFERENCE = 10_000, 36_000
#: Messages of the large load, and how many are answered first.
MANY, FIRST = 100_000, 32
ROUNDS, AT_ONCE = 7, 200

Line = TypeVar("Line")
Row = tuple[str, str]


def rows(path: Path) -> list[Row]:
    """The texts and labels of a JSON Lines file."""
    told = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    return [(one["text"], str(one.get("label", ""))) for one in told]


def comments() -> list[str]:
    """Comments of customers: exemplars, sets of intents, comments under videos where they are at hand."""
    files = [*sorted(EXEMPLARS.glob("exemplars.*.jsonl")), *sorted((EVALS / "inbox").glob("intents.*.jsonl"))]
    files += [path for path in [SHARED / "spam_youtube_en.jsonl"] if path.is_file()]
    return [text for path in files for text, _label in rows(path)]


def _best(action: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The least seconds of this process that ``action`` took."""
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        action()
        taken.append(time.process_time() - start)
    return min(taken)


def speed_lines(line: Callable[..., Line]) -> Iterator[Line]:
    """Messages in a second, with and without the screen for hostile texts, beside py3langid alone."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    from copilot.intelligence.triage import Asked, RuleTriage

    texts = comments()
    alone = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    alone.set_languages(["fr", "en", "es", "de", "it", "nl"])
    asked = [Asked(text) for text in texts]

    def read(rules: RuleTriage) -> Callable[[], object]:
        return lambda: [rules.triage_batch(asked[at : at + AT_ONCE]) for at in range(0, len(asked), AT_ONCE)]

    def told() -> object:
        return [alone.classify(text) for text in texts]

    plain, whole = read(RuleTriage(screen=False)), read(RuleTriage())
    # In turns: what else the machine does falls on all three.
    each = [(_best(told, 1), _best(plain, 1), _best(whole, 1)) for _ in range(ROUNDS)]
    by_langid, by_plain, by_whole = (len(texts) / min(one) for one in zip(*each, strict=True))
    yield line(f"py3langid alone, {len(texts)} comments", f"{by_langid:,.0f} messages/s", "", None)
    least = WANTED / REFERENCE
    for name, found in (("rules and language", by_plain), ("rules, language, hostile", by_whole)):
        ratio = found / by_langid
        holds = found >= WANTED or ratio >= least
        yield line(
            name,
            f"{found:,.0f} messages/s ({ratio:.2f} of py3langid)",
            f">= {WANTED:,} or {least:.2f} of py3langid",
            holds,
        )


def many_lines(line: Callable[..., Line]) -> Iterator[Line]:
    """100,000 comments that all differ, in one process from its start: seconds of processor, and until the first."""
    chance = random.Random(3)
    texts = comments()
    with TemporaryDirectory() as folder:
        source = Path(folder) / "many.jsonl"
        with source.open("w", encoding="utf-8") as file:
            for number in range(MANY):
                more = " ".join(chance.choice(texts).split()[: chance.randint(0, 4)])
                file.write(json.dumps({"text": f"{chance.choice(texts)} {more} {number}"}, ensure_ascii=False) + "\n")
        command = [sys.executable, "-m", "copilot", "--profile", folder, "triage", "--jsonl", "--rules-only"]
        before, start = os.times(), time.perf_counter()
        with (
            source.open("rb") as asked,
            subprocess.Popen(command, stdin=asked, stdout=subprocess.PIPE, cwd=ROOT) as run,
        ):
            assert run.stdout is not None
            run.stdout.readline()
            first = time.perf_counter() - start
            count = 1 + sum(1 for _ in run.stdout)
        after, seconds = os.times(), time.perf_counter() - start
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    share = spent / seconds
    yield line(f"first answers of {count:,} lines", f"{first:.1f} s ({share:.2f} of a core was had)", "", None)
    yield line(f"{count:,} lines by rules, whole process", f"{spent:.1f} s of processor, {seconds:.1f} s", "", None)


def right_lines(line: Callable[..., Line]) -> Iterator[Line]:
    """How right languages, spam and insults are."""
    from copilot.text.language import detect

    def share(told: Sequence[Row]) -> float:
        return sum(detect(text) == label for text, label in told) / len(told)

    whole = [(text, name) for name in ("fr", "en") for text, _ in rows(EXEMPLARS / f"exemplars.{name}.jsonl")]
    whole = [(text, name) for text, name in whole if len(text.split()) >= 5]
    four = [(" ".join(text.split()[:4]), name) for text, name in whole]
    for name, told, least in (("whole", whole, 0.98), ("first 4 words", four, 0.94)):
        found = share(told)
        yield line(f"language, {name} ({len(told)})", f"{found:.1%}", f">= {least:.0%}", found >= least)
    found = share(rows(EVALS / "short_language.jsonl"))
    yield line("language, very short comments", f"{found:.1%}", ">= 94%", found >= 0.94)
    yield from _flag_lines(line)


def _flag_lines(line: Callable[..., Line]) -> Iterator[Line]:
    from copilot.intelligence.triage import Asked, RuleTriage

    rules = RuleTriage(screen=False)
    told = rows(EVALS / "inbox" / "ordinary_complaints.jsonl")
    read = rules.triage_batch([Asked(text) for text, _ in told])
    ordinary = [one.explicit_toxic or one.possibly_hateful for one, (_, label) in zip(read, told, strict=True)
                if label == "ordinary"]  # fmt: skip
    insults = [one.explicit_toxic for one, (_, label) in zip(read, told, strict=True) if label != "ordinary"]
    wrong, caught = sum(ordinary) / len(ordinary), sum(insults) / len(insults)
    yield line(f"ordinary complaints flagged ({len(ordinary)})", f"{wrong:.1%}", "<= 2%", wrong <= 0.02)
    yield line(f"plain insults flagged ({len(insults)})", f"{caught:.1%}", "", None)
    spam = SHARED / "spam_youtube_en.jsonl"
    if not spam.is_file():
        yield line("spam", f"{spam.name} is not here", "", None)
        return
    told = rows(spam)
    hits = [one.intent.value == "spam" for one in rules.triage_batch([Asked(text) for text, _ in told])]
    truth = [label == "spam" for _, label in told]
    f1 = 2 * sum(map(bool.__and__, hits, truth)) / (sum(hits) + sum(truth))
    yield line(f"spam ({len(told)}; held out: scripts/train_toxicity.py)", f"F1 {f1:.3f}", ">= 0.92", f1 >= 0.92)


def triage_lines(line: Callable[..., Line]) -> Iterator[Line]:
    """All of it."""
    yield from speed_lines(line)
    yield from many_lines(line)
    yield from right_lines(line)
