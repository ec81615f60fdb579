"""Pure functions over text: measure, facts, hashtags, language, keywords, pseudonyms."""
