package metrics

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
)

// Behind returns what an ARN or a name, which may be a token, has behind a text, such as loadbalancer/.
func Behind(arn, text string) *string {
	if token.IsString(arn) {
		return awscdk.Fn_Select(jsii.Number(1), awscdk.Fn_Split(&text, &arn, nil))
	}
	_, behind, _ := strings.Cut(arn, text)
	return &behind
}
