package reachability_test

import (
	"fmt"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/growthtest"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// growingOverInternet adds n things of a kind to the base over the internet, far above the quotas of AWS.
var growingOverInternet = map[string]func(api, client template, n int){
	"clients": func(_, client template, n int) {
		for i := range n {
			client.resources()[fmt.Sprintf("Caller%d", i)] = client.resource("Caller")
		}
	},
	"clients and addresses of the allow-list": func(api, client template, n int) {
		for i := range n {
			client.resources()[fmt.Sprintf("Caller%d", i)] = client.resource("Caller")
		}
		api.properties("AlbGroup")["SecurityGroupIngress"] = blocks(n)
	},
	"clients with addresses of their own": func(api, client template, n int) {
		for i := range n {
			client.add(fmt.Sprintf("Eip%d", i), "AWS::EC2::EIP", object{"InstanceId": ref(fmt.Sprintf("Machine%d", i))})
			client.add(fmt.Sprintf("Machine%d", i), "AWS::EC2::Instance", object{"SubnetId": ref("PublicA"), "SecurityGroupIds": array{groupID("ClientGroup")}})
		}
		api.properties("AlbFromClientA")["CidrIp"] = "0.0.0.0/0"
	},
	"routes of the client": func(_, client template, n int) {
		for i := range n {
			client.add(fmt.Sprintf("Route%d", i), "AWS::EC2::Route", object{
				"RouteTableId": ref("TableA"), "DestinationCidrBlock": fmt.Sprintf("172.%d.%d.%d/32", 16+i/65536, i/256%256, i%256), "TransitGatewayId": "tgw-1",
			})
		}
	},
	"second addresses of a NAT gateway": func(_, client template, n int) {
		client.properties("NatA")["SecondaryAllocationIds"] = many(n, func(i int) any { return fmt.Sprintf("eipalloc-%d", i) })
	},
	"exclusions from VPC Block Public Access": func(_, client template, n int) {
		client.add("Block", "AWS::EC2::VPCBlockPublicAccessOptions", object{"InternetGatewayBlockMode": "block-bidirectional"})
		for i := range n {
			client.add(fmt.Sprintf("Exclusion%d", i), "AWS::EC2::VPCBlockPublicAccessExclusion", object{"SubnetId": fmt.Sprintf("subnet-%d", i), "InternetGatewayExclusionMode": "allow-egress"})
		}
	},
	"weighted records to one ALB": func(api, _ template, n int) {
		record := api.properties("Record")
		for i := range n {
			one := object{"SetIdentifier": fmt.Sprint(i), "Weight": 1}
			for key, value := range record {
				one[key] = value
			}
			api.add(fmt.Sprintf("Record%d", i), "AWS::Route53::RecordSet", one)
		}
		api.drop("Record")
	},
	"rules of a web ACL": func(api, _ template, n int) {
		api.add("Set", "AWS::WAFv2::IPSet", object{"Scope": "REGIONAL", "IPAddressVersion": "IPV4", "Addresses": array{"203.0.113.0/24"}})
		api.add("Acl", "AWS::WAFv2::WebACL", object{"Scope": "REGIONAL", "DefaultAction": object{"Allow": object{}}, "Rules": many(n, func(i int) any {
			return object{"Name": fmt.Sprint(i), "Priority": i, "Action": object{"Count": object{}}, "Statement": object{"IPSetReferenceStatement": object{"Arn": object{"Fn::GetAtt": array{"Set", "Arn"}}}}}
		})})
		api.add("AclOf", "AWS::WAFv2::WebACLAssociation", object{"ResourceArn": ref("Alb"), "WebACLArn": object{"Fn::GetAtt": array{"Acl", "Arn"}}})
	},
}

// Ten times the resources on both sides of the internet take about ten times as long.
func TestGrowthOverInternet(t *testing.T) {
	for name, add := range growingOverInternet {
		t.Run(name, func(t *testing.T) {
			growthtest.Linear(t, 500, func(n int) func() {
				stacks := findCase(t, "public/calls", "a client calls over the internet, and its NAT gateways are on the allow-list").Load(t)
				add(stacks.Doc(t, "Api"), stacks.Doc(t, "Client"), n)
				model := loadCase(t, stacks)
				return func() { model.Prove(reachability.Question{}) }
			})
		})
	}
}
