package alb

import (
	"encoding/json"
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// conditionsPlan is what a route demands of a request beside its host and path.
type conditionsPlan struct {
	texts  []string // each condition as one text
	values []string // of all conditions, with "" for those that are not known
}

// planConditions checks the further conditions of a route.
func (b *LoadBalancer) planConditions(r *rules.Report, o *RouteOptions) (plan conditionsPlan) {
	const property = "Conditions"
	check.NoNil(r, property, o.Conditions)
	var fields []string
	for i, condition := range prop.Elements(o.Conditions) {
		if condition == nil {
			continue
		}
		raw, _ := condition.RenderRawCondition().(map[string]any)
		field, _ := raw["field"].(string)
		of := fmt.Sprintf("%s[%d]", property, i)
		text, _ := json.Marshal(raw) // of maps, lists and texts: never fails
		plan.texts = append(plan.texts, string(text))
		plan.values = append(plan.values, checkCondition(r, of, field, raw)...)
		if field == "source-ip" && b.plan.healthCheck != nil { // behind an NLB
			rules.CheckSourceAddress(r, of)
		}
		fields = append(fields, field)
	}
	rules.CheckConditionFields(r, property, fields)
	if len(fields) > 0 && o.Priority == nil {
		r.AddWithFix(rules.RoutePriority, "Priority", "set one that is smaller than those of routes without the conditions",
			"is missing, and a route with Conditions needs one")
	}
	return plan
}

// checkCondition checks one condition, and returns its values.
func checkCondition(r *rules.Report, property, field string, raw map[string]any) []string {
	config := func(name string) map[string]any {
		m, _ := raw[name].(map[string]any)
		return m
	}
	var values []string
	checkValue := rules.CheckConditionValue
	switch field {
	case "http-header":
		header := config("httpHeaderConfig")
		if name, isText := header["httpHeaderName"].(string); isText && !token.IsString(name) {
			rules.CheckHeaderName(r, property, name)
		}
		values = textsIn(header["values"])
	case "http-request-method":
		values, checkValue = textsIn(config("httpRequestMethodConfig")["values"]), rules.CheckMethod
	case "query-string":
		for _, pair := range elementsOf(config("queryStringConfig")["values"]) {
			m, _ := pair.(map[string]any)
			value, _ := m["value"].(string)
			values = append(values, value)
		}
	case "source-ip":
		values, checkValue = textsIn(config("sourceIpConfig")["values"]), rules.CheckCIDR
	case "host-header":
		r.AddWithFix(rules.Contradiction, property, "use HostHeaders", "is a condition on the host")
	case "path-pattern":
		r.AddWithFix(rules.Contradiction, property, "use PathPatterns", "is a condition on the path")
	default:
		r.AddWithFix(rules.RouteCondition, property, "use one of the ListenerCondition functions", "has the unknown field %q", field)
	}
	for i, value := range values {
		if token.IsString(value) {
			values[i] = ""
		} else {
			checkValue(r, property, value)
		}
	}
	return values
}

func elementsOf(list any) []any {
	elements, _ := list.([]any)
	return elements
}

func textsIn(list any) []string {
	var texts []string
	for _, element := range elementsOf(list) {
		text, _ := element.(string)
		texts = append(texts, text)
	}
	return texts
}
