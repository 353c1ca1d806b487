// Package contracts reads the text of a contract for the function that imports a service of one transport.
package contracts

import (
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/contract"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// functions are the functions that take a contract, by its transport.
var functions = map[string]string{
	contract.PrivateLink: "privateapi.PrivateApiService_FromContract",
	contract.Lattice:     "lattice.Api_FromContract",
	contract.Routed:      "routedapi.Api_FromContract",
}

// property is how messages call the text of a contract.
const property = "json"

// Read reads a contract of a transport. It reports all that is wrong with the text, and returns nil then. While the text waits for a
// lookup, it warns, and returns a contract in which everything is unknown.
func Read(r *rules.Report, text *string, transport string) *contract.Contract {
	switch {
	case text == nil:
		r.AddWithFix(rules.Required, property, "supply the text of the contract, from a file or an SSM parameter", "is missing")
		return nil
	case !isJSON(*text) && token.IsString(*text):
		r.Add(rules.ContractAtDeploy, property, "is known only at deploy time")
		return nil
	}
	if what, isPending := contract.IsPending(*text); isPending {
		r.Add(rules.ContractUnknown, property, "waits for %s", what)
		return pending(*text, transport)
	}
	c := contract.Parse(r, *text)
	if c != nil && c.Service.Transport != transport {
		r.AddWithFix(rules.ContractTransport, "service.transport", "use "+functions[c.Service.Transport], "is %q, which another function takes", c.Service.Transport)
		return nil
	}
	return c
}

// isJSON reports whether a text begins as a contract does: a token in it is a value.
func isJSON(text string) bool {
	for _, c := range text {
		if c == '{' {
			return true
		}
		if c != ' ' && c != '\n' && c != '\t' && c != '\r' {
			return false
		}
	}
	return false
}

// pending is a contract that waits for a lookup. CDK's own placeholder stands for each text, which every check lets pass. It has no
// ports: see [Ports].
func pending(placeholder, transport string) *contract.Contract {
	return &contract.Contract{
		Version: contract.Version,
		Service: contract.Service{
			Name: placeholder, Transport: transport, Account: placeholder, Region: placeholder, DomainNames: []string{placeholder}, PrivateDnsName: placeholder,
		},
		Deployed: &contract.Deployed{ServiceName: placeholder, ServiceArn: placeholder, LoadBalancerDnsName: placeholder, CanonicalHostedZoneId: placeholder},
	}
}

// IsPending reports whether a contract waits for a lookup.
func IsPending(c *contract.Contract) bool { return len(c.Service.Ports) == 0 }

// Ports returns the ports of a contract. While it waits for a lookup there is one, which may be any: a token.
func Ports(c *contract.Contract) *[]*float64 {
	if IsPending(c) {
		return &[]*float64{awscdk.Token_AsNumber(map[string]any{"Fn::Join": []any{"", []string{c.Service.Name}}})}
	}
	var ports []*float64
	for _, port := range c.Service.Ports {
		ports = append(ports, jsii.Number(port))
	}
	return &ports
}

// CheckLocator returns what consumers connect to: that of the caller, such as a token of a stack's parameter, or that of the contract. It
// reports that there is none, and two that differ. Option is the name of the caller's property, and member that of the contract's.
func CheckLocator(r *rules.Report, c *contract.Contract, option string, given *string, member string) *string {
	own := Text(c.Locator())
	switch {
	case given == nil && own == nil:
		r.AddWithFix(rules.ContractDeployed, "deployed", rules.ContractDeployed.Fix+", or set "+option, "is missing, and so is %s", option)
		return nil
	case given == nil:
		return own
	}
	a, isKnown := token.Literal(given)
	b, isOwnKnown := token.Literal(own)
	if isKnown && isOwnKnown && a != b {
		r.AddWithFix(rules.Contradiction, option, "leave it out, or take the contract of the same deployment", "is %q, but deployed.%s is %q", a, member, b)
	}
	return given
}

// Text returns a text of a contract; nil if it has none.
func Text(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// Texts returns a list of a contract; nil if it has none.
func Texts(list []string) *[]*string {
	if list == nil {
		return nil
	}
	return jsii.Strings(slices.Clone(list)...)
}
