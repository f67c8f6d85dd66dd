"""Farspan: annotated corpora from raw text and lists of names, by distant supervision.

`annotate` and `evaluate` do the work; `read_documents`, `load_list` and `write_documents` are its files; `Document`, `Span`,
`Relation` and `EntityList` are what goes in and comes out; `Project` keeps it all, a `Recipe` says it all; whatever goes wrong
is a `FarspanError`. Everything is imported when it is first used, so `import farspan` costs nothing.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from farspan.api import annotate as annotate
    from farspan.api import evaluate as evaluate
    from farspan.audit.project import Project as Project
    from farspan.errors import FarspanError as FarspanError
    from farspan.errors import InputError as InputError
    from farspan.errors import MissingPart as MissingPart
    from farspan.errors import OptionError as OptionError
    from farspan.errors import OutputError as OutputError
    from farspan.errors import ProjectError as ProjectError
    from farspan.errors import TokenMismatch as TokenMismatch
    from farspan.formats import read_documents as read_documents
    from farspan.formats import write_documents as write_documents
    from farspan.model import Document as Document
    from farspan.model import Relation as Relation
    from farspan.model import Span as Span
    from farspan.recipe import Recipe as Recipe
    from farspan.recipe import edit_recipe as edit_recipe
    from farspan.recipe import load_recipe as load_recipe
    from farspan.recipe import save_recipe as save_recipe
    from farspan.sources.lists import EntityList as EntityList
    from farspan.sources.lists import load_list as load_list

__all__ = [
    "Document",
    "EntityList",
    "FarspanError",
    "InputError",
    "MissingPart",
    "OptionError",
    "OutputError",
    "Project",
    "ProjectError",
    "Recipe",
    "Relation",
    "Span",
    "TokenMismatch",
    "annotate",
    "edit_recipe",
    "evaluate",
    "load_list",
    "load_recipe",
    "read_documents",
    "save_recipe",
    "write_documents",
]

_HOMES: Final = {
    "EntityList": "farspan.sources.lists",
    "load_list": "farspan.sources.lists",
    "Document": "farspan.model",
    "Relation": "farspan.model",
    "Span": "farspan.model",
    "read_documents": "farspan.formats",
    "write_documents": "farspan.formats",
    "Project": "farspan.audit.project",
    "Recipe": "farspan.recipe",
    "edit_recipe": "farspan.recipe",
    "load_recipe": "farspan.recipe",
    "save_recipe": "farspan.recipe",
    "annotate": "farspan.api",
    "evaluate": "farspan.api",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'farspan' has no attribute {name!r}")
    return getattr(import_module(_HOMES.get(name, "farspan.errors")), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])


class _Package(ModuleType):
    """Keeps `farspan.annotate` the function: importing the module of that name would put the module in its place."""

    @property
    def annotate(self) -> Any:
        return __getattr__("annotate")

    @annotate.setter
    def annotate(self, module: ModuleType) -> None:
        """Take no notice of the module; `from farspan.annotate import Annotator` finds it all the same."""


sys.modules[__name__].__class__ = _Package
