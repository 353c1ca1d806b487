package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

const example = "../../../examples/pricing-checkout"

type template struct {
	Resources map[string]struct {
		Type       string
		Properties map[string]any
	}
}

func templates(t *testing.T) map[string]template {
	t.Helper()
	found := map[string]template{}
	for _, name := range []string{"Pricing", "Checkout"} {
		data, err := os.ReadFile(filepath.Join(example, "testdata", name+".json"))
		if err != nil {
			t.Fatal(err)
		}
		parsed := template{}
		if err := json.Unmarshal(data, &parsed); err != nil {
			t.Fatal(err)
		}
		found[name] = parsed
	}
	return found
}

// TestContextIsComplete compares the context with the keys that the example reads: a missing one would have its default,
// which is a placeholder.
func TestContextIsComplete(t *testing.T) {
	source, err := os.ReadFile(filepath.Join(example, "main.go"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(source), "var defaults = map[string]string{\n")
	block, _, _ := strings.Cut(rest, "\n}")
	want, got := []string{}, []string{}
	for _, match := range regexp.MustCompile(`(?m)^\s*"(\w+)":`).FindAllStringSubmatch(block, -1) {
		want = append(want, match[1])
	}
	for _, arg := range (currentState{}).context(settings{}, "true") {
		if key, _, isEntry := strings.Cut(arg, "="); isEntry {
			got = append(got, key)
		}
	}
	slices.Sort(want)
	slices.Sort(got)
	if len(want) == 0 || !slices.Equal(got, want) {
		t.Errorf("the context has %v, the example reads %v", got, want)
	}
}

// TestImagesAreThoseOfTheExample compares the images with those of the example's tasks.
func TestImagesAreThoseOfTheExample(t *testing.T) {
	want := []image{}
	for team, found := range templates(t) {
		for _, resource := range found.Resources {
			if resource.Type != "AWS::ECS::TaskDefinition" {
				continue
			}
			text, err := json.Marshal(resource.Properties["ContainerDefinitions"])
			if err != nil {
				t.Fatal(err)
			}
			match := regexp.MustCompile(`"/([a-z-]+):(v\d)"`).FindStringSubmatch(string(text))
			want = append(want, image{team, match[1], match[2]})
		}
	}
	if len(want) != len(images) {
		t.Errorf("the example runs %v, but %v are checked", want, images)
	}
	for _, i := range want {
		if !slices.Contains(images, i) {
			t.Errorf("%v of the example is not checked", i)
		}
	}
}

// TestCostsAreThoseOfTheExample compares the costs with the templates.
func TestCostsAreThoseOfTheExample(t *testing.T) {
	got := map[string]int{}
	for _, found := range templates(t) {
		for _, resource := range found.Resources {
			number := 1
			switch resource.Type {
			case "AWS::EC2::VPCEndpoint":
				subnets, _ := resource.Properties["SubnetIds"].([]any)
				number = len(subnets) // a gateway endpoint has none, and costs nothing
			case "AWS::ECS::Service":
				number = int(resource.Properties["DesiredCount"].(float64))
			}
			got[resource.Type] += number
		}
	}
	for i, of := range []string{
		"AWS::EC2::VPCEndpoint", "AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::ECS::Service", "AWS::Route53::HostedZone", "AWS::Logs::LogGroup",
	} {
		if got[of] != costs[i].number {
			t.Errorf("the costs have %d %s, but the example has %d of %s", costs[i].number, costs[i].what, got[of], of)
		}
	}
}

// TestRoutesAreThoseOfTheExample compares the routes with the rules of the ALB.
func TestRoutesAreThoseOfTheExample(t *testing.T) {
	text, err := json.Marshal(templates(t)["Pricing"])
	if err != nil {
		t.Fatal(err)
	}
	for _, route := range routes {
		if !strings.Contains(string(text), `"Values":["`+route+`"]`) {
			t.Errorf("the example has no route %s", route)
		}
	}
}

func TestBothRoutesAreRequired(t *testing.T) {
	reachable := func(path string) reachability.Answer {
		return reachability.Answer{Path: path, Verdict: reachability.Reachable}
	}
	for name, tc := range map[string]struct {
		report reachability.Report
		want   string
	}{
		"both":      {reachability.Report{Answers: []reachability.Answer{reachable("/v1/*"), reachable("/v2/*")}}, ""},
		"no answer": {reachability.Report{}, "/v1/* and /v2/*"},
		"one":       {reachability.Report{Answers: []reachability.Answer{reachable("/v1/*")}}, "reaches /v2/*"},
		"one is blocked": {
			reachability.Report{Answers: []reachability.Answer{reachable("/v1/*"), {Path: "/v2/*", Verdict: reachability.Blocked}}}, "reaches /v2/*",
		},
		"an error besides": {
			reachability.Report{
				Answers:  []reachability.Answer{reachable("/v1/*"), reachable("/v2/*")},
				Findings: []reachability.Finding{{Severity: reachability.SeverityError}},
			}, "the report is blocked",
		},
	} {
		t.Run(name, func(t *testing.T) {
			err := requireRoutes(&tc.report)
			if tc.want == "" && err != nil {
				t.Error(err)
			}
			if tc.want != "" {
				wantError(t, err, tc.want)
			}
		})
	}
}
