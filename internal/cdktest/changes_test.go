package cdktest_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

func TestChanges(t *testing.T) {
	assembly := func(templates map[string]string) cdktest.Assembly {
		dir := t.TempDir()
		for stack, text := range templates {
			if err := os.WriteFile(filepath.Join(dir, stack+".template.json"), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return cdktest.AssemblyIn(dir)
	}
	const same = `{"Resources": {"Vpc": {"Type": "AWS::EC2::VPC"}}}`
	before := assembly(map[string]string{"Same": same, "Gone": same, "Api": `{"Resources": {
		"Record": {"Type": "R", "Properties": {"Weight": 90, "Name": "a", "Alias": {"DNSName": {"Fn::GetAtt": ["Alb", "DNSName"]}}}, "DependsOn": ["Alb"]},
		"Alb": {"Type": "L"}
	}, "Outputs": {"Name": {"Value": "a"}}}`})
	after := assembly(map[string]string{"Same": same, "Api": `{"Resources": {
		"Record": {"Type": "R", "Properties": {"Weight": 0, "Alias": {"DNSName": {"Ref": "Nlb"}}, "Tags": [{"Key": "team"}]}, "DependsOn": ["Nlb"]},
		"Nlb": {"Type": "L"}
	}, "Outputs": {"Name": {"Value": "a"}}}`})
	const want = `Api
  - L Alb
  + L Nlb
  ~ R Record
      DependsOn[0]: "Alb" → "Nlb"
      Alias.DNSName: Alb.DNSName → Nlb
      Name: "a" → none
      Tags: + {"Key":"team"}
      Weight: 90 → 0
Gone
  - AWS::EC2::VPC Vpc
`
	if got := cdktest.Changes(t, before, after); got != want {
		t.Errorf("the changes are\n%s\nwant\n%s", got, want)
	}
}
