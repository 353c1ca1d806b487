# Two commands on a fresh machine: make synth, make test. They need Go, make, and any Node with npm.
.DEFAULT_GOAL := help
SHELL := /bin/sh

# The CDK CLI and the Node of package.json come first; jsii runs the library on that Node too.
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
export CDK_DISABLE_CLI_TELEMETRY := true

LINT := go tool -modfile=tools/go.mod golangci-lint
NESTED_LINT := go tool -modfile=../../tools/go.mod golangci-lint
NESTED := test/bench test/deploy

BENCH := cd test/bench && go run .

# As in test/deploy/localaws/server.go.
MOTO := 5.2.1

.PHONY: help setup synth test snapshot bench bench-smoke bench-imports deploy-test deploy-aws check-aws destroy-aws lint fmt check clean

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

snapshot: setup ## Rewrite the goldens and the words of the cases; look at git diff
	UPDATE_GOLDEN=1 go test -vet=off -count=1 -run 'Golden|Refusals|Cases' ./...

bench: setup test/bench/node_modules/.installed ## Measure the library against hand-written apps, and the proof of meshes
	go test -vet=off -run '^$$' -bench Mesh -benchtime 1x ./reachability/stresstest
	$(BENCH)

bench-smoke: setup test/bench/node_modules/.installed ## Check in a minute that the benchmark runs and its apps are equal
	cd test/bench && go test -count=1 . ./equal ./measure ./scenario
	$(BENCH) -smoke

bench-imports: setup ## Measure what imports cost to compile
	$(BENCH) -imports

test/bench/node_modules/.installed: test/bench/package.json test/bench/package-lock.json
	cd test/bench && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

# Without Python, pip or a way to its index the tests still run, and each says why it skipped.
deploy-test: setup ## Deploy the example with the CDK CLI into a local AWS API, and check what is there then
	@python3 -c 'import moto, moto.moto_server.werkzeug_app; assert moto.__version__ == "$(MOTO)"' 2>/dev/null || \
		test -x test/deploy/.venv/bin/python || \
		{ python3 -m venv test/deploy/.venv && test/deploy/.venv/bin/pip install --quiet 'moto[server]==$(MOTO)'; } || \
		{ rm -rf test/deploy/.venv; echo "moto[server] $(MOTO) cannot be installed here: nothing will be deployed, the tests skip"; }
	cd test/deploy && go test -vet=off -count=1 -timeout 20m ./...

AWS_SETTINGS = $(foreach name,PRICING_PROFILE CHECKOUT_PROFILE REGION DOMAIN CERTIFICATE_ARN ZONES CONFIRM,"$(name)=$($(name))")
DEPLOYAWS := cd test/deploy && go run ./deployaws

# What these three need and do is in docs/deploy-aws.md. Nothing else runs them.
deploy-aws: setup ## Deploy the example to two AWS accounts, after a question; it costs money
	$(DEPLOYAWS) deploy $(AWS_SETTINGS)

check-aws: ## Read both accounts, and prove from what AWS says that the example's routes are reachable
	$(DEPLOYAWS) check $(AWS_SETTINGS)

destroy-aws: setup ## Destroy what deploy-aws deployed, in the order that AWS accepts, after a question
	$(DEPLOYAWS) destroy $(AWS_SETTINGS)

lint: ## Run the linters and check the format
	$(LINT) run ./...
	$(LINT) fmt --diff ./...
	@for dir in $(NESTED); do (cd $$dir && $(NESTED_LINT) run ./... && $(NESTED_LINT) fmt --diff ./...) || exit 1; done

fmt: ## Format the code
	$(LINT) fmt ./...
	@for dir in $(NESTED); do (cd $$dir && $(NESTED_LINT) fmt ./...) || exit 1; done

check: synth test deploy-test lint ## Do what CI does

clean: ## Remove what the other targets made
	rm -rf cdk.out node_modules bin test/bench/node_modules test/bench/results.json test/deploy/.venv
