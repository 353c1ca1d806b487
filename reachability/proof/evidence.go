package proof

// Evidence is a resource in a template, or a property of it; or a field of a contract, which has no stack.
type Evidence struct {
	// Stack and LogicalID name the resource, and Type is its CloudFormation type. A whole stack has only a name.
	Stack     string `json:"stack"`
	LogicalID string `json:"logicalId,omitempty"`
	Type      string `json:"type,omitempty"`
	// Property is the path of the property, such as "SecurityGroupEgress[0].ToPort"; empty for the whole resource.
	Property string `json:"property,omitempty"`
	// Value is the property's value as people read it; empty for lists, objects and unknown values.
	Value string `json:"value,omitempty"`
	// ConstructPath is the path of the CDK construct; empty in templates that CDK did not write.
	ConstructPath string `json:"constructPath,omitempty"`
	// File is the template.
	File string `json:"file,omitempty"`
	// Line is the line of the property in the file, else of the resource; 0 if it is unknown.
	Line int `json:"line,omitempty"`
}

// String returns the stack, the logical ID and the property with its value, such as "Checkout/Endpoint.SubnetIds".
func (e Evidence) String() string {
	text := e.Resource()
	switch {
	case e.Property != "" && e.Stack == "":
		text += ": " + e.Property
	case e.Property != "":
		text += "." + e.Property
	}
	if e.Value != "" {
		text += " = " + e.Value
	}
	return text
}

// Resource returns the stack and the logical ID, such as "Checkout/Endpoint"; the stack alone for a whole stack, and the file of a
// contract.
func (e Evidence) Resource() string {
	if e.Stack == "" {
		return "contract " + e.File
	}
	if e.LogicalID == "" {
		return e.Stack
	}
	return e.Stack + "/" + e.LogicalID
}
