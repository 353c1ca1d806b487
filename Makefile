# Two commands on a fresh machine: make synth, make test. They need Go, make, and any Node with npm.
.DEFAULT_GOAL := help
SHELL := /bin/sh

# The CDK CLI and the Node of package.json come first; jsii runs the library on that Node too.
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)
export CDK_DISABLE_CLI_TELEMETRY := true

LINT := go tool -modfile=tools/go.mod golangci-lint
NESTED_LINT := go tool -modfile=../../tools/go.mod golangci-lint
NESTED := test/bench test/deploy test/nag

# Where make can, what runs at once prints one after the other.
SYNC := $(if $(filter output-sync,$(.FEATURES)),-Otarget)

BENCH := cd test/bench && go run .

# Whether a Python has the version of moto that requirements.txt pins.
REQUIREMENTS := test/deploy/localaws/requirements.txt
MOTO := $(shell sed -n 's/^moto\[server\]==//p' $(REQUIREMENTS))
HAS_MOTO := -c 'import moto, moto.moto_server.werkzeug_app; assert moto.__version__ == "$(MOTO)"'
VENV := test/deploy/.venv

.PHONY: help setup synth test snapshot docs bench bench-smoke bench-imports deploy-test deploy-aws check-aws destroy-aws lint lint-javascript lint-python fmt check clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: node_modules/.installed ## Install the CDK CLI and Node from package-lock.json

# The lock has the integrity of each platform's Node, and no package runs a script. A platform without one needs its own Node 24.
node_modules/.installed: package.json package-lock.json
	npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@node --version | grep -q '^v24\.' || { echo "node is $$(node --version), want v24: package.json has no Node for this platform, so install Node 24"; exit 1; }
	@touch $@

