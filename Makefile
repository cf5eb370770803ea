# Outward. `make` alone lists what can be made.
.DEFAULT_GOAL := help
.PHONY: help demo test coverage check fix bench scale assets lock wheel exhaustive fuzz pictures pages clean chromium libreoffice
PY := .venv/bin/python
PIP := .venv/bin/pip --disable-pip-version-check --quiet

help: ## list what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20

demo: .venv/base ## open Outward in the browser on an example
	.venv/bin/outward demo

test: .venv/dev chromium libreoffice check ## run every check and test
	$(PY) -m pytest --numprocesses=auto --dist=loadfile

coverage: .venv/dev chromium libreoffice ## say which lines no test reaches (a third slower than the tests)
	$(PY) -m pytest --numprocesses=auto --dist=loadfile --cov --cov-report=term-missing:skip-covered

check: .venv/dev ## look the code over without changing it
	@failed=0; \
	for step in "ruff check" "ruff format --check" "mypy" "lint-imports --no-cache"; do \
		echo "== $$step"; .venv/bin/$$step || failed=1; \
	done; exit $$failed

fix: .venv/dev ## mend what can be mended by itself
	.venv/bin/ruff check --fix
	.venv/bin/ruff format

bench: .venv-bench/ready ## measure beside pm4py and Polars (about half an hour)
	.venv-bench/bin/python -m benchmarks.run

exhaustive: .venv/dev ## the long searches: made logs, kills, coverage of intervals
	OUTWARD_EXHAUSTIVE=1 $(PY) -m pytest -m "not browser"

scale: .venv-bench/ready ## lay and ask up to 101 million events (about half an hour)
	.venv-bench/bin/python -m benchmarks.scale

fuzz: .venv/dev ## fuzz the readers, guided by coverage (needs atheris)
	$(PY) -m tests.fuzz all 300

assets: ## build the pages' style and script from assets/ (needs Node.js)
	cd assets && npm ci --silent && npm run --silent build

pictures: .venv/dev chromium ## take the README's pictures again
	$(PY) -m tests.meta.pictures

pages: .venv/dev ## write the generated pages of docs/reference again
	$(PY) -m tests.meta.reference_pages
	$(PY) -m tests.spec.manual

wheel: .venv/dev ## build the wheel into dist/
	$(PY) -m build --wheel --no-isolation

lock: ## renew the locked requirements
	python3 -m venv .venv-lock && .venv-lock/bin/pip install --quiet pip-tools
	for name in base dev bench; do .venv-lock/bin/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe \
		--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --strip-extras \
		--output-file requirements/$$name.lock pyproject.toml requirements/$$name.in; done

clean: ## remove what was made here
	rm -rf .venv .venv-bench .venv-lock build dist .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis

chromium:
	@if command -v chromium chromium-browser google-chrome >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
		echo "== installing Chromium for the browser tests"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-liberation >/dev/null; \
	else echo "The browser tests need Chromium: install the package 'chromium'. They are skipped."; fi

libreoffice:
	@if command -v soffice libreoffice >/dev/null 2>&1; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
		echo "== installing LibreOffice for the tests of workbooks"; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
			libreoffice-calc-nogui >/dev/null; \
	else echo "The tests of workbooks need LibreOffice: install the package 'libreoffice-calc-nogui'. They are skipped."; fi

.venv/base: requirements/base.lock pyproject.toml
	@echo "== installing Outward into .venv (a minute or two)"
	@[ -x $(PY) ] || python3 -m venv .venv
	@$(PIP) install --no-deps --require-hashes -r requirements/base.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/dev: requirements/dev.lock pyproject.toml
	@echo "== installing Outward and its tools into .venv (a few minutes)"
	@[ -x $(PY) ] || python3 -m venv .venv
	@$(PIP) install --no-deps --require-hashes -r requirements/dev.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@ .venv/base

.venv-bench/ready: requirements/bench.lock pyproject.toml
	@echo "== installing Outward and its peers into .venv-bench"
	@[ -x .venv-bench/bin/python ] || python3 -m venv .venv-bench
	@.venv-bench/bin/pip --disable-pip-version-check --quiet install --no-deps --require-hashes -r requirements/bench.lock
	@.venv-bench/bin/pip --disable-pip-version-check --quiet install --no-deps --no-build-isolation -e .
	@touch $@
