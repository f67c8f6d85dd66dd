"""What lists can be made from, in one table: each form with its suffixes and its reader."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final

from farspan.errors import InputError, OptionError, Place, place
from farspan.files import open_text
from farspan.job import SILENT, Job
from farspan.sources.kb.extraction import KbName
from farspan.sources.rows import ColumnMissing, RowProblem

if TYPE_CHECKING:
    from farspan.files import StrPath

_PLACES: Final = frozenset({"langs", "features"})
_PACKED: Final = (".gz", ".bz2", ".zst")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of a knowledge base.

    langs: languages of the names, the first that there is; none: whatever there is. aliases: further names too. roots:
    what the names should stand below. depth: at most so many steps; None: any. synonyms: scopes of OBO's synonyms. features:
    classes or codes of GeoNames. alternates: GeoNames' table of names by language. timeout: seconds for parsing RDF.
    """

    langs: tuple[str, ...] = ()
    aliases: bool = False
    roots: tuple[str, ...] = ()
    depth: int | None = None
    synonyms: tuple[str, ...] = ("exact",)
    features: tuple[str, ...] = ()
    encoding: str | None = None
    timeout: float = 300.0
    alternates: str | None = None

    def query(self) -> dict[str, Any]:
        """What was asked for, as it is kept with the list."""
        asked = {
            "types": list(self.roots), "lang": list(self.langs), "depth": self.depth, "features": list(self.features),
            "aliases": self.aliases, "synonyms": list(self.synonyms) if self.aliases else [],
        }  # fmt: skip
        return {key: value for key, value in asked.items() if value not in (None, [], False)}


@dataclass(frozen=True, slots=True)
class NamesRead:
    """Names as they were read, the rows that were skipped or repaired, and where they come from.

    `problems` is complete once all names have been drawn.
    """

    path: str
    names: Iterable[KbName]
    origin: dict[str, Any]
    problems: list[RowProblem] = field(default_factory=list)


