"""A hashtag so general that the post drowns in it."""

from __future__ import annotations

from collections.abc import Iterator

from copilot.checks import Context, Draft
from copilot.checks._samples import Sample
from copilot.domain.finding import Finding, Severity
from copilot.domain.wording import Wording
from copilot.text.hashtags import is_generic
from copilot.text.tag_rules import written_tags

NAME = "hashtag_generic"
SEVERITY = Severity.ADVISES


def check(draft: Draft, context: Context) -> Iterator[Finding]:
    """Advises to choose another tag than ``#love``, ``#photo`` or ``#nouveau``."""
    del context
    tags = [(tag.start, tag.end, tag.written) for tag in written_tags(draft.text, draft.network)]
    tags += [(len(draft.text), len(draft.text), tag) for tag in draft.hashtags]
    for start, end, tag in tags:
        if is_generic(tag):
            wording = Wording("hashtag.warning.generic", {"tag": f"#{tag}"})
            yield Finding(NAME, Severity.ADVISES, start, end, wording, f"#{tag}")


BAD = {
    "fr": (
        Sample("On roule #nouveau.", network="instagram"),
        Sample("On roule.", network="x", hashtags=("Photo",)),
    ),
    "en": (Sample("We ride.", network="instagram", hashtags=("love",), language="en"),),
}
GOOD = {
    "fr": (Sample("On roule #VéloCargo.", network="instagram", hashtags=("AtelierRéparation",)),),
    "en": (Sample("We ride.", network="instagram", hashtags=("CargoBike",), language="en"),),
}
