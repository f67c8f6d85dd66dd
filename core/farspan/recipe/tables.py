"""The tables of a recipe: each class is one, its fields are the keys that table may hold, and no other key is accepted."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from farspan.errors import OptionError
from farspan.options import CRITERIA, ConflictPolicy
from farspan.recipe.values import (
    CriterionName,
    EncodingName,
    FileName,
    InputFormat,
    Label,
    Language,
    LevelName,
    Listed,
    NameTokenizerName,
    NegativesName,
    OptionValues,
    OutputFormat,
    RelationOptionValues,
    SchemeName,
    ScopeName,
    SplitName,
    TokenizerName,
    fault,
)

VERSION: Final = 1


class Table(BaseModel):
    """What all tables have in common: exact types, no unknown keys, never changed."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class TextTable(Table):
    """[text]: the files to annotate and how they are read."""

    inputs: Annotated[tuple[FileName, ...], Listed] = ()
    format: InputFormat = "auto"
    encoding: EncodingName = ""
    lang: Language = "xx"
    tokenizer: TokenizerName = "spacy"
    name_tokenizer: NameTokenizerName | None = None


class ColumnsTable(Table):
    """Which column or key of a list holds what; "": none does. lang: the languages wanted of a vocabulary."""

    name: str | None = None
    id: str | None = None
    aliases: str | None = None
    label: str | None = None
    lang: str | None = None


class ListTable(Table):
    """[[list]]: one entity list; earlier ones win where all else is equal."""

    label: Label
    file: FileName
    name: str | None = Field(default=None, min_length=1)
    encoding: EncodingName = ""
    columns: ColumnsTable = ColumnsTable()
    options: OptionValues = Field(default_factory=dict)

    @property
    def title(self) -> str:
        """What the list is called in reports and in ``--set LIST.OPTION=VALUE``: its name, else its file's."""
        return self.name or PurePosixPath(self.file.replace("\\", "/")).stem


class ConflictsTable(Table):
    """[conflicts]: which of several overlapping matches are kept."""

    criteria: Annotated[tuple[CriterionName, ...], Listed] = CRITERIA
    scope: ScopeName = "greedy"
    nested: bool = False

    def policy(self) -> ConflictPolicy:
        """The same as the engine takes it."""
        return ConflictPolicy(self.criteria, self.scope, self.nested)  # type: ignore[arg-type]

    @model_validator(mode="after")
    def _is_policy(self) -> ConflictsTable:
        try:
            self.policy()
        except OptionError as error:
            raise fault(error.what, error.remedy) from None
        return self


class OutputTable(Table):
    """[[output]]: one file to be written."""

    file: FileName
    format: OutputFormat = "auto"
    scheme: SchemeName | None = None


class RelationsTable(Table):
    """[relations]: what `farspan relate` finds between the names. options: by relation, "" for all."""

    kb: FileName | None = None
    level: LevelName = "sentence"
    exclude_evidence: bool = False
    negatives: Annotated[tuple[NegativesName, ...], Listed] = ()
    seed: int = Field(default=0, ge=0)
    cues: Annotated[tuple[FileName, ...], Listed] = ()
    aliases: FileName | None = None
    split: SplitName | None = None
    train: float = Field(default=0.8, ge=0, le=1, strict=False)
    dev: float = Field(default=0.1, ge=0, le=1, strict=False)
    test: float = Field(default=0.1, ge=0, le=1, strict=False)
    output: FileName | None = None
    options: dict[str, RelationOptionValues] = Field(default_factory=dict)


def _digest(value: str) -> str:
    if len(value) != 64 or not set(value) <= set("0123456789abcdef"):
        raise fault("this is no SHA-256", "run: farspan recipe lock")
    return value


class LockTable(Table):
    """[lock]: what the recipe was locked to; the program writes it."""

    farspan: str
    unicode: str
    spacy: str | None = None
    files: dict[str, Annotated[str, AfterValidator(_digest)]] = Field(default_factory=dict)
