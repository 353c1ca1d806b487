package deploy_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	r53types "github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/deployed"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

const routedDomain = "api.routed.internal.company.com"

// byRoute is examples/routed: an API that one account reaches over a peering connection, and another over a transit gateway. A third one is
// attached to the gateway, too.
type byRoute struct{ *teams }

// theRouted is deployed as the README of the examples says: by one command, in the order of the dependencies of the stacks.
var theRouted = sync.OnceValues(func() (*byRoute, error) {
	ctx := context.Background()
	e, err := newTeams(ctx, "routed", routedDomain, map[string]string{
		"RoutedPricing": scenario.Pricing, "RoutedCheckout": scenario.Checkout, "RoutedReports": scenario.Reporting, "RoutedLab": scenario.Lab,
		"RoutedLinks": scenario.Pricing,
	}, "@aws-cdk/core:defaultCrossStackReferences=weak")
	if err != nil {
		return nil, err
	}
	return &byRoute{e}, e.deployAll(ctx, "RoutedPricing:CertificateArn="+e.certificateArn)
})

// TestRouted deploys an API without PrivateLink, two clients that reach it, and one that does not.
func TestRouted(t *testing.T) {
	needLocal(t)
	e := must(theRouted())(t)
	t.Run("peering connection", e.peering)
	t.Run("attachments", e.attachments)
	t.Run("segments", e.segments)
	t.Run("routes", e.routes)
	t.Run("security groups", e.securityGroups)
	t.Run("names", e.names)
	t.Run("proof", e.proof)
	t.Run("nothing else can reach the API", e.only)
	t.Run("proof sees that routes back are deleted", e.driftOfRoutes)
	t.Run("proof sees that segments are opened", e.driftOfSegments)
}

// peering checks that the role of Pricing accepted the connection. Both accounts have it.
func (e *byRoute) peering(t *testing.T) {
	id := one(t, "peering connections", e.stack(t, "RoutedCheckout").physical("AWS::EC2::VPCPeeringConnection"))
	for _, account := range []string{scenario.Checkout, scenario.Pricing} {
		all := read(t, account, scenario.Region).Peerings
		i := slices.IndexFunc(all, func(p ec2types.VpcPeeringConnection) bool { return aws.ToString(p.VpcPeeringConnectionId) == id })
		if i < 0 {
			t.Fatalf("account %s has no peering connection %s", account, id)
		}
		peering := all[i]
		want(t, "its status", peering.Status.Code, ec2types.VpcPeeringConnectionStateReasonCodeActive)
		want(t, "the VPC of the requester", aws.ToString(peering.RequesterVpcInfo.VpcId), e.vpc(t, "RoutedCheckout"))
		want(t, "the VPC of the accepter", aws.ToString(peering.AccepterVpcInfo.VpcId), e.vpc(t, "RoutedPricing"))
	}
}

func (e *byRoute) vpc(t *testing.T, stack string) string {
	t.Helper()
	return one(t, "VPCs of "+stack, e.stack(t, stack).physical("AWS::EC2::VPC"))
}

// attachments checks that each VPC is attached by small subnets of its own, one in each zone.
func (e *byRoute) attachments(t *testing.T) {
	owner, id := read(t, scenario.Pricing, scenario.Region), e.gateway(t)
	i := slices.IndexFunc(owner.TransitGateways, func(g ec2types.TransitGateway) bool { return aws.ToString(g.TransitGatewayId) == id })
	if i < 0 {
		t.Fatalf("there is no transit gateway %s", id)
	}
	gateway := owner.TransitGateways[i]
	want(t, "the default association", gateway.Options.DefaultRouteTableAssociation, ec2types.DefaultRouteTableAssociationValueDisable)
	want(t, "the default propagation", gateway.Options.DefaultRouteTablePropagation, ec2types.DefaultRouteTablePropagationValueDisable)
	for stack, account := range map[string]string{"RoutedPricing": scenario.Pricing, "RoutedReports": scenario.Reporting, "RoutedLab": scenario.Lab} {
		state, vpc := read(t, account, scenario.Region), e.vpc(t, stack)
		attachment := attachmentOf(t, state, vpc)
		want(t, "the state of the attachment", attachment.State, ec2types.TransitGatewayAttachmentStateAvailable)
		want(t, "its gateway", aws.ToString(attachment.TransitGatewayId), id)
		zones := map[string]bool{}
		for _, subnet := range state.Subnets {
			if slices.Contains(attachment.SubnetIds, aws.ToString(subnet.SubnetId)) {
				zones[aws.ToString(subnet.AvailabilityZone)] = strings.HasSuffix(aws.ToString(subnet.CidrBlock), "/28")
			}
		}
		want(t, "whether the attachment of "+stack+" is in two zones, by small subnets", len(zones) == 2 && !slices.Contains(slices.Collect(maps.Values(zones)), false), true)
	}
}

