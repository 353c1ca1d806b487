package main

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"
)

const (
	typeBalancer    = "AWS::ElasticLoadBalancingV2::LoadBalancer"
	typeEgress      = "AWS::EC2::SecurityGroupEgress"
	typeEndpoint    = "AWS::EC2::VPCEndpoint"
	typeIngress     = "AWS::EC2::SecurityGroupIngress"
	typeListener    = "AWS::ElasticLoadBalancingV2::Listener"
	typeOffer       = "AWS::EC2::VPCEndpointService"
	typePermissions = "AWS::EC2::VPCEndpointServicePermissions"
	typeRecord      = "AWS::Route53::RecordSet"
	typeRule        = "AWS::ElasticLoadBalancingV2::ListenerRule"
	typeService     = "AWS::ECS::Service"
	typeTargets     = "AWS::ElasticLoadBalancingV2::TargetGroup"
	typeTask        = "AWS::ECS::TaskDefinition"
	typeVpc         = "AWS::EC2::VPC"
	typeZone        = "AWS::Route53::HostedZone"
)

// target returns the logical ID that a Ref or a GetAtt points to.
func target(t *testing.T, reference any) string {
	t.Helper()
	if object, ok := reference.(map[string]any); ok {
		if id, ok := object["Ref"].(string); ok {
			return id
		}
		if attribute, ok := object["Fn::GetAtt"].([]any); ok && len(attribute) == 2 {
			return attribute[0].(string)
		}
	}
	t.Fatalf("%v refers to no resource", reference)
	return ""
}

// only returns the logical ID that the one element of a list points to.
func only(t *testing.T, list any) string {
	t.Helper()
	elements, ok := list.([]any)
	if !ok || len(elements) != 1 {
		t.Fatalf("%v is not a list of one", list)
	}
	return target(t, elements[0])
}

// at walks down a value by keys of objects and indexes of lists, and returns nil if the path does not exist.
func at(value any, path ...any) any {
	for _, step := range path {
		switch step := step.(type) {
		case string:
			object, _ := value.(map[string]any)
			value = object[step]
		case int:
			list, _ := value.([]any)
			if step >= len(list) {
				return nil
			}
			value = list[step]
		}
	}
	return value
}

// valueOf returns the value of a key in a list of keys and values, as load balancers have attributes.
func valueOf(attributes any, key string) any {
	list, _ := attributes.([]any)
	for _, attribute := range list {
		if at(attribute, "Key") == key {
			return at(attribute, "Value")
		}
	}
	return nil
}

func groupID(group string) map[string]any { return getAtt(group, "GroupId") }

// taskGroup returns the security group of the tasks of a service.
func taskGroup(t *testing.T, service resource) string {
	t.Helper()
	return only(t, at(service.Properties, "NetworkConfiguration", "AwsvpcConfiguration", "SecurityGroups"))
}

// wantHop fails t unless group from may send to group to, and group to lets it in, over TCP on exactly one port.
func wantHop(t *testing.T, template template, from, to string, port any) {
	t.Helper()
	for _, end := range []struct{ resourceType, group, peerProperty, peer string }{
		{typeEgress, from, "DestinationSecurityGroupId", to}, {typeIngress, to, "SourceSecurityGroupId", from},
	} {
		var rules []map[string]any
		for _, rule := range rulesOf(t, template, end.resourceType, end.group) {
			if peer := rule[end.peerProperty]; peer != nil && target(t, peer) == end.peer {
				rules = append(rules, rule)
			}
		}
		if want := map[string]any{"IpProtocol": "tcp", "FromPort": port, "ToPort": port}; len(rules) != 1 || !contains(rules[0], want) {
			t.Errorf("%s from %s to %s is %v, want TCP %v", end.resourceType, from, to, rules, port)
		}
	}
}

// rulesOf returns the rules of a security group that are resources of their own.
func rulesOf(t *testing.T, template template, resourceType, group string) (rules []map[string]any) {
	t.Helper()
	for _, id := range template.ofType(resourceType) {
		if rule := template.Resources[id].Properties; target(t, rule["GroupId"]) == group {
			rules = append(rules, rule)
		}
	}
	return rules
}

