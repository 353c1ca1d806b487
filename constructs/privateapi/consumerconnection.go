package privateapi

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/link"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
)

// connect defines the connection to Service, and that to Previous if there is one.
func (c *privateApiConsumer) connect() {
	consumer := &link.Consumer{Construct: c, Batch: c.batch}
	var definers []link.Definer
	for _, plan := range c.plan.connections {
		definer := definerOf(plan.Connector)
		definers, c.gates = append(definers, definer), append(c.gates, definer.Gate(consumer))
	}
	c.newConnections()
	for i, definer := range definers {
		c.gates[i].GroupIDs = c.groupIDs(c.gates[i])
		c.links = append(c.links, definer.Define(consumer, c.gates[i]))
	}
	c.checkConnections()
}

// link is the connection to Service.
func (c *privateApiConsumer) link() *link.Link { return c.links[0] }

// ConnectedFrom implements [link.Connected].
func (c *privateApiConsumer) ConnectedFrom() link.Connection {
	return link.Connection{Stack: c.plan.stack, Service: c.plan.props.Service}
}

// checkConnections panics if a connection leads nowhere, which is a fault of the service.
func (c *privateApiConsumer) checkConnections() {
	for _, gate := range c.gates {
		if len(gate.Peers) == 0 && (len(gate.SecurityGroups) == 0 || gate.PeersOnly) {
			panic(fmt.Errorf("%s: the connection has neither SecurityGroups nor Peers to let clients out to", *c.Node().Path()))
		}
	}
	for _, routed := range c.routedRecords() {
		if routed.link.Alias == nil && len(c.plan.zones) > 0 {
			panic(fmt.Errorf("%s: the connection has no Alias for the records to lead to", *c.Node().Path()))
		}
	}
}

// newConnections adds the connections of the consumer, with all gates. CDK's constructor takes one peer, and makes each group another.
func (c *privateApiConsumer) newConnections() {
	props := &awsec2.ConnectionsProps{DefaultPort: defaultPortOf(c.plan.stack, c.plan.ports)}
	var groups []awsec2.ISecurityGroup
	var opened []*onecall.Item[awsec2.ISecurityGroup]
	var peers []*onecall.Item[awsec2.IPeer]
	for _, gate := range c.gates {
		peers = append(peers, gate.Peers...)
		if gate.PeersOnly {
			opened = append(opened, gate.TakesRules()...)
			continue
		}
		for _, group := range gate.TakesRules() {
			groups = append(groups, group.Placeholder())
		}
	}
	if groups != nil {
		props.SecurityGroups = &groups
	}
	if len(peers) > 0 {
		props.Peer = peers[0].Placeholder()
	}
	c.connections = onecall.Connections(c.batch, props)
	for _, peer := range peers[min(1, len(peers)):] {
		onecall.AddPeer(c.connections, peer)
	}
	for _, group := range opened {
		onecall.AddOpened(c.connections, group)
	}
	if !c.gates[0].AttachesMore { // of the connection to Service, because the names lead there
		refuseMoreGroups(c.connections, len(groups)+len(opened))
	}
}

// groupIDs are the IDs of the security groups of a gate, and of those that join the connections of the consumer by synthesis.
func (c *privateApiConsumer) groupIDs(gate *link.Gate) *[]any {
	if !gate.AttachesMore {
		return nil
	}
	ids := onecall.LazyList(c.connections, awsec2.Connections.SecurityGroups, awsec2.ISecurityGroup.SecurityGroupId, c.partOf(gate))
	return &[]any{(*ids.Placeholder())[0]}
}

// partOf is the part of a gate among the security groups of the connections, in the order in which newConnections adds them.
func (c *privateApiConsumer) partOf(gate *link.Gate) (part onecall.Part) {
	gates := slices.Clone(c.gates)
	slices.SortStableFunc(gates, func(a, b *link.Gate) int { return cmp.Compare(rank(a), rank(b)) })
	for _, g := range gates {
		if g == gate {
			part.From, part.To = part.Known, part.Known+len(g.SecurityGroups)
		}
		part.Known += len(g.SecurityGroups)
	}
	return part
}

// rank is 1 for a gate whose groups come after those that CDK's constructor takes.
func rank(gate *link.Gate) int {
	if gate.PeersOnly {
		return 1
	}
	return 0
}

// made tells the connections that CDK has made their parts.
func (c *privateApiConsumer) made() {
	for _, l := range c.links {
		if l.Made != nil {
			l.Made()
		}
	}
}
