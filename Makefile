# Two commands on a fresh machine: `make demo` and `make test`. Python 3.11+ and make are all they need.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := corpora/storm-barrier-defects

.PHONY: help setup demo test lint types contracts unit docs clean

help: ## Lists the targets.
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

# The environment is made anew whenever its description changes.
$(VENV)/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; name it with: make PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable . --group dev
	@touch $@

setup: $(VENV)/installed ## Makes the environment in .venv.

demo: setup ## Audits a story shipped in corpora/, prints the report, writes report.html.
	$(BIN)/auditor audit $(DEMO) --format terminal --format html=report.html

test: setup lint types contracts unit ## Runs every check and every test.

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

contracts: setup
	$(BIN)/lint-imports

unit: setup
	$(BIN)/pytest

docs: setup ## Writes docs/rules.md from the rules themselves.
	$(BIN)/auditor rules --markdown > docs/rules.md

clean: ## Removes the environment and what was built.
	rm -rf $(VENV) build dist *.egg-info report.html