// gateway returns the ID of the transit gateway.
func (e *byRoute) gateway(t *testing.T) string {
	t.Helper()
	return one(t, "transit gateways", e.stack(t, "RoutedPricing").physical("AWS::EC2::TransitGateway"))
}

// gatewayTables returns the route tables of the gateway, by segment.
func (e *byRoute) gatewayTables(t *testing.T, owner *deployed.State) map[string]deployed.GatewayTable {
	t.Helper()
	tables, gateway := map[string]deployed.GatewayTable{}, e.gateway(t)
	for _, table := range owner.GatewayTables {
		if aws.ToString(table.TransitGatewayId) == gateway {
			tables[nameIn(table.Tags)] = table
		}
	}
	return tables
}

// attachmentOf returns the attachment of a VPC.
func attachmentOf(t *testing.T, state *deployed.State, vpc string) ec2types.TransitGatewayVpcAttachment {
	t.Helper()
	var of []ec2types.TransitGatewayVpcAttachment
	for _, attachment := range state.Attachments {
		if aws.ToString(attachment.VpcId) == vpc {
			of = append(of, attachment)
		}
	}
	return one(t, "attachments of "+vpc, of)
}

// segments checks who is in each segment, and where its route table leads: the lab reaches nothing, and nothing reaches it.
func (e *byRoute) segments(t *testing.T) {
	tables := e.gatewayTables(t, read(t, scenario.Pricing, scenario.Region))
	want(t, "the number of route tables", len(tables), 3)
	for segment, expected := range map[string]struct {
		stack string
		leads []string
	}{
		"apis":    {"RoutedPricing", []string{"10.2.0.0/16 propagated active"}},
		"clients": {"RoutedReports", []string{"10.0.0.0/16 propagated active"}},
		"lab":     {"RoutedLab", nil},
	} {
		table := tables[segment]
		association := one(t, "associations of "+segment, table.Associations)
		want(t, "who is in "+segment, aws.ToString(association.ResourceId), e.vpc(t, expected.stack))
		var leads []string
		for _, route := range table.Routes {
			leads = append(leads, aws.ToString(route.DestinationCidrBlock)+" "+string(route.Type)+" "+string(route.State))
		}
		if !slices.Equal(leads, expected.leads) {
			t.Errorf("the routes of %s are %q, want %q", segment, leads, expected.leads)
		}
	}
}

// nameIn returns the tag Name.
func nameIn(tags []ec2types.Tag) string {
	for _, tag := range tags {
		if aws.ToString(tag.Key) == "Name" {
			return aws.ToString(tag.Value)
		}
	}
	return ""
}

// routes checks that the private subnets of both zones, and no others, have routes to the networks.
func (e *byRoute) routes(t *testing.T) {
	for stack, expected := range map[string]map[string]int{
		"RoutedPricing":  {"10.0.0.0/8 tgw active": 2, "10.1.0.0/16 pcx active": 2},
		"RoutedCheckout": {"10.0.0.0/16 pcx active": 2},
		"RoutedReports":  {"10.0.0.0/8 tgw active": 2},
		"RoutedLab":      {"10.0.0.0/8 tgw active": 2},
	} {
		got, vpc := map[string]int{}, e.vpc(t, stack)
		for _, table := range read(t, e.accounts[stack], scenario.Region).RouteTables {
			if aws.ToString(table.VpcId) != vpc {
				continue
			}
			for _, route := range table.Routes {
				if to := aws.ToString(route.TransitGatewayId) + aws.ToString(route.VpcPeeringConnectionId); to != "" {
					kind, _, _ := strings.Cut(to, "-")
					got[aws.ToString(route.DestinationCidrBlock)+" "+kind+" "+string(route.State)]++
				}
			}
		}
		if !maps.Equal(got, expected) {
			t.Errorf("%s has the routes %v, want %v", stack, got, expected)
		}
	}
}

