package reachability_test

import (
	"maps"
	"slices"
	"strings"
)

// walk replaces every node below and including this one, from the leaves up.
func walk(node any, f func(any) any) any {
	switch n := node.(type) {
	case object:
		for key, value := range n {
			n[key] = walk(value, f)
		}
	case array:
		for i, value := range n {
			n[i] = walk(value, f)
		}
	}
	return f(node)
}

// renamedID is a logical ID once all are renamed.
func renamedID(id string) string { return "Renamed" + id }

// renameAll renames every resource, and every reference to it.
func renameAll(t template) {
	old := t.resources()
	walk(object(t), func(node any) any {
		if id, ok := node.(string); ok && old[id] != nil {
			return renamedID(id)
		}
		return node
	})
	resources := object{}
	for id, r := range old {
		resources[renamedID(id)] = r
	}
	t["Resources"] = resources
}

// sameAsRef are the attributes that return what Ref returns, by type.
var sameAsRef = map[string]string{
	"AWS::EC2::SecurityGroup":                   "GroupId",
	"AWS::EC2::Subnet":                          "SubnetId",
	"AWS::EC2::VPC":                             "VpcId",
	"AWS::EC2::VPCEndpoint":                     "Id",
	"AWS::EC2::VPCEndpointService":              "ServiceId",
	"AWS::ElasticLoadBalancingV2::Listener":     "ListenerArn",
	"AWS::ElasticLoadBalancingV2::LoadBalancer": "LoadBalancerArn",
	"AWS::ElasticLoadBalancingV2::TargetGroup":  "TargetGroupArn",
	"AWS::Route53::HostedZone":                  "Id",
}

// byAttribute swaps Ref and the attribute that returns the same.
func byAttribute(t template) {
	walk(object(t), func(node any) any {
		n, ok := node.(object)
		if !ok || len(n) != 1 {
			return node
		}
		if id, ok := n["Ref"].(string); ok && t.resources()[id] != nil {
			if attribute := sameAsRef[t.resource(id)["Type"].(string)]; attribute != "" {
				return att(id, attribute)
			}
		}
		if id, attribute := getAtt(n); t.resources()[id] != nil && sameAsRef[t.resource(id)["Type"].(string)] == attribute {
			return ref(id)
		}
		return node
	})
}

// getAtt is what Fn::GetAtt names.
func getAtt(node any) (id, attribute string) {
	n, _ := node.(object)
	of, _ := n["Fn::GetAtt"].(array)
	if len(of) != 2 {
		return "", ""
	}
	id, _ = of[0].(string)
	attribute, _ = of[1].(string)
	return id, attribute
}

func (t template) ofType(kind string) (ids []string) {
	for _, id := range slices.Sorted(maps.Keys(t.resources())) {
		if t.resource(id)["Type"] == kind {
			ids = append(ids, id)
		}
	}
	return ids
}

// within moves rules that are resources into their groups; direction is Ingress or Egress.
func within(direction string) func(template) {
	return func(t template) {
		key := "SecurityGroup" + direction
		for _, id := range t.ofType("AWS::EC2::" + key) {
			rule := t.properties(id)
			group, attribute := getAtt(rule["GroupId"])
			if attribute != "GroupId" || t.resource(id)["Condition"] != nil {
				continue
			}
			delete(rule, "GroupId")
			inline, _ := t.properties(group)[key].(array)
			t.properties(group)[key] = append(inline, rule)
			t.drop(id)
		}
	}
}

// drop removes a resource, also from what depends on it.
func (t template) drop(id string) {
	delete(t.resources(), id)
	for other := range t.resources() {
		r := t.resource(other)
		if on, ok := r["DependsOn"].(array); ok {
			r["DependsOn"] = slices.DeleteFunc(on, func(v any) bool { return v == id })
		}
	}
}

// outside makes resources of the rules in groups.
func outside(direction string) func(template) {
	return func(t template) {
		key := "SecurityGroup" + direction
		for _, group := range t.ofType("AWS::EC2::SecurityGroup") {
			inline, _ := t.properties(group)[key].(array)
			delete(t.properties(group), key)
			for i, rule := range inline {
				rule.(object)["GroupId"] = att(group, "GroupId")
				t.add(group+direction+strings.Repeat("I", i+1), "AWS::EC2::"+key, rule.(object))
			}
		}
	}
}
