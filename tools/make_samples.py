"""Makes the sample projects and the stop words in resources/ from their published sources.

    python tools/make_samples.py --es-movie DIR --movie-titles DIR --world-cities DIR --geezorg DIR --country-list DIR
        --stopwords DIR

Each DIR is a copy of: additional/data/es_movie of github.com/uds-lsv/anea; github.com/prust/wikipedia-movie-data;
github.com/datasets/world-cities; github.com/geezorg/data; github.com/umpirsky/country-list;
github.com/stopwords-iso/stopwords-iso. What is written by hand (README.md, ATTRIBUTION.md, sample.json, LICENSES,
lists/spanish_titles.txt) is left alone.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

RESOURCES: Final = Path(__file__).parent.parent / "resources" / "farspan_resources"
FILMS: Final = RESOURCES / "samples" / "film-news"
PLACES: Final = RESOURCES / "samples" / "amharic-places"

NO_SPACE_BEFORE: Final = frozenset([",", ".", ";", ":", "!", "?", ")", "»", "...", "…", "%", "'s"])
NO_SPACE_AFTER: Final = frozenset("¿¡(«")
REPORT: Final = "ልዩ ሪፖርት፡፡"  # the last chapter, which has no numbered paragraphs
PERSON: Final = re.compile(r"[^\W\d_][\w.'\u2019-]*(?: [\w.'\u2019-]+)+\Z")
FILMS_OF_AN_ACTOR: Final = 8  # at least so many, to keep the sample small
COUNTRIES: Final = frozenset(
    ["Argentina", "Canada", "Chile", "Colombia", "Cuba", "France", "Italy", "Mexico", "Peru", "Puerto Rico", "Spain",
     "United Kingdom", "United States"]
)  # fmt: skip
DATE: Final = re.compile(r"\d\d\.\d\d\.\d{4}")


def main() -> None:
    """Make everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("es-movie", "movie-titles", "world-cities", "geezorg", "country-list", "stopwords"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    sources = parser.parse_args()
    write_articles(sources.es_movie / "es-movie_unlabeled.txt")
    copy(sources.es_movie / "es-movie.test", made(FILMS / "gold" / "test.conll"))
    copy(sources.es_movie / "es-movie_first1500tokens.train", made(FILMS / "gold" / "train.conll"))
    write_films(sources.movie_titles)
    write_cast(FILMS / "lists" / "film_titles.jsonl")
    write_cities(sources.world_cities / "data" / "world-cities.csv", sources.country_list / "data")
    toponyms = sources.geezorg / "amharic" / "toponymic" / "Amharic-GeoNames-20071121.txt"
    almanac = sources.geezorg / "amharic" / "parallel" / "AfricanAlmanacBook" / "African-Almanac-English-Amharic-utf8.txt"
    write_places(toponyms)
    write_countries(sources.country_list / "data" / "am" / "country.csv")
    write_almanac(almanac)
    write_stop_words(sources.stopwords)


def made(path: Path) -> Path:
    """`path`, its folder made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def write(path: Path, lines: Iterable[str]) -> None:
    """The lines as UTF-8, each with its end."""
    made(path).write_text("".join(line + "\n" for line in lines), encoding="utf-8", newline="")


def copy(source: Path, target: Path) -> None:
    """The bytes of `source` as `target`."""
    target.write_bytes(source.read_bytes())


# Film news


def write_articles(tokens_file: Path) -> None:
    """One running text for each article of the tokenised news, and the address of each."""
    addresses = []
    for address, tokens in articles(tokens_file.read_text("utf-8").split("\n")):
        number, slug = re.search(r"/noticia/(\d+)/0/([^/]+)", address).groups()
        name = f"{number}-{slug[:60].strip('-')}.txt"
        addresses.append(f"{name}\t{address}")
        write(FILMS / "texts" / name, running_text(tokens))
    write(FILMS / "addresses.tsv", ["file\taddress", *addresses])


def articles(tokens: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Each article's address and its tokens; an article begins with its address."""
    address, inside = "", []
    for token in tokens:
        if token.startswith("https://"):
            if inside:
                yield address, inside
            address, inside = token, []
        elif token.strip():
            inside.append(token)
    yield address, inside


def running_text(tokens: list[str]) -> Iterator[str]:
    """The lines of an article: headline, agency and date, then the text. The source has no other line breaks to go by.

    The line with the date ends the headline: the agency before it is written in capitals. Credits of pictures in capitals
    after the end of a sentence get a line of their own.
    """
    date = next(i for i, token in enumerate(tokens) if DATE.fullmatch(token))
    agency = date
    while is_capitals(tokens[agency - 1]):
        agency -= 1
    yield join(tokens[:agency])
    yield " ".join(tokens[agency : date + 3])
    yield ""
    for paragraph in paragraphs(tokens[date + 3 :]):
        yield join(paragraph)


def is_capitals(token: str) -> bool:
    """Whether a token is a word in capitals: an agency, a studio, a photographer."""
    return len(token) > 2 and token.upper() == token and token[-1].isalpha()


def paragraphs(tokens: list[str]) -> Iterator[list[str]]:
    """The tokens cut after picture credits: words in capitals, slashes and dashes between a sentence's end and a capital."""
    start = 0
    for i in range(1, len(tokens) - 1):
        begin = i
        while begin > 0 and (is_capitals(tokens[begin - 1]) or tokens[begin - 1] in {"/", "-", "ARCHIVO"}):
            begin -= 1
        ends_sentence = begin > 0 and tokens[begin - 1] in {".", "?", "!", "'"}
        next_begins = tokens[i][:1].isupper() and not is_capitals(tokens[i])
        if begin < i and ends_sentence and next_begins and is_capitals(tokens[i - 1]):
            yield tokens[start:i]
            start = i
    yield tokens[start:]


def join(tokens: list[str]) -> str:
    """Spanish running text: spaces as a newspaper sets them, quotation marks taken in turn as opening and closing."""
    text, glued = "", True
    is_open = {"'": False, '"': False}
    for i, token in enumerate(tokens):
        closes = is_open.get(token, False) and not _must_open(tokens, i)
        before = "" if glued or token in NO_SPACE_BEFORE or closes or _is_hyphen(tokens, i) else " "
        text += before + token
        glued = token in NO_SPACE_AFTER or _is_hyphen(tokens, i)
        if token in is_open:
            is_open[token] = not closes
            glued = not closes
        if token == ".":  # noqa: S105
            is_open["'"] = False  # titles end with their sentence; one of the sources' quotation marks is missing
    return text


def _must_open(tokens: list[str], i: int) -> bool:
    """Whether a quotation mark opens whatever came before: nothing can close right after an opening mark."""
    return i > 0 and tokens[i - 1] in NO_SPACE_AFTER


def _is_hyphen(tokens: list[str], i: int) -> bool:
    """Whether a dash joins two halves of a word or two years; between words in capitals and around dates it stands free."""
    if tokens[i] != "-" or not 0 < i < len(tokens) - 1:
        return False
    before, after = tokens[i - 1], tokens[i + 1]
    return before[-1].isalnum() and after[0].isalnum() and not is_capitals(before) and not DATE.fullmatch(before)


def write_films(folder: Path) -> None:
    """Titles with year, cast and genres, a film a line; the address of its article is the id."""
    lines = []
    keys = ("name", "id", "year", "cast", "genres")
    for decade in sorted(folder.glob("movies-*.json")):
        for film in json.loads(decade.read_text("utf-8")):
            values = (film["title"], film.get("href"), film["year"], film["cast"], film["genres"])
            row = {key: value for key, value in zip(keys, values, strict=True) if value}
            lines.append(json.dumps(row, ensure_ascii=False, separators=(",", ":")))
    write(FILMS / "lists" / "film_titles.jsonl", lines)


def write_cast(films: Path) -> None:
    """Who acts in which film, and the list of these actors: names of two words and more that stand in many casts."""
    rows = [json.loads(line) for line in films.read_text("utf-8").rstrip("\n").split("\n")]
    pairs = [(row["id"], name) for row in rows if "id" in row for name in row.get("cast", ()) if PERSON.match(name)]
    films_of = Counter(name for _, name in dict.fromkeys(pairs))
    known = [pair for pair in dict.fromkeys(pairs) if pair[1][0].isupper() and films_of[pair[1]] >= FILMS_OF_AN_ACTOR]
    write(FILMS / "kb" / "film_cast.tsv", ["subject\trelation\tobject", *(f"{film}\tcast\t{actor}" for film, actor in known)])
    write(FILMS / "lists" / "actors.txt", sorted({actor for _, actor in known}))


def write_cities(table: Path, countries: Path) -> None:
    """Cities of some countries by their GeoNames number, all countries by ISO 3166 code in Spanish, and which city is where."""
    codes = {row["value"]: row["id"] for row in _table(countries / "en" / "country.csv")}
    cities = [(row["name"], row["geonameid"], codes[row["country"]]) for row in _table(table) if row["country"] in COUNTRIES]
    write(FILMS / "lists" / "cities.tsv", ["name\tid", *(f"{name}\t{key}" for name, key, _ in cities)])
    spanish = sorted((row["id"], row["value"]) for row in _table(countries / "es" / "country.csv"))
    write(FILMS / "lists" / "countries.tsv", ["name\tid", *(f"{name}\t{code}" for code, name in spanish)])
    write(
        FILMS / "kb" / "city_country.tsv", ["subject\trelation\tobject", *(f"{key}\tcountry\t{code}" for _, key, code in cities)]
    )


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# Amharic places


def write_places(toponyms: Path) -> None:
    """The names that have an Ethiopic form, with their Latin one; a number that tells namesakes apart is left out."""
    rows: dict[tuple[str, str], None] = {}
    for line in toponyms.read_text("utf-8").split("\n")[1:]:
        cells = line.split("\t")
        if cells[0].strip():
            name, latin = (re.sub(r"\s*\(\d+\)$", "", cell.strip()) for cell in cells[:2])
            rows[name, latin] = None
    write(PLACES / "lists" / "ethiopian_places.tsv", ["name\tlatin", *("\t".join(row) for row in rows)])


def write_countries(table: Path) -> None:
    """The countries of the world in Amharic, with their ISO 3166 codes."""
    with table.open(encoding="utf-8", newline="") as file:
        rows = [(row["value"], row["id"]) for row in csv.DictReader(file)]
    write(PLACES / "lists" / "countries.tsv", ["name\tid", *("\t".join(row) for row in sorted(rows, key=lambda row: row[1]))])


def write_almanac(almanac: Path) -> None:
    """The Amharic half of the almanac, a chapter a file: a chapter is a line on its own before the paragraph numbered one."""
    lines = almanac.read_text("utf-8").split("\n")
    lines = lines[: lines.index("Preface")]
    starts = [0, *chapter_starts(lines), len(lines)]
    for number, (start, end) in enumerate(pairwise(starts)):
        write(PLACES / "texts" / f"{number:02}.txt", _trimmed(lines[start:end]))


def chapter_starts(lines: list[str]) -> Iterator[int]:
    """The lines that are headings: short, and the next that is not blank begins with the Ethiopic digit one; or the report."""
    filled = [i for i, line in enumerate(lines) if line.strip()]
    for before, after in pairwise(filled):
        heading = lines[before].strip()
        is_first = lines[after].lstrip().startswith("፩") and not heading.startswith("፩") and len(heading) < 40
        if is_first or heading == REPORT:
            yield before


def _trimmed(lines: list[str]) -> list[str]:
    while lines and not lines[-1].strip():
        lines.pop()
    return lines


# Stop words


def write_stop_words(folder: Path) -> None:
    """One file a language, a word a line."""
    for language, words in json.loads((folder / "stopwords-iso.json").read_text("utf-8")).items():
        write(RESOURCES / "stopwords" / f"{language}.txt", sorted(set(words)))
    copy(folder / "LICENSE", made(RESOURCES / "stopwords" / "LICENSE"))


if __name__ == "__main__":
    main()
