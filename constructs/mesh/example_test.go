package mesh_test

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	targets "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/mesh"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
)

// meshJson is what the apps of all teams embed.
const meshJson = `{
  "version": 1,
  "region": "eu-west-1",
  "tiers": [{"name": "internal", "transport": "privatelink"}],
  "providers": [{"name": "commerce", "account": "222222222222"}],
  "services": [
    {"name": "pricing", "domainName": "pricing.internal.company.com", "provider": "commerce", "tier": "internal"},
    {"name": "stock", "domainName": "stock.internal.company.com", "provider": "commerce", "tier": "internal"}
  ],
  "consumers": [{"name": "checkout", "account": "111111111111", "calls": ["pricing", "stock"]}]
}`

// The app of the team that owns services says where their requests go.
func ExampleNewMeshProvider() {
	app := awscdk.NewApp(nil)
	props := &awscdk.StackProps{Env: &awscdk.Environment{Account: jsii.String("222222222222"), Region: jsii.String("eu-west-1")}}
	network, workloads := awscdk.NewStack(app, jsii.String("Network"), props), awscdk.NewStack(app, jsii.String("Workloads"), props)
	vpc := awsec2.NewVpc(network, jsii.String("Vpc"), nil)
	group := awsec2.NewSecurityGroup(workloads, jsii.String("Tasks"), &awsec2.SecurityGroupProps{Vpc: vpc})
	requestsTo := func(address string) *mesh.MeshServiceProps {
		return &mesh.MeshServiceProps{Route: &privateapi.RouteOptions{
			Targets:     &[]elbv2.IApplicationLoadBalancerTarget{targets.NewIpTarget(jsii.String(address), nil, nil)},
			TargetPeers: &[]awsec2.IConnectable{group},
		}}
	}

	commerce := mesh.NewMeshProvider(app, jsii.String("Commerce"), &mesh.MeshProviderProps{
		Mesh:     mesh.Mesh_FromJson(jsii.String(meshJson)),
		Provider: jsii.String("commerce"),
		Vpc:      vpc,
		Certificates: &[]elbv2.IListenerCertificate{ // for *.internal.company.com
			elbv2.ListenerCertificate_FromArn(jsii.String("arn:aws:acm:eu-west-1:222222222222:certificate/01234567-89ab-cdef-0123-456789abcdef")),
		},
		Services: &map[string]*mesh.MeshServiceProps{"pricing": requestsTo("10.0.130.5"), "stock": requestsTo("10.0.130.6")},
	})

	for _, stack := range *commerce.Stacks() {
		fmt.Println(*stack.StackName())
	}
	// Output: Commerce-internal
}

// The app of a team that calls services connects its VPC to their front doors, by the contracts that their teams publish.
func ExampleNewMeshConsumer() {
	app := awscdk.NewApp(nil)
	stack := awscdk.NewStack(app, jsii.String("Workloads"), &awscdk.StackProps{
		Env: &awscdk.Environment{Account: jsii.String("111111111111"), Region: jsii.String("eu-west-1")},
	})
	vpc := awsec2.NewVpc(stack, jsii.String("Vpc"), nil)
	tasks := awsec2.NewSecurityGroup(stack, jsii.String("Tasks"), &awsec2.SecurityGroupProps{Vpc: vpc, AllowAllOutbound: jsii.Bool(false)})

	checkout := mesh.NewMeshConsumer(app, jsii.String("Checkout"), &mesh.MeshConsumerProps{
		Mesh:     mesh.Mesh_FromJson(jsii.String(meshJson)),
		Consumer: jsii.String("checkout"),
		Vpc:      vpc,
		Clients:  &[]awsec2.IConnectable{tasks},
		Contracts: &map[string]*string{
			"commerce.internal": jsii.String(contractJson), // a file that privateapi contract wrote, or an SSM parameter
		},
	})

	for _, name := range *checkout.ConnectionTo(jsii.String("stock")).DomainNames() {
		fmt.Println(*name)
	}
	// Output:
	// pricing.internal.company.com
	// stock.internal.company.com
}

const contractJson = `{
  "version": 1,
  "service": {
    "name": "commerce.internal", "transport": "privatelink", "account": "222222222222", "region": "eu-west-1", "ports": [443],
    "domainNames": ["pricing.internal.company.com", "stock.internal.company.com"], "acceptanceRequired": false
  },
  "deployed": {"serviceName": "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"}
}`
