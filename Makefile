# Every target makes the environment it needs; a fresh clone needs nothing done before.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
OUT ?= out

.PHONY: demo test check bench soak schema lock wheel clean

demo: $(STAMP)
	@mkdir -p $(OUT)
	@$(BIN)/ljnews demo -o $(OUT)/demo.sqlite

test: $(STAMP)
	$(BIN)/python -m pytest -m "not soak"

check: $(STAMP)
	$(BIN)/ruff check ljnews tests
	$(BIN)/ruff format --check ljnews tests
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/test_layers.py tests/test_schema.py
	$(BIN)/ljnews schema --check

bench: $(STAMP)
	@for one in tests/benchmarks/[a-z]*.py; do echo "== $$one"; $(BIN)/python $$one || exit 1; done

soak: $(STAMP)
	$(BIN)/python -m pytest -m soak

schema: $(STAMP)
	$(BIN)/ljnews schema

# The lock holds every version with its hashes and no address; requirements.in names what is locked.
lock:
	$(PYTHON) -m venv $(VENV)-lock && $(VENV)-lock/bin/pip install --quiet uv
	$(VENV)-lock/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --quiet pyproject.toml requirements.in -o requirements.lock
	rm -rf $(VENV)-lock

wheel: $(STAMP)
	rm -rf dist && $(BIN)/python -m hatchling build -t wheel -t sdist

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || { echo "ljnews needs Python 3.11 to 3.13: make PYTHON=python3.12 …"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.build.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

clean:
	rm -rf $(VENV) $(OUT) dist build .pytest_cache .mypy_cache .ruff_cache
