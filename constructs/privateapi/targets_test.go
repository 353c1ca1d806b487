package privateapi_test

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsautoscaling"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	elbtargets "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2targets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// For each of CDK's own targets, all rules between the ALB and the target.
func TestRealTargets(t *testing.T) {
	defer cdktest.Recover(t)
	for name, tc := range map[string]struct {
		options func(awscdk.Stack, awsec2.IVpc) *privateapi.RouteOptions
		want    []string // rules between the ALB and the targets, as openings lists them
	}{
		"Fargate": {func(stack awscdk.Stack, vpc awsec2.IVpc) *privateapi.RouteOptions {
			return &privateapi.RouteOptions{Targets: targets(fargate(stack, vpc))}
		}, []string{"ALB to Tasks 8080", "Tasks from ALB 8080"}},
		"Fargate with health checks on another port": {func(stack awscdk.Stack, vpc awsec2.IVpc) *privateapi.RouteOptions {
			return &privateapi.RouteOptions{Targets: targets(fargate(stack, vpc)), HealthCheck: &elbv2.HealthCheck{Port: jsii.String("80")}}
		}, []string{"ALB to Tasks 80", "ALB to Tasks 8080", "Tasks from ALB 80", "Tasks from ALB 8080"}},
		"one container of Fargate": {func(stack awscdk.Stack, vpc awsec2.IVpc) *privateapi.RouteOptions {
			target := fargate(stack, vpc).LoadBalancerTarget(&awsecs.LoadBalancerTargetOptions{ContainerName: jsii.String("app"), ContainerPort: jsii.Number(8080)})
			return &privateapi.RouteOptions{Targets: targets(target), HealthCheck: &elbv2.HealthCheck{Port: jsii.String("9000")}}
		}, []string{"ALB to Tasks 8080", "ALB to Tasks 9000", "Tasks from ALB 8080", "Tasks from ALB 9000"}},
		"ECS on instances of a capacity provider, to which CDK opens nothing": {func(stack awscdk.Stack, vpc awsec2.IVpc) *privateapi.RouteOptions {
			return &privateapi.RouteOptions{Targets: targets(ec2Service(stack, vpc))}
		}, nil},
		"ECS on instances, with peers and a port": {func(stack awscdk.Stack, vpc awsec2.IVpc) *privateapi.RouteOptions {
			service := ec2Service(stack, vpc)
			servers := awsec2.SecurityGroup_FromSecurityGroupId(stack, jsii.String("Tasks2"), jsii.String("sg-0123456789abcdef0"), nil)
			return &privateapi.RouteOptions{Targets: targets(service), TargetPeers: &[]awsec2.IConnectable{servers}, Port: jsii.Number(8080)}
		}, []string{"ALB to sg-0123456789abcdef0 8080", "sg-0123456789abcdef0 from ALB 8080"}},
		"Fargate, with peers that need no other port": {func(stack awscdk.Stack, vpc awsec2.IVpc) *privateapi.RouteOptions {
			service := fargate(stack, vpc)
			return &privateapi.RouteOptions{Targets: targets(service), TargetPeers: &[]awsec2.IConnectable{service}}
		}, []string{"ALB to Tasks 8080", "Tasks from ALB 8080"}},
		"an address with a port of its own": {func(awscdk.Stack, awsec2.IVpc) *privateapi.RouteOptions {
			return &privateapi.RouteOptions{Targets: targets(elbtargets.NewIpTarget(jsii.String("10.0.0.5"), jsii.Number(8080), nil))}
		}, []string{"ALB to 10.0.0.5/32 8080"}},
		"an address with health checks on the route's port": {func(awscdk.Stack, awsec2.IVpc) *privateapi.RouteOptions {
			target := elbtargets.NewIpTarget(jsii.String("10.0.0.5"), jsii.Number(8080), nil)
			return &privateapi.RouteOptions{Targets: targets(target), HealthCheck: &elbv2.HealthCheck{Port: jsii.String("80")}}
		}, []string{"ALB to 10.0.0.5/32 80", "ALB to 10.0.0.5/32 8080"}},
		"an instance": {func(stack awscdk.Stack, vpc awsec2.IVpc) *privateapi.RouteOptions {
			server := instance(stack, vpc)
			return &privateapi.RouteOptions{
				Targets:     targets(elbtargets.NewInstanceTarget(server, jsii.Number(8080))),
				TargetPeers: &[]awsec2.IConnectable{server}, HealthCheck: &elbv2.HealthCheck{Port: jsii.String("9000")},
			}
		}, []string{"ALB to Tasks 8080", "ALB to Tasks 9000", "Tasks from ALB 8080", "Tasks from ALB 9000"}},
		"a function": {func(stack awscdk.Stack, _ awsec2.IVpc) *privateapi.RouteOptions {
			return &privateapi.RouteOptions{Targets: targets(elbtargets.NewLambdaTarget(function(stack))), TargetType: elbv2.TargetType_LAMBDA}
		}, nil},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			if got := openings(t, routeTemplate(t, tc.options)); !slices.Equal(got, tc.want) {
				t.Errorf("open are %q, want %q", got, tc.want)
			}
		})
	}
}

