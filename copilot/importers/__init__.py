"""What a person brings in: briefs (``briefs``) and comment threads (``threads``), one file a format."""
