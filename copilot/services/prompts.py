"""Prompts: the person's or the shipped ones, and the values services fill them with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from copilot.domain.brand import Brand
from copilot.domain.conversation import Approach
from copilot.domain.network import Network
from copilot.domain.prompt import Prompt
from copilot.errors import UserError
from copilot.i18n import Translator
from copilot.paths import Profile, prompts_dir
from copilot.prompting.body import parts
from copilot.prompting.library import PromptLibrary
from copilot.prompting.template import declared_only, render
from copilot.prompting.voice import (
    approach_line,
    brand_voice,
    fact_lines,
    language_name,
    length_line,
    network_rules,
    none_line,
    rewrite_line,
    shortened,
)

#: Characters shown to a model of the message it answers, and of each one before it.
LONGEST_MESSAGE, LONGEST_CONTEXT = 8_000, 2_000
#: Replies of the brand that a model is shown.
EXAMPLES = 3
#: How variants differ when a model writes them: asked for in turn, so that no two are built alike.
STRUCTURES = ("announce", "question", "benefit", "practical", "story")


class Prompts:
    """The prompt library of a profile."""

    def __init__(self, profile: Profile) -> None:
        self.library = PromptLibrary(prompts_dir(), profile.prompts)

    def get(self, task: str, language: str, name: str = "standard") -> Prompt:
        """The prompt to use; the person's own copy wins. Raises UserError ``prompt.unknown``."""
        return self.library.get(task, language if language in ("fr", "en") else "fr", name)

    def instructions(self, language: str, name: str) -> str:
        """What a model is told before it writes a reply: by the prompt ``name``, else by the usual one."""
        try:
            prompt = self.get("reply", language, name)
        except UserError:
            prompt = self.get("reply", language)
        system, _user = parts(prompt.body, path=prompt.name)
        return system.text

    def filled(self, prompt: Prompt, values: Mapping[str, str]) -> Mapping[str, str]:
        """Of ``values``, those this prompt asks for: a person's copy may do without some."""
        return declared_only(prompt, values)

    def structures(self, language: str) -> tuple[str, ...]:
        """The ways to build a post that variants are asked for in turn."""
        t = Translator(language)
        return tuple(t(f"post.structure.{name}") for name in STRUCTURES)

    def compose_values(
        self, *, brand: Brand | None, today: date, network: Network, language: str, structure: str, brief: str
    ) -> Mapping[str, str]:
        """The inputs of the ``compose`` prompts."""
        return {
            "brand_voice": brand_voice(brand, language) if brand else none_line(language),
            "facts": fact_lines(brand.facts if brand else (), today, language),
            "network_rules": network_rules(network, language, hashtags=False),
            "language_name": language_name(language, language),
            "structure": structure,
            "brief": brief,
        }

    def reply_values(
        self,
        *,
        brand: Brand | None,
        today: date,
        language: str,
        approach: Approach | None,
        context: Sequence[str],
        message: str,
        similar: Sequence[str] = (),
        intent: str = "",
    ) -> Mapping[str, str]:
        """The inputs of the ``reply`` prompts.

        ``similar`` are replies to such messages, without anybody's details; what is saved for another ``intent`` than
        that of the message is no example.
        """
        contact = brand.contact.private_channel if brand else ""
        playbooks = brand.playbooks if brand else ()
        saved = [one.text for one in playbooks if one.language == language and (not intent or one.intent == intent)]
        examples = list(dict.fromkeys([*similar, *saved]))[:EXAMPLES]
        return {
            "brand_voice": brand_voice(brand, language) if brand else none_line(language),
            "facts": fact_lines(brand.facts if brand else (), today, language),
            "approach": approach_line(approach, language),
            "language_name": language_name(language, language),
            "private_channel": contact or none_line(language),
            "examples": "\n---\n".join(examples) or none_line(language),
            "thread_context": "\n\n".join(shortened(one, LONGEST_CONTEXT, language) for one in context)
            or none_line(language),
            "message": shortened(message, LONGEST_MESSAGE, language),
        }

    def rewrite_values(
        self, *, brand: Brand | None, network: Network, language: str, target: str, rewrite: str, limit: int, text: str
    ) -> Mapping[str, str]:
        """The inputs of the ``rewrite`` prompts.

        ``language`` is that of the text and of the prompt, ``target`` that of the result, ``rewrite`` a word of
        ``copilot.prompting.voice.REWRITES``, ``limit`` the most characters, 0 for any number.
        """
        asked = rewrite_line(rewrite, language)
        return {
            "brand_voice": brand_voice(brand, language) if brand else none_line(language),
            "instruction": f"{asked} {length_line(limit, language)}" if limit else asked,
            "network_rules": network_rules(network, language, hashtags=False),
            "language_name": language_name(target, language),
            "text": text,
        }

    def adapt_values(self, *, brand: Brand | None, network: Network, language: str, text: str) -> Mapping[str, str]:
        """The inputs of the ``adapt`` prompts."""
        return {
            "brand_voice": brand_voice(brand, language) if brand else none_line(language),
            "network_rules": network_rules(network, language, hashtags=False),
            "language_name": language_name(language, language),
            "text": text,
        }


def rendered(prompt: Prompt, values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Exactly what a model would be sent, as (role, text). Raises UserError for a missing or unknown variable."""
    return tuple(render(prompt, values))
