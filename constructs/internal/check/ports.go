package check

import (
	"fmt"
	"slices"

	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

const (
	// DefaultPort is the port of HTTPS.
	DefaultPort = 443
	// DefaultStandbyPort is the port of an NLB for an ALB that stands by.
	DefaultStandbyPort = 8443
)

// Ports checks the ports of something that is imported, which has either Port or Ports, and returns them.
func Ports(r *rules.Report, port *float64, ports *[]*float64) *[]*float64 {
	Port(r, "Port", port)
	if ports == nil {
		return &[]*float64{prop.Or(port, jsii.Number(DefaultPort))}
	}
	if port != nil {
		r.AddWithFix(rules.Contradiction, "Ports", "leave out Port", "is set, and so is Port")
	}
	if len(*ports) == 0 {
		r.AddWithFix(rules.Required, "Ports", "leave it out for 443", "is empty")
	}
	NoNil(r, "Ports", ports)
	for i, port := range *ports {
		property := fmt.Sprintf("Ports[%d]", i)
		Port(r, property, port)
		if number, ok := token.LiteralNumber(port); ok && slices.Contains(LiteralPorts((*ports)[:i]), number) {
			r.AddWithFix(rules.Contradiction, property, "remove the duplicate", "%v is listed twice", number)
		}
	}
	return ports
}

// LiteralPorts returns the ports that are no tokens.
func LiteralPorts(ports []*float64) (list []float64) {
	for _, port := range ports {
		if number, ok := token.LiteralNumber(port); ok {
			list = append(list, number)
		}
	}
	return list
}
