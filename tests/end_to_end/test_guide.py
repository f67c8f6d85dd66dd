"""The guide does what it says: its commands run, its output is theirs, its links lead somewhere."""

import io
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from farspan.options import OPTIONS
from farspan_app.cli.main import app, main

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
BOOK = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *PAGES]
SAMPLE = ROOT / "resources" / "farspan_resources" / "samples" / "film-news"
NOT_HERE = ("make demo", "make test", "make -B", "python3 -m venv", ".venv/bin/", "farspan gui")
PROGRAM = "from farspan_app.cli.main import main; raise SystemExit(main())"
VERDICTS = b"a\na\nr\n"  # what a person at the terminal says


def name_of(page):
    return str(page.relative_to(ROOT))


# Reading a page


def blocks(page):
    """What is shown as code: (language, text); an indented block has the language ''."""
    lines, found, language, kept = page.read_text("utf-8").split("\n"), [], None, []
    for line in lines:
        fence = re.fullmatch(r"```(\w*)", line)
        if language is None and fence:
            language = fence[1]
        elif fence or (language == "" and line and not line.startswith("    ")):
            found.append((language, "\n".join(kept)))
            language, kept = None, []
        elif language is None and line.startswith("    "):
            language, kept = "", [line.strip()]
        elif language is not None:
            kept.append(line.strip() if language == "" else line)
    return found


def commands(text):
    """The command lines of a block, lines that go on in the next one joined; remarks behind ` # ` taken off."""
    joined = re.sub(r"\\\n\s*", "", text)
    return [re.split(r"\s{2,}# ", line.strip())[0] for line in joined.split("\n") if line.strip()]


def is_commands(language, text):
    return language == "" and re.match(r"(farspan|cd|cp|make|cat|grep|printf|python3|\.venv)\b", text.lstrip(".")) is not None


# Doing what it says


@pytest.fixture
def shell(tmp_path, monkeypatch, capfd):
    """Runs a command line in a folder of its own; its output, both streams."""
    monkeypatch.chdir(tmp_path)

    def run(line):
        words = shlex.split(line)
        if words[0] == "cd":
            monkeypatch.chdir(words[1])
            return ""
        if words[0] != "farspan" or {"|", ">"} & set(words):
            return in_shell(line)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(VERDICTS), "utf-8"))
        code = main(words[1:])
        captured = capfd.readouterr()
        assert code in {0, allowed_code(line)}, (line, captured.err)
        return captured.out + "\n" + captured.err

    return run


def in_shell(line):
    program = f'farspan() {{ {shlex.quote(sys.executable)} -c {shlex.quote(PROGRAM)} "$@"; }}; set -o pipefail; {line}'
    done = subprocess.run(["bash", "-c", program], input=VERDICTS, capture_output=True, check=False)
    assert done.returncode == 0, (line, done.stderr.decode())
    return (done.stdout + b"\n" + done.stderr).decode()


def allowed_code(line):
    """1 where the page shows what an error looks like."""
    return 1 if "film_titles.json " in line else 0


def essence(text):
    """The lines of `text` as they can be compared: one blank for many, without seconds, dates and what stands for more lines."""
    lines = (re.sub(r"\s+", " ", re.sub(r"in \d+\.\d s", "in N s", line)).strip() for line in text.split("\n"))
    return [line for line in lines if line and line != "..." and not line.startswith("seconds:")]


@pytest.mark.parametrize("page", ["docs/first-hour.md", "docs/command-line.md"])
def test_the_commands_of_a_page_run_and_print_what_it_shows(page, shell):
    ran = 0
    said = []
    for language, text in blocks(ROOT / page):
        if language == "make":
            Path("Makefile").write_text(text + "\n", "utf-8")
            assert_makes_the_corpus()
        elif language == "text":
            missing = [line for line in essence(text) if line not in said]
            assert not missing, f"{page}: not printed by the commands above it"
        elif is_commands(language, text):
            said = []
            for line in commands(text):
                if not line.startswith(NOT_HERE):
                    said += essence(shell(line))
                    ran += 1
    assert ran > 10


def assert_makes_the_corpus():
    if shutil.which("make") is None:
        pytest.skip("there is no make")
    folder = Path("bin")
    folder.mkdir()
    (folder / "farspan").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -c {shlex.quote(PROGRAM)} "$@"\n', "utf-8")
    (folder / "farspan").chmod(0o755)
    for expected in (b"annotate", b"Nothing to be done"):
        made = subprocess.run(["bash", "-c", 'PATH="$PWD/bin:$PATH" make'], capture_output=True, check=False)
        assert made.returncode == 0, made.stderr.decode()
        assert expected in made.stdout
    assert Path("final.conll").read_text("utf-8").count("B-MOVIE") > 100


def test_the_commands_of_the_readme_run(shell):
    ran = 0
    for language, text in blocks(ROOT / "README.md"):
        for line in commands(text) if is_commands(language, text) else ():
            if line.startswith(NOT_HERE):
                continue
            if "people.txt" in line:  # a person's own data
                Path("people.txt").write_text("Tom Hanks\nWoody Allen\n", "utf-8")
                Path("places.csv").write_text("name,id\nMadrid,Q2807\n", "utf-8")
                Path("not-people.txt").write_text("Allen\n", "utf-8")
            if "gold.conll" in line:
                shutil.copy("corpus.conll", "gold.conll")
            shell(line)
            ran += 1
    assert ran > 12


