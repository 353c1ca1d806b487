package contract_test

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/contract"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/routedapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

const (
	domain         = "api.pricing.internal.company.com"
	privateDnsName = "api.pricing.company.com"
	certificateArn = "arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef"
	serviceName    = "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"
	latticeArn     = "arn:aws:vpc-lattice:eu-west-1:222222222222:service/svc-0123456789abcdef0"
	albDnsName     = "internal-pricing-0123456789.eu-west-1.elb.amazonaws.com"
	albZoneID      = "Z32O12XQLNTSW2"
	organization   = "arn:aws:organizations::222222222222:organization/o-abcdefghij"

	typeParameter = "AWS::SSM::Parameter"
	typeShare     = "AWS::RAM::ResourceShare"
)

type (
	props = map[string]any
	P     = contract.ServiceContractProps
)

// vpcOf imports a VPC, so that templates have only our resources.
func vpcOf(scope constructs.Construct, id string) awsec2.IVpc {
	return awsec2.Vpc_FromVpcAttributes(scope, jsii.String(id), &awsec2.VpcAttributes{
		VpcId: jsii.String("vpc-0123456789abcdef0"), VpcCidrBlock: jsii.String("10.1.0.0/16"),
		AvailabilityZones:           jsii.Strings("eu-west-1a", "eu-west-1b"),
		PrivateSubnetIds:            jsii.Strings("subnet-0123456789abcdef0", "subnet-0123456789abcdef1"),
		PrivateSubnetRouteTableIds:  jsii.Strings("rtb-0123456789abcdef0", "rtb-0123456789abcdef1"),
		PrivateSubnetIpv4CidrBlocks: jsii.Strings("10.1.1.0/24", "10.1.2.0/24"),
	})
}

// ownVpc defines a VPC, whose zone IDs are attributes of its subnets.
func ownVpc(scope constructs.Construct, id string) awsec2.IVpc {
	return awsec2.NewVpc(scope, jsii.String(id), &awsec2.VpcProps{
		AvailabilityZones: jsii.Strings("eu-west-1a", "eu-west-1b"), RestrictDefaultSecurityGroup: jsii.Bool(false),
		SubnetConfiguration: &[]*awsec2.SubnetConfiguration{{Name: jsii.String("Private"), SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED}},
	})
}

func certificates() *[]elbv2.IListenerCertificate {
	return &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(jsii.String(certificateArn))}
}

func account(id string) awsiam.ArnPrincipal { return awsiam.NewAccountPrincipal(jsii.String(id)) }

// newProvider defines an API over PrivateLink, with edits.
func newProvider(stack awscdk.Stack, edit ...func(*privateapi.PrivateApiProviderProps)) privateapi.PrivateApiProvider {
	p := &privateapi.PrivateApiProviderProps{
		Vpc: vpcOf(stack, "Vpc"), DomainNames: jsii.Strings(domain), Certificates: certificates(),
		AllowedPrincipals: &[]awsiam.ArnPrincipal{account(cdktest.OtherAccount)},
	}
	for _, e := range edit {
		e(p)
	}
	return privateapi.NewPrivateApiProvider(stack, jsii.String("Pricing"), p)
}

// newDatabase defines a service over TCP with two ports, or as many as are given.
func newDatabase(stack awscdk.Stack, ports ...float64) privateapi.PrivateNlbProvider {
	database := privateapi.NewPrivateNlbProvider(stack, jsii.String("Database"), &privateapi.PrivateNlbProviderProps{
		Vpc: ownVpc(stack, "DatabaseVpc"), AllowedPrincipals: &[]awsiam.ArnPrincipal{account(cdktest.OtherAccount)},
	})
	for i, port := range ports {
		addListener(database, fmt.Sprint("Port", i), jsii.Number(port))
	}
	return database
}

func addListener(database privateapi.PrivateNlbProvider, id string, port *float64) {
	database.AddListener(&id, &privateapi.NlbListenerOptions{
		Port: port, Targets: &[]elbv2.INetworkLoadBalancerTarget{awselasticloadbalancingv2targets.NewIpTarget(jsii.String("10.0.0.5"), port, nil)},
	})
}

func newLattice(stack awscdk.Stack) lattice.Api {
	vpc := vpcOf(stack, "LatticeVpc")
	group := awsec2.NewSecurityGroup(stack, jsii.String("Targets"), &awsec2.SecurityGroupProps{Vpc: vpc, AllowAllOutbound: jsii.Bool(false)})
	return lattice.NewApi(stack, jsii.String("Lattice"), &lattice.ApiProps{
		DomainName: jsii.String(domain), Certificate: (*certificates())[0], ShareWith: jsii.Strings(cdktest.OtherAccount),
		PrefixList:        awsec2.PrefixList_FromPrefixListId(stack, jsii.String("PrefixList"), jsii.String("pl-0721453c7ac4ec009")),
		Target:            lattice.Target_FromIpAddresses(jsii.Strings("10.1.1.5"), &lattice.IpTargetOptions{Vpc: vpc, Peers: &[]awsec2.IConnectable{group}}),
		AllowedPrincipals: &[]awsiam.IPrincipal{account(cdktest.OtherAccount)},
	})
}

func newRouted(stack awscdk.Stack) routedapi.Api {
	return routedapi.NewApi(stack, jsii.String("Routed"), &routedapi.ApiProps{Vpc: vpcOf(stack, "RoutedVpc"), DomainNames: jsii.Strings(domain), Certificates: certificates()})
}

// publish publishes the contract of a service, with edits.
func publish(stack awscdk.Stack, service privateapi.IPrivateApiService, edit ...func(*P)) contract.ServiceContract {
	p := &P{Service: service, Name: jsii.String("pricing")}
	for _, e := range edit {
		e(p)
	}
	return contract.NewServiceContract(stack, jsii.String("Contract"), p)
}

func shared(p *P) { p.ShareWith = jsii.Strings(cdktest.OtherAccount) }
