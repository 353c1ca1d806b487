package assembly_test

import (
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// The account and the Region of a folder are those of its stacks whose manifest leaves them open.
func TestEnvironmentOfFolders(t *testing.T) {
	for name, tc := range map[string]struct {
		environment, account, region string
		want                         string // account/Region, or the error
	}{
		"none in the manifest": {"", "222222222222", "us-east-1", "222222222222/us-east-1"},
		"unknown":              {"aws://unknown-account/unknown-region", "222222222222", "us-east-1", "222222222222/us-east-1"},
		"a known Region":       {"aws://unknown-account/eu-west-1", "222222222222", "", "222222222222/eu-west-1"},
		"a known account":      {"aws://111111111111/unknown-region", "", "us-east-1", "111111111111/us-east-1"},
		"none given":           {"aws://111111111111/eu-west-1", "", "", "111111111111/eu-west-1"},
		"the same":             {"aws://111111111111/eu-west-1", "111111111111", "eu-west-1", "111111111111/eu-west-1"},
		"neither":              {"", "", "", "/"},
		"another account": {
			"aws://111111111111/eu-west-1", "222222222222", "",
			"manifest.json: artifacts.S.environment: the stack is in account 111111111111, not in the account 222222222222 of the input",
		},
		"another Region": {
			"aws://unknown-account/eu-west-1", "222222222222", "us-east-1",
			"manifest.json: artifacts.S.environment: the stack is in Region eu-west-1, not in the Region us-east-1 of the input",
		},
	} {
		t.Run(name, func(t *testing.T) {
			manifest := oneStackIn(tc.environment)
			dir := write(t, map[string]string{"manifest.json": manifest, "s.json": emptyTemplate})
			a, err := assembly.Load(assembly.Input{Dir: dir, Account: tc.account, Region: tc.region})
			if strings.HasPrefix(tc.want, "manifest.json") {
				wantError(t, err, dir, tc.want)
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if s := a.Stacks[0]; s.Account+"/"+s.Region != tc.want {
				t.Errorf("the stack is in %s/%s, want %s", s.Account, s.Region, tc.want)
			}
		})
	}
}

// oneStackIn is the manifest of a stack in an environment.
func oneStackIn(environment string) string {
	if environment != "" {
		environment = `"environment": "` + environment + `", `
	}
	return `{"artifacts": {"S": {"type": "aws:cloudformation:stack", ` + environment + `"properties": {"templateFile": "s.json"}}}}`
}

func TestEmptyStacks(t *testing.T) {
	for _, template := range []string{
		`{}`, `{"Parameters": {}}`, `{"Resources": {}}`, "AWSTemplateFormatVersion: 2010-09-09\nDescription: x",
		`{"Parameters": {"BootstrapVersion": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/x"}}, "Rules": {}}`,
	} {
		if a := mustShop(t, template); len(a.Stacks) != 1 || len(a.Stack("Shop").Resources()) != 0 {
			t.Errorf("%s: stacks = %v", template, a.Stacks)
		}
	}
}

// Unquoted words are booleans, as in YAML 1.1.
func TestBooleansOfYAML(t *testing.T) {
	it := mustShop(t, "Resources: {It: {Type: T, Properties: {A: no, B: Yes, C: OFF, D: 'no', E: !Sub no}}}").Stack("Shop").Resource("It")
	for property, want := range map[string]bool{"A": false, "B": true, "C": false} {
		if got, ok := it.Property(property).Bool(); got != want || !ok {
			t.Errorf("%s = %v, %v; want %v", property, got, ok, want)
		}
	}
	for _, property := range []string{"D", "E"} {
		if _, ok := it.Property(property).Bool(); ok {
			t.Errorf("%s is a boolean", property)
		}
	}
}
