package privateapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// handle is a resource of ours as the interface that CDK's own constructs take.
type handle[T constructs.IConstruct] struct {
	imported T
	made     bool
}

// of imports the resource into its own app, once somebody asks for it. Whoever looks for the resource behind the handle finds
// it as its default child.
func (h *handle[T]) of(resource awscdk.CfnResource, imported func(scope constructs.Construct, id *string) T) T {
	if !h.made {
		h.imported, h.made = imported(resource, jsii.String("Handle")), true
		h.imported.Node().SetDefaultChild(resource)
	}
	return h.imported
}
