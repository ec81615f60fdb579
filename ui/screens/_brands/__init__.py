"""Parts of the Brands screen."""
