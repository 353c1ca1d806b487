package network_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/growthtest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// growing are templates of n resources that belong to one, far above the quotas of AWS.
var growing = map[string]func(n int) string{
	"rules of a group": func(n int) string {
		return `"G":{"Type":"AWS::EC2::SecurityGroup","Properties":{"GroupDescription":"g","SecurityGroupIngress":[` +
			repeat(n, func(i int) string {
				return fmt.Sprintf(`{"IpProtocol":"tcp","FromPort":%d,"ToPort":%d,"CidrIp":"10.%d.%d.0/24"}`, i%65536, i%65536, i/256%256, i%256)
			}) + `]}}`
	},
	"rules that stand alone": func(n int) string {
		return `"G":{"Type":"AWS::EC2::SecurityGroup","Properties":{"GroupDescription":"g"}},` + repeat(n, func(i int) string {
			return fmt.Sprintf(`"R%d":{"Type":"AWS::EC2::SecurityGroupIngress","Properties":{"GroupId":{"Ref":"G"},"IpProtocol":"tcp","FromPort":443,"ToPort":443,"SourceSecurityGroupId":{"Ref":"G"}}}`, i)
		})
	},
	"listener rules": func(n int) string {
		return `"L":{"Type":"AWS::ElasticLoadBalancingV2::Listener","Properties":{"LoadBalancerArn":"arn","Port":443}},` + repeat(n, func(i int) string {
			return fmt.Sprintf(`"R%d":{"Type":"AWS::ElasticLoadBalancingV2::ListenerRule","Properties":{"ListenerArn":{"Ref":"L"},"Priority":%d,"Conditions":[{"Field":"path-pattern","PathPatternConfig":{"Values":["/a*b*","/*c*d","/e*f*g","*h*","/i*"]}}],"Actions":[{"Type":"fixed-response","FixedResponseConfig":{"StatusCode":"200"}}]}}`, i, i+1)
		})
	},
	"weighted target groups": func(n int) string {
		return `"T":{"Type":"AWS::ElasticLoadBalancingV2::TargetGroup","Properties":{"Port":443,"Protocol":"HTTPS"}},
"L":{"Type":"AWS::ElasticLoadBalancingV2::Listener","Properties":{"LoadBalancerArn":"arn","Port":443,"DefaultActions":[{"Type":"forward","ForwardConfig":{"TargetGroups":[` +
			repeat(n, func(i int) string { return fmt.Sprintf(`{"TargetGroupArn":"arn:%d","Weight":1}`, i) }) + `]}}]}}`
	},
	"alternate target groups": func(n int) string {
		return `"T":{"Type":"AWS::ElasticLoadBalancingV2::TargetGroup","Properties":{"Port":443,"Protocol":"HTTPS"}},
"L":{"Type":"AWS::ElasticLoadBalancingV2::Listener","Properties":{"LoadBalancerArn":"arn","Port":443,"DefaultActions":[{"Type":"forward","ForwardConfig":{"TargetGroups":[` +
			repeat(n, func(int) string { return `{"TargetGroupArn":{"Ref":"T"},"Weight":1}` }) + `]}}]}},` + repeat(n, func(i int) string {
			return fmt.Sprintf(`"S%d":{"Type":"AWS::ECS::Service","Properties":{"LoadBalancers":[{"ContainerName":"a","ContainerPort":80,"TargetGroupArn":{"Ref":"T"},"AdvancedConfiguration":{"AlternateTargetGroupArn":"arn:%d"}}]}}`, i, i)
		})
	},
	"listeners of a group": func(n int) string {
		return `"T":{"Type":"AWS::ElasticLoadBalancingV2::TargetGroup","Properties":{"Port":443}},` + repeat(n, func(i int) string {
			return fmt.Sprintf(`"L%d":{"Type":"AWS::ElasticLoadBalancingV2::Listener","Properties":{"LoadBalancerArn":"arn","Port":443,"DefaultActions":[{"Type":"forward","TargetGroupArn":{"Ref":"T"}}]}}`, i)
		})
	},
	"entries of an ACL": func(n int) string {
		return `"A":{"Type":"AWS::EC2::NetworkAcl","Properties":{"VpcId":"vpc-1"}},` + repeat(n, func(i int) string {
			return fmt.Sprintf(`"E%d":{"Type":"AWS::EC2::NetworkAclEntry","Properties":{"NetworkAclId":{"Ref":"A"},"RuleNumber":%d,"Protocol":6,"RuleAction":"allow","CidrBlock":"10.0.0.0/8"}}`, i, i)
		})
	},
	"records of a zone": func(n int) string {
		return `"Z":{"Type":"AWS::Route53::HostedZone","Properties":{"Name":"corp"}},` + repeat(n, func(i int) string {
			return fmt.Sprintf(`"R%d":{"Type":"AWS::Route53::RecordSet","Properties":{"HostedZoneId":{"Ref":"Z"},"Name":"a.corp","Type":"A","SetIdentifier":"%d","Weight":1,"ResourceRecords":["10.0.0.1"]}}`, i, i)
		})
	},
	"members of a group": func(n int) string {
		return `"G":{"Type":"AWS::EC2::SecurityGroup","Properties":{"GroupDescription":"g"}},` + repeat(n, func(i int) string {
			return fmt.Sprintf(`"F%d":{"Type":"AWS::Lambda::Function","Properties":{"VpcConfig":{"SecurityGroupIds":[{"Ref":"G"}],"SubnetIds":["subnet-1"]}}}`, i)
		})
	},
	"groups of a workload": func(n int) string {
		return `"F":{"Type":"AWS::Lambda::Function","Properties":{"VpcConfig":{"SubnetIds":["subnet-1"],"SecurityGroupIds":[` +
			repeat(n, func(i int) string { return fmt.Sprintf(`"sg-%d"`, i) }) + `]}}}`
	},
	"services and VPCs of a service network": func(n int) string {
		return `"N":{"Type":"AWS::VpcLattice::ServiceNetwork"},` + repeat(n, func(i int) string {
			return fmt.Sprintf(`"S%d":{"Type":"AWS::VpcLattice::ServiceNetworkServiceAssociation","Properties":{"ServiceNetworkIdentifier":{"Ref":"N"},"ServiceIdentifier":"svc-%d"}},"V%d":{"Type":"AWS::VpcLattice::ServiceNetworkVpcAssociation","Properties":{"ServiceNetworkIdentifier":{"Fn::GetAtt":["N","Arn"]},"VpcIdentifier":"vpc-%d"}}`, i, i, i, i)
		})
	},
	"rules of a service that forward to one target group": func(n int) string {
		return `"T":{"Type":"AWS::VpcLattice::TargetGroup"},"S":{"Type":"AWS::VpcLattice::Service"},"L":{"Type":"AWS::VpcLattice::Listener","Properties":{"ServiceIdentifier":{"Ref":"S"},"Protocol":"HTTP"}},` + repeat(n, func(i int) string {
			return fmt.Sprintf(`"R%d":{"Type":"AWS::VpcLattice::Rule","Properties":{"ListenerIdentifier":{"Ref":"L"},"Priority":%d,"Match":{"HttpMatch":{"PathMatch":{"Match":{"Prefix":"/a%d"}}}},"Action":{"Forward":{"TargetGroups":[{"TargetGroupIdentifier":{"Ref":"T"}}]}}}}`, i, i+1, i)
		})
	},
	"names of a service": func(n int) string {
		return `"S":{"Type":"AWS::VpcLattice::Service"},` + repeat(n, func(i int) string {
			return fmt.Sprintf(`"R%d":{"Type":"AWS::Route53::RecordSet","Properties":{"HostedZoneId":"Z1","Name":"n%d.corp","Type":"A","AliasTarget":{"DNSName":{"Fn::GetAtt":["S","DnsEntry.DomainName"]}}}}`, i, i)
		})
	},
	"resources of a share": func(n int) string {
		return `"S":{"Type":"AWS::RAM::ResourceShare","Properties":{"ResourceArns":[` + repeat(n, func(i int) string {
			return fmt.Sprintf(`"arn:aws:vpc-lattice:eu-west-1:111111111111:service/svc-%d"`, i)
		}) + `]}}`
	},
	"policies of a role": func(n int) string {
		return `"R":{"Type":"AWS::IAM::Role"},` + repeat(n, func(i int) string {
			return fmt.Sprintf(`"P%d":{"Type":"AWS::IAM::Policy","Properties":{"PolicyName":"p","Roles":[{"Ref":"R"}],"PolicyDocument":{}}},"F%d":{"Type":"AWS::Lambda::Function","Properties":{"Role":{"Fn::GetAtt":["R","Arn"]},"VpcConfig":{"SubnetIds":["subnet-1"]}}}`, i, i)
		})
	},
	"routes of a table": func(n int) string {
		return `"T":{"Type":"AWS::EC2::RouteTable","Properties":{"VpcId":"vpc-1"}},` + repeat(n, func(i int) string {
			return fmt.Sprintf(`"R%d":{"Type":"AWS::EC2::Route","Properties":{"RouteTableId":{"Ref":"T"},"DestinationCidrBlock":"10.%d.%d.0/24","TransitGatewayId":"tgw-1"}}`, i, i/256%256, i%256)
		})
	},
	"attachments of a transit gateway": func(n int) string {
		return `"G":{"Type":"AWS::EC2::TransitGateway"},"T":{"Type":"AWS::EC2::TransitGatewayRouteTable","Properties":{"TransitGatewayId":{"Ref":"G"}}},` + repeat(n, func(i int) string {
			return fmt.Sprintf(`"A%d":{"Type":"AWS::EC2::TransitGatewayAttachment","Properties":{"TransitGatewayId":{"Ref":"G"},"VpcId":"vpc-%d","SubnetIds":["subnet-%d"]}},"P%d":{"Type":"AWS::EC2::TransitGatewayRouteTablePropagation","Properties":{"TransitGatewayRouteTableId":{"Ref":"T"},"TransitGatewayAttachmentId":{"Ref":"A%d"}}}`, i, i, i, i, i)
		})
	},
	"addresses of a VPC's NAT gateways": func(n int) string {
		return `"V":{"Type":"AWS::EC2::VPC"},"I":{"Type":"AWS::EC2::InternetGateway"},` + repeat(n, func(i int) string {
			return fmt.Sprintf(`"E%d":{"Type":"AWS::EC2::EIP"},"N%d":{"Type":"AWS::EC2::NatGateway","Properties":{"SubnetId":"subnet-1","AllocationId":{"Fn::GetAtt":["E%d","AllocationId"]}}},"A%d":{"Type":"AWS::EC2::VPCGatewayAttachment","Properties":{"VpcId":{"Ref":"V"},"InternetGatewayId":{"Ref":"I"}}}`, i, i, i, i)
		})
	},
	"exclusions of a subnet": func(n int) string {
		return repeat(n, func(i int) string {
			return fmt.Sprintf(`"E%d":{"Type":"AWS::EC2::VPCBlockPublicAccessExclusion","Properties":{"SubnetId":"subnet-1","InternetGatewayExclusionMode":"allow-egress"}}`, i)
		})
	},
	"rules of a web ACL, and addresses of its IP set": func(n int) string {
		return `"S":{"Type":"AWS::WAFv2::IPSet","Properties":{"Addresses":[` + repeat(n, func(i int) string { return fmt.Sprintf(`"203.0.%d.%d/32"`, i/256%256, i%256) }) + `]}},
"W":{"Type":"AWS::WAFv2::WebACL","Properties":{"Rules":[` + repeat(n, func(i int) string {
			return fmt.Sprintf(`{"Priority":%d,"Action":{"Allow":{}},"Statement":{"IPSetReferenceStatement":{"Arn":{"Fn::GetAtt":["S","Arn"]}}}}`, i)
		}) + `]}}`
	},
	"endpoints of a VPC": func(n int) string {
		return `"V":{"Type":"AWS::EC2::VPC"},` + repeat(n, func(i int) string {
			return fmt.Sprintf(`"E%d":{"Type":"AWS::EC2::VPCEndpoint","Properties":{"VpcId":{"Ref":"V"},"VpcEndpointType":"Interface","ServiceName":"com.amazonaws.vpce.eu-west-1.vpce-svc-%d"}}`, i, i)
		})
	},
}

func repeat(n int, one func(i int) string) string {
	all := make([]string, n)
	for i := range all {
		all[i] = one(i)
	}
	return strings.Join(all, ",")
}

// The facts of ten times the resources take about ten times as long.
func TestGrowth(t *testing.T) {
	for name, template := range growing {
		t.Run(name, func(t *testing.T) {
			growthtest.Linear(t, 3_000, func(n int) func() {
				file := filepath.Join(t.TempDir(), "x.json")
				if err := os.WriteFile(file, []byte(`{"Resources":{`+template(n)+`}}`), 0o600); err != nil {
					t.Fatal(err)
				}
				asm, err := assembly.Load(assembly.Input{Template: file, Account: "111111111111", Region: "eu-west-1"})
				if err != nil {
					t.Fatal(err)
				}
				return func() { network.New(asm) }
			})
		})
	}
}
