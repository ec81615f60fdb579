"""Réplique: the core of a desktop copilot for community managers. No Qt here."""

__version__ = "0.1.0"
