package cost

import (
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

// key adds a KMS key. https://aws.amazon.com/kms/pricing/
func key(m *meter, r *network.Resource) {
	m.fixed(r, prices.Key, exactly(1))
	if on, ok := r.Property("EnableKeyRotation").Bool(); ok && on {
		m.note("a key that rotates costs as much again for each of its first rotations, which are not in the bill")
	}
}

// certificate is free, unless it may be exported. https://aws.amazon.com/certificate-manager/pricing/
func certificate(m *meter, r *network.Resource) {
	if export := r.Property("CertificateExport"); export.Kind() != assembly.Absent && !isText(export, "DISABLED") {
		m.notPriced(r, "a certificate that may be exported, by domain name")
	}
}

// parameter adds an entry of Parameter Store of the advanced tier; those of the standard tier are free.
// https://aws.amazon.com/systems-manager/pricing/
func parameter(m *meter, r *network.Resource) {
	p := &network.StoredParameter{Resource: r}
	switch {
	case p.IsStandard():
	case p.Tier().Literal() == "Advanced":
		m.fixed(r, prices.AdvancedParameter, exactly(1))
	default:
		m.fixed(r, prices.AdvancedParameter, between(0, 1), "only its deployment decides the tier")
	}
}

// isText reports whether a value is a text, whatever the deployment decides.
func isText(v network.Value, want string) bool {
	text, ok := v.Text()
	return ok && text == want
}

// hasWord reports whether an expression calls a function or begins with a keyword, in upper or lower case.
func hasWord(expression, word string) bool {
	return strings.Contains(strings.ToUpper(expression), word)
}
