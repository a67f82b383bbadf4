# PSOT: `make run` starts it, `make test` checks it. Both set up what is missing first.
#
# Package indexes, proxies and caches come from the environment (pip's and npm's own settings).
# PSOT_PORT, PSOT_DATA_DIR and every other setting are read by PSOT itself; see README.md.

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
DONE := $(VENV)/done
# Processes that run tests, each file in one of them, each with services of its own; one more than
# two cores, as tests wait for films, countdowns and processes. Files go in the order of their
# folders: the long ones, chaos and browsers, begin first; short ones fill the end.
SIDE_BY_SIDE ?= 3
FRONT := platform/frontend
DIST := platform/psot/static/dist
NPM := $(PY) $(FRONT)/npm.py
CATALOGUES := $(shell find platform/psot -path '*/translations/*' -name '*.po')
SOURCES := $(shell find platform/psot events scoring content -name '*.py')
FRONT_SOURCES := $(shell find $(FRONT) -type f -not -path '*/node_modules/*' -not -name '*.pyc')
LOCK := $(VENV)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate

.PHONY: help setup run test browser lint types lock chaos clean proxy
.DELETE_ON_ERROR:

help: ## what can be done here
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(DONE)/compiled $(DIST)/manifest.json $(DONE)/catalogues ## .venv, locked dependencies, front end, catalogues

run: setup ## start everything with the demo community; Ctrl-C stops it
	@exec $(VENV)/bin/psot up --demo

test: setup browser proxy ## every check that needs no long wait, on real services and in a real browser
	$(PY) -m pytest -n $(SIDE_BY_SIDE) --dist loadfile --no-loadscope-reorder \
		--cov --cov-fail-under=100 --durations 25

chaos: setup ## the long form of the chaos tests: 20,000 facts, 200 kills
	PSOT_CHAOS=long $(PY) -m pytest tests/chaos --timeout 3600

lint: setup ## style, layers, front end types
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/lint-imports
	$(NPM) run --silent check

types: setup ## strict mypy
	$(VENV)/bin/mypy

lock: setup ## write requirements/*.txt anew from *.in (UPGRADE=--upgrade for newer versions)
	$(LOCK) $(UPGRADE) requirements/runtime.in -o requirements/runtime.txt
	$(LOCK) $(UPGRADE) requirements/dev.in -o requirements/dev.txt

clean: ## remove what setup and the tests made; data stays
	rm -rf $(VENV) $(FRONT)/node_modules $(DIST) .mypy_cache .ruff_cache .pytest_cache \
		.hypothesis .import_linter_cache .coverage test-results
	find platform events scoring content tests -name __pycache__ -type d -exec rm -rf {} +
	find platform/psot -name '*.mo' -delete

# The browser without what surrounds its windows does the same for a third of the work; where there
# is none to be had, a whole one does.
browser:
	@command -v chromium-headless-shell >/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -q; \
		DEBIAN_FRONTEND=noninteractive apt-get install -qy chromium-headless-shell && exit 0; \
	fi; \
	for name in chromium chromium-browser google-chrome; do \
		command -v $$name >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		DEBIAN_FRONTEND=noninteractive apt-get install -qy chromium; \
	else echo "The tests need the browser Chromium, which is not installed"; exit 1; fi

# Installed without being started: it is only for the tests that put it before the product. With ip
# the tests of several hosts make their networks; where it cannot be, they say so themselves.
proxy:
	@command -v nginx >/dev/null && command -v ip >/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -q && \
		RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -qy nginx-light iproute2; \
	elif ! command -v nginx >/dev/null; then \
		echo "The tests need nginx, which is not installed"; exit 1; fi

$(DONE)/venv:
	@command -v $(PYTHON) >/dev/null || { \
		echo "PSOT needs Python 3.11 to 3.13 and '$(PYTHON)' is not here: make PYTHON=/path/to/python"; \
		exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || { \
		echo "PSOT needs Python 3.11 to 3.13, '$(PYTHON)' is another: make PYTHON=/path/to/python"; \
		exit 1; }
	@test -x $(PY) || $(PYTHON) -m venv $(VENV) || { \
		rm -rf $(VENV); \
		echo "'$(PYTHON) -m venv' failed: on Debian and Ubuntu install python3-venv"; exit 1; }
	@mkdir -p $(DONE)
	@touch $@

$(DONE)/locked: $(DONE)/venv requirements/runtime.txt requirements/dev.txt
	@echo "setup: installing locked dependencies (minutes the first time)"
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes \
		-r requirements/runtime.txt -r requirements/dev.txt
	@touch $@

$(DONE)/package: $(DONE)/locked pyproject.toml
	@$(PY) -m pip install -q --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

# Each process of a house reads what was compiled here, wherever Python may not keep it by itself.
$(DONE)/compiled: $(DONE)/package $(SOURCES)
	@$(PY) -m compileall -q platform/psot events scoring content
	@touch $@

$(FRONT)/node_modules/.done: $(DONE)/locked $(FRONT)/package.json $(FRONT)/package-lock.json
	@echo "setup: installing what the front end is built with"
	@$(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(DIST)/manifest.json: $(FRONT)/node_modules/.done $(FRONT_SOURCES)
	@echo "setup: building the front end"
	@$(NPM) run --silent build
	@touch $@

$(DONE)/catalogues: $(DONE)/package $(CATALOGUES)
	@$(PY) -m psot.catalogues
	@touch $@
