package monitoring_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/monitoring"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// All logs of one API in one template.
func TestLogs(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	allLogs(stack)
	template := cdktest.SynthTemplate(t, stack)
	cdktest.Golden(t, "logs", template)
	cdktest.Run(t, "each interface of the endpoint has a flow log", func(t *testing.T) {
		for i := range 2 {
			template.Has(t, typeFlowLog, map[string]any{
				"ResourceType": "NetworkInterface",
				"ResourceId":   map[string]any{"Fn::Select": []any{i, cdktest.GetAtt("LoggedEndpoint47B1BF36", "NetworkInterfaceIds")}},
			})
		}
	})
	cdktest.Run(t, "deliveries", func(t *testing.T) { checkDeliveries(t, template) })
	// EC2 and CloudWatch Logs refuse what replaces these, as long as the old one exists.
	cdktest.Run(t, "logical IDs do not change", func(t *testing.T) {
		got := slices.Concat(template.OfType(typeFlowLog), template.OfType(typeSource))
		want := []string{
			"ClientLogsFlowLogLoggedVpcPrivateSubnet15705F7DE", "ClientLogsFlowLogLoggedVpcPrivateSubnet29D52DA74", "EndpointLogsFlowLog183F4AC80", "EndpointLogsFlowLog2283798CB",
			"ProviderLogsFlowLogLoggedVpcPrivateSubnet28AD1F92B",
			"BalancerLogsAccessSource2BF42062", "BalancerLogsConnectionSource708C404A", "BalancerLogsHealthCheckSource3005D061",
		}
		if !slices.Equal(got, want) {
			t.Errorf("logical IDs = %q, want %q", got, want)
		}
	})
	cdktest.Run(t, "a query takes as many fields as its log has", func(t *testing.T) {
		fields := map[string]int{} // by log group
		for _, id := range template.OfType(typeFlowLog) {
			properties := template.Resources[id].Properties
			fields[properties["LogGroupName"].(map[string]any)["Ref"].(string)] = strings.Count(properties["LogFormat"].(string), "${")
		}
		counts := map[int]bool{}
		for _, id := range template.OfType(typeQuery) {
			query := template.Resources[id].Properties
			group := query["LogGroupNames"].([]any)[0].(map[string]any)["Ref"].(string)
			pattern, _, _ := strings.Cut(query["QueryString"].(string), " as ")
			if got := strings.Count(pattern, "*"); strings.HasPrefix(pattern, "parse") && got != fields[group] {
				t.Errorf("%s takes %d fields of %d", query["Name"], got, fields[group])
			}
			counts[fields[group]] = true
		}
		if !counts[17] || !counts[19] {
			t.Errorf("logs of 17 fields, and of 19 with those of ECS: %v", counts)
		}
	})
	cdktest.Run(t, "each query reads the log that it is about", func(t *testing.T) {
		for name, group := range map[string]string{
			"Who called": "EndpointLogs", "What was rejected at the endpoint": "EndpointLogs", "Internal call or SaaS call": "ClientLogs",
			"What was rejected at the clients": "ClientLogs", "What was rejected at the provider": "ProviderLogs", "Errors by route": "BalancerLogsAccess",
			"Slow requests": "BalancerLogsAccess", "TLS failures": "BalancerLogsConnection", "Failed health checks": "BalancerLogsHealthCheck",
		} {
			id := template.Has(t, typeQuery, map[string]any{"Name": "Stack/Queries/" + name})
			groups := template.Resources[id].Properties["LogGroupNames"].([]any)
			if ref, _ := groups[0].(map[string]any)["Ref"].(string); len(groups) != 1 || !strings.HasPrefix(ref, group+"LogGroup") {
				t.Errorf("%s reads %v, want %s", name, groups, group)
			}
		}
	})
}

// CDK's validation and cfn-lint find nothing in what the constructs can emit.
func TestLogsAreValid(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Validate(t, nil, func(app awscdk.App) { allLogs(cdktest.StackIn(app, "Logs", cdktest.Account)) })
}