# Every directory of examples with an app. pricing-checkout is the app of cdk.json, and the migration has an assembly for each phase.
EXAMPLES := $(filter-out pricing-checkout migration,$(patsubst examples/%/main.go,%,$(wildcard examples/*/main.go)))
PHASES := STATUS_QUO ATTACH DUAL_RUN WATCH CLOSE INTERNAL
SYNTHS := $(EXAMPLES:%=synth-%) $(PHASES:%=synth-migration/%)

synth: setup ## Synthesise the example app into cdk.out, and the other examples below it, and print the paths of the templates
	@rm -rf cdk.out
	@go build -o bin/ $(addprefix ./examples/,$(EXAMPLES) migration) ./internal/cdktest/validation/cdkvalidate # once for all syntheses
	cdk synth --quiet --output cdk.out
	@node tools/assembly-report.js cdk.out
	@$(MAKE) --no-print-directory -j2 $(SYNC) $(SYNTHS)
	@bin/cdkvalidate $(EXAMPLES:%=cdk.out/%) $(PHASES:%=cdk.out/migration/%)

# CDK would make its rules for ten seconds in each app. cdkvalidate makes them once for all of these.
SYNTH_EXAMPLE = cd examples/$(1) && CDK_VALIDATION=false cdk synth --quiet --app ../../bin/$(1) $(2) --output $(CURDIR)/cdk.out/$* && \
	node $(CURDIR)/tools/assembly-report.js --list $(CURDIR)/cdk.out/$*

.PHONY: $(SYNTHS)
$(EXAMPLES:%=synth-%): synth-%:
	@$(call SYNTH_EXAMPLE,$*)

$(PHASES:%=synth-migration/%): synth-%:
	@$(call SYNTH_EXAMPLE,migration,--context phase=$(*F))

# CDK would validate what tests synthesise, in each process. Instead they leave it in a directory, and all of it is validated at once.
VALIDATE_LATER := $(CURDIR)/bin/assemblies
test: export CDK_VALIDATION := false
test: export CDKTEST_VALIDATE_LATER := $(VALIDATE_LATER)
test: setup test/handlers/node_modules/.installed test/pictures/node_modules/.installed ## Run all tests
	@rm -rf $(VALIDATE_LATER) && mkdir -p $(VALIDATE_LATER)
	@$(MAKE) --no-print-directory -j2 $(SYNC) test-packages test-others
	@go build -o bin/ ./internal/cdktest/validation/cdkvalidate
	@bin/cdkvalidate -lint $(VALIDATE_LATER)/*

# A package where CDK runs keeps one core busy, so the packages that end last, and each of the others, would leave a core idle.
GO_TEST := go test -vet=off -count=1
ONE_BY_ONE := $(GO_TEST) -tags onecall_one_by_one

.PHONY: test-packages test-others
test-packages:
	$(GO_TEST) -timeout 20m ./...

test-others:
	node --test 'constructs/**/*.test.js' 'test/handlers/{runtime,acceptance,verification}/*.test.js' 'test/pictures/*.test.js'
	cd test/nag && $(GO_TEST) ./...
	$(ONE_BY_ONE) -run 'Golden|Connection|Transport|Views|LogicalID' ./constructs/privateapi
	$(ONE_BY_ONE) -run 'Golden|Consent|Wait|Grants|Targets|ServiceNetwork' -skip Warns ./constructs/lattice
	$(ONE_BY_ONE) -run 'Golden|ClientAccess|LogicalIDs' -skip 'Goldens/consumer-(none|inbound|another-account)' ./constructs/routedapi

# The AWS SDK that Lambda's runtime has, for the tests of handlers.
test/handlers/node_modules/.installed: test/handlers/package.json test/handlers/package-lock.json
	cd test/handlers && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

# A rasteriser. Where npm has none for the platform, the tests of pictures say why they skip; in CI they fail.
test/pictures/node_modules/.installed: test/pictures/package.json test/pictures/package-lock.json
	cd test/pictures && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && touch node_modules/.installed || test -z "$$CI"

snapshot: setup ## Rewrite the golden files and the words of the cases; review git diff
	UPDATE_GOLDEN=1 go test -vet=off -count=1 -run 'Golden|Refusals|Cases' ./...
	$(MAKE) docs # which has parts of those files

docs: ## Rewrite the generated parts of README.md and docs: tables of properties and rules, and tested code
	UPDATE_GOLDEN=1 go test -count=1 -run GoldenDocs ./internal/docgen

bench: setup test/bench/node_modules/.installed ## Measure the library against hand-written apps, and the proof on large meshes
	go test -vet=off -run '^$$' -bench Mesh -benchtime 1x ./reachability/stresstest
	$(BENCH) -mesh
	$(BENCH)

bench-smoke: setup test/bench/node_modules/.installed ## Check in one minute that the benchmark runs and its apps are equal
	cd test/bench && go test -count=1 . ./equal ./measure ./scenario
	$(BENCH) -smoke

bench-imports: setup ## Measure what imports cost to compile
	$(BENCH) -imports

test/bench/node_modules/.installed: test/bench/package.json test/bench/package-lock.json
	cd test/bench && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

# Without Python, pip or access to its index, tests of deployments say why they skip. DEPLOY_TEST_REQUIRED=1 lets them fail.
deploy-test: setup test/handlers/node_modules/.installed ## Deploy the examples with the CDK CLI into a local AWS API, and check what is deployed
	@python3 $(HAS_MOTO) 2>/dev/null || $(VENV)/bin/python $(HAS_MOTO) 2>/dev/null || \
		{ python3 -m venv --clear $(VENV) && $(VENV)/bin/pip install --quiet --requirement $(REQUIREMENTS); } || { \
			rm -rf $(VENV); \
			echo "moto $(MOTO) cannot be installed, so nothing can be deployed here"; \
			test -z "$$DEPLOY_TEST_REQUIRED"; \
		}
	cd test/deploy && go test -vet=off -c -o bin/deploy.test .
	@$(MAKE) --no-print-directory -j5 $(SYNC) deploy-networks deploy-moves deploy-examples deploy-pair deploy-packages

# Parts of one test binary at once, each with a local AWS API of its own. The CDK CLI asks every five seconds whether a stack is there, so two
# would not keep two cores busy. A test that no list names is in deploy-pair.
NETWORK_TESTS := ^Test(Mesh|Routed)
MOVE_TESTS := ^Test(Move|Postgres)
EXAMPLE_TESTS := ^Test(Migration|Lattice|CompanyZone|Consent|Operated)
DEPLOY_TESTS := cd test/deploy && bin/deploy.test -test.timeout 60m -test.v

.PHONY: deploy-networks deploy-moves deploy-examples deploy-pair deploy-packages
deploy-networks:
	@$(DEPLOY_TESTS) -test.run '$(NETWORK_TESTS)'

deploy-moves:
	@$(DEPLOY_TESTS) -test.run '$(MOVE_TESTS)'

deploy-examples:
	@$(DEPLOY_TESTS) -test.run '$(EXAMPLE_TESTS)'

deploy-pair:
	@$(DEPLOY_TESTS) -test.skip '$(NETWORK_TESTS)|$(MOVE_TESTS)|$(EXAMPLE_TESTS)'

# The packages that the tests of deployments are made of.
deploy-packages:
	@cd test/deploy && go test -vet=off -count=1 -timeout 20m $$(go list ./... | grep '/test/deploy/')

AWS_SETTINGS = $(foreach name,PRICING_PROFILE CHECKOUT_PROFILE REGION DOMAIN CERTIFICATE_ARN ZONES CONFIRM,"$(name)=$($(name))")
DEPLOYAWS := cd test/deploy && go run ./deployaws

# docs/deploy-aws.md describes these three targets. Nothing else runs them.
deploy-aws: setup ## Deploy the example to two AWS accounts, after confirmation; it costs money
	$(DEPLOYAWS) deploy $(AWS_SETTINGS)

check-aws: ## Read both accounts, and prove from their state that the example's routes are reachable
	$(DEPLOYAWS) check $(AWS_SETTINGS)

destroy-aws: setup ## Destroy what deploy-aws deployed, in the order that AWS accepts, after confirmation
	$(DEPLOYAWS) destroy $(AWS_SETTINGS)

lint: lint-javascript lint-python ## Run the linters and check the format
	$(LINT) run ./...
	$(LINT) fmt --diff ./...
	@for dir in $(NESTED); do (cd $$dir && $(NESTED_LINT) run ./... && $(NESTED_LINT) fmt --diff ./...) || exit 1; done

BIOME := tools/javascript/node_modules/.bin/biome

tools/javascript/node_modules/.installed: tools/javascript/package.json tools/javascript/package-lock.json
	cd tools/javascript && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

lint-javascript: tools/javascript/node_modules/.installed
	$(BIOME) check --error-on-warnings .

# The linters come from npm: Python's package index is out of reach of some networks.
tools/python/node_modules/.installed: tools/python/package.json tools/python/package-lock.json
	cd tools/python && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

lint-python: tools/python/node_modules/.installed
	node tools/python/ruff.mjs test/deploy
	@for python in $(VENV)/bin/python python3; do \
		if $$python $(HAS_MOTO) 2>/dev/null; then \
			exec tools/python/node_modules/.bin/pyright --project test/deploy --pythonpath "$$(command -v $$python)"; \
		fi; \
	done; \
	echo "Not checked: the types of test/deploy/localaws, because no Python here has moto $(MOTO)."

fmt: tools/javascript/node_modules/.installed tools/python/node_modules/.installed ## Format the code
	$(BIOME) check --write .
	node tools/python/ruff.mjs --write test/deploy
	$(LINT) fmt ./...
	@for dir in $(NESTED); do (cd $$dir && $(NESTED_LINT) fmt ./...) || exit 1; done

check: export DEPLOY_TEST_REQUIRED := 1
check: synth test deploy-test lint ## Run what CI runs

clean: ## Remove what the other targets created
	rm -rf cdk.out node_modules bin tools/javascript/node_modules tools/python/node_modules test/bench/node_modules test/handlers/node_modules test/pictures/node_modules test/bench/results.json test/deploy/bin test/deploy/.venv
