package equal_test

import (
	"strings"
	"testing"
)

// closing returns the rule by which CDK closes a security group, with what is to differ.
func closing(edit object) object {
	rule := object{"CidrIp": "255.255.255.255/32", "Description": "Disallow all traffic", "IpProtocol": "icmp", "FromPort": 252, "ToPort": 86}
	for key, value := range edit {
		rule[key] = value
	}
	return rule
}

// inside puts rules inside a security group.
func (a app) inside(group, property string, rules ...any) {
	a.properties("Provider", group)[property] = rules
}

// without removes a resource of the provider.
func (a app) without(id string) { delete(a["Provider"]["Resources"].(object), id) }

// outElsewhere moves the egress rule of a group to the stack of the consumer.
func (a app) outElsewhere() {
	a.without("AOut")
	a["Provider"]["Outputs"].(object)["Group"] = object{"Value": object{"Ref": "AOther"}}
	a["Consumer"]["Resources"].(object)["Out"] = object{"Type": "AWS::EC2::SecurityGroupEgress", "Properties": object{
		"GroupId": object{"Fn::GetStackOutput": object{"StackName": "Provider", "OutputName": "Group"}}, "FromPort": 443,
	}}
}

// A rule inside a security group is the same as a resource, and no more than that.
func TestRules(t *testing.T) {
	rule := func() object { return object{"FromPort": 443, "Description": "another"} }
	for name, tc := range map[string]struct {
		first, second func(app)
		want          string // nothing if they are equal
	}{
		"egress rule inside": {
			second: func(a app) { a.without("AOut"); a.inside("AOther", "SecurityGroupEgress", rule()) },
		},
		"ingress rule inside": {
			second: func(a app) { a.without("AIn"); a.inside("AGroup", "SecurityGroupIngress", rule()) },
		},
		"rules inside in another order": {
			first:  func(a app) { a.inside("AGroup", "SecurityGroupIngress", object{"FromPort": 1}, object{"FromPort": 2}) },
			second: func(a app) { a.inside("AGroup", "SecurityGroupIngress", object{"FromPort": 2}, object{"FromPort": 1}) },
		},
		"closed beside a rule of its own": {
			first:  func(a app) { a.inside("AOther", "SecurityGroupEgress", closing(nil)) },
			second: func(a app) { a.without("AOut"); a.inside("AOther", "SecurityGroupEgress", rule()) },
		},
		"closed beside a rule inside": {
			second: func(a app) { a.without("AOut"); a.inside("AOther", "SecurityGroupEgress", closing(nil), rule()) },
		},
		"egress rule inside the other group": {
			second: func(a app) { a.without("AOut"); a.inside("AGroup", "SecurityGroupEgress", rule()) },
			want:   "other resources reference it",
		},
		"egress rule for ingress": {
			second: func(a app) { a.without("AOut"); a.inside("AOther", "SecurityGroupIngress", rule()) },
			want:   "first has Provider AOut (AWS::EC2::SecurityGroupEgress), but second has nothing like it",
		},
		"another port inside": {
			second: func(a app) { a.without("AOut"); a.inside("AOther", "SecurityGroupEgress", object{"FromPort": 80}) },
			want:   "Provider AOut (AWS::EC2::SecurityGroupEgress) against second AOther.SecurityGroupEgress[0]: .Properties.FromPort is 443 and 80",
		},
		"rule twice": {
			second: func(a app) { a.inside("AOther", "SecurityGroupEgress", rule()) },
			want:   "second has Provider AO",
		},
		"closed without another rule": {
			second: func(a app) { a.inside("AGroup", "SecurityGroupEgress", closing(nil)) },
			want:   "second has Provider AGroup.SecurityGroupEgress[0]",
		},
		"closed beside a rule of another group": {
			first:  func(a app) { a.without("AOut") },
			second: func(a app) { a.without("AOut"); a.inside("AGroup", "SecurityGroupEgress", closing(nil)) },
			want:   "second has Provider AGroup.SecurityGroupEgress[0]",
		},
		"closed beside a rule in another stack": {
			first:  app.outElsewhere,
			second: func(a app) { a.outElsewhere(); a.inside("AOther", "SecurityGroupEgress", closing(nil)) },
			want:   "second has Provider AOther.SecurityGroupEgress[0]",
		},
		"a rule like the one that closes": {
			second: func(a app) { a.inside("AOther", "SecurityGroupEgress", closing(object{"ToPort": 87})) },
			want:   "second has Provider AOther.SecurityGroupEgress[0]",
		},
		"closed in one more way": {
			second: func(a app) { a.inside("AOther", "SecurityGroupEgress", closing(object{"CidrIpv6": "::/0"})) },
			want:   "second has Provider AOther.SecurityGroupEgress[0]",
		},
		"closed by a resource, which others can reference": {
			second: func(a app) {
				rule := closing(object{"GroupId": object{"Ref": "AOther"}})
				a["Provider"]["Resources"].(object)["AClosing"] = object{"Type": "AWS::EC2::SecurityGroupEgress", "Properties": rule}
			},
			want: "second has Provider AClosing",
		},
		"no rules, as a list": {
			second: func(a app) { a.inside("AGroup", "SecurityGroupEgress", list{}...) },
			want:   ".Properties.SecurityGroupEgress is absent and []",
		},
	} {
		t.Run(name, func(t *testing.T) {
			first, second := newApp(), newApp()
			if tc.first != nil {
				tc.first(first)
			}
			tc.second(second)
			problems := compare(t, first, second)
			if tc.want == "" && problems != "" || !strings.Contains(problems, tc.want) {
				t.Errorf("problems = %q, want %q", problems, tc.want)
			}
		})
	}
}

// Rules inside security groups are no resources of a template.
func TestResources(t *testing.T) {
	a := newApp()
	before, err := load(t, "first", a)
	if err != nil {
		t.Fatal(err)
	}
	a.inside("AOther", "SecurityGroupEgress", closing(nil), object{"FromPort": 80})
	after, err := load(t, "second", a)
	if err != nil {
		t.Fatal(err)
	}
	if before.Resources() != 9 || after.Resources() != 9 {
		t.Errorf("%d and %d resources, want 9", before.Resources(), after.Resources())
	}
}
