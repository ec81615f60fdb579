"""Model sources: one file each, found by the registry.

A model source is a module with

- ``NAME``: its id in the settings;
- ``LABEL_KEY``: catalogue key of its name for people;
- ``FIELDS``: a tuple of :class:`~copilot.providers._fields.Field`, what a person fills in (settings are strings);
- ``REMOTE(settings) -> bool``: does what is asked leave this machine? Never raises; when in doubt, True;
- ``MODEL(settings) -> str``: the model's name, for the ledger and for sentences;
- ``open_model(settings, secret) -> AbstractAsyncContextManager[BaseChatModel]``: an asynchronous context
  manager whose value answers until it is left. Leaving it closes connections and ends processes. Entering it
  and what the model does belong to one event loop. It raises ``UserError`` for settings that cannot work;
- ``look(settings)``, if it can tell at once that they cannot work: raises what ``open_model`` would.

The model is a LangChain ``BaseChatModel`` that streams, and whose calls may be bound to three options::

    model.bind(temperature=0.7, max_tokens=800, schema=None)

``schema`` is a JSON schema, or None. Its message chunks carry text in ``content``, and at some time
``response_metadata["finish_reason"]`` (``stop``, ``length`` or ``content_filter``), ``usage_metadata``, and
``additional_kwargs["refusal"]`` when the service says the model declined. Whatever goes wrong is raised as an
``OutsideError`` of kind ``provider.<kind>`` that quotes neither the key nor what was asked or answered;
``provider.schema_refused`` means the same request without ``schema`` may work. Cancelling the task that reads
a stream closes its connection before the cancellation returns, so that the server stops.
"""

from __future__ import annotations

import os
from types import ModuleType

from copilot.registry import discover as _discover

#: LangChain may send every prompt to a tracing service when one of these is "true". Here it never does.
_TRACING = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")

# At import, hence before LangChain reads (and keeps) them: prompts hold what people wrote.
os.environ.update(dict.fromkeys(_TRACING, "false"))


def discover() -> dict[str, ModuleType]:
    """The model sources by name.

    Raises:
        Bug: a source without a name, or two of the same.
    """
    return _discover(__name__)
