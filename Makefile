# make serve · make test · make check · make format · make train · make floors
# make robustness · make ablation · make comparison · make curve · make bench · make lock · make clean
# Each target sets up what it needs: a virtual environment in .venv, the locked packages, a model.

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed
COMPARED := .venv/compared
MODEL := models/current

.PHONY: serve test check train floors curve robustness ablation bench comparison format lock clean

serve: $(INSTALLED) | $(MODEL)
	@$(BIN)/objections serve

# The browser's tests run by themselves: their driver keeps an event loop that others must not meet.
test: $(INSTALLED) | $(MODEL)
	$(BIN)/python -m pytest --ignore=tests/page
	$(BIN)/python -m pytest tests/page

check: $(INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(MAKE) test

train: $(INSTALLED)
	$(BIN)/objections train

# Raises data/quality_floors.json to what the current model allows; falling needs make floors LOWER="reason".
floors: $(INSTALLED) | $(MODEL)
	$(BIN)/python -m training.floors $(if $(LOWER),--lower "$(LOWER)")

curve: $(INSTALLED)
	$(BIN)/python -m training.learning_curve data/labeled_phrases.csv data/evaluation_phrases.csv docs/learning_curve

# The tables of docs/quality.md, on standard output.
robustness: $(INSTALLED) | $(MODEL)
	@$(BIN)/python -m training.robustness .

ablation: $(INSTALLED)
	@$(BIN)/python -m training.ablation data/labeled_phrases.csv data/evaluation_phrases.csv

# The slow encoder takes up to an hour for all lines; make comparison EMBEDDINGS=FOLDER keeps its vectors.
comparison: $(COMPARED)
	@$(BIN)/python -m training.comparison data/labeled_phrases.csv data/evaluation_phrases.csv \
		$(if $(EMBEDDINGS),--embeddings "$(EMBEDDINGS)") $(if $(ONLY),--only "$(ONLY)")

# docs/performance.md; a quarter of an hour on two quiet cores. Needs wrk (Debian: apt-get install wrk).
bench: $(INSTALLED) .venv-mlserver/installed | $(MODEL)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--constraint requirements.lock --editable '.[bench,train]'
	$(BIN)/python -m benchmarks docs/performance.md

.venv-mlserver/installed: benchmarks/mlserver_requirements.txt requirements.lock
	$(PYTHON) -m venv .venv-mlserver
	.venv-mlserver/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	.venv-mlserver/bin/python -m pip install --quiet --disable-pip-version-check \
		--constraint requirements.lock joblib natasha navec numba scikit-learn scipy
	@touch $@

format: $(INSTALLED)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

$(MODEL): | $(INSTALLED)
	$(BIN)/objections train

$(INSTALLED): pyproject.toml requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; name it: make PYTHON=python3.12 serve"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--constraint requirements.lock --editable '.[train,audit,plots,parquet,cluster,dev]'
	@touch $@

$(COMPARED): $(INSTALLED)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--constraint requirements.lock --editable '.[compare]'
	@touch $@

# Takes the newest versions that pyproject.toml allows; run it, then `make check`, then commit.
lock: $(INSTALLED)
	$(BIN)/python -m pip install --quiet 'uv>=0.13,<1'
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
		--no-emit-index-url --no-emit-find-links --no-header --no-annotate --upgrade --quiet -o requirements.lock

clean:
	rm -rf .venv .venv-mlserver models
