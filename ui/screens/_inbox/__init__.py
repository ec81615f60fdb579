"""Parts of the Inbox screen."""
