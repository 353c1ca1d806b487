// Package placeholder recognises what the CDK gives in place of a lookup that has no answer yet. The CLI learns from the same
// synthesis what to look up, and synthesises again: until then such a value says nothing of what is deployed. It imports
// neither jsii nor awscdk.
package placeholder

import (
	"regexp"
	"strings"
)

// forms are the dummy values of aws-cdk-lib's context providers: what each stands for, and the providers that give it, as the
// manifest of a cloud assembly names them. A subnet or a route table has none: the same dummy stands for whichever subnets of
// the VPC a selection finds.
var forms = []struct {
	text      *regexp.Regexp
	what      string
	providers []string
}{
	{regexp.MustCompile(`dummy-value-for-`), "the parameter", []string{"ssm"}},
	{word(`vpc-12345|1\.2\.3\.4/5`), "the VPC", []string{"vpc-provider", "load-balancer"}},
	{word(`[ps]-(12345|67890)|rtb-(12345|67890)[ps]`), "the VPC", nil},
	{word(`pl-x{8}`), "the prefix list", []string{"cc-api-provider"}},
	{word(`sg-(1234|12345678|123456789012)`), "the security group", []string{"security-group", "load-balancer", "load-balancer-listener"}},
	{
		regexp.MustCompile(`\bmy-load-balancer(/50dc6c495c0c9188|-123456789012\.)|\bZ3DZXE0EXAMPLE\b`), "the load balancer",
		[]string{"load-balancer", "load-balancer-listener"},
	},
	{word(`DUMMY`), "the hosted zone", []string{"hosted-zone"}},
}

// hints are in every placeholder: a text without one need not be compared with the forms.
var hints = []string{"dummy", "DUMMY", "12345", "67890", "1.2.3.4/5", "pl-xxxxxxxx", "sg-1234", "my-load-balancer", "EXAMPLE"}

// word is a text that stands alone: vpc-123456 is an ID.
func word(text string) *regexp.Regexp {
	return regexp.MustCompile(`(^|[^\w-])(` + text + `)($|[^\w-])`)
}

var (
	parameter = regexp.MustCompile(`dummy-value-for-([^\s"',]+)`)
	account   = regexp.MustCompile(`\b(\d{12})/dummy1[a-c]\b`)
	zone      = regexp.MustCompile(`\bdummy1[a-c]\b`)
)

// In reports whether a text is, or contains, a placeholder.
func In(text string) bool {
	_, ok := What(text)
	return ok
}

// What returns what is to be looked up for a text that is, or contains, a placeholder, such as "the VPC".
func What(text string) (what string, ok bool) {
	if what, ok = Zones(text); ok {
		return what, true
	}
	what, _, ok = Value(text)
	return what, ok
}

// Zones is What for the names of Availability Zones alone. These say more than that they are not known: within an account and
// a Region each is one zone of its own, whatever its name.
func Zones(text string) (what string, ok bool) {
	if m := account.FindStringSubmatch(text); m != nil {
		return "the Availability Zones of account " + m[1], true
	}
	return "the Availability Zones of the account", strings.Contains(text, "dummy1") && zone.MatchString(text)
}

// Value is What for all but the names of Availability Zones, with the providers that may have given the placeholder.
func Value(text string) (what string, providers []string, ok bool) {
	if !hasHint(text) {
		return "", nil, false
	}
	for _, form := range forms {
		if !form.text.MatchString(text) {
			continue
		}
		if m := parameter.FindStringSubmatch(text); m != nil {
			return "the parameter " + m[1], form.providers, true
		}
		return form.what, form.providers, true
	}
	return "", nil, false
}

func hasHint(text string) bool {
	for _, hint := range hints {
		if strings.Contains(text, hint) {
			return true
		}
	}
	return false
}

// IsZone reports whether a text is the placeholder of an Availability Zone's name.
func IsZone(name string) bool { return strings.HasPrefix(name, "dummy1") }

// IsVpcID reports whether a text is the placeholder of the ID of a VPC.
func IsVpcID(id string) bool { return id == "vpc-12345" }
