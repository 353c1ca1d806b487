package privateapi

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func (c *privateApiConsumer) AllowClient(client awsec2.IConnectable, ports ...*float64) {
	r := &rules.Report{}
	check.Embedded(r, allowClient, &client)
	refusal.At(r, c) // what is nil cannot be asked for more
	c.plan.checkClient(r, allowClient, client)
	allowed := portsOfClient(r, *c.plan.ports, ports)
	refusal.At(r, c)
	c.letClientIn(client, allowed)
	c.batch.Flush()
	refusal.Warn(r, c)
}

func (c *importedConsumer) AllowClient(client awsec2.IConnectable, ports ...*float64) {
	r := &rules.Report{}
	check.Embedded(r, allowClient, &client)
	refusal.At(r, c) // what is nil cannot be asked for more
	checkClientGroups(r, allowClient, client)
	allowed := portsOfClient(r, *c.ports, ports)
	refusal.At(r, c)
	for _, port := range allowed {
		c.connections.AllowFrom(client, answers.StackOf(c).Tcp(port), jsii.String(clientToAPI))
	}
}

const allowClient = "AllowClient"

// portsOfClient returns the ports on which a client is allowed: all of the service if none are named. It reports ports that the
// service does not have.
func portsOfClient(r *rules.Report, service, named []*float64) []*float64 {
	if len(named) == 0 {
		return service
	}
	known := check.LiteralPorts(service)
	for i, port := range named {
		property := fmt.Sprintf("ports[%d]", i)
		if port == nil {
			r.Add(rules.Required, property, "is nil")
			continue
		}
		check.Port(r, property, port)
		// A port that is a token may be any.
		if number, ok := token.LiteralNumber(port); ok && len(known) == len(service) && !slices.Contains(known, number) {
			r.Add(rules.ClientPort, property, "%v is not a port of the service: %s", number, strings.Trim(fmt.Sprint(known), "[]"))
		}
	}
	return named
}
