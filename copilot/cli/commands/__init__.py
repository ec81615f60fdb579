"""The commands. A file ``self_check.py`` is the command ``self-check``; its ``app`` is a ``typer.Typer``."""
