"""The formats Farspan reads and writes: one table, and the functions that the commands use.

for document in read_documents(["corpus/"]):
    ...

chosen = format_for_output("out.conll")
with open_target("out.conll", FORMATS[chosen]) as target, writer_for(chosen, target) as writer:
    for document in documents:
        writer.write(document)
print(writer.loss.counts)

A format is one row here and one module (a reader, and perhaps NAME_writer); `detect` tells which one a file is in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from operator import itemgetter
from pathlib import PurePath
from typing import Any, Final

from farspan.errors import OptionError, place
from farspan.files import InputFile, StrPath, TextFile, open_input, walk_into_archives
from farspan.formats.detect import HEAD, SUFFIXES, detect_bytes, detect_format
from farspan.formats.format import Format, Writer
from farspan.formats.format import later as _later
from farspan.formats.loss import Loss, ReadReport
from farspan.formats.reading import Reading
from farspan.formats.writing import Target, fitted, open_target, write_companions
from farspan.model import Document
from farspan.unpacking import Limits, bare_name

__all__ = [
    "FORMATS",
    "Format",
    "Loss",
    "ReadReport",
    "Writer",
    "format_for_output",
    "format_of_input",
    "format_of_suffix",
    "named_format",
    "open_target",
    "read_documents",
    "write_companions",
    "writer_for",
]

_FLAT: Final = (
    *("nested", "overlapping", "borders", "kinds", "ids", "scores", "sources", "relations", "text", "columns", "meta"),
    *("document_ids", "documents"),
)

_TABLE: Final = (
    Format(
        "text",
        SUFFIXES["text"],
        "code point",
        ("spans", "relations", "tokens", "meta"),
        "plain text, one document a file",
        read=_later("text", "read_text"),
        write=_later("text_writer", "TextWriter"),
        single=True,
    ),
    Format(
        "jsonl",
        SUFFIXES["jsonl"],
        "code point",
        (),
        "JSON, one document a line: the lossless form",
        read=_later("jsonl", "read_jsonl"),
        write=_later("jsonl_writer", "JsonlWriter"),
        write_options=("columns",),
    ),
    Format(
        "conll",
        SUFFIXES["conll"],
        "token",
        _FLAT,
        "one token a line and its tag, TOKEN<TAB>TAG; any columns are read",
        read=_later("conll", "read_conll"),
        write=_later("conll_writer", "ConllWriter"),
        read_options=("separator", "token_column", "tag_column"),
        write_options=("scheme", "docstart", "kinds"),
    ),
    Format(
        "conll2002",
        (".conll2002",),
        "token",
        _FLAT,
        "one token a line and its tag with a space between, as of the CoNLL-2002 task",
        read=_later("conll", "read_conll"),
        write=_later("conll_writer", "Conll2002Writer"),
        read_options=("separator", "token_column", "tag_column"),
        write_options=("scheme", "docstart", "kinds"),
    ),
    Format(
        "conll2003",
        (".conll2003",),
        "token",
        _FLAT,
        "word, part of speech, chunk and tag with spaces between, as of the CoNLL-2003 task",
        read=_later("conll", "read_conll"),
        write=_later("conll_writer", "Conll2003Writer"),
        read_options=("separator", "token_column", "tag_column"),
        write_options=("scheme", "docstart", "kinds"),
    ),
    Format(
        "conllu",
        (".conllu",),
        "token",
        ("nested", "overlapping", "borders", "kinds", "scores", "sources", "relations", "columns", "meta", "normalised"),
        "CoNLL-U with spans in MISC, as NER=B-PER and NERId=Q64",
        read=_later("conllu", "read_conllu"),
        write=_later("conllu_writer", "ConlluWriter"),
        write_options=("scheme", "kinds"),
    ),
    Format(
        "conllup",
        (".conllup",),
        "token",
        ("nested", "overlapping", "borders", "kinds", "scores", "sources", "columns", "meta", "normalised"),
        "CoNLL-U Plus with spans, their ids and relations in columns of their own",
        read=_later("conllu", "read_conllu"),
        write=_later("conllu_writer", "ConllupWriter"),
        write_options=("scheme", "kinds"),
    ),
    Format(
        "docbin",
        (".spacy",),
        "token",
        ("borders", "kinds", "scores", "sources", "relations", "columns", "meta"),
        "spaCy's DocBin: entities, and a span group where spans overlap",
        read=_later("docbin", "read_docbin"),
        write=_later("docbin_writer", "DocBinWriter"),
        write_options=("kinds",),
        content="bytes",
        aliases=("spacy",),
    ),
    Format(
        "parquet",
        (".parquet",),
        "token",
        _FLAT[:-2],
        "Hugging Face datasets: sentences with numbered tags, whose names stand in the schema",
        read=_later("huggingface", "read_parquet"),
        write=_later("huggingface_writer", "ParquetWriter"),
        write_options=("scheme", "kinds"),
        content="bytes",
        aliases=("huggingface", "hf"),
    ),
    Format(
        "hfjsonl",
        (".hf.jsonl",),
        "token",
        _FLAT[:-2],
        "Hugging Face datasets as JSON lines; the list of tags beside them",
        read=_later("huggingface", "read_hfjsonl"),
        write=_later("huggingface_writer", "HfJsonlWriter"),
        write_options=("scheme", "kinds"),
        companions=("_labels.json",),
    ),
    Format(
        "tei",
        (".tei", ".xml"),
        "code point",
        (),
        "TEI with its names as spans, and the text of any XML",
        read=_later("tei", "read_tei"),
        content="bytes",
        aliases=("xml",),
    ),
    Format(
        "docx",
        (".docx",),
        "code point",
        (),
        "the text of a word processor file (Word)",
        read=_later("office", "read_docx"),
        content="bytes",
    ),
    Format(
        "odt",
        (".odt",),
        "code point",
        (),
        "the text of a word processor file (LibreOffice)",
        read=_later("office", "read_odt"),
        content="bytes",
    ),
    Format(
        "pubtator",
        (".pubtator",),
        "code point",
        ("kinds", "scores", "sources", "text", "tokens", "meta", "relations"),
        "title, abstract, mentions with ids and relations between entities",
        read=_later("pubtator", "read_pubtator"),
        write=_later("pubtator_writer", "PubtatorWriter"),
        write_options=("kinds",),
    ),
    Format(
        "doccano",
        (".doccano.jsonl",),
        "code point",
        ("kinds", "ids", "scores", "sources", "tokens"),
        "doccano's JSON lines: spans, and relations between them",
        read=_later("doccano", "read_doccano"),
        write=_later("doccano_writer", "DoccanoWriter"),
        read_options=("unit",),
        write_options=("style", "unit", "kinds"),
    ),
    Format(
        "labelstudio",
        (".labelstudio.json",),
        "UTF-16",
        ("sources", "tokens"),
        "Label Studio's tasks with annotations and predictions; its labeling configuration beside them",
        read=_later("labelstudio", "read_labelstudio"),
        write=_later("labelstudio_writer", "LabelStudioWriter"),
        write_options=("kinds",),
        companions=("_config.xml",),
    ),
    Format(
        "prodigy",
        (".prodigy.jsonl",),
        "code point",
        ("sentences", "borders"),
        "Prodigy's JSON lines: tokens, spans and relations",
        read=_later("prodigy", "read_prodigy"),
        write=_later("prodigy_writer", "ProdigyWriter"),
        write_options=("kinds",),
    ),
    Format(
        "dygie",
        (".dygie.jsonl",),
        "token",
        ("kinds", "borders", "ids", "scores", "sources", "relations", "text", "columns"),
        "DyGIE and SciERC: JSON lines of sentences, entities and relations by token numbers",
        read=_later("dygie", "read_dygie"),
        write=_later("dygie_writer", "DygieWriter"),
        write_options=("kinds",),
        aliases=("scierc",),
    ),
    Format(
        "tacred",
        (".tacred.json",),
        "token",
        ("kinds", "spans", "borders", "ids", "scores", "sources", "relations", "sentences", "text", "meta", "documents"),
        "TACRED: a sentence, two entities and their relation, by token numbers",
        read=_later("tacred", "read_tacred"),
        write=_later("tacred_writer", "TacredWriter"),
        write_options=("kinds",),
    ),
    Format(
        "nyt10",
        (".nyt10.jsonl",),
        "code point",
        ("kinds", "spans", "scores", "sources", "tokens", "text", "meta", "document_ids"),
        "NYT10 and OpenNRE: a sentence, head and tail with their ids, a relation; the relations' numbers beside it",
        read=_later("nyt10", "read_nyt10"),
        write=_later("nyt10_writer", "Nyt10Writer"),
        write_options=("kinds",),
        aliases=("opennre",),
        companions=("_rel2id.json",),
    ),
    Format(
        "webanno",
        (".webanno.tsv",),
        "UTF-16",
        ("kinds", "borders", "scores", "sources", "text", "columns", "meta", "document_ids"),
        "WebAnno TSV 3.3, which INCEpTION reads: tokens with all layers beside them",
        read=_later("webanno", "read_webanno"),
        write=_later("webanno_writer", "WebannoWriter"),
        write_options=("kinds",),
        single=True,
        by_tokens=True,
    ),
    Format(
        "xmi",
        (".xmi",),
        "UTF-16",
        ("kinds", "scores", "sources", "columns", "meta", "characters"),
        "UIMA XMI, as INCEpTION, WebAnno and DKPro read and write it; its type system beside it",
        read=_later("xmi", "read_xmi"),
        write=_later("cas_writer", "XmiWriter"),
        write_options=("kinds",),
        content="bytes",
        single=True,
        companions=("TypeSystem.xml",),
    ),
    Format(
        "casjson",
        (".cas.json",),
        "UTF-16",
        ("kinds", "scores", "sources", "columns", "meta"),
        "UIMA JSON CAS, the form that INCEpTION prefers",
        read=_later("casjson", "read_casjson"),
        write=_later("cas_writer", "CasJsonWriter"),
        write_options=("kinds",),
        single=True,
    ),
    Format(
        "brat",
        (".ann",),
        "code point",
        ("kinds", "borders", "scores", "sources", "tokens", "meta"),
        "brat: a text, and beside it its spans, relations, ids and notes; with the configuration for its types",
        read=_later("brat", "read_brat"),
        write=_later("brat_writer", "BratWriter"),
        write_options=("kinds",),
        content="pair",
        companions=(".ann", "annotation.conf", "visual.conf", "tools.conf", "kb_shortcuts.conf", "acl.conf"),
    ),
    Format(
        "fewrel",
        (".fewrel.json",),
        "token",
        (),
        "FewRel: sentences with two linked entities, by relation",
        read=_later("fewrel", "read_fewrel"),
    ),
    Format(
        "wrench",
        (".wrench.json",),
        "token",
        ("kinds", "borders", "ids", "scores", "relations", "sentences", "text", "columns"),
        "WRENCH and CHMM: weak labels, a list of spans for each source; the sources' names beside it",
        read=_later("wrench", "read_wrench"),
        write=_later("wrench_writer", "WrenchWriter"),
        write_options=("kinds",),
        companions=("_meta.json", "meta.json"),
    ),
)

FORMATS: Final[Mapping[str, Format]] = {item.name: item for item in _TABLE}
_BY_NAME: Final[Mapping[str, Format]] = {name: item for item in _TABLE for name in (item.name, *item.aliases)}


def read_documents(
    paths: Iterable[StrPath],
    *,
    input_format: str = "auto",
    encoding: str | None = None,
    report: ReadReport | None = None,
    limits: Limits | None = None,
    tolerant: bool = False,
    **options: Any,
) -> Iterator[Document]:
    """The documents in `paths` (files, folders, archives, ``-``), one by one, uncompressed where they are compressed.

    `input_format` names a format of `FORMATS`, or ``auto``: by suffix and content, see `detect`. `options` go to the readers that
    take them. `report` collects what was put right. `tolerant`: read on behind an input with a fault. `limits` bound what
    compressed data may expand to. A file in which no document has anything but white space is an error; in a walked folder or
    archive it is passed over, as binary files are, unless nothing else is there.
    Raises InputError and OptionError.
    """
    _check(options, {name for item in _TABLE for name in item.read_options}, "reader")
    known = None if input_format == "auto" else named_format(input_format)
    if known is not None and known.read is None:
        raise OptionError(f"{input_format} can be written but not read", remedy=f"choose one of: {_names(reads=True)}")
    limits = limits or Limits.of_environment()
    reading = Reading(FORMATS, known, encoding, report or ReadReport(), options, limits, tolerant)
    return reading.documents(walk_into_archives(paths, limits))


def format_of_input(path: StrPath) -> str:
    """The name of the format that the file `path` is in, by its suffix and content. Raises InputError, also for archives."""
    with open_input(InputFile(str(path), "")) as stream:
        found = detect_bytes(str(path), stream.peek(HEAD))
        if found is not None:
            return found
        file = TextFile(stream.path, stream, None, stream.size)
        return detect_format(
            str(path), file.peek(), lambda suffix: stream.source.beside(PurePath(path).stem + suffix) is not None
        )


def writer_for(format: str, target: Target, **options: Any) -> Writer:
    """A writer of `format` on `target`, a binary stream or what `open_target` gives; options that are None take their defaults.

    Raises OptionError.
    """
    chosen = named_format(format)
    if chosen.write is None:
        raise OptionError(f"{format} can be read but not written", remedy=f"choose one of: {_names(reads=False)}")
    given = {name: value for name, value in options.items() if value is not None}
    _check(given, set(chosen.write_options), f"format {format}")
    return fitted(chosen, target, partial(chosen.write, **given))


def format_of_suffix(path: StrPath) -> str | None:
    """The name of the format that the suffix of `path` says to write, ``.gz`` and ``.zip`` left out of account; None if none.

    A name in .txt says nothing: plain text would lose every label.
    """
    name = bare_name(str(path))
    lowered = name.lower().removesuffix(".zip")
    fitting = [
        (-len(end), item.name)
        for item in _TABLE
        if item.write is not None and item.name != "text"
        for end in item.suffixes
        if lowered.endswith(end)
    ]
    return min(fitting, key=itemgetter(0))[1] if fitting else None


def format_for_output(path: StrPath, format: str | None = None) -> str:
    """The name of the format to write `path` in: `format` if given, else what the suffix says. Raises OptionError."""
    found = named_format(format).name if format is not None else format_of_suffix(path)
    if found is None:
        raise OptionError(
            f"no format is known by the name of {place(path)}", remedy=f"say --format with one of: {_names(reads=False)}"
        )
    return found


def named_format(name: str) -> Format:
    """The format called `name`. Raises OptionError."""
    if name not in _BY_NAME:
        raise OptionError(f"no format is called {name!r}", remedy=f"choose one of: {', '.join(FORMATS)}")
    return _BY_NAME[name]


def _names(*, reads: bool) -> str:
    return ", ".join(item.name for item in _TABLE if (item.read if reads else item.write) is not None)


def _check(options: Mapping[str, Any], known: set[str], taker: str) -> None:
    for name in options:
        if name not in known:
            choice = f"it takes: {', '.join(sorted(known))}" if known else "it takes none"
            raise OptionError(f"the {taker} has no option {name}", remedy=choice)
