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

// deployments deploys three changes with the CDK CLI onto what is deployed, those of two accounts at the same time.
func (o *orders) deployments(t *testing.T) {
	t.Run("of both accounts", func(t *testing.T) {
		t.Run("a route is added", func(t *testing.T) {
			t.Parallel()
			o.addRoute(t)
		})
		t.Run("a consumer is added", func(t *testing.T) {
			t.Parallel()
			caller := partyOf(t, o.configs["Caller"], "Caller")
			o.deploy(t, caller, "consumer", everydayChange(t, "consumer").caller)
			caller.wantSecondConsumer()
		})
	})
	t.Run("an allowed principal is added", o.addPrincipal)
}

func (o *orders) addRoute(t *testing.T) {
	offer := partyOf(t, o.configs["Offer"], "Offer")
	o.deploy(t, offer, "route", everydayChange(t, "route").offer)
	routes := offer.routes()
	want(t, "the number of routes", len(routes), 3)
	group := offer.targetGroup(routes["/v3/*"])
	want(t, "the port of the targets", aws.ToInt32(group.Port), 8080)
	alb := one(t, "groups of the ALB", offer.balancer(elbtypes.LoadBalancerTypeEnumApplication).SecurityGroups)
	if tasks := offer.group("Offer/ThirdTasks"); !offer.rules(alb)[out(8080, tasks)] || !offer.rules(tasks)[in(8080, alb)] {
		t.Error("the ALB and the targets are not opened to each other")
	}
}

