package deploy_test

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/acm"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

const meshDomains = "*.internal.company.com"

// meshDeclaration is what a test edits of mesh.json.
type meshDeclaration struct {
	Version   int               `json:"version"`
	Region    string            `json:"region"`
	Tiers     []map[string]any  `json:"tiers"`
	Providers []map[string]any  `json:"providers"`
	Services  []map[string]any  `json:"services"`
	Consumers []declaredCallers `json:"consumers"`
}

type declaredCallers struct {
	Name    string   `json:"name"`
	Account string   `json:"account"`
	Calls   []string `json:"calls"`
}

// declaredMesh is examples/mesh with the mesh of its golden files, which grows.
type declaredMesh struct {
	*teams
	declaration meshDeclaration
	root        string
	contexts    map[string]any
	base        string // the assembly that is deployed
}

// meshGrowth is what is added to a mesh, and what that changes in its stacks. The template of each stack that is not listed stays as it is.
type meshGrowth struct {
	name    string
	add     func(*meshDeclaration)
	changes map[string]consequences // of stacks that exist
	added   string                  // a stack, if any
}

var meshGrowths = []meshGrowth{
	{
		name: "a service is added, which checkout calls",
		add: func(d *meshDeclaration) {
			d.Services = append(d.Services, map[string]any{"name": "search", "domainName": "search.internal.company.com", "provider": "commerce", "tier": "internal"})
			d.Consumers[0].Calls = append(d.Consumers[0].Calls, "search")
		},
		changes: map[string]consequences{
			"MeshCommerce": {
				added: []string{
					"Mesh/commerce.internal/Routesearch", "Mesh/commerce.internal/Rule33979", "Search/SecurityGroup", "Search/Service", "SearchTask",
					"SearchTask/TaskRole", "rule of Mesh/commerce.internal/LoadBalancerSecurityGroup", "rule of Search/SecurityGroup",
				},
				modified: []string{"Mesh/commerce.internal.contract/Contract"},
			},
			"MeshCheckout": {
				added: []string{
					"Mesh/commerce.internal/HostedZone-search.internal.company.com", "Mesh/commerce.internal/HostedZone-search.internal.company.com/A",
				},
				modified: []string{"Client"}, // the app tells it what to call
			},
		},
	},
	{
		name: "a consumer is added, in another account",
		add: func(d *meshDeclaration) {
			d.Consumers = append(d.Consumers, declaredCallers{"planning", scenario.Pricing, []string{"invoices", "ledger"}})
		},
		changes: map[string]consequences{"MeshFinance": {modified: []string{
			"Mesh/finance.internal.contract/Share", "Mesh/finance.internal/Permissions", "Mesh/ledger.contract/Share", "Mesh/ledger/AuthPolicy",
			"Mesh/ledger/Share", "Publish/GetStackOutputRole",
		}}},
		added: "MeshPlanning",
	},
}

// TestMesh deploys a mesh of four services and two consumers in two tiers. Then it grows: what belongs to the new service or consumer changes, and
// nothing else.
func TestMesh(t *testing.T) {
	needLocal(t)
	m := newDeclaredMesh(t)
	t.Run("exactly the declared calls are reachable", m.wantMatrix)
	for _, growth := range meshGrowths {
		if !t.Run(growth.name, func(t *testing.T) { m.grow(t, growth) }) {
			return
		}
	}
	t.Run("exactly the declared calls are reachable, after it has grown", m.wantMatrix)
}

func newDeclaredMesh(t *testing.T) *declaredMesh {
	t.Helper()
	ctx := t.Context()
	m := &declaredMesh{}
	m.teams = must(prepareTeams(ctx, "mesh", meshDomains, map[string]string{
		"MeshCommerce": scenario.Pricing, "MeshFinance": scenario.Lab, "MeshCheckout": scenario.Checkout, "MeshAccounting": scenario.Reporting,
		"MeshPlanning": scenario.Pricing,
	}))(t)
	m.root = m.assembly
	content := must(os.ReadFile("../../examples/mesh/testdata/small.json"))(t)
	if err := json.Unmarshal(content, &m.declaration); err != nil {
		t.Fatal(err)
	}
	m.contexts = must(zonesOf(ctx, scenario.Accounts()...))(t)
	m.contexts["latticePrefixList"] = must(latticePrefixList(ctx, m.deployer))(t)
	m.contexts["@aws-cdk/core:defaultCrossStackReferences"] = "weak"

	m.base = m.synth(t, "base")
	m.assembly = m.base
	// Each provider has a certificate of its own.
	of := must(acm.NewFromConfig(m.configs["MeshFinance"]).RequestCertificate(ctx, &acm.RequestCertificateInput{DomainName: aws.String(meshDomains)}))(t)
	if err := m.deployStacks(ctx, []string{"--all", "--concurrency", "2", "--method=direct"},
		"MeshCommerce:CertificateArn="+m.certificateArn, "MeshFinance:CertificateArn="+aws.ToString(of.CertificateArn)); err != nil {
		t.Fatal(err)
	}
	return m
}

// synth synthesises the mesh as it is declared, and returns its assembly.
func (m *declaredMesh) synth(t *testing.T, name string) string {
	t.Helper()
	dir := filepath.Join(m.root, name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	contexts := maps.Clone(m.contexts)
	contexts["mesh"] = dir + ".json"
	content := must(json.Marshal(m.declaration))(t)
	if err := os.WriteFile(dir+".json", content, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := local.CLI.App(t.Context(), m.program, dir, contexts); err != nil {
		t.Fatal(err)
	}
	return dir
}

// grow adds something to the mesh, and deploys the stacks that change, in the order of their dependencies.
func (m *declaredMesh) grow(t *testing.T, growth meshGrowth) {
	growth.add(&m.declaration)
	next := m.synth(t, strings.ReplaceAll(growth.name, " ", "-"))
	for _, stack := range stacksIn(t, next) {
		if stack == growth.added {
			must(local.CLI.Deploy(t.Context(), m.deployer, next, stack, "--method=direct"))(t)
			continue
		}
		old := must(readTemplate(m.base, stack))(t)
		if want, changes := growth.changes[stack]; changes {
			m.stack(t, stack).update(m.deployer, next, old, &want)
		} else if must(readTemplate(next, stack))(t).body != old.body {
			t.Errorf("the template of %s changes", stack)
		}
	}
	m.base = next
}

// wantMatrix fails the test unless the deployed state lets each consumer call what it declares, and nothing else.
func (m *declaredMesh) wantMatrix(t *testing.T) {
	prove := proveDeployed(t)
	for _, consumer := range m.declaration.Consumers {
		stack := "Mesh" + strings.ToUpper(consumer.Name[:1]) + consumer.Name[1:]
		client := nameInProof(consumer.Account, "function:"+m.stack(t, stack).physicalOf("Client"))
		for _, service := range m.declaration.Services {
			report := prove(reachability.Question{Client: client, Domain: service["domainName"].(string)})
			if slices.Contains(consumer.Calls, service["name"].(string)) {
				report.RequireReachable(t)
			} else if report.Count(reachability.Blocked) != len(report.Answers) {
				t.Errorf("%s reaches %s:\n%s", consumer.Name, service["name"], report)
			}
		}
	}
}
