# What to run: `make report` makes the reports, `make test` runs the tests. Both set up all they need in .venv.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: report build validate test docs interop bench worlds slow-test fuzz lock upgrade check-locks lab browser-test

report: .venv/core.stamp
	$(BIN)/daye build
	$(BIN)/daye validate
	$(BIN)/frictionless validate datapackage.json --checks policy-targets
	$(BIN)/daye report

build validate: .venv/core.stamp
	$(BIN)/daye $@

test: .venv/test.stamp .venv/croissant.stamp
	$(BIN)/ruff check .
	$(BIN)/mypy --num-workers=2
	$(BIN)/pytest

# Writes the generated pages anew; tests compare them. `daye build` makes those that describe the package.
docs: .venv/test.stamp
	for each in profile architecture api checking_page problems; do $(BIN)/python scripts/make_$$each.py; done

.venv/core.stamp: requirements/core.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/core.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

# Opens JupyterLab on the notebooks; `make lab LANGUAGE=zh` in Chinese.
LANGUAGE ?= en
lab: .venv/lab.stamp
	$(BIN)/python scripts/open_lab.py $(LANGUAGE)

# Opens each notebook in a real browser: needs Chromium (Debian: chromium), which the target does not install.
browser-test: .venv/browser.stamp
	$(BIN)/pytest tests/browser --numprocesses=0

.venv/%.stamp: requirements/%.lock .venv/core.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	touch $@

# Runs the package through readers outside Python; what they need from Debian and npm is installed by the script.
interop: .venv/test.stamp
	sh scripts/interop.sh

# Slow measurements, each beside what a user would otherwise do, in one run.
bench: .venv/test.stamp
	for each in validate export backtest reports printing tables grids; do $(BIN)/python benchmarks/$$each.py; done

# Judges 2,000 random worlds of each kind, whose truth is known.
worlds: .venv/test.stamp
	HYPOTHESIS=random WORLDS=2000 $(BIN)/pytest tests/test_evidence_worlds.py tests/test_one_rule.py --numprocesses=2 --dist=load

# What takes long and resembles what `make test` tries: accidents of a Dask cluster, many processes, the other language of each case.
slow-test: .venv/test.stamp
	$(BIN)/pytest -m slow

# Writes the lock files: names, versions and hashes, nothing else. A version that still fits stays; `make upgrade` raises all.
lock: .venv/test.stamp
	$(BIN)/python scripts/make_locks.py

upgrade: .venv/test.stamp
	$(BIN)/python scripts/make_locks.py --upgrade

# Solves every lock for every platform and Python that the README names. It asks the package registry and installs nothing.
check-locks: .venv/test.stamp
	DAYE_ASK_REGISTRY=1 $(BIN)/pytest tests/registry --numprocesses=0

# Runs the fuzzers; `make fuzz MINUTES=10`. A failing case is kept in fuzz-failures/ with the command that makes it again.
MINUTES ?= 60
fuzz: .venv/test.stamp
	PYTHONPATH=tests $(BIN)/python -m fuzz --minutes $(MINUTES)
