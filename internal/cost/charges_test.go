package cost_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cost"
)

// show has a line for each charge, type that is not priced, and note.
func show(b *cost.Bill) string {
	var lines []string
	for _, c := range b.Charges {
		line := fmt.Sprintf("%s %s", c.Resource.ID, c.Price.Item)
		if c.Quantity == nil {
			line += " by use, " + c.Price.String()
		} else {
			line += fmt.Sprintf(" %s = %s", c.Quantity, c.Cost)
		}
		if c.Payer != consumer {
			line += " by " + c.Payer
		}
		for _, note := range c.Notes {
			line += " (" + note + ")"
		}
		lines = append(lines, line)
	}
	for _, n := range b.NotPriced {
		lines = append(lines, fmt.Sprintf("not priced: %d %s (%s)", n.Count, n.Type, n.Why))
	}
	for _, note := range b.Notes {
		lines = append(lines, "note: "+note)
	}
	return strings.Join(lines, "\n")
}

func ref(id string) object { return object{"Ref": id} }

const (
	vpcEndpoint = "AWS::EC2::VPCEndpoint"
	elb         = "AWS::ElasticLoadBalancingV2::LoadBalancer"
	subnetsAB   = "subnet-a subnet-b"
	someService = "note: the templates do not define the service of Stack/R: if its PayerResponsibility is ServiceOwner, its owner pays"
)

// maybe is a resource that only the deployment decides on.
func maybe(r object) object {
	r["Condition"] = "Maybe"
	return r
}

func ids(text string) list {
	var all list
	for _, id := range strings.Fields(text) {
		all = append(all, id)
	}
	return all
}

