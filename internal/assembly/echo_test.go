package assembly_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// echoing has resources of all types with attributes that return a property. Both A and Z have the attribute as their
// value. Resources are resolved in the order of their logical IDs: A before the resources it refers to, Z after them.
const echoing = `
Parameters:
  Undecided: {Type: String}
Conditions:
  Prod: !Equals [!Ref Undecided, prod]
  Never: !Equals [a, b]
Resources:
  A: {Type: Test::It, Properties: {Value: VALUE}}
  Alb: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Name: front, SecurityGroups: [!Ref Group]}}
  Association: {Type: AWS::Route53Resolver::ResolverRuleAssociation, Properties: {Name: out, VPCId: !Ref Vpc, ResolverRuleId: !Ref ResolverRule}}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Vpc}}
  GroupOfCopies: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !GetAtt Subnet.VpcId}}
  GroupOfDefaultVpc: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: x}}
  GroupOfEither: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !If [Prod, !Ref Vpc, !Ref AWS::NoValue]}}
  GroupOfMacro: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Vpc, "Fn::Transform": {Name: M}}}
  GroupOfNever: {Type: AWS::EC2::SecurityGroup, Condition: Never, Properties: {VpcId: !Ref Vpc}}
  GroupOfNoValue: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref AWS::NoValue}}
  GroupOfProd: {Type: AWS::EC2::SecurityGroup, Condition: Prod, Properties: {VpcId: !Ref Vpc}}
  GroupOfTwo: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !If [Prod, !Ref Vpc, !Ref OtherVpc]}}
  GroupOfUndecided: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Undecided}}
  Instance: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref Subnet, PrivateIpAddress: 10.0.1.4}}
  InstanceInZone: {Type: AWS::EC2::Instance, Properties: {AvailabilityZone: eu-west-1c}}
  Interface: {Type: AWS::EC2::NetworkInterface, Properties: {SubnetId: !GetAtt Subnet.SubnetId, PrivateIpAddress: 10.0.1.5}}
  Lattice: {Type: AWS::VpcLattice::ServiceNetworkVpcAssociation, Properties: {VpcIdentifier: !Ref Vpc}}
  Nlb: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {SecurityGroups: [!Ref Group, !Ref GroupOfCopies]}}
  OtherVpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !Ref Undecided}}
  Record: {Type: AWS::Route53::RecordSet, Properties: {Name: api.example.com}}
  RecordWithDot: {Type: AWS::Route53::RecordSet, Properties: {Name: api.example.com.}}
  Resolver: {Type: AWS::Route53Resolver::ResolverEndpoint, Properties: {Name: to-dns, Direction: OUTBOUND, ResolverEndpointType: IPV4, PreferredInstanceType: m5.large, OutpostArn: arn, IpAddresses: [{SubnetId: !Ref Subnet}]}}
  ResolverRule: {Type: AWS::Route53Resolver::ResolverRule, Properties: {Name: corp, DomainName: corp.example.com, ResolverEndpointId: !Ref Resolver}}
  Route: {Type: AWS::EC2::Route, Properties: {DestinationCidrBlock: 10.9.0.0/16}}
  Service: {Type: AWS::ECS::Service, Properties: {ServiceName: pricing}}
  Setting: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !Ref Vpc}}
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: !Sub "10.0.1.0/24", AvailabilityZone: !Select [0, !GetAZs ""], AvailabilityZoneId: euw1-az1, OutpostArn: arn}}
  Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Name: tasks}}
  Topic: {Type: AWS::SNS::Topic, Properties: {TopicName: events}}
  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
  Z: {Type: Test::It, Properties: {Value: VALUE}}
`

