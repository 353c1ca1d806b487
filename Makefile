# Two commands on a fresh machine: make synth, make test. They need Go, make, and any Node with npm.
.DEFAULT_GOAL := help
SHELL := /bin/sh

# The CDK CLI and the Node of package.json come first; jsii runs the library on that Node too.
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
export CDK_DISABLE_CLI_TELEMETRY := true

LINT := go tool -modfile=tools/go.mod golangci-lint

.PHONY: help setup synth test snapshot bench lint fmt check clean

help: ## Show what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

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

bench: ## Measure the proof of meshes of up to 20,000 resources
	go test -vet=off -run '^$$' -bench Mesh -benchtime 1x ./reachability

lint: ## Run the linters and check the format
	$(LINT) run ./...
	$(LINT) fmt --diff ./...

fmt: ## Format the code
	$(LINT) fmt ./...

check: test synth lint ## Do what CI does

clean: ## Remove what the other targets made
	rm -rf cdk.out node_modules bin
