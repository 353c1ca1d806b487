// Command mesh is the app of a mesh: its arguments are a declaration and the directory of the cloud assembly. Each service is a function, and so is the
// client of each consumer.
package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/mesh"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/test/bench/scenario"
)

func main() {
	if len(os.Args) != 3 {
		fail(fmt.Errorf("usage: %s mesh.json directory", os.Args[0]))
	}
	content, err := os.ReadFile(os.Args[1])
	if err != nil {
		fail(err)
	}
	defer jsii.Close()
	app := awscdk.NewApp(&awscdk.AppProps{Outdir: jsii.String(os.Args[2]), AnalyticsReporting: jsii.Bool(false)})
	define(app, mesh.Mesh_FromJson(jsii.String(string(content))))
	app.Synth(nil)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func define(app awscdk.App, m mesh.Mesh) {
	declaration := m.Declaration()
	var providers []mesh.MeshProvider
	for _, provider := range *declaration.Providers {
		providers = append(providers, newProvider(app, m, declaration, provider))
	}
	for _, consumer := range *declaration.Consumers {
		stack, vpc := newNetwork(app, m, consumer.Name, consumer.Account)
		mesh.NewMeshConsumer(app, jsii.String(title(consumer.Name)), &mesh.MeshConsumerProps{
			Mesh: m, Consumer: consumer.Name, Vpc: vpc, Providers: &providers, PrefixList: prefixList(stack),
			Clients: &[]awsec2.IConnectable{newFunction(stack, "Client", vpc)},
			Subnets: isolated(),
		})
	}
}

func newProvider(app awscdk.App, m mesh.Mesh, declaration *mesh.Declaration, provider *mesh.Provider) mesh.MeshProvider {
	stack, vpc := newNetwork(app, m, provider.Name, provider.Account)
	services := map[string]*mesh.MeshServiceProps{}
	for _, service := range *declaration.Services {
		if *service.Provider != *provider.Name {
			continue
		}
		function := newFunction(stack, title(service.Name), nil)
		if *service.Tier == scenario.LatticeTier {
			services[*service.Name] = &mesh.MeshServiceProps{Target: lattice.Target_FromFunctionArn(function.FunctionArn())}
			function.AddPermission(jsii.String("Lattice"), &awslambda.Permission{Principal: awsiam.NewServicePrincipal(jsii.String("vpc-lattice.amazonaws.com"), nil)})
			continue
		}
		services[*service.Name] = &mesh.MeshServiceProps{Route: &privateapi.RouteOptions{
			Targets:    &[]elbv2.IApplicationLoadBalancerTarget{awselasticloadbalancingv2targets.NewLambdaTarget(function)},
			TargetType: elbv2.TargetType_LAMBDA,
		}}
	}
	arn := jsii.String("arn:aws:acm:" + *m.Region() + ":" + *provider.Account + ":certificate/" + scenario.MeshCertificate)
	return mesh.NewMeshProvider(app, jsii.String(title(provider.Name)), &mesh.MeshProviderProps{
		Mesh: m, Provider: provider.Name, Vpc: vpc, Services: &services, PrefixList: prefixList(stack),
		Certificates: &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(arn)},
		Tiers: &map[string]*mesh.MeshTierProps{
			scenario.PrivateLinkTier: {DoorProps: &privateapi.PrivateApiProviderProps{VpcSubnets: isolated()}},
		},
	})
}

// newNetwork defines the stack of a team's network and workloads.
func newNetwork(app awscdk.App, m mesh.Mesh, name, account *string) (awscdk.Stack, awsec2.IVpc) {
	stack := awscdk.NewStack(app, jsii.String(title(name)+"Workloads"), &awscdk.StackProps{
		Env: &awscdk.Environment{Account: account, Region: m.Region()},
	})
	zones := []*string{jsii.String(*m.Region() + "a"), jsii.String(*m.Region() + "b")}
	return stack, awsec2.NewVpc(stack, jsii.String("Vpc"), &awsec2.VpcProps{
		AvailabilityZones: &zones, RestrictDefaultSecurityGroup: jsii.Bool(false),
		SubnetConfiguration: &[]*awsec2.SubnetConfiguration{{Name: jsii.String("Private"), SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED}},
	})
}

func isolated() *awsec2.SubnetSelection {
	return &awsec2.SubnetSelection{SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED}
}

// newFunction defines a function with a role that exists. In a VPC, it is a client.
func newFunction(stack awscdk.Stack, id string, vpc awsec2.IVpc) awslambda.Function {
	role := awsiam.Role_FromRoleArn(stack, jsii.String(id+"Role"), jsii.String("arn:aws:iam::"+*stack.Account()+":role/function"), &awsiam.FromRoleArnOptions{Mutable: jsii.Bool(false)})
	props := &awslambda.FunctionProps{
		Runtime: awslambda.Runtime_NODEJS_24_X(), Handler: jsii.String("index.handler"), Role: role,
		Code: awslambda.Code_FromInline(jsii.String("exports.handler = async () => ({ statusCode: 200 })")),
	}
	if vpc != nil {
		props.Vpc, props.VpcSubnets = vpc, isolated()
	}
	return awslambda.NewFunction(stack, jsii.String(id), props)
}

func prefixList(stack awscdk.Stack) awsec2.IPrefixList {
	return awsec2.PrefixList_FromPrefixListId(stack, jsii.String("PrefixList"), jsii.String(scenario.MeshPrefixList))
}

func title(name *string) string { return strings.ToUpper((*name)[:1]) + (*name)[1:] }
