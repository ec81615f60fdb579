"""Prompts: files with declared inputs, what fills them, and what is read back from a model's answer."""
