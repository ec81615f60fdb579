"""Writers that need no model: replies from composable parts, posts from the facts of a brief."""
