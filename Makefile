# Every target is one that people type; `make` alone lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)

INSTALLED := node_modules/.package-lock.json
# What is not TypeScript as Node runs it: the e-mails' templates, and the page.
BUILD := npm run --silent build -w services/notification -w services/web

.PHONY: help install start buy parked verify gameday reset check test browser screenshots bench prove rehearse load soak charts manifests images load-images backing-images fix cluster cluster-down doctor footprint deploy rollback undeploy e2e

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Not `npm ci`: it refuses a lock file that lacks the binaries of platforms that its registry lacks.
$(INSTALLED): package-lock.json
	@command -v npm >/dev/null || { echo 'npm is missing: install Node.js 20 or newer (Debian: apt-get install nodejs npm).' >&2; exit 1; }
	@npm install --no-save --no-progress --loglevel=error
	@touch $@

install: $(INSTALLED) ## Install what package-lock.json names

start: $(INSTALLED) ## Start everything on this machine (HTTPS=1 for TLS, OBSERVE=1 for Prometheus and its like); Ctrl-C ends it
	@$(BUILD)
	@exec node packages/local-stack/src/start.ts

buy: $(INSTALLED) ## Buy places on the started stack, step by step (OFFERING= PARTY= CARD= LANGUAGE=)
	@exec node packages/local-stack/src/buy/main.ts

parked: $(INSTALLED) ## Messages that no retry could help: list, SHOW=, REPLAY=, DISCARD= REASON= (of CONSUMER=)
	@exec node packages/local-stack/src/parked/main.ts

verify: $(INSTALLED) ## A purchase, and whether all that watches has seen it, line by line (GUICHET_STACK=.guichet/cluster.json)
	@exec node observability/verify/main.ts

gameday: $(INSTALLED) ## Something goes wrong, its alert comes, its runbook is shown, and it goes (FAULT= TRANSCRIPT=)
	@exec node observability/gameday/main.ts

reset: $(INSTALLED) ## Wipe what make start has kept
	@exec node packages/local-stack/src/reset.ts

images: $(INSTALLED) ## Build the image of every service (TAG= REGISTRY= BASE_IMAGE= ONLY=)
	@$(BUILD)
	@exec node packages/images/src/images.ts

backing-images: $(INSTALLED) ## Build images of the servers behind them, for where nothing can be pulled
	@exec node packages/images/src/backing-images.ts

load-images: $(INSTALLED) ## Bring the images that are built into the cluster: kind, or the kit in CLUSTER_KIT
	@exec node packages/images/src/load-images.ts

check: $(INSTALLED) ## Types, lint, unused code
	@tsc --noEmit
	@tsc --noEmit -p services/web/page
	@tsc --noEmit -p tsconfig.browser.json
	@tsc --noEmit -p services/web/page/tsconfig.test.json
	@biome check --error-on-warnings .
	@knip

test: $(INSTALLED) ## Every test, on real servers, and one purchase in a real browser (CI=1 AGAIN=1 only what failed)
	@$(BUILD)
	@$(if $(AGAIN),node packages/testing/src/results/run-again.ts .guichet/test-results.json) vitest run --project services $(if $(CI),--reporter=dot --reporter=json --outputFile.json=.guichet/test-results.json)
	@$(if $(CI),,vitest run --project journeys first-look)

browser: $(INSTALLED) ## The page in a real browser, all of it; needs Chromium
	@$(BUILD)
	@vitest run --project browser --project journeys $(if $(CI),--reporter=dot --reporter=json --outputFile.json=.guichet/browser-results.json)

screenshots: $(INSTALLED) ## The journey of a customer at the started stack, as pictures in docs/page
	@exec node packages/local-stack/src/journeys/screenshots.ts

bench: $(INSTALLED) ## The hot path beside its limits, in one run (SCENARIO='a b' ROUNDS=5 SECONDS=5, SHORT=1 for CI); needs wrk and pgbench
	@command -v wrk pgbench >/dev/null || { echo 'wrk or pgbench is missing: apt-get install wrk postgresql-15.' >&2; exit 1; }
	@$(BUILD)
	@exec node load-tests/bench/main.ts $(SCENARIO) $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(SECONDS),--seconds $(SECONDS)) $(if $(SHORT),--short)

prove: $(INSTALLED) ## Never wrong under faults: buyers, faults, the books and every answer held together (MINUTES=3 SEED=); needs RabbitMQ
	@$(BUILD)
	@exec node load-tests/prove/main.ts

rehearse: $(INSTALLED) ## The minute of an on-sale: 20,000 people in line for 500 places, cheats among them (PEOPLE= PLACES= SEED= SHORT=1)
	@$(BUILD)
	@exec node load-tests/rehearse/main.ts

soak: $(INSTALLED) ## What each service takes of memory in one flash sale after the other (MINUTES=10); needs wrk and RabbitMQ
	@command -v wrk rabbitmq-server >/dev/null || { echo 'wrk or rabbitmq-server is missing: apt-get install wrk rabbitmq-server.' >&2; exit 1; }
	@$(BUILD)
	@exec node load-tests/memory/main.ts $(if $(MINUTES),--minutes $(MINUTES))

load: $(INSTALLED) ## A load test by k6 (SCENARIO=flash-sale WHERE=cluster RATE= DURATION= CAPACITY= BUYERS=)
	@exec node load-tests/run/main.ts

charts: $(INSTALLED) ## Helm's charts held to their rules and to cdk8s' objects; needs Helm
	@command -v helm >/dev/null || { echo 'helm is missing: install Helm 3.16 or newer, or put the one of CLUSTER_KIT on the PATH (eval "$$($$CLUSTER_KIT/env)").' >&2; exit 1; }
	@vitest run --project charts $(if $(CI),--reporter=dot --reporter=json --outputFile.json=.guichet/charts-results.json)

manifests: $(INSTALLED) ## Write dist/manifests for kubectl and GitOps (VALUES='charts/guichet/values-eks.yaml …')
	@node cdk8s/src/main.ts $(foreach file,$(VALUES),-f $(file))

fix: $(INSTALLED) ## Format, mend what lint can mend, write the generated files anew
	@biome check --write .
	@node packages/local-stack/src/write-env-example.ts
	@node cdk8s/src/write-files.ts
	@node observability/write-files.ts

cluster: $(INSTALLED) ## A cluster on this machine: kind, or what CLUSTER_KIT brings up (CLEAN=1 for a new one)
	@exec node packages/cluster/src/programs/cluster.ts

cluster-down: $(INSTALLED) ## End that cluster and forget it (KEEP=1 leaves the kit's programs and its data)
	@exec node packages/cluster/src/programs/cluster.ts down

doctor: $(INSTALLED) ## What the cluster lacks, and how to mend it
	@exec node packages/cluster/src/programs/doctor.ts

footprint: $(INSTALLED) ## What the kind profile asks of a node
	@exec node packages/cluster/src/programs/footprint.ts

deploy: $(INSTALLED) ## Install or upgrade Guichet and its servers on it (TAG= BACKING=no OBSERVE=yes DRILL=yes WAIT_SECONDS=)
	@exec node packages/cluster/src/programs/deploy.ts

rollback: $(INSTALLED) ## Back to the release before
	@exec node packages/cluster/src/programs/rollback.ts

undeploy: $(INSTALLED) ## Remove it all: releases, passwords, data
	@exec node packages/cluster/src/programs/undeploy.ts

e2e: $(INSTALLED) ## Every promise on a clean cluster (KEEP=1 takes the one that is there, AGAIN=1 what failed)
	@$(BUILD)
	@exec node packages/cluster/src/programs/e2e.ts