// securityGroups checks that the ALB lets in the two clients, by their security groups in other accounts, and nobody else.
func (e *byRoute) securityGroups(t *testing.T) {
	pricing := e.stack(t, "RoutedPricing")
	group := e.albGroup(t)
	tasks := e.tasks(t, "RoutedPricing", "Pricing")
	pricing.wantRules("ALB", group, in(443, e.tasks(t, "RoutedCheckout", "Checkout")), in(443, e.functionGroup(t, "RoutedReports", "Reports")), out(servicePort, tasks))
	pricing.wantRules("tasks", tasks, in(servicePort, group), rule{true, -1, -1, "0.0.0.0/0 -1"})
}

// albGroup returns the security group of the ALB.
func (e *byRoute) albGroup(t *testing.T) string {
	t.Helper()
	return one(t, "security groups of the ALB", e.alb(t).SecurityGroups)
}

func (e *byRoute) alb(t *testing.T) elbtypes.LoadBalancer {
	t.Helper()
	return e.stack(t, "RoutedPricing").balancer(elbtypes.LoadBalancerTypeEnumApplication)
}

// tasks returns the security group of the tasks of a service, which has the construct ID id.
func (e *byRoute) tasks(t *testing.T, stack, id string) string {
	t.Helper()
	s := e.stack(t, stack)
	found := must(ecs.NewFromConfig(s.config).DescribeServices(t.Context(), &ecs.DescribeServicesInput{
		Cluster: aws.String(one(t, "clusters", s.physical("AWS::ECS::Cluster"))), Services: []string{s.physicalOf(id + "Service")},
	}))(t)
	return one(t, "security groups of tasks", one(t, "services", found.Services).NetworkConfiguration.AwsvpcConfiguration.SecurityGroups)
}

// functionGroup returns the security group of a function, which has the construct ID id.
func (e *byRoute) functionGroup(t *testing.T, stack, id string) string {
	t.Helper()
	s := e.stack(t, stack)
	function := must(lambda.NewFromConfig(s.config).GetFunctionConfiguration(t.Context(), &lambda.GetFunctionConfigurationInput{
		FunctionName: aws.String(s.physicalOf(id)),
	}))(t)
	return one(t, "security groups of the function", function.VpcConfig.SecurityGroupIds)
}

// names checks that each VPC has a zone of its own, whose record leads to the ALB. The lab has one, too.
func (e *byRoute) names(t *testing.T) {
	alb := e.alb(t)
	for _, stack := range []string{"RoutedCheckout", "RoutedReports", "RoutedLab"} {
		zone := zoneOf(t, read(t, e.accounts[stack], scenario.Region), one(t, "zones", e.stack(t, stack).physical("AWS::Route53::HostedZone")))
		want(t, "the VPC of the zone", aws.ToString(one(t, "VPCs of the zone", zone.VPCs).VPCId), e.vpc(t, stack))
		var aliases []r53types.ResourceRecordSet
		for _, record := range zone.Records {
			if record.AliasTarget != nil {
				aliases = append(aliases, record)
			}
		}
		alias := one(t, "aliases of "+stack, aliases)
		want(t, "the name", aws.ToString(alias.Name), routedDomain+".")
		want(t, "the zone of the target", aws.ToString(alias.AliasTarget.HostedZoneId), aws.ToString(alb.CanonicalHostedZoneId))
		leads := strings.TrimPrefix(strings.TrimSuffix(aws.ToString(alias.AliasTarget.DNSName), "."), "dualstack.")
		want(t, "where the name leads", strings.EqualFold(leads, aws.ToString(alb.DNSName)), true)
	}
}

// zoneOf returns a zone of a state by its ID.
func zoneOf(t *testing.T, state *deployed.State, id string) deployed.Zone {
	t.Helper()
	i := slices.IndexFunc(state.Zones, func(z deployed.Zone) bool { return strings.HasSuffix(aws.ToString(z.Id), id) })
	if i < 0 {
		t.Fatalf("there is no zone %s", id)
	}
	return state.Zones[i]
}
