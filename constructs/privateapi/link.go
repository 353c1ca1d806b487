package privateapi

import (
	"reflect"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
)

// link is a [Connection] whose parts may still have to be made, by the batch of the consumer.
type link struct {
	alias              *AliasTarget
	recordDependencies *[]constructs.IDependable
	securityGroups     []*onecall.Item[awsec2.ISecurityGroup]
	peer               awsec2.IPeer
	endpoint           *onecall.Item[awsec2.CfnVPCEndpoint] // nil if there is none

	made func() // called once CDK has made the parts
}

// linkOf returns a connection that a service defined.
func linkOf(c *Connection) *link {
	l := &link{alias: c.Alias, recordDependencies: c.RecordDependencies, peer: c.Peer, made: func() {}}
	for _, group := range prop.Elements(c.SecurityGroups) {
		l.securityGroups = append(l.securityGroups, onecall.Known(group))
	}
	if c.VpcEndpoint != nil {
		l.endpoint = onecall.Known(c.VpcEndpoint)
	}
	return l
}

// isOurs reports whether the plan is as planEndpoint made it. A service that wraps another may have replaced Connect, and must be
// asked.
func (plan *ConnectionPlan) isOurs() bool {
	return plan.endpoint != nil && reflect.ValueOf(plan.Connect).Pointer() == reflect.ValueOf(plan.endpoint.connect).Pointer()
}
