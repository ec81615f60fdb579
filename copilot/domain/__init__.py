"""Values of the product: frozen dataclasses and pure rules, no input or output."""
