"""Dialogs: opened, never executed, so that the window's loop is never nested."""
