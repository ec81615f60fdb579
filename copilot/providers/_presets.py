"""What is known beforehand about common services that speak the OpenAI protocol."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Preset:
    """One service.

    ``limit_name`` is how it calls the limit of the answer; ``usage_on_request`` says whether token counts in a
    stream must be asked for with ``stream_options``.
    """

    name: str
    base_url: str
    needs_key: bool
    limit_name: str = "max_tokens"
    usage_on_request: bool = True

    @property
    def path(self) -> str:
        """Path of the API on its host."""
        return "/" + self.base_url.split("/", 3)[3] if self.base_url else "/v1"


#: Addresses as the services' own documentation gives them. OpenAI's newer models refuse ``max_tokens``; Mistral
#: counts tokens in every stream without being asked.
PRESETS = {
    preset.name: preset
    for preset in (
        Preset("openai", "https://api.openai.com/v1", True, limit_name="max_completion_tokens"),
        Preset("mistral", "https://api.mistral.ai/v1", True, usage_on_request=False),
        Preset("openrouter", "https://openrouter.ai/api/v1", True),
        Preset("ollama", "http://127.0.0.1:11434/v1", False),
        Preset("lmstudio", "http://127.0.0.1:1234/v1", False),
        Preset("vllm", "http://127.0.0.1:8000/v1", False),
        Preset("other", "", False),
    )
}
