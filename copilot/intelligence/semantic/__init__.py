"""The semantic layer: what a text means as numbers, made on this machine, and what is learnt from them."""
