package privateapi_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// pairIn defines a provider with a route, and a consumer of it with a client.
func pairIn(stack awscdk.Stack) (privateapi.PrivateApiProvider, privateapi.PrivateApiConsumer) {
	provider := newProvider(stack)
	provider.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{PathPatterns: jsii.Strings("/v1/*"), Targets: targets(ipTarget("10.0.0.5"))})
	vpc := vpcOf(stack, "ConsumerVpc", "eu-west-1a", "eu-west-1b")
	consumer := privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpc, Service: provider, Clients: &[]awsec2.IConnectable{newClient(stack, vpc)},
	})
	return provider, consumer
}

// visitor counts what an aspect is shown, by the type that Go has for it.
type visitor struct{ seen map[string]int }

func (v *visitor) Visit(node constructs.IConstruct) {
	switch node.(type) {
	case privateapi.PrivateApiProvider:
		v.seen["provider"]++
	case privateapi.PrivateApiConsumer:
		v.seen["consumer"]++
	case elbv2.ApplicationLoadBalancer:
		v.seen["ALB"]++
	case elbv2.ApplicationListenerRule:
		v.seen["rule"]++
	case awsec2.SecurityGroup:
		v.seen["security group"]++
	case elbv2.CfnLoadBalancer:
		v.seen["load balancer of L1"]++
	case awsec2.CfnVPCEndpointService:
		v.seen["service"]++
	case awsec2.CfnVPCEndpoint:
		v.seen["endpoint"]++
	case awsroute53.CfnHostedZone:
		v.seen["zone"]++
	}
}

// Aspects see each construct as what it is: scanners judge no others.
func TestAspectsSeeTypes(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	pairIn(stack)
	v := &visitor{seen: map[string]int{}}
	awscdk.Aspects_Of(stack).Add(v, nil)
	cdktest.SynthTemplate(t, stack)
	want := map[string]int{
		"provider": 1, "consumer": 1, "ALB": 1, "rule": 1, "security group": 3, "load balancer of L1": 2, "service": 1, "endpoint": 1, "zone": 1,
	}
	if !maps.Equal(v.seen, want) {
		t.Errorf("an aspect sees %v, want %v", v.seen, want)
	}
}

// An aspect may change what it is shown.
type renamer struct{}

func (renamer) name() string { return "renamed" }

func (r *renamer) Visit(node constructs.IConstruct) {
	if group, ok := node.(awsec2.CfnSecurityGroup); ok {
		group.SetGroupName(jsii.String(r.name()))
	}
}

func TestChildrenAreFoundAndChanged(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	provider, consumer := pairIn(stack)
	awscdk.Aspects_Of(stack).Add(&renamer{}, nil)
	var balancer elbv2.CfnLoadBalancer
	jsii.UnsafeCast(provider.Node().FindChild(jsii.String("NetworkLoadBalancer")), &balancer)
	balancer.AddPropertyOverride(jsii.String("Name"), "ours")
	var endpoint awsec2.CfnVPCEndpoint
	jsii.UnsafeCast(consumer.Node().FindChild(jsii.String("Endpoint")), &endpoint)
	endpoint.SetPrivateDnsEnabled(true)
	waiting := awscdk.NewCfnResource(stack, jsii.String("Waiting"), &awscdk.CfnResourceProps{Type: jsii.String("AWS::CloudFormation::WaitConditionHandle")})
	waiting.Node().AddDependency(provider)

	template := cdktest.SynthTemplate(t, stack)
	template.Has(t, typeBalancer, props{"Name": "ours", "Type": "network"})
	template.Has(t, typeEndpoint, props{"PrivateDnsEnabled": true})
	if got := len(template.Find(typeGroup, props{"GroupName": "renamed"})); got != 4 {
		t.Errorf("%d security groups were changed by the aspect, want 4", got)
	}
	if got, want := len(template.Resources["Waiting"].DependsOn), len(childResources(provider)); got != want {
		t.Errorf("what depends on the provider waits for %d resources, want %d", got, want)
	}
}

