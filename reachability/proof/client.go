package proof

import "github.com/cdk-private-api/cdk-private-api-go/internal/constructpath"

// Client is a resource that can send traffic, by all of the names that a question or a test can use for it.
type Client struct {
	// ConstructPath is the path of the CDK construct; empty in templates that CDK did not write.
	ConstructPath string `json:"constructPath,omitempty"`
	// Stack and LogicalID name the resource.
	Stack     string `json:"stack"`
	LogicalID string `json:"logicalId"`
}

// String returns the construct path, else the stack and the logical ID.
func (c Client) String() string {
	if c.ConstructPath != "" {
		return c.ConstructPath
	}
	return c.qualified()
}

func (c Client) qualified() string { return c.Stack + "/" + c.LogicalID }

// HasName reports whether name is the path of the client's L1, Node().Path() of the L2 around it, its stack and logical
// ID, or its logical ID.
func (c Client) HasName(name string) bool {
	return constructpath.Names(name, c.ConstructPath) || name != "" && (name == c.qualified() || name == c.LogicalID)
}
