"""A light tagger that learns from a run's own labels how names look, and scores every token by a model that has not seen it.

Shape, affixes and neighbours of a token, hashed; never the word itself, or it would only say again what the lists say. Logistic
regression by stochastic gradient descent, one class against the rest, over folds of whole documents (of sentences where there
are few documents). Memory is bounded by scoring in blocks and by what is drawn to learn from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from farspan.job import SILENT, Job
from farspan.model import BoolArray, IntArray, LongArray
from farspan.run import Run
from farspan.text.corpus import Corpus

Scores = npt.NDArray[np.float32]

FOLDS: Final = 4
_SIZE: Final = 1 << 17
_BLOCK: Final = 100_000  # tokens scored at a time
_LEARNED: Final = 300_000  # tokens that one model learns from at most
_SEED: Final = 7
_OFFSETS: Final = (-2, -1, 1, 2)
_SHOWN: Final = 30  # a longer neighbour, such as an address, is no reason worth reading
_PAST: Final = "\x02"  # what stands beyond the end of a sentence


@dataclass(frozen=True, eq=False)
class TokenScores:
    """How much each token looks like one of an entity, out of fold. Signals: they order, and estimate nothing.

    scores: float32[tokens], 0..1. looks: int32[tokens], the label that each looks like, into `labels`. labelled: bool[tokens],
    those that the run labels. All scores are 0 where the run labels nothing, or everything.
    """

    labels: Sequence[str]
    scores: Scores
    looks: IntArray
    labelled: BoolArray
    folds: IntArray = field(repr=False)
    _models: Sequence[Any] = field(repr=False)
    _features: _Features | None = field(repr=False)

    def reasons(self, token: int, most: int = 3) -> tuple[str, ...]:
        """What speaks most for a token being one of an entity, in words."""
        if self._features is None:
            return ()
        named = self._features.named(token)
        model = self._models[int(self.folds[token])]
        weights = -model.coef_[0] if len(model.coef_) > 1 else model.coef_[0]
        worth = sorted(named, key=lambda pair: -weights[_number(pair[0])])
        return tuple(dict.fromkeys(words for name, words in worth if weights[_number(name)] > 0))[:most]


def token_scores(run: Run, job: Job = SILENT) -> TokenScores:
    """The out-of-fold scores of the tokens of `run`; the same run gives the same scores."""
    corpus, labels = run.corpus, list(run.rules.labels)
    given = _token_labels(run)
    features = _Features(corpus)
    folds = _folds(corpus)
    scores, looks = np.zeros(len(corpus), np.float32), np.zeros(len(corpus), np.int32)
    models: list[Any] = []
    if not 0 < np.count_nonzero(given) < len(given):
        return TokenScores(labels, scores, looks, given > 0, folds, (), None)
    for fold in range(int(folds.max()) + 1):
        job.progress(fold, int(folds.max()) + 1, "learning how names look")
        model = _learned(features, given, np.flatnonzero(folds != fold))
        models.append(model)
        rows = np.flatnonzero(folds == fold)
        for first in range(0, len(rows) if model is not None else 0, _BLOCK):
            job.progress(fold, int(folds.max()) + 1, "looking for names")
            part = rows[first : first + _BLOCK]
            scores[part], looks[part] = _scored(model, features.rows(part))
    return TokenScores(labels, scores, looks, given > 0, folds, models, features if all(models) else None)


def _token_labels(run: Run) -> LongArray:
    """int64[tokens]: 0 outside spans, else the number of the label, from 1; of spans over one token the longest counts."""
    spans, given = run.spans, np.zeros(len(run.corpus), np.int64)
    for row in np.argsort(spans.ends - spans.starts, kind="stable").tolist():
        given[spans.starts[row] : spans.ends[row]] = spans.label_ids[row] + 1
    return given


def _folds(corpus: Corpus) -> IntArray:
    """int32[tokens]: the fold of each token's document, or of its sentence where documents are few."""
    firsts = corpus.doc_offsets[:-1] if len(corpus.documents) >= 5 * FOLDS else corpus.sentences
    if len(firsts) < FOLDS:  # one long sentence: cut it into stretches
        firsts = np.arange(0, max(len(corpus), 1), 200)
    turn = (np.random.default_rng(_SEED).permutation(len(firsts)) % FOLDS).astype(np.int32)
    return turn[np.searchsorted(firsts, np.arange(len(corpus)), side="right") - 1]


