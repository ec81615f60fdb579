"""Spaces, quotation marks, apostrophes, capitals and figures as the language and the house write them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.domain.brand import HouseStyle, Typography
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording
from copilot.text.measure import measure
from copilot.text.typography import Edit, Reason, applied, edits, fitting, size_on

NAME = "typography"
SEVERITY = Severity.ADVISES

#: Places shown one by one; the rest of a longer text is one finding.
MOST = 200


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Advises of each place, with its fix. What would make the text too long is no automatic fix, and says so."""
    style = context.brand.style.typography if context.brand else Typography.FRANCE
    found = edits(draft.text, draft.language, draft.network, style, part=draft.part)
    if not found:
        return
    found = fitting(draft.text, found, lambda text: _fits(draft, text), size_on(draft.network, draft.part))
    for edit in found[:MOST]:
        yield _finding(draft.text, edit)
    if len(found) > MOST:
        yield _rest(draft.text, found[MOST:])


def _fits(draft: Draft, text: str) -> bool:
    return measure(replace(draft, text=text).whole, draft.network, draft.part, with_media=draft.has_media).fits


def _finding(text: str, edit: Edit) -> Finding:
    wording = _WORDINGS[edit.reason] if edit.fits else _NO_ROOM
    shown = text[edit.start : edit.end]
    return Finding(NAME, SEVERITY, edit.start, edit.end, wording, shown, edit.replacement, automatic=edit.fits)


def _rest(text: str, found: list[Edit]) -> Finding:
    start, end = found[0].start, found[-1].end
    fits = all(edit.fits for edit in found)
    moved = [replace(edit, start=edit.start - start, end=edit.end - start) for edit in found if edit.fits or not fits]
    fix = applied(text[start:end], moved)
    wording = Wording("check.typography.rest", {"count": len(found)}) if fits else _NO_ROOM
    return Finding(NAME, SEVERITY, start, end, wording, "", fix, automatic=fits)


_NO_ROOM = Wording("check.typography.no_room")
_WORDINGS = {reason: Wording(f"check.typography.{reason}") for reason in Reason}


def _styled(typography: Typography) -> HouseStyle:
    return HouseStyle(typography=typography)


_SIMPLE, _SWISS, _QUEBEC = map(_styled, (Typography.SIMPLE, Typography.SWISS, Typography.QUEBEC))
BAD = {
    "fr": (
        Sample("Bonjour ! L’atelier ouvre samedi."),
        Sample("Bonjour! Quoi de neuf?!"),
        Sample("Horaires : de 10h à 18h30."),
        Sample("Le tarif est de 12500 € pour «tous»."),
        Sample('Notre affiche dit "Bienvenue".'),
        Sample("L'atelier... et la suite demain."),
        Sample("A bientôt ! Etes-vous des nôtres ?", network="x"),
        Sample("La 2ème édition, au n° 5 de la rue."),
        Sample("Bonjour\u202f! L’atelier ouvre.", network="x"),
        Sample("Bonjour! Merci.", style=_SIMPLE),
        Sample("Bonjour ! Merci.", style=_SWISS),
        Sample("Bonjour\u00a0! Merci.", style=_QUEBEC),
        Sample("Voir https://exemple.fr\u00a0! Merci."),
        Sample("Des pommes, des poires, etc..."),
        Sample("é" * 273 + " Quoi? Oui!?", network="x"),
        Sample("L'été ! " * 150),
    ),
    "en": (
        Sample("Good morning ! How are you ?", language="en"),
        Sample("It’s here, don't miss it.", language="en"),
        Sample('“Open” and "closed".', language="en"),
    ),
}
GOOD = {
    "fr": (
        Sample("Bonjour\u202f! Qui vient\u202f?! «\u00a0Moi\u00a0», dit-il\u00a0: à 10\u00a0h\u00a030…"),
        Sample("Bonjour\u00a0! Venez\u00a0; 12\u00a0500\u00a0€.", network="x"),
        Sample("Bonjour ! L’atelier : « ouvert », 5 % de moins.", style=_SIMPLE),
        Sample("Bonjour! L’atelier: «ouvert».", style=_SWISS),
        Sample("Bonjour! L’atelier\u00a0: «\u00a0ouvert\u00a0».", style=_QUEBEC),
        Sample("10:30, 16:9, :) ;-) :-D https://a.fr/?q=l'a!b, x@y.fr, @l_ami, #L'été, `l'a!`, <@12>, :tada:"),
        Sample("# Titre\n- un\n- deux {prenom}", network="reddit"),
        Sample("75011 Paris, 06 12 34 56 78, dossier 123 456, en 2026."),
        Sample("A-t-il plu\u202f? La vitamine A l’aide. Excellent Enfin."),
    ),
    "en": (
        Sample("Good morning! How are you? It's 10:30: don't wait — come.", language="en"),
        Sample('“Open”, it’s open; the 5" screen :)', language="en"),
    ),
}
