"""The tokens of a project's texts as int32 blobs, over one vocabulary of all its token strings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from sqlalchemy import Connection

from farspan.errors import ProjectError
from farspan.model import IntArray, Tokens
from farspan.store.database import Database
from farspan.store.packing import pack_columns, pack_strings, unpack_columns, unpack_strings
from farspan.text.corpus import Corpus
from farspan.text.vocabulary import Vocabulary

_TYPES: Final = ("<i4", "<i4", "<i4", "<i4")


class TokenStore:
    """The room of the tokens: what a tokenizer made of each text, kept once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._stored: Vocabulary | None = None

    def save(self, corpus: Corpus, tokenizer: str, documents: Sequence[int]) -> None:
        """Keep the tokens of `corpus` under the name `tokenizer`; documents: the numbers of its documents in the project.

        The texts must be those of the project. Tokens that are there already are left alone.
        """
        try:
            with self._database.writing() as connection:
                self._save(connection, corpus, tokenizer, documents)
        except BaseException:
            self._stored = None  # it may hold strings that did not reach the disk
            raise

    def _save(self, connection: Connection, corpus: Corpus, tokenizer: str, documents: Sequence[int]) -> None:
        numbers = self._numbers(connection, corpus.vocabulary)
        query = "SELECT text_id FROM token_blob WHERE tokenizer = ?"
        known = set(connection.exec_driver_sql(query, (tokenizer,)).scalars())
        rows = {}
        for document, stored in zip(corpus.documents, documents, strict=True):
            text_id = connection.exec_driver_sql("SELECT text_id FROM document WHERE id = ?", (stored,)).scalar_one()
            tokens = document.tokens
            if text_id in known or tokens is None or tokens.ids is None:
                continue
            columns = (numbers[tokens.ids], tokens.starts, tokens.ends, tokens.sentences)
            rows[text_id] = (text_id, tokenizer, len(tokens), len(tokens.sentences), pack_columns(columns, _TYPES))
        if rows:
            query = "INSERT INTO token_blob (text_id, tokenizer, tokens, sentences, data) VALUES (?, ?, ?, ?, ?)"
            connection.exec_driver_sql(query, list(rows.values()))

    def _numbers(self, connection: Connection, vocabulary: Vocabulary) -> IntArray:
        """The stored number of every string of `vocabulary`; new strings are stored."""
        stored = self.vocabulary() if self._stored is None else self._stored
        self._stored = stored
        before = len(stored)
        numbers = stored.intern(vocabulary.strings)
        if len(stored) > before:
            new = stored.strings[before:]
            query = 'INSERT INTO vocabulary_part (first, "count", strings) VALUES (?, ?, ?)'
            connection.exec_driver_sql(query, (before, len(new), pack_strings(new)))
        return numbers

    def vocabulary(self) -> Vocabulary:
        """A new vocabulary with every stored token string under its stored number."""
        with self._database.reading() as connection:
            parts = connection.exec_driver_sql("SELECT strings FROM vocabulary_part ORDER BY first").scalars()
            return Vocabulary([string for part in parts for string in unpack_strings(part)])

    def known(self, tokenizer: str, document: int, words: Vocabulary) -> Tokens | None:
        """The tokens of the present text of `document`, None if not stored; words: `vocabulary()`, or what grew from it."""
        with self._database.reading() as connection:
            text_id = connection.exec_driver_sql("SELECT text_id FROM document WHERE id = ?", (document,)).scalar_one()
            columns = token_columns(connection, tokenizer, text_id)
        if columns is None:
            return None
        ids, starts, ends, sentences = columns
        return Tokens(starts, ends, sentences, ids, words)

    def columns(self, tokenizer: str, document: int) -> tuple[IntArray, IntArray, IntArray]:
        """Starts and ends of the tokens of a document in code points, and the first token of each of its sentences.

        Raises ProjectError if its text was never tokenised so.
        """
        with self._database.reading() as connection:
            text_id = connection.exec_driver_sql("SELECT text_id FROM document WHERE id = ?", (document,)).scalar_one()
            found = token_columns(connection, tokenizer, text_id)
        if found is None:
            what = f"document {document} has no tokens by {tokenizer}"
            raise ProjectError(what, where=self._database.where, remedy="run the project again")
        return found[1:]

    def load(self, tokenizer: str, documents: Sequence[int]) -> Mapping[int, Tokens]:
        """The tokens of `documents` by number, over one vocabulary. Raises ProjectError if a text was never tokenised so."""
        words = self.vocabulary()
        found = {}
        for document in documents:
            tokens = self.known(tokenizer, document, words)
            if tokens is None:
                what = f"document {document} has no tokens by {tokenizer}"
                raise ProjectError(what, where=self._database.where, remedy="run the project again")
            found[document] = tokens
        return found


def token_columns(connection: Connection, tokenizer: str, text_id: int) -> tuple[IntArray, IntArray, IntArray, IntArray] | None:
    """ids, starts, ends and first tokens of sentences of the text numbered `text_id`; None if it was never tokenised so."""
    query = "SELECT tokens, sentences, data FROM token_blob WHERE text_id = ? AND tokenizer = ?"
    row = connection.exec_driver_sql(query, (text_id, tokenizer)).first()
    if row is None:
        return None
    ids, starts, ends, sentences = (np.asarray(c) for c in unpack_columns(row[2], [row[0]] * 3 + [row[1]], _TYPES))
    return ids, starts, ends, sentences
