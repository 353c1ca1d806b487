package privateapi

import (
	"fmt"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// defaultPort is the port of HTTPS.
const defaultPort = 443

// planPorts checks the ports of something that is imported, which has either Port or Ports, and returns them.
func planPorts(r *rules.Report, port *float64, ports *[]*float64) *[]*float64 {
	check.Port(r, "Port", port)
	if ports == nil {
		return &[]*float64{prop.Or(port, jsii.Number(defaultPort))}
	}
	if port != nil {
		r.AddWithFix(rules.Contradiction, "Ports", "leave out Port", "is set, and so is Port")
	}
	if len(*ports) == 0 {
		r.AddWithFix(rules.Required, "Ports", "leave it out for 443", "is empty")
	}
	check.NoNil(r, "Ports", ports)
	for i, port := range *ports {
		property := fmt.Sprintf("Ports[%d]", i)
		check.Port(r, property, port)
		if number, ok := token.LiteralNumber(port); ok && slices.Contains(literalPorts((*ports)[:i]), number) {
			r.AddWithFix(rules.Contradiction, property, "remove the duplicate", "%v is listed twice", number)
		}
	}
	return ports
}

// literalPorts returns the ports that are no tokens.
func literalPorts(ports []*float64) (list []float64) {
	for _, port := range ports {
		if number, ok := token.LiteralNumber(port); ok {
			list = append(list, number)
		}
	}
	return list
}

// firstPort returns the first of some ports; nil if there are none.
func firstPort(ports *[]*float64) *float64 {
	if len(prop.Elements(ports)) == 0 {
		return nil
	}
	return prop.Copy((*ports)[0])
}

// defaultPortOf returns the default port of connections: the port of an API that has one. With several there is none,
// because CDK's calls for the default port would open one of them only.
func defaultPortOf(stack *answers.Stack, ports *[]*float64) awsec2.Port {
	if len(*ports) != 1 {
		return nil
	}
	return stack.Tcp((*ports)[0])
}
