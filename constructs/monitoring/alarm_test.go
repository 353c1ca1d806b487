package monitoring_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/monitoring"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/metricstest"
)

// alarmShapes are alarms in stacks of their own, so that their goldens have nothing else.
var alarmShapes = map[string]func(watched, stack awscdk.Stack) monitoring.IAlarms{
	"alarms-provider": func(watched, stack awscdk.Stack) monitoring.IAlarms {
		return newProviderAlarms(stack, alarmedAPI(watched, "Quote"), func(p *providerAlarms) {
			p.Topics, p.Certificates = onCall(stack), alarmedCertificates()
		})
	},
	"alarms-all": func(watched, stack awscdk.Stack) monitoring.IAlarms {
		return newProviderAlarms(stack, alarmedAPI(watched, "Quote", "Trade"), func(p *providerAlarms) {
			p.ActionArns, p.OkActions, p.PartActions = jsii.Strings(incidentArn), jsii.Bool(false), jsii.Bool(true)
			p.MinimumRequests = jsii.Number(50)
			p.Alarms = &settings{"NoEndpoints": on(), "BlockedInbound": on(), "LoadBalancerResets": on()}
		})
	},
	"alarms-nlb": func(watched, stack awscdk.Stack) monitoring.IAlarms {
		return newProviderAlarms(stack, alarmedNLB(watched))
	},
	"alarms-consumer": func(watched, stack awscdk.Stack) monitoring.IAlarms {
		return newConsumerAlarms(stack, alarmedConsumer(watched), func(p *consumerAlarms) {
			p.Topics, p.Alarms = onCall(stack), &settings{"NoConnections": on()}
		})
	},
	"alarms-routed": func(watched, stack awscdk.Stack) monitoring.IAlarms {
		return newProviderAlarms(stack, alarmedRoutedAPI(watched, alarmedVpc(watched, "Routed-Vpc")))
	},
	"alarms-lattice": func(watched, stack awscdk.Stack) monitoring.IAlarms {
		return newProviderAlarms(stack, alarmedLatticeAPI(watched))
	},
	"alarms-spoke": func(watched, stack awscdk.Stack) monitoring.IAlarms {
		return newConsumerAlarms(stack, alarmedRoutedConsumer(watched), func(p *consumerAlarms) { p.Spoke = alarmedSpoke(watched) })
	},
	"alarms-subnets": func(watched, stack awscdk.Stack) monitoring.IAlarms {
		vpc := alarmedVpc(watched, "Alarmed")
		return newConsumerAlarms(stack, alarmedConsumer(watched), func(p *consumerAlarms) { p.Subnets = vpc.PrivateSubnets() })
	},
}

// alarm is what a case wants of an alarm.
type alarm = map[string]any

func compares(metric, statistic, comparison string, threshold, datapoints, periods, period float64, missing string) alarm {
	a := alarm{
		"MetricName": metric, "ComparisonOperator": comparison, "Threshold": threshold, "EvaluationPeriods": periods,
		"Period": period, "TreatMissingData": missing,
	}
	if strings.HasPrefix(statistic, "p") {
		a["ExtendedStatistic"], a["EvaluateLowSampleCountPercentile"] = statistic, "ignore"
	} else {
		a["Statistic"] = statistic
	}
	if datapoints < periods {
		a["DatapointsToAlarm"] = datapoints
	}
	return a
}

const (
	above   = "GreaterThanThreshold"
	below   = "LessThanThreshold"
	atMost  = "LessThanOrEqualToThreshold"
	fine    = "notBreaching"
	breach  = "breaching"
	missing = "missing"
	ignore  = "ignore"
)

