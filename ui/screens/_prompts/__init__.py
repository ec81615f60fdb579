"""Parts of the Prompts screen."""
