package mesh

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/mesh"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// MeshConsumer connects a VPC to the services of a mesh that it calls: one connection for each front door, and one for each service over VPC
// Lattice. Each service that it calls has a private hosted zone of exactly its name, and no other name resolves.
//
// Nobody may call until clients are named. Over PrivateLink, a client that may call one service of a front door reaches the others behind it
// too, by their Host headers: tiers are the boundary.
type MeshConsumer interface {
	constructs.Construct

	// Connection returns a connection by its name: that of a front door, such as commerce.internal, or of a service over VPC Lattice. It is nil if
	// there is none.
	Connection(name *string) privateapi.PrivateApiConsumer

	// ConnectionTo returns the connection over which a service is called. It panics if the consumer does not call it.
	ConnectionTo(service *string) privateapi.PrivateApiConsumer

	// AllConnections returns all connections.
	AllConnections() *[]privateapi.PrivateApiConsumer

	// AllowClient lets a client call all services that the consumer calls.
	AllowClient(client awsec2.IConnectable)

	// ServiceNetwork returns the service network of the VPC that was defined or given; nil if there is none.
	ServiceNetwork() lattice.IServiceNetwork

	// Stacks returns the stacks that were defined for the connections, if scope is an App or a Stage.
	Stacks() *[]awscdk.Stack
}

type meshConsumer struct {
	constructs.Construct
	plan *consumerPlan

	network     lattice.IServiceNetwork
	connections []privateapi.PrivateApiConsumer
	byName      map[string]privateapi.PrivateApiConsumer
	byService   map[string]privateapi.PrivateApiConsumer
}

var _ MeshConsumer = (*meshConsumer)(nil)

// serviceNetworkID is the ID of the service network of the VPC, and ends that of its stack. Names of connections and tiers have no upper-case
// letters.
const serviceNetworkID = "ServiceNetwork"

// NewMeshConsumer defines a [MeshConsumer]. If scope is an App or a Stage, it defines its own stacks: <id>-<tier>, and <id>-<tier>-2 and so on where
// the front doors of the tier need more, in the account and Region that the mesh says; and <id>-ServiceNetwork over VPC Lattice. Else all is in
// the stack of scope.
//
// Before it defines anything, it panics with all that breaks a rule in props.
func NewMeshConsumer(scope constructs.Construct, id *string, props *MeshConsumerProps) MeshConsumer {
	refusal.RequireScope("NewMeshConsumer", scope, id)
	c := &meshConsumer{
		plan:   planConsumer(scope, id, props),
		byName: map[string]privateapi.PrivateApiConsumer{}, byService: map[string]privateapi.PrivateApiConsumer{},
	}
	constructs.NewConstruct_Override(c, scope, id)
	c.network = c.plan.props.ServiceNetwork
	if c.plan.needsServiceNetwork() {
		in := c.plan.stacks.in(c, serviceNetworkID)
		c.network = lattice.NewServiceNetwork(in, jsii.String(serviceNetworkID), &lattice.ServiceNetworkProps{Vpc: c.plan.props.Vpc})
	}
	for _, stack := range c.plan.mesh.plan.StacksOfConsumer(c.plan.consumer.Name) {
		c.connect(c.plan.stacks.in(c, stack.Name), stack)
	}
	refusal.Warn(c.plan.report, c)
	return c
}

// connect defines the connections to the front doors of a stack.
func (c *meshConsumer) connect(scope constructs.Construct, stack *mesh.Stack) {
	for _, connection := range c.plan.mesh.plan.ConnectionsOf(c.plan.consumer.Name) {
		if !stack.Has(connection.Door) {
			continue
		}
		for _, api := range connection.Apis() {
			service := c.plan.sources[api.Name](scope)
			made := privateapi.NewPrivateApiConsumer(scope, &api.Name, c.plan.connection(api, service))
			c.connections = append(c.connections, made)
			c.byName[api.Name] = made
			for _, called := range api.Services {
				c.byService[called.Name] = made
			}
		}
	}
}

func (c *meshConsumer) Connection(name *string) privateapi.PrivateApiConsumer {
	if made, ok := c.byName[text(name)]; ok {
		return made
	}
	return nil
}

func (c *meshConsumer) ConnectionTo(service *string) privateapi.PrivateApiConsumer {
	if made, ok := c.byService[text(service)]; ok {
		return made
	}
	r := &rules.Report{}
	mesh.Undeclared(r, "service", service, c.plan.consumer.Calls)
	refusal.At(r, c)
	return nil
}

func (c *meshConsumer) AllConnections() *[]privateapi.PrivateApiConsumer {
	connections := append([]privateapi.PrivateApiConsumer{}, c.connections...)
	return &connections
}

func (c *meshConsumer) AllowClient(client awsec2.IConnectable) {
	for _, connection := range c.connections {
		connection.AllowClient(client)
	}
}

func (c *meshConsumer) ServiceNetwork() lattice.IServiceNetwork { return c.network }

func (c *meshConsumer) Stacks() *[]awscdk.Stack { return c.plan.stacks.list() }
