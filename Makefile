# What can be made here; each `##` is a line of the help that a bare `make` prints.

SOURCEDIR  ?= .
BUILDDIR   ?= _build
LANGUAGES  ?=
SPHINXOPTS ?=
PORT       ?= 8000
ARTICLE    ?=
VERSION    ?=
OCFL       ?=
BAG        ?=
EXPECT     ?=
REBUILD    ?=
SITE       ?=
TESTS      ?= tests
BENCHOPTS  ?=
# Where the public CSL test suite is: in the folder `suite` of this one.
FLEURON_CSL_CASES ?= $(abspath $(wildcard ../shared/csl))

# Through the environment: an option may have quotation marks in it.
export SPHINXOPTS

VENV    := .venv
PEERS   := benchmarks/.venv
PYTHON3 := $(VENV)/bin/python -P
FLEURON  = $(VENV)/bin/fleuron
BOOK     = --source "$(SOURCEDIR)" --build "$(BUILDDIR)" --languages "$(LANGUAGES)" --options="$$SPHINXOPTS"

.DEFAULT_GOAL := help
.PHONY: help html epub pdf all live archive verify publish translations test test-fast lint bench bench-styles bench-site bench-book bench-peers bench-archive csl-suite clean lock pictures
.PHONY: ready ready-pdf ready-test ready-bench

help:
	@echo "make TARGET [SOURCEDIR=.] [BUILDDIR=_build] [LANGUAGES=\"en tr\"] [SPHINXOPTS=...]"
	@sed -n 's/^\([a-z-]*\):.*## /  \1|/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

html: ready ## the web site, in BUILDDIR/html
	@$(FLEURON) publish html $(BOOK)

epub: ready ## an EPUB of each edition, in BUILDDIR/epub (ARTICLE=slug for one article alone)
	@$(FLEURON) publish epub --article "$(ARTICLE)" $(BOOK)

pdf: ready-pdf ## the PDFs, each volume and each article, in BUILDDIR/pdf (ARTICLE=slug for one article alone)
	@$(FLEURON) publish pdf --article "$(ARTICLE)" $(BOOK)

all: ready-pdf ## PDFs, EPUBs and the site that offers them
	@$(FLEURON) publish pdf epub html $(BOOK)

live: ready ## a site that follows what you write, on http://127.0.0.1:PORT
	@$(FLEURON) live --port $(PORT) $(BOOK)

archive: ready-pdf ready-test ## archive a tag of this repository as a bag (VERSION=v1.0; OCFL=folder to add it to an OCFL root)
	@$(FLEURON) archive "$(VERSION)" --source "$(SOURCEDIR)" --ocfl "$(OCFL)"

verify: ready-pdf ## prove a bag (BAG=archive/…; EXPECT=sha512:… its root hash, REBUILD=1 to build it again)
	@$(FLEURON) verify "$(BAG)" --expect "$(EXPECT)" $(if $(filter-out 0,$(REBUILD)),--rebuild)

publish: ready ## put an archived version on a site (VERSION=v1.0 SITE=folder)
	@$(FLEURON) release "$(VERSION)" "$(SITE)" --source "$(SOURCEDIR)"

translations: ready ## bring the catalogues in locale/ up to the sources
	@$(FLEURON) translations $(BOOK)

test: ready-pdf ready-test ## test the press on its publication (TESTS=tests/test_x.py for a part)
	@$(PYTHON3) -m pytest $(TESTS)

test-fast: ready-pdf ready-test ## run the tests that need no browser, Java, Node.js or sample, for the loop while writing
	@$(PYTHON3) -m pytest -m "not (browser or java or node or sample or slow)" $(TESTS)

lint: ready ## check the style and the types of the press
	@$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check . && $(VENV)/bin/mypy

bench: bench-styles bench-site bench-book bench-peers bench-archive ## measure how fast citations are made, and what site, book and archive cost

bench-styles: ready
	@$(PYTHON3) benchmarks/citation_styles.py

# BENCHOPTS="--articles 20 40" for smaller sites, "--articles" for none.
bench-site: ready-bench
	@PYTHONPATH=. $(PYTHON3) -m benchmarks.site $(BENCHOPTS)

# BENCHOPTS="--articles 10 50 200" for a larger volume, too.
bench-book: ready-pdf
	@PYTHONPATH=. $(PYTHON3) -m benchmarks.book $(BENCHOPTS)

bench-archive: ready
	@PYTHONPATH=. $(PYTHON3) -m benchmarks.fixity

# What other programs need, in an environment of its own.
bench-peers: ready-pdf ready-test $(PEERS)/.installed
	@PYTHONPATH=. $(PYTHON3) -m benchmarks.peers $(BENCHOPTS)

$(PEERS)/.installed: benchmarks/peers.lock
	@$(PYTHON3) -m venv --clear $(PEERS)
	@$(PEERS)/bin/python -m pip --quiet --disable-pip-version-check install --require-hashes -r $<
	@touch $@

# Not in the help: for those who work on the press.
csl-suite: ready
	@test -n "$(FLEURON_CSL_CASES)" || { echo "FLEURON_CSL_CASES names no folder with the public CSL test suite"; exit 1; }
	@$(PYTHON3) -m fleuron.csl suite "$(FLEURON_CSL_CASES)/suite"

# Needs uv on the PATH.
lock:
	uv pip compile pyproject.toml --extra author --extra workshop --universal --generate-hashes --upgrade \
	  --fork-strategy fewest --python-version 3.11 --no-emit-index-url --custom-compile-command "make lock" \
	  --output-file requirements.lock
	uv pip compile benchmarks/peers.in --universal --generate-hashes --upgrade --python-version 3.11 \
	  --no-emit-index-url --custom-compile-command "make lock" --output-file benchmarks/peers.lock

pictures: all ready-test
	@$(PYTHON3) docs/pictures/take.py "$(BUILDDIR)"

clean: ## remove what was built
	rm -rf "$(BUILDDIR)"

# What a machine needs, and the virtual environment; both return at once where nothing is missing.
ready:
	@sh setup/provide venv
	@sh setup/venv $(VENV) requirements.lock

ready-pdf: ready
	@sh setup/provide pdf

ready-test: ready
	@sh setup/provide test
	@sh setup/node tests
	@sh setup/dtd $(VENV) tests/dtd.lock

ready-bench: ready
	@sh setup/provide test
	@sh setup/node benchmarks
