package privateapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
)

// firstPort returns the first of some ports; nil if there are none.
func firstPort(ports *[]*float64) *float64 {
	if len(prop.Elements(ports)) == 0 {
		return nil
	}
	return prop.Copy((*ports)[0])
}

// defaultPortOf returns the default port of connections: the port of an API that has one. With several there is none,
// because CDK's calls for the default port would open one of them only.
func defaultPortOf(stack *answers.Stack, ports *[]*float64) awsec2.Port {
	if len(*ports) != 1 {
		return nil
	}
	return stack.Tcp((*ports)[0])
}
