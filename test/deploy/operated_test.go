package deploy_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	sigv4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

// operated is examples/operated, deployed by both teams.
type operated struct {
	*teams
}

// TestOperated deploys a pair that is watched: the alarms, dashboards, logs and queries are about the resources that stand.
func TestOperated(t *testing.T) {
	needLocal(t)
	o := deployOperated(t)
	t.Run("alarms have the dimensions of what they watch", o.alarms)
	t.Run("the composite alarm refers to its parts", o.composite)
	t.Run("dashboards show the same resources", o.dashboards)
	t.Run("flow logs are those of the endpoint, the subnets and the VPCs", o.flowLogs)
	t.Run("the logs of the ALB are delivered to groups that queries ask", o.deliveries)
	t.Run("queries ask log groups that exist", o.queries)
	t.Run("Contributor Insights counts by endpoint", o.insights)
	t.Run("a second deployment changes nothing", o.unchanged)
	t.Run("everything is deleted", o.deleted)
}

func deployOperated(t *testing.T) *operated {
	t.Helper()
	e := must(prepareTeams(t.Context(), "operated", "api.operated.internal.company.com", map[string]string{
		"OperatedPricing": scenario.Pricing, "OperatedCheckout": scenario.Checkout,
	}))(t)
	if err := local.CLI.App(t.Context(), e.program, e.assembly, must(zonesOf(t.Context(), scenario.Pricing, scenario.Checkout))(t)); err != nil {
		t.Fatal(err)
	}
	unprotect(t, e.assembly, "OperatedPricing")
	if err := e.deploy(t.Context(), "OperatedPricing", "CertificateArn="+e.certificateArn); err != nil {
		t.Fatal(err)
	}
	name := must(output(t.Context(), e.configs["OperatedPricing"], "OperatedPricing", "ServiceName"))(t)
	if err := e.deploy(t.Context(), "OperatedCheckout", "PricingServiceName="+name); err != nil {
		t.Fatal(err)
	}
	return &operated{e}
}

// stacks are both stacks, for a subtest.
func (o *operated) stacks(t *testing.T) (pricing, checkout deployedStack) {
	return o.stack(t, "OperatedPricing"), o.stack(t, "OperatedCheckout")
}

// alarm is what CloudWatch has of an alarm.
type alarm struct {
	AlarmName, AlarmArn, AlarmRule, MetricName, Namespace string
	AlarmActions                                          []string
	Dimensions                                            []struct{ Name, Value string }
}

// alarmsOf returns the alarms of a stack by the construct's part of their names.
func alarmsOf(t *testing.T, s deployedStack) map[string]alarm {
	t.Helper()
	found := struct{ MetricAlarms, CompositeAlarms []alarm }{}
	s.cloudWatch(t, "DescribeAlarms", map[string]any{}, &found)
	all := map[string]alarm{}
	for _, a := range slices.Concat(found.MetricAlarms, found.CompositeAlarms) {
		if id, isOurs := strings.CutPrefix(a.AlarmName, s.name+"-"); isOurs {
			id, _, _ = strings.Cut(id, "-")
			all[id[:len(id)-hashLength]] = a
		}
	}
	return all
}

// cloudWatch calls CloudWatch, for which the module has no client.
func (s deployedStack) cloudWatch(t *testing.T, operation string, input, into any) {
	t.Helper()
	body := must(json.Marshal(input))(t)
	request := must(http.NewRequestWithContext(t.Context(), http.MethodPost, aws.ToString(s.config.BaseEndpoint), bytes.NewReader(body)))(t)
	request.Header.Set("Content-Type", "application/x-amz-json-1.0")
	request.Header.Set("X-Amz-Target", "GraniteServiceVersion20100801."+operation)
	credentials, hash := must(s.config.Credentials.Retrieve(t.Context()))(t), sha256.Sum256(body)
	if err := sigv4.NewSigner().SignHTTP(t.Context(), credentials, request, hex.EncodeToString(hash[:]), "monitoring", s.config.Region, time.Now()); err != nil {
		t.Fatal(err)
	}
	answer := must(http.DefaultClient.Do(request))(t)
	defer func() { _ = answer.Body.Close() }() // it is only read
	content := must(io.ReadAll(answer.Body))(t)
	if answer.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s\n%s", operation, answer.Status, content)
	}
	if err := json.Unmarshal(content, into); err != nil {
		t.Fatalf("%s: %v\n%s", operation, err, content)
	}
}

