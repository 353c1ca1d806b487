package deploy_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

// deployedStack is a stack in its account, with the clients that a test reads its resources by.
type deployedStack struct {
	t      *testing.T
	name   string
	config aws.Config
	cfn    *cloudformation.Client
	ec2    *ec2.Client
	elb    *elb.Client
}

func stackOf(t *testing.T, config aws.Config, name string) deployedStack {
	return deployedStack{t, name, config, cloudformation.NewFromConfig(config), ec2.NewFromConfig(config), elb.NewFromConfig(config)}
}

// physical returns the physical IDs of the resources of a type in the stack.
func (s deployedStack) physical(typeName string) []string {
	s.t.Helper()
	found := must(s.cfn.DescribeStackResources(s.t.Context(), &cloudformation.DescribeStackResourcesInput{
		StackName: aws.String(s.name),
	}))(s.t)
	ids := []string{}
	for _, resource := range found.StackResources {
		if aws.ToString(resource.ResourceType) == typeName {
			ids = append(ids, aws.ToString(resource.PhysicalResourceId))
		}
	}
	return ids
}

// physicalOf returns the physical ID of the only resource whose logical ID is a prefix and a hash.
func (s deployedStack) physicalOf(prefix string) string {
	s.t.Helper()
	found := must(s.cfn.DescribeStackResources(s.t.Context(), &cloudformation.DescribeStackResourcesInput{
		StackName: aws.String(s.name),
	}))(s.t)
	ids := []string{}
	for _, resource := range found.StackResources {
		if id := aws.ToString(resource.LogicalResourceId); strings.HasPrefix(id, prefix) && len(id) == len(prefix)+hashLength {
			ids = append(ids, aws.ToString(resource.PhysicalResourceId))
		}
	}
	return one(s.t, "resources named "+prefix, ids)
}

// hashLength is how many characters CDK appends to the path of a construct in a logical ID.
const hashLength = 8

// rule is a rule of a security group: its direction, its ports, and its peer.
type rule struct {
	egress   bool
	from, to int32
	peer     string
}

// rules returns the rules of a security group.
func (s deployedStack) rules(group string) map[rule]bool {
	s.t.Helper()
	found := must(s.ec2.DescribeSecurityGroupRules(s.t.Context(), &ec2.DescribeSecurityGroupRulesInput{
		Filters: []ec2types.Filter{{Name: aws.String("group-id"), Values: []string{group}}},
	}))(s.t)
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

// nothingOut is CDK's egress rule for a group without outbound traffic: with an empty list, EC2 would allow all of it.
var nothingOut = rule{true, -1, -1, "255.255.255.255/32 icmp"}

func in(port int32, peer string) rule  { return rule{false, port, port, peer} }
func out(port int32, peer string) rule { return rule{true, port, port, peer} }

// wantRules fails the test unless a security group has exactly these rules.
func (s deployedStack) wantRules(what, group string, want ...rule) {
	s.t.Helper()
	got := s.rules(group)
	for _, r := range want {
		if !got[r] {
			s.t.Errorf("%s: no rule %+v", what, r)
		}
		delete(got, r)
	}
	for r := range got {
		s.t.Errorf("%s: unexpected rule %+v", what, r)
	}
}

// one returns the only element.
func one[T any](t *testing.T, what string, all []T) T {
	t.Helper()
	if len(all) != 1 {
		t.Fatalf("there are %d %s, want one", len(all), what)
	}
	return all[0]
}

// balancer returns the only load balancer of a type.
func (s deployedStack) balancer(kind elbtypes.LoadBalancerTypeEnum) elbtypes.LoadBalancer {
	s.t.Helper()
	found := must(s.elb.DescribeLoadBalancers(s.t.Context(), &elb.DescribeLoadBalancersInput{
		LoadBalancerArns: s.physical("AWS::ElasticLoadBalancingV2::LoadBalancer"),
	}))(s.t)
	of := []elbtypes.LoadBalancer{}
	for _, b := range found.LoadBalancers {
		if b.Type == kind {
			of = append(of, b)
		}
	}
	return one(s.t, string(kind)+" load balancers", of)
}

func (s deployedStack) listener(balancer elbtypes.LoadBalancer) elbtypes.Listener {
	s.t.Helper()
	found := must(s.elb.DescribeListeners(s.t.Context(), &elb.DescribeListenersInput{LoadBalancerArn: balancer.LoadBalancerArn}))(s.t)
	return one(s.t, "listeners", found.Listeners)
}

func (s deployedStack) targetGroup(arn string) elbtypes.TargetGroup {
	s.t.Helper()
	found := must(s.elb.DescribeTargetGroups(s.t.Context(), &elb.DescribeTargetGroupsInput{TargetGroupArns: []string{arn}}))(s.t)
	return one(s.t, "target groups", found.TargetGroups)
}

func (s deployedStack) targets(arn string) []elbtypes.TargetHealthDescription {
	s.t.Helper()
	found := must(s.elb.DescribeTargetHealth(s.t.Context(), &elb.DescribeTargetHealthInput{TargetGroupArn: aws.String(arn)}))(s.t)
	return found.TargetHealthDescriptions
}

func (s deployedStack) attributes(balancer elbtypes.LoadBalancer) map[string]string {
	s.t.Helper()
	found := must(s.elb.DescribeLoadBalancerAttributes(s.t.Context(), &elb.DescribeLoadBalancerAttributesInput{
		LoadBalancerArn: balancer.LoadBalancerArn,
	}))(s.t)
	attributes := map[string]string{}
	for _, a := range found.Attributes {
		attributes[aws.ToString(a.Key)] = aws.ToString(a.Value)
	}
	return attributes
}

// want fails the test unless two values are equal.
func want[T comparable](t *testing.T, what string, got, want T) {
	t.Helper()
	if got != want {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}
