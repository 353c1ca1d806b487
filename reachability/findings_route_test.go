package reachability

import (
	"fmt"
	"testing"
)

// rule adds a rule of the ALB's listener.
func rule(id string, priority int, conditions string) string {
	return fmt.Sprintf(`Provider.%s = {"Type": "AWS::ElasticLoadBalancingV2::ListenerRule", "Properties": {"ListenerArn": {"Ref": "Listener"}, "Priority": %d, `+
		`"Conditions": [%s], "Actions": [{"Type": "forward", "TargetGroupArn": {"Ref": "Tasks"}}]}}`, id, priority, conditions)
}

func paths(patterns string) string {
	return `{"Field": "path-pattern", "PathPatternConfig": {"Values": [` + patterns + `]}}`
}

func hosts(patterns string) string {
	return `{"Field": "host-header", "HostHeaderConfig": {"Values": [` + patterns + `]}}`
}

func TestRouteFindings(t *testing.T) {
	const get = `{"Field": "http-request-method", "HttpRequestMethodConfig": {"Values": ["GET"]}}`
	shadowed := func(by string) []string {
		return []string{"routeShadowed Provider/Narrow.Conditions: Provider/" + by + ", of the smaller priority, takes every request of the rule"}
	}
	testFindings(t, []findingCase{
		{
			name:  "two rules of one priority",
			edits: []string{rule("Same", 10, paths(`"/v2/*"`))},
			want:  []string{"routePriority Provider/Same.Priority: two rules of the listener have the priority 10"},
			near: [][]string{
				{rule("Same", 11, paths(`"/v2/*"`))},
				{rule("Same", 10, paths(`"/v2/*"`)), `Provider.Same.ListenerArn = "arn:aws:elasticloadbalancing:eu-west-1:222222222222:listener/app/a/b/c"`},
			},
		},
		{
			name:  "a priority that AWS does not take",
			edits: []string{`Provider.Route.Priority = 50001`},
			want:  []string{"routePriority Provider/Route.Priority: Priority: must be a whole number between 1 and 50000, got 50001"},
		},
		{
			name:  "conditions that AWS does not take",
			edits: []string{rule("Many", 20, paths(`"/a","/b","/c", "d"`)+`, `+hosts(`"a.b","api"`))},
			want: []string{
				`routeCondition Provider/Many.Conditions[0].PathPatternConfig.Values[3]: Conditions[0].PathPatternConfig.Values[3]: "d" is not a path pattern`,
				`routeCondition Provider/Many.Conditions[1].HostHeaderConfig.Values[1]: Conditions[1].HostHeaderConfig.Values[1]: "api" is not a host pattern`,
				"routeCondition Provider/Many.Conditions: the rule has 6 values of paths and hosts, more than 5",
			},
			near: [][]string{{rule("Many", 20, paths(`"/a","/b","/c", "/d"`)+`, `+hosts(`"a.b"`))}},
		},
		{
			name:  "a rule below a wider path",
			edits: []string{rule("Wide", 20, paths(`"/v2/*"`)), rule("Narrow", 21, paths(`"/v2/quotes/*", "/v2/orders"`))},
			want:  shadowed("Wide"),
			near: [][]string{
				{rule("Wide", 20, paths(`"/v2/*"`)), rule("Narrow", 19, paths(`"/v2/quotes/*"`))},
				{rule("Wide", 20, paths(`"/v2/*"`)), rule("Narrow", 21, paths(`"/v2"`))},
				{rule("Wide", 20, paths(`"/v2/*"`)), rule("Narrow", 21, paths(`"/v2/a", "/v3/a"`))},
				{rule("Wide", 20, paths(`"/v2/*"`)), rule("Narrow", 21, paths(`"/V2/a"`))},
				{rule("Wide", 20, paths(`"/v2/*"`)+`, `+get), rule("Narrow", 21, paths(`"/v2/a"`))},
				{rule("Wide", 20, paths(`"/v2/*"`)+`, `+hosts(`"a.company.com"`)), rule("Narrow", 21, paths(`"/v2/a"`))},
				{rule("Wide", 20, paths(``)), rule("Narrow", 21, paths(`"/v2/a"`))},
				{rule("Wide", 20, hosts(``)+`, `+paths(`"/v2/*"`)), rule("Narrow", 21, paths(`"/v2/a"`))},
				{rule("Wide", 20, hosts(`{"Ref": "AWS::StackId"}`)), rule("Narrow", 21, paths(`"/v2/a"`))},
				{rule("Wide", 20, hosts(`"a.b"`)+`, `+hosts(`"*.b"`)), rule("Narrow", 21, hosts(`"c.b"`))},
				{rule("Wide", 20, paths(`"/v2/*"`)+`, {"Field": {"Ref": "AWS::StackId"}}`), rule("Narrow", 21, paths(`"/v2/a"`))},
				{rule("Wide", 20, paths(`"/v2/*", {"Ref": "AWS::StackId"}`)), rule("Narrow", 21, paths(`"/v2/a"`))},
				{rule("Wide", 20, paths(`"/v2/*"`)), `Provider.Wide.Priority = {"Ref": "AWS::StackId"}`, rule("Narrow", 21, paths(`"/v2/a"`))},
			},
		},
		{
			name: "a rule below a wider host",
			edits: []string{
				rule("Wide", 20, hosts(`"*.Company.com"`)), rule("Narrow", 21, hosts(`"other.company.com"`)+`, `+paths(`"/x"`)+`, `+get),
			},
			want: shadowed("Wide"),
			near: [][]string{{rule("Wide", 20, hosts(`"*.company.com"`)), rule("Narrow", 21, hosts(`"company.com"`)+`, `+paths(`"/x"`))}},
		},
		{
			name:  "a rule of hosts below one of every path",
			edits: []string{rule("Wide", 20, paths(`"/*"`)), rule("Narrow", 21, hosts(`"other.company.com"`))},
			want:  shadowed("Wide"),
		},
		{
			name: "a rule below two that take a path each",
			edits: []string{
				rule("Wide", 20, paths(`"/v2/*"`)), rule("Wider", 21, paths(`"/v3*"`)), rule("Narrow", 22, paths(`"/v2/a", "/v3/a"`)),
			},
			want: shadowed("Wider"),
		},
	})
}
