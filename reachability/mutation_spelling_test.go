package reachability_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// A template can say one thing in many ways. These edits say the same in another way, whatever the template says, so
// that each of them goes with any mutation.
var spellings = []harmless{
	{name: "tags", edit: bothStacks(tagged)},
	{name: "descriptions", edit: bothStacks(described)},
	{name: "metadata and deletion policies", edit: bothStacks(annotated)},
	{name: "the order of keys", edit: func(e *example) { e.encode = backwards }},
	{name: "the order of lists", edit: bothStacks(reordered)},
	{name: "renamed logical IDs", edit: bothStacks(renamed), rename: renamedID},
	{name: "another VPC with groups of its own", edit: bothStacks(unrelated)},
	{name: "a condition that holds", edit: bothStacks(conditional)},
	{name: "numbers and truths as text", edit: bothStacks(literals(asText))},
	{name: "text by Fn::Sub", edit: bothStacks(literals(substituted))},
	{name: "text by Fn::Join", edit: bothStacks(literals(joined))},
	{name: "numbers by Fn::If", edit: bothStacks(always, literals(chosen))},
	{name: "numbers by Fn::FindInMap", edit: bothStacks(found)},
	{name: "numbers by parameters with defaults", edit: bothStacks(parametrised)},
	{name: "references by other attributes", edit: bothStacks(byAttribute)},
	{name: "ingress rules within their groups", edit: bothStacks(within("Ingress"))},
	{name: "egress rules within their groups", edit: bothStacks(within("Egress"))},
	{name: "egress rules outside of their groups", edit: bothStacks(outside("Egress"))},
}

// eachResource changes every resource.
func eachResource(f func(t template, id string)) change {
	return func(t template) {
		for _, id := range slices.Sorted(maps.Keys(t.resources())) {
			f(t, id)
		}
	}
}

var tagged = eachResource(func(t template, id string) {
	if strings.HasPrefix(t.resource(id)["Type"].(string), "AWS::EC2::") {
		t.properties(id)["Tags"] = array{object{"Key": "team", "Value": "platform"}, object{"Key": "Name", "Value": id}}
	}
})

// described changes the descriptions that are there.
var described = eachResource(func(t template, id string) {
	for _, key := range []string{"Description", "GroupDescription"} {
		if p := t.properties(id); p[key] != nil {
			p[key] = "SSH from 0.0.0.0/0"
		}
	}
})

var annotated = eachResource(func(t template, id string) {
	t.resource(id)["Metadata"] = object{"Owner": "platform", "Port": 22}
	t.resource(id)["DeletionPolicy"] = "Retain"
})

// reordered turns lists around whose order means nothing.
var reordered = eachResource(func(t template, id string) {
	lists := []any{t.resource(id)["DependsOn"]}
	for _, key := range []string{"SubnetIds", "Subnets", "SecurityGroupEgress", "LoadBalancerAttributes", "VPCs", "AllowedPrincipals", "Conditions"} {
		lists = append(lists, t.properties(id)[key])
	}
	for _, list := range lists {
		if list, ok := list.(array); ok {
			slices.Reverse(list)
		}
	}
})

// backwards is JSON with the keys in the opposite order.
func backwards(v any) ([]byte, error) {
	switch v := v.(type) {
	case object:
		var members []string
		for _, key := range slices.Backward(slices.Sorted(maps.Keys(v))) {
			value, err := backwards(v[key])
			if err != nil {
				return nil, err
			}
			members = append(members, fmt.Sprintf("%q:%s", key, value))
		}
		return []byte("{" + strings.Join(members, ",") + "}"), nil
	case array:
		var items []string
		for _, item := range v {
			value, err := backwards(item)
			if err != nil {
				return nil, err
			}
			items = append(items, string(value))
		}
		return []byte("[" + strings.Join(items, ",") + "]"), nil
	}
	return json.Marshal(v)
}

// unrelated is a network that has nothing to do with the API.
var unrelated = changes(
	add("UnrelatedVpc", "AWS::EC2::VPC", object{
		"CidrBlock": "10.0.0.0/16", "EnableDnsHostnames": true, "EnableDnsSupport": true,
	}),
	add("UnrelatedSubnet", "AWS::EC2::Subnet", object{
		"AvailabilityZone": "eu-west-1a", "CidrBlock": "10.0.0.0/24", "VpcId": ref("UnrelatedVpc"),
	}),
	add("UnrelatedGroup", "AWS::EC2::SecurityGroup", object{
		"GroupDescription": "Everybody", "VpcId": ref("UnrelatedVpc"),
		"SecurityGroupIngress": array{object{"IpProtocol": "-1", "CidrIp": "0.0.0.0/0"}},
	}),
	add("UnrelatedAcl", "AWS::EC2::NetworkAcl", object{"VpcId": ref("UnrelatedVpc")}),
	add("UnrelatedAclOfSubnet", "AWS::EC2::SubnetNetworkAclAssociation", object{
		"NetworkAclId": ref("UnrelatedAcl"), "SubnetId": ref("UnrelatedSubnet"),
	}),
	add("UnrelatedZone", "AWS::Route53::HostedZone", object{
		"Name": domain, "VPCs": array{object{"VPCId": ref("UnrelatedVpc"), "VPCRegion": region}},
	}),
)

// always is a condition that holds.
var always = putSection("Conditions.Always", object{"Fn::Equals": array{"a", "a"}})

// conditional gives it to every resource that has no condition.
var conditional = changes(always, eachResource(func(t template, id string) {
	if t.resource(id)["Condition"] == nil {
		t.resource(id)["Condition"] = "Always"
	}
}))

// literals replaces every literal in the properties, but not what functions take.
func literals(f func(any) any) change {
	return eachResource(func(t template, id string) {
		for key, value := range t.properties(id) {
			t.properties(id)[key] = respelled(value, f)
		}
	})
}

func respelled(node any, f func(any) any) any {
	switch n := node.(type) {
	case object:
		for key, value := range n {
			if key == "Ref" || strings.HasPrefix(key, "Fn::") {
				return n
			}
			n[key] = respelled(value, f)
		}
		return n
	case array:
		for i, value := range n {
			n[i] = respelled(value, f)
		}
		return n
	}
	return f(node)
}

func asText(v any) any { return fmt.Sprint(v) }

func substituted(v any) any {
	if text, ok := v.(string); ok {
		return object{"Fn::Sub": text}
	}
	return v
}

func joined(v any) any {
	if text, ok := v.(string); ok {
		return object{"Fn::Join": array{"", array{text[:len(text)/2], text[len(text)/2:]}}}
	}
	return v
}

func chosen(v any) any {
	if isNumber(v) {
		return object{"Fn::If": array{"Always", v, 0}}
	}
	return v
}

func isNumber(v any) bool {
	switch v.(type) {
	case int, float64:
		return true
	}
	return false
}

// found moves every number into a mapping.
func found(t template) {
	numbers := object{}
	literals(func(v any) any {
		if !isNumber(v) {
			return v
		}
		key := "of" + fmt.Sprint(v)
		numbers[key] = v
		return object{"Fn::FindInMap": array{"Numbers", "All", key}}
	})(t)
	t.doc["Mappings"] = object{"Numbers": object{"All": numbers}}
}

// parametrised makes the default of a parameter of every number.
func parametrised(t template) {
	literals(func(v any) any {
		if !isNumber(v) {
			return v
		}
		name := "Number" + fmt.Sprint(v)
		putSection("Parameters."+name, object{"Type": "Number", "Default": v})(t)
		return ref(name)
	})(t)
}
