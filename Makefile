# The targets; a comment after `##` is the line that `make` alone prints for the target.

SOURCEDIR  ?= .
BUILDDIR   ?= _build
LANGUAGES  ?=
SPHINXOPTS ?=
PORT       ?= 8000
FORMAT     ?= html
ARTICLE    ?=
ISSUE      ?=
KEEP_GOING ?=
VERSION    ?=
OCFL       ?=
BAG        ?=
EXPECT     ?=
REBUILD    ?=
SITE       ?=
TESTS      ?= tests
CHECKOPTS  ?=
PROGRESSOPTS ?=
BENCHOPTS  ?=
# The folder that has the public CSL test suite in its folder `suite`.
FLEURON_CSL_CASES ?= $(abspath $(wildcard ../shared/csl))

# Passed through the environment, because an option may contain quotation marks.
export SPHINXOPTS

VENV    := .venv
PEERS   := benchmarks/.venv
PYTHON3 := $(VENV)/bin/python -P
FLEURON  = $(VENV)/bin/fleuron
BOOK     = --source "$(SOURCEDIR)" --build "$(BUILDDIR)" --languages "$(LANGUAGES)" --options="$$SPHINXOPTS"

PUBLISH  = $(FLEURON) publish $(if $(filter-out 0,$(KEEP_GOING)),--keep-going)

.DEFAULT_GOAL := help
.PHONY: help html epub pdf all live check archive verify publish packages translations progress test test-fast lint bench bench-styles bench-site bench-large bench-book bench-lines bench-peers bench-parsers bench-sources bench-archive csl-suite clean lock pictures reference handbook
.PHONY: ready ready-pdf ready-tools ready-test ready-bench

help:
	@echo "make TARGET [SOURCEDIR=.] [BUILDDIR=_build] [LANGUAGES=\"en tr\"] [KEEP_GOING=1] [SPHINXOPTS=...]"
	@sed -n 's/^\([a-z-]*\):.*## /  \1|/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

html: ready ## the web site, in BUILDDIR/html
	@$(PUBLISH) html $(BOOK)

epub: ready ## an EPUB of each edition, in BUILDDIR/epub (ARTICLE=name or ISSUE=name for only that)
	@$(PUBLISH) epub --article "$(ARTICLE)" --issue "$(ISSUE)" $(BOOK)

pdf: ready-pdf ## PDFs of each volume and each article, in BUILDDIR/pdf (ARTICLE=name or ISSUE=name for only that)
	@$(PUBLISH) pdf --article "$(ARTICLE)" --issue "$(ISSUE)" $(BOOK)

all: ready-pdf ## PDFs, EPUBs, library records, and the web site that offers them
	@$(PUBLISH) pdf epub records html $(BOOK)

live: $(if $(filter pdf,$(FORMAT)),ready-pdf,ready) ## the web site while you write, on http://127.0.0.1:PORT (FORMAT=pdf for the printed pages of articles)
	@$(FLEURON) live --format $(FORMAT) --port $(PORT) $(BOOK)

# Where the validators of EPUBs and pages are, which an archived version is checked by.
archive verify: export FLEURON_NODE_MODULES ?= $(CURDIR)/tests/node_modules
archive: ready-pdf ready-test ## archive a tagged version as a bag (VERSION=v1.0; OCFL=folder adds it to an OCFL root; SIGN=key, TIMESTAMP=file)
	@$(FLEURON) archive "$(VERSION)" --source "$(SOURCEDIR)" --ocfl "$(OCFL)" $(if $(SIGN),--sign "$(SIGN)") $(if $(TIMESTAMP),--timestamp "$(TIMESTAMP)")

verify: ready-pdf ## verify a bag (BAG=archive/…; EXPECT=sha512:… its root hash; TRUST=key who must have signed it; REBUILD=1 builds it again)
	@$(FLEURON) verify "$(BAG)" --expect "$(EXPECT)" $(if $(TRUST),--trust "$(TRUST)") $(if $(filter-out 0,$(REBUILD)),--rebuild)

publish: ready ## copy an archived version to a web site (VERSION=v1.0 SITE=folder)
	@$(FLEURON) release "$(VERSION)" "$(SITE)" --source "$(SOURCEDIR)"

packages: ready-pdf ## pack the articles of each issue for Portico and CLOCKSS, from BUILDDIR (after make all)
	@$(FLEURON) package --source "$(SOURCEDIR)" --build "$(BUILDDIR)"

check: ready ## check the sources as a copy editor does, without building them (CHECKOPTS="--advice --fix")
	@$(FLEURON) check --source "$(SOURCEDIR)" $(CHECKOPTS)

translations: ready ## update the translators' catalogues in locale/ from the sources
	@$(FLEURON) translations $(BOOK)

