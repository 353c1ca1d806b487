package privateapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
)

// clientToAPI describes the rules of clients.
const clientToAPI = "Client to private API"

// letClientIn opens the connection to a client, on ports of the API. The rules are in the stack of the consumer.
func (c *privateApiConsumer) letClientIn(client awsec2.IConnectable, ports []*float64) {
	description := jsii.String(clientToAPI)
	rulesWaitFor, waits := c.rulesWaitFor(), c.plan.mayWait(client)
	if !waits && len(rulesWaitFor) == 0 {
		for _, port := range ports {
			onecall.Call3(c.connections, awsec2.Connections.AllowFrom, client, c.plan.stack.Tcp(port), description)
		}
		return
	}
	groups := func(of *onecall.Item[awsec2.Connections]) *onecall.Item[*[]awsec2.ISecurityGroup] {
		return onecall.Get(of, awsec2.Connections.SecurityGroups)
	}
	own, theirs := groups(c.connections), groups(c.connectionsOf(client))
	needed := c.neededByClients()
	for _, port := range ports {
		added := onecall.AddedBy(c.connections, awsec2.Connections.AllowFrom, client, c.plan.stack.Tcp(port), description, own, theirs)
		onecall.WaitForAll(c.batch, added, rulesWaitFor...)
		needed = append(needed, added)
	}
	if waits {
		onecall.Waiting(c.batch, client, "AWS::ECS::Service", needed...)
	}
}

// rulesWaitFor are what the rules of clients wait for, on all ways.
func (c *privateApiConsumer) rulesWaitFor() (list []onecall.Dependency) {
	for _, gate := range c.gates {
		for _, dependency := range gate.RulesWaitFor {
			list = append(list, dependency)
		}
	}
	return list
}

func (c *privateApiConsumer) connectionsOf(client awsec2.IConnectable) *onecall.Item[awsec2.Connections] {
	return onecall.Get(onecall.Use(c.batch, client), awsec2.IConnectable.Connections)
}

// mayWait reports whether a client may be, or have, an ECS service that waits for what it needs.
func (plan *consumerPlan) mayWait(client awsec2.IConnectable) bool {
	_, isConstruct := client.(constructs.IConstruct)
	_, isGroup := client.(awsec2.ISecurityGroup)
	return plan.clientsWait && isConstruct && !isGroup
}

// neededByClients are what clients need besides the rules that allow them.
func (c *privateApiConsumer) neededByClients() []onecall.Dependency {
	var needed []onecall.Dependency
	for _, l := range c.links {
		needed = append(needed, l.ClientDependencies...)
	}
	for _, zone := range c.zones {
		if zone.resource != nil {
			needed = append(needed, zone.resource)
		}
		for _, record := range zone.records {
			needed = append(needed, record)
		}
		if zone.association != nil {
			needed = append(needed, zone.association)
		}
	}
	return needed
}
