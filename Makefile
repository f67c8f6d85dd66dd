# The two commands of a newcomer: `make demo` and `make test`. Each target sets up what it needs in .venv.
# uv is used where it is present; otherwise `python3 -m venv` and pip do it all.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.farspan-installed

.PHONY: demo test desktop app check bench docs shots pictures setup clean
.DEFAULT_GOAL := help

help:
	@echo "make demo      set up and annotate the sample project"
	@echo "make test      set up and run the tests"
	@echo "make desktop   put Farspan into this computer's menu, to be started by a double click"
	@echo "make app       the program as a folder that needs no Python, into dist/Farspan/"
	@echo "make check     lint, types, import contracts"
	@echo "make bench     measure against other tools"
	@echo "make docs      build the user guide into site/"
	@echo "make shots     pictures of every tab, light and dark, into shots/"
	@echo "make pictures  the pictures of README and the guide, into docs/pictures/"

demo: $(STAMP)
	$(BIN)/farspan demo farspan-demo --force

test: $(STAMP)
	$(BIN)/python -m pytest -q -n auto tests

desktop: $(STAMP)
	$(BIN)/farspan desktop

app: $(STAMP)
	$(BIN)/python -m PyInstaller --version >/dev/null 2>&1 || $(BIN)/python -m pip install --quiet 'pyinstaller>=6.10'
	$(BIN)/python -m PyInstaller --noconfirm --log-level WARN tools/app.spec
	@echo "dist/Farspan/ is the whole program: Farspan opens the window, farspan is the command."

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(STAMP)
	$(BIN)/python -m benchmarks $(BENCH)

docs: $(STAMP)
	$(BIN)/mkdocs build --strict

shots: $(STAMP)
	tools/screenshots $(BIN)/farspan shots

pictures: $(STAMP)
	tools/pictures $(BIN) docs/pictures

setup: $(STAMP)

# One stamp: rewritten when what is to be installed has changed.
$(STAMP): pyproject.toml constraints.txt
	@tools/setup "$(PYTHON)" "$(VENV)"
	@touch $@

clean:
	rm -rf $(VENV) build dist site shots farspan-demo .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
