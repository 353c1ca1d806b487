package privateapi

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// checkClients checks each client of the props.
func (plan *consumerPlan) checkClients() {
	for i, client := range plan.clients {
		plan.checkClient(plan.report, fmt.Sprintf("Clients[%d]", i), client)
	}
}

// checkClient checks that a client has connections, and is in a VPC that has a route to the endpoint.
func (plan *consumerPlan) checkClient(r *rules.Report, property string, client awsec2.IConnectable) {
	if checkClientGroups(r, property, client) {
		plan.checkClientVpc(r, property, client)
	}
}

// checkClientGroups checks that a client is a peer or has connections, and reports whether it has security groups.
func checkClientGroups(r *rules.Report, property string, client awsec2.IConnectable) bool {
	if client == nil {
		r.Add(rules.Required, property, "is nil")
		return false
	}
	_, isGroup := client.(awsec2.ISecurityGroup)
	_, isPeer := client.(awsec2.IPeer)
	return isGroup || !isPeer && checkConnections(r, property, client)
}

// checkConnections asks a client for its connections, which some connectables do not have, such as a Lambda function
// outside a VPC.
func checkConnections(r *rules.Report, property string, client awsec2.IConnectable) (ok bool) {
	defer func() {
		if problem := recover(); problem != nil {
			r.Add(rules.ClientConnections, property, "%v", problem)
		}
	}()
	if len(prop.Elements(client.Connections().SecurityGroups())) == 0 {
		r.Add(rules.ClientConnections, property, "has no security group")
		return false
	}
	return true
}

// checkClientVpc warns of a client in another VPC than the consumer's, unless this app connects the two, or the caller says
// that the client's VPC resolves the names.
func (plan *consumerPlan) checkClientVpc(r *rules.Report, property string, client awsec2.IConnectable) {
	props := plan.props
	if props.Vpc == nil {
		return
	}
	for _, group := range placement.GroupsOf(plan.stack, client) {
		own := placement.VPCOf(plan.stack, props.Vpc)
		if !own.IsOther(group.VPC) || plan.resolvesNames(group.VPC, props) || placement.Connected(plan.scope, own, group.VPC) {
			continue
		}
		r.Add(rules.ClientVpc, property, "is in VPC %s, but the consumer is in %s", group.VPC, own)
		return
	}
}

// resolvesNames reports whether a VPC may be among those that resolve the names.
func (plan *consumerPlan) resolvesNames(vpc placement.VPC, props *PrivateApiConsumerProps) bool {
	for _, listed := range prop.Elements(props.HostedZoneVpcs) {
		if listed != nil && !vpc.IsOther(placement.VPCOf(plan.stack, listed)) {
			return true
		}
	}
	if zone, isOwn := props.HostedZone.(awsroute53.HostedZone); isOwn {
		return anyMayBe(plan.vpcsOf(zone), vpc)
	}
	return false
}
