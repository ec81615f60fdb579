"""How right the words are: hashtags, checks and claims against texts whose right answer a person wrote by hand.

Reads ``tests/data/evals/words/*.jsonl`` (or the files given), prints one line a set. Nothing is timed here.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "data" / "evals" / "words"
TODAY = date(2026, 11, 21)


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure of one set. ``wanted`` begins with its comparison; ``misses`` say what is wrong, for a person."""

    name: str
    value: float
    wanted: str
    misses: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """True when the figure is what is wanted."""
        sign, limit = self.wanted.split()
        return self.value >= float(limit) if sign == ">=" else self.value <= float(limit)


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def folded(text: str) -> str:
    """Letters and digits only, without case and accents."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    return re.sub(r"[^a-z0-9]", "", plain.casefold())


def alike(tag: str, variants: Sequence[str]) -> bool:
    """The same words, or one is most of the other: ``CoursDePoterie`` and ``Poterie``."""
    told = folded(tag)
    for variant in map(folded, variants):
        short, long = sorted((told, variant), key=len)
        if told == variant or (len(short) >= 4 and short in long and len(short) * 2 >= len(long)):
            return True
    return False


def hashtags(cases: Sequence[dict[str, Any]]) -> Iterator[Figure]:
    """Precision of the first eight, and how many of the tags a person would accept are found (eight at most)."""
    from copilot import networks
    from copilot.text.facts import find_facts
    from copilot.text.hashtags import suggest

    right = given = found = wanted = 0
    misses = []
    for case in cases:
        facts = find_facts(case["brief"], case["language"])
        network = networks.get("mastodon")
        told = [
            one.tag
            for one in suggest(case["brief"], case["language"], facts=facts, brand=None, network=network, limit=8)
        ]
        good = [tag for tag in told if any(alike(tag, variants) for variants in case["gold"])]
        reached = [variants for variants in case["gold"] if any(alike(tag, variants) for tag in told)]
        right, given = right + len(good), given + len(told)
        found, wanted = found + min(len(reached), 8), wanted + min(len(case["gold"]), 8)
        bad = [tag for tag in told if tag not in good]
        misses.append(f"{case['id']}: wrong {bad}; not given {[v[0] for v in case['gold'] if v not in reached]}")
    yield Figure("precision at 8", right / max(given, 1), ">= 0.8", tuple(misses))
    yield Figure("recall at 8", found / max(wanted, 1), ">= 0.85")


def _checked(case: dict[str, Any]) -> tuple[Any, ...]:
    from copilot import checks, networks
    from copilot.domain.brand import Address, Brand, VoiceProfile

    address = case.get("address") or case.get("brand_address") or "vous"
    brand = Brand("marque", "Marque", voice=VoiceProfile(address=Address(address)))
    draft = checks.Draft(
        text=case["text"],
        network=networks.get(case["network"]),
        part=case.get("part", "post"),
        kind=case.get("part", "post"),
        language=case["language"],
    )
    return checks.check(draft, checks.Context(brand, (), (), TODAY, sourced=False))


def ordinary(cases: Sequence[dict[str, Any]]) -> Iterator[Figure]:
    """False alarms on correct texts."""
    from copilot.domain.finding import Severity

    told: dict[Severity, list[str]] = {severity: [] for severity in Severity}
    for case in cases:
        for one in _checked(case):
            told[one.severity].append(f"{case['id']}: {one.rule}: {case['text'][one.start : one.end][:60]!r}")
    yield Figure("blocking a text", len(told[Severity.BLOCKS]) / len(cases), "<= 0", tuple(told[Severity.BLOCKS]))
    yield Figure("warnings a text", len(told[Severity.WARNS]) / len(cases), "<= 0.2", tuple(told[Severity.WARNS]))
    rules = Counter(one.split(": ")[1] for one in told[Severity.ADVISES])
    advised = tuple(f"{n} x {rule}" for rule, n in rules.most_common())
    yield Figure("advice a text", len(told[Severity.ADVISES]) / len(cases), "<= 3", advised)


def faulty(cases: Sequence[dict[str, Any]]) -> Iterator[Figure]:
    """Planted faults that are pointed at."""
    missed = []
    for case in cases:
        start = case["text"].find(case["quote"])
        end = start + len(case["quote"])
        hit = any(
            (one.start < max(end, start + 1) and one.end > start) or one.start == one.end == len(case["text"])
            for one in _checked(case)
        )
        if not hit:
            missed.append(f"{case['id']}: {case['fault']}: {case['quote']!r}")
    yield Figure("faults found", 1 - len(missed) / len(cases), ">= 0.9", tuple(missed))


def claims(cases: Sequence[dict[str, Any]]) -> Iterator[Figure]:
    """Planted errors that are found, and supported claims that are doubted."""
    from copilot.services.claims import judge_text, read_sources

    planted = found = exact = 0
    missed, alarms = [], []
    for case in cases:
        answers = judge_text(case["draft"], read_sources(case["sources"]), date.fromisoformat(case["today"]))
        doubted = [(one.claim, one.status) for one in answers if one.status != "supported"]
        spans = []
        for error in case["expected"]:
            planted += 1
            start = case["draft"].find(error["quote"])
            end = start + len(error["quote"])
            spans.append((start, end))
            hits = [status for claim, status in doubted if claim.start < end and claim.end > start]
            found += bool(hits)
            exact += error["status"] in hits
            if not hits:
                missed.append(f"{case['id']}: {error['status']}: {error['quote']!r}")
        for claim, status in doubted:
            if not any(claim.start < end and claim.end > start for start, end in spans):
                alarms.append(f"{case['id']}: {status} {claim.kind}: {claim.quote!r}")
    yield Figure("planted errors found", found / max(planted, 1), ">= 0.95", tuple(missed))
    yield Figure("false alarms a text", len(alarms) / len(cases), "<= 0.1", tuple(alarms))
    yield Figure("of the right status", exact / max(found, 1), ">= 0.8")


#: Kinds a person can count; names, places and calls to action are a matter of taste and only told.
MEASURED = ("price", "date", "time", "percentage", "quantity", "link", "email", "phone")


def facts(cases: Sequence[dict[str, Any]]) -> Iterator[Figure]:
    """Precision and recall by kind, on kind and normalised form; a fact said twice counts once a brief."""
    from copilot.text.facts import find_facts

    right: Counter[str] = Counter()
    given: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    wrong: dict[str, list[str]] = defaultdict(list)
    missed: dict[str, list[str]] = defaultdict(list)
    for case in cases:
        told = {(one.kind.value, one.normalised) for one in find_facts(case["brief"], case["language"])}
        gold = {(one["kind"], one["normalised"]) for one in case["gold"]}
        given.update(kind for kind, _ in told)
        wanted.update(kind for kind, _ in gold)
        right.update(kind for kind, _ in told & gold)
        for kind, value in sorted(told - gold):
            wrong[kind].append(f"{case['id']}: not a fact: {kind} {value!r}")
        for kind, value in sorted(gold - told):
            missed[kind].append(f"{case['id']}: not found: {kind} {value!r}")
    for kind in (*MEASURED, "product", "place", "call_to_action"):
        limit = ">= 0.9" if kind in MEASURED else ">= 0"
        if given[kind] or wanted[kind]:
            yield Figure(f"{kind} precision", right[kind] / max(given[kind], 1), limit, tuple(wrong[kind]))
        if wanted[kind]:
            yield Figure(f"{kind} recall", right[kind] / wanted[kind], limit, tuple(missed[kind]))


SETS: dict[str, Callable[[Sequence[dict[str, Any]]], Iterator[Figure]]] = {
    "hashtags": hashtags,
    "ordinary": ordinary,
    "faulty": faulty,
    "claims": claims,
    "facts": facts,
}


def figures(paths: Iterable[Path]) -> Iterator[tuple[str, Figure]]:
    """The figures of each file, by its name."""
    for path in sorted(paths):
        for figure in SETS[path.name.partition(".")[0]](rows(path)):
            yield path.stem, figure


def main(arguments: Sequence[str]) -> int:
    """Print the figures; with ``-v`` what is wrong too."""
    told = [Path(one) for one in arguments if one != "-v"]
    for name, figure in figures(told or FOLDER.glob("*.jsonl")):
        mark = "" if figure.holds else "  <-- misses"
        print(f"{name:20} {figure.name:22} {figure.value:6.3f}  {figure.wanted}{mark}")
        if "-v" in arguments:
            print("".join(f"    {miss}\n" for miss in figure.misses), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
