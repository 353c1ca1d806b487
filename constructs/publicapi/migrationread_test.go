package publicapi_test

import (
	"slices"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// networkID is the logical ID of the NLB.
const networkID = "ProviderNetworkLoadBalancerAEDE843D"

// albBehind returns the logical ID of the ALB to which the NLB forwards a port; empty if it does not listen.
func albBehind(t *testing.T, template cdktest.Template, port int) string {
	t.Helper()
	listeners := template.Find(typeListener, props{"Protocol": "TCP", "Port": port})
	if len(listeners) == 0 {
		return ""
	}
	group := refsIn(template.Resources[listeners[0]].Properties["DefaultActions"])
	if len(listeners) != 1 || len(group) != 1 {
		t.Fatalf("listeners = %v, target groups = %v, want one of each", listeners, group)
	}
	balancers := refsIn(template.Resources[group[0]].Properties["Targets"])
	if len(balancers) != 1 {
		t.Fatalf("targets = %v, want one ALB", balancers)
	}
	return balancers[0]
}

// protectedIn returns the load balancers that are protected from deletion.
func protectedIn(template cdktest.Template) (ids []string) {
	for _, id := range template.OfType(typeAlb) {
		attributes, _ := template.Resources[id].Properties["LoadBalancerAttributes"].([]any)
		if slices.ContainsFunc(attributes, func(a any) bool {
			return cdktest.Contains(a, props{"Key": "deletion_protection.enabled", "Value": "true"})
		}) {
			ids = append(ids, id)
		}
	}
	return ids
}

// clientsIn returns the names of the rules of the web ACL that allow blocks.
func clientsIn(template cdktest.Template) (names []string) {
	for _, id := range template.OfType(typeWebACL) {
		list, _ := template.Resources[id].Properties["Rules"].([]any)
		for _, rule := range list {
			if cdktest.Contains(rule, props{"Action": props{"Allow": props{}}}) {
				names = append(names, rule.(props)["Name"].(string))
			}
		}
	}
	return names
}

// refsIn returns the logical IDs to which a value refers.
func refsIn(value any) (ids []string) {
	switch value := value.(type) {
	case []any:
		for _, element := range value {
			ids = append(ids, refsIn(element)...)
		}
	case map[string]any:
		if id, ok := value["Ref"].(string); ok {
			return []string{id}
		}
		if attribute, ok := value["Fn::GetAtt"].([]any); ok {
			return []string{attribute[0].(string)}
		}
		for _, element := range value {
			ids = append(ids, refsIn(element)...)
		}
	}
	return ids
}
