"""What is said once drafts made together were taken away together."""

from __future__ import annotations

from copilot.i18n import Translator


def taken_away(t: Translator, gone: int, kept: int) -> str:
    """How many drafts are ``gone``, and how many were ``kept`` because a person took them further."""
    said = [t("ui.drafts.gone", count=gone)] if gone or not kept else []
    if kept:
        said.append(t("ui.drafts.kept", count=kept))
    return " ".join(said)
