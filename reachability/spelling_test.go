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

// spelling writes a template in another way, and leaves what it means as it is.
type spelling struct {
	name   string
	change func(template)
	// encode is how the template is encoded, if not as JSON is by default.
	encode func(any) ([]byte, error)
	// rename is what becomes of logical IDs.
	rename func(id string) string
}

var spellings = []spelling{
	{name: "tags", change: eachResource(addTags)},
	{name: "descriptions", change: eachResource(changeDescriptions)},
	{name: "metadata and deletion policies", change: eachResource(addMetadata)},
	{name: "the order of keys", change: func(template) {}, encode: encodeBackwards},
	{name: "the order of lists", change: eachResource(reverseLists)},
	{name: "renamed logical IDs", change: renameAll, rename: renamedID},
	{name: "another VPC with groups of its own", change: addUnrelatedVpc},
	{name: "a condition that holds", change: addCondition},
	{name: "numbers and booleans as text", change: eachLiteral(asText)},
	{name: "text by Fn::Sub", change: eachLiteral(bySub)},
	{name: "text by Fn::Join", change: eachLiteral(byJoin)},
	{name: "numbers by Fn::If", change: numbersByIf},
	{name: "numbers by Fn::FindInMap", change: numbersByMapping},
	{name: "numbers by parameters with defaults", change: numbersByParameter},
	{name: "references by other attributes", change: byAttribute},
	{name: "ingress rules within their groups", change: within("Ingress")},
	{name: "egress rules within their groups", change: within("Egress")},
	{name: "egress rules outside of their groups", change: outside("Egress")},
}

// spell loads a case, and writes its templates in the other way.
func (s spelling) spell(t *testing.T, c *casetest.Case) *reachability.Model {
	t.Helper()
	stacks := c.Load(t)
	for _, key := range stacks.Keys() {
		s.change(stacks.Doc(t, key))
	}
	encode := s.encode
	if encode == nil {
		encode = json.Marshal
	}
	return loadInputs(t, stacks.Write(t, t.TempDir(), encode))
}

// question is the call of the base, with the name that the client has afterwards.
func (s spelling) question(c *casetest.Case) reachability.Question {
	q := questionOf(c)
	if s.rename != nil {
		stack, id, _ := strings.Cut(q.Client, "/")
		q.Client = stack + "/" + s.rename(id)
	}
	return q
}

func TestSpellingChangesNothing(t *testing.T) {
	c := findCase(t, "path/as-it-is", "both stacks")
	for _, s := range spellings {
		t.Run(s.name, func(t *testing.T) {
			model, question := s.spell(t, c), s.question(c)
			model.Prove(question).RequireReachable(t)
			everything := model.Prove(everything(c))
			everything.RequireReachable(t)
			everything.RequireOnly(t, question.Client)
			if len(everything.Answers) != 2 {
				t.Errorf("%d answers, want 2:\n%s", len(everything.Answers), everything)
			}
		})
	}
}

// Another spelling hides nothing: every third case in one of them, so that each spelling meets several cases.
func TestCasesInOtherSpellings(t *testing.T) {
	i := 0
	for _, file := range casetest.Files(t, caseFiles) {
		for _, c := range file.Cases {
			if !strings.HasPrefix(file.Name, "path/") || c.Findings != nil || !strings.Contains(c.Want, " at ") {
				continue
			}
			if i++; i%3 != 0 {
				continue
			}
			s := spellings[i/3%len(spellings)]
			t.Run(file.Name+"/"+c.Name+"/"+s.name, func(t *testing.T) {
				model, question := s.spell(t, c), s.question(c)
				answers := model.Prove(question).Answers
				if len(answers) != 1 || decisionOf(answers[0]) != c.Want || ruleOf(answers[0].Decisive()) != c.Rule {
					t.Errorf("want %s, by the rule %q:\n%v", c.Want, c.Rule, answers)
				}
				checkEverything(t, c, model.Prove(everything(c)))
			})
		}
	}
}

// object and array are what templates are made of.
type (
	object   = map[string]any
	array    = []any
	template object
)

func (t template) resources() object { return t["Resources"].(object) }

func (t template) resource(id string) object { return t.resources()[id].(object) }

func (t template) properties(id string) object {
	p, ok := t.resource(id)["Properties"].(object)
	if !ok {
		p = object{}
		t.resource(id)["Properties"] = p
	}
	return p
}