// wantAlarms are the alarms of each shape by their construct IDs, in the order of a request's path.
var wantAlarms = map[string][]struct {
	id   string
	want alarm
}{
	"alarms-provider": {
		{"RstPacketsSent", compares("RstPacketsSent", "Sum", above, 100, 5, 5, 60, missing)},
		{"NoHealthyZone", compares("ZonalHealthStatus", "Maximum", below, 1, 3, 5, 60, ignore)},
		{"UnhealthyZone", compares("ZonalHealthStatus", "Minimum", below, 1, 3, 5, 60, fine)},
		{"PortAllocationErrors", compares("PortAllocationErrorCount", "Sum", above, 0, 3, 5, 60, fine)},
		{"BlockedOutbound", compares("SecurityGroupBlockedFlowCount_Outbound_TCP", "Sum", above, 0, 3, 5, 60, fine)},
		{"LoadBalancerErrors", rates("IF(FILL(m2, 0) + FILL(m1, 0) >= 10, 100 * FILL(m1, 0) / (FILL(m2, 0) + FILL(m1, 0)), 0)", "HTTPCode_ELB_5XX_Count", "RequestCount")},
		{"TargetErrors", rates("IF(FILL(m2, 0) >= 10, 100 * FILL(m1, 0) / (FILL(m2, 0)), 0)", "HTTPCode_Target_5XX_Count", "RequestCount")},
		{"SlowResponses", compares("TargetResponseTime", "p99", above, 3, 5, 5, 60, fine)},
		{"RejectedConnections", compares("RejectedConnectionCount", "Sum", above, 0, 3, 5, 60, fine)},
		{"NoHealthyTargetQuote", compares("HealthyHostCount", "Maximum", below, 1, 3, 5, 60, breach)},
		{"UnhealthyTargetQuote", compares("UnHealthyHostCount", "Minimum", above, 0, 3, 5, 60, fine)},
		{"DaysToExpiry", compares("DaysToExpiry", "Minimum", atMost, 44, 1, 1, 86400, breach)},
	},
	"alarms-nlb": {
		{"RstPacketsSent", alarm{}},
		{"NoHealthyZone", alarm{}},
		{"UnhealthyZone", alarm{}},
		{"PortAllocationErrors", alarm{}},
		{"BlockedOutbound", alarm{}},
		{"NoHealthyTargetPostgres", compares("HealthyHostCount", "Maximum", below, 1, 3, 5, 60, breach)},
		{"UnhealthyTargetPostgres", compares("UnHealthyHostCount", "Maximum", above, 0, 3, 5, 60, fine)},
	},
	"alarms-consumer": {
		{"PacketsDropped", compares("PacketsDropped", "Sum", above, 0, 5, 5, 60, missing)},
		{"RstPacketsReceived", compares("RstPacketsReceived", "Sum", above, 100, 5, 5, 60, fine)},
		{"NoConnections", compares("NewConnections", "Sum", below, 1, 3, 3, 300, breach)},
	},
	"alarms-all": {
		{"RstPacketsSent", alarm{"AlarmActions": []any{incidentArn}}},
		{"NoEndpoints", compares("EndpointsCount", "Maximum", below, 1, 3, 3, 300, breach)},
		{"NoHealthyZone", alarm{"AlarmActions": []any{incidentArn}}},
		{"UnhealthyZone", alarm{}},
		{"PortAllocationErrors", alarm{}},
		{"BlockedOutbound", alarm{}},
		{"BlockedInbound", compares("SecurityGroupBlockedFlowCount_Inbound_TCP", "Sum", above, 0, 3, 5, 60, fine)},
		{"LoadBalancerResets", compares("TCP_ELB_Reset_Count", "Sum", above, 100, 3, 5, 60, fine)},
		{"LoadBalancerErrors", rates("IF(FILL(m2, 0) + FILL(m1, 0) >= 50, 100 * FILL(m1, 0) / (FILL(m2, 0) + FILL(m1, 0)), 0)", "HTTPCode_ELB_5XX_Count", "RequestCount")},
		{"TargetErrors", alarm{}},
		{"SlowResponses", alarm{}},
		{"RejectedConnections", alarm{}},
		{"NoHealthyTargetQuote", alarm{}},
		{"UnhealthyTargetQuote", alarm{}},
		{"NoHealthyTargetTrade", alarm{}},
		{"UnhealthyTargetTrade", alarm{}},
	},
	"alarms-routed": {
		{"LoadBalancerErrors", alarm{}},
		{"TargetErrors", alarm{}},
		{"SlowResponses", alarm{}},
		{"RejectedConnections", alarm{}},
		{"NoHealthyTargetQuote", alarm{}},
		{"UnhealthyTargetQuote", alarm{}},
	},
	"alarms-lattice": {
		{"ServerErrors", rates("IF(FILL(m2, 0) >= 10, 100 * FILL(m1, 0) / (FILL(m2, 0)), 0)", "HTTPCode_5XX_Count", "TotalRequestCount")},
		{"SlowResponses", compares("RequestTime", "p99", above, 3000, 5, 5, 60, fine)},
		{"ConnectionErrorsDefault", compares("ConnectionErrorCount", "Sum", above, 0, 3, 5, 60, fine)},
		{"ConnectionErrorsV2", compares("ConnectionErrorCount", "Sum", above, 0, 3, 5, 60, fine)},
	},
	"alarms-spoke": {
		{"PacketDrops", alarm{"Threshold": 0.0, "TreatMissingData": fine, "Metrics": []any{
			map[string]any{"Expression": "m1 + m2"},
			map[string]any{"MetricStat": map[string]any{"Metric": map[string]any{"MetricName": "PacketDropCountNoRoute"}, "Stat": "Sum"}},
			map[string]any{"MetricStat": map[string]any{"Metric": map[string]any{"MetricName": "PacketDropCountBlackhole"}, "Stat": "Sum"}},
		}}},
	},
	"alarms-subnets": {
		{"PacketsDropped", alarm{}}, {"PacketsDropped2", alarm{}}, {"RstPacketsReceived", alarm{}}, {"RstPacketsReceived2", alarm{}},
	},
}

