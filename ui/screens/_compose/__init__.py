"""Parts of the Compose screen."""
