package reachability_test

import (
	"fmt"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/growthtest"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// groupID is the ID of a security group.
func groupID(id string) object { return object{"Fn::GetAtt": array{id, "GroupId"}} }

// growing adds n things of a kind to the small base, far above the quotas of AWS.
var growing = map[string]func(provider, consumer template, n int){
	"rules of the client's group, for other ports": func(_, consumer template, n int) {
		consumer.properties("ClientGroup")["SecurityGroupEgress"] = many(n, func(i int) any {
			port := 1_000 + i%50_000
			return object{"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "DestinationSecurityGroupId": groupID("EndpointGroup")}
		})
		consumer.drop("ClientToEndpoint")
	},
	"rules of the endpoint's group, for single addresses": func(_, consumer template, n int) {
		consumer.properties("EndpointGroup")["SecurityGroupIngress"] = blocks(n)
		consumer.drop("EndpointFromClient")
	},
	"rules of the NLB's group, for single addresses": func(provider, _ template, n int) {
		provider.properties("NlbGroup")["SecurityGroupIngress"] = blocks(n)
		delete(provider.properties("Nlb"), "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic")
	},
	"rules for groups that nothing has": func(_, consumer template, n int) {
		for i := range n {
			id := fmt.Sprintf("Other%d", i)
			consumer.add(id, "AWS::EC2::SecurityGroup", object{"GroupDescription": id, "VpcId": ref("Vpc")})
			consumer.add(id+"Rule", "AWS::EC2::SecurityGroupIngress", object{
				"GroupId": groupID("EndpointGroup"), "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "SourceSecurityGroupId": groupID(id),
			})
		}
	},
	"groups of the client": func(_, consumer template, n int) {
		awsvpc := consumer.properties("Client")["NetworkConfiguration"].(object)["AwsvpcConfiguration"].(object)
		groups := awsvpc["SecurityGroups"].(array)
		for i := range n {
			id := fmt.Sprintf("Other%d", i)
			consumer.add(id, "AWS::EC2::SecurityGroup", object{
				"GroupDescription": id, "VpcId": ref("Vpc"), "SecurityGroupEgress": array{object{"IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "10.9.0.0/16"}},
			})
			groups = append(groups, groupID(id))
		}
		awsvpc["SecurityGroups"] = groups
	},
	"clients": func(_, consumer template, n int) {
		for i := range n {
			consumer.resources()[fmt.Sprintf("Client%d", i)] = consumer.resource("Client")
		}
	},
	"weighted target groups": func(provider, _ template, n int) {
		groups := many(n, func(int) any { return object{"TargetGroupArn": ref("Targets"), "Weight": 1} })
		provider.forward(groups)
	},
	"weighted target groups with a weight that is undecided": func(provider, _ template, n int) {
		groups := many(n, func(int) any { return object{"TargetGroupArn": ref("Targets"), "Weight": ref("Undecided")} })
		provider.forward(groups)
	},
	"target groups that are different": func(provider, _ template, n int) {
		provider.forward(many(n, func(i int) any {
			id := fmt.Sprintf("Targets%d", i)
			provider.resources()[id] = provider.resource("Targets")
			return object{"TargetGroupArn": ref(id), "Weight": 1}
		}))
	},
	"zones of other names": func(_, consumer template, n int) {
		for i := range n {
			consumer.add(fmt.Sprintf("Zone%d", i), "AWS::Route53::HostedZone", object{
				"Name": fmt.Sprintf("z%d.company.com", i), "VPCs": array{object{"VPCId": ref("Vpc"), "VPCRegion": "eu-west-1"}},
			})
		}
	},
	"zones of the same name in other VPCs": func(_, consumer template, n int) {
		for i := range n {
			consumer.add(fmt.Sprintf("Zone%d", i), "AWS::Route53::HostedZone", object{
				"Name": "api.company.com", "VPCs": array{object{"VPCId": fmt.Sprintf("vpc-%d", i), "VPCRegion": "eu-west-1"}},
			})
		}
	},
	"VPCs of the zone": func(_, consumer template, n int) {
		zone := consumer.properties("Zone")
		zone["VPCs"] = append(many(n, func(i int) any { return object{"VPCId": fmt.Sprintf("vpc-%d", i), "VPCRegion": "eu-west-1"} }), zone["VPCs"].(array)...)
	},
	"records of one name": func(_, consumer template, n int) {
		for i := range n {
			id := fmt.Sprintf("Record%d", i)
			consumer.add(id, "AWS::Route53::RecordSet", object{
				"HostedZoneId": ref("Zone"), "Name": "api.company.com", "Type": "A", "SetIdentifier": id, "Weight": 1,
				"AliasTarget": consumer.properties("Record")["AliasTarget"],
			})
		}
	},
	"records of other names": func(_, consumer template, n int) {
		for i := range n {
			consumer.add(fmt.Sprintf("Record%d", i), "AWS::Route53::RecordSet", object{
				"HostedZoneId": ref("Zone"), "Name": fmt.Sprintf("n%d.api.company.com", i), "Type": "A", "TTL": 60, "ResourceRecords": array{"10.0.0.1"},
			})
		}
	},
	"endpoints of the service": func(_, consumer template, n int) {
		for i := range n {
			consumer.resources()[fmt.Sprintf("Endpoint%d", i)] = consumer.resource("Endpoint")
		}
	},
	"endpoints to AWS": func(_, consumer template, n int) {
		for i := range n {
			consumer.add(fmt.Sprintf("Aws%d", i), "AWS::EC2::VPCEndpoint", object{
				"VpcEndpointType": "Interface", "VpcId": ref("Vpc"), "SubnetIds": array{ref("SubnetA")}, "SecurityGroupIds": array{groupID("EndpointGroup")},
				"PrivateDnsEnabled": true, "ServiceName": fmt.Sprintf("com.amazonaws.eu-west-1.service%d", i),
			})
		}
	},
	"route tables": func(_, consumer template, n int) {
		for i := range n {
			id := fmt.Sprintf("Table%d", i)
			consumer.add(id, "AWS::EC2::RouteTable", object{"VpcId": ref("Vpc")})
			consumer.add(id+"Of", "AWS::EC2::SubnetRouteTableAssociation", object{"RouteTableId": ref(id), "SubnetId": ref("SubnetA")})
			consumer.add(id+"Route", "AWS::EC2::Route", object{"RouteTableId": ref(id), "DestinationCidrBlock": "10.9.0.0/16", "NatGatewayId": "nat-1"})
		}
	},
	"entries of an ACL": func(_, consumer template, n int) { consumer.addAcl(n) },
	"subnets of the client": func(_, consumer template, n int) {
		awsvpc := consumer.properties("Client")["NetworkConfiguration"].(object)["AwsvpcConfiguration"].(object)
		subnets := awsvpc["Subnets"].(array)
		for i := range n {
			id := fmt.Sprintf("Subnet%d", i)
			consumer.add(id, "AWS::EC2::Subnet", object{"VpcId": ref("Vpc"), "AvailabilityZone": "eu-west-1a", "CidrBlock": fmt.Sprintf("10.1.%d.%d/32", i/256%256, i%256)})
			subnets = append(subnets, ref(id))
		}
		awsvpc["Subnets"] = subnets
	},
	"principals": func(provider, _ template, n int) {
		permissions := provider.properties("Permissions")
		permissions["AllowedPrincipals"] = append(many(n, func(i int) any { return fmt.Sprintf("arn:aws:iam::%012d:root", i) }), permissions["AllowedPrincipals"].(array)...)
	},
	"permissions": func(provider, _ template, n int) {
		for i := range n {
			provider.add(fmt.Sprintf("Permissions%d", i), "AWS::EC2::VPCEndpointServicePermissions", object{
				"ServiceId": ref("EndpointService"), "AllowedPrincipals": array{fmt.Sprintf("arn:aws:iam::%012d:root", i)},
			})
		}
	},
	"listeners of the NLB": func(provider, _ template, n int) {
		for i := range n {
			l := object{}
			for k, v := range provider.properties("NlbListener") {
				l[k] = v
			}
			l["Port"] = 1_000 + i
			provider.add(fmt.Sprintf("Listener%d", i), "AWS::ElasticLoadBalancingV2::Listener", l)
		}
	},
	"listeners of the ALB": func(provider, _ template, n int) {
		for i := range n {
			l := object{}
			for k, v := range provider.properties("AlbListener") {
				l[k] = v
			}
			l["Port"] = 1_000 + i
			provider.add(fmt.Sprintf("Listener%d", i), "AWS::ElasticLoadBalancingV2::Listener", l)
		}
	},
	"rules of the ALB that answer": func(provider, _ template, n int) {
		for i := range n {
			provider.add(fmt.Sprintf("Rule%d", i), "AWS::ElasticLoadBalancingV2::ListenerRule", object{
				"ListenerArn": ref("AlbListener"), "Priority": 10 + i, "Conditions": array{object{"Field": "path-pattern", "Values": array{fmt.Sprintf("/a%d/*", i)}}},
				"Actions": array{object{"Type": "fixed-response", "FixedResponseConfig": object{"StatusCode": "404"}}},
			})
		}
	},
	"rules of the ALB with star patterns": func(provider, _ template, n int) {
		for i := range n / 20 {
			provider.addRule(i, nil, array{fmt.Sprintf("/a%d*b*", i), fmt.Sprintf("/*c%d*d", i), fmt.Sprintf("/e*f*%d", i), fmt.Sprintf("*h%d*", i), fmt.Sprintf("/i%d*", i)})
		}
	},
	"targets": func(provider, _ template, n int) {
		for i := range n {
			provider.resources()[fmt.Sprintf("Task%d", i)] = provider.resource("App")
		}
	},
	"blocks of the VPC": func(_, consumer template, n int) {
		for i := range n {
			consumer.add(fmt.Sprintf("Block%d", i), "AWS::EC2::VPCCidrBlock", object{"VpcId": ref("Vpc"), "CidrBlock": fmt.Sprintf("100.64.%d.%d/28", i/16%256, i%16*16)})
		}
	},
	"certificates of the listener": func(provider, _ template, n int) {
		for i := range n {
			id := fmt.Sprintf("Certificate%d", i)
			provider.add(id, "AWS::CertificateManager::Certificate", object{"DomainName": fmt.Sprintf("c%d.company.com", i)})
			provider.add(id+"Of", "AWS::ElasticLoadBalancingV2::ListenerCertificate", object{"ListenerArn": ref("AlbListener"), "Certificates": array{object{"CertificateArn": ref(id)}}})
		}
	},
}

func many(n int, one func(i int) any) array {
	list := make(array, n)
	for i := range list {
		list[i] = one(i)
	}
	return list
}

// blocks are rules for single addresses, which cover no subnet.
func blocks(n int) array {
	return many(n, func(i int) any {
		return object{"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "CidrIp": fmt.Sprintf("10.1.%d.%d/32", i/256%256, i%256)}
	})
}

// forward makes the default action of the ALB's listener forward to target groups.
func (t template) forward(groups array) {
	t.properties("AlbListener")["DefaultActions"] = array{object{"Type": "forward", "ForwardConfig": object{"TargetGroups": groups}}}
}

// Proofs of ten times as many take about ten times as long.
func TestProofGrowsWithTheTemplates(t *testing.T) {
	for name, add := range growing {
		t.Run(name, func(t *testing.T) {
			growthtest.Linear(t, 1_000, func(n int) func() {
				stacks, provider, consumer := smallPair(t)
				add(provider, consumer, n)
				model := loadCase(t, stacks)
				return func() {
					if report := model.Prove(reachability.Question{}); report.Stopped != nil {
						t.Fatal(report.Stopped)
					}
				}
			})
		})
	}
}