// rates is an alarm on a rate of errors.
func rates(expression string, metrics ...string) alarm {
	queries := []any{map[string]any{"Expression": expression, "ReturnData": true}}
	for _, metric := range metrics {
		queries = append(queries, map[string]any{"ReturnData": false, "MetricStat": map[string]any{"Metric": map[string]any{"MetricName": metric}, "Period": 60.0, "Stat": "Sum"}})
	}
	return alarm{"Metrics": queries, "ComparisonOperator": above, "Threshold": 5.0, "DatapointsToAlarm": 3.0, "EvaluationPeriods": 5.0, "TreatMissingData": fine}
}

// All shapes are one app, which is synthesised once.
func TestAlarms(t *testing.T) {
	defer cdktest.Recover(t)
	app := cdktest.App(t, nil)
	stacks := map[string]awscdk.Stack{}
	for name, define := range alarmShapes {
		stacks[name] = stackOf(app, name)
		define(stackOf(app, "watched-by-"+name), stacks[name])
	}
	assembly := cdktest.Synth(t, stacks["alarms-provider"])
	for name := range alarmShapes {
		cdktest.Run(t, name, func(t *testing.T) {
			template := assembly.Template(t, name)
			cdktest.Golden(t, name, template)
			metricstest.Check(t, template.Section("Resources"))
			ids := template.OfType(typeAlarm)
			for _, one := range wantAlarms[name] {
				id := "Alarms" + one.id
				i := slices.IndexFunc(ids, func(got string) bool { return got[:len(got)-8] == id })
				if i < 0 {
					t.Errorf("no alarm %s in %v", one.id, ids)
					continue
				}
				if got := template.Section("Resources")[ids[i]].(map[string]any)["Properties"]; !cdktest.Contains(got, one.want) {
					t.Errorf("%s = %v, want %v", one.id, got, one.want)
				}
				ids = slices.Delete(ids, i, i+1)
			}
			if len(ids) > 0 {
				t.Errorf("more alarms: %v", ids)
			}
		})
	}
}

// tuned are the alarms of a provider with settings.
func tuned(t *testing.T, s settings, edits ...func(*providerAlarms)) (monitoring.ProviderAlarms, cdktest.Template) {
	t.Helper()
	app := cdktest.App(t, nil)
	stack := stackOf(app, "Alarms")
	alarms := newProviderAlarms(stack, alarmedAPI(stackOf(app, "Watched"), "Quote"), append(edits, func(p *providerAlarms) { p.Alarms = &s })...)
	return alarms, cdktest.SynthTemplate(t, stack)
}

