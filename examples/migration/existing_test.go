package main

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/publicapi"
)

// The ALB of README.md's last part, and where the NLB's listener leads when it forwards to the internal one.
const (
	loadBalancerArn = "arn:aws:elasticloadbalancing:eu-west-1:222222222222:loadbalancer/app/pricing/0123456789abcdef"
	listenerArn     = "arn:aws:elasticloadbalancing:eu-west-1:222222222222:listener/app/pricing/0123456789abcdef/0123456789abcdef"
)

// With an ALB of somebody else, each phase is synthesised from what the CLI looked up, and no phase defines a public ALB.
func TestExistingALB(t *testing.T) {
	for i, phase := range phases {
		t.Run(string(phase), func(t *testing.T) {
			context := map[string]any{}
			readJSON(t, "testdata/existing.context.json", &context)
			maps.Copy(context, map[string]any{"phase": string(phase), "loadBalancerArn": loadBalancerArn, "listenerArn": listenerArn})
			if i == 0 {
				context["begin"] = "true"
			}
			targets := targetsOf(t, synth(t, context))
			_, isPublic := targets[loadBalancerArn]
			if isFrom, isTo := i >= 1, i <= 4; isPublic != (isFrom && isTo) {
				t.Errorf("the NLB leads to %v", targets)
			}
			if isInternal := len(targets) > 0 && !isPublic || len(targets) == 2; isInternal != (i >= 3) {
				t.Errorf("the NLB leads to %v, want an internal ALB from %s on", targets, publicapi.Phase_WATCH)
			}
		})
	}
}

// targetsOf are the ALBs behind the NLB: an ARN, or a logical ID. It fails if a template has a public ALB.
func targetsOf(t *testing.T, dir string) map[string]bool {
	t.Helper()
	template := struct {
		Resources map[string]struct {
			Type       string
			Properties struct {
				Scheme, TargetType any
				Targets            []struct{ Id any }
			}
		}
	}{}
	content, err := os.ReadFile(filepath.Join(dir, "MigrationPricing.template.json"))
	if err == nil {
		err = json.Unmarshal(content, &template)
	}
	if err != nil {
		t.Fatal(err)
	}
	targets := map[string]bool{}
	for id, resource := range template.Resources {
		if resource.Properties.Scheme == "internet-facing" {
			t.Errorf("%s is public", id)
		}
		if resource.Properties.TargetType != "alb" {
			continue
		}
		arn, isLiteral := resource.Properties.Targets[0].Id.(string)
		if !isLiteral {
			arn = id
		}
		targets[arn] = true
	}
	return targets
}
