"""What a spaCy user writes for the same job: a blank pipeline, PhraseMatcher, filter_spans, CoNLL. Run as a script."""

from __future__ import annotations

import sys
from pathlib import Path

import spacy
from spacy.matcher import PhraseMatcher
from spacy.util import filter_spans


def main(texts: str, names: str, out: str, lang: str, sentences: str) -> None:
    """Annotate every file of the folder `texts` with the names in `names`, one a line."""
    nlp = spacy.blank(lang)
    if sentences == "yes":
        nlp.add_pipe("sentencizer")
    matcher = PhraseMatcher(nlp.vocab)
    lines = Path(names).read_text(encoding="utf-8").split("\n")
    matcher.add("NAME", [nlp.make_doc(line) for line in lines if line])
    contents = (path.read_text(encoding="utf-8") for path in sorted(Path(texts).iterdir()))
    with Path(out).open("w", encoding="utf-8", newline="") as file:
        for number, doc in enumerate(nlp.pipe(contents)):
            doc.ents = filter_spans(matcher(doc, as_spans=True))
            file.write("\n" if number else "")
            for token in doc:
                if token.is_space:
                    continue
                if sentences == "yes" and token.is_sent_start and token.i:
                    file.write("\n")
                tag = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O"
                file.write(f"{token.text}\t{tag}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
