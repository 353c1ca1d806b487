// Package placeholder recognises what the CDK gives in place of a lookup that has no answer yet. The CLI learns from the same
// synthesis what to look up, and synthesises again: until then such a value says nothing of what is deployed. It imports
// neither jsii nor awscdk.
package placeholder

import (
	"regexp"
	"strings"
)

// forms are the dummy values of aws-cdk-lib's context providers, and what each stands for.
var forms = []struct {
	text *regexp.Regexp
	what string
}{
	{regexp.MustCompile(`\bdummy1[a-c]\b`), "the Availability Zones of the account"},
	{regexp.MustCompile(`dummy-value-for-`), "the parameter"},
	{word(`vpc-12345|[ps]-(12345|67890)|rtb-(12345|67890)[ps]|1\.2\.3\.4/5`), "the VPC"},
	{word(`pl-x{8}`), "the prefix list"},
	{word(`sg-(1234|12345678|123456789012)`), "the security group"},
	{regexp.MustCompile(`\bmy-load-balancer(/50dc6c495c0c9188|-123456789012\.)|\bZ3DZXE0EXAMPLE\b`), "the load balancer"},
	{word(`DUMMY`), "the hosted zone"},
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
)

// In reports whether a text is, or contains, a placeholder.
func In(text string) bool {
	_, ok := What(text)
	return ok
}

// What returns what is to be looked up for a text that is, or contains, a placeholder, such as "the VPC".
func What(text string) (what string, ok bool) {
	if !hasHint(text) {
		return "", false
	}
	if m := parameter.FindStringSubmatch(text); m != nil {
		return "the parameter " + m[1], true
	}
	if m := account.FindStringSubmatch(text); m != nil {
		return "the Availability Zones of account " + m[1], true
	}
	for _, form := range forms {
		if form.text.MatchString(text) {
			return form.what, true
		}
	}
	return "", false
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
