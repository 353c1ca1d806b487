// Package link defines a connection as a part of its consumer: in the consumer's own call to CDK (ADR 10). The transports of this
// module do so. A service elsewhere defines its connection by calls of its own; privateapi.Connector is all that it needs.
package link

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
)

// Definer defines a connection. A consumer calls Gate, which opens nothing yet, and then Define.
type Definer interface {
	// Gate adds what lets clients in.
	Gate(consumer *Consumer) *Gate
	// Define adds the rest of the connection. The gate is what Gate returned.
	Define(consumer *Consumer, gate *Gate) *Link
}

// Consumer is what a connection becomes a part of.
type Consumer struct {
	// Construct is the consumer. CDK does not know it before Batch is flushed.
	Construct constructs.Construct
	// Batch is the batch of the consumer.
	Batch *onecall.Batch
}

// Gate is what lets clients in, and what they are let out to. It has SecurityGroups, or Peers, or both.
type Gate struct {
	// SecurityGroups allow traffic from clients, and are what clients may send traffic to, unless PeersOnly is true.
	SecurityGroups []*onecall.Item[awsec2.ISecurityGroup]
	// Here are SecurityGroups as the consumer adds rules to them: its own stack imports those of another, which must not depend on the
	// clients. Nil if all are of its stack.
	Here []*onecall.Item[awsec2.ISecurityGroup]
	// Peers are what clients may send traffic to besides.
	Peers []*onecall.Item[awsec2.IPeer]
	// PeersOnly is true if clients are let out to Peers alone.
	PeersOnly bool
	// RulesWaitFor must be deployed before a rule names a security group at the other end.
	RulesWaitFor []*onecall.Item[constructs.IDependable]
	// AttachesMore is true if Define attaches all of GroupIDs.
	AttachesMore bool

	// GroupIDs are the IDs of SecurityGroups as an L1 takes them, and of those that join the Connections of the consumer by
	// synthesis. The consumer sets them before it calls Define.
	GroupIDs *[]any
}

// TakesRules returns the security groups to which the consumer adds rules.
func (g *Gate) TakesRules() []*onecall.Item[awsec2.ISecurityGroup] {
	if g.Here != nil {
		return g.Here
	}
	return g.SecurityGroups
}

// Link is a connection, whose parts the batch of the consumer makes.
type Link struct {
	// Subnets are those of VpcEndpoint, which has a network interface in each; none if they are not known.
	Subnets []awsec2.ISubnet
	// Alias is the target of records; nil if there is none.
	Alias *Alias
	// RecordDependencies must be deployed before a record sends clients to the API, besides what Alias refers to.
	RecordDependencies []*onecall.Item[constructs.IDependable]
	// ClientDependencies must be deployed before clients call, besides the records.
	ClientDependencies []onecall.Dependency
	// VpcEndpoint is the endpoint of the connection; nil if there is none.
	VpcEndpoint *onecall.Item[awsec2.CfnVPCEndpoint]
	// ServiceRegion returns the Region of the service of the endpoint, if it is another than that of the consumer; set with VpcEndpoint.
	ServiceRegion func() *string
	// Made is called once CDK has made the parts; nil for nothing to do.
	Made func()
}

// Alias is the target of an alias record.
type Alias struct {
	DnsName, HostedZoneID *onecall.Item[*string]
	RecordTypes           []awsroute53.RecordType
}

// NewAlias returns a target, for records of type A unless record types are given. Each value is a *string, or an intrinsic function in
// the form of a template, which becomes a token.
func NewAlias(b *onecall.Batch, dnsName, hostedZoneID any, recordTypes *[]awsroute53.RecordType) *Alias {
	alias := &Alias{DnsName: text(b, dnsName), HostedZoneID: text(b, hostedZoneID), RecordTypes: []awsroute53.RecordType{awsroute53.RecordType_A}}
	if recordTypes != nil {
		alias.RecordTypes = *recordTypes
	}
	return alias
}

func text(b *onecall.Batch, value any) *onecall.Item[*string] {
	if text, ok := value.(*string); ok {
		return onecall.Known(text)
	}
	return onecall.Static2(b, awscdk.Token_AsString, value, nil)
}

// Dependency returns a part of a connection as something that a record waits for.
func Dependency[R constructs.IConstruct](part *onecall.Item[R]) *onecall.Item[constructs.IDependable] {
	return onecall.As(part, func(c R) constructs.IDependable { return c })
}
