# Verbs, no file rules: what is up to date is decided by content, never by time stamps.
.DEFAULT_GOAL := help
.PHONY: help setup demo test check lint type build bench fixtures dossier batch watch verify clean lock

PY := .venv/bin/python
DEMO := fixtures/cases/late-shipping

help: ## list the verbs
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: ## install what is missing, and say what it does
	@./setup.sh

demo: setup ## build the sample dossier
	@echo "▸ $(DEMO)"
	@.venv/bin/dossier build $(DEMO); code=$$?; \
	if [ $$code -eq 3 ]; then echo "▸ 样例里有意放了损坏的文件，所以退出码是 3 / exit code 3 is meant: the sample holds broken files"; \
	elif [ $$code -ne 0 ]; then exit $$code; fi

test: ## run the tests (byte code is kept even where that is turned off: collecting them takes a third then)
	@./setup.sh test
	@PYTHONDONTWRITEBYTECODE= $(PY) -m pytest -q -n auto --dist worksteal

lint: setup ## style
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .

type: setup ## types
	@.venv/bin/mypy

build: setup ## build the wheel
	@$(PY) -m build --wheel --no-isolation -o dist . >/dev/null && ls dist/*.whl

check: lint type test build demo ## all that CI runs
	@.venv/bin/dossier verify $(DEMO)

bench: setup ## measure, with peers in the same run; AREAS="chats tables ocr screens" for those instead
	@[ -x .venv/bench/bin/python ] || { $(PY) -m venv --without-pip .venv/bench && \
		$(PY) -c 'import sysconfig; print(sysconfig.get_path("purelib"))' > "$$(.venv/bench/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/dossier.pth"; }
	@$(PY) -m pip --python .venv/bench/bin/python install -q --disable-pip-version-check --no-build-isolation -e '.[bench]' 2>/dev/null || echo "▸ 没有装上用来比较的程序，不作比较 / what is compared with could not be installed; it is left out"
	@.venv/bench/bin/python -m benchmarks $(AREAS)

fixtures: setup ## make the sample evidence and labelled screenshots again (needs Chromium, names missing fonts)
	@command -v chromium >/dev/null || { echo "▸ apt-get install chromium"; $$([ "$$(id -u)" = 0 ] || echo sudo) apt-get install -y -qq --no-install-recommends chromium; }
	@$(PY) -m fixtures.maker
	@$(PY) -m fixtures.screens dev held fresh

dossier: setup ## build a case: make dossier CASE=folder
	@.venv/bin/dossier build "$(CASE)"

batch: setup ## build every case below a folder: make batch ROOT=folder
	@.venv/bin/dossier batch "$(ROOT)"

watch: setup ## build whatever is put into a drop folder: make watch INBOX=folder
	@.venv/bin/dossier watch "$(INBOX)"

verify: ## check a PDF or a case: make verify PATH=…
ifeq ($(origin PATH),command line)
	@target='$(PATH)'; export PATH=/opt/homebrew/bin:/usr/local/bin:/usr/bin:/bin; \
	[ -x .venv/bin/dossier ] || ./setup.sh; .venv/bin/dossier verify "$$target"
else
	@echo "▸ make verify PATH=dossier.pdf"; exit 2
endif

lock: setup ## pin the versions again
	@$(PY) -m pip install -q uv && .venv/bin/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header \
		--extra ocr --extra dev --python-version 3.11 pyproject.toml -o requirements.lock

clean: ## remove what can be made again
	@rm -rf .venv build dist *.egg-info .hypothesis .mypy_cache .ruff_cache .coverage* $(DEMO)/work $(DEMO)/out $(DEMO)/originals $(DEMO)/ledger.jsonl
