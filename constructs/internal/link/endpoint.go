package link

import (
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
)

// Connected is a consumer of this module, which says without a call to CDK where it is and what it connects to.
type Connected interface {
	ConnectedFrom() Connection
}

// Connection is where a consumer is, and what it connects to.
type Connection struct {
	Stack   *answers.Stack
	Service constructs.IConstruct
}