// childResources returns the CloudFormation resources in a construct.
func childResources(c constructs.IConstruct) (paths []string) {
	for _, child := range *c.Node().FindAll(constructs.ConstructOrder_PREORDER) {
		if *awscdk.CfnResource_IsCfnResource(child) {
			paths = append(paths, *child.Node().Path())
		}
	}
	return paths
}

// tree is a construct in tree.json.
type tree struct {
	Path          string
	ConstructInfo struct{ Fqn string }
	Children      map[string]tree
}

// CDK's own tree, which its tools show and its metadata is made of, has the classes of CDK.
func TestTree(t *testing.T) {
	defer cdktest.Recover(t)
	dir := t.TempDir()
	app := awscdk.NewApp(&awscdk.AppProps{Outdir: jsii.String(dir), AnalyticsReporting: jsii.Bool(false)})
	pairIn(cdktest.StackIn(app, "Stack", cdktest.Account))
	cdktest.Check(t, func() { app.Synth(nil) })
	content, err := os.ReadFile(filepath.Join(dir, "tree.json"))
	if err != nil {
		t.Fatal(err)
	}
	root := struct{ Tree tree }{}
	if err := json.Unmarshal(content, &root); err != nil {
		t.Fatal(err)
	}
	stack := root.Tree.Children["Stack"]
	for path, want := range map[string]string{
		"Pricing":                     "constructs.Construct",
		"Pricing NetworkLoadBalancer": "aws-cdk-lib.aws_elasticloadbalancingv2.CfnLoadBalancer",
		"Pricing LoadBalancer":        "aws-cdk-lib.aws_elasticloadbalancingv2.ApplicationLoadBalancer",
		"Checkout":                    "constructs.Construct",
		"Checkout Endpoint":           "aws-cdk-lib.aws_ec2.CfnVPCEndpoint",
	} {
		var parent, child string
		node := stack
		if n, _ := fmt.Sscan(path, &parent, &child); n > 0 {
			node = node.Children[parent]
		}
		if child != "" {
			node = node.Children[child]
		}
		if got := node.ConstructInfo.Fqn; got != want {
			t.Errorf("%s is a %q, want %q", path, got, want)
		}
	}
}

// A construct that fails in CDK leaves nothing behind, and its ID is free.
func TestFailureInCDKLeavesNothing(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	newProvider(stack)
	cdktest.WantPanic(t, "There is already a Construct with name 'Pricing'", func() {
		providerOf(stack, "Pricing", nil)
	})
	unknown := func(p *privateapi.PrivateApiProviderProps) { p.SslPolicy = "NO_SUCH_POLICY" }
	cdktest.WantPanic(t, "SslPolicy", func() { providerOf(stack, "Second", unknown) })
	if child := stack.Node().TryFindChild(jsii.String("Second")); child != nil {
		t.Errorf("the stack has %s", *child.Node().Path())
	}
	second := providerOf(stack, "Second", nil)
	if len(childResources(second)) == 0 {
		t.Error("the second provider has no resources")
	}
}

// providerOf defines a provider of another ID in the VPC of the first.
func providerOf(stack awscdk.Stack, id string, edit func(*privateapi.PrivateApiProviderProps)) privateapi.PrivateApiProvider {
	props := providerProps(constructs.NewConstruct(stack, jsii.String(fmt.Sprint("Of", id, len(*stack.Node().Children())))))
	if edit != nil {
		edit(props)
	}
	return privateapi.NewPrivateApiProvider(stack, jsii.String(id), props)
}

