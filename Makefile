# The commands people need. Everything is installed into .venv beside this file; `make clean` takes it away.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
# Two test files at a time: the machines that this is made for have two cores.
SPREAD := -n 2 --dist loadfile

.DEFAULT_GOAL := help
.PHONY: help demo stop install test fast lint samples clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: ## install, read the sample directives, start the server and say what to try
	@PYTHON=$(PYTHON) PORT=$(PORT) sh scripts/demo.sh

stop: ## end the server that `make demo` started
	@PORT=$(PORT) sh scripts/demo.sh stop

install: $(VENV)/.installed ## make .venv and install the package into it

$(VENV)/.installed: pyproject.toml constraints.txt
	@PYTHON=$(PYTHON) sh scripts/install.sh

$(VENV)/.installed-dev: $(VENV)/.installed
	@PYTHON=$(PYTHON) sh scripts/install.sh dev

test: ## everything CI runs: linters, types, fast tests, then the ones with real OCR, models and servers
	@sh scripts/system.sh test
	@$(MAKE) --no-print-directory $(VENV)/.installed-dev lint
	@$(BIN)/python -m pytest $(SPREAD) -m "not slow"
	@$(BIN)/python -m pytest $(SPREAD) --durations=15 -m slow

fast: $(VENV)/.installed-dev ## only the fast tests
	@$(BIN)/python -m pytest $(SPREAD) -m "not slow"

lint: $(VENV)/.installed-dev ## linters and strict types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

samples: $(VENV)/.installed-dev ## draw the sample PDFs and their gold anew from corpus/samples/sources
	@$(BIN)/python -m corpus.samples.builder

clean: ## take away what was installed; the state in var/ stays
	@PORT=$(PORT) sh scripts/demo.sh stop
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
