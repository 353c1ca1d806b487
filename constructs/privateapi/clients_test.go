package privateapi_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

const typeECS = "AWS::ECS::Service"

// newService returns a Fargate service with a security group of its own, which is part of it.
func newService(scope constructs.Construct, id string, vpc awsec2.IVpc, outbound bool) awsecs.FargateService {
	task := awsecs.NewFargateTaskDefinition(scope, jsii.String(id+"Task"), nil)
	task.AddContainer(jsii.String("app"), &awsecs.ContainerDefinitionOptions{Image: awsecs.ContainerImage_FromRegistry(jsii.String("app"), nil)})
	group := awsec2.NewSecurityGroup(scope, jsii.String(id+"Group"), &awsec2.SecurityGroupProps{Vpc: vpc, AllowAllOutbound: jsii.Bool(outbound), Description: jsii.String(id)})
	return awsecs.NewFargateService(scope, jsii.String(id), &awsecs.FargateServiceProps{
		Cluster: awsecs.NewCluster(scope, jsii.String(id+"Cluster"), &awsecs.ClusterProps{Vpc: vpc}), TaskDefinition: task,
		SecurityGroups: &[]awsec2.ISecurityGroup{group}, MinHealthyPercent: jsii.Number(100),
	})
}

// waitsFor returns the types of the resources that an ECS service waits for, sorted.
func waitsFor(template cdktest.Template, service string) []string {
	types := []string{}
	for _, id := range template.OfType(typeECS) {
		if !strings.HasPrefix(id, service) {
			continue
		}
		for _, before := range template.Resources[id].DependsOn {
			if kind := template.Resources[before].Type; kind != "AWS::IAM::Role" { // of the task, by CDK
				types = append(types, strings.TrimPrefix(kind, "AWS::"))
			}
		}
	}
	slices.Sort(types)
	return types
}

