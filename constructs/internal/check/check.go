// Package check reports properties that break a rule. Values that are tokens pass: they are known only at deployment.
package check

import (
	"fmt"
	"regexp"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Each calls check with every literal string of a list, and the element's name: property[i].
func Each(list *[]*string, property string, check func(property, value string)) {
	for i, element := range token.Elements(list) {
		if value, ok := token.Literal(element); ok {
			check(fmt.Sprintf("%s[%d]", property, i), value)
		}
	}
}

// NoNil reports nil elements of a list, which jsii would refuse without saying where they are.
func NoNil[T comparable](r *rules.Report, property string, list *[]T) {
	var null T
	for i, element := range prop.Elements(list) {
		if element == null {
			r.Add(rules.Required, fmt.Sprintf("%s[%d]", property, i), "is nil")
		}
	}
}

// Port reports a number that is not a TCP port.
func Port(r *rules.Report, property string, port *float64) {
	if value, ok := token.LiteralNumber(port); ok {
		rules.CheckPort(r, property, value)
	}
}

// DomainNames reports malformed names, and names that are listed twice.
func DomainNames(r *rules.Report, property string, names *[]*string) {
	NoNil(r, property, names)
	seen := map[string]bool{}
	Each(names, property, func(property, name string) {
		rules.CheckDomainName(r, property, name)
		if seen[name] {
			r.Add(rules.DomainNameTwice, property, "%q is listed twice", name)
		}
		seen[name] = true
	})
}

// constantName is the form of the constants of awscdk's enums whose values in AWS have another form.
var constantName = regexp.MustCompile(`^[A-Z][A-Z0-9_]*$`)

// Constant reports a value of such an enum that is none of its constants, such as the name that ELB has for it. The property has the
// name of the type.
func Constant(r *rules.Report, property, value string) {
	if value != "" && !constantName.MatchString(value) {
		r.AddWithFix(rules.KnownValue, property, "use one of the "+property+" constants", "%q is not one of its values", value)
	}
}

// Property is a property by its name, and whether it is set.
type Property struct {
	Name  string
	IsSet bool
}

// Set returns the names of the properties that are set.
func Set(properties ...Property) []string {
	var names []string
	for _, p := range properties {
		if p.IsSet {
			names = append(names, p.Name)
		}
	}
	return names
}