// end is what an ARN ends with: the full name of a load balancer or a target group, by which CloudWatch knows it.
func end(arn, from string) string { return arn[strings.Index(arn, from):] }

func (o *operated) alarms(t *testing.T) {
	pricing, checkout := o.stacks(t)
	nlb := end(aws.ToString(pricing.balancer(elbtypes.LoadBalancerTypeEnumNetwork).LoadBalancerArn), "net/")
	alb := end(aws.ToString(pricing.balancer(elbtypes.LoadBalancerTypeEnumApplication).LoadBalancerArn), "app/")
	endpoint := o.endpoint(t)
	ofEndpoint := map[string]string{
		"Endpoint Type": "Interface", "Service Name": aws.ToString(endpoint.ServiceName),
		"VPC Endpoint Id": aws.ToString(endpoint.VpcEndpointId), "VPC Id": aws.ToString(endpoint.VpcId),
	}
	service := map[string]string{"Service Id": pricing.physicalOf("ApiEndpointService")}
	targets := end(pricing.physicalOf("ApiRouteQuotes"), "targetgroup/")
	for stack, alarms := range map[*deployedStack]map[string]map[string]string{
		&pricing: {
			"AlarmsRstPacketsSent":        service,
			"AlarmsNoEndpoints":           service,
			"AlarmsNoHealthyZone":         {"LoadBalancer": nlb},
			"AlarmsRejectedConnections":   {"LoadBalancer": alb},
			"AlarmsNoHealthyTargetQuotes": {"LoadBalancer": alb, "TargetGroup": targets},
			"AlarmsDaysToExpiry":          {"CertificateArn": o.certificateArn},
			"AcceptorSilenceAlarm":        {"FunctionName": pricing.physicalOf("AcceptorFunction")},
		},
		&checkout: {"AlarmsPacketsDropped": ofEndpoint, "AlarmsRstPacketsReceived": ofEndpoint, "AlarmsNoConnections": ofEndpoint},
	} {
		found := alarmsOf(t, *stack)
		for name, want := range alarms {
			got := map[string]string{}
			for _, d := range found[name].Dimensions {
				got[d.Name] = d.Value
			}
			if !maps.Equal(got, want) {
				t.Errorf("%s of %s watches %v, want %v", name, stack.name, got, want)
			}
		}
	}
	want(t, "the number of Pricing's alarms", len(alarmsOf(t, pricing)), 20)
	want(t, "the number of Checkout's alarms", len(alarmsOf(t, checkout)), 3)
}

func (o *operated) endpoint(t *testing.T) ec2types.VpcEndpoint {
	t.Helper()
	_, checkout := o.stacks(t)
	found := must(checkout.ec2.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{VpcEndpointIds: checkout.physical("AWS::EC2::VPCEndpoint")}))(t)
	return one(t, "endpoints", found.VpcEndpoints)
}

func (o *operated) composite(t *testing.T) {
	pricing, _ := o.stacks(t)
	all := alarmsOf(t, pricing)
	rule := all["AlarmsApiUnavailable"].AlarmRule
	for _, part := range []string{"AlarmsNoHealthyZone", "AlarmsLoadBalancerErrors", "AlarmsNoHealthyTargetQuotes"} {
		if arn := all[part].AlarmArn; arn == "" || !strings.Contains(rule, `ALARM("`+arn+`")`) {
			t.Errorf("%q does not name %s, whose ARN is %q", rule, part, arn)
		}
		want(t, "the number of actions of "+part, len(all[part].AlarmActions), 0)
	}
	want(t, "what ApiUnavailable does", strings.Join(all["AlarmsApiUnavailable"].AlarmActions, " "), "arn:aws:sns:eu-west-1:"+scenario.Pricing+":on-call")
}