// section is a section such as Parameters.
func (t template) section(name string) object {
	if t[name] == nil {
		t[name] = object{}
	}
	return t[name].(object)
}

func (t template) add(id, kind string, properties object) {
	t.resources()[id] = object{"Type": kind, "Properties": properties}
}

func ref(id string) object            { return object{"Ref": id} }
func att(id, attribute string) object { return object{"Fn::GetAtt": array{id, attribute}} }

// eachResource changes every resource.
func eachResource(f func(t template, id string)) func(template) {
	return func(t template) {
		for _, id := range slices.Sorted(maps.Keys(t.resources())) {
			f(t, id)
		}
	}
}

func addTags(t template, id string) {
	if strings.HasPrefix(t.resource(id)["Type"].(string), "AWS::EC2::") {
		t.properties(id)["Tags"] = array{object{"Key": "team", "Value": "platform"}, object{"Key": "Name", "Value": id}}
	}
}

// changeDescriptions changes the descriptions that are there.
func changeDescriptions(t template, id string) {
	for _, key := range []string{"Description", "GroupDescription"} {
		if p := t.properties(id); p[key] != nil {
			p[key] = "SSH from 0.0.0.0/0"
		}
	}
}

func addMetadata(t template, id string) {
	t.resource(id)["Metadata"] = object{"Owner": "platform", "Port": 22}
	t.resource(id)["DeletionPolicy"] = "Retain"
}

// reverseLists reverses the lists whose order means nothing.
func reverseLists(t template, id string) {
	lists := []any{t.resource(id)["DependsOn"]}
	for _, key := range []string{"SubnetIds", "Subnets", "SecurityGroupEgress", "LoadBalancerAttributes", "VPCs", "AllowedPrincipals", "Conditions"} {
		lists = append(lists, t.properties(id)[key])
	}
	for _, list := range lists {
		if list, ok := list.(array); ok {
			slices.Reverse(list)
		}
	}
}

// encodeBackwards is JSON with the keys in the opposite order.
func encodeBackwards(v any) ([]byte, error) {
	var open, end string
	var parts []string
	add := func(prefix string, v any) error {
		value, err := encodeBackwards(v)
		parts = append(parts, prefix+string(value))
		return err
	}
	switch v := v.(type) {
	case object:
		open, end = "{", "}"
		for _, key := range slices.Backward(slices.Sorted(maps.Keys(v))) {
			if err := add(fmt.Sprintf("%q:", key), v[key]); err != nil {
				return nil, err
			}
		}
	case array:
		open, end = "[", "]"
		for _, item := range v {
			if err := add("", item); err != nil {
				return nil, err
			}
		}
	default:
		return json.Marshal(v)
	}
	return []byte(open + strings.Join(parts, ",") + end), nil
}

// addUnrelatedVpc adds a network that has nothing to do with the API.
func addUnrelatedVpc(t template) {
	t.add("UnrelatedVpc", "AWS::EC2::VPC", object{"CidrBlock": "10.0.0.0/16", "EnableDnsHostnames": true, "EnableDnsSupport": true})
	t.add("UnrelatedSubnet", "AWS::EC2::Subnet", object{
		"AvailabilityZone": "eu-west-1a", "CidrBlock": "10.0.0.0/24", "VpcId": ref("UnrelatedVpc"),
	})
	t.add("UnrelatedGroup", "AWS::EC2::SecurityGroup", object{
		"GroupDescription": "Everybody", "VpcId": ref("UnrelatedVpc"),
		"SecurityGroupIngress": array{object{"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}},
	})
	t.add("UnrelatedAcl", "AWS::EC2::NetworkAcl", object{"VpcId": ref("UnrelatedVpc")})
	t.add("UnrelatedAclOfSubnet", "AWS::EC2::SubnetNetworkAclAssociation", object{
		"NetworkAclId": ref("UnrelatedAcl"), "SubnetId": ref("UnrelatedSubnet"),
	})
	t.add("UnrelatedZone", "AWS::Route53::HostedZone", object{
		"Name": "api.pricing.internal.company.com", "VPCs": array{object{"VPCId": ref("UnrelatedVpc"), "VPCRegion": "eu-west-1"}},
	})
}
