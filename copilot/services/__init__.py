"""Use cases: what a person can do, as async calls. Values of ``copilot.domain`` in and out."""