// A log group of the caller takes the records, and the role writes nowhere else. The consumer may be of another stack, and wrapped.
func TestFlowLogsInAnotherStack(t *testing.T) {
	defer cdktest.Recover(t)
	recorded, logs := logStacks(cdktest.App(t, nil), cdktest.Account)
	type owned struct {
		privateapi.PrivateApiConsumer
		owner string
	}
	group := awslogs.NewLogGroup(logs, jsii.String("Own"), nil)
	flowLogs := monitoring.NewConsumerFlowLogs(logs, jsii.String("EndpointLogs"), &monitoring.ConsumerFlowLogsProps{
		Consumer: owned{loggedConsumer(recorded, "Logged", "api.internal.company.com", loggedVpc(recorded)), "checkout"}, LogGroup: group,
	})
	// 200 characters are 400 bytes.
	folder := strings.Repeat("ü", 200)
	monitoring.NewSavedQueries(logs, jsii.String("Queries"), &monitoring.SavedQueriesProps{EndpointLogs: flowLogs, Folder: &folder})
	template := cdktest.SynthTemplate(t, logs)
	template.Has(t, typeQuery, map[string]any{"Name": folder + "/Who called"})
	id, _ := template.Only(t, typeLogGroup)
	if got := len(template.Find(typeFlowLog, map[string]any{"LogGroupName": cdktest.Ref(id)})); got != 2 {
		t.Errorf("%d flow logs in the group, want 2", got)
	}
	_, role := template.Only(t, "AWS::IAM::Role")
	if !cdktest.Contains(role.Properties, map[string]any{"Policies": []any{map[string]any{"PolicyDocument": map[string]any{
		"Statement": []any{map[string]any{"Resource": cdktest.GetAtt(id, "Arn")}},
	}}}}) {
		t.Errorf("the role writes elsewhere: %v", role.Properties)
	}
	if logs.Resolve(flowLogs.LogGroupName()).(map[string]any)["Ref"] != id || len(*flowLogs.FlowLogs()) != 2 {
		t.Error("the accessors return something else")
	}
}

// A VPC that gets a zone has new subnets in front of its isolated ones. No subnet changes its flow log by that, because EC2 refuses a second one.
func TestSubnetsKeepTheirFlowLogs(t *testing.T) {
	defer cdktest.Recover(t)
	app := cdktest.App(t, nil)
	recorded := func(stackID string, zones ...string) awscdk.Stack {
		stack := cdktest.StackIn(app, stackID, cdktest.Account)
		subnets := func(kind string) *[]*string {
			var ids []*string
			for _, zone := range zones {
				ids = append(ids, jsii.String("subnet-"+kind+zone))
			}
			return &ids
		}
		vpc := awsec2.Vpc_FromVpcAttributes(stack, jsii.String("Vpc"), &awsec2.VpcAttributes{
			VpcId: jsii.String("vpc-0123456789abcdef0"), AvailabilityZones: jsii.Strings(zones...), PrivateSubnetIds: subnets("private"), IsolatedSubnetIds: subnets("isolated"),
		})
		monitoring.NewSubnetFlowLogs(stack, jsii.String("Logs"), &monitoring.SubnetFlowLogsProps{Vpc: vpc})
		return stack
	}
	idsOf := func(stack awscdk.Stack) map[string]string {
		template, ids := cdktest.SynthTemplate(t, stack), map[string]string{}
		for _, id := range template.OfType(typeFlowLog) {
			ids[template.Resources[id].Properties["ResourceId"].(string)] = id
		}
		return ids
	}
	two, three := recorded("Two", "a", "b"), recorded("Three", "a", "b", "c")
	before, after := idsOf(two), idsOf(three)
	for subnet, id := range before {
		if after[subnet] != id {
			t.Errorf("%s has %s, and had %s", subnet, after[subnet], id)
		}
	}
	if len(before) != 4 || len(after) != 6 {
		t.Errorf("%d and %d flow logs", len(before), len(after))
	}
}

// Every call to CDK is a round trip between two processes, so the number of calls is pinned: one for a construct. The stack of a consumer takes two and
// its interfaces one, an ARN one, and a path, of which names are made, two.
func TestLogCalls(t *testing.T) {
	steps := cdktest.Calls(t, func(count func(string, func())) {
		stack := cdktest.Stack(t)
		vpc := allLogs(stack) // asks for the answers that all share
		balancer := loggedBalancer(stack, "app/Orders/50dc6c495c0c9189")
		consumer := loggedConsumer(stack, "Second", "second.internal.company.com", vpc)
		var endpoint, clients monitoring.FlowLogs
		count("endpoint", func() {
			endpoint = monitoring.NewConsumerFlowLogs(stack, jsii.String("Endpoint"), &monitoring.ConsumerFlowLogsProps{Consumer: consumer})
		})
		count("clients", func() {
			clients = monitoring.NewSubnetFlowLogs(stack, jsii.String("Clients"), &monitoring.SubnetFlowLogsProps{Vpc: vpc})
		})
		count("balancer", func() {
			monitoring.NewLoadBalancerLogDelivery(stack, jsii.String("Balancer"), &monitoring.LoadBalancerLogDeliveryProps{
				LoadBalancer: balancer, LogTypes: &[]monitoring.LoadBalancerLogType{monitoring.LoadBalancerLogType_ALB_ACCESS_LOGS},
			})
		})
		count("queries", func() {
			monitoring.NewSavedQueries(stack, jsii.String("MoreQueries"), &monitoring.SavedQueriesProps{EndpointLogs: endpoint, ClientLogs: clients})
		})
	})
	for step, want := range map[string]int{"endpoint": 4, "clients": 1, "balancer": 5, "queries": 3} {
		if got := steps[step]; len(got) != want {
			t.Errorf("%s: %d calls, want %d: %q", step, len(got), want, got)
		}
	}
}
