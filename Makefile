# Two commands are enough: `make demo` and `make test`. Each makes its own environment and is quick the second time.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN_READY := $(VENV)/.run-ready
DEV_READY := $(VENV)/.dev-ready
BENCH_READY := $(VENV)/.bench-ready
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# The lock files are complete. Resolving again would make an older pip trip over a newer release:
# asked for an extra of something pinned, it looks at the newest first, which has no hash here.
LOCKED := install --no-deps --require-hashes
WORKERS ?= 2

.PHONY: demo run test check bench torture locale wheel lock clean

demo: $(RUN_READY)  ## the bot and a local Telegram to try it in, in the browser
	$(BIN)/community-bot demo $(ARGS)

run: $(RUN_READY)  ## the real bot, with the config.toml of this folder
	$(BIN)/community-bot run $(ARGS)

test: $(DEV_READY)  ## every test, on SQLite and PostgreSQL
	$(BIN)/python -m pytest -n $(WORKERS) $(ARGS)

torture: $(DEV_READY)  ## the long runs: kill -9 again and again
	$(BIN)/python -m pytest -m torture $(ARGS)

check: $(DEV_READY)  ## format, lint, types, who may import whom
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy

bench: $(BENCH_READY)  ## figures side by side with PTB's default and aiogram
	$(BIN)/python -m pytest -m bench -s -p no:randomly --timeout 1800 $(ARGS)

locale: $(DEV_READY)  ## gather the sentences of handlers/ into the catalogues
	$(BIN)/pybabel --quiet extract --no-default-keywords -k _ -k count:1,2 -k plain --add-location=file --sort-by-file --no-wrap -o $(VENV)/sentences.pot handlers
	$(BIN)/pybabel --quiet update --ignore-pot-creation-date --no-fuzzy-matching --ignore-obsolete --no-wrap -i $(VENV)/sentences.pot -o handlers/locale/zh_CN.po -l zh_CN

wheel: $(DEV_READY)  ## build the wheel into dist/
	rm -rf dist
	$(BIN)/python -m build --no-isolation --wheel --outdir dist .

lock: $(DEV_READY)  ## renew the lock files from pyproject.toml
	$(PIP) install uv
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --extra postgres -o requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --extra postgres --group test --group check -c requirements.lock -o requirements-dev.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --extra postgres --group test --group bench -c requirements-dev.lock -o requirements-bench.lock pyproject.toml

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(RUN_READY): requirements.lock pyproject.toml | $(VENV)/bin/python
	$(PIP) $(LOCKED) -r requirements.lock
	$(PIP) install --no-deps --editable .
	@touch $@

$(DEV_READY): requirements-dev.lock $(RUN_READY)
	$(PIP) $(LOCKED) -r requirements-dev.lock
	@touch $@

$(BENCH_READY): requirements-bench.lock $(DEV_READY)
	$(PIP) $(LOCKED) -r requirements-bench.lock
	@touch $@

clean:  ## remove what the other commands made
	rm -rf $(VENV) dist