progress: ready ## count what is translated, for each text and language (PROGRESSOPTS="--stale")
	@$(FLEURON) progress $(BOOK) $(PROGRESSOPTS)

test: ready-pdf ready-test ## run the tests (TESTS=tests/notes for a part)
	@$(PYTHON3) -m pytest $(TESTS)

test-fast: ready-pdf ready-test ## run the tests that need no browser, Java, Node.js or sample: for use while writing
	@$(PYTHON3) -m pytest -m "not (browser or java or node or sample or slow)" $(TESTS)

lint: ready-tools ## check the style and the types of the code
	@$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check . && $(VENV)/bin/mypy

bench: bench-styles bench-site bench-book bench-lines bench-peers bench-archive ## measure how long citations, web site, book and archive take

bench-styles: ready-tools
	@$(PYTHON3) benchmarks/citation_styles.py

# BENCHOPTS="--articles 20 40 --rebuilds 20" for smaller sites, "--articles --rebuilds" for none.
bench-site: ready-bench
	@PYTHONPATH=. $(PYTHON3) -m benchmarks.site $(BENCHOPTS)

# BENCHOPTS="--articles 10000 --editions 3 --workers 8" for a larger publication.
bench-large: ready-tools
	@PYTHONPATH=. $(PYTHON3) -m benchmarks.large_publications $(BENCHOPTS)

# BENCHOPTS="--articles 10 50 200" for a larger volume as well.
bench-book: ready-pdf ready-tools
	@PYTHONPATH=. $(PYTHON3) -m benchmarks.book $(BENCHOPTS)

# BENCHOPTS="--palimpsest folder" for another publication in English beside the sample.
bench-lines: ready-pdf ready-tools
	@PYTHONPATH=. $(PYTHON3) -m benchmarks.lines $(BENCHOPTS)

# BENCHOPTS="--bound 6" for the most seconds that a megabyte may take a parser, on a slow machine.
bench-parsers: ready-tools
	@PYTHONPATH=. $(PYTHON3) -m benchmarks.parsers $(BENCHOPTS)

# BENCHOPTS="--runs 9" for more runs.
bench-sources: ready-tools
	@PYTHONPATH=. $(PYTHON3) -m benchmarks.large_bibliography $(BENCHOPTS)

bench-archive: ready-tools
	@PYTHONPATH=. $(PYTHON3) -m benchmarks.bag_verification

# Other programs, in an environment of their own.
bench-peers: ready-pdf ready-test $(PEERS)/.installed
	@PYTHONPATH=. $(PYTHON3) -m benchmarks.peers $(BENCHOPTS)

$(PEERS)/.installed: benchmarks/peers.lock
	@$(PYTHON3) -m venv --clear $(PEERS)
	@$(PEERS)/bin/python -m pip --quiet --disable-pip-version-check install --require-hashes -r $<
	@touch $@

# Not in the help: for those who work on Fleuron itself.
csl-suite: ready-tools
	@test -n "$(FLEURON_CSL_CASES)" || { echo "FLEURON_CSL_CASES does not name the folder of the public CSL test suite"; exit 1; }
	@$(PYTHON3) -m fleuron.csl suite "$(FLEURON_CSL_CASES)/suite"

# Needs uv on the PATH.
LOCK = uv pip compile --universal --generate-hashes --fork-strategy fewest --python-version 3.11 \
  --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"
lock:
	$(LOCK) --upgrade pyproject.toml --group editable --extra pdf --extra archive --extra live \
	  --output-file requirements.lock
	$(LOCK) --upgrade pyproject.toml --group dev --all-extras --constraints requirements.lock \
	  --output-file requirements-test.lock
	$(LOCK) --upgrade benchmarks/peers.in --output-file benchmarks/peers.lock

handbook: ready-pdf ## the handbook, in BUILDDIR/handbook
	@$(FLEURON) publish html pdf --source docs --build "$(BUILDDIR)/handbook"

reference: ready
	@$(PYTHON3) docs/reference/generate.py

pictures: all ready-test
	@$(PYTHON3) docs/pictures/take.py "$(BUILDDIR)"

clean: ## remove what was built
	rm -rf "$(BUILDDIR)"

# What the machine must have, and the virtual environment; both return at once if nothing is missing.
ready:
	@sh setup/provide venv
	@sh setup/venv $(VENV) requirements.lock

ready-pdf: ready
	@sh setup/provide pdf

# What pytest, ruff and mypy need, in the same virtual environment.
ready-tools: ready
	@sh setup/venv $(VENV) requirements-test.lock

ready-test: ready-tools
	@sh setup/provide test
	@sh setup/node tests
	@sh setup/dtd $(VENV) tests/dtd.lock

ready-bench: ready-tools
	@sh setup/provide test
	@sh setup/node benchmarks
