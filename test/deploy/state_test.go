package deploy_test

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

// party is who has deployed a stack, and what the SDK describes of it to a test.
type party struct {
	t      *testing.T
	stack  string
	config aws.Config
	cfn    *cloudformation.Client
	ec2    *ec2.Client
	elb    *elb.Client
}

func partyOf(t *testing.T, config aws.Config, stack string) party {
	return party{t, stack, config, cloudformation.NewFromConfig(config), ec2.NewFromConfig(config), elb.NewFromConfig(config)}
}

// physical returns the physical IDs of the resources of a type in the stack.
func (p party) physical(typeName string) []string {
	p.t.Helper()
	found := must(p.cfn.DescribeStackResources(p.t.Context(), &cloudformation.DescribeStackResourcesInput{
		StackName: aws.String(p.stack),
	}))(p.t)
	ids := []string{}
	for _, resource := range found.StackResources {
		if aws.ToString(resource.ResourceType) == typeName {
			ids = append(ids, aws.ToString(resource.PhysicalResourceId))
		}
	}
	return ids
}

// rule is a rule of a security group: which way, on which ports, and who is on the other side.
type rule struct {
	egress   bool
	from, to int32
	peer     string
}

// rules returns the rules of a security group.
func (p party) rules(group string) map[rule]bool {
	p.t.Helper()
	found := must(p.ec2.DescribeSecurityGroupRules(p.t.Context(), &ec2.DescribeSecurityGroupRulesInput{
		Filters: []ec2types.Filter{{Name: aws.String("group-id"), Values: []string{group}}},
	}))(p.t)
	rules := map[rule]bool{}
	for _, r := range found.SecurityGroupRules {
		peer := aws.ToString(r.CidrIpv4) + aws.ToString(r.PrefixListId)
		if r.ReferencedGroupInfo != nil {
			peer += aws.ToString(r.ReferencedGroupInfo.GroupId)
		}
		if aws.ToString(r.IpProtocol) == "tcp" {
			rules[rule{aws.ToBool(r.IsEgress), aws.ToInt32(r.FromPort), aws.ToInt32(r.ToPort), peer}] = true
		} else {
			rules[rule{aws.ToBool(r.IsEgress), -1, -1, peer + " " + aws.ToString(r.IpProtocol)}] = true
		}
	}
	return rules
}

// nothingOut is how CDK writes a group that may not send: EC2 would let an empty list send everywhere.
var nothingOut = rule{true, -1, -1, "255.255.255.255/32 icmp"}

func in(port int32, peer string) rule  { return rule{false, port, port, peer} }
func out(port int32, peer string) rule { return rule{true, port, port, peer} }

// wantRules fails the test unless a security group has these rules and no other.
func (p party) wantRules(what, group string, want ...rule) {
	p.t.Helper()
	got := p.rules(group)
	for _, r := range want {
		if !got[r] {
			p.t.Errorf("%s: no rule %+v", what, r)
		}
		delete(got, r)
	}
	for r := range got {
		p.t.Errorf("%s: unexpected rule %+v", what, r)
	}
}

// one returns the only element.
func one[T any](t *testing.T, what string, all []T) T {
	t.Helper()
	if len(all) != 1 {
		t.Fatalf("there are %d of %s, want one", len(all), what)
	}
	return all[0]
}

// balancer returns the only load balancer of a kind.
func (p party) balancer(kind elbtypes.LoadBalancerTypeEnum) elbtypes.LoadBalancer {
	p.t.Helper()
	found := must(p.elb.DescribeLoadBalancers(p.t.Context(), &elb.DescribeLoadBalancersInput{
		LoadBalancerArns: p.physical("AWS::ElasticLoadBalancingV2::LoadBalancer"),
	}))(p.t)
	of := []elbtypes.LoadBalancer{}
	for _, b := range found.LoadBalancers {
		if b.Type == kind {
			of = append(of, b)
		}
	}
	return one(p.t, string(kind)+" load balancers", of)
}

func (p party) listener(balancer elbtypes.LoadBalancer) elbtypes.Listener {
	p.t.Helper()
	found := must(p.elb.DescribeListeners(p.t.Context(), &elb.DescribeListenersInput{LoadBalancerArn: balancer.LoadBalancerArn}))(p.t)
	return one(p.t, "listeners", found.Listeners)
}

func (p party) targetGroup(arn string) elbtypes.TargetGroup {
	p.t.Helper()
	found := must(p.elb.DescribeTargetGroups(p.t.Context(), &elb.DescribeTargetGroupsInput{TargetGroupArns: []string{arn}}))(p.t)
	return one(p.t, "target groups", found.TargetGroups)
}

func (p party) targets(arn string) []elbtypes.TargetHealthDescription {
	p.t.Helper()
	found := must(p.elb.DescribeTargetHealth(p.t.Context(), &elb.DescribeTargetHealthInput{TargetGroupArn: aws.String(arn)}))(p.t)
	return found.TargetHealthDescriptions
}

func (p party) attributes(balancer elbtypes.LoadBalancer) map[string]string {
	p.t.Helper()
	found := must(p.elb.DescribeLoadBalancerAttributes(p.t.Context(), &elb.DescribeLoadBalancerAttributesInput{
		LoadBalancerArn: balancer.LoadBalancerArn,
	}))(p.t)
	attributes := map[string]string{}
	for _, a := range found.Attributes {
		attributes[aws.ToString(a.Key)] = aws.ToString(a.Value)
	}
	return attributes
}

// want fails the test unless a value is the one that is wanted.
func want[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}