// dashboards: a body is JSON of widgets, and has what CloudFormation put in for the resources.
func (o *operated) dashboards(t *testing.T) {
	pricing, checkout := o.stacks(t)
	for stack, resources := range map[*deployedStack][]string{
		&pricing:  {pricing.physicalOf("ApiEndpointService"), end(pricing.physicalOf("ApiNetworkLoadBalancer"), "net/"), scenario.Checkout},
		&checkout: checkout.physical("AWS::EC2::VPCEndpoint"),
	} {
		found := struct{ DashboardBody string }{}
		stack.cloudWatch(t, "GetDashboard", map[string]any{"DashboardName": one(t, "dashboards", stack.physical("AWS::CloudWatch::Dashboard"))}, &found)
		body := struct {
			Widgets []struct{ Properties map[string]any }
		}{}
		if err := json.Unmarshal([]byte(found.DashboardBody), &body); err != nil {
			t.Fatal(err)
		}
		if len(body.Widgets) < 4 {
			t.Errorf("the dashboard of %s has %d widgets", stack.name, len(body.Widgets))
		}
		for _, r := range slices.Concat(resources, arnsOf(alarmsOf(t, *stack))) {
			if !strings.Contains(found.DashboardBody, r) {
				t.Errorf("the dashboard of %s does not show %s", stack.name, r)
			}
		}
	}
}

func arnsOf(alarms map[string]alarm) (arns []string) {
	for _, a := range alarms {
		arns = append(arns, a.AlarmArn)
	}
	return arns
}

func (o *operated) flowLogs(t *testing.T) {
	pricing, checkout := o.stacks(t)
	expected := map[string]string{ // log group by resource
		one(t, "VPCs", checkout.physical("AWS::EC2::VPC")): checkout.physicalOf("VpcRejected"),
		checkout.physicalOf("VpcPrivateSubnet1Subnet"):     checkout.physicalOf("ClientLogsLogGroup"),
		checkout.physicalOf("VpcPrivateSubnet2Subnet"):     checkout.physicalOf("ClientLogsLogGroup"),
	}
	for _, networkInterface := range o.endpoint(t).NetworkInterfaceIds {
		expected[networkInterface] = checkout.physicalOf("PricingLogsLogGroup")
	}
	want(t, "the number of resources with flow logs", len(expected), 5)
	o.wantFlowLogs(t, checkout, expected)
	o.wantFlowLogs(t, pricing, map[string]string{one(t, "VPCs", pricing.physical("AWS::EC2::VPC")): pricing.physicalOf("VpcRejected")})
}

func (o *operated) wantFlowLogs(t *testing.T, s deployedStack, expected map[string]string) {
	t.Helper()
	found := must(s.ec2.DescribeFlowLogs(t.Context(), &ec2.DescribeFlowLogsInput{}))(t)
	groups := map[string]string{}
	for _, log := range found.FlowLogs {
		if slices.Contains(s.physical("AWS::EC2::FlowLog"), aws.ToString(log.FlowLogId)) {
			groups[aws.ToString(log.ResourceId)] = aws.ToString(log.LogGroupName)
			want(t, "whether "+aws.ToString(log.ResourceId)+" is recorded", aws.ToString(log.DeliverLogsStatus), "SUCCESS")
		}
	}
	if !maps.Equal(groups, expected) {
		t.Errorf("the flow logs of %s are %v, want %v", s.name, groups, expected)
	}
}

