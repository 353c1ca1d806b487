package assembly_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// An attribute that returns a property is that property, and a reference where the property is not literal.
func TestAttributesThatReturnProperties(t *testing.T) {
	a := mustShop(t, `{"Parameters": {"Block": {"Type": "String"}}, "Resources": {
		"Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": "10.0.0.0/16"}},
		"Other": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": {"Ref": "Block"}}},
		"Subnet": {"Type": "AWS::EC2::Subnet", "Properties": {"CidrBlock": {"Fn::GetAtt": ["Vpc", "CidrBlock"]}}},
		"Rule": {"Type": "AWS::EC2::SecurityGroupIngress", "Properties": {
			"CidrIp": {"Fn::GetAtt": ["Subnet", "CidrBlock"]}, "Description": {"Fn::GetAtt": "Other.CidrBlock"}}}
	}}`)
	rule := a.Stack("Shop").Resource("Rule")
	if got := rule.Property("CidrIp").String(); got != "10.0.0.0/16" {
		t.Errorf("CidrIp is %s", got)
	}
	if got := rule.Property("Description").Kind(); got != assembly.Reference {
		t.Errorf("Description is %s, want a reference", got)
	}
}

func TestAttributesThatReturnEachOther(t *testing.T) {
	_, err := shop(t, `{"Resources": {
		"A": {"Type": "AWS::EC2::Subnet", "Properties": {"CidrBlock": {"Fn::GetAtt": ["B", "CidrBlock"]}}},
		"B": {"Type": "AWS::EC2::Subnet", "Properties": {"CidrBlock": {"Fn::GetAtt": ["A", "CidrBlock"]}}}
	}}`)
	if err == nil {
		t.Error("two blocks that are each other's were read")
	}
}
