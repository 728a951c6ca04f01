# demo          set everything up and serve a made-up county; prints how to sign in as each role
# demo-postgres the same on a PostgreSQL of its own
# sample        judge a generated sample of cases; ends with a report to open
# serve         set everything up and open the record's pages at 127.0.0.1:8460
# test          set everything up and run all tests, those with a database also on PostgreSQL
# check         linters, types, import contracts
# bench         the figures of docs/benchmarks.md
# bench-record  the figures of the record, on both databases; over an hour
# faults        kill, stop, flip, rewrite, roll back, fill up: what the record survives
# generated     the pages of docs/generated, made from the code and the tests
# pictures      the pictures of docs/pictures, of every part and page; ONLY=lists,portal some of them
# lock          pin the dependencies anew, with hashes

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet
SAMPLE := out/sample

# Where `make serve` keeps its record.
HOME_OF_RECORD ?= $(CURDIR)/out/record
# The cluster of the example; the account that runs PostgreSQL may not enter out/.
DEMO_CLUSTER ?= /var/tmp/guiju-demo-postgres

.PHONY: demo demo-postgres sample serve test check bench bench-record faults lock clean words generated pictures

demo: $(VENV)/run.done
	@tools/install_npm.sh $(BIN)/python
	@$(BIN)/guiju demo --data $(CURDIR)/out/demo

demo-postgres: $(VENV)/run.done
	@tools/install_postgres.sh
	@tools/install_npm.sh $(BIN)/python
	@set -ef; trap : INT TERM; \
	places=$$($(BIN)/python tools/postgres_cluster.py start $(DEMO_CLUSTER)); \
	status=0; env $$places $(BIN)/guiju demo --data $(CURDIR)/out/demo-postgres || status=$$?; \
	$(BIN)/python tools/postgres_cluster.py stop $(DEMO_CLUSTER); exit $$status

sample: $(VENV)/run.done
	@$(BIN)/guiju sample $(SAMPLE) --cases 2000
	@$(BIN)/guiju flow prove $(SAMPLE)/flow.bpmn
	@$(BIN)/guiju flow people $(SAMPLE)/flow.bpmn --staff $(SAMPLE)/staff.csv --rules $(SAMPLE)/rules.toml
	@$(BIN)/guiju check $(SAMPLE)/log.xes.gz --flow $(SAMPLE)/flow.bpmn --rules $(SAMPLE)/rules.toml \
		--html $(SAMPLE)/report.html --json $(SAMPLE)/report.json || test $$? -eq 1
	@echo "请用浏览器打开 $(CURDIR)/$(SAMPLE)/report.html"

serve: $(VENV)/run.done
	@tools/install_npm.sh $(BIN)/python
	@GUIJU_DATA=$(HOME_OF_RECORD) $(BIN)/guiju init
	@GUIJU_DATA=$(HOME_OF_RECORD) $(BIN)/guiju serve

# The tests start hundreds of processes, each of which would compile all of it anew.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(VENV)/dev.done
	@tools/install_browser.sh
	@tools/install_postgres.sh
	@tools/install_directory.sh
	@tools/install_npm.sh $(BIN)/python
	@PYTEST_ADDOPTS="$(PYTEST_ADDOPTS)" $(BIN)/python tools/run_tests.py

check: $(VENV)/dev.done
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(VENV)/bench.done
	@$(BIN)/python bench/run.py

bench-record: $(VENV)/dev.done
	@tools/install_postgres.sh
	@$(BIN)/python bench/record.py --database sqlite
	@$(BIN)/python bench/record.py --database postgresql

faults: $(VENV)/dev.done
	@tools/install_postgres.sh
	@$(BIN)/python bench/faults/run.py

words: $(VENV)/dev.done
	@$(BIN)/python tools/words.py

generated: $(VENV)/dev.done
	@$(BIN)/python tools/requirements.py
	@$(BIN)/python tools/matrix.py

pictures: $(VENV)/dev.done
	@tools/install_browser.sh
	@$(BIN)/python tools/pictures.py --data $(CURDIR)/out/demo --only "$(ONLY)"

lock: $(VENV)/dev.done
	@$(LOCK) pyproject.toml --output-file requirements/run.txt
	@for set in build dev bench sign-in; do \
		$(LOCK) --group $$set --constraints requirements/run.txt --output-file requirements/$$set.txt; \
	done

clean:
	rm -rf $(VENV) out build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Guiju 需要 Python 3.11 或更新的版本。")'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/run.done: requirements/build.txt requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "正在准备运行环境（只在第一次需要）……"
	@$(PIP) install --require-hashes -r requirements/build.txt -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.done: requirements/dev.txt $(VENV)/run.done
	@echo "正在准备测试环境（只在第一次需要）……"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/bench.done: requirements/bench.txt $(VENV)/run.done
	@$(PIP) install --require-hashes -r requirements/bench.txt
	@touch $@