// deliveries: each from a source, which is the ALB, to a log group to which CloudWatch Logs may write; and access logs to the bucket.
func (o *operated) deliveries(t *testing.T) {
	pricing, _ := o.stacks(t)
	logs, alb := cloudwatchlogs.NewFromConfig(pricing.config), pricing.balancer(elbtypes.LoadBalancerTypeEnumApplication)
	types := []string{}
	for _, source := range must(logs.DescribeDeliverySources(t.Context(), &cloudwatchlogs.DescribeDeliverySourcesInput{}))(t).DeliverySources {
		want(t, "whose logs are delivered", strings.Join(source.ResourceArns, " "), aws.ToString(alb.LoadBalancerArn))
		types = append(types, aws.ToString(source.LogType))
	}
	slices.Sort(types)
	want(t, "what is delivered", strings.Join(types, " "), "ALB_ACCESS_LOGS ALB_CONNECTION_LOGS ALB_HEALTH_CHECK_LOGS")
	want(t, "the number of deliveries", len(must(logs.DescribeDeliveries(t.Context(), &cloudwatchlogs.DescribeDeliveriesInput{}))(t).Deliveries), 3)
	attributes := must(pricing.elb.DescribeLoadBalancerAttributes(t.Context(), &elb.DescribeLoadBalancerAttributesInput{LoadBalancerArn: alb.LoadBalancerArn}))(t)
	if !slices.ContainsFunc(attributes.Attributes, func(a elbtypes.LoadBalancerAttribute) bool {
		return aws.ToString(a.Key) == "access_logs.s3.bucket" && aws.ToString(a.Value) == one(t, "buckets", pricing.physical("AWS::S3::Bucket"))
	}) {
		t.Errorf("the ALB logs to no bucket: %v", attributes.Attributes)
	}
}

func (o *operated) queries(t *testing.T) {
	pricing, checkout := o.stacks(t)
	for _, s := range []deployedStack{pricing, checkout} {
		found := must(cloudwatchlogs.NewFromConfig(s.config).DescribeQueryDefinitions(t.Context(), &cloudwatchlogs.DescribeQueryDefinitionsInput{
			QueryDefinitionNamePrefix: aws.String(s.name + "/Queries/"),
		}))(t)
		want(t, "the number of queries of "+s.name, len(found.QueryDefinitions), 4)
		groups := s.physical("AWS::Logs::LogGroup")
		for _, query := range found.QueryDefinitions {
			if !slices.Contains(groups, one(t, "log groups of a query", query.LogGroupNames)) {
				t.Errorf("%s asks %v", aws.ToString(query.Name), query.LogGroupNames)
			}
		}
	}
}

func (o *operated) insights(t *testing.T) {
	pricing, _ := o.stacks(t)
	found := struct {
		ManagedRules []struct{ TemplateName string }
	}{}
	pricing.cloudWatch(t, "ListManagedInsightRules", map[string]any{
		"ResourceARN": "arn:aws:ec2:eu-west-1:" + scenario.Pricing + ":vpc-endpoint-service/" + pricing.physicalOf("ApiEndpointService"),
	}, &found)
	want(t, "the number of rules", len(found.ManagedRules), 4)
}

func (o *operated) unchanged(t *testing.T) {
	for stack, parameter := range map[string]string{"OperatedPricing": "CertificateArn", "OperatedCheckout": "PricingServiceName"} {
		config := o.configs[stack]
		id := must(createChangeSet(t.Context(), config, stack, must(readTemplate(o.assembly, stack))(t).body, parameter))(t)
		changes, err := describeChangeSet(t.Context(), o.stack(t, stack).cfn, stack, id)
		if err == nil || !strings.Contains(err.Error(), "didn't contain changes") {
			t.Errorf("%s: %v, %v", stack, changes, err)
		}
	}
}

// deleted: Checkout first, because EC2 does not delete a service that is connected. CloudFormation is asked without the CLI, which takes longer.
func (o *operated) deleted(t *testing.T) {
	pricing, checkout := o.stacks(t)
	for _, s := range []deployedStack{checkout, pricing} {
		must(s.cfn.DeleteStack(t.Context(), &cloudformation.DeleteStackInput{StackName: &s.name}))(t)
		waitFor(t, s.name+" is deleted", func() bool {
			found, err := stack(t.Context(), s.config, s.name)
			return err != nil || found.StackStatus == cfntypes.StackStatusDeleteComplete
		})
		want(t, "the number of alarms left of "+s.name, len(alarmsOf(t, s)), 0)
	}
	rules := struct{ InsightRules []any }{}
	pricing.cloudWatch(t, "DescribeInsightRules", map[string]any{}, &rules)
	want(t, "the number of rules left", len(rules.InsightRules), 0)
}
