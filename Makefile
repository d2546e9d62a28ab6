# `make archive` runs the main job on the example sites, `make test` every check. Both set up what they need first, once.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DB ?= archive.db
CAPTURES ?= captures
PORT ?= 8001
SERVE ?= 1
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: archive test lint types check-docs pytest accuracy bench docs screenshots weights lock clean help

help:
	@echo "make archive      set up, crawl the example sites, build $(DB), serve it on http://127.0.0.1:$(PORT) (SERVE=0: stop after building)"
	@echo "make test         set up, run every check: lint, types, tests, freshness of generated docs"
	@echo "make accuracy     accuracy of the extraction on the golden pages"
	@echo "make weights      fit the models of dates, titles, kinds, sums, numbers of partners and parties on the golden pages again"
	@echo "make bench        ratios against other tools (BENCH=full: large inputs)"
	@echo "make docs         write the generated parts of the docs again"
	@echo "make screenshots  pictures of the main pages for the README"
	@echo "make lock         resolve the dependencies again and pin them"

archive: $(VENV)/.runtime
	$(BIN)/python -m examples.demo --db $(DB) --captures $(CAPTURES)
	@if [ "$(SERVE)" != 0 ]; then $(BIN)/hankearkisto serve --db $(DB) --port $(PORT); fi

test: $(VENV)/.dev lint types pytest check-docs

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

pytest: $(VENV)/.dev $(VENV)/.browser
	$(BIN)/pytest

check-docs: $(VENV)/.dev
	$(BIN)/python -m docs.generate --check

docs: $(VENV)/.dev
	$(BIN)/python -m docs.generate

accuracy: $(VENV)/.dev
	$(BIN)/python -m tests.accuracy

# In this order: kinds and parties look at titles. Golden pages that were added or mended ask for it.
weights: $(VENV)/.dev
	$(BIN)/python -m tests.fit_dates
	$(BIN)/python -m tests.fit_titles
	$(BIN)/python -m tests.fit_kinds
	$(BIN)/python -m tests.fit_amounts
	$(BIN)/python -m tests.fit_counts
	$(BIN)/python -m tests.fit_parties --check
	$(BIN)/python -m tests.fit_parties
	$(BIN)/python -m tests.accuracy --update

bench: $(VENV)/.dev
	$(BIN)/python -m bench

screenshots: $(VENV)/.dev $(VENV)/.browser
	$(BIN)/python -m docs.screenshots $(DB) docs/pictures

# With the oldest Python that is promised (make lock PYTHON=python3.11, 3.11.2 as in Debian 12): a newer one may pin what it cannot install.
lock:
	$(PIP) install "pip-tools>=7.5"
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url --no-emit-find-links -o requirements.lock pyproject.toml
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe --no-emit-index-url --no-emit-find-links --extra dev -o requirements-dev.lock pyproject.toml

# The stamps make a second run skip the installation; a changed lock file installs again.
$(VENV)/bin/python:
	@echo "setting up $(VENV)" >&2
	$(PYTHON) -m venv $(VENV)

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "installing the pinned dependencies" >&2
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@echo "building the word list of the search" >&2
	$(BIN)/python -m normalise.language.lexicon
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.runtime
	@echo "installing the pinned development tools" >&2
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

# The browser tests need Chromium. Without it, and without the right to install it, they are skipped and say so.
$(VENV)/.browser: $(VENV)/.dev
	@command -v chromium >/dev/null || { echo "installing Debian's chromium for the browser tests" >&2; \
	  (apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium) >/dev/null 2>&1 \
	  || echo "chromium is missing and could not be installed: the browser tests will be skipped" >&2; }
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache build *.egg-info
