package assembly

// Settlement says what would settle an unknown value. The zero value says that nothing would before the deployment.
type Settlement struct {
	Kind SettlementKind

	// Subject is what it is about; see the kinds.
	Subject string
}

// SettlementKind says what would settle an unknown value.
type SettlementKind int

// The kinds of settlements.
const (
	// ByDeployment is nothing: the deployment decides the value.
	ByDeployment SettlementKind = iota
	// ByParameter is the value of a parameter. Subject: "Stack.Name".
	ByParameter
	// ByEnvironment is the account and the Region of a template. Subject: its file.
	ByEnvironment
	// ByTemplate is one more template or assembly. Subject: which, such as "the assembly that exports VpcId".
	ByTemplate
	// ByNestedTemplate is the template of a nested stack. Subject: its key in [Input.Nested], such as "Shop/Network".
	ByNestedTemplate
	// ByLookup is an answer of the CDK's lookups. Subject: what is looked up, such as "the VPC".
	ByLookup
)

// byTemplate is a settlement by another template or assembly.
func byTemplate(which string) Settlement { return Settlement{ByTemplate, which} }