// Rules for targets are in the targets' stack: the stack of services depends on the provider's, and not the reverse.
func TestTargetsInAnotherStack(t *testing.T) {
	defer cdktest.Recover(t)
	for name, options := range map[string]func(awscdk.Stack, awsec2.IVpc) *privateapi.RouteOptions{
		"Fargate with health checks on another port": func(stack awscdk.Stack, vpc awsec2.IVpc) *privateapi.RouteOptions {
			return &privateapi.RouteOptions{Targets: targets(fargate(stack, vpc)), HealthCheck: &elbv2.HealthCheck{Port: jsii.String("9000")}}
		},
		"peers": func(stack awscdk.Stack, vpc awsec2.IVpc) *privateapi.RouteOptions {
			return &privateapi.RouteOptions{Targets: targets(elbtargets.NewInstanceIdTarget(jsii.String("i-0123456789abcdef0"), nil)), TargetPeers: &[]awsec2.IConnectable{tasks(stack, vpc)}}
		},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			app := cdktest.App(t, nil)
			providerStack, services := cdktest.StackIn(app, "Provider", cdktest.Account), cdktest.StackIn(app, "Services", cdktest.Account)
			var vpc awsec2.IVpc
			provider := newProvider(providerStack, func(p *privateapi.PrivateApiProviderProps) { vpc = p.Vpc })
			provider.AddRoute(jsii.String("Quote"), options(services, vpc))
			template := cdktest.Synth(t, providerStack).Template(t, "Services")
			if len(template.OfType(typeIngress)) == 0 || len(template.OfType(typeEgress)) == 0 {
				t.Error("the rules are not in the stack of the targets")
			}
		})
	}
}

// openings lists, sorted, the rules that the security groups of the ALB and the targets have for each other.
func openings(t *testing.T, template cdktest.Template) []string {
	t.Helper()
	return openingsOf(t, template, "application", "ALB")
}

// openingsOf is [openings] for a load balancer of another kind, with its name in the list.
func openingsOf(t *testing.T, template cdktest.Template, kind, label string) []string {
	t.Helper()
	_, alb := balancer(t, template, kind)
	names := map[string]string{groupOf(t, alb): label}
	for _, id := range template.Find(typeGroup, props{"GroupDescription": "Tasks"}) {
		names[id] = "Tasks"
	}
	name := func(v any) string {
		if att, ok := v.(props); ok {
			return names[referencesOf(att)[0]]
		}
		text, _ := v.(string)
		return text
	}
	var list []string
	add := func(owner any, to string, peer any, rule props) {
		if name(owner) != "" && name(peer) != "" && peer != "255.255.255.255/32" {
			list = append(list, strings.Join([]string{name(owner), to, name(peer), number(rule["FromPort"])}, " "))
		}
	}
	for _, id := range template.OfType(typeEgress) {
		rule := template.Resources[id].Properties
		add(rule["GroupId"], "to", cmp.Or(rule["DestinationSecurityGroupId"], rule["CidrIp"]), rule)
	}
	for _, id := range template.OfType(typeIngress) {
		rule := template.Resources[id].Properties
		add(rule["GroupId"], "from", rule["SourceSecurityGroupId"], rule)
	}
	inline, _ := template.Resources[groupOf(t, alb)].Properties["SecurityGroupEgress"].([]any)
	for _, rule := range inline {
		add(groupRef(t, alb), "to", rule.(props)["CidrIp"], rule.(props))
	}
	slices.Sort(list)
	return list
}