func (o *orders) addPrincipal(t *testing.T) {
	offer := partyOf(t, o.configs["Offer"], "Offer")
	o.deploy(t, offer, "route+principal", everydayChange(t, "principal").offer)
	found := must(offer.ec2.DescribeVpcEndpointServicePermissions(t.Context(), &ec2.DescribeVpcEndpointServicePermissionsInput{
		ServiceId: aws.String(one(t, "services", offer.physical("AWS::EC2::VPCEndpointService"))),
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
		t.Fatalf("%s is no everyday change", name)
	}
	return everyday[at]
}

// deploy deploys an assembly over what is there. It fails the test unless the change set and the events of the stack name
// the same resources, and what was there before has kept its physical ID.
func (o *orders) deploy(t *testing.T, p party, assembly string, want *consequences) {
	t.Helper()
	dir := filepath.Join(o.assembly, assembly)
	next := must(readTemplate(dir, p.stack))(t)
	before, start := p.physicalIDs(), time.Now()
	must(local.CLI.Deploy(t.Context(), o.configs["Caller"], dir, p.stack, "--change-set-name", "everyday"))(t)

	changes := must(describeChangeSet(t.Context(), p.cfn, p.stack, "everyday"))(t)
	want.compare(t, consequencesOf(t, changes, o.base[p.stack], next))
	named := map[string]bool{}
	for _, change := range changes {
		named[aws.ToString(change.LogicalResourceId)] = true
	}
	if touched := p.touchedSince(start); !maps.Equal(touched, named) {
		t.Errorf("the deployment touched %v, the change set named %v", touched, named)
	}
	after := p.physicalIDs()
	for id, physical := range before {
		if after[id] != physical {
			t.Errorf("%s was %s, and is %q now", id, physical, after[id])
		}
	}
}

// physicalIDs returns those of all resources of the stack, by logical ID.
func (p party) physicalIDs() map[string]string {
	p.t.Helper()
	found := must(p.cfn.DescribeStackResources(p.t.Context(), &cloudformation.DescribeStackResourcesInput{
		StackName: aws.String(p.stack),
	}))(p.t)
	ids := map[string]string{}
	for _, resource := range found.StackResources {
		ids[aws.ToString(resource.LogicalResourceId)] = aws.ToString(resource.PhysicalResourceId)
	}
	return ids
}

// touchedSince returns the logical IDs of the resources that have events after a time.
func (p party) touchedSince(start time.Time) map[string]bool {
	p.t.Helper()
	touched := map[string]bool{}
	pages := cloudformation.NewDescribeStackEventsPaginator(p.cfn, &cloudformation.DescribeStackEventsInput{StackName: aws.String(p.stack)})
	for pages.HasMorePages() {
		for _, event := range must(pages.NextPage(p.t.Context()))(p.t).StackEvents {
			if event.Timestamp.After(start) && aws.ToString(event.ResourceType) != "AWS::CloudFormation::Stack" {
				touched[aws.ToString(event.LogicalResourceId)] = true
			}
		}
	}
	return touched
}

// routes returns the target groups of the routes of the API, by path.
func (p party) routes() map[string]string {
	p.t.Helper()
	listener := p.listener(p.balancer(elbtypes.LoadBalancerTypeEnumApplication))
	found := must(p.elb.DescribeRules(p.t.Context(), &elb.DescribeRulesInput{ListenerArn: listener.ListenerArn}))(p.t)
	groups := map[string]string{}
	for _, rule := range found.Rules {
		if action := one(p.t, "actions", rule.Actions); action.TargetGroupArn != nil {
			condition := one(p.t, "conditions", rule.Conditions)
			groups[one(p.t, "paths", condition.PathPatternConfig.Values)] = aws.ToString(action.TargetGroupArn)
		}
	}
	return groups
}

// group returns the security group that CDK describes by its construct path.
func (p party) group(path string) string {
	p.t.Helper()
	ids := p.physical("AWS::EC2::SecurityGroup")
	found := must(p.ec2.DescribeSecurityGroups(p.t.Context(), &ec2.DescribeSecurityGroupsInput{GroupIds: ids}))(p.t)
	for _, group := range found.SecurityGroups {
		if aws.ToString(group.Description) == path {
			return aws.ToString(group.GroupId)
		}
	}
	p.t.Fatalf("there is no security group %s", path)
	return ""
}

// wantSecondConsumer fails the test unless both endpoints are connected, and the name leads to each in its own VPC.
func (p party) wantSecondConsumer() {
	p.t.Helper()
	found := must(p.ec2.DescribeVpcEndpoints(p.t.Context(), &ec2.DescribeVpcEndpointsInput{
		VpcEndpointIds: p.physical("AWS::EC2::VPCEndpoint"),
	}))(p.t)
	want(p.t, "the number of endpoints", len(found.VpcEndpoints), 2)
	addresses := map[string]string{}
	for _, endpoint := range found.VpcEndpoints {
		want(p.t, "the state of an endpoint", string(endpoint.State), "available")
		addresses[aws.ToString(endpoint.VpcId)] = aws.ToString(endpoint.DnsEntries[0].DnsName)
	}
	want(p.t, "the number of VPCs", len(addresses), 2)
	client := route53.NewFromConfig(p.config)
	for _, id := range p.physical("AWS::Route53::HostedZone") {
		zone := must(client.GetHostedZone(p.t.Context(), &route53.GetHostedZoneInput{Id: aws.String(id)}))(p.t)
		records := must(client.ListResourceRecordSets(p.t.Context(), &route53.ListResourceRecordSetsInput{HostedZoneId: aws.String(id)}))(p.t)
		vpc := aws.ToString(one(p.t, "VPCs of a zone", zone.VPCs).VPCId)
		at := slices.IndexFunc(records.ResourceRecordSets, func(r r53types.ResourceRecordSet) bool { return r.AliasTarget != nil })
		if at < 0 {
			p.t.Fatalf("the zone of %s has no alias", vpc)
		}
		want(p.t, "where the name leads in "+vpc, aws.ToString(records.ResourceRecordSets[at].AliasTarget.DNSName), addresses[vpc])
		delete(addresses, vpc)
	}
	want(p.t, "the number of VPCs without a name", len(addresses), 0)
}

// anotherLoadBalancer deploys what docs/deploy.md warns of most: another NLB for a service that has connections. EC2 refuses
// it, and the stack goes back to what it was. What it leaves behind is a new NLB that is protected from deletion.
func (o *orders) anotherLoadBalancer(t *testing.T) {
	offer := partyOf(t, o.configs["Offer"], "Offer")
	before := offer.physicalIDs()
	_, err := local.CLI.Deploy(t.Context(), o.configs["Caller"], filepath.Join(o.assembly, "route+principal+scheme"), "Offer", "--method", "direct")
	if err == nil || !strings.Contains(err.Error(), "ExistingVpcEndpointConnections") {
		t.Errorf("the deployment ended with %v, want ExistingVpcEndpointConnections", err)
	}
	want(t, "the status of the stack", must(stack(t.Context(), o.configs["Offer"], "Offer"))(t).StackStatus, cfntypes.StackStatusUpdateRollbackComplete)
	if after := offer.physicalIDs(); !maps.Equal(after, before) {
		t.Errorf("the stack has %v, had %v", after, before)
	}
	nlb := aws.ToString(offer.balancer(elbtypes.LoadBalancerTypeEnumNetwork).LoadBalancerArn)
	found := must(offer.ec2.DescribeVpcEndpointServiceConfigurations(t.Context(), &ec2.DescribeVpcEndpointServiceConfigurationsInput{
		ServiceIds: offer.physical("AWS::EC2::VPCEndpointService"),
	}))(t)
	want(t, "the NLB of the service", one(t, "NLBs of the service", one(t, "services", found.ServiceConfigurations).NetworkLoadBalancerArns), nlb)
	left := []elbtypes.LoadBalancer{}
	for _, balancer := range must(offer.elb.DescribeLoadBalancers(t.Context(), &elb.DescribeLoadBalancersInput{}))(t).LoadBalancers {
		if balancer.Scheme == elbtypes.LoadBalancerSchemeEnumInternetFacing {
			left = append(left, balancer)
		}
	}
	want(t, "the protection of what is left behind", offer.attributes(one(t, "load balancers left behind", left))["deletion_protection.enabled"], "true")
}