// wantRules fails t unless a security group has so many rules in and out, wherever they are written. A group with no
// rule out would get EC2's default, which is everything: nothing out is one rule that no packet matches.
func wantRules(t *testing.T, template template, group string, in, out int) {
	t.Helper()
	inline := template.Resources[group].Properties
	count := func(property, resourceType string) int {
		list, _ := inline[property].([]any)
		return len(list) + len(rulesOf(t, template, resourceType, group))
	}
	if got := count("SecurityGroupIngress", typeIngress); got != in {
		t.Errorf("%s has %d rules in, want %d", group, got, in)
	}
	if got := count("SecurityGroupEgress", typeEgress); got != out {
		t.Errorf("%s has %d rules out, want %d", group, got, out)
	}
}

// allows reports whether the service of a provider lists an account.
func allows(t *testing.T, provider template, account string) bool {
	t.Helper()
	_, permissions := provider.theOnly(t, typePermissions)
	root := map[string]any{"Fn::Join": []any{"", []any{"arn:", ref("AWS::Partition"), ":iam::" + account + ":root"}}}
	principals, _ := permissions.Properties["AllowedPrincipals"].([]any)
	for _, principal := range principals {
		if contains(principal, root) {
			return true
		}
	}
	return false
}

// What EC2 answers to CreateVpcEndpoint: two states of the endpoint, or an error.
const (
	available          = "available"
	pendingAcceptance  = "pendingAcceptance"
	invalidServiceName = "InvalidServiceName: The Vpc Endpoint Service does not exist"
)

// answer is what EC2 does when an account creates an endpoint to the service of a provider. It asks first whether the
// account is listed, and only then whether the connection has to be accepted; that is the default.
func answer(t *testing.T, provider template, account string) string {
	t.Helper()
	_, offer := provider.theOnly(t, typeOffer)
	switch {
	case !allows(t, provider, account):
		return invalidServiceName
	case offer.Properties["AcceptanceRequired"] != false:
		return pendingAcceptance
	default:
		return available
	}
}

// serviceNamePattern returns what CloudFormation lets pass as PricingServiceName, as a whole.
func serviceNamePattern(t *testing.T, dir string) *regexp.Regexp {
	t.Helper()
	template := struct {
		Parameters map[string]struct{ AllowedPattern, Description string }
	}{}
	readJSON(t, dir, "Checkout.template.json", &template)
	parameter := template.Parameters["PricingServiceName"]
	if parameter.AllowedPattern == "" || parameter.Description == "" {
		t.Fatalf("PricingServiceName is %v, want a pattern and a description", parameter)
	}
	pattern, err := regexp.Compile("^(?:" + parameter.AllowedPattern + ")$")
	if err != nil {
		t.Fatal(err)
	}
	return pattern
}

// outputServiceName returns the output ServiceName as it will look, with an ID of EC2's form for the service.
func outputServiceName(t *testing.T, pricing template, offer string) string {
	t.Helper()
	join, _ := at(pricing.Outputs["ServiceName"], "Value", "Fn::Join").([]any)
	parts, _ := at(join, 1).([]any)
	if len(parts) != 2 || join[0] != "" || target(t, parts[1]) != offer {
		t.Fatalf("the output ServiceName is %v, want a name that ends in the ID of %s", pricing.Outputs["ServiceName"], offer)
	}
	return parts[0].(string) + "vpce-svc-" + strings.Repeat("f", 17)
}

// wantNoInternet fails t if a template has a way to or from the internet.
func wantNoInternet(t *testing.T, template template) {
	t.Helper()
	for id, resource := range template.Resources {
		switch resource.Type {
		case "AWS::EC2::InternetGateway", "AWS::EC2::VPCGatewayAttachment", "AWS::EC2::EgressOnlyInternetGateway",
			"AWS::EC2::NatGateway", "AWS::EC2::EIP", "AWS::EC2::Route":
			t.Errorf("%s is a %s", id, resource.Type)
		}
		properties, err := json.Marshal(resource.Properties)
		if err != nil {
			t.Fatal(err)
		}
		for _, open := range []string{`"0.0.0.0/0"`, `"::/0"`, `"internet-facing"`, `"MapPublicIpOnLaunch":true`, `"AssignPublicIp":"ENABLED"`} {
			if strings.Contains(string(properties), open) {
				t.Errorf("%s has %s", id, open)
			}
		}
	}
	for _, id := range template.ofType(typeBalancer) {
		if got := template.Resources[id].Properties["Scheme"]; got != "internal" {
			t.Errorf("%s is %v, want internal", id, got)
		}
	}
}
