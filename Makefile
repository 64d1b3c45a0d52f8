# Every target makes what it needs first (scripts/setup), on a machine with Python 3.11, git and make.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
SETUP := scripts/setup
SERVED := real or journey or chaos or screens
FAST := tests/rules tests/schemas tests/house tests/reference

.PHONY: run test check fast model bench history screens assets lock clean

run: ## the whole product on this machine; options: make run ARGS="--port 9000"
	@$(SETUP) run
	@exec python standalone.py $(ARGS)

test: ## everything that CI runs
	@$(SETUP) browser
	@$(MAKE) --no-print-directory check
	pytest -n 2 -m "not ($(SERVED))" $(FAST)
	pytest -n 2 -m "not ($(SERVED))" $(addprefix --ignore=,$(FAST))
	pytest -n 2 --dist loadfile -m "real and not (chaos or journey)"
	pytest -m "chaos and not journey"
	pytest -m journey

check: ## format, lint, types, who may import whom
	@$(SETUP) check
	ruff format --check .
	ruff check .
	mypy .
	lint-imports

fast: ## the rules, the shapes and the house, in seconds
	@$(SETUP) check
	pytest -n 2 -m "not ($(SERVED))" $(FAST)

model: ## the whole process against its model, at length; options: make model SEQUENCES=5000 SEED=7
	@$(SETUP) check
	pytest -p no:randomly -s -m real tests/model --sequences $(or $(SEQUENCES),2000) --seed $(or $(SEED),1)

bench: ## how fast it is, beside a floor
	@$(SETUP) check
	python -m bench

history: ## record the workflow histories that the replay tests hold
	@$(SETUP) check
	python -m tests.replay.record
	python -m tests.replay.record_programme

screens: ## look at every screen in every state: pictures in build/screens, and the accessibility statement
	@$(SETUP) browser
	python -m tests.screens.look --on $(or $(ON),$$(date +%F)) $(addprefix --only ,$(ONLY))

words: ## bring locale/*/LC_MESSAGES/answerable.po up to date with every text of the pages
	@$(SETUP) check
	python -m scripts.words $(ARGS)

assets: ## build web/static/vendor again
	@$(SETUP) assets

lock: ## choose the newest allowed versions and write requirements/*.lock and package-lock.json
	@$(SETUP) check
	@for name in run check node; do \
		uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-header --no-annotate \
			requirements/$$name.in -o requirements/$$name.lock || exit 1; \
	done
	npm install --package-lock-only

clean: ## remove what the other targets made; var/, which holds the records, stays
	rm -rf .venv node_modules build web/static/vendor .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
