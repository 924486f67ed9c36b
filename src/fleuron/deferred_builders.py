"""Register builders of Sphinx that are imported only if they are used: who builds the site waits for no other."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment


def add_deferred_builder(app: Sphinx, name: str, module: str, builder: str) -> None:
    """Register a builder by the name of its module and class; one of Sphinx's own with this name is replaced.

    Sphinx 9.0 keeps a class for each builder, and calls only that of the builder that it uses.
    """

    class DeferredBuilder:
        def __new__(cls, app: Sphinx, env: BuildEnvironment) -> Any:
            made: type[Builder] = getattr(import_module(module), builder)
            return made(app, env)

    DeferredBuilder.name = name  # type: ignore[attr-defined]
    app.add_builder(DeferredBuilder, override=True)  # type: ignore[arg-type]