def test_the_python_of_the_guide(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    names, shown = {}, ""
    for language, text in blocks(DOCS / "python.md"):
        if language == "python":
            exec(text, names)
            shown = capsys.readouterr().out
        elif language == "text":
            assert essence(text) == essence(shown)
    assert "Precision of PER is 1.00" in Path("letters.html").read_text("utf-8")


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    """A folder with news.farspan, which has relations, and the recipe news.toml."""
    home = tmp_path_factory.mktemp("news")
    titles, actors = f"MOVIE={SAMPLE}/lists/film_titles.jsonl", f"PER={SAMPLE}/lists/actors.txt"
    lists = ["--list", titles, "--list", actors]
    texts, project = f"{SAMPLE}/texts", str(home / "news.farspan")
    assert main(["annotate", texts, *lists, "--project", project, "-o", str(home / "news.jsonl"), "-q"]) == 0
    assert main(["relate", "--project", project, "--kb", f"{SAMPLE}/kb/film_cast.tsv", "--negatives", "same_types:1", "-q"]) == 0
    assert main(["recipe", "new", str(home / "news.toml"), "--input", texts, *lists, "-o", "out.conll", "-q"]) == 0
    return home


@pytest.mark.parametrize("page", ["judging.md", "recipe.md", "relations.md"])
def test_the_python_of_the_other_pages(page, news, tmp_path, monkeypatch):
    for file in news.iterdir():
        shutil.copy(file, tmp_path)
    monkeypatch.chdir(tmp_path)
    code = [text for language, text in blocks(DOCS / page) if language == "python"]
    assert code
    for text in code:
        exec(text, {})


# Every command of every page


def known_commands(command=None, words=()):
    """(words, options) of every command there is."""
    command = command or get_command(app)
    if isinstance(command, typer.core.TyperGroup):
        for name, child in command.commands.items():
            yield from known_commands(child, (*words, name))
    else:
        yield words, {flag for parameter in command.params for flag in (*parameter.opts, *parameter.secondary_opts)}


def farspan_lines(page):
    """Every command line of the page that begins with farspan, in code or in running text."""
    text = page.read_text("utf-8")
    shown = [line for language, block in blocks(page) if language in {"", "make"} for line in commands(block)]
    inline = re.findall(r"`(farspan [^`]+)`", text)
    return [line[line.index("farspan ") :] for line in shown if re.search(r"(^|\| |\t)farspan ", line)] + inline


@pytest.mark.parametrize("page", [page for page in BOOK if page.name != "commands.md"], ids=name_of)
def test_every_command_shown_exists_with_its_flags(page):
    known = dict(known_commands())
    for line in farspan_lines(page):
        words = line.split("|")[0].replace("...", "").split()[1:]
        flags = {word.split("=")[0] for word in words if re.match(r"--?[a-z]", word)}
        path = max((name for name in known if tuple(words[: len(name)]) == name), key=len, default=None)
        groups = {name[0] for name in known if len(name) == 2}
        if path is None:
            assert not words or words[0] in groups or words[0].startswith("-"), f"{name_of(page)}: {line}"
            continue
        assert flags <= known[path] | {"--help"}, f"{name_of(page)}: {line}"
        for setting in re.findall(r"--set '?([^=\s]+)=", line):
            assert setting.rpartition(".")[2] in OPTIONS, f"{name_of(page)}: {line}"


# Links


def anchors(page):
    """The anchors of a page's headings, as the guide makes them."""
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    found, seen = set(), {}
    for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE):
        bare = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).replace("`", "").replace("*", "")
        slug = re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", bare).strip().lower())
        number = seen[slug] = seen.get(slug, -1) + 1
        found.add(f"{slug}_{number}" if number else slug)
    return found


@pytest.mark.parametrize("page", BOOK, ids=name_of)
def test_every_link_leads_somewhere(page):
    text = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"https?:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.is_file(), f"{name_of(page)}: {link}"
        assert not anchor or anchor in anchors(target), f"{name_of(page)}: {link}"


@pytest.mark.parametrize("page", BOOK, ids=name_of)
def test_a_page_names_no_machine_and_shows_pictures_with_words(page):
    text = page.read_text("utf-8")
    assert not re.search(r"(?<![\w.])/(work|tmp|home|root|Users)/|pypi\.org|files\.pythonhosted", text)
    for words, path in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text):
        assert len(words) > 20, f"{name_of(page)}: {path}"
        assert (page.parent / path).read_bytes().startswith(b"\x89PNG")


def test_the_pictures_are_small_and_all_shown():
    pictures = sorted((DOCS / "pictures").glob("*.png"))
    assert sum(path.stat().st_size for path in pictures) < 2_500_000
    shown = {Path(path).name for page in BOOK for path in re.findall(r"\]\(([^)]+\.png)\)", page.read_text("utf-8"))}
    assert {path.name for path in pictures} == shown
