package stresstest

import (
	"encoding/json"
	"reflect"
	"runtime"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/meshtest"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// brokenMesh is a mesh with calls of each verdict.
func brokenMesh() *meshtest.Mesh {
	m := meshtest.New(10, 10)
	delete(m.Stack("Consumer000").Resources, "Client1ToApi002")
	delete(m.Stack("Api004").Resources, "AppFromAlb")
	m.Stack("Api006").Properties("Permissions")["AllowedPrincipals"] = meshtest.List{"arn:aws:iam::999999999999:root"}
	delete(m.ZoneIDs, m.Stack("Consumer001").Account+"/eu-west-1a")
	// The ALB of an API is in one zone, and each endpoint enters the NLB in one: cross-zone load balancing is off.
	m.Stack("Api001").Properties("Alb")["Subnets"] = m.Stack("Api001").Properties("Alb")["Subnets"].(meshtest.List)[:1]
	m.Stack("Consumer000").Properties("Api001")["SubnetIds"] = meshtest.List{meshtest.Object{"Ref": "Subneta"}}
	m.Stack("Consumer001").Properties("Api001")["SubnetIds"] = meshtest.List{meshtest.Object{"Ref": "Subnetb"}}
	return m
}

// Requests are followed on all cores, and the report is the same on any number of them.
func TestAnyNumberOfCores(t *testing.T) {
	input, question := writeMesh(t, brokenMesh())
	model, err := reachability.Load(input)
	if err != nil {
		t.Fatal(err)
	}
	prove := func(cores int) string {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
		text, err := json.Marshal(model.Prove(question))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	want := prove(1)
	for _, cores := range []int{2, 2, 8} {
		if prove(cores) != want {
			t.Errorf("on %d cores, the report differs", cores)
		}
	}
}

// What clients have in common is followed once. The answer for each is as if nobody else had been asked about.
func TestAnswersDoNotDependOnOtherClients(t *testing.T) {
	input, question := writeMesh(t, brokenMesh())
	model, err := reachability.Load(input)
	if err != nil {
		t.Fatal(err)
	}
	verdicts := map[reachability.Verdict]int{}
	for _, want := range model.Prove(question).Answers {
		verdicts[want.Verdict]++
		alone := question
		alone.Client, alone.Domain, alone.Port = want.Client, want.Domain, want.Port
		found := false
		for _, got := range model.Prove(alone).Answers {
			found = found || reflect.DeepEqual(got, want)
		}
		if !found {
			t.Errorf("asked alone, the answer differs from:\n%s", want)
		}
	}
	if len(verdicts) != 3 {
		t.Errorf("the mesh has %v, want each verdict", verdicts)
	}
}
