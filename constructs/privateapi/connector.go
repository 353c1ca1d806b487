package privateapi

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/link"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
)

// Connector defines a connection that was planned.
type Connector interface {
	// Connect defines the connection. Its constructs are children of scope, which is the consumer or a part of it, under
	// IDs that no other transport uses: while a consumer moves from one service to another, it has two connections.
	Connect(scope constructs.Construct) *Connection
}

// ConnectorFunc is a function that is a [Connector].
type ConnectorFunc func(scope constructs.Construct) *Connection

// Connect calls f.
func (f ConnectorFunc) Connect(scope constructs.Construct) *Connection { return f(scope) }

// ConnectorOf returns the connector of a transport of this module, which defines the connection in the consumer's own call to CDK.
// Services outside of the module implement Connect instead. A service that wraps one of ours and replaces its connector is asked by
// Connect.
func ConnectorOf(definer link.Definer) Connector { return &batchConnector{definer} }

// batchConnector is a [Connector] whose connection joins the batch of the consumer.
type batchConnector struct{ definer link.Definer }

// Connect defines the connection at once, for callers that need it as CDK has it.
func (c *batchConnector) Connect(scope constructs.Construct) *Connection {
	consumer := &link.Consumer{Construct: scope, Batch: onecall.In(scope)}
	gate := c.definer.Gate(consumer)
	gate.GroupIDs = &[]any{}
	for _, group := range gate.SecurityGroups {
		*gate.GroupIDs = append(*gate.GroupIDs, group.Placeholder())
	}
	l := c.definer.Define(consumer, gate)
	consumer.Batch.Flush(wantedOf(gate, l)...)
	if l.Made != nil {
		l.Made()
	}
	return connectionOf(gate, l)
}

// wantedOf returns the parts of a connection that [connectionOf] reads, to be fetched by one call.
func wantedOf(gate *link.Gate, l *link.Link) []onecall.Wanted {
	var wanted []onecall.Wanted
	for _, group := range gate.SecurityGroups {
		wanted = append(wanted, group)
	}
	for _, peer := range gate.Peers {
		wanted = append(wanted, peer)
	}
	for _, dependency := range gate.RulesWaitFor {
		wanted = append(wanted, dependency)
	}
	if l.Alias != nil {
		wanted = append(wanted, l.Alias.DnsName, l.Alias.HostedZoneID)
	}
	for _, dependency := range l.RecordDependencies {
		wanted = append(wanted, dependency)
	}
	if l.VpcEndpoint != nil {
		wanted = append(wanted, l.VpcEndpoint)
	}
	return wanted
}

// connectionOf returns a connection that is made as CDK has it.
func connectionOf(gate *link.Gate, l *link.Link) *Connection {
	c := &Connection{
		RecordDependencies: &[]constructs.IDependable{}, SecurityGroups: &[]awsec2.ISecurityGroup{}, Peers: &[]awsec2.IPeer{}, PeersOnly: jsii.Bool(gate.PeersOnly),
		RuleDependencies: &[]constructs.IDependable{},
	}
	for _, dependency := range gate.RulesWaitFor {
		*c.RuleDependencies = append(*c.RuleDependencies, dependency.Object())
	}
	for _, group := range gate.SecurityGroups {
		*c.SecurityGroups = append(*c.SecurityGroups, group.Object())
	}
	for _, peer := range gate.Peers {
		*c.Peers = append(*c.Peers, peer.Object())
	}
	for _, dependency := range l.RecordDependencies {
		*c.RecordDependencies = append(*c.RecordDependencies, dependency.Object())
	}
	if l.Alias != nil {
		c.Alias = &AliasTarget{DnsName: l.Alias.DnsName.Object(), HostedZoneId: l.Alias.HostedZoneID.Object(), RecordTypes: prop.Copy(&l.Alias.RecordTypes)}
	}
	if l.VpcEndpoint != nil {
		c.VpcEndpoint = l.VpcEndpoint.Object()
	}
	return c
}

// definerOf returns how a consumer defines a connection.
func definerOf(connector Connector) link.Definer {
	if c, isOurs := connector.(*batchConnector); isOurs {
		return c.definer
	}
	return &callDefiner{connector: connector}
}

// callDefiner is the [link.Definer] of a connector that defines its connection by calls of its own.
type callDefiner struct {
	connector  Connector
	connection *Connection
}

// Gate lets the connector define the whole connection, which needs a consumer that CDK knows.
func (d *callDefiner) Gate(consumer *link.Consumer) *link.Gate {
	consumer.Batch.Flush()
	if d.connection = d.connector.Connect(consumer.Construct); d.connection == nil {
		panic(fmt.Errorf("%s: the service returned no connection", *consumer.Construct.Node().Path()))
	}
	gate := &link.Gate{PeersOnly: prop.IsTrue(d.connection.PeersOnly)}
	gate.SecurityGroups, gate.Here = link.Known(answers.StackOf(consumer.Construct), prop.Elements(d.connection.SecurityGroups))
	for _, peer := range prop.Elements(d.connection.Peers) {
		gate.Peers = append(gate.Peers, onecall.Known(peer))
	}
	for _, dependency := range prop.Elements(d.connection.RuleDependencies) {
		gate.RulesWaitFor = append(gate.RulesWaitFor, onecall.Known(dependency))
	}
	return gate
}

// Define returns what the connector defined.
func (d *callDefiner) Define(consumer *link.Consumer, _ *link.Gate) *link.Link {
	l := &link.Link{}
	if alias := d.connection.Alias; alias != nil {
		l.Alias = link.NewAlias(consumer.Batch, alias.DnsName, alias.HostedZoneId, alias.RecordTypes)
	}
	for _, dependency := range prop.Elements(d.connection.RecordDependencies) {
		l.RecordDependencies = append(l.RecordDependencies, onecall.Known(dependency))
	}
	if d.connection.VpcEndpoint != nil {
		l.VpcEndpoint, l.ServiceRegion = onecall.Known(d.connection.VpcEndpoint), d.connection.VpcEndpoint.ServiceRegion
		l.ClientDependencies = append(l.ClientDependencies, l.VpcEndpoint)
	}
	return l
}
