package privateapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// refuseMoreGroups makes synthesis fail if a security group joins the connections of a construct that cannot attach it to anything.
func refuseMoreGroups(construct constructs.Construct, connections awsec2.Connections) {
	construct.Node().AddValidation(&moreGroups{connections, len(*connections.SecurityGroups())})
}

// moreGroups validates at synthesis that no security group joined.
type moreGroups struct {
	connections awsec2.Connections
	known       int
}

var _ constructs.IValidation = (*moreGroups)(nil)

// Validate implements [constructs.IValidation].
func (v *moreGroups) Validate() *[]*string {
	r := &rules.Report{}
	for _, group := range (*v.connections.SecurityGroups())[v.known:] {
		r.Add(rules.SecurityGroupAttached, "Connections", "have the security group %s, which is attached to nothing", *group.Node().Path())
	}
	return refusal.Messages(r)
}
