"""Groups of messages that say the same: word for word, nearly so, or about one concern."""
