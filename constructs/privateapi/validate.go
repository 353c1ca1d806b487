package privateapi

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// refuse panics with all errors of the report, if there are any, under the path that the construct would have.
// It runs before the construct exists, so a refused construct leaves nothing in the tree.
func refuse(r *rules.Report, scope constructs.Construct, id *string) {
	if r.HasErrors() { // what has none need not ask CDK for its path
		panic(r.Err(childPath(scope, id)))
	}
}

// refuseAt is [refuse] for a construct that exists.
func refuseAt(r *rules.Report, c constructs.Construct) {
	if r.HasErrors() {
		panic(r.Err(*c.Node().Path()))
	}
}

// warn turns the warnings of the report into annotations on c.
func warn(r *rules.Report, c constructs.Construct) {
	for _, p := range r.Warnings() {
		awscdk.Annotations_Of(c).AddWarningV2(jsii.String(p.Rule.ID),
			jsii.String(fmt.Sprintf("%s: %s. AWS: %s. Fix: %s", p.Property, p.What, p.Rule.AWS, p.Fix)))
	}
}

func childPath(scope constructs.Construct, id *string) string {
	if path := *scope.Node().Path(); path != "" {
		return path + "/" + *id
	}
	return *id
}

// requireScope panics unless a construct can be made of scope and id.
func requireScope(what string, scope constructs.Construct, id *string) {
	if scope == nil || id == nil || *id == "" {
		panic(fmt.Errorf("%s: supply scope and id", what))
	}
}

// checkEach calls check for every literal string of a list.
func checkEach(list *[]*string, property string, check func(property, value string)) {
	for i, element := range elements(list) {
		name := fmt.Sprintf("%s[%d]", property, i)
		if value, ok := literal(element); ok {
			check(name, value)
		}
	}
}

// checkNoNil reports nil elements of a list, which jsii would refuse without saying where.
func checkNoNil[T any](r *rules.Report, property string, list *[]T, isNil func(T) bool) {
	if list == nil {
		return
	}
	for i, element := range *list {
		if isNil(element) {
			r.Add(rules.Required, fmt.Sprintf("%s[%d]", property, i), "is nil")
		}
	}
}

func isNilString(s *string) bool { return s == nil }

func checkPort(r *rules.Report, property string, port *float64) {
	if value, ok := literalNumber(port); ok {
		rules.CheckPort(r, property, value)
	}
}

// checkDomainNames checks the form of each name, and that none comes twice.
func checkDomainNames(r *rules.Report, names *[]*string) {
	const property = "DomainNames"
	checkNoNil(r, property, names, isNilString)
	seen := map[string]bool{}
	checkEach(names, property, func(property, name string) {
		rules.CheckDomainName(r, property, name)
		if seen[name] {
			r.Add(rules.DomainNameTwice, property, "%q is given twice", name)
		}
		seen[name] = true
	})
}

// problemsOf returns the problems as a validation at synth wants them.
func problemsOf(r *rules.Report) *[]*string {
	var messages []string
	for _, p := range r.Problems() {
		messages = append(messages, p.String())
	}
	return jsii.Strings(messages...)
}
