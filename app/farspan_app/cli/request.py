"""What a command that takes texts and lists was asked for: inputs, rules, and how both are read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import typer

from farspan.errors import OptionError
from farspan.options import ConflictPolicy
from farspan_app.cli.flags import given_flags
from farspan_app.cli.rules import Setting

if TYPE_CHECKING:
    from farspan.job import Job
    from farspan.model import Document
    from farspan.recipe import Recipe
    from farspan.session import Session


@dataclass(frozen=True, slots=True)
class Request:
    """All that was asked for, checked as far as it can be without opening a file."""

    inputs: tuple[str, ...]
    output: str
    lists: tuple[str, ...]
    settings: tuple[Setting, ...] = ()
    policy: ConflictPolicy = field(default_factory=ConflictPolicy)
    lang: str = "xx"
    tokenizer: str = "spacy"
    name_tokenizer: str | None = None
    input_format: str = "auto"
    encoding: str | None = None
    format: str | None = None
    scheme: str | None = None
    workers: int = 1
    recipe: "Recipe | None" = None  # where lists come from if `lists` is empty; paths in documents are relative to it
    more: tuple[tuple[str, str | None, str | None], ...] = ()  # further outputs: file, format, scheme
    project: str | None = None  # without an output ("") it alone takes the result

    def outputs(self) -> tuple[tuple[str, str | None, str | None], ...]:
        """Every file to be written, with its format and scheme."""
        return ((self.output, self.format, self.scheme), *self.more) if self.output else self.more

    def files(self) -> list[str]:
        """Every file that is read beside the texts: lists, the recipe, what options name."""
        from farspan.sources.lists import parse_list_argument

        named = [parse_list_argument(text).path for text in self.lists]
        named += [setting.file for setting in self.settings if setting.file]
        if self.recipe is not None:
            from farspan.recipe.locking import option_files

            lists = (self.recipe.resolve(table.file) for table in self.recipe.lists)
            named += [str(self.recipe.path), *lists, *option_files(self.recipe)]
        return named


def check_needed(wanted: Iterable[tuple[str, object]]) -> None:
    """Raise OptionError for the first of `wanted`, (what, value), that has no value and that a recipe could have given."""
    for what, value in wanted:
        if not value:
            raise OptionError(f"no {what} given", remedy="name them on the command line or in a recipe (--recipe R.toml)")


def with_recipe(request: Request, recipe: str | None, context: typer.Context, job: "Job") -> Request:
    """`request` filled in from `recipe`, whose outputs do not matter here. Raises OptionError where something is missing."""
    if recipe is None:
        check_needed((("texts (INPUT...)", request.inputs), ("lists (--list LABEL=FILE)", request.lists)))
        return request
    from farspan_app.cli.recipe_request import filled_in

    return replace(filled_in(replace(request, output="-"), recipe, given_flags(context) | {"output"}, job), output="")


def open_session(request: Request, documents: "Sequence[Document]") -> "Session":
    """`documents`, at least one, as a corpus that rule sets are tried on, cut as the request says. Raises OptionError."""
    from farspan.session import Lexicon, Session
    from farspan.text.corpus import build_corpus
    from farspan.text.tokenizers import make_tokenizer
    from farspan.text.vocabulary import Vocabulary

    vocabulary = Vocabulary()
    own = "whitespace" if request.tokenizer == "given" else request.tokenizer
    corpus = build_corpus(documents, make_tokenizer(own, request.lang, vocabulary), request.lang)
    names = request.name_tokenizer or ("whitespace" if documents[0].tokens is not None else own)
    return Session(corpus, Lexicon(make_tokenizer(names, request.lang, vocabulary), request.lang))
