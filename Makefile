# Every target is one that people type; `make` alone lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)

INSTALLED := node_modules/.package-lock.json

.PHONY: help install start buy parked reset check test fix

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Not `npm ci`: it refuses a lock file that lacks the binaries of platforms that its registry lacks.
$(INSTALLED): package-lock.json
	@command -v npm >/dev/null || { echo 'npm is missing: install Node.js 20 or newer (Debian: apt-get install nodejs npm).' >&2; exit 1; }
	@npm install --no-save --no-progress --loglevel=error
	@touch $@

install: $(INSTALLED) ## Install what package-lock.json names

start: $(INSTALLED) ## Start everything on this machine (HTTPS=1 for TLS); Ctrl-C ends it
	@npm run --silent build -w services/notification
	@exec node packages/local-stack/src/start.ts

buy: $(INSTALLED) ## Buy places on the started stack, step by step (OFFERING= PARTY= CARD= LANGUAGE=)
	@exec node packages/local-stack/src/buy/main.ts

parked: $(INSTALLED) ## Messages that no retry could help: list, SHOW=, REPLAY=, DISCARD= REASON= (of CONSUMER=)
	@exec node packages/local-stack/src/parked/main.ts

reset: $(INSTALLED) ## Wipe what make start has kept
	@exec node packages/local-stack/src/reset.ts

check: $(INSTALLED) ## Types, lint, unused code
	@tsc --noEmit
	@biome check --error-on-warnings .
	@knip

test: $(INSTALLED) ## Every test, on real servers
	@npm run --silent build -w services/notification
	@vitest run $(if $(CI),--reporter=dot --reporter=json --outputFile.json=.guichet/test-results.json)

fix: $(INSTALLED) ## Format, mend what lint can mend, write .env.example anew
	@biome check --write .
	@node packages/local-stack/src/write-env-example.ts
