# Every target makes what it needs first (scripts/setup), on a machine with Python 3.11, git and make.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
SETUP := scripts/setup
SERVED := real or journey or chaos or screens
FAST := tests/rules tests/schemas tests/house tests/reference

.PHONY: run test check fast long model chaos fuzz bench bench-hta bench-growth bench-peers history screens journeys assets lock sbom audit clean

run: ## the whole product on this machine; options: make run ARGS="--port 9000"
	@$(SETUP) run
	@exec python standalone.py $(ARGS)

test: ## everything that CI runs
	@$(SETUP) browser
	@$(MAKE) --no-print-directory check
	pytest -n 2 -m "not ($(SERVED))" $(FAST)
	pytest -n 2 -m "not ($(SERVED))" $(addprefix --ignore=,$(FAST))
	pytest -n 3 --dist loadfile -m "real and not (chaos or journey or long)" # they wait more than they work
	pytest tests/chaos
	pytest tests/journeys

check: ## format, lint, types, who may import whom
	@$(SETUP) check
	ruff format --check .
	ruff check .
	mypy .
	lint-imports

fast: ## the rules, the shapes and the house, in seconds
	@$(SETUP) check
	pytest -n 2 -m "not ($(SERVED))" $(FAST)

long: ## the largest cycle, and three years of a programme: minutes each
	@$(SETUP) check
	pytest -m long tests/workflows

model: ## the whole process against its model, at length; options: make model SEQUENCES=5000 SEED=7
	@$(SETUP) check
	pytest -p no:randomly -s -m real tests/model --sequences $(or $(SEQUENCES),2000) --seed $(or $(SEED),1)

chaos: ## kill whatever runs, at random, under load, and hold the record against the clients' notes (docs/chaos.md)
	@$(SETUP) check
	python -m tests.chaos.storm --kills $(or $(KILLS),200) --seed $(or $(SEED),1) $(ARGS)

fuzz: ## feed everything that reads what others send; options: make fuzz INPUTS=1000 SEED=7 (docs/chaos.md)
	@$(SETUP) check
	python -m tests.fuzz --inputs $(or $(INPUTS),100000) --seed $(or $(SEED),1) $(ARGS)

bench: ## how fast it is, beside a floor
	@$(SETUP) check
	python -m bench
	python -m bench.hta --quick

bench-hta: ## the product beside its peers: build/hta/page.html and results.json; options: make bench-hta ARGS="--quick"
	@$(SETUP) peers
	python -m bench.hta $(or $(ARGS),--full)

bench-growth: ## what an act, a cycle and a board cost among more and more cycles: build/growth; ARGS="--quick" or "--keep FOLDER"
	@$(SETUP) check
	python -m bench.growth $(ARGS)

bench-peers: ## install what `python -m bench.hta` compares the product with, in an environment of its own
	@$(SETUP) peers

history: ## record the workflow histories that the replay tests hold
	@$(SETUP) check
	python -m tests.replay.record
	python -m tests.replay.record_programme

screens: ## look at every screen in every state: pictures in build/screens, and the accessibility statement
	@$(SETUP) browser
	python -m tests.screens.look --on $(or $(ON),$$(date +%F)) $(addprefix --only ,$(ONLY))

journeys: ## people at their browsers, from beginning to end: pictures in build/journeys
	@$(SETUP) browser
	pytest tests/journeys --pictures build/journeys $(ARGS)

words: ## bring locale/*/LC_MESSAGES/answerable.po up to date with every text of the pages
	@$(SETUP) check
	python -m scripts.words $(ARGS)

assets: ## build web/static/vendor again
	@$(SETUP) assets

lock: ## choose the newest allowed versions and write requirements/*.lock and package-lock.json
	@$(SETUP) check
	@for name in run check node audit bench bench-dbosify; do \
		uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-header --no-annotate \
			requirements/$$name.in -o requirements/$$name.lock || exit 1; \
	done
	npm install --package-lock-only
	cd bench/hta/peers && npm install --package-lock-only

sbom: ## write build/sbom.cdx.json, every library that the product brings along (CycloneDX)
	@$(SETUP) audit
	python -m scripts.sbom

audit: ## ask whether a weakness of any library is known; needs the network, and fails where nobody answers
	@$(SETUP) audit
	python -m scripts.audit

clean: ## remove what the other targets made; var/, which holds the records, stays
	rm -rf .venv node_modules build web/static/vendor .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
