package deploy_test

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	r53types "github.com/aws/aws-sdk-go-v2/service/route53/types"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

// deployments deploys three changes with the CDK CLI, those of the two accounts at the same time.
func (o *orders) deployments(t *testing.T) {
	t.Run("of both accounts", func(t *testing.T) {
		t.Run("a route is added", func(t *testing.T) {
			t.Parallel()
			o.addRoute(t)
		})
		t.Run("a consumer is added", func(t *testing.T) {
			t.Parallel()
			consumer := stackOf(t, o.configs["Consumer"], "Consumer")
			o.deploy(t, consumer, "consumer", everydayChange(t, "consumer").consumer)
			consumer.wantSecondConsumer()
		})
	})
	t.Run("an allowed principal is added", o.addPrincipal)
}

func (o *orders) addRoute(t *testing.T) {
	provider := stackOf(t, o.configs["Provider"], "Provider")
	o.deploy(t, provider, "route", everydayChange(t, "route").provider)
	routes := provider.routes()
	want(t, "the number of routes", len(routes), 3)
	group := provider.targetGroup(routes["/v3/*"])
	want(t, "the port of the targets", aws.ToInt32(group.Port), 8080)
	alb := one(t, "groups of the ALB", provider.balancer(elbtypes.LoadBalancerTypeEnumApplication).SecurityGroups)
	if tasks := provider.group("Provider/ThirdTasks"); !provider.rules(alb)[out(8080, tasks)] || !provider.rules(tasks)[in(8080, alb)] {
		t.Error("the security groups of the ALB and of the targets do not allow each other")
	}
}

func (o *orders) addPrincipal(t *testing.T) {
	provider := stackOf(t, o.configs["Provider"], "Provider")
	o.deploy(t, provider, "route+principal", everydayChange(t, "principal").provider)
	found := must(provider.ec2.DescribeVpcEndpointServicePermissions(t.Context(), &ec2.DescribeVpcEndpointServicePermissionsInput{
		ServiceId: aws.String(one(t, "services", provider.physical("AWS::EC2::VPCEndpointService"))),
	}))(t)
	allowed := map[string]bool{}
	for _, principal := range found.AllowedPrincipals {
		allowed[aws.ToString(principal.Principal)] = true
	}
	want(t, "the number of principals", len(allowed), 3)
	for _, account := range []string{scenario.Pricing, scenario.Checkout, "333333333333"} {
		want(t, "whether "+account+" is allowed", allowed["arn:aws:iam::"+account+":root"], true)
	}
}

func everydayChange(t *testing.T, name string) change {
	t.Helper()
	at := slices.IndexFunc(everyday, func(c change) bool { return c.name == name })
	if at < 0 {
		t.Fatalf("%s is not an everyday change", name)
	}
	return everyday[at]
}

// deploy updates a stack of the app.
func (o *orders) deploy(t *testing.T, s deployedStack, assembly string, want *consequences) {
	t.Helper()
	s.update(o.configs["Consumer"], filepath.Join(o.assembly, assembly), o.base[s.name], want)
}

// update deploys the stack of an assembly. It fails the test unless the change set and the events of the stack name the same resources, except
// those that are listed for an attribute that stays, and all existing resources that are not removed keep their physical IDs.
func (s deployedStack) update(as aws.Config, assembly string, old template, want *consequences) {
	s.t.Helper()
	next := must(readTemplate(assembly, s.name))(s.t)
	before, start := s.physicalIDs(), time.Now()
	must(local.CLI.Deploy(s.t.Context(), as, assembly, s.name, "--change-set-name", "everyday"))(s.t)

	changes := must(describeChangeSet(s.t.Context(), s.cfn, s.name, "everyday"))(s.t)
	want.compare(s.t, consequencesOf(s.t, changes, old, next))
	touched := s.touchedSince(start)
	for _, change := range changes {
		id := aws.ToString(change.LogicalResourceId)
		if isListed := change.Action == cfntypes.ChangeActionModify && !isCertain(change); !touched[id] && !isListed {
			s.t.Errorf("the change set named %s, but the deployment did not touch it", id)
		}
		delete(touched, id)
		if change.Action == cfntypes.ChangeActionRemove {
			delete(before, id)
		}
	}
	for id := range touched {
		s.t.Errorf("the deployment touched %s, which the change set did not name", id)
	}
	after := s.physicalIDs()
	for id, physical := range before {
		if after[id] != physical {
			s.t.Errorf("the physical ID of %s was %s, and is %q now", id, physical, after[id])
		}
	}
}

// physicalIDs returns those of all resources of the stack, by logical ID.
func (s deployedStack) physicalIDs() map[string]string {
	s.t.Helper()
	found := must(s.cfn.DescribeStackResources(s.t.Context(), &cloudformation.DescribeStackResourcesInput{
		StackName: aws.String(s.name),
	}))(s.t)
	ids := map[string]string{}
	for _, resource := range found.StackResources {
		ids[aws.ToString(resource.LogicalResourceId)] = aws.ToString(resource.PhysicalResourceId)
	}
	return ids
}

// touchedSince returns the logical IDs of the resources that have events after a time.
func (s deployedStack) touchedSince(start time.Time) map[string]bool {
	s.t.Helper()
	touched := map[string]bool{}
	pages := cloudformation.NewDescribeStackEventsPaginator(s.cfn, &cloudformation.DescribeStackEventsInput{StackName: aws.String(s.name)})
	for pages.HasMorePages() {
		for _, event := range must(pages.NextPage(s.t.Context()))(s.t).StackEvents {
			if event.Timestamp.After(start) && aws.ToString(event.ResourceType) != "AWS::CloudFormation::Stack" {
				touched[aws.ToString(event.LogicalResourceId)] = true
			}
		}
	}
	return touched
}