func TestClientsWait(t *testing.T) {
	defer cdktest.Recover(t)
	type C = privateapi.PrivateApiConsumerProps
	path := []string{"EC2::SecurityGroupIngress", "EC2::VPCEndpoint", "Route53::HostedZone", "Route53::RecordSet"}
	for name, tc := range map[string]struct {
		build func(stack awscdk.Stack, vpc awsec2.IVpc)
		want  []string
	}{
		"for endpoint, rule, zone and record": {func(stack awscdk.Stack, vpc awsec2.IVpc) {
			service := newService(stack, "Caller", vpc, true)
			newConsumer(stack, func(p *C) { p.Vpc, p.Clients = vpc, &[]awsec2.IConnectable{service} })
		}, path},
		"for the rule that lets them out too": {func(stack awscdk.Stack, vpc awsec2.IVpc) {
			service := newService(stack, "Caller", vpc, false)
			newConsumer(stack, func(p *C) { p.Vpc, p.Clients = vpc, &[]awsec2.IConnectable{service} })
		}, append([]string{"EC2::SecurityGroupEgress"}, path...)},
		"for the record in an existing zone": {func(stack awscdk.Stack, vpc awsec2.IVpc) {
			service := newService(stack, "Caller", vpc, true)
			newConsumer(stack, func(p *C) {
				p.Vpc, p.Clients, p.HostedZone = vpc, &[]awsec2.IConnectable{service}, importedZone(stack)
			})
		}, []string{"EC2::SecurityGroupIngress", "EC2::VPCEndpoint", "Route53::RecordSet"}},
		"for the rules of security groups of the caller": {func(stack awscdk.Stack, vpc awsec2.IVpc) {
			service := newService(stack, "Caller", vpc, true)
			newConsumer(stack, func(p *C) {
				p.Vpc, p.Clients, p.DnsMode = vpc, &[]awsec2.IConnectable{service}, privateapi.DnsMode_NONE
				p.SecurityGroups = &[]awsec2.ISecurityGroup{ownGroup(stack, "One", vpc), existingGroup(stack, "Two", true)}
			})
		}, []string{"EC2::SecurityGroupIngress", "EC2::SecurityGroupIngress", "EC2::VPCEndpoint"}},
		"over another transport": {func(stack awscdk.Stack, vpc awsec2.IVpc) {
			service := newService(stack, "Caller", vpc, true)
			newConsumer(stack, func(p *C) {
				p.Vpc, p.Clients, p.Service = vpc, &[]awsec2.IConnectable{service}, newRoutedService(stack)
			})
		}, []string{"Route53::HostedZone", "Route53::RecordSet"}},
		"within a construct that has the service": {func(stack awscdk.Stack, vpc awsec2.IVpc) {
			team := &team{}
			constructs.NewConstruct_Override(team, stack, jsii.String("CallerTeam"))
			team.service = newService(team, "Caller", vpc, true)
			newConsumer(stack, func(p *C) { p.Vpc, p.Clients = vpc, &[]awsec2.IConnectable{team} })
		}, path},
		"if they are allowed later, on some ports": {func(stack awscdk.Stack, vpc awsec2.IVpc) {
			service := newService(stack, "Caller", vpc, true)
			newConsumer(stack, func(p *C) { p.Vpc, p.Service = vpc, databaseService(stack) }).AllowClient(service, jsii.Number(6432))
		}, path},
		"if they are allowed later, on all ports": {func(stack awscdk.Stack, vpc awsec2.IVpc) {
			service := newService(stack, "Caller", vpc, false)
			newConsumer(stack, func(p *C) { p.Vpc, p.Service = vpc, databaseService(stack) }).AllowClient(service)
		}, append([]string{
			"EC2::SecurityGroupEgress", "EC2::SecurityGroupEgress", "EC2::SecurityGroupIngress",
		}, path...)},
		"unless the caller says no, for those that are allowed later too": {func(stack awscdk.Stack, vpc awsec2.IVpc) {
			service := newService(stack, "Caller", vpc, true)
			newConsumer(stack, func(p *C) { p.Vpc, p.ClientsDependOnConnection = vpc, jsii.Bool(false) }).AllowClient(service)
		}, []string{}},
		"unless the caller says no": {func(stack awscdk.Stack, vpc awsec2.IVpc) {
			service := newService(stack, "Caller", vpc, true)
			newConsumer(stack, func(p *C) {
				p.Vpc, p.Clients, p.ClientsDependOnConnection = vpc, &[]awsec2.IConnectable{service}, jsii.Bool(false)
			})
		}, []string{}},
		"not if only their security group is known": {func(stack awscdk.Stack, vpc awsec2.IVpc) {
			service := newService(stack, "Caller", vpc, true)
			newConsumer(stack, func(p *C) {
				p.Vpc, p.Clients = vpc, &[]awsec2.IConnectable{(*service.Connections().SecurityGroups())[0]}
			})
		}, []string{}},
		"not for what waits for them by a dependency of the consumer": {func(stack awscdk.Stack, vpc awsec2.IVpc) {
			service := newService(stack, "Caller", vpc, true)
			newConsumer(stack, func(p *C) { p.Vpc, p.Clients = vpc, &[]awsec2.IConnectable{service} }).Node().AddDependency(service)
		}, []string{}},
		"not for what waits for them by a reference": {func(stack awscdk.Stack, vpc awsec2.IVpc) {
			service := newService(stack, "Caller", vpc, true)
			lookup := awscdk.NewCfnResource(stack, jsii.String("Lookup"), &awscdk.CfnResourceProps{
				Type: jsii.String("Custom::ServiceName"), Properties: &map[string]any{"After": service.ServiceArn()},
			})
			newConsumer(stack, func(p *C) {
				p.Vpc, p.Clients = vpc, &[]awsec2.IConnectable{service}
				p.Service = privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Found"), &privateapi.PrivateApiServiceAttributes{
					ServiceName: awscdk.Token_AsString(lookup.GetAtt(jsii.String("Name"), ""), nil), DomainNames: jsii.Strings(domain),
				})
			})
		}, []string{"EC2::SecurityGroupIngress"}}, // the zone has the record, which leads to the endpoint
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			tc.build(stack, vpcOf(stack, "Callers", "eu-west-1a", "eu-west-1b"))
			template := cdktest.SynthTemplate(t, stack)
			if got := waitsFor(template, "Caller"); !slices.Equal(got, tc.want) {
				t.Errorf("the service waits for %v, want %v", got, tc.want)
			}
			wantNoCircle(t, template)
		})
	}
}

// team is a construct with a service, as teams write them.
type team struct {
	constructs.Construct
	service awsecs.FargateService
}

func (t *team) Connections() awsec2.Connections { return t.service.Connections() }

// Two services that call, where the second is deployed after the first. A rule of the second must not keep the first waiting.
func TestClientsOfOneConsumerDoNotWaitForEachOther(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	newConsumer(stack, func(p *privateapi.PrivateApiConsumerProps) {
		first, second := newService(stack, "First", p.Vpc, true), newService(stack, "Second", p.Vpc, true)
		second.Node().AddDependency(first)
		(*second.Connections().SecurityGroups())[0].Node().AddDependency(first)
		p.Clients = &[]awsec2.IConnectable{first, second}
	})
	template := cdktest.SynthTemplate(t, stack)
	wantNoCircle(t, template)
	want := []string{"EC2::SecurityGroupIngress", "EC2::VPCEndpoint", "Route53::HostedZone", "Route53::RecordSet"}
	if got := waitsFor(template, "First"); !slices.Equal(got, want) {
		t.Errorf("the first service waits for %v, want %v", got, want)
	}
}

