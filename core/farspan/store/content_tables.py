"""The tables of a project file that are written once and never changed: texts, tokens, names, triples."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, text

from farspan.store.table_parts import blob, flag, id_column, integer, string, table

document_text = table(
    "document_text",
    "content",
    "One text exactly as it was read. Plain TEXT, so that any SQLite browser shows and searches it.",
    id_column(),
    string("sha256", "of the UTF-8 text and, if any, of what was given with it; equal texts are kept once", unique=True),
    string("text", "the text; line ends, composed and decomposed letters as read"),
    integer("characters", "its length in code points"),
    blob("given", "tokens, sentences, columns, spans, relations that came with it: JSON, zlib; null: none", nullable=True),
    flag("pending", "1 while an import runs; such rows are removed when the file is next opened"),
)
Index("ix_document_text_pending", document_text.c.pending, sqlite_where=text("pending = 1"))

vocabulary_part = table(
    "vocabulary_part",
    "content",
    "The distinct token strings of the project, in order of first appearance. It only grows, by whole parts.",
    integer("first", "number of the part's first string", primary_key=True, autoincrement=False),
    integer("count", "how many strings"),
    blob("strings", "strings, see Packed strings"),
    counted=False,
)

token_blob = table(
    "token_blob",
    "content",
    "The tokens of one text under one tokenizer.",
    integer("text_id", "the text", ForeignKey("document_text.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    string("tokenizer", "tokenizer and language: spacy/es", primary_key=True),
    integer("tokens", "how many tokens"),
    integer("sentences", "how many sentences"),
    blob("data", "int32 columns one after the other: type ids, starts, ends (a value a token), first token of each sentence"),
    counted=False,
)

name_list = table(
    "name_list",
    "content",
    "The names of a list, as read at one time. Editing a list makes a new row; equal lists are kept once.",
    id_column(),
    string("sha256", "of its columns", unique=True),
    integer("names", "how many names"),
    flag("pending", "1 while an import runs; such rows are removed when the file is next opened"),
)
Index("ix_name_list_pending", name_list.c.pending, sqlite_where=text("pending = 1"))

name_blob = table(
    "name_blob",
    "content",
    "Up to 65,536 names of a list, column by column.",
    integer("list_id", "the list", ForeignKey("name_list.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    integer("first", "number of the first name, from 0", primary_key=True, autoincrement=False),
    integer("count", "how many names"),
    blob("surfaces", "strings: the names as they stand in the list"),
    blob("entities", "strings: the ids of each name, several separated by U+001F"),
    blob("labels", "strings: the label of each name; null if all take the label of the source", nullable=True),
    blob("aliases", "uint8, zlib: 1 where the name is an alias; null if none is", nullable=True),
    counted=False,
)

pattern_blob = table(
    "pattern_blob",
    "content",
    "What of a list is no name but a pattern: a regular expression, tokens as spaCy describes them, a label of the input.",
    integer("list_id", "the list", ForeignKey("name_list.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    integer("count", "how many patterns"),
    blob("data", "JSON, zlib: [[number of the name, line of its file, expression, label or tokens, the pattern as read], ...]"),
    counted=False,
)

triple_list = table(
    "triple_list",
    "content",
    "The triples of a knowledge base, as read at one time. Equal ones are kept once.",
    id_column(),
    string("sha256", "of its columns", unique=True),
    string("name", "what it is called: its file's name"),
    integer("triples", "how many triples"),
)

triple_blob = table(
    "triple_blob",
    "content",
    "Up to 65,536 triples of a knowledge base, column by column.",
    integer(
        "list_id", "the knowledge base", ForeignKey("triple_list.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    integer("first", "number of the first triple, from 0", primary_key=True, autoincrement=False),
    integer("count", "how many triples"),
    blob("subjects", "strings: the subject of each"),
    blob("relations", "strings: the relation of each"),
    blob("objects", "strings: the object of each"),
    blob("subject_types", "strings: the type of each subject; null if none has one", nullable=True),
    blob("object_types", "strings: the type of each object; null if none has one", nullable=True),
    blob("sources", "strings: the document each was curated from; null if none says so", nullable=True),
    counted=False,
)