// routes returns the target groups of the routes of the API, by path.
func (s deployedStack) routes() map[string]string {
	s.t.Helper()
	listener := s.listener(s.balancer(elbtypes.LoadBalancerTypeEnumApplication))
	found := must(s.elb.DescribeRules(s.t.Context(), &elb.DescribeRulesInput{ListenerArn: listener.ListenerArn}))(s.t)
	groups := map[string]string{}
	for _, rule := range found.Rules {
		if action := one(s.t, "actions", rule.Actions); action.TargetGroupArn != nil {
			condition := one(s.t, "conditions", rule.Conditions)
			groups[one(s.t, "paths", condition.PathPatternConfig.Values)] = aws.ToString(action.TargetGroupArn)
		}
	}
	return groups
}

// group returns the security group whose description is a construct path: CDK describes groups so.
func (s deployedStack) group(path string) string {
	s.t.Helper()
	ids := s.physical("AWS::EC2::SecurityGroup")
	found := must(s.ec2.DescribeSecurityGroups(s.t.Context(), &ec2.DescribeSecurityGroupsInput{GroupIds: ids}))(s.t)
	for _, group := range found.SecurityGroups {
		if aws.ToString(group.Description) == path {
			return aws.ToString(group.GroupId)
		}
	}
	s.t.Fatalf("there is no security group %s", path)
	return ""
}

// wantSecondConsumer fails the test unless both endpoints are connected, and the name resolves to each in its own VPC.
func (s deployedStack) wantSecondConsumer() {
	s.t.Helper()
	found := must(s.ec2.DescribeVpcEndpoints(s.t.Context(), &ec2.DescribeVpcEndpointsInput{
		VpcEndpointIds: s.physical("AWS::EC2::VPCEndpoint"),
	}))(s.t)
	want(s.t, "the number of endpoints", len(found.VpcEndpoints), 2)
	addresses := map[string]string{}
	for _, endpoint := range found.VpcEndpoints {
		want(s.t, "the state of an endpoint", string(endpoint.State), "available")
		addresses[aws.ToString(endpoint.VpcId)] = aws.ToString(endpoint.DnsEntries[0].DnsName)
	}
	want(s.t, "the number of VPCs", len(addresses), 2)
	client := route53.NewFromConfig(s.config)
	for _, id := range s.physical("AWS::Route53::HostedZone") {
		zone := must(client.GetHostedZone(s.t.Context(), &route53.GetHostedZoneInput{Id: aws.String(id)}))(s.t)
		records := must(client.ListResourceRecordSets(s.t.Context(), &route53.ListResourceRecordSetsInput{HostedZoneId: aws.String(id)}))(s.t)
		vpc := aws.ToString(one(s.t, "VPCs of a zone", zone.VPCs).VPCId)
		at := slices.IndexFunc(records.ResourceRecordSets, func(r r53types.ResourceRecordSet) bool { return r.AliasTarget != nil })
		if at < 0 {
			s.t.Fatalf("the zone of %s has no alias", vpc)
		}
		want(s.t, "the target of the name in "+vpc, aws.ToString(records.ResourceRecordSets[at].AliasTarget.DNSName), addresses[vpc])
		delete(addresses, vpc)
	}
	want(s.t, "the number of VPCs without a name", len(addresses), 0)
}

// anotherLoadBalancer deploys what docs/deploy.md warns about most: another NLB for a service that has connections. ELB refuses its
// listener, and EC2 would refuse the service; the stack is rolled back. The new NLB stays behind, because it is protected from deletion.
func (o *orders) anotherLoadBalancer(t *testing.T) {
	provider := stackOf(t, o.configs["Provider"], "Provider")
	before := provider.physicalIDs()
	_, err := local.CLI.Deploy(t.Context(), o.configs["Consumer"], filepath.Join(o.assembly, "route+principal+scheme"), "Provider", "--method", "direct")
	if err == nil || !strings.Contains(err.Error(), "cannot be associated with more than one load balancer") {
		t.Errorf("the error of the deployment is %v, want that of a target group of another load balancer", err)
	}
	want(t, "the status of the stack", must(stack(t.Context(), o.configs["Provider"], "Provider"))(t).StackStatus, cfntypes.StackStatusUpdateRollbackComplete)
	if after := provider.physicalIDs(); !maps.Equal(after, before) {
		t.Errorf("the stack has %v, and had %v before", after, before)
	}
	nlb := aws.ToString(provider.balancer(elbtypes.LoadBalancerTypeEnumNetwork).LoadBalancerArn)
	found := must(provider.ec2.DescribeVpcEndpointServiceConfigurations(t.Context(), &ec2.DescribeVpcEndpointServiceConfigurationsInput{
		ServiceIds: provider.physical("AWS::EC2::VPCEndpointService"),
	}))(t)
	want(t, "the NLB of the service", one(t, "NLBs of the service", one(t, "services", found.ServiceConfigurations).NetworkLoadBalancerArns), nlb)
	left := []elbtypes.LoadBalancer{}
	for _, balancer := range must(provider.elb.DescribeLoadBalancers(t.Context(), &elb.DescribeLoadBalancersInput{}))(t).LoadBalancers {
		if balancer.Scheme == elbtypes.LoadBalancerSchemeEnumInternetFacing {
			left = append(left, balancer)
		}
	}
	want(t, "the deletion protection of the NLB that is left behind", provider.attributes(one(t, "load balancers left behind", left))["deletion_protection.enabled"], "true")
}
