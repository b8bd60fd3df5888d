# The portal's commands. `make` prints the list; CI calls the same targets (.ci/run).

PYTHON_IN_VENV := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help install tools run demo test test-postgres journeys pictures lint format \
	migrations-check messages messages-check deploy-check bench clean

help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: ## Make .venv with the pinned packages, and install missing system packages
	@scripts/bootstrap.sh

tools: # What the developer's targets need on top of `install`
	@scripts/bootstrap.sh dev

run: install ## Start the portal with its demo centre: web, worker and clock (PORT=8000, HOST=127.0.0.1)
	@$(PYTHON_IN_VENV) scripts/run.py

demo: install ## Prepare catalogues, database, static files and demo centre without starting anything
	@$(PYTHON_IN_VENV) scripts/prepare.py

test: tools ## Run the tests on SQLite (ARGS="tests.core" for some of them)
	@$(PYTHON_IN_VENV) scripts/test.py $(ARGS)

test-postgres: tools ## Run the same tests on PostgreSQL and Redis (DATABASE_URL, REDIS_URL; default 127.0.0.1)
	@$(PYTHON_IN_VENV) scripts/test.py --postgres $(ARGS)

journeys: ## Walk through the portal in Chromium as people do; pictures in var/screenshots
	@scripts/bootstrap.sh dev browser && $(PYTHON_IN_VENV) scripts/test.py --browser $(ARGS)

pictures: ## Make the pictures of README.md anew, by the same journeys
	@scripts/bootstrap.sh dev browser && PORTAL_PICTURES=docs/pictures $(PYTHON_IN_VENV) scripts/test.py --browser $(ARGS)

lint: tools ## Check style and likely mistakes
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .

format: tools ## Rewrite the code in the house's form
	@.venv/bin/ruff check --fix . && .venv/bin/ruff format .

migrations-check: tools ## Fail when a model has changed without its migration
	@$(PYTHON_IN_VENV) scripts/checks.py migrations

messages: tools ## Collect the sentences to translate and merge the fragments into portal/locale/vi
	@$(PYTHON_IN_VENV) scripts/messages.py merge

messages-check: tools ## Fail when a sentence has no Vietnamese, or other placeholders there
	@$(PYTHON_IN_VENV) scripts/messages.py check

deploy-check: tools ## Run Django's deployment checks on the production settings
	@$(PYTHON_IN_VENV) scripts/checks.py deploy

bench: tools ## Measure the numbers of docs/performance.md (ARGS=name for one of them)
	@$(PYTHON_IN_VENV) -m benchmarks.run $(ARGS)

clean: ## Remove .venv and what tools leave behind; your data in var/ stays
	@scripts/clean.sh
