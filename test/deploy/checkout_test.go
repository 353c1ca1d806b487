package deploy_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	r53types "github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

func endpoint(t *testing.T) (deployedStack, ec2types.VpcEndpoint) {
	t.Helper()
	s := stackOf(t, deployedExample(t).checkout, "Checkout")
	found := must(s.ec2.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{
		VpcEndpointIds: []string{deployedExample(t).endpointID},
	}))(t)
	return s, one(t, "endpoints", found.VpcEndpoints)
}

func TestCheckoutEndpoint(t *testing.T) {
	s, endpoint := endpoint(t)
	want(t, "its state", string(endpoint.State), "available")
	want(t, "its type", endpoint.VpcEndpointType, ec2types.VpcEndpointTypeInterface)
	want(t, "its service", aws.ToString(endpoint.ServiceName), deployedExample(t).serviceName)
	want(t, "private DNS", aws.ToBool(endpoint.PrivateDnsEnabled), false)
	want(t, "the number of its subnets", len(endpoint.SubnetIds), 2)
	want(t, "the number of its network interfaces", len(endpoint.NetworkInterfaceIds), 2)
	group := aws.ToString(one(t, "security groups", endpoint.Groups).GroupId)

	t.Run("only the tasks of Checkout reach it", func(t *testing.T) {
		tasks := checkoutTasks(t)
		s.wantRules("endpoint", group, in(443, tasks), nothingOut)
		if !s.rules(tasks)[out(443, group)] {
			t.Error("the tasks are not allowed to call the endpoint")
		}
	})
	t.Run("is in zones of the service, compared by ID", func(t *testing.T) {
		offered := zoneIDs(stackOf(t, deployedExample(t).pricing, "Pricing"), subnets(pricing(t).nlb))
		for id := range zoneIDs(s, endpoint.SubnetIds) {
			if !offered[id] {
				t.Errorf("the endpoint is in %s, the service is in %v", id, offered)
			}
		}
	})
}

func zoneIDs(s deployedStack, subnetIDs []string) map[string]bool {
	s.t.Helper()
	found := must(s.ec2.DescribeSubnets(s.t.Context(), &ec2.DescribeSubnetsInput{SubnetIds: subnetIDs}))(s.t)
	ids := map[string]bool{}
	for _, subnet := range found.Subnets {
		ids[aws.ToString(subnet.AvailabilityZoneId)] = true
	}
	return ids
}

// checkoutTasks returns the security group of the tasks that call the API.
func checkoutTasks(t *testing.T) string {
	t.Helper()
	client := ecs.NewFromConfig(deployedExample(t).checkout)
	cluster := must(output(t.Context(), deployedExample(t).checkout, "Checkout", "ClusterName"))(t)
	name := must(output(t.Context(), deployedExample(t).checkout, "Checkout", "FargateServiceName"))(t)
	found := must(client.DescribeServices(t.Context(), &ecs.DescribeServicesInput{
		Cluster: aws.String(cluster), Services: []string{name},
	}))(t)
	network := one(t, "services", found.Services).NetworkConfiguration.AwsvpcConfiguration
	want(t, "the public IP address of the tasks", string(network.AssignPublicIp), "DISABLED")
	return one(t, "security groups of tasks", network.SecurityGroups)
}

func TestCheckoutName(t *testing.T) {
	s, endpoint := endpoint(t)
	client := route53.NewFromConfig(deployedExample(t).checkout)
	details := must(client.GetHostedZone(t.Context(), &route53.GetHostedZoneInput{
		Id: aws.String(one(t, "zones", s.physical("AWS::Route53::HostedZone"))),
	}))(t)
	zone := details.HostedZone
	want(t, "the name of the zone", aws.ToString(zone.Name), scenario.Domain+".")
	want(t, "whether the zone is private", zone.Config.PrivateZone, true)
	vpc := one(t, "VPCs of the zone", details.VPCs)
	want(t, "the VPC of the zone", aws.ToString(vpc.VPCId), aws.ToString(endpoint.VpcId))
	want(t, "the Region of that VPC", string(vpc.VPCRegion), scenario.Region)

	records := must(client.ListResourceRecordSets(t.Context(), &route53.ListResourceRecordSetsInput{HostedZoneId: zone.Id}))(t)
	addresses := []r53types.ResourceRecordSet{}
	for _, record := range records.ResourceRecordSets {
		if record.Type == r53types.RRTypeA {
			addresses = append(addresses, record)
		}
	}
	record := one(t, "A records", addresses)
	want(t, "the name of the record", strings.TrimSuffix(aws.ToString(record.Name), "."), scenario.Domain)
	if record.AliasTarget == nil {
		t.Fatal("the record is not an alias")
	}
	first := endpoint.DnsEntries[0]
	want(t, "the target of the alias", strings.TrimSuffix(aws.ToString(record.AliasTarget.DNSName), "."), aws.ToString(first.DnsName))
	want(t, "the hosted zone of the target", aws.ToString(record.AliasTarget.HostedZoneId), aws.ToString(first.HostedZoneId))
}