def _learned(features: _Features, given: LongArray, rows: LongArray) -> Any:
    """A model fitted on `rows`, or on as many of them as can be held; None where they hold one class only."""
    from sklearn.linear_model import SGDClassifier  # noqa: PLC0415  (slow to import)

    random = np.random.default_rng(_SEED)
    if len(rows) > _LEARNED:
        named = rows[given[rows] > 0]
        named = random.permutation(named)[: _LEARNED // 2]
        rest = random.permutation(rows[given[rows] == 0])[: _LEARNED - len(named)]
        rows = np.sort(np.concatenate([named, rest]))
    if len(np.unique(given[rows])) < 2:
        return None
    model = SGDClassifier(loss="log_loss", alpha=3e-4, max_iter=8, tol=None, average=True, random_state=_SEED)
    return model.fit(features.rows(rows), given[rows])


def _scored(model: Any, rows: Any) -> tuple[Scores, IntArray]:
    """How little each row looks like the class outside entities, and the label it looks most like."""
    decided = model.decision_function(rows)
    if decided.ndim == 1:  # outside, and one label
        scores, looks = decided, np.full(len(decided), model.classes_[1] - 1)
    else:
        scores, looks = -decided[:, 0], model.classes_[1 + decided[:, 1:].argmax(axis=1)] - 1
    return (1 / (1 + np.exp(-np.clip(scores, -30, 30)))).astype(np.float32), looks.astype(np.int32)


class _Features:
    """The features of tokens as rows of a sparse matrix, put together from tables over the types."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._used, self._types = np.unique(corpus.ids, return_inverse=True)
        words = [corpus.vocabulary[number] for number in self._used.tolist()]
        self._own = _table([list(_own(word, first="")) for word in words])
        self._first = _table([list(_own(word, first="^")) for word in words])
        self._beside = {
            offset: _table([[f"{offset}={word}", f"{offset}~{_shape(word)}"] for word in [*words, _PAST]]) for offset in _OFFSETS
        }
        self._sentence = corpus.sentence_of(np.arange(len(corpus)))
        self._is_first = np.zeros(len(corpus), np.bool_)
        self._is_first[corpus.sentences[corpus.sentences < len(corpus)]] = True

    def rows(self, tokens: LongArray) -> Any:
        """The sparse matrix of `tokens`."""
        from scipy.sparse import vstack  # noqa: PLC0415  (slow to import)

        order = np.argsort(self._is_first[tokens], kind="stable")
        split = int((~self._is_first[tokens]).sum())
        inside, opening = tokens[order[:split]], tokens[order[split:]]
        own = vstack([self._own[self._types[inside]], self._first[self._types[opening]]]).tocsr()
        back = np.empty(len(order), np.int64)
        back[order] = np.arange(len(order))
        made = own[back]
        for offset, table in self._beside.items():
            made = made + table[self._neighbours(tokens, offset)]
        return made

    def _neighbours(self, tokens: LongArray, offset: int) -> LongArray:
        """The type of what stands `offset` tokens away in the sentence; the last row of a table stands for its end."""
        there = np.clip(tokens + offset, 0, len(self._types) - 1)
        inside = (there == tokens + offset) & (self._sentence[there] == self._sentence[tokens])
        return np.where(inside, self._types[there], len(self._used))

    def named(self, token: int) -> Iterator[tuple[str, str]]:
        """Each feature of a token with what it says in words."""
        corpus = self._corpus
        word = corpus.vocabulary[int(corpus.ids[token])]
        is_first = bool(self._is_first[token])
        for name in _own(word, first="^" if is_first else ""):
            yield name, _words(name, word, is_first=is_first)
        for offset in _OFFSETS:
            row = int(self._neighbours(np.array([token]), offset)[0])
            other = corpus.vocabulary[int(self._used[row])] if row < len(self._used) else ""
            if other and len(other) <= _SHOWN:
                yield f"{offset}={other}", f"names stand {'after' if offset < 0 else 'before'} {other!r}"
                yield f"{offset}~{_shape(other)}", f"it stands {'after' if offset < 0 else 'before'} {other!r}"


def _own(word: str, *, first: str) -> Iterator[str]:
    """The features of a word; `first` marks those of a word that begins its sentence."""
    yield f"s{first}{_shape(word)}"
    yield f"l{min(len(word), 12)}"
    folded = word.casefold()
    for size in (1, 2, 3):
        if len(folded) > size:
            yield f"p{folded[:size]}"
            yield f"e{folded[-size:]}"


def _words(name: str, word: str, *, is_first: bool) -> str:
    match name[0]:
        case "s":
            opening = ", at the beginning of a sentence" if is_first else ""
            return f"names are written like {word!r}{opening}"
        case "l":
            return f"names often have {len(word)} characters"
        case "p":
            return f"names begin with {word[: len(name) - 1]}-"
        case _:
            return f"names end in -{word[len(word) - len(name) + 1 :]}"


def _shape(word: str) -> str:
    """Capitals as X, small letters as x, digits as 9, other letters as c; runs are shortened to two."""
    made: list[str] = []
    for letter in word[:40]:
        kind = (
            "X"
            if letter.isupper()
            else "x"
            if letter.islower()
            else "9"
            if letter.isdigit()
            else "c"
            if letter.isalpha()
            else letter
        )
        if made[-2:] != [kind, kind]:
            made.append(kind)
    return "".join(made)


def _number(name: str) -> int:
    return crc32(name.encode("utf-8", "surrogatepass")) % _SIZE


def _table(features: Sequence[Sequence[str]]) -> Any:
    """Rows of features as a sparse matrix of ones, float32."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415  (slow to import)

    sizes = np.fromiter(map(len, features), np.int64, len(features))
    columns = np.fromiter((_number(name) for row in features for name in row), np.int32, int(sizes.sum()))
    ends = np.concatenate([[0], np.cumsum(sizes)])
    return csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape=(len(features), _SIZE))
