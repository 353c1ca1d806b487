package privateapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// refuseMoreGroups makes synthesis fail if a security group joins connections that cannot attach it to anything. Known is the number of
// those that they have.
func refuseMoreGroups(connections *onecall.Item[awsec2.Connections], known int) {
	r := &rules.Report{}
	r.Add(rules.SecurityGroupAttached, "Connections", "have the security group %s, which is attached to nothing", onecall.Path)
	onecall.RefuseMore(connections, awsec2.Connections.SecurityGroups, known, r.Problems()[0].String())
}
