# Everything from nothing: `make run` serves the whole of it, `make test` tests the whole of it.
# Needs python3 ≥ 3.11 and a package index for pip; nothing else has to be installed or set up before.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SOURCES := engine procedures payments web migrations tests
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --override .requirements/overrides.in
INSTALL := $(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --no-deps
# Compiled modules are kept wherever Python runs from here: the local run starts five processes, the tests hundreds.
unexport PYTHONDONTWRITEBYTECODE
# One process more than cores, since some wait for servers and browsers; a fourth was measured to win nothing. Folders that
# share a running whole stay in one of them (see tests/conftest.py).
PYTEST := $(BIN)/python -m pytest

# What `make fuzz` and other long runs take: how long, and the seed of a run to repeat.
SECONDS ?= 60
SEED ?=

.PHONY: help run test read coverage bench fuzz mutants sabotage crash machine canary drill upgrade hold gate docs screens lint format lock clean system-installed node-installed

help:  ## this list
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

run: $(VENV)/.run  ## set up what is missing, then serve residents, staff, worker, local issuer and local Stripe
	@exec $(BIN)/tetsuzuki demo

test: $(VENV)/.dev system-installed node-installed  ## linters, types, layers, and every test
	@$(MAKE) --no-print-directory --jobs 2 lint read
	$(PYTEST) -n 3 --dist loadgroup

# Beside the linters, so that three processes at once do not each compile what they all read. What is wrong they tell.
read: $(VENV)/.dev
	@$(PYTEST) --collect-only --quiet >/dev/null || true

lint: $(VENV)/.dev  ## ruff, its formatter, mypy and the layers; changes nothing
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: $(VENV)/.dev  ## let ruff mend what it can
	$(BIN)/ruff check --fix $(SOURCES)
	$(BIN)/ruff format $(SOURCES)

coverage: $(VENV)/.dev  ## every branch of expressions and tables is tested; fails under 100 %
	$(BIN)/python -m coverage run --branch --source=engine/expressions,engine/tables -m pytest tests/engine/expressions tests/engine/tables
	$(BIN)/python -m coverage report --fail-under=100

bench: $(VENV)/.dev  ## the engine alone, then a resident's journey beside the plain yardstick; tables, JSON in .bench/
	$(BIN)/python -m tests.benchmarks

fuzz: $(VENV)/.dev  ## spoil what is read: specs, forms, files, webhooks … for SECONDS=60 with SEED=…; TARGET=name for one alone
	$(BIN)/python -m tests.hostile.fuzz --seconds $(SECONDS) $(if $(SEED),--seed $(SEED)) $(if $(TARGET),--target $(TARGET))

mutants: $(VENV)/.dev  ## change one small thing at a time in the guards; their tests must notice every one
	$(BIN)/python -m tests.mutants $(if $(ONLY),--only $(ONLY))

sabotage: $(VENV)/.dev  ## make one line wrong at a time in a copy of the tree; the named test must notice
	$(BIN)/python -m tests.sabotage $(if $(ONLY),--only "$(ONLY)")

crash: $(VENV)/.dev  ## kill web, worker and migrations N=600 times at named points, SEED=…, DATABASE=sqlite|postgresql; no promise may break
	$(BIN)/python -m tests.crash --kills $(or $(N),600) $(if $(SEED),--seed $(SEED)) $(if $(DATABASE),--database $(DATABASE))

machine: $(VENV)/.dev  ## STEPS=10000 of what anybody can do, with SEED=…, on both databases at once, which must stay alike
	$(BIN)/python -m tests.machine --steps $(or $(STEPS),10000) $(if $(SEED),--seed $(SEED)) $(if $(DATABASE),--database $(DATABASE))

canary: $(VENV)/.dev  ## N=2000 requests on each database by people whose data is marked, with SEED=…; nobody may be shown another's
	$(BIN)/python -m tests.canary --requests $(or $(N),2000) $(if $(SEED),--seed $(SEED)) $(if $(DATABASE),--database $(DATABASE))

drill: $(VENV)/.dev  ## website and worker under load, backup, restore elsewhere, doctor; SIZE=1000 megabytes are put in before
	$(BIN)/python -m tests.operating.drill $(if $(SIZE),--size $(SIZE))

upgrade: $(VENV)/.dev  ## an earlier release (FROM=commit, else the oldest that may) and this one serve together while it is replaced
	$(BIN)/python -m tests.operating.versions $(if $(FROM),--from $(FROM)) $(if $(SEED),--seed $(SEED)) $(if $(DATABASE),--database $(DATABASE))

hold: $(VENV)/.dev system-installed node-installed  ## every shape of page as everybody: links, HTML, axe in two browsers; takes its time
	HOLD_EVERYTHING=1 $(PYTEST) tests/hold tests/browser -o timeout=0

gate: $(VENV)/.dev  ## every route, every method, every kind of person, and every odd method; who may what
	GATE_EVERYTHING=1 $(PYTEST) tests/gate -o timeout=0

docs: $(VENV)/.dev  ## write the tables in docs/ that come from the code
	$(BIN)/python -m tests.house.reference

screens: $(VENV)/.dev system-installed  ## take the pictures of the README in docs/pictures/
	$(BIN)/python -m tests.browser.screens

lock: $(VENV)/.uv  ## choose versions anew from .requirements/*.in, with hashes and without addresses
	$(LOCK) --upgrade .requirements/build.in -o .requirements/build.txt
	$(LOCK) --upgrade .requirements/run.in -o .requirements/run.txt
	$(LOCK) --constraint .requirements/run.txt .requirements/dev.in -o .requirements/dev.txt

clean:  ## remove the environment and caches; keeps .data
	rm -rf $(VENV) .bench .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info

# The environment. A stamp file stands for each stage, newer than what it was made from.

$(VENV)/.uv: .requirements/build.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed: make run PYTHON=python3.12")'
	@echo "Setting up $(VENV) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .requirements/build.txt
	@touch $@

$(VENV)/.run: $(VENV)/.uv .requirements/run.txt pyproject.toml
	@echo "Installing what the service needs …"
	@$(INSTALL) --require-hashes -r .requirements/run.txt
	@$(INSTALL) --no-build-isolation --config-settings editable_mode=compat --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run .requirements/dev.txt
	@echo "Installing what the tests need …"
	@$(INSTALL) --require-hashes -r .requirements/dev.txt
	@touch $@

# Programs of the system that the tests drive: two browsers, a virus scanner, the checker of HTML (Java).
# Root installs them; anybody else is told how. Of Chromium its shell is the quicker one, where the system has it.
SYSTEM_PROGRAMS := chromium:chromium WebKitWebDriver:webkit2gtk-driver Xvfb:xvfb clamd:clamav-daemon java:default-jre-headless
APT_INSTALL := apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends
system-installed:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && ! command -v chromium-headless-shell >/dev/null; then \
		{ $(APT_INSTALL) chromium-headless-shell; } >/dev/null 2>&1 || true; \
	fi
	@missing=""; for pair in $(SYSTEM_PROGRAMS); do command -v "$${pair%%:*}" >/dev/null || missing+=" $${pair##*:}"; done; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing what the tests drive:$$missing …"; \
		$(APT_INSTALL) $$missing fonts-ipafont-gothic >/dev/null; \
	else \
		echo "The tests need$$missing. Install them (Debian: apt-get install$$missing) and run this again." >&2; \
		exit 1; \
	fi

# The editor's language server, which the editor schema is tried with, is a Node program. Its versions and hashes are locked.
node-installed:
	@if ! command -v npm >/dev/null && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Node for the tests of the editor …"; \
		$(APT_INSTALL) nodejs npm >/dev/null; \
	fi; \
	if ! command -v npm >/dev/null; then \
		echo "The tests of the editor need Node (Debian: apt-get install nodejs npm). Install it and run this again." >&2; \
		exit 1; \
	fi
	@$(MAKE) --no-print-directory tests/node/node_modules/.installed

tests/node/node_modules/.installed: tests/node/package-lock.json
	@echo "Installing the Node programs of the tests …"
	@npm ci --prefix tests/node --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
	@touch $@
