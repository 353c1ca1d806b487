# Two commands on a fresh machine: make synth, make test. They need Go, make, and any Node with npm.
.DEFAULT_GOAL := help
SHELL := /bin/sh

# The CDK CLI and the Node of package.json come first; jsii runs the library on that Node too.
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
export CDK_DISABLE_CLI_TELEMETRY := true

LINT := go tool -modfile=tools/go.mod golangci-lint
BENCH_LINT := go tool -modfile=../../tools/go.mod golangci-lint

BENCH := cd test/bench && go run .

.PHONY: help setup synth test snapshot bench bench-smoke bench-imports lint fmt check clean

help: ## Show what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: node_modules/.installed ## Install the CDK CLI and Node from package-lock.json

node_modules/.installed: package.json package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	@node --version | grep -q '^v24\.' || { echo "node_modules/.bin/node is $$(node --version), want v24: npm did not run the install script of the package node"; exit 1; }
	@touch $@

synth: setup ## Synthesise the example app into cdk.out and say where the templates are
	@rm -rf cdk.out
	cdk synth --quiet --output cdk.out
	@node tools/assembly-report.js cdk.out

test: setup ## Run all tests
	go test -vet=off -count=1 -timeout 20m ./...
	@cfn-lint --version >/dev/null 2>&1 || echo "Not checked: cfn-lint does not run here, so CDK's validation alone looked at the templates."

snapshot: setup ## Rewrite the goldens; look at them with git diff
	UPDATE_GOLDEN=1 go test -vet=off -count=1 -run 'Golden|Refusals' ./...

bench: setup test/bench/node_modules/.installed ## Measure the library against hand-written apps, and the proof of meshes
	go test -vet=off -run '^$$' -bench Mesh -benchtime 1x ./reachability
	$(BENCH)

bench-smoke: setup test/bench/node_modules/.installed ## Check in a minute that the benchmark runs and its apps are equal
	cd test/bench && go test -count=1 . ./equal ./measure ./scenario
	$(BENCH) -smoke

bench-imports: setup ## Measure what imports cost to compile
	$(BENCH) -imports

test/bench/node_modules/.installed: test/bench/package.json test/bench/package-lock.json
	cd test/bench && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

lint: ## Run the linters and check the format
	$(LINT) run ./...
	$(LINT) fmt --diff ./...
	cd test/bench && $(BENCH_LINT) run ./... && $(BENCH_LINT) fmt --diff ./...

fmt: ## Format the code
	$(LINT) fmt ./...
	cd test/bench && $(BENCH_LINT) fmt ./...

check: test synth lint ## Do what CI does

clean: ## Remove what the other targets made
	rm -rf cdk.out node_modules bin test/bench/node_modules test/bench/results.json
