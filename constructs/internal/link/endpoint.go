package link

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
)

// Connected is a consumer of this module, of whose endpoint more is known than its ID, without a call to CDK.
type Connected interface {
	ConnectedBy() Endpoint
}

// Endpoint is how a consumer is connected.
type Endpoint struct {
	// Resource is the interface endpoint; nil if the transport has none.
	Resource *onecall.Item[awsec2.CfnVPCEndpoint]
	// Stack is the stack of the consumer.
	Stack *answers.Stack
	// Service is what the consumer connects to.
	Service constructs.IConstruct
}