func TestAlarmsAreTunedAndDropped(t *testing.T) {
	defer cdktest.Recover(t)
	alarms, template := tuned(t, settings{
		"RstPacketsSent": {Threshold: jsii.Number(500), DatapointsToAlarm: jsii.Number(2), TreatMissingData: awscloudwatch.TreatMissingData_IGNORE},
		"SlowResponses":  {Threshold: jsii.Number(0.8), Period: awscdk.Duration_Minutes(jsii.Number(5)), EvaluationPeriods: jsii.Number(3)},
		"TargetErrors":   {Period: awscdk.Duration_Minutes(jsii.Number(2))},
		"UnhealthyZone":  off(),
		"NoHealthyZone":  off(),
	})
	for metric, want := range map[string]alarm{
		"RstPacketsSent":     compares("RstPacketsSent", "Sum", above, 500, 2, 5, 60, "ignore"),
		"TargetResponseTime": compares("TargetResponseTime", "p99", above, 0.8, 3, 3, 300, fine),
	} {
		if found := template.Find(typeAlarm, want); len(found) != 1 {
			t.Errorf("%s: %d alarms have %v", metric, len(found), want)
		}
	}
	if found := template.Find(typeAlarm, alarm{"MetricName": "ZonalHealthStatus"}); len(found) != 0 {
		t.Errorf("%v are dropped", found)
	}
	if found := template.Find(typeAlarm, alarm{"Metrics": []any{
		map[string]any{"Id": "value"}, map[string]any{"MetricStat": map[string]any{"Period": 120.0}}, map[string]any{"MetricStat": map[string]any{"Period": 120.0}},
	}}); len(found) != 1 {
		t.Errorf("%v have a period of two minutes in all metrics", found)
	}
	cdktest.Check(t, func() {
		if n := len(*alarms.Alarms(jsii.String("UnhealthyZone"))); n != 0 {
			t.Errorf("%d alarms are left of one that is off", n)
		}
		if names := *alarms.AlarmNames(); len(names) != 15 {
			t.Errorf("%d names, want those of alarms that are off too, and of the composite", len(names))
		}
		if arns := *alarms.AlarmArns(); len(arns) != 1+len(template.OfType(typeAlarm)) {
			t.Errorf("%d ARNs, want that of the composite and of each alarm", len(arns))
		}
	})
	cdktest.WantPanic(t, "use SlowResponses", func() { alarms.Alarms(jsii.String("SlowResponse")) })
	cdktest.WantPanic(t, "has no name", func() { alarms.Alarms(nil) })
}