// Each of two consumers waits for the client of the other: only one of the two clients can wait.
func TestClientsThatWaitForEachOthersConsumer(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	vpc, imported := vpcOf(stack, "Callers", "eu-west-1a", "eu-west-1b"), importedService(stack)
	first, second := newService(stack, "First", vpc, true), newService(stack, "Second", vpc, true)
	consumer := func(id string, client awsec2.IConnectable) privateapi.PrivateApiConsumer {
		return privateapi.NewPrivateApiConsumer(stack, jsii.String(id), &privateapi.PrivateApiConsumerProps{
			Vpc: vpc, Service: imported, DnsMode: privateapi.DnsMode_NONE, Clients: &[]awsec2.IConnectable{client},
		})
	}
	consumer("FirstApi", first).Node().AddDependency(second)
	consumer("SecondApi", second).Node().AddDependency(first)
	wantNoCircle(t, cdktest.SynthTemplate(t, stack))
}

// A client of another stack does not wait: the rules of the consumer refer to its security group, so its stack is deployed first.
func TestClientsOfAnotherStackDoNotWait(t *testing.T) {
	defer cdktest.Recover(t)
	for name, consumerStack := range map[string]func(awscdk.Stack) awscdk.Stack{
		"of the app": func(stack awscdk.Stack) awscdk.Stack {
			return cdktest.StackIn(awscdk.App_Of(stack), "Network", cdktest.Account)
		},
		"that has theirs nested": func(stack awscdk.Stack) awscdk.Stack { return awscdk.NewNestedStack(stack, jsii.String("Nested"), nil) },
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			vpc := vpcOf(stack, "Callers", "eu-west-1a", "eu-west-1b")
			service := newService(stack, "Caller", vpc, true)
			newConsumer(consumerStack(stack), func(p *privateapi.PrivateApiConsumerProps) { p.Vpc, p.Clients = vpc, &[]awsec2.IConnectable{service} })
			if got := waitsFor(cdktest.SynthTemplate(t, stack), "Caller"); len(got) != 0 {
				t.Errorf("the service waits for %v, want nothing of the other stack", got)
			}
		})
	}
}

// A client that calls an API of this app by way of a provider which has the client among its targets.
func TestClientsThatAreTargetsWait(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	var vpc awsec2.IVpc
	provider := newProvider(stack, func(p *privateapi.PrivateApiProviderProps) { vpc = p.Vpc })
	service := newService(stack, "Caller", vpc, true)
	service.TaskDefinition().DefaultContainer().AddPortMappings(&awsecs.PortMapping{ContainerPort: jsii.Number(8080)})
	provider.AddRoute(jsii.String("Quote"), &privateapi.RouteOptions{PathPatterns: jsii.Strings("/v1/*"), Targets: targets(service)})
	privateapi.NewPrivateApiConsumer(stack, jsii.String("Checkout"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpc, Service: provider, Clients: &[]awsec2.IConnectable{service},
	})
	template := cdktest.SynthTemplate(t, stack)
	wantNoCircle(t, template)
	if got := waitsFor(template, "Caller"); !slices.Contains(got, "EC2::VPCEndpoint") {
		t.Errorf("the service waits for %v, want the endpoint among it", got)
	}
}

// wantNoCircle fails unless CloudFormation can order the resources of a template.
func wantNoCircle(t *testing.T, template cdktest.Template) {
	t.Helper()
	const open, closed = 1, 2
	state := map[string]int{}
	var visit func(id string, path []string)
	visit = func(id string, path []string) {
		switch state[id] {
		case closed:
			return
		case open:
			t.Fatalf("circular dependency: %v", append(path, id))
		}
		state[id] = open
		for _, before := range append(references(template.Resources[id].Properties), template.Resources[id].DependsOn...) {
			if _, ok := template.Resources[before]; ok {
				visit(before, append(path, id))
			}
		}
		state[id] = closed
	}
	for id := range template.Resources {
		visit(id, nil)
	}
}

// references returns the logical IDs that a value refers to.
func references(value any) []string {
	var ids []string
	switch value := value.(type) {
	case []any:
		for _, element := range value {
			ids = append(ids, references(element)...)
		}
	case map[string]any:
		for key, element := range value {
			switch name, isText := element.(string); {
			case key == "Ref" && isText:
				ids = append(ids, name)
			case key == "Fn::GetAtt":
				if list, ok := element.([]any); ok {
					ids = append(ids, list[0].(string))
				}
			default:
				ids = append(ids, references(element)...)
			}
		}
	}
	return ids
}