func TestAttributesThatReturnProperties(t *testing.T) {
	const (
		vpc       = "Shop/Vpc.Ref"
		undecided = "unknown: parameter Undecided of stack Shop has no value"
		prod      = "unknown: condition Prod of stack Shop is unknown: parameter Undecided of stack Shop has no value"
		firstZone = "(unknown: Fn::GetAZs: the Availability Zones in eu-west-1 are not known before deployment)[0]"
	)
	for value, want := range map[string]string{
		"!GetAtt Alb.LoadBalancerName":              "front",
		"!GetAtt Alb.SecurityGroups":                "[Shop/Group.Ref]",
		"!Select [0, !GetAtt Alb.SecurityGroups]":   "Shop/Group.Ref",
		"!GetAtt Association.Name":                  "out",
		"!GetAtt Association.ResolverRuleId":        "Shop/ResolverRule.Ref",
		"!GetAtt Association.VPCId":                 vpc,
		"!GetAtt Group.VpcId":                       vpc,
		"!GetAtt Instance.AvailabilityZone":         firstZone,
		"!GetAtt Instance.VpcId":                    vpc,
		"!GetAtt InstanceInZone.AvailabilityZone":   "eu-west-1c",
		"!GetAtt Interface.VpcId":                   vpc,
		"!GetAtt Lattice.VpcId":                     vpc,
		"!GetAtt Resolver.Direction":                "OUTBOUND",
		"!GetAtt Resolver.HostVPCId":                vpc,
		"!GetAtt Resolver.Name":                     "to-dns",
		"!GetAtt Resolver.OutpostArn":               "arn",
		"!GetAtt Resolver.PreferredInstanceType":    "m5.large",
		"!GetAtt Resolver.ResolverEndpointType":     "IPV4",
		"!GetAtt ResolverRule.Name":                 "corp",
		"!GetAtt ResolverRule.ResolverEndpointId":   "Shop/Resolver.Ref",
		"!GetAtt Route.CidrBlock":                   "10.9.0.0/16",
		"!GetAtt Service.Name":                      "pricing",
		"!GetAtt Setting.Type":                      "String",
		"!GetAtt Setting.Value":                     vpc,
		"!GetAtt Subnet.AvailabilityZone":           firstZone,
		"!GetAtt Subnet.AvailabilityZoneId":         "euw1-az1",
		"!GetAtt Subnet.CidrBlock":                  "10.0.1.0/24",
		"!GetAtt Subnet.OutpostArn":                 "arn",
		"!GetAtt Subnet.VpcId":                      vpc,
		"!GetAtt Targets.TargetGroupName":           "tasks",
		"!GetAtt Topic.TopicName":                   "events",
		"!GetAtt Vpc.CidrBlock":                     "10.0.0.0/16",
		"!Ref Record":                               "api.example.com",
		`!Sub "https://${Record}/${Vpc.CidrBlock}"`: "https://api.example.com/10.0.0.0/16",

		// through another attribute, and under a condition
		"!GetAtt GroupOfCopies.VpcId": vpc,
		"!GetAtt GroupOfNever.VpcId":  vpc,
		"!GetAtt GroupOfProd.VpcId":   vpc,

		// an unknown property makes the attribute unknown, for the same reason
		"!GetAtt GroupOfTwo.VpcId":       prod,
		"!GetAtt GroupOfUndecided.VpcId": undecided,
		"!GetAtt OtherVpc.CidrBlock":     undecided,

		// if the template does not set the property, AWS chooses the value
		"!GetAtt Group.GroupId":           "Shop/Group.GroupId",
		"!GetAtt GroupOfDefaultVpc.VpcId": "Shop/GroupOfDefaultVpc.VpcId",
		"!GetAtt GroupOfEither.VpcId":     "Shop/GroupOfEither.VpcId",
		"!GetAtt GroupOfMacro.VpcId":      "Shop/GroupOfMacro.VpcId",
		"!GetAtt GroupOfNoValue.VpcId":    "Shop/GroupOfNoValue.VpcId",
		"!GetAtt InstanceInZone.VpcId":    "Shop/InstanceInZone.VpcId",
		"!GetAtt Nlb.LoadBalancerName":    "Shop/Nlb.LoadBalancerName",

		// attributes that identify the resource, and properties that AWS may return in another form
		"!GetAtt Instance.PrivateIp":                "Shop/Instance.PrivateIp",
		"!GetAtt Interface.PrimaryPrivateIpAddress": "Shop/Interface.PrimaryPrivateIpAddress",
		"!GetAtt Nlb.SecurityGroups":                "Shop/Nlb.SecurityGroups",
		"!GetAtt ResolverRule.DomainName":           "Shop/ResolverRule.DomainName",
		"!Ref RecordWithDot":                        "Shop/RecordWithDot.Ref",
		"!Ref Service":                              "Shop/Service.Ref",
	} {
		t.Run(value, func(t *testing.T) {
			stack := mustShop(t, strings.ReplaceAll(echoing, "VALUE", value)).Stack("Shop")
			wantString(t, stack.Resource("A").Property("Value"), want)
			wantString(t, stack.Resource("Z").Property("Value"), want)
		})
	}
}

// An attribute equals the property that it returns, whichever of the two is resolved first.
func TestAttributesEqualTheirProperties(t *testing.T) {
	for name, tc := range map[string]struct {
		value, group string
		equal, same  assembly.Tristate
	}{
		"a reference":              {"!GetAtt Group.VpcId", "Group", assembly.Yes, assembly.Yes},
		"a copy of a reference":    {"!GetAtt GroupOfCopies.VpcId", "Group", assembly.Yes, assembly.Yes},
		"of another group":         {"!GetAtt GroupOfProd.VpcId", "GroupOfCopies", assembly.Yes, assembly.Yes},
		"a parameter":              {"!GetAtt GroupOfUndecided.VpcId", "GroupOfUndecided", assembly.Maybe, assembly.Yes},
		"one of two references":    {"!GetAtt GroupOfTwo.VpcId", "GroupOfTwo", assembly.Maybe, assembly.Yes},
		"two undecided references": {"!GetAtt GroupOfTwo.VpcId", "GroupOfUndecided", assembly.Maybe, assembly.Maybe},
		"the default VPC":          {"!GetAtt GroupOfDefaultVpc.VpcId", "GroupOfDefaultVpc", assembly.No, assembly.No},
	} {
		t.Run(name, func(t *testing.T) {
			stack := mustShop(t, strings.ReplaceAll(echoing, "VALUE", tc.value)).Stack("Shop")
			for _, id := range []string{"A", "Z"} {
				attribute, property := stack.Resource(id).Property("Value"), stack.Resource(tc.group).Property("VpcId")
				if got := assembly.Equal(attribute, property); got != tc.equal {
					t.Errorf("%s: equal: %v, want %v", id, got, tc.equal)
				}
				if got := assembly.Same(attribute, property); got != tc.same {
					t.Errorf("%s: same: %v, want %v", id, got, tc.same)
				}
			}
		})
	}
}