// Apps that are built in turns give the same templates, and so does an app on a new kernel.
func TestAppsAndKernels(t *testing.T) {
	defer cdktest.Recover(t)
	one, two := cdktest.Stack(t), cdktest.Stack(t)
	pairIn(two)
	pairIn(one)
	want := cdktest.SynthTemplate(t, one).Resources
	if got := cdktest.SynthTemplate(t, two).Resources; !reflect.DeepEqual(got, want) {
		t.Errorf("the other app has %v, want %v", got, want)
	}
	jsii.Close()
	stack := cdktest.Stack(t)
	pairIn(stack)
	if got := cdktest.SynthTemplate(t, stack).Resources; !reflect.DeepEqual(got, want) {
		t.Errorf("on another kernel there is %v, want %v", got, want)
	}
}

// wrappingService is a service that adds something to the connection of another.
type wrappingService struct {
	privateapi.PrivateApiProvider
}

func (s wrappingService) PlanConnection(options *privateapi.ConnectionOptions) *privateapi.ConnectionPlan {
	plan := s.PrivateApiProvider.PlanConnection(options)
	inner := plan.Connector
	plan.Connector = privateapi.ConnectorFunc(func(scope constructs.Construct) *privateapi.Connection {
		before := awscdk.NewCfnResource(scope, jsii.String("Before"), &awscdk.CfnResourceProps{Type: jsii.String(typeRoute)})
		connection := inner.Connect(scope)
		connection.VpcEndpoint.AddResourceDependency(before, nil)
		(*connection.SecurityGroups)[0].AddIngressRule(awsec2.Peer_Ipv4(jsii.String("10.9.0.0/16")), awsec2.Port_Tcp(jsii.Number(443)), jsii.String("Wrapped"), nil)
		connection.RecordDependencies = &[]constructs.IDependable{before}
		return connection
	})
	return plan
}

// A service may wrap the connection of another. Then it is asked, and has the constructs that it connects.
func TestServiceThatWrapsAConnection(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	service := wrappingService{newProvider(stack)}
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpcOf(stack, "ConsumerVpc", "eu-west-1a", "eu-west-1b"), Service: service,
	})
	template := cdktest.SynthTemplate(t, stack)
	before, _ := template.Only(t, typeRoute)
	endpointID, endpoint := template.Only(t, typeEndpoint)
	permissions, _ := template.Only(t, typePermissions)
	listener := template.Has(t, typeListener, props{"Protocol": "TCP"})
	if want := []string{before, listener, permissions}; !slices.Equal(endpoint.DependsOn, want) {
		t.Errorf("the endpoint waits for %v, want %v", endpoint.DependsOn, want)
	}
	_, record := template.Only(t, typeRecord)
	if want := []string{before, endpointID}; !slices.Equal(record.DependsOn, want) {
		t.Errorf("the record waits for %v, want %v", record.DependsOn, want)
	}
	template.Has(t, typeGroup, props{"SecurityGroupIngress": []any{props{"CidrIp": "10.9.0.0/16", "Description": "Wrapped"}}})
}

// The VPC of a client's group is read from its default child, which its owner can replace.
func TestClientWithAnotherDefaultChild(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) {
		group := newClient(stack, p.Vpc)
		group.Node().SetDefaultChild(awscdk.NewCfnResource(group, jsii.String("Other"), &awscdk.CfnResourceProps{Type: jsii.String("Test::It::Is")}))
		p.Clients = &[]awsec2.IConnectable{group}
	})
	cdktest.Synth(t, stack)
}

// A certificate that is defined as a generic resource has no properties in CDK, so its names are unknown.
func TestCertificateAsGenericResource(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	certificate := awscdk.NewCfnResource(stack, jsii.String("Certificate"), &awscdk.CfnResourceProps{
		Type: jsii.String("AWS::CertificateManager::Certificate"), Properties: &map[string]any{"DomainName": "other.company.com"},
	})
	newProvider(stack, func(p *privateapi.PrivateApiProviderProps) {
		p.DomainNames = jsii.Strings("api.company.com")
		p.Certificates = &[]elbv2.IListenerCertificate{elbv2.ListenerCertificate_FromArn(certificate.Ref())}
	})
	cdktest.Synth(t, stack)
}