Reader = Callable[[str, Wanted, list[RowProblem], Job], Iterable[KbName]]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of knowledge base. reader: ``module:function``; "" for dumps of Wikidata, which have a room of their own."""

    name: str
    what: str
    suffixes: tuple[str, ...]
    reader: str
    options: frozenset[str] = frozenset()

    def load(self) -> Reader:
        """Its reader; the module is imported now."""
        module, _, function = self.reader.partition(":")
        found: Reader = getattr(import_module(f"farspan.sources.kb.{module}"), function)
        return found


FORMS: Final = {
    item.name: item
    for item in (
        Form("wikidata", "JSON dump of Wikidata, with --type and --lang or --spec", (".json", ".json.gz", ".json.bz2"), ""),
        Form(
            "rdf", "SKOS, OWL, any RDF: labels by --lang, what is below --type", (".rdf", ".owl", ".ttl", ".nt", ".jsonld"),
            "rdf:read_rdf", frozenset({"langs", "roots", "depth"}),
        ),
        Form("obo", "OBO ontology, synonyms by --synonyms", (".obo",), "obo:read_obo", frozenset({"roots", "depth", "synonyms"})),
        Form("esco", "tables of ESCO, with their codes", (".csv",), "esco:read_esco"),
        Form("geonames", "tables of GeoNames, by --feature", (".txt",), "geonames:read_geonames", _PLACES),
        Form("gate", "GATE gazetteer, one list or all of lists.def", (".lst", ".def"), "gate:read_gate"),
        Form("sparql", "result of a SPARQL query as JSON, XML or CSV", (".srj", ".srx", ".json", ".csv"), "sparql:read_results"),
        Form("table", "list of names: text, CSV, TSV, JSON, EntityRuler", (".csv", ".txt", ".jsonl"), "entries:read_table"),
    )
}  # fmt: skip
"""Every form by its name."""

_BY_SUFFIX: Final = {
    ".rdf": "rdf", ".owl": "rdf", ".ttl": "rdf", ".nt": "rdf", ".n3": "rdf", ".nq": "rdf", ".trig": "rdf", ".jsonld": "rdf",
    ".skos": "rdf", ".obo": "obo", ".lst": "gate", ".def": "gate", ".srj": "sparql", ".srx": "sparql",
}  # fmt: skip


_ENTITY: Final = re.compile(r'["<]?https?://www\.wikidata\.org/entity/[QPL][1-9]')


def form_of(path: str, *, spec: bool = False) -> str:
    """The name of the form that `path` has, by its suffix or its first lines. Raises InputError if it cannot be read."""
    if spec or path == "-":
        return "wikidata"
    found = _BY_SUFFIX.get(bare_suffix(path))
    if found is not None:
        return found
    with open_text(path.partition("?")[0] if not Path(path).exists() else path) as file:
        head = file.peek()
    return _form_of_text(head, bare_suffix(path))


def bare_suffix(path: str) -> str:
    """The suffix of `path` without that of a compression or what follows a question mark, in lower case."""
    suffixes = [suffix.lower() for suffix in PurePath(path.partition("?")[0]).suffixes]
    while suffixes and suffixes[-1] in _PACKED:
        suffixes.pop()
    return suffixes[-1] if suffixes else ""


def _form_of_text(head: str, suffix: str) -> str:
    first = next((line for line in head.split("\n") if line.strip(" \t\r[")), "")
    if re.search(r'"(claims|labels)"\s*:\s*[{\[]', head) and re.search(r'"id"\s*:\s*"[QPL]\d', head):
        return "wikidata"
    if re.match(r'\s*\{\s*"head"\s*:', head) or "http://www.w3.org/2005/sparql-results#" in head[:2000]:
        return "sparql"
    if "<rdf:RDF" in head[:8000] or "http://www.w3.org/1999/02/22-rdf-syntax-ns#" in head[:8000]:
        return "rdf"
    if "conceptUri" in first and "preferredLabel" in first:
        return "esco"
    if _is_result_table(head, suffix):
        return "sparql"
    cells = first.split("\t")
    if suffix in {".txt", ""} and len(cells) == 19 and cells[0].isdigit():
        return "geonames"
    return "table"


def _is_result_table(head: str, suffix: str) -> bool:
    """Whether a table is the result of a query: each column a variable, ``?x``, or entities of Wikidata beside their labels."""
    first, _, rest = head.lstrip("\ufeff").partition("\n")
    separator = "\t" if "\t" in first else ","
    header = [cell.strip(' "\r') for cell in first.split(separator)]
    if all(re.fullmatch(r"\?\w+", cell) for cell in header):
        return len(header) > 1 or suffix == ".tsv"
    row = dict(zip(header, rest.partition("\n")[0].split(separator), strict=False))
    return any(f"{name}Label" in row and _ENTITY.match(cell) for name, cell in row.items())


def read_names(path: str, form: str | None, wanted: Wanted, job: Job = SILENT) -> NamesRead:
    """The names in the file `path`, whose form is found out unless `form` says it.

    Raises InputError for a file that is not of the form, OptionError for what the form cannot be asked.
    """
    chosen = FORMS[form or form_of(path)]
    for option, value in (("langs", wanted.langs), ("roots", wanted.roots), ("features", wanted.features)):
        if value and option not in chosen.options:
            flag = {"langs": "--lang", "roots": "--type", "features": "--feature"}[option]
            raise OptionError(
                f"{flag} means nothing for the form {chosen.name!r}", remedy="leave it out, or name the form: --form"
            )
    problems: list[RowProblem] = []
    plain = path if Path(path).exists() else path.partition("?")[0]
    names = _some(_advised(chosen.load()(path, wanted, problems, job), form is None and chosen.name == "table"), plain, problems)
    origin = {"from": chosen.name, "file": PurePath(plain).name, **_hash(plain), **_asked(wanted)}
    return NamesRead(place(plain).path, names, origin, problems)


def read_answer(text: str, endpoint: str, query: str, wanted: Wanted) -> NamesRead:
    """The names in the answer of a SPARQL endpoint."""
    from farspan.sources.kb.sparql import names_of_results  # noqa: PLC0415

    problems: list[RowProblem] = []
    names = _some(names_of_results(text, endpoint, wanted, problems), endpoint, problems)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return NamesRead(endpoint, names, {"from": endpoint, "query": query, "sha256": digest}, problems)


def _advised(names: Iterable[KbName], is_guessed: bool) -> Iterable[KbName]:
    """The names; where a table that was not named as one lacks a column, the advice names the other form that tables have."""
    try:
        yield from names
    except ColumnMissing as error:
        if is_guessed and len(error.there) > 1:
            error.remedy += "; if it is the result of a SPARQL query, say --form sparql"
        raise


def _some(names: Iterable[KbName], path: str, problems: list[RowProblem]) -> Iterable[KbName]:
    """The names; an error after the last if there was none."""
    is_empty = True
    for item in names:
        is_empty = False
        yield item
    if is_empty:
        first = problems[0] if problems else None
        raise InputError(
            f"no usable name: {first.what}" if first else "there is no name in it",
            where=first.place if first else Place(path),
            remedy="check what was asked for: --lang, --type, --feature",
        )


def _hash(path: StrPath) -> dict[str, str]:
    try:
        with Path(path).open("rb") as file:
            return {"sha256": hashlib.file_digest(file, "sha256").hexdigest()}
    except OSError:  # standard input
        return {}


def _asked(wanted: Wanted) -> dict[str, Any]:
    query = wanted.query()
    return {"query": query} if query else {}
