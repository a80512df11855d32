# Two commands do all set-up: `make run` and `make test`.
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
DATA ?= data
SHARED := $(wildcard ../shared/gold)
PYTEST := $(BIN)/pytest -q -n 2 --dist loadfile tests --ignore=tests/soak $(if $(SHARED),,--ignore=tests/shared_data)

.PHONY: run check test soak vocab bench lock clean
.DEFAULT_GOAL := run

run: $(VENV)/.run ## environment, shipped corpus ingested, service on 127.0.0.1:8000
	$(BIN)/ecoduct --data $(DATA) ingest corpus/
	exec $(BIN)/ecoduct --data $(DATA) serve

check: $(VENV)/.test ## before each commit
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PYTEST) -m "not slow"

test: $(VENV)/.test ## all tests
	.ci/debian chromium chromium-driver default-jre-headless bsh libowlapi-java virtuoso-opensource-7-bin
	$(MAKE) check
	@$(if $(SHARED),:,echo "tests/shared_data: left out, since there is no ../shared")
	$(PYTEST) -m "slow"

soak: $(VENV)/.test ## the long forms, by hand
	$(BIN)/pytest -q tests/soak

vocab: $(VENV)/.run ## vocabularies from their tables
	$(BIN)/ecoduct vocab build

bench: $(VENV)/.run ## speed of extraction and queries
	$(BIN)/ecoduct --data $(DATA) bench extract
	$(BIN)/ecoduct --data $(DATA) bench query

$(VENV)/.run: requirements.lock pyproject.toml
	.ci/environment $(PYTHON) $(VENV) requirements.lock
	touch $@

$(VENV)/.test: requirements-test.lock pyproject.toml
	.ci/environment $(PYTHON) $(VENV) requirements-test.lock
	touch $@ $(VENV)/.run

lock: ## pin what pyproject.toml asks for, with hashes and without any address
	$(BIN)/pip-compile -q --strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --allow-unsafe --extra build -o requirements.lock pyproject.toml
	$(BIN)/pip-compile -q --strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --allow-unsafe --extra build --extra test -c requirements.lock -o requirements-test.lock pyproject.toml

clean: ## everything that was made, the data folder apart
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
