"""Which format a file is in: by its suffix, and where that says little by its first bytes and lines."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Any, Final

import orjson

from farspan.encodings import SAMPLE
from farspan.errors import InputError, place
from farspan.files import TextFile
from farspan.formats.webanno_cells import is_old_webanno
from farspan.unpacking import bare_name

HEAD: Final = 64 << 10  # bytes looked at

SUFFIXES: Final = {
    "text": (".txt", ".text", ".md"),
    "jsonl": (".jsonl", ".ndjson"),
    "conll": (".conll", ".iob", ".iob2", ".iob1", ".bio", ".bioes", ".bilou", ".conll02", ".conll03", ".tsv", ".ck"),
}
TAG: Final = re.compile(r"O|[BIESLUM](?:-.+)?")
TYPED_TAG: Final = re.compile(r"[BIESLUM]-.+")
DOCSTART: Final = "-DOCSTART-"

# Suffixes that settle it. Those of `conll`, of JSON and of plain text do not: other formats use them too.
_SETTLED: Final = {
    ".conllu": "conllu",
    ".conllup": "conllup",
    ".ann": "brat",
    ".pubtator": "pubtator",
}
_BINARY: Final = {".spacy": "docbin", ".parquet": "parquet", ".docx": "docx", ".odt": "odt"}
_XML: Final = re.compile(r"<(?:\w[\w.-]*:)?(\w[\w.-]*)[\s>/]")
_TITLE: Final = re.compile(r"\s*[^|\t\n]+\|[ta]\|")
_FEWREL: Final = re.compile(r'\s*\{\s*"[^"]*"\s*:\s*\[\s*\{\s*"tokens"\s*:\s*\[')
_UD_ID: Final = re.compile(r"[0-9]+(?:-[0-9]+|\.[0-9]+)?")


def detect_bytes(path: str, head: bytes) -> str | None:
    """The format of the file `path` if its first bytes say it, as they do of what is not plain text; else None.

    Raises InputError for office files of other kinds.
    """
    if head.startswith(b"PAR1"):
        return "parquet"
    suffix = _suffix(path)
    if head.startswith(b"PK\x03\x04"):
        if b"mimetypeapplication/vnd.oasis.opendocument.text" in head[:128]:
            return "odt"
        return "docx" if suffix == ".docx" or b"word/" in head else _BINARY.get(suffix)
    if suffix in _BINARY:
        return _BINARY[suffix]
    return _xml_kind(head, suffix)


def _xml_kind(head: bytes, suffix: str) -> str | None:
    """The format of an XML file by its root element."""
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"))
    start = head.replace(b"\0", b"").lstrip(b"\xff\xfe") if is_wide else head.removeprefix(b"\xef\xbb\xbf")
    text = start.decode("utf-8", "replace").lstrip()
    if not text.startswith("<"):
        return None
    text = re.sub(r"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", "", text, flags=re.DOTALL)
    root = _XML.search(text)
    if root is None:
        return "tei" if suffix in {".xml", ".tei"} else None
    if root[1] == "XMI":
        return "xmi"
    return "tei" if suffix in {".xml", ".tei"} or start.lstrip().startswith(b"<?xml") or root[1] in {"TEI", "TEI.2"} else None


def detect_text(file: TextFile, has: Callable[[str], bool]) -> str:
    """As `detect_format`, of an opened text."""
    return detect_format(file.path, file.peek(), has, lambda: file.peek(SAMPLE))


def detect_format(
    path: str, head: str, has: Callable[[str], bool] = lambda _: False, more: Callable[[], str] = lambda: ""
) -> str:
    """The name of the format of the text file `path` that begins with `head`.

    has(suffix) says whether there is a file of the same name with that suffix: a text with an ``.ann`` beside it is brat's.
    more() gives a longer beginning, for a first record of JSON that goes on beyond `head`.
    .conllu, .conllup and .pubtator say it by their names, and first lines such as ``#FORMAT=WebAnno TSV 3.3``,
    ``# global.columns`` and ``ID|t|`` do. Of JSON the keys of the first record tell. .conll, .iob, .bio, .tsv and the like are
    token formats, and so is any other file, ``.txt`` too, if at least 95 of 100 lines that are not blank have the same number of
    columns (two or more, between tabs if there are any, else between spaces) and a last column such as ``O``, ``B-PER`` or
    ``I-PER``. What is none of these is plain text.
    Raises InputError for JSON that is of no known form and for HTML, which would make no sense as plain text.
    """
    suffix = _suffix(path)
    if suffix in _SETTLED:
        return _SETTLED[suffix]
    if suffix not in SUFFIXES["jsonl"]:
        if head.startswith("#FORMAT=WebAnno TSV") or is_old_webanno(head):
            return "webanno"
        if _TITLE.match(head):
            return "pubtator"
    kind = _json_kind(path, head, suffix, more)
    if kind is not None:
        return kind
    if _is_conllu(head):
        return "conllup" if head.startswith("# global.columns") else "conllu"
    if suffix in {".conll2003", ".conll2002"} or suffix in SUFFIXES["conll"] or head.startswith("#begin document ("):
        return "conll"
    if has(".ann"):
        return "brat"
    if re.match(r"\s*<(?:!doctype )?html", head, re.IGNORECASE):
        raise InputError(
            "this is HTML", where=place(path), remedy="save its text as a .txt file; --input-format text takes it as is"
        )
    return "conll" if _is_tagged(head) else "text"


def _suffix(path: str) -> str:
    return PurePath(bare_name(path)).suffix.lower()


# The keys of one record, and what has them; the first that fits counts.
_KINDS: Final[tuple[tuple[str, frozenset[str]], ...]] = tuple(
    (name, frozenset(keys.split()))
    for name, keys in (
        ("casjson", "%FEATURE_STRUCTURES"),
        ("casjson", "%TYPES"),
        ("dygie", "doc_key sentences"),
        ("tacred", "token subj_start obj_start"),
        ("nyt10", "h t relation"),
        ("hfjsonl", "tokens ner_tags"),
        ("hfjsonl", "tokens tags"),
        ("labelstudio", "data annotations"),
        ("labelstudio", "data predictions"),
        ("labelstudio", "data completions"),
        ("wrench", "data weak_labels"),
        ("prodigy", "text spans answer"),
        ("prodigy", "text _input_hash"),
        ("prodigy", "text _task_hash"),
        ("prodigy", "text _is_binary"),
        ("doccano", "text entities"),
    )
)


def _json_kind(path: str, head: str, suffix: str, more: Callable[[], str]) -> str | None:
    """Which form of JSON the file is in; None if it is none. Raises InputError for a form that nothing reads."""
    start = head.lstrip()[:1]
    if suffix in SUFFIXES["jsonl"] and not start:
        return "jsonl"
    is_named = suffix in {".json", *SUFFIXES["jsonl"]}
    if start not in {"{", "["}:
        if suffix == ".json":
            raise _unknown_json(path, "it does not begin with { or [")
        return "jsonl" if is_named else None
    if _FEWREL.match(head):
        return "fewrel"
    record = _first_record(head, more)
    if record is None:
        return "jsonl" if suffix in SUFFIXES["jsonl"] else None if not is_named else _raise(path)
    known = record.keys()
    for name, keys in _KINDS:
        if keys <= known:
            return name
    if "text" in record:
        found = _with_text(record)
        return _of_list(path, head, more) if found == "jsonl" and start == "[" else found
    if isinstance(record.get("data"), str) and isinstance(record.get("label"), list):
        return "doccano"
    if not is_named:
        return None
    raise _unknown_json(path, f"its records have the keys {', '.join(sorted(map(str, known))[:8]) or '(none)'}")


def _of_list(path: str, head: str, more: Callable[[], str]) -> str:
    """The form of a list of records whose first says nothing, as a task without regions does. Raises InputError if none does."""
    text = more() or head
    at = text.index("[") + 1
    while (found := _TO_NEXT.match(text, at)) is not None:
        try:
            record, at = _DECODER.raw_decode(text, found.end())
        except (ValueError, RecursionError):
            break
        if isinstance(record, dict) and (kind := _with_text(record)) != "jsonl":
            return kind
    raise _unknown_json(path, "it is a list of records with a text and without spans that are known")


def _with_text(record: Mapping[str, Any]) -> str:
    """Which tool wrote a record that has a text."""
    annotations = record.get("annotations")
    if isinstance(annotations, list) and annotations and isinstance(annotations[0], dict) and "start_offset" in annotations[0]:
        return "doccano"
    labels = record.get("label", record.get("labels"))
    if labels is _CUT_OFF and "spans" not in record:
        return "doccano"
    if isinstance(labels, list) and all(isinstance(item, list) and len(item) == 3 for item in labels):
        return "doccano"
    for values in record.values():  # under the name of the control, which is the project's choice
        if isinstance(values, list) and values and isinstance(values[0], dict) and {"start", "end", "labels"} <= values[0].keys():
            return "labelstudio"
    for key in ("tokens", "spans"):
        values = record.get(key)
        if isinstance(values, list) and values and isinstance(values[0], dict) and {"token_start", "ws"} & values[0].keys():
            return "prodigy"
    return "jsonl"


def _raise(path: str) -> str:
    raise _unknown_json(path, "its first record cannot be made out")


def _unknown_json(path: str, why: str) -> InputError:
    return InputError(
        f"there is no reader for this JSON: {why}",
        where=place(path),
        remedy='give one object a line with a "text", or name its form with --input-format',
    )


_CUT_OFF: Final = object()  # stands for the values of a record whose end is not seen
_DECODER: Final = json.JSONDecoder()
_TO_NEXT: Final = re.compile(r"[\s,]*(?=\{)")
_TO_RECORD: Final = re.compile(r'\s*(?:\[\s*)?(?=\{)(?:\{\s*"[0-9]+"\s*:\s*(?=\{))?')


def _first_record(head: str, more: Callable[[], str]) -> Mapping[str, Any] | None:
    """The first object of a JSON text, a list of them, or an object of them by id; by its keys alone where it is cut off."""
    text = head.lstrip()
    first = text.split("\n", 1)[0]
    for piece in (first, text):
        try:
            return _innermost(orjson.loads(piece))
        except orjson.JSONDecodeError:
            continue
    longer = more() or head
    if "\n" in text and text.startswith("{") and first.strip() not in {"{", "[", "[{"} and len(longer) < HEAD // 2:
        return None  # a first line that is broken, not one that goes on beyond what is known of it
    return _whole_record(text) or _whole_record(longer) or _cut_record(longer)


def _whole_record(text: str) -> Mapping[str, Any] | None:
    """The first object of a JSON text that goes on beyond `text`; None where that object does too."""
    start = _TO_RECORD.match(text)
    try:
        value = _DECODER.raw_decode(text, start.end())[0] if start else None
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _cut_record(text: str) -> Mapping[str, Any] | None:
    keys = _outer_keys(text)
    return dict.fromkeys(keys, _CUT_OFF) if keys else None


def _innermost(value: Any) -> Mapping[str, Any] | None:
    if isinstance(value, list):
        value = value[0] if value else {}
    if isinstance(value, dict) and value and all(isinstance(item, dict) for item in value.values()) and _is_numbered(value):
        value = next(iter(value.values()))
    return value if isinstance(value, dict) else None


def _is_numbered(record: Mapping[str, Any]) -> bool:
    return all(key.isascii() and key.isdecimal() for key in record)


def _outer_keys(text: str) -> list[str]:
    """The keys of the first object of a JSON text that goes on beyond `text`."""
    keys: list[str] = []
    depth, base = 0, 1
    for found in _JSON_PIECE.finditer(text):
        piece = found[0]
        if piece in "[{":
            depth += 1
            if depth == 2 and piece == "{" and not keys:
                base = 2  # a list of objects
        elif piece in "]}":
            depth -= 1
            if depth < base and keys:
                break
        elif found[1] is not None and depth == base:
            key = found[1]
            if key.isdecimal() and not keys:
                base = 2  # an object of objects by number
            else:
                keys.append(key)
    return keys


_JSON_PIECE: Final = re.compile(r'[\[{}\]]|"((?:[^"\\]|\\.)*)"\s*:|"(?:[^"\\]|\\.)*"')


def _is_conllu(head: str) -> bool:
    """Whether lines have the ten columns of CoNLL-U, or the first line names columns."""
    if head.startswith("# global.columns"):
        return True
    lines = (line for line in head.split("\n") if line.strip() and not line.startswith("#"))
    fitting = (_is_conllu_row(line.rstrip("\r").split("\t")) for line in lines)
    # Asked one by one: of most texts the first line tells.
    return next(fitting, False) and all(fitting)


def _is_conllu_row(row: list[str]) -> bool:
    return len(row) == 10 and _UD_ID.fullmatch(row[0]) is not None and (row[6] == "_" or row[6].isdecimal())


def _is_tagged(head: str) -> bool:
    lines = [line.rstrip("\r") for line in head.split("\n")]
    lines = [line for line in lines if line.strip(" \t") and not line.startswith((DOCSTART, "# "))]
    if not lines:
        return False
    separator = "\t" if sum("\t" in line for line in lines) * 2 > len(lines) else None
    lasts = [line.rpartition(separator or " ")[2] for line in (lines if separator else (line.rstrip(" ") for line in lines))]
    if sum(last == "O" or TYPED_TAG.fullmatch(last) is not None for last in lasts) * 2 < len(lines):
        return False  # most texts
    rows = [line.split(separator) if separator else [part for part in line.split(" ") if part] for line in lines]
    width = max(set(map(len, rows)), key=list(map(len, rows)).count)
    fitting = sum(len(row) == width and TAG.fullmatch(row[-1]) is not None for row in rows)
    named = sum(TYPED_TAG.fullmatch(row[-1]) is not None or row[-1] == "O" for row in rows if row)
    return width > 1 and fitting >= 0.95 * len(rows) and named >= 0.5 * len(rows)
