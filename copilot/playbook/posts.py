"""Posts without a model: built from the sentences and the facts of a brief, laid out for each network.

Nothing is invented: every figure, date, name and link stands in the brief. What the writer adds is a few
phrases of ``assets/playbooks/posts.<language>.toml`` that state nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from copilot.domain.brand import Address, Brand, EmojiPolicy, Typography
from copilot.domain.network import Network
from copilot.domain.post import FoundFact, Hashtag, PostProposal
from copilot.errors import UserError
from copilot.playbook.post_brief import Unit, public_units
from copilot.playbook.post_capitals import calm_of, calm_title
from copilot.playbook.post_details import DetailReader
from copilot.playbook.post_habits import ARTICLE, MICRO, Habits, habits_of
from copilot.playbook.post_lexicon import PostLexicon, post_lexicon
from copilot.playbook.post_material import Material, MaterialReader
from copilot.playbook.post_press import asked_hashtags, has_embargo
from copilot.playbook.post_structures import DETAIL, STRUCTURES, Layout, Pen
from copilot.playbook.post_typography import set_for, typeset

_EMOJI = re.compile(
    "[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55]\ufe0f?(?:\u200d[\U0001f000-\U0001faff\u2600-\u27bf]\ufe0f?)*"
)
_DETAIL_EMOJI = {"when": "📅", "where": "📍", "price": "💶"}


def compose_posts(
    brief: str,
    *,
    facts: Sequence[FoundFact],
    hashtags: Sequence[Hashtag],
    brand: Brand | None,
    network: Network,
    language: str,
    variants: int = 3,
    address: Address | None = None,
    seed: str = "",
) -> tuple[PostProposal, ...]:
    """Up to ``variants`` posts for one network, each built differently; the same input gives the same posts.

    At least three structures suit any brief; past those that suit it, no more posts come. The body, an empty
    line and the hashtags fit the network's limit together, or the shortest form is returned as it is.

    Args:
        brief: the brief as plain text or Markdown; its first 100,000 characters are read.
        facts: what was read in ``brief``, offsets into it.
        hashtags: in order of worth; the network's cap cuts the list.
        brand: its emoji policy and its name are used; None means no emoji.
        network: where the posts go.
        language: ``fr`` or ``en``, of the phrases added around the brief's own sentences.
        variants: how many posts are wanted, 1 at least.
        address: tu or vous; the brand's own by default.
        seed: another seed chooses other phrases and another order.

    Raises:
        UserError: ``posts.nothing_public`` when the brief holds nothing for the public.
    """
    read = public_units(brief)
    if not read:
        raise UserError("posts.nothing_public")
    calm = calm_of(read, facts)
    units: Sequence[Unit] = [calm_title(replace(unit, text=calm(unit.text)), read) for unit in read]
    lexicon = post_lexicon(language)
    habits = habits_of(network)
    chosen = address or (brand.voice.address if brand else Address.VOUS)
    if brand and brand.voice.emoji is EmojiPolicy.NONE:
        units = _without_emoji(units)
    writer = _Writer(habits, lexicon, brand, chosen, f"{seed}\n{network.id}")
    details = DetailReader(brief, facts, lexicon, calm)
    material = MaterialReader(units, details, lexicon, habits, chosen).read()
    tags = tuple(hashtags[: _most_hashtags(network)])
    first = lexicon.words["embargo"] if has_embargo(brief) else ""
    style = brand.style.typography if brand else Typography.FRANCE
    posts: list[PostProposal] = []
    for name, layout in writer.layouts(material):
        text, kept = _fitted(layout, tags, network, habits, lexicon.language, first, style)
        if text and all(text != post.text for post in posts):
            posts.append(PostProposal(network.id, text, kept, name, language))
        if len(posts) >= max(variants, 1):
            break
    return tuple(posts)


def public_text(brief: str, language: str) -> str:
    """What ``brief`` says to the public, one piece a line, and the hashtags it asks for; empty when nothing is public.

    Args:
        brief: the brief as plain text or Markdown; its first 100,000 characters are read.
        language: ``fr`` or ``en``, in whose signs the text is set.
    """
    units = public_units(brief)
    if not units:
        return ""
    return typeset("\n".join([*(unit.text for unit in units), *asked_hashtags(brief)]), language)


def _is_subject(title: str) -> bool:
    """True for a title that can stand before a colon and a question."""
    return 0 < len(title) <= 60 and not re.search(r"[:?!.;]", title)


@dataclass(frozen=True, slots=True)
class _Writer:
    """Chooses the phrases and the structures, by the seed alone."""

    habits: Habits
    lexicon: PostLexicon
    brand: Brand | None
    address: Address
    seed: str

    def layouts(self, material: Material) -> Iterator[tuple[str, Layout]]:
        order = list(self.habits.structures)
        if self.seed.split("\n", 1)[0]:
            turn = self._number("order") % 3
            order = order[turn:3] + order[:turn] + order[3:]
        suited = []
        pen = self._pen(material)
        for name in order:
            layout = STRUCTURES[name](material, pen)
            if layout:
                suited.append((name, layout))
        yield from suited

    def _pen(self, material: Material) -> Pen:
        words = self.lexicon
        return Pen(
            habits=self.habits,
            lexicon=words,
            hook=self._hook(material),
            lead=self._pick("lead", self._phrases(words.leads, material.theme)),
            closing=self._closing(material.theme),
            emoji=self._emoji(material),
            detail_emoji=_DETAIL_EMOJI if self._free() else None,
            call_emoji="👉" if self._free() else "",
        )

    def _phrases(self, table: object, theme: str) -> list[str]:
        by_address = table if isinstance(table, dict) else {}
        phrases = by_address.get(self.address.value) or by_address.get("vous") or {}
        return list(phrases.get(theme) or phrases["general"])

    def _hook(self, material: Material) -> str:
        """A question of the theme that the material can fill: its date or its own title before any other."""
        fits = []
        for phrase in self._phrases(self.lexicon.hooks, material.theme):
            if "{when}" in phrase:
                if material.when and material.undated:
                    return phrase.replace("{when}", material.when)
            elif "{subject}" in phrase:
                if _is_subject(material.title):
                    return phrase.replace("{subject}", material.title)
            else:
                fits.append(phrase)
        return self._pick("hook", fits)

    def _closing(self, theme: str) -> str:
        closings = self.lexicon.closings.get(self.address.value) or self.lexicon.closings["vous"]
        if theme in closings and theme != "general":
            return closings[theme]
        return closings["general"] if self.habits.comments else ""

    def _emoji(self, material: Material) -> str:
        policy = self.brand.voice.emoji if self.brand else EmojiPolicy.NONE
        if policy is EmojiPolicy.NONE or (not self.habits.emoji and policy is not EmojiPolicy.FREE):
            return ""
        if self.habits.family == ARTICLE or _EMOJI.search(f"{material.title} {material.announcement}"):
            return ""
        return self.lexicon.emoji.get(material.theme, "")

    def _free(self) -> bool:
        free = self.brand is not None and self.brand.voice.emoji is EmojiPolicy.FREE
        return free and self.habits.family not in (ARTICLE, MICRO)

    def _pick(self, purpose: str, phrases: Sequence[str]) -> str:
        return phrases[self._number(purpose) % len(phrases)] if phrases else ""

    def _number(self, purpose: str) -> int:
        digest = hashlib.sha256(f"{purpose}\n{self.seed}".encode("utf-8", "replace")).digest()
        return int.from_bytes(digest[:4], "big")


def _without_emoji(units: Sequence[Unit]) -> tuple[Unit, ...]:
    return tuple(replace(unit, text=re.sub(r" {2,}", " ", _EMOJI.sub("", unit.text)).strip()) for unit in units)


def _most_hashtags(network: Network) -> int:
    rules = network.hashtags
    return rules.advised[1] if rules.max is None else min(rules.max, rules.advised[1])


def _fitted(
    layout: Layout,
    tags: tuple[Hashtag, ...],
    network: Network,
    habits: Habits,
    language: str,
    first: str,
    style: Typography,
) -> tuple[str, tuple[Hashtag, ...]]:
    """The fullest text that holds the habit's length, then the network's limit, with as many tags as fit.

    The least important sentences go first, then hashtags, then the practical lines and the call to action.
    """
    limits = [10**6, *layout.ranks]
    texts = [_shown(layout.kept(limit), network, language, first, style) for limit in limits]
    fullest = next((index for index, text in enumerate(texts) if len(text) <= habits.target), len(limits) - 1)
    firm = [index for index, limit in enumerate(limits) if limit > DETAIL]
    fullest = min(fullest, firm[-1])
    attempts = [(index, len(tags)) for index in firm if index >= fullest]
    attempts += [(firm[-1], count) for count in range(len(tags) - 1, -1, -1)]
    attempts += [(index, 0) for index in range(firm[-1] + 1, len(limits))]
    for index, count in attempts:
        if texts[index] and _fits(texts[index], tags[:count], network):
            return texts[index], tags[:count]
    return texts[-1] or texts[0], ()


def _shown(layout: Layout, network: Network, language: str, first: str, style: Typography) -> str:
    """The post as it is read, after ``first``, an open slot that nobody can approve as it stands."""
    body = layout.text
    return set_for(network, typeset(f"{first}\n\n{body}" if first and body else body, language), language, style)


def _fits(text: str, tags: Sequence[Hashtag], network: Network) -> bool:
    from copilot.text.measure import measure

    outgoing = "\n\n".join(part for part in (text, " ".join(f"#{tag.tag}" for tag in tags)) if part)
    return measure(outgoing, network).fits
