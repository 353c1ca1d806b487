package main

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

func TestMain(m *testing.M) {
	code := m.Run()
	jsii.Close() // one Node process runs CDK for all tests
	os.Exit(code)
}

// synth synthesises the app as cdk synth does, for one team or for all, and returns the directory of its templates.
func synth(t *testing.T, team string) string {
	t.Helper()
	config, context := struct{ Context map[string]any }{}, map[string]any{}
	readJSON(t, "cdk.json", &config) // go test reads neither of them
	readJSON(t, "cdk.context.json", &context)
	maps.Copy(context, config.Context)
	context["team"] = team
	app := awscdk.NewApp(&awscdk.AppProps{Context: &context, Outdir: jsii.String(t.TempDir())})
	newStacks(app)
	return *app.Synth(nil).Directory()
}

func readJSON(t *testing.T, file string, into any) {
	t.Helper()
	content, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(content, into)
	}
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
}

// client is the function of a team, by its construct path.
func client(team *string) string { return "Mesh" + title(team) + "/Client" }

// load loads the templates of all teams, with the facts that no template has.
func load(t *testing.T) (*reachability.Model, reachability.Facts) {
	t.Helper()
	facts, err := reachability.LoadFacts("privateapi.facts.json")
	if err != nil {
		t.Fatal(err)
	}
	model, err := facts.Load(reachability.Assembly(synth(t, "")))
	if err != nil {
		t.Fatal(err)
	}
	return model, facts.Facts
}

// Of all services and all VPCs, exactly what the mesh declares can be called: 33 of 120 calls. Nothing else reaches a service: no other workload of
// the VPCs, and no network.
func TestMatrix(t *testing.T) {
	model, facts := load(t)
	company, declared, others, clients := readCompany("mesh.json"), 0, 0, []string{}
	for _, consumer := range *company.Consumers {
		clients = append(clients, client(consumer.Name))
		for _, service := range *company.Services {
			report := model.Prove(reachability.Question{Client: client(consumer.Name), Domain: *service.DomainName, Facts: facts})
			isDeclared := slices.ContainsFunc(*consumer.Calls, func(call *string) bool { return *call == *service.Name })
			switch {
			case isDeclared:
				declared++
				report.RequireReachable(t)
			case len(report.Answers) > 0: // a service behind a door to which it has a connection: nothing resolves the name
				others++
				report.RequireBlocked(t, reachability.HopHostedZone)
			default:
				others++
			}
		}
	}
	if declared != 33 || others != 120-33 {
		t.Errorf("%d calls are declared and reachable, and %d others are not, want 33 and 87", declared, others)
	}
	model.Prove(reachability.Question{Facts: facts}).RequireOnly(t, clients...)
}

// Each team has an app of its own with the same resources: a consumer finds the services of other teams by the parameters that they share.
func TestTeams(t *testing.T) {
	company := readCompany("mesh.json")
	wantOnlyStack(t, synth(t, "finance"), "MeshFinance")

	dir := synth(t, "checkout")
	wantOnlyStack(t, dir, "MeshCheckout")
	template := struct {
		Parameters map[string]struct{ Default string }
	}{}
	readJSON(t, dir+"/MeshCheckout.template.json", &template)
	parameters := map[string]bool{}
	for _, parameter := range template.Parameters {
		parameters[parameter.Default] = true
	}
	for connection, account := range map[string]string{
		"commerce.internal": "222222222222", "logistics.internal": "444444444444", "payments": "555555555555", "fraud": "555555555555",
	} {
		if arn := "arn:aws:ssm:eu-west-1:" + account + ":parameter/private-api/" + connection + "/service-name"; !parameters[arn] {
			t.Errorf("the stack does not read %s, only %v", arn, parameters)
		}
	}
	if got := len(*company.mesh.ConnectionsOf(jsii.String("checkout"))); got != 4 {
		t.Errorf("checkout has %d connections, want 4", got)
	}
	if own, whole := resources(t, dir, "MeshCheckout"), resources(t, synth(t, ""), "MeshCheckout"); !slices.Equal(own, whole) {
		t.Errorf("the stack has %v, and in the app of all teams %v: moving from one to the other would replace resources", own, whole)
	}
}

// resources are the logical IDs of a stack.
func resources(t *testing.T, dir, stack string) []string {
	t.Helper()
	template := struct{ Resources map[string]any }{}
	readJSON(t, dir+"/"+stack+".template.json", &template)
	return slices.Sorted(maps.Keys(template.Resources))
}

func wantOnlyStack(t *testing.T, dir, want string) {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if name, isTemplate := strings.CutSuffix(file.Name(), ".template.json"); isTemplate && name != want {
			t.Errorf("the app of one team has the stack %s, want %s alone", name, want)
		}
	}
	if _, err := os.Stat(dir + "/" + want + ".template.json"); err != nil {
		t.Error(err)
	}
}
