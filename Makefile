# make run and make test are all one needs. Both make .venv when there is none; a second run redoes nothing.
#
#   make run  PORT=8502                another port
#   make run  WHEELS=wheels            without network, from a folder of wheels (make wheels)
#   make run  PYTHON=/path/to/python   a certain interpreter
#   make test JOBS=1                   tests one after another (3 at a time: those in the browser mostly wait)

PORT ?= 8501
JOBS ?= 3
WHEELS ?=
PYTHON ?=
LOCK_OPTIONS ?=

VENV := .venv
PY := $(VENV)/bin/python
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes \
	$(if $(WHEELS),--no-index --find-links $(WHEELS))
HAVE_PIP := { [ -x $(VENV)/bin/pip ] || $(PY) -m ensurepip >/dev/null; }
COMPILE := uv pip compile pyproject.toml
COMPILE_OPTIONS := --universal --python-version 3.11 --generate-hashes

# An interpreter without venv (Debian packs it apart) is no use, so it is asked for that as well.
FIND_PYTHON = for name in $(or $(PYTHON),python3.11 python3.12 python3.13 python3); do \
	"$$name" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { command -v "$$name"; break; }; done; true
FIND_CHROMIUM = for name in "$$RENKEI_CHROMIUM" chromium chromium-browser google-chrome google-chrome-stable; do \
	command -v "$$name" && break; done; true
# Debian packages are installed only where that needs no password.
CAN_APT = [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null
APT = apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends

.PHONY: help run test check bench lock wheels clean setup setup-dev browser prepared

help:
	@echo "make run     start the internal dashboard on http://127.0.0.1:$(PORT)"
	@echo "make test    lint, types and all tests, those in a real browser too"
	@echo "make check   the quick part of it"
	@echo "make bench   benchmarks"
	@echo "make lock    pin the requirements again (LOCK_OPTIONS=--upgrade for newer versions)"
	@echo "make wheels  a folder of wheels for a closed network"
	@echo "make clean   remove what the commands above made; returns that were loaded stay"

run: prepared
	RENKEI_AUDIENCE=internal $(PY) -m streamlit run app.py --server.address 127.0.0.1 --server.port $(PORT)

test: setup-dev browser prepared
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy .
	RENKEI_CHROMIUM="$$($(FIND_CHROMIUM))" $(PY) -m pytest -n $(JOBS) --dist loadfile

check: setup-dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy .
	$(PY) -m pytest -m "not browser and not slow"

bench: setup-dev prepared
	@set -e; for file in tests/bench/bench_*.py; do \
		[ -e "$$file" ] || { echo "There are no benchmarks in tests/bench yet."; break; }; \
		name=$${file##*/}; echo "== $${name%.py}"; $(PY) -m "tests.bench.$${name%.py}"; done

# The stamps are copies of the files they stand for: a checkout that only touches a file installs nothing.
setup: $(VENV)/bin/python
	@cmp -s requirements.txt $(VENV)/requirements.txt || { \
		echo "Installing requirements.txt …" && $(HAVE_PIP) && $(INSTALL) -r requirements.txt && \
		cp requirements.txt $(VENV)/requirements.txt; }

# requirements-dev.txt holds everything of requirements.txt in the same versions (a test compares them).
setup-dev: $(VENV)/bin/python
	@cmp -s requirements-dev.txt $(VENV)/requirements-dev.txt || { \
		echo "Installing requirements-dev.txt …" && $(HAVE_PIP) && $(INSTALL) -r requirements-dev.txt && \
		cp requirements.txt requirements-dev.txt $(VENV)/; }

# --clear: what an interrupted run left behind is no ground to build on.
$(VENV)/bin/python:
	@python="$$($(FIND_PYTHON))"; \
	if [ -z "$$python" ] && $(CAN_APT); then $(APT) python3-venv; python="$$($(FIND_PYTHON))"; fi; \
	if [ -z "$$python" ]; then \
		echo "No Python 3.11 or newer with venv was found. On Debian and Ubuntu: apt install python3-venv." >&2; \
		echo "To name one: make run PYTHON=/path/to/python" >&2; exit 1; fi; \
	echo "Making $(VENV) with $$python …" && "$$python" -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }

prepared: setup
	@$(PY) -m etl prepare

browser:
	@if [ -n "$$RENKEI_CHROMIUM" ] && ! command -v "$$RENKEI_CHROMIUM" >/dev/null; then \
		echo "RENKEI_CHROMIUM names no program: $$RENKEI_CHROMIUM" >&2; exit 1; fi; \
	if [ -z "$$($(FIND_CHROMIUM))" ] && $(CAN_APT); then $(APT) chromium fonts-noto-cjk; fi; \
	if [ -z "$$($(FIND_CHROMIUM))" ]; then \
		echo "The browser tests need chromium and none was found. Install it (on Debian: apt install chromium" >&2; \
		echo "fonts-noto-cjk), or set RENKEI_CHROMIUM to its path. Without a browser: make check" >&2; exit 1; fi; \
	if command -v fc-list >/dev/null && [ -z "$$(fc-list :lang=ja)" ]; then \
		if $(CAN_APT); then $(APT) fonts-noto-cjk; \
		else echo "No Japanese font was found: pictures of the pages will show boxes." >&2; fi; fi

lock: setup-dev
	$(VENV)/bin/$(COMPILE) $(COMPILE_OPTIONS) $(LOCK_OPTIONS) --quiet -o requirements.txt
	$(VENV)/bin/$(COMPILE) --extra dev $(COMPILE_OPTIONS) $(LOCK_OPTIONS) --quiet -o requirements-dev.txt

# Wheels fit the system and the Python they were fetched with: fetch them on a machine like the one they are for.
wheels: setup
	@cmp -s requirements.txt wheels/requirements.txt || { \
		$(PY) -m pip download --quiet --disable-pip-version-check --only-binary=:all: --require-hashes \
			-r requirements.txt -d wheels && cp requirements.txt wheels/requirements.txt; }
	@echo "wheels/ is complete: copy it beside the repository and run make run WHEELS=wheels"

# Never data/inbox nor a database of real returns: those are not ours to remove.
clean:
	rm -rf $(VENV) wheels static/boundaries .pytest_cache .ruff_cache .mypy_cache .hypothesis
	rm -rf data/build/sample data/build/sample_inbox data/build/sample.duckdb data/build/sample-*.duckdb
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