// A value that comes from an attribute still depends on the resource of the attribute.
func TestAttributesThatReturnPropertiesAreImplicitDependencies(t *testing.T) {
	it := mustShop(t, strings.ReplaceAll(echoing, "VALUE", "!GetAtt GroupOfCopies.VpcId")).Stack("Shop").Resource("A")
	if got := it.Implicit(); len(got) != 1 || got[0].ID != "GroupOfCopies" {
		t.Errorf("implicit = %v, want GroupOfCopies", got)
	}
}

func TestAttributesThatReturnPropertiesOfOtherStacks(t *testing.T) {
	const network = `
Resources:
  Vpc: {Type: AWS::EC2::VPC}
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !Ref Vpc}}
Outputs:
  Vpc: {Value: !GetAtt Group.VpcId, Export: {Name: vpc}}`
	const parent = `
Parameters: {Given: {Type: String}}
Resources:
  Group: {Type: AWS::EC2::SecurityGroup, Properties: {VpcId: !ImportValue vpc}}
  Child: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: child.yaml, Parameters: {VpcId: !GetAtt Group.VpcId}}}
  It:
    Type: Test::It
    Properties:
      Imported: !ImportValue vpc
      Copied: !GetAtt Group.VpcId
      Given: !Ref Given
      Output: !GetAtt Child.Outputs.VpcId
      StackOutput: {"Fn::GetStackOutput": {StackName: Network, OutputName: Vpc}}
Outputs:
  Named: {Value: x, Export: {Name: !Sub "of-${Group.VpcId}"}}`
	const child = `
Parameters: {VpcId: {Type: String}}
Resources:
  Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref VpcId}}
Outputs:
  VpcId: {Value: !GetAtt Subnet.VpcId}`
	dir := write(t, map[string]string{"network.yaml": network, "parent.yaml": parent, "child.yaml": child})
	stack := func(name, file string) assembly.Input {
		return assembly.Input{Name: name, Template: filepath.Join(dir, file), Account: "111111111111", Region: "eu-west-1"}
	}
	shop := stack("Shop", "parent.yaml")
	shop.Parameters = map[string]string{"Given": "@Network.Vpc"}
	it := load(t, shop, stack("Network", "network.yaml")).Stack("Shop").Resource("It")
	for _, property := range it.Property().Fields() {
		wantString(t, it.Property(property), "Network/Vpc.Ref")
	}
}

// A property that gets its value from itself is an error, unless a condition may prevent that.
func TestAttributesThatReturnEachOther(t *testing.T) {
	for name, tc := range map[string]struct {
		a, b    string
		refused bool
	}{
		"of each other":                         {"!GetAtt B.VpcId", "!GetAtt A.VpcId", true},
		"of itself":                             {"!GetAtt A.VpcId", "!Ref Vpc", true},
		"in a branch that is taken":             {"!If [Always, !GetAtt B.VpcId, !Ref Vpc]", "!GetAtt A.VpcId", true},
		"in a branch that is not taken":         {"!If [Always, !Ref Vpc, !GetAtt B.VpcId]", "!GetAtt A.VpcId", false},
		"in branches of an undecided condition": {"!If [Prod, !Ref Vpc, !GetAtt B.VpcId]", "!If [Prod, !GetAtt A.VpcId, !Ref Vpc]", false},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := shop(t, strings.NewReplacer("LEFT", tc.a, "RIGHT", tc.b).Replace(`
Parameters: {Env: {Type: String}}
Conditions: {Prod: !Equals [!Ref Env, prod], Always: !Equals [a, a]}
Resources:
  Vpc: {Type: AWS::EC2::VPC}
  A: {Type: AWS::EC2::Subnet, Properties: {VpcId: LEFT}}
  B: {Type: AWS::EC2::Subnet, Properties: {VpcId: RIGHT}}`))
			switch {
			case tc.refused:
				wantErrorIn(t, err, "", "Resources.A.Properties.VpcId: refers to itself")
			case err != nil:
				t.Error(err)
			}
		})
	}
}
