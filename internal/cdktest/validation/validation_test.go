package validation_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest/validation"
)

func TestMain(m *testing.M) { cdktest.Main(m) }

const manifest = `{"artifacts": {"Stack": {"type": "aws:cloudformation:stack", "environment": "aws://222222222222/eu-west-1", "properties": {"templateFile": "Stack.template.json"}}}}`

// assembly writes an assembly of one stack, and further files.
func assembly(t *testing.T, resources string, files map[string]string) string {
	t.Helper()
	dir, all := t.TempDir(), map[string]string{"manifest.json": manifest, "Stack.template.json": `{"Resources": {` + resources + `}}`}
	for name, text := range files {
		all[name] = text
	}
	for name, text := range all {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestFindings(t *testing.T) {
	const (
		vpc    = `"Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}}`
		typo   = `"Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16", "CidrBlok": "10.0.0.0/16"}}`
		subnet = vpc + `, "Subnet": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.0.0.0/24", "AvailabilityZone": "eu-west-1a"}}`
	)
	for name, tc := range map[string]struct {
		resources string
		files     map[string]string
		want      string // in the only finding; none if empty
	}{
		"nothing":       {resources: vpc},
		"an error":      {resources: typo, want: "error F3002: CidrBlok"},
		"a warning":     {resources: subnet, want: "warning W3010: AvailabilityZone"},
		"its resource":  {resources: subnet, want: "\n  Subnet in "},
		"acknowledged":  {resources: subnet, files: map[string]string{"Stack.metadata.json": `{"/Stack": [{"type": "aws:cdk:acknowledged-rules", "data": {"CloudFormation-Validate::W3010": "known"}}]}`}},
		"another rule":  {resources: subnet, files: map[string]string{"Stack.metadata.json": `{"/Stack": [{"type": "aws:cdk:acknowledged-rules", "data": {"CloudFormation-Validate::W3011": "known"}}]}`}, want: "W3010"},
		"by a plugin":   {resources: vpc, files: map[string]string{"validation-report.json": `{"pluginReports": [{"violations": [{"ruleName": "blocked", "description": "no path", "severity": "error"}]}]}`}, want: "error blocked: no path"},
		"only informed": {resources: vpc, files: map[string]string{"validation-report.json": `{"pluginReports": [{"violations": [{"ruleName": "proof", "description": "reachable", "severity": "info"}]}]}`}},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			got, err := validation.Findings(assembly(t, tc.resources, tc.files))
			if err != nil {
				t.Fatal(err)
			}
			if text := strings.Join(got, "\n"); !strings.Contains(text, tc.want) || (len(got) == 1) != (tc.want != "") {
				t.Errorf("found %q, want %q", got, tc.want)
			}
		})
	}
}

func TestAssembliesThatCannotBeValidated(t *testing.T) {
	for name, text := range map[string]string{
		"no stack": `{"artifacts": {}}`,
		"a stage":  `{"artifacts": {"Prod": {"type": "cdk:cloud-assembly"}}}`,
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := validation.Findings(assembly(t, "", map[string]string{"manifest.json": text})); err == nil {
				t.Errorf("no error, and the findings are %q", got)
			}
		})
	}
	if _, err := validation.Findings(t.TempDir()); err == nil {
		t.Error("no error without a manifest")
	}
}
