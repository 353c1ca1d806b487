package mesh_test

import (
	"fmt"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/mesh"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

const (
	certificateArn = "arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef"
	prefixListID   = "pl-0721453c7ac4ec009"
	serviceName    = "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"
	serviceArn     = "arn:aws:vpc-lattice:eu-west-1:222222222222:service/svc-0123456789abcdef0"
)

type (
	D = mesh.Declaration
	P = mesh.MeshProviderProps
	C = mesh.MeshConsumerProps
	S = mesh.MeshServiceProps
)

var s = jsii.String

// small is a mesh of four services of one team in two tiers, and two consumers.
func small(edit ...func(*D)) *D {
	d := &D{
		Region: s(cdktest.Region),
		Tiers: &[]*mesh.Tier{
			{Name: s("internal"), Transport: mesh.Transport_PRIVATELINK}, {Name: s("payments"), Transport: mesh.Transport_LATTICE},
		},
		Providers: &[]*mesh.Provider{{Name: s("commerce"), Account: s(cdktest.Account)}},
		Services: &[]*mesh.Service{
			service("pricing", "internal"), service("stock", "internal"), service("ledger", "payments"), service("refunds", "payments"),
		},
		Consumers: &[]*mesh.Consumer{
			{Name: s("checkout"), Account: s(cdktest.OtherAccount), Calls: jsii.Strings("pricing", "stock", "ledger")},
			{Name: s("reports"), Account: s(cdktest.Account), Calls: jsii.Strings("stock")},
		},
	}
	for _, e := range edit {
		e(d)
	}
	return d
}

// service is a service of the team.
func service(name, tier string) *mesh.Service {
	return &mesh.Service{Name: s(name), DomainName: s(name + ".internal.company.com"), Provider: s("commerce"), Tier: s(tier)}
}

// newVpc imports a VPC, so that templates have only our resources.
func newVpc(scope constructs.Construct, id string) awsec2.IVpc {
	number := len(id) % 10
	return awsec2.Vpc_FromVpcAttributes(scope, s(id), &awsec2.VpcAttributes{
		VpcId: s(fmt.Sprintf("vpc-%017x", number)), VpcCidrBlock: s("10.0.0.0/16"),
		AvailabilityZones:           jsii.Strings("eu-west-1a", "eu-west-1b"),
		PrivateSubnetIds:            jsii.Strings(fmt.Sprintf("subnet-%017x", 2*number), fmt.Sprintf("subnet-%017x", 2*number+1)),
		PrivateSubnetRouteTableIds:  jsii.Strings("rtb-0123456789abcdef0", "rtb-0123456789abcdef1"),
		PrivateSubnetIpv4CidrBlocks: jsii.Strings("10.0.0.0/24", "10.0.1.0/24"),
	})
}

func prefixList(scope constructs.Construct) awsec2.IPrefixList {
	return awsec2.PrefixList_FromPrefixListId(scope, s("Lattice"), s(prefixListID))
}

func certificates() *[]elbv2.IListenerCertificate {
	return &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(s(certificateArn))}
}

// newGroup returns a security group with no rules yet.
func newGroup(scope constructs.Construct, id string, vpc awsec2.IVpc) awsec2.SecurityGroup {
	return awsec2.NewSecurityGroup(scope, s(id), &awsec2.SecurityGroupProps{Vpc: vpc, Description: s(id), AllowAllOutbound: jsii.Bool(false)})
}

// targetsOf are where requests of a team's services go, in the stack of its workloads.
func targetsOf(stack awscdk.Stack, vpc awsec2.IVpc, d *D, provider string) *map[string]*S {
	all := map[string]*S{}
	transports := map[string]mesh.Transport{}
	for _, tier := range *d.Tiers {
		transports[*tier.Name] = tier.Transport
	}
	for _, service := range *d.Services {
		if *service.Provider != provider {
			continue
		}
		group := newGroup(stack, strings.ToUpper((*service.Name)[:1])+(*service.Name)[1:], vpc)
		address := fmt.Sprintf("10.0.0.%d", 4+len(*service.Name))
		if transports[*service.Tier] == mesh.Transport_LATTICE {
			all[*service.Name] = &S{Target: lattice.Target_FromIpAddresses(jsii.Strings(address), &lattice.IpTargetOptions{
				Vpc: vpc, Port: jsii.Number(8080), Peers: &[]awsec2.IConnectable{group},
			})}
			continue
		}
		all[*service.Name] = &S{Route: &privateapi.RouteOptions{
			Targets: &[]elbv2.IApplicationLoadBalancerTarget{awselasticloadbalancingv2targets.NewIpTarget(s(address), nil, nil)},
			Port:    jsii.Number(8080), TargetPeers: &[]awsec2.IConnectable{group},
		}}
	}
	return &all
}

// newWorld defines all parts of a mesh in one app: below the app, or each in the stack of its team's workloads.
func newWorld(app awscdk.App, d *D, splits bool) {
	m := mesh.Mesh_FromDeclaration(d)
	scope := func(stack awscdk.Stack) constructs.Construct {
		if splits {
			return app
		}
		return stack
	}
	var providers []mesh.MeshProvider
	for _, provider := range *d.Providers {
		stack := cdktest.StackIn(app, title(*provider.Name)+"Workloads", *provider.Account)
		vpc := newVpc(stack, "Vpc")
		providers = append(providers, mesh.NewMeshProvider(scope(stack), s(title(*provider.Name)), &P{
			Mesh: m, Provider: provider.Name, Vpc: vpc, Certificates: certificates(), PrefixList: prefixList(stack), Services: targetsOf(stack, vpc, d, *provider.Name),
		}))
	}
	for _, consumer := range *d.Consumers {
		stack := cdktest.StackIn(app, title(*consumer.Name)+"Workloads", *consumer.Account)
		vpc := newVpc(stack, "Vpc"+title(*consumer.Name))
		mesh.NewMeshConsumer(scope(stack), s(title(*consumer.Name)), &C{
			Mesh: m, Consumer: consumer.Name, Vpc: vpc, Providers: &providers, PrefixList: prefixList(stack),
			Clients: &[]awsec2.IConnectable{newGroup(stack, "Client", vpc)},
		})
	}
}

func title(name string) string { return strings.ToUpper(name[:1]) + name[1:] }
