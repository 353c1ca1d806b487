package reachability_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// Any resource of a path may have a property that AWS adds tomorrow: the call is then unknown, and the assumption that it
// names settles it.
func TestPropertiesInNoClassLeaveTheCallUnknown(t *testing.T) {
	// offPath are resources of the templates that the call does not depend on.
	offPath := map[string][]string{
		"scenarios/lattice": {
			"AWS::EC2::SecurityGroup Pricing/AlbGroup", "AWS::EC2::SecurityGroup Pricing/V2Group", "AWS::EC2::SecurityGroupEgress Pricing/AlbToApp",
			"AWS::EC2::SecurityGroupIngress Pricing/AlbFromLattice", "AWS::EC2::SecurityGroupIngress Pricing/V2FromAlb", "AWS::ECS::Service Pricing/V2",
			"AWS::ElasticLoadBalancingV2::Listener Pricing/AlbListener", "AWS::ElasticLoadBalancingV2::LoadBalancer Pricing/Alb",
			"AWS::ElasticLoadBalancingV2::TargetGroup Pricing/AlbTargets", "AWS::IAM::Role Pricing/EcsRole", "AWS::VpcLattice::Rule Pricing/V2Rule",
			"AWS::VpcLattice::TargetGroup Pricing/V2Targets",
		},
		"public/calls":        {"AWS::ElasticLoadBalancingV2::ListenerRule Api/HealthRule"},
		"scenarios/instances": {"AWS::EC2::Instance people/Reporting", "AWS::EC2::SecurityGroup people/MachineGroup", "AWS::IAM::Role people/Role", "AWS::Lambda::Function people/Reminder"},
	}
	classified := map[string]bool{}
	for _, c := range network.ClassifiedTypes() {
		classified[c.Name] = true
	}
	for file, name := range map[string]string{
		"calls/as-it-is":      "one client that reaches one API",
		"scenarios/instances": "a function and an instance call instances", "scenarios/nacl": "ephemeral ports are open everywhere",
		"scenarios/fargate-direct": "the NLB may end TLS in front of tasks", "scenarios/lattice": "tasks that ECS registers",
		"public/calls": "a client calls over the internet, and its NAT gateways are on the allow-list",
	} {
		c := findCase(t, file, name)
		was := loadCase(t, c.Load(t)).Prove(questionOf(c)).Answers[0]
		if was.Verdict != reachability.Reachable {
			t.Errorf("%s: %s: %s", file, name, was)
			continue
		}
		q := reachability.Question{Client: was.Client, Domain: was.Domain, Port: was.Port, Path: was.Path, Facts: factsOf(c)}
		var off []string
		for _, key := range c.Load(t).Keys() {
			stacks := c.Load(t)
			doc := template(stacks.Doc(t, key))
			for id := range doc.resources() {
				r := doc.resource(id)
				kind, _ := r["Type"].(string)
				if !classified[kind] {
					continue
				}
				properties, had := r["Properties"].(object)
				if !had {
					properties = object{}
					r["Properties"] = properties
				}
				properties["Novelty"] = "on"
				got := loadCase(t, stacks).Prove(q).Answers[0]
				assume := q
				assume.Facts.Assume = append(slices.Clone(q.Facts.Assume), proof.AssumeUnmodelled+kind+".Novelty")
				if assumed := loadCase(t, stacks).Prove(assume).Answers[0]; assumed.Verdict != reachability.Reachable {
					t.Errorf("%s: %s/%s with Novelty assumed: %s", file, key, id, assumed)
				}
				if delete(properties, "Novelty"); !had {
					delete(r, "Properties")
				}
				if got.Verdict != reachability.Unknown {
					off = append(off, kind+" "+key+"/"+id)
				}
			}
		}
		slices.Sort(off)
		if !slices.Equal(off, offPath[file]) {
			t.Errorf("%s: a new property changes nothing at\n%q", file, off)
		}
	}
}

// The table says of each property that is read which hops it decides.
func TestReadPropertiesDecideHops(t *testing.T) {
	for _, c := range network.ClassifiedTypes() {
		for _, p := range c.Properties {
			if p.Class == network.NotModelled && p.About == "" {
				t.Errorf("%s.%s: say what it can do", c.Name, p.Path)
			}
			if p.Class != network.Read {
				continue
			}
			for _, hop := range strings.Split(p.About, ", ") {
				if _, ok := proof.FindHop(hop); !ok && hop != "findings" {
					t.Errorf("%s.%s: there is no hop %q", c.Name, p.Path, hop)
				}
			}
		}
	}
}
