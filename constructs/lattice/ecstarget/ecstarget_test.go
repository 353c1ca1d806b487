package ecstarget_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/lattice/ecstarget"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func TestMain(m *testing.M) { cdktest.Main(m) }

// newService defines a Fargate service with a container that has these port mappings.
func newService(stack awscdk.Stack, mappings ...*awsecs.PortMapping) awsecs.FargateService {
	vpc := awsec2.Vpc_FromVpcAttributes(stack, jsii.String("Vpc"), &awsec2.VpcAttributes{
		VpcId: jsii.String("vpc-0123456789abcdef0"), AvailabilityZones: jsii.Strings("eu-west-1a"),
		PrivateSubnetIds: jsii.Strings("subnet-0123456789abcdef0"), PrivateSubnetRouteTableIds: jsii.Strings("rtb-0123456789abcdef0"),
	})
	cluster := awsecs.NewCluster(stack, jsii.String("Cluster"), &awsecs.ClusterProps{Vpc: vpc})
	definition := awsecs.NewFargateTaskDefinition(stack, jsii.String("Task"), nil)
	definition.AddContainer(jsii.String("app"), &awsecs.ContainerDefinitionOptions{
		Image: awsecs.ContainerImage_FromRegistry(jsii.String("public.ecr.aws/nginx/nginx"), nil), PortMappings: &mappings,
	})
	return awsecs.NewFargateService(stack, jsii.String("Service"), &awsecs.FargateServiceProps{
		Cluster: cluster, TaskDefinition: definition, MinHealthyPercent: jsii.Number(50),
		SecurityGroups: &[]awsec2.ISecurityGroup{awsec2.NewSecurityGroup(stack, jsii.String("Tasks"), &awsec2.SecurityGroupProps{Vpc: vpc, AllowAllOutbound: jsii.Bool(false)})},
	})
}

func named(name string, port float64) *awsecs.PortMapping {
	return &awsecs.PortMapping{Name: jsii.String(name), ContainerPort: jsii.Number(port)}
}

func newApi(stack awscdk.Stack, id string, target lattice.ITarget) {
	lattice.NewApi(stack, jsii.String(id), &lattice.ApiProps{
		PrefixList: awsec2.PrefixList_FromPrefixListId(stack, jsii.String(id+"List"), jsii.String("pl-0721453c7ac4ec009")),
		Target:     target, AllowedPrincipals: &[]awsiam.IPrincipal{awsiam.NewAccountPrincipal(jsii.String(cdktest.OtherAccount))},
	})
}

func TestServiceOfTwoApis(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	service := newService(stack, named("http", 8080), named("admin", 9090))
	newApi(stack, "Pricing", ecstarget.New(service, nil))
	newApi(stack, "Admin", ecstarget.New(service, &ecstarget.Options{PortName: jsii.String("admin"), HealthCheck: &lattice.HealthCheck{Port: jsii.Number(8081)}}))
	cdktest.Golden(t, "two-apis", cdktest.SynthTemplate(t, stack))
}

func TestValidation(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Validate(t, nil, func(app awscdk.App) {
		stack := cdktest.StackIn(app, "Stack", cdktest.Account)
		newApi(stack, "Pricing", ecstarget.New(newService(stack, named("http", 8080)), nil))
	})
}

func TestRoleOfTheCaller(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	role := awsiam.Role_FromRoleArn(stack, jsii.String("Role"), jsii.String("arn:aws:iam::222222222222:role/ecs"), nil)
	newApi(stack, "Pricing", ecstarget.New(newService(stack, named("http", 8080)), &ecstarget.Options{InfrastructureRole: role}))
	template := cdktest.SynthTemplate(t, stack)
	template.Has(t, "AWS::ECS::Service", map[string]any{"VpcLatticeConfigurations": []any{
		map[string]any{"PortName": "http", "RoleArn": "arn:aws:iam::222222222222:role/ecs"},
	}})
	if n := len(template.OfType("AWS::IAM::Role")); n != 1 { // of the task
		t.Errorf("%d roles, want that of the task only", n)
	}
}

func TestRefusals(t *testing.T) {
	defer cdktest.Recover(t)
	unnamed := &awsecs.PortMapping{ContainerPort: jsii.Number(8080)}
	for name, tc := range map[string]struct {
		mappings []*awsecs.PortMapping
		options  *ecstarget.Options
		want     string
	}{
		"a port mapping without a name": {[]*awsecs.PortMapping{unnamed}, nil, "Target: has a container app whose port mapping has no Name [" + rules.LatticePortName.ID + "]"},
		"no port mapping":               {nil, nil, "Target: has a container app without port mappings [" + rules.LatticePortName.ID + "]"},
		"another name": {
			[]*awsecs.PortMapping{named("http", 8080)},
			&ecstarget.Options{PortName: jsii.String("web")},
			`Target.PortName: "web" is not the name of a port mapping [` + rules.LatticePortName.ID + "]",
		},
		"another container": {
			[]*awsecs.PortMapping{named("http", 8080)},
			&ecstarget.Options{ContainerName: jsii.String("sidecar")},
			`Target.ContainerName: "sidecar" is not a container of the task definition [` + rules.LatticePortName.ID + "]",
		},
		"a health check over TCP": {
			[]*awsecs.PortMapping{named("http", 8080)},
			&ecstarget.Options{HealthCheck: &lattice.HealthCheck{Protocol: lattice.TargetProtocol_TCP}},
			"Target.HealthCheck.Protocol: is TCP [" + rules.LatticeHealthCheck.ID + "]",
		},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			service := newService(stack, tc.mappings...)
			cdktest.WantPanic(t, tc.want, func() { newApi(stack, "Pricing", ecstarget.New(service, tc.options)) })
		})
	}
	cdktest.Run(t, "no service", func(t *testing.T) {
		cdktest.WantPanic(t, "Target: has no service", func() { newApi(cdktest.Stack(t), "Pricing", ecstarget.New(nil, nil)) })
	})
	cdktest.Run(t, "a service of another account", func(t *testing.T) {
		app := cdktest.App(t, nil)
		service := newService(cdktest.StackIn(app, "Other", cdktest.OtherAccount), named("http", 8080))
		cdktest.WantPanic(t, "is an ECS service of another account or Region", func() {
			newApi(cdktest.StackIn(app, "Stack", cdktest.Account), "Pricing", ecstarget.New(service, nil))
		})
	})
}

// Only this package of VPC Lattice imports awsecs.
func TestImports(t *testing.T) {
	const cdk, ecs = "github.com/aws/aws-cdk-go/awscdk/v2", "/awsecs"
	for pkg, want := range map[string]bool{".": true, "..": false} {
		output, err := exec.Command("go", "list", "-deps", pkg).Output()
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(string(output), cdk+ecs+"\n"); got != want {
			t.Errorf("%s imports awsecs: %v, want %v", pkg, got, want)
		}
	}
}