// What one resource R costs in us-east-1. Usage is that of R.
func TestCharges(t *testing.T) {
	for name, tc := range map[string]struct {
		r           object
		usage, want string
	}{
		"an endpoint in three zones": {
			endpoint(3), "",
			"R endpoint.hour 2190 = 21.90\nR endpoint.gb by use, 0.01, 0.006 above 1048576, 0.004 above 5242880\n" + someService,
		},
		"an endpoint with data": {
			endpoint(1), `"monthly_data_processed_gb": 1048676`,
			"R endpoint.hour 730 = 7.30\nR endpoint.gb 1048676 = 10486.36\n" + someService,
		},
		"an endpoint to a service of AWS": {
			resource(vpcEndpoint, object{"VpcEndpointType": "Interface", "ServiceName": "com.amazonaws.us-east-1.logs", "SubnetIds": ids(subnetsAB)}), "",
			"R endpoint.hour 1460 = 14.60\nR endpoint.gb by use, 0.01, 0.006 above 1048576, 0.004 above 5242880",
		},
		"a gateway endpoint": {resource(vpcEndpoint, object{"ServiceName": "com.amazonaws.us-east-1.s3"}), "", ""},
		"an endpoint to a service network": {
			resource(vpcEndpoint, object{"VpcEndpointType": "ServiceNetwork", "SubnetIds": ids(subnetsAB)}), "", "",
		},
		"an endpoint to a resource": {
			resource(vpcEndpoint, object{"VpcEndpointType": "Resource", "SubnetIds": ids(subnetsAB)}), "",
			"R endpoint.resource.hour 1460 = 29.20\nR endpoint.resource.gb by use, 0.01",
		},
		"an endpoint of a Gateway Load Balancer": {
			resource(vpcEndpoint, object{"VpcEndpointType": "GatewayLoadBalancer"}), "",
			"not priced: 1 AWS::EC2::VPCEndpoint (an endpoint of a Gateway Load Balancer)",
		},
		"an endpoint whose subnets the deployment decides": {
			resource(vpcEndpoint, object{"VpcEndpointType": "Interface", "ServiceName": "com.amazonaws.us-east-1.logs", "SubnetIds": ref("AnyList")}), "",
			"R endpoint.hour at least 730 = at least 7.30 (only the deployment decides the subnets)\nR endpoint.gb by use, 0.01, 0.006 above 1048576, 0.004 above 5242880",
		},
		"an endpoint with subnets of another stack": {
			resource(vpcEndpoint, object{"VpcEndpointType": "Interface", "ServiceName": "com.amazonaws.us-east-1.logs", "SubnetIds": list{ref("Any"), ref("Any")}}), "",
			"R endpoint.hour 1460 = 14.60\nR endpoint.gb by use, 0.01, 0.006 above 1048576, 0.004 above 5242880",
		},
		"an endpoint with a subnet under a condition": {
			resource(vpcEndpoint, object{"VpcEndpointType": "Interface", "ServiceName": "com.amazonaws.us-east-1.logs", "SubnetIds": list{
				"subnet-a", object{"Fn::If": list{"Maybe", "subnet-b", ref("AWS::NoValue")}},
			}}), "",
			"R endpoint.hour 730 to 1460 = 7.30 to 14.60 (only the deployment decides how many there are)\nR endpoint.gb by use, 0.01, 0.006 above 1048576, 0.004 above 5242880",
		},
		"an endpoint whose type the deployment decides": {
			resource(vpcEndpoint, object{"VpcEndpointType": ref("Any"), "ServiceName": "com.amazonaws.us-east-1.logs", "SubnetIds": ids("subnet-a")}), "",
			"R endpoint.hour 0 to 730 = 0.00 to 7.30 (only the deployment decides its type)\nR endpoint.gb by use, 0.01, 0.006 above 1048576, 0.004 above 5242880",
		},
		"data of an endpoint whose type the deployment decides": {
			resource(vpcEndpoint, object{"VpcEndpointType": ref("Any"), "ServiceName": "com.amazonaws.us-east-1.logs", "SubnetIds": ids("subnet-a")}), `"monthly_data_processed_gb": 100`,
			"R endpoint.hour 0 to 730 = 0.00 to 7.30 (only the deployment decides its type)\nR endpoint.gb 0 to 100 = 0.00 to 1.00 (only the deployment decides its type)",
		},
		"an endpoint to another Region": {
			resource(vpcEndpoint, object{"VpcEndpointType": "Interface", "ServiceName": "com.amazonaws.eu-west-1.logs", "ServiceRegion": "eu-west-1", "SubnetIds": ids("subnet-a")}), "",
			"R endpoint.hour 730 = 7.30\nR endpoint.gb by use, 0.01, 0.006 above 1048576, 0.004 above 5242880\nR endpoint.cross-region by use, ?",
		},
		"data of an endpoint to another Region": {
			resource(vpcEndpoint, object{"VpcEndpointType": "Interface", "ServiceName": "com.amazonaws.eu-west-1.logs", "ServiceRegion": "eu-west-1", "SubnetIds": ids("subnet-a")}),
			`"monthly_data_processed_gb": 100`, "R endpoint.hour 730 = 7.30\nR endpoint.gb 100 = 1.00\nR endpoint.cross-region 100 = ?",
		},
		"data of an endpoint to a Region that the deployment decides": {
			resource(vpcEndpoint, object{"VpcEndpointType": "Interface", "ServiceName": "com.amazonaws.eu-west-1.logs", "ServiceRegion": ref("Any"), "SubnetIds": ids("subnet-a")}),
			`"monthly_data_processed_gb": 100`,
			"R endpoint.hour 730 = 7.30\nR endpoint.gb 100 = 1.00\nR endpoint.cross-region 0 to 100 = at least 0.00 (only the deployment decides the Region of the service)",
		},
		"an endpoint to its own Region": {
			resource(vpcEndpoint, object{"VpcEndpointType": "Interface", "ServiceName": "com.amazonaws.us-east-1.logs", "ServiceRegion": "us-east-1", "SubnetIds": ids("subnet-a")}), "",
			"R endpoint.hour 730 = 7.30\nR endpoint.gb by use, 0.01, 0.006 above 1048576, 0.004 above 5242880",
		},
		"an endpoint to the Region of the stack": {
			resource(vpcEndpoint, object{"VpcEndpointType": "Interface", "ServiceName": "com.amazonaws.us-east-1.logs", "ServiceRegion": ref("AWS::Region"), "SubnetIds": ids("subnet-a")}), "",
			"R endpoint.hour 730 = 7.30\nR endpoint.gb by use, 0.01, 0.006 above 1048576, 0.004 above 5242880",
		},
		"data through a gateway endpoint": {
			resource(vpcEndpoint, object{"ServiceName": "com.amazonaws.us-east-1.s3"}), `"monthly_data_processed_gb": 100`,
			"note: monthly_data_processed_gb of Stack/R is in the usage file, and nothing in the bill is charged by it",
		},
		"an endpoint that only the deployment decides on": {
			maybe(endpoint(1)), `"monthly_data_processed_gb": 100`,
			"R endpoint.hour 0 to 730 = 0.00 to 7.30 (only the deployment decides whether it exists)\n" +
				"R endpoint.gb 0 to 100 = 0.00 to 1.00 (only the deployment decides whether it exists)\n" + someService,
		},
		"an ALB that only the deployment decides on": {
			maybe(loadBalancer("application")), `"new_connections": 50`,
			"R alb.hour 0 to 730 = 0.00 to 16.43 (only the deployment decides whether it exists)\nR alb.lcu 0 to 1460 = 0.00 to 11.68 (only the deployment decides whether it exists)",
		},
		"an ALB that reserves capacity": {
			resource(elb, object{"Scheme": "internal", "MinimumLoadBalancerCapacity": object{"CapacityUnits": 100}}), "",
			"R alb.hour 730 = 16.43\nR alb.lcu by use, 0.008\nnot priced: 1 AWS::ElasticLoadBalancingV2::LoadBalancer (capacity units that it reserves)",
		},
		"data of an ALB between zones": {
			loadBalancer("application"), `"monthly_cross_zone_gb": 100`,
			"R alb.hour 730 = 16.43\nR alb.lcu by use, 0.008\nnote: monthly_cross_zone_gb of Stack/R is in the usage file, and nothing in the bill is charged by it",
		},
		"an NLB with what only an ALB has": {
			loadBalancer("network"), `"rule_evaluations": 100, "monthly_cross_zone_gb": 100`,
			"R nlb.hour 730 = 16.43\nR nlb.lcu by use, 0.006\nnote: monthly_cross_zone_gb of Stack/R is in the usage file, and nothing in the bill is charged by it\n" +
				"note: rule_evaluations of Stack/R is in the usage file, and nothing in the bill is charged by it",
		},
		"an internal ALB": {loadBalancer("application"), "", "R alb.hour 730 = 16.43\nR alb.lcu by use, 0.008"},
		"an ALB whose data needs most": {
			loadBalancer("application"), `"new_connections": 10, "active_connections": 900, "processed_bytes_gb": 730, "rule_evaluations": 100`,
			"R alb.hour 730 = 16.43\nR alb.lcu 730 = 5.84",
		},
		"an ALB whose new connections need most": {
			loadBalancer("application"), `"new_connections": 50, "active_connections": 3000`, "R alb.hour 730 = 16.43\nR alb.lcu 1460 = 11.68",
		},
		"an ALB whose active connections need most": {
			loadBalancer("application"), `"new_connections": 25, "active_connections": 9000`, "R alb.hour 730 = 16.43\nR alb.lcu 2190 = 17.52",
		},
		"an ALB whose rules need most": {
			loadBalancer("application"), `"rule_evaluations": 1500`, "R alb.hour 730 = 16.43\nR alb.lcu 1095 = 8.76",
		},
		"an idle ALB": {loadBalancer("application"), `"new_connections": 0`, "R alb.hour 730 = 16.43\nR alb.lcu 0 = 0.00"},
		"a public ALB": {
			resource(elb, object{"Scheme": "internet-facing", "Subnets": ids(subnetsAB)}), "",
			"R alb.hour 730 = 16.43\nR alb.lcu by use, 0.008\nR ipv4.hour 1460 = 7.30\nnote: data that leaves for the internet is not in the bill\nnote: an internet-facing ALB that scales out has more than one public address in a zone",
		},
		"a public ALB without IPv4": {
			resource(elb, object{"IpAddressType": "dualstack-without-public-ipv4", "Subnets": ids(subnetsAB)}), "", "R alb.hour 730 = 16.43\nR alb.lcu by use, 0.008\nnote: data that leaves for the internet is not in the bill",
		},
		"an ALB whose scheme the deployment decides": {
			resource(elb, object{"Scheme": ref("Any"), "Subnets": ids("subnet-a")}), "",
			"R alb.hour 730 = 16.43\nR alb.lcu by use, 0.008\nR ipv4.hour 0 to 730 = 0.00 to 3.65 (only the deployment decides its scheme)\n" +
				"note: data that leaves for the internet is not in the bill\nnote: an internet-facing ALB that scales out has more than one public address in a zone",
		},
		"a public NLB with an address of its own in one zone": {
			resource(elb, object{"Type": "network", "SubnetMappings": list{object{"SubnetId": "subnet-a", "AllocationId": "eipalloc-1"}, object{"SubnetId": "subnet-b"}}}), "",
			"R nlb.hour 730 = 16.43\nR nlb.lcu by use, 0.006\nR ipv4.hour 730 = 3.65\nnote: data that leaves for the internet is not in the bill",
		},
		"an NLB of unknown protocols": {
			loadBalancer("network"), `"new_connections": 400`,
			"R nlb.hour 730 = 16.43\nR nlb.lcu 365 to 5840 = 2.19 to 35.04 (by which of its protocols the connections are)",
		},
		"a load balancer whose type the deployment decides": {
			resource(elb, object{"Type": ref("Any"), "Scheme": "internal"}), "",
			"not priced: 1 AWS::ElasticLoadBalancingV2::LoadBalancer (only the deployment decides its type)",
		},
		"a Gateway Load Balancer": {
			resource(elb, object{"Type": "gateway", "Scheme": "internal"}), "", "not priced: 1 AWS::ElasticLoadBalancingV2::LoadBalancer (a Gateway Load Balancer)",
		},
		"a NAT gateway": {
			resource("AWS::EC2::NatGateway", object{"SubnetId": "subnet-a", "AllocationId": "eipalloc-1"}), `"monthly_data_processed_gb": 100`,
			"R nat.hour 730 = 32.85\nR nat.gb 100 = 4.50\nnote: data that leaves for the internet is not in the bill",
		},
		"a regional NAT gateway": {
			resource("AWS::EC2::NatGateway", object{"VpcId": "vpc-1", "AvailabilityMode": "regional"}), "",
			"R nat.hour at least 730 = at least 32.85 (a regional NAT gateway costs for each zone that it works in)\nR nat.gb by use, 0.045\nnote: data that leaves for the internet is not in the bill",
		},
		"an Elastic IP address":             {resource("AWS::EC2::EIP", object{}), "", "R ipv4.hour 730 = 3.65"},
		"an address that the owner brought": {resource("AWS::EC2::EIP", object{"PublicIpv4Pool": "ipv4pool-ec2-1"}), "", ""},
		"a peering connection": {
			resource("AWS::EC2::VPCPeeringConnection", object{"VpcId": "vpc-1", "PeerVpcId": "vpc-2", "PeerOwnerId": provider}), `"monthly_cross_zone_gb": 250`,
			"R cross-zone.gb 250 = 2.50 (data into or out of its VPC, to another zone)\nR cross-zone.gb 250 = 2.50 by " + provider + " (data into or out of its VPC, to another zone)",
		},
		"a peering connection to another Region": {
			resource("AWS::EC2::VPCPeeringConnection", object{"VpcId": "vpc-1", "PeerVpcId": "vpc-2", "PeerRegion": "eu-west-1"}), "",
			"not priced: 1 AWS::EC2::VPCPeeringConnection (data between Regions)",
		},
		"an attachment": {
			resource("AWS::EC2::TransitGatewayAttachment", object{}), `"monthly_data_processed_gb": 100`,
			"R transit-gateway.hour 730 = 36.50\nR transit-gateway.gb 100 = 2.00",
		},
		"an attachment to another gateway": {
			resource("AWS::EC2::TransitGatewayPeeringAttachment", object{"PeerRegion": "eu-west-1"}), "",
			"R transit-gateway.hour 730 = 36.50\nnot priced: 1 AWS::EC2::TransitGatewayPeeringAttachment (data between Regions)",
		},
		"a service of VPC Lattice": {
			resource(lattice, object{}), `"monthly_data_processed_gb": 100, "monthly_requests": 220000000`,
			"R lattice.hour 730 = 18.25\nR lattice.gb 100 = 2.50\nR lattice.requests 1 = 0.10\n" +
				"note: requests to VPC Lattice are taken to come evenly: 300,000 in each hour are free, and a peak above that is not",
		},
		"a service of VPC Lattice with free requests": {
			resource(lattice, object{}), `"monthly_requests": 1000000`,
			"R lattice.hour 730 = 18.25\nR lattice.gb by use, 0.025\nR lattice.requests 0 = 0.00\n" +
				"note: requests to VPC Lattice are taken to come evenly: 300,000 in each hour are free, and a peak above that is not",
		},
		"a resource in a service network": {
			resource("AWS::VpcLattice::ServiceNetworkResourceAssociation", object{}), "", "R lattice.resource.hour 730 = 73.00\nR lattice.resource.gb by use, 0.01",
		},
		"a hosted zone": {
			resource("AWS::Route53::HostedZone", object{"Name": "example.com"}), `"monthly_standard_queries": 5000000`,
			"R route53.zone 1 = 0.50\nR route53.queries 5 = 2.00",
		},
		"a Route 53 Profile": {resource("AWS::Route53Profiles::Profile", object{}), "", "R profile.hour 730 = 547.50"},
		"a VPC of a profile": {resource("AWS::Route53Profiles::ProfileAssociation", object{}), "", "R profile.vpc.hour 730 = 0.00"},
		"a web ACL": {
			resource("AWS::WAFv2::WebACL", object{"Rules": list{
				object{"Name": "common", "Priority": 1, "Statement": object{"ManagedRuleGroupStatement": object{"Name": "AWSManagedRulesCommonRuleSet"}}},
				object{"Name": "bots", "Priority": 2, "Statement": object{"ManagedRuleGroupStatement": object{"Name": "AWSManagedRulesBotControlRuleSet"}}},
			}}), `"monthly_requests": 10000000`,
			"R waf.acl 1 = 5.00\nR waf.rule 2 = 2.00\nR waf.requests 10 = 6.00\nnote: AWSManagedRulesBotControlRuleSet of Stack/R costs more than a rule, which is not in the bill",
		},
		"a web ACL whose rules the deployment decides": {
			resource("AWS::WAFv2::WebACL", object{"Rules": ref("AnyList")}), "",
			"R waf.acl 1 = 5.00\nR waf.rule at least 0 = at least 0.00 (only the deployment decides the rules)\nR waf.requests by use, 0.6",
		},
		"a rule group": {resource("AWS::WAFv2::RuleGroup", object{"Rules": list{object{"Name": "a"}, object{"Name": "b"}}}), "", "R waf.rule 2 = 2.00"},
		"an alarm":     {resource("AWS::CloudWatch::Alarm", object{"Period": 60}), "", "R alarm 1 = 0.10"},
		"an alarm of high resolution": {
			resource("AWS::CloudWatch::Alarm", object{"Period": 10}), "", "R alarm.high-resolution 1 = 0.30",
		},
		"an alarm on two metrics": {
			resource("AWS::CloudWatch::Alarm", object{"Metrics": list{
				object{"Id": "a", "MetricStat": object{"Period": 300}}, object{"Id": "b", "MetricStat": object{"Period": 300}}, object{"Id": "c", "Expression": "a + b"},
			}}), "", "R alarm 2 = 0.20",
		},
		"an alarm on an anomaly": {
			resource("AWS::CloudWatch::Alarm", object{"Metrics": list{
				object{"Id": "a", "MetricStat": object{"Period": 10}}, object{"Id": "b", "Expression": "ANOMALY_DETECTION_BAND(a)"},
			}}), "", "R alarm.high-resolution 3 = 0.90",
		},
		"an alarm on what it finds": {
			resource("AWS::CloudWatch::Alarm", object{"Metrics": list{object{"Id": "a", "Expression": "SELECT MAX(x) FROM y"}}}), "",
			"R alarm at least 1 = at least 0.10 (as many metrics as its expression finds)",
		},
		"a composite alarm": {resource("AWS::CloudWatch::CompositeAlarm", object{}), "", "R alarm.composite 1 = 0.50"},
		"a dashboard":       {resource("AWS::CloudWatch::Dashboard", object{}), "", "R dashboard 1 = 3.00"},
		"a rule of Contributor Insights": {
			resource("AWS::CloudWatch::InsightRule", object{}), `"monthly_events": 2000000`, "R contributor-insights.rule 1 = 0.50\nR contributor-insights.events 2 = 0.04",
		},
		"a log group": {
			resource("AWS::Logs::LogGroup", object{}), `"monthly_data_ingested_gb": 3`,
			"R logs.gb 3 = 1.50\nR logs.insights.gb by use, 0.005\nnote: what log groups store is not in the bill",
		},
		"a log group of another class": {
			resource("AWS::Logs::LogGroup", object{"LogGroupClass": "INFREQUENT_ACCESS"}), "",
			"not priced: 1 AWS::Logs::LogGroup (a log class that is not the standard one, or that only the deployment decides)",
		},
		"a log group of the standard class": {
			resource("AWS::Logs::LogGroup", object{"LogGroupClass": "STANDARD"}), "",
			"R logs.gb by use, 0.5\nR logs.insights.gb by use, 0.005\nnote: what log groups store is not in the bill",
		},
		"a certificate": {resource("AWS::CertificateManager::Certificate", object{}), "", ""},
		"a certificate that may be exported": {
			resource("AWS::CertificateManager::Certificate", object{"CertificateExport": "ENABLED"}), "",
			"not priced: 1 AWS::CertificateManager::Certificate (a certificate that may be exported, by domain name)",
		},
		"a metric filter": {
			resource("AWS::Logs::MetricFilter", object{"MetricTransformations": list{object{"MetricName": "a"}}}), "", "R metric 1 = 0.30",
		},
		"a metric filter with dimensions": {
			resource("AWS::Logs::MetricFilter", object{"MetricTransformations": list{object{"Dimensions": list{object{"Key": "a", "Value": "$.a"}}}}}), "",
			"R metric at least 1 = at least 0.30 (one for each value of its dimensions)",
		},
		"a key": {resource("AWS::KMS::Key", object{}), "", "R kms.key 1 = 1.00"},
		"a key that rotates": {
			resource("AWS::KMS::Key", object{"EnableKeyRotation": true}), "",
			"R kms.key 1 = 1.00\nnote: a key that rotates costs as much again for each of its first rotations, which are not in the bill",
		},
		"a standard parameter": {resource("AWS::SSM::Parameter", object{"Type": "String", "Value": "a"}), "", ""},
		"an advanced parameter": {
			resource("AWS::SSM::Parameter", object{"Type": "String", "Value": "a", "Tier": "Advanced"}), "", "R ssm.advanced 1 = 0.05?",
		},
		"a parameter whose tier its size decides": {
			resource("AWS::SSM::Parameter", object{"Type": "String", "Value": "a", "Tier": "Intelligent-Tiering"}), "",
			"R ssm.advanced 0 to 1 = 0.00 to 0.05? (only its deployment decides the tier)",
		},
		"an endpoint service with Contributor Insights": {
			resource("AWS::EC2::VPCEndpointService", object{"ContributorInsightsEnabled": true}), `"monthly_events": 3000000`,
			"R contributor-insights.rule 4 = 2.00\nR contributor-insights.events 3 = 0.06",
		},
		"an endpoint service whose Contributor Insights the deployment decides": {
			resource("AWS::EC2::VPCEndpointService", object{"ContributorInsightsEnabled": ref("Any")}), `"monthly_events": 3000000`,
			"R contributor-insights.rule 0 to 4 = 0.00 to 2.00 (only the deployment decides whether Contributor Insights is on)\n" +
				"R contributor-insights.events 0 to 3 = 0.00 to 0.06 (only the deployment decides whether Contributor Insights is on)",
		},
		"a flow log into a log group": {
			resource("AWS::EC2::FlowLog", object{"LogGroupName": "flows"}), "", "note: what is delivered into log groups is charged as their data",
		},
		"a flow log into S3": {
			resource("AWS::EC2::FlowLog", object{"LogDestinationType": "s3"}), `"monthly_data_delivered_gb": 10241`, "R logs.delivered.gb 10241 = 2560.15?",
		},
		"a flow log whose destination the deployment decides": {
			resource("AWS::EC2::FlowLog", object{"LogDestinationType": ref("Any")}), "",
			"not priced: 1 AWS::EC2::FlowLog (where it delivers to, which only the deployment decides)",
		},
		"a delivery of logs to somewhere else": {
			resource("AWS::Logs::Delivery", object{"DeliveryDestinationArn": "arn:aws:logs:us-east-1:1:delivery-destination:a"}), "",
			"not priced: 1 AWS::Logs::Delivery (where it delivers to, which only the deployment decides)",
		},
		"a saved query": {resource("AWS::Logs::QueryDefinition", object{}), "", ""},
		"an endpoint service with consumers in other Regions": {
			resource("AWS::EC2::VPCEndpointService", object{"SupportedRegions": list{"us-east-1", "eu-west-1"}}), "",
			"not priced: 1 AWS::EC2::VPCEndpointService (consumers in other Regions)",
		},
		"an endpoint service of its own Region": {resource("AWS::EC2::VPCEndpointService", object{"SupportedRegions": list{"us-east-1"}}), "", ""},
		"an endpoint service":                   {resource("AWS::EC2::VPCEndpointService", object{"ContributorInsightsEnabled": false}), "", ""},
		"a security group":                      {resource("AWS::EC2::SecurityGroup", object{}), "", ""},
		"a function":                            {resource("AWS::Lambda::Function", object{}), "", "not priced: 1 AWS::Lambda::Function (its invocations, their duration and memory, and the metrics and logs that it writes)"},
		"a type of the future":                  {resource("AWS::New::Thing", object{}), "", "not priced: 1 AWS::New::Thing ()"},
		"a custom resource":                     {resource("Custom::Thing", object{}), "", "not priced: 1 Custom::Thing (what its code makes is not in the template)"},
	} {
		t.Run(name, func(t *testing.T) {
			n := load(t, "us-east-1", map[string]stack{"Stack": {consumer, object{"R": tc.r}}})
			o := cost.Options{}
			if tc.usage != "" {
				o.Usage = usage(t, n, `{"version": 1, "resource_usage": {"Stack/R": {`+tc.usage+`}}}`)
			}
			if got := show(billOf(t, n, o)); got != tc.want {
				t.Errorf("got\n%s\nwant\n%s", got, tc.want)
			}
		})
	}
}
