package vpcpeering_test

import (
	"slices"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/jsii-runtime-go"
)

func contains(list any, value string) bool {
	switch list := list.(type) {
	case []any:
		return slices.Contains(list, any(value))
	case []string:
		return slices.Contains(list, value)
	}
	return list == value
}

func isAssets(artifact string) bool { return strings.HasSuffix(artifact, ".assets") }

func sameSet(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

func awsiamRole(g *ground, arn string) awsiam.IRole {
	return awsiam.Role_FromRoleArn(g.clients, jsii.String("Role"), jsii.String(arn), nil)
}