func tasks(stack awscdk.Stack, vpc awsec2.IVpc) awsec2.SecurityGroup {
	return awsec2.NewSecurityGroup(stack, jsii.String("Tasks"), &awsec2.SecurityGroupProps{Vpc: vpc, Description: jsii.String("Tasks"), AllowAllOutbound: jsii.Bool(false)})
}

func fargate(stack awscdk.Stack, vpc awsec2.IVpc) awsecs.FargateService {
	task := awsecs.NewFargateTaskDefinition(stack, jsii.String("Task"), nil)
	task.AddContainer(jsii.String("app"), &awsecs.ContainerDefinitionOptions{
		Image: awsecs.ContainerImage_FromRegistry(jsii.String("app"), nil), PortMappings: &[]*awsecs.PortMapping{{ContainerPort: jsii.Number(8080)}},
	})
	return awsecs.NewFargateService(stack, jsii.String("Service"), &awsecs.FargateServiceProps{
		Cluster:        awsecs.NewCluster(stack, jsii.String("Cluster"), &awsecs.ClusterProps{Vpc: vpc}),
		TaskDefinition: task, SecurityGroups: &[]awsec2.ISecurityGroup{tasks(stack, vpc)}, MinHealthyPercent: jsii.Number(100),
	})
}

func ec2Service(stack awscdk.Stack, vpc awsec2.IVpc) awsecs.Ec2Service {
	cluster := awsecs.NewCluster(stack, jsii.String("Cluster"), &awsecs.ClusterProps{Vpc: vpc})
	group := awsautoscaling.NewAutoScalingGroup(stack, jsii.String("Servers"), &awsautoscaling.AutoScalingGroupProps{
		Vpc: vpc, InstanceType: awsec2.NewInstanceType(jsii.String("t4g.micro")), SecurityGroup: tasks(stack, vpc), RequireImdsv2: jsii.Bool(true),
		MachineImage: awsec2.MachineImage_GenericLinux(&map[string]*string{cdktest.Region: jsii.String("ami-0123456789abcdef0")}, nil),
	})
	cluster.AddAsgCapacityProvider(awsecs.NewAsgCapacityProvider(stack, jsii.String("Capacity"), &awsecs.AsgCapacityProviderProps{AutoScalingGroup: group}), nil)
	task := awsecs.NewEc2TaskDefinition(stack, jsii.String("Task"), nil)
	task.AddContainer(jsii.String("app"), &awsecs.ContainerDefinitionOptions{
		Image: awsecs.ContainerImage_FromRegistry(jsii.String("app"), nil), MemoryLimitMiB: jsii.Number(128), PortMappings: &[]*awsecs.PortMapping{{ContainerPort: jsii.Number(8080)}},
	})
	return awsecs.NewEc2Service(stack, jsii.String("Service"), &awsecs.Ec2ServiceProps{Cluster: cluster, TaskDefinition: task, MinHealthyPercent: jsii.Number(100)})
}

func instance(stack awscdk.Stack, vpc awsec2.IVpc) awsec2.Instance {
	return awsec2.NewInstance(stack, jsii.String("Server"), &awsec2.InstanceProps{
		Vpc: vpc, InstanceType: awsec2.NewInstanceType(jsii.String("t4g.micro")), SecurityGroup: tasks(stack, vpc),
		MachineImage: awsec2.MachineImage_GenericLinux(&map[string]*string{cdktest.Region: jsii.String("ami-0123456789abcdef0")}, nil),
	})
}

func function(stack awscdk.Stack) awslambda.Function {
	return awslambda.NewFunction(stack, jsii.String("Quotes"), &awslambda.FunctionProps{
		Runtime: awslambda.Runtime_NODEJS_LATEST(), Handler: jsii.String("index.handler"), Code: awslambda.Code_FromInline(jsii.String("exports.handler = async () => ({})")),
	})
}

// number formats a port.
func number(v any) string { return strconv.FormatFloat(v.(float64), 'f', -1, 64) }
