package reachability_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/meshtest"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// call is one API with one client, all of it reachable, to be edited.
type call struct {
	*meshtest.Mesh
	api, consumer, network *meshtest.Stack
	conditional            map[*meshtest.Stack]bool
}

func newCall() call {
	m := meshtest.New(1, 1)
	return call{m, m.Stack("Api000"), m.Stack("Consumer000"), m.Stack("Providers00"), map[*meshtest.Stack]bool{}}
}

func refTo(id string) object            { return object{"Ref": id} }
func attOf(id, attribute string) object { return object{"Fn::GetAtt": array{id, attribute}} }
func groupOf(id string) object          { return attOf(id, "GroupId") }
func (c call) shared(id string) object  { return object{"Fn::ImportValue": "Providers00:" + id} }
func elbType(name string) string        { return "AWS::ElasticLoadBalancingV2::" + name }
func forward(id string) array           { return array{object{"Type": "forward", "TargetGroupArn": refTo(id)}} }
func (c call) subnets() array           { return array{c.shared("Subneta"), c.shared("Subnetb")} }
func network(r object) object {
	return r["NetworkConfiguration"].(object)["AwsvpcConfiguration"].(object)
}

func tcpRule(port int, peer object) object {
	return merged(object{"IpProtocol": "tcp", "FromPort": port, "ToPort": port}, peer)
}
func from(block string) object             { return object{"CidrIp": block} }
func ruleOf(group any, rule object) object { return merged(object{"GroupId": group}, rule) }

func merged(base, more object) object {
	for key, v := range more {
		base[key] = v
	}
	return base
}

func resource(s *meshtest.Stack, id, kind string, properties object) {
	s.Resources[id] = object{"Type": kind, "Properties": properties}
}

// parameter adds a parameter without a value.
func parameter(s *meshtest.Stack, id string) object {
	s.Parameters[id] = object{"Type": "String"}
	return refTo(id)
}

// maybe lets a condition decide about resources that is not decided before the deployment.
func (c call) maybe(s *meshtest.Stack, ids ...string) {
	parameter(s, "Undecided")
	c.conditional[s] = true
	for _, id := range ids {
		s.Resources[id].(object)["Condition"] = "Maybe"
	}
}

func (c call) prove(t testing.TB, assume ...string) *reachability.Report {
	t.Helper()
	input, question := writeMesh(t, c.Mesh)
	question.Facts.Assume = assume
	for s := range c.conditional {
		file := filepath.Join(input.Dir, s.Name+".template.json")
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var doc object
		if err := json.Unmarshal(data, &doc); err != nil {
			t.Fatal(err)
		}
		doc["Conditions"] = object{"Maybe": object{"Fn::Equals": array{refTo("Undecided"), "yes"}}}
		if data, err = json.Marshal(doc); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	model, err := reachability.Load(input)
	if err != nil {
		t.Fatal(err)
	}
	return model.Prove(question)
}

// wantCall proves an edited call, and compares the verdict and the hop that decides it.
func wantCall(t *testing.T, edit func(call), verdict reachability.Verdict, hop string, assume ...string) *reachability.Report {
	t.Helper()
	c := newCall()
	edit(c)
	report := c.prove(t, assume...)
	if len(report.Answers) == 0 {
		t.Fatalf("no answer:\n%s", report)
	}
	for _, a := range report.Answers {
		if a.Verdict != verdict || hop != "" && a.Decisive().Name != hop {
			t.Errorf("want %s at %q:\n%s", verdict, hop, a)
		}
	}
	return report
}