// The composite acts for its parts, and has no others than those that are on.
func TestCompositeAlarm(t *testing.T) {
	defer cdktest.Recover(t)
	parts := []string{"NoHealthyZone", "LoadBalancerErrors", "NoHealthyTargetQuote"}
	cases := map[string]struct {
		settings    settings
		parts       []string // of the composite; none for no composite
		acts        []string // parts that act
		partActions bool
	}{
		"all parts":          {nil, parts, nil, false},
		"two parts":          {settings{"LoadBalancerErrors": off()}, []string{"NoHealthyZone", "NoHealthyTargetQuote"}, nil, false},
		"one part":           {settings{"LoadBalancerErrors": off(), "NoHealthyZone": off()}, nil, []string{"NoHealthyTargetQuote"}, false},
		"no part":            {settings{"LoadBalancerErrors": off(), "NoHealthyZone": off(), "NoHealthyTarget": off()}, nil, nil, false},
		"it is dropped":      {settings{"ApiUnavailable": off()}, nil, parts, false},
		"parts that act too": {nil, parts, parts, true},
	}
	app := cdktest.App(t, nil)
	api := alarmedAPI(stackOf(app, "Watched"), "Quote")
	stacks, all := map[string]awscdk.Stack{}, map[string]monitoring.ProviderAlarms{}
	for name, tc := range cases {
		stacks[name] = stackOf(app, strings.ReplaceAll(name, " ", "-"))
		all[name] = newProviderAlarms(stacks[name], api, func(p *providerAlarms) {
			p.ActionArns, p.Alarms = jsii.Strings(onCallArn), &tc.settings
			p.PartActions = jsii.Bool(tc.partActions)
		})
	}
	assembly := cdktest.Synth(t, stacks["all parts"])
	for name, tc := range cases {
		cdktest.Run(t, name, func(t *testing.T) {
			template := assembly.Template(t, strings.ReplaceAll(name, " ", "-"))
			composites := template.OfType(typeComposite)
			if composite := all[name].ApiUnavailable(); len(composites) != min(1, len(tc.parts)) || (composite != nil) != (len(tc.parts) > 0) {
				t.Fatalf("%d composites, and ApiUnavailable() is %v", len(composites), composite)
			}
			for _, id := range composites {
				template.Has(t, typeComposite, alarm{"AlarmActions": []any{onCallArn}, "OKActions": []any{onCallArn}})
				rule := template.Section("Resources")[id].(map[string]any)["Properties"].(map[string]any)["AlarmRule"]
				if got := ruleText(t, rule); got != wantRule(tc.parts) {
					t.Errorf("rule = %s, want %s", got, wantRule(tc.parts))
				}
			}
			for id, resource := range template.Section("Resources") {
				resource := resource.(map[string]any)
				if resource["Type"] != typeAlarm {
					continue
				}
				own := strings.TrimPrefix(id[:len(id)-8], "Alarms")
				if acts := resource["Properties"].(map[string]any)["AlarmActions"] != nil; acts != (!slices.Contains(parts, own) || slices.Contains(tc.acts, own)) {
					t.Errorf("%s acts: %v", own, acts)
				}
			}
		})
	}
}

// ruleText is a rule with ARNs as the construct IDs of their alarms.
func ruleText(t *testing.T, rule any) string {
	t.Helper()
	join, _ := rule.(map[string]any)["Fn::Join"].([]any)
	if len(join) != 2 {
		t.Fatalf("the rule is %v, want text with ARNs", rule)
	}
	var text strings.Builder
	for _, part := range join[1].([]any) {
		switch part := part.(type) {
		case string:
			text.WriteString(part)
		case map[string]any:
			attribute := part["Fn::GetAtt"].([]any)
			if attribute[1] != "Arn" {
				t.Errorf("the rule has %v", part)
			}
			id := attribute[0].(string)
			text.WriteString(strings.TrimPrefix(id[:len(id)-8], "Alarms"))
		}
	}
	return text.String()
}

func wantRule(parts []string) string {
	var alarms []string
	for _, part := range parts {
		alarms = append(alarms, `ALARM("`+part+`")`)
	}
	return strings.Join(alarms, " OR ")
}

// CDK's validation and cfn-lint find nothing in what the constructs can emit.
func TestAlarmValidation(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Validate(t, nil, func(app awscdk.App) {
		for _, name := range []string{"alarms-provider", "alarms-all", "alarms-consumer"} { // which have all kinds of alarms, and all properties
			alarmShapes[name](stackOf(app, "watched-by-"+name), stackOf(app, name))
		}
	})
}

// A struct that embeds an API or a consumer is watched as that.
func TestAlarmsOfWrappers(t *testing.T) {
	defer cdktest.Recover(t)
	app := cdktest.App(t, nil)
	stack := stackOf(app, "Stack")
	cdktest.Check(t, func() {
		newProviderAlarms(stack, &wrappedAPI{alarmedAPI(stackOf(app, "Api"), "Quote")})
		monitoring.NewConsumerAlarms(stack, jsii.String("Consumer"), &consumerAlarms{Consumer: &wrappedConsumer{alarmedConsumer(stackOf(app, "Client"))}})
	})
	if n := len(cdktest.SynthTemplate(t, stack).OfType(typeAlarm)); n != 13 {
		t.Errorf("%d alarms, want those of both", n)
	}
}

type wrappedAPI struct{ privateapi.PrivateApiProvider }

type wrappedConsumer struct{ privateapi.PrivateApiConsumer }
