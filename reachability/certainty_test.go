package reachability_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/casetest"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// What a macro may change, and what may not be deployed, breaks no rule.
func TestFindingsNeedCertainty(t *testing.T) {
	for name, change := range map[string]func(template){
		"a macro":    func(t template) { t["Transform"] = "Ours" },
		"conditions": eachResource(func(t template, id string) { t.resource(id)["Condition"] = "Maybe" }),
	} {
		for _, file := range casetest.Files(t, caseFiles) {
			for _, c := range file.Cases {
				if !strings.HasPrefix(file.Name, "findings/") {
					continue
				}
				t.Run(file.Name+"/"+c.Name+"/"+name, func(t *testing.T) {
					stacks := c.Load(t)
					for _, key := range stacks.Keys() {
						change(stacks.Doc(t, key))
					}
					checkNoFindings(t, name, stacks)
				})
			}
		}
	}
}

// Whatever the deployment decides, it may be what the template had: with any value unknown, a call that was reachable
// is never blocked, and one that was blocked is never reachable.
func TestUnknownValuesProveNothing(t *testing.T) {
	for file, names := range map[string][]string{
		"scenarios/fargate-direct": {"the NLB may end TLS in front of tasks"},
		"scenarios/imports":        {"a path of a route"},
		"scenarios/enforcement":    {"on, and the clients are let in", "on, and only the endpoint is let in"},
		"scenarios/nacl":           {"ephemeral ports are open everywhere", "the client's subnet lets no answers in"},
		"scenarios/marketplace":    {"the service of the name is given"},
		"scenarios/private-dns":    {"the name is assumed to be verified"},
		"public/calls":             {"a client calls over the internet, and its NAT gateways are on the allow-list"},
		"public/alb":               {"SUBNET_ACL_RESTRICTION, network ACLs on all subnets allow what is needed", "ENI_SG_RULES_MISMATCH, the ALB lets in another address"},
		"public/names":             {"by weight, and the public way does not work"},
	} {
		for _, name := range names {
			t.Run(file+"/"+name, func(t *testing.T) {
				c := findCase(t, file, name)
				tryUnknowns(t, c)
			})
		}
	}
}

// tryUnknowns proves a case once for each value of its templates, with that value made unknown.
func tryUnknowns(t *testing.T, c *casetest.Case) {
	t.Helper()
	was := loadCase(t, c.Load(t)).Prove(questionOf(c)).Answers[0]
	question := reachability.Question{
		Client: was.Client, Domain: was.Domain, Port: was.Port, Path: was.Path, Facts: factsOf(c),
	}
	stacks, dir := c.Load(t), t.TempDir()
	for _, key := range stacks.Keys() {
		doc := template(stacks.Doc(t, key))
		doc.section("Parameters")["NotKnown"] = object{"Type": "String"}
		doc.section("Conditions")["NotDecided"] = object{"Fn::Equals": array{ref("NotKnown"), "yes"}}
		eachUnknown(doc, func(spot string) {
			for _, got := range loadInputs(t, stacks.Write(t, dir, json.Marshal)).Prove(question).Answers {
				if got.Verdict != was.Verdict && got.Verdict != reachability.Unknown {
					t.Errorf("without %s/%s, what was %s is %s", key, spot, was.Verdict, decisionOf(got))
				}
			}
		})
	}
}

// eachUnknown makes the properties of resources unknown, one at a time, and then whether the resource is there.
func eachUnknown(t template, visit func(spot string)) {
	for _, id := range slices.Sorted(maps.Keys(t.resources())) {
		r := t.resource(id)
		unknownBelow(r["Properties"], id, visit)
		condition, has := r["Condition"]
		r["Condition"] = "NotDecided"
		visit(id + ".Condition")
		if delete(r, "Condition"); has {
			r["Condition"] = condition
		}
	}
}

func unknownBelow(node any, path string, visit func(spot string)) {
	try := func(at string, was any, set func(any)) {
		set(unknown(was))
		visit(at)
		set(was)
		unknownBelow(was, at, visit)
	}
	switch n := node.(type) {
	case object:
		if casetest.IsFunction(n) {
			return
		}
		for _, key := range slices.Sorted(maps.Keys(n)) {
			try(path+"."+key, n[key], func(v any) { n[key] = v })
		}
	case array:
		for i, item := range n {
			try(fmt.Sprintf("%s[%d]", path, i), item, func(v any) { n[i] = v })
		}
	}
}

// unknown is what stands for a value that the deployment decides.
func unknown(was any) any {
	switch was.(type) {
	case object, array:
		return object{"Fn::If": array{"NotDecided", was, ref("AWS::NoValue")}}
	}
	return ref("NotKnown")
}
