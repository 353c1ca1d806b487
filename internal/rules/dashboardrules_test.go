package rules_test

import (
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func TestCheckDashboardTime(t *testing.T) {
	type span struct{ start, end string }
	check := func(r *rules.Report, property string, s span) { rules.CheckDashboardTime(r, property, s.start, s.end) }
	runChecks(t, check, map[string]checkCase[span]{
		"none":                        {span{"", ""}, ok},
		"hours":                       {span{"-PT6H", ""}, ok},
		"months":                      {span{"-P3M", ""}, ok},
		"days and minutes":            {span{"-P1DT30M", ""}, ok},
		"a span":                      {span{"2027-01-31T00:00:00.000Z", "2027-02-01T00:00:00.000Z"}, ok},
		"a span by other clocks":      {span{"2027-01-31T12:00:00+02:00", "2027-01-31T11:00:00Z"}, ok},
		"a duration to come":          {span{"PT6H", ""}, rules.DashboardTime},
		"a duration of nothing":       {span{"-P", ""}, rules.DashboardTime},
		"hours without a T":           {span{"-P6H", ""}, rules.DashboardTime},
		"a start without an end":      {span{"2027-01-31T00:00:00.000Z", ""}, rules.DashboardTime},
		"an end without a start":      {span{"", "2027-01-31T00:00:00.000Z"}, rules.DashboardTime},
		"a relative start and an end": {span{"-PT6H", "2027-01-31T00:00:00.000Z"}, rules.DashboardTime},
		"a relative end":              {span{"2027-01-31T00:00:00.000Z", "-PT6H"}, rules.DashboardTime},
		"an end before the start":     {span{"2027-02-01T00:00:00.000Z", "2027-01-31T00:00:00.000Z"}, rules.DashboardTime},
	})
}

func TestCheckDashboardName(t *testing.T) {
	runChecks(t, rules.CheckDashboardName, map[string]checkCase[string]{
		"letters":     {"Pricing_2-prod", ok},
		"the longest": {strings.Repeat("a", 255), ok},
		"too long":    {strings.Repeat("a", 256), rules.DashboardName},
		"empty":       {"", rules.DashboardName},
		"a space":     {"pricing prod", rules.DashboardName},
		"a dot":       {"api.pricing", rules.DashboardName},
	})
}

func TestCheckDashboardSize(t *testing.T) {
	type size struct{ metrics, largest int }
	check := func(r *rules.Report, property string, s size) {
		rules.CheckDashboardSize(r, property, s.metrics, s.largest)
	}
	runChecks(t, check, map[string]checkCase[size]{
		"the largest":         {size{2500, 500}, ok},
		"too many":            {size{2501, 500}, rules.DashboardSize},
		"too many in a graph": {size{501, 501}, rules.DashboardSize},
	})
}

func TestDashboardResources(t *testing.T) {
	for name, tc := range map[string]struct {
		check     func(*rules.Report, string, string)
		good, bad []string
	}{
		"endpoint service": {rules.CheckEndpointServiceID, []string{"vpce-svc-0123456789abcdef0"}, []string{"", "vpce-0123456789abcdef0", "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"}},
		"NLB":              {rules.CheckNetworkLoadBalancerFullName, []string{"net/pricing/0123456789abcdef"}, []string{"", "pricing", "app/pricing/0123456789abcdef", "loadbalancer/net/pricing/0123456789abcdef"}},
		"VPC Lattice":      {rules.CheckLatticeServiceID, []string{"svc-0123456789abcdef0"}, []string{"", "vpce-svc-0123456789abcdef0", "arn:aws:vpc-lattice:eu-west-1:222222222222:service/svc-0123456789abcdef0"}},
		"alarm":            {rules.CheckAlarmARN, []string{"arn:aws:cloudwatch:eu-west-1:222222222222:alarm:pricing/5XX"}, []string{"pricing", "arn:aws:sns:eu-west-1:222222222222:alarms"}},
		"ALB":              {rules.CheckLoadBalancerFullName, []string{"app/pricing/0123456789abcdef"}, []string{"", "pricing", "net/pricing/0123456789abcdef"}},
	} {
		cases := map[string]checkCase[string]{}
		for _, value := range tc.good {
			cases[name+" "+value] = checkCase[string]{value, ok}
		}
		for _, value := range tc.bad {
			cases[name+" "+value] = checkCase[string]{value, rules.DashboardResource}
		}
		runChecks(t, tc.check, cases)
	}
}
