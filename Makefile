# The front door. `make` prints what it can do; every target makes its own environment first.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo serve test check bench lock clean run-environment dev-environment
PY := .venv/bin/python

help: ## Print what make can do.
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

demo: run-environment ## Show Footprint at work on the demo carrier, from nothing; SIZE=tiny for the impatient.
	@./footprint demo --size $(SIZE)
SIZE := demo

serve: run-environment ## Serve the graph over GraphQL, until Ctrl-C.
	@./footprint serve

test: dev-environment ## Run every test on a real Neo4j.
	@$(PY) -m pytest $(AT_ONCE)
AT_ONCE := --numprocesses auto --dist loadgroup

check: dev-environment ## Run everything that must hold before a commit, fastest first.
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/yamllint --strict .
	@.venv/bin/lint-imports
	@$(PY) -m graph.settings_page --check
	@.venv/bin/mypy
	@$(PY) -m pytest $(AT_ONCE)

bench: dev-environment ## Measure ratios against the raw driver and print them.
	@$(PY) tests/bench

lock: dev-environment ## Choose the newest versions again and write all locks.
	@.venv/bin/uv pip compile $(LOCKING) pyproject.toml --output-file requirements.txt
	@.venv/bin/uv pip compile $(LOCKING) pyproject.toml --group dev --constraints requirements.txt --output-file requirements-dev.txt
	@echo uv | .venv/bin/uv pip compile $(LOCKING) - --output-file requirements-uv.txt
	@$(PY) -m graph.engine.relock
LOCKING := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

clean: ## Stop the local databases and remove the environment and caches; data stay.
	@if [ -x .venv/bin/python ]; then $(PY) -m graph.engine.sweep; fi
	@rm -rf .footprint/tests .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

run-environment:
	@./bootstrap

dev-environment:
	@./bootstrap --dev
