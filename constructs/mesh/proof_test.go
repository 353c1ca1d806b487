package mesh_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/mesh"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// facts are what no template of the test's apps says.
var facts = reachability.Facts{
	Certificates:       map[string][]string{certificateArn: {"*.internal.company.com"}},
	LatticePrefixLists: map[string]string{cdktest.Region: prefixListID},
	ZoneIDs: map[string]string{
		cdktest.Account + "/eu-west-1a": "euw1-az1", cdktest.Account + "/eu-west-1b": "euw1-az2",
		cdktest.OtherAccount + "/eu-west-1a": "euw1-az2", cdktest.OtherAccount + "/eu-west-1b": "euw1-az1",
	},
	Assume: []string{"share-accepted"},
}

// ownVpc defines a VPC: of an imported one, network ACLs and subnets are unknown.
func ownVpc(scope constructs.Construct) awsec2.IVpc {
	return awsec2.NewVpc(scope, s("Vpc"), &awsec2.VpcProps{
		AvailabilityZones: jsii.Strings("eu-west-1a", "eu-west-1b"), RestrictDefaultSecurityGroup: jsii.Bool(false),
		SubnetConfiguration: &[]*awsec2.SubnetConfiguration{{Name: s("Private"), SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED}},
	})
}

func function(scope constructs.Construct, id string, vpc awsec2.IVpc) awslambda.Function {
	props := &awslambda.FunctionProps{Runtime: awslambda.Runtime_NODEJS_24_X(), Handler: s("index.handler"), Code: awslambda.Code_FromInline(s("exports.handler = async () => ({})"))}
	if vpc != nil {
		props.Vpc, props.VpcSubnets = vpc, &awsec2.SubnetSelection{Subnets: vpc.IsolatedSubnets()}
	}
	return awslambda.NewFunction(scope, s(id), props)
}

func instance(scope constructs.Construct, id string, vpc awsec2.IVpc) awsec2.Instance {
	return awsec2.NewInstance(scope, s(id), &awsec2.InstanceProps{
		Vpc: vpc, InstanceType: awsec2.NewInstanceType(s("t4g.nano")), VpcSubnets: &awsec2.SubnetSelection{Subnets: vpc.IsolatedSubnets()},
		MachineImage: awsec2.MachineImage_GenericLinux(&map[string]*string{cdktest.Region: s("ami-0123456789abcdef0")}, nil),
	})
}

// provenWorld defines a mesh whose targets and clients are functions and instances.
func provenWorld(app awscdk.App, d *D, splits bool) {
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
		vpc := ownVpc(stack)
		services := map[string]*S{}
		for _, service := range *d.Services {
			if *service.Provider != *provider.Name {
				continue
			}
			if *service.Tier == "payments" {
				services[*service.Name] = &S{Target: lattice.Target_FromInstances(&[]awsec2.IInstance{instance(stack, title(*service.Name), vpc)}, &lattice.InstanceTargetOptions{Vpc: vpc})}
				continue
			}
			target := function(stack, title(*service.Name), nil)
			services[*service.Name] = &S{Route: &privateapi.RouteOptions{
				Targets: &[]elbv2.IApplicationLoadBalancerTarget{awselasticloadbalancingv2targets.NewLambdaTarget(target)}, TargetType: elbv2.TargetType_LAMBDA,
			}}
		}
		providers = append(providers, mesh.NewMeshProvider(scope(stack), s(title(*provider.Name)), &P{
			Mesh: m, Provider: provider.Name, Vpc: vpc, Certificates: certificates(), PrefixList: prefixList(stack), Services: &services,
			Tiers: &map[string]*mesh.MeshTierProps{"internal": {DoorProps: &privateapi.PrivateApiProviderProps{VpcSubnets: &awsec2.SubnetSelection{SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED}}}},
		}))
	}
	for _, consumer := range *d.Consumers {
		stack := cdktest.StackIn(app, title(*consumer.Name)+"Workloads", *consumer.Account)
		vpc := ownVpc(stack)
		props := &C{
			Mesh: m, Consumer: consumer.Name, Vpc: vpc, PrefixList: prefixList(stack), Clients: &[]awsec2.IConnectable{function(stack, "Client", vpc)},
			Subnets: &awsec2.SubnetSelection{SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED},
		}
		props.Providers = &providers
		mesh.NewMeshConsumer(scope(stack), s(title(*consumer.Name)), props)
	}
}

// Each consumer reaches each service that it calls, and resolves the name of no other.
func TestEveryDeclaredCallIsReachable(t *testing.T) {
	defer cdktest.Recover(t)
	d := small()
	for name, splits := range map[string]bool{"split": true, "whole": false} {
		cdktest.Run(t, name, func(t *testing.T) {
			app := cdktest.App(t, nil)
			provenWorld(app, d, splits)
			model, err := reachability.Load(reachability.Assembly(*app.Synth(nil).Directory()))
			if err != nil {
				t.Fatal(err)
			}
			requireMatrix(t, model, d)
		})
	}
}

func requireMatrix(t *testing.T, model *reachability.Model, d *D) {
	t.Helper()
	var clients []string
	for _, consumer := range *d.Consumers {
		client := title(*consumer.Name) + "Workloads/Client"
		clients = append(clients, client)
		for _, service := range *d.Services {
			report := model.Prove(reachability.Question{Client: client, Domain: *service.DomainName, Facts: facts})
			isDeclared := slices.ContainsFunc(*consumer.Calls, func(call *string) bool { return *call == *service.Name })
			switch {
			case isDeclared:
				report.RequireReachable(t)
			case report.Count(reachability.Blocked) != len(report.Answers):
				t.Errorf("%s calls %s, which is not declared:\n%s", *consumer.Name, *service.Name, report)
			case len(report.Answers) > 0:
				report.RequireBlocked(t, reachability.HopHostedZone)
			case !strings.Contains(report.WhyNothing(), *service.DomainName):
				t.Errorf("%s, %s: %s", *consumer.Name, *service.Name, report.WhyNothing())
			}
		}
	}
	model.Prove(reachability.Question{Facts: facts}).RequireOnly(t, clients...)
}
