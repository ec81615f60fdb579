"""The intents by names of their own, for what weighs them many times a message.

A member looked up in its class costs ten times as much in Python 3.11.
"""

from __future__ import annotations

from copilot.domain.conversation import Intent

QUESTION = Intent.QUESTION
COMPLAINT = Intent.COMPLAINT
PRAISE = Intent.PRAISE
SUGGESTION = Intent.SUGGESTION
MALINFORMED = Intent.MALINFORMED
TROLL = Intent.TROLL
SPAM = Intent.SPAM
PRIVATE_DATA_REQUEST = Intent.PRIVATE_DATA_REQUEST
DISTRESS = Intent.DISTRESS
CRISIS_SIGNAL = Intent.CRISIS_SIGNAL
OTHER = Intent.OTHER
