# What the team does, by name. Everything happens in .venv and build/; nothing outside is touched
# (but `make browser`, which installs Debian's Chromium where it runs as root on Debian and finds none).

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := build/demo

# The example tells of the autumn of 2026. It is shown as it stood on 20 November: later everything in it would be overdue.
export SOURCE_DATE_EPOCH ?= 1795132800

.PHONY: setup demo serve test check format lint types bench screens fuzz lock locale browser clean

# The marker is newer than the lists that it was made from, so that an unchanged environment is not made again.
$(VENV)/.site: requirements/site.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "trueup needs Python 3.11 or newer; set PYTHON=python3.x")'
# Without python3-venv Debian leaves half an environment behind, which must not pass for a whole one.
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV) || { echo 'Python cannot make a virtual environment; on Debian: apt-get install python3-venv'; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/site.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.site
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

setup: $(VENV)/.dev ## Everything that development needs, in .venv.

demo: $(VENV)/.site ## The example as a git repository with three quarters of history, checked, and its site.
# What somebody has written there is nobody's to throw away; the site is made anew.
	@test -z "$$(git -C $(DEMO) status --porcelain 2>/dev/null)" || { echo '$(DEMO) holds changes of yours: commit them elsewhere or take them back, then call this again'; exit 1; }
	rm -rf $(DEMO)
	$(BIN)/trueup demo $(DEMO)
	$(BIN)/trueup check --root $(DEMO)
	$(BIN)/trueup site build --root $(DEMO)
	@echo
	@echo 'The site is ready. Open this file in a browser: $(CURDIR)/$(DEMO)/site/index.html'

serve: $(VENV)/.site ## The example's site on a local address, rebuilt as records change.
	test -e $(DEMO)/trueup.yaml || $(BIN)/trueup demo $(DEMO)
	$(BIN)/trueup site serve --root $(DEMO)

test: setup browser ## All tests; TRUEUP_REQUIRE_BROWSER=1 makes a missing browser a failure.
	$(BIN)/python -m pytest -q -n auto --maxprocesses 4

browser:
	@tests/browser.sh

check: setup ## Format, lint, types, tests, our own records, and the manual's site.
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(MAKE) --no-print-directory test
# Not --strict: the example warns on purpose, and more the longer ago its last day is. Errors fail.
	$(BIN)/trueup check
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict --site-dir build/manual
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet --strict --config-file mkdocs.zh.yml --site-dir build/manual-zh

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup ## Speed beside the peers and the floor; see docs/benchmarks.md.
	$(BIN)/python benchmarks/run.py

screens: setup browser ## A picture of every type of page, in build/screens.
	$(BIN)/python tests/screens.py build/screens

fuzz: setup ## A minute of atheris over the loader.
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/fuzz.txt
	$(BIN)/python tests/fuzz/fuzz_source.py -max_total_time=60 -rss_limit_mb=2048 build/fuzz

lock: $(VENV)/.dev ## Pins every dependency again, with hashes.
	$(BIN)/python requirements/lock.py

locale: setup ## Collects messages and compiles the catalogues.
	$(BIN)/python tools/catalogues.py

clean: ## Removes what the other targets made.
	rm -rf build $(VENV) site
