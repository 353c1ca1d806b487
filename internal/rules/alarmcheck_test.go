package rules_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func TestCheckAlarmPeriod(t *testing.T) {
	runChecks(t, func(r *rules.Report, property string, v [2]float64) { rules.CheckAlarmPeriod(r, property, v[0], v[1]) }, map[string]checkCase[[2]float64]{
		"a minute":                   {[2]float64{60, 60}, ok},
		"an hour":                    {[2]float64{3600, 60}, ok},
		"as often as the metric":     {[2]float64{300, 300}, ok},
		"more often than the metric": {[2]float64{60, 300}, rules.AlarmPeriod},
		"ten seconds":                {[2]float64{10, 60}, rules.AlarmPeriod},
		"a minute and a half":        {[2]float64{90, 60}, rules.AlarmPeriod},
		"nothing":                    {[2]float64{0, 60}, rules.AlarmPeriod},
	})
}

func TestCheckAlarmEvaluation(t *testing.T) {
	check := func(r *rules.Report, property string, v [3]float64) {
		rules.CheckAlarmEvaluation(r, property, v[0], v[1], v[2])
	}
	runChecks(t, check, map[string]checkCase[[3]float64]{
		"three of five minutes":      {[3]float64{3, 5, 60}, ok},
		"a day of minutes":           {[3]float64{1, 1440, 60}, ok},
		"more than a day of minutes": {[3]float64{1, 1441, 60}, rules.AlarmEvaluation},
		"a week of hours":            {[3]float64{168, 168, 3600}, ok},
		"more than a week of days":   {[3]float64{1, 8, 86_400}, rules.AlarmEvaluation},
		"more than all":              {[3]float64{6, 5, 60}, rules.AlarmEvaluation},
		"none":                       {[3]float64{0, 5, 60}, rules.AlarmEvaluation},
		"half of one":                {[3]float64{0.5, 1, 60}, rules.AlarmEvaluation},
		"of one and a half":          {[3]float64{1, 1.5, 60}, rules.AlarmEvaluation},
	})
}

func TestCheckAlarmNumbers(t *testing.T) {
	runChecks(t, rules.CheckAlarmThreshold, map[string]checkCase[float64]{
		"zero": {0, ok}, "below zero": {-1, ok}, "a fraction": {0.5, ok},
		"no number": {math.NaN(), rules.AlarmThreshold}, "infinity": {math.Inf(1), rules.AlarmThreshold},
	})
	runChecks(t, rules.CheckAlarmMinimum, map[string]checkCase[float64]{
		"one": {1, ok}, "a thousand": {1000, ok},
		"none": {0, rules.AlarmThreshold}, "no number": {math.NaN(), rules.AlarmThreshold}, "infinity": {math.Inf(1), rules.AlarmThreshold},
	})
}

func TestCheckAlarmActions(t *testing.T) {
	runChecks(t, rules.CheckAlarmActions, map[string]checkCase[int]{"none": {0, ok}, "five": {5, ok}, "six": {6, rules.AlarmActions}})
	in := func(region string) func(r *rules.Report, property, arn string) {
		return func(r *rules.Report, property, arn string) { rules.CheckAlarmAction(r, property, arn, region) }
	}
	runChecks(t, in("eu-west-1"), map[string]checkCase[string]{
		"a topic of the Region":  {"arn:aws:sns:eu-west-1:222222222222:OnCall", ok},
		"a topic of another one": {"arn:aws:sns:eu-west-2:222222222222:OnCall", rules.AlarmActions},
		"an incident of none":    {"arn:aws:ssm-incidents::222222222222:response-plan/Api", ok},
	})
	runChecks(t, in(""), map[string]checkCase[string]{
		"a topic":            {"arn:aws:sns:eu-west-1:222222222222:OnCall", ok},
		"a topic in China":   {"arn:aws-cn:sns:cn-north-1:222222222222:OnCall", ok},
		"an incident":        {"arn:aws:ssm-incidents::222222222222:response-plan/Api", ok},
		"a name":             {"OnCall", rules.AlarmActions},
		"half an ARN":        {"arn:aws", rules.AlarmActions},
		"what is in another": {"see arn:aws:sns:eu-west-1:222222222222:OnCall", rules.AlarmActions},
	})
}

func TestCheckAlarmParts(t *testing.T) {
	parts := func(count int, id string) []string { return slices.Repeat([]string{id}, count) }
	runChecks(t, rules.CheckAlarmParts, map[string]checkCase[[]string]{
		"none":                               {nil, ok},
		"sixty":                              {parts(60, "NoHealthyTargetQuote"), ok},
		"a hundred and one":                  {parts(101, "A"), rules.AlarmParts},
		"fifty long names":                   {parts(50, strings.Repeat("A", 150)), rules.AlarmParts},
		"names that CloudFormation shortens": {parts(35, strings.Repeat("A", 1000)), ok},
	})
}
