package deploy_test

import (
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	elbtypes "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

// priorities are the assemblies of changes of priorities, after the settings: two routes with priorities are added, then they
// swap them, then one of them is renamed.
var priorities = []string{
	settingsAssembly() + "+priorities", settingsAssembly() + "+priorities+swapped", settingsAssembly() + "+priorities+swapped+renamed",
}

// changePriorities deploys changes in which one route takes the priority of another. ELB refuses a priority that a rule has
// at that moment, and CloudFormation creates and updates before it deletes.
func (o *orders) changePriorities(t *testing.T) {
	provider := stackOf(t, o.configs["Provider"], "Provider")
	var first map[string]string
	for i, paths := range []map[string]string{
		{"10": "/v4/special", "20": "/v4/*"},
		{"20": "/v4/special", "10": "/v4/*"},
		{"20": "/v4/special", "10": "/v4/*"},
	} {
		groups := provider.physical("AWS::ElasticLoadBalancingV2::TargetGroup")
		must(local.CLI.Deploy(t.Context(), o.configs["Provider"], filepath.Join(o.assembly, priorities[i]), "Provider"))(t)
		arns, got := provider.rulesByPriority("10", "20")
		if !maps.Equal(got, paths) {
			t.Errorf("after deployment %d, the paths are %v, want %v", i+1, got, paths)
		}
		if i == 0 {
			first = arns
		} else if !maps.Equal(arns, first) {
			t.Errorf("after deployment %d, the rules are %v, want %v as before", i+1, arns, first)
		}
		after := provider.physical("AWS::ElasticLoadBalancingV2::TargetGroup")
		gone := slices.DeleteFunc(groups, func(group string) bool { return slices.Contains(after, group) })
		want(t, "the number of target groups that are removed", len(gone), []int{0, 0, 1}[i])
	}
}

// rulesByPriority returns the ARNs and the paths of the listener rules with some priorities.
func (s deployedStack) rulesByPriority(wanted ...string) (arns, paths map[string]string) {
	s.t.Helper()
	listener := s.listener(s.balancer(elbtypes.LoadBalancerTypeEnumApplication))
	found := must(s.elb.DescribeRules(s.t.Context(), &elb.DescribeRulesInput{ListenerArn: listener.ListenerArn}))(s.t)
	arns, paths = map[string]string{}, map[string]string{}
	for _, priority := range wanted {
		for _, rule := range found.Rules {
			if aws.ToString(rule.Priority) == priority {
				arns[priority] = aws.ToString(rule.RuleArn)
				paths[priority] = one(s.t, "paths", one(s.t, "conditions", rule.Conditions).PathPatternConfig.Values)
			}
		}
	}
	return arns, paths
}
