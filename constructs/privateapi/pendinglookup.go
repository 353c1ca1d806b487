package privateapi

import (
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
)

// hasPendingLookups reports whether a cloud assembly waits for lookups. The CDK CLI looks them up and synthesises again, but
// only if this synth does not fail.
func hasPendingLookups(outdir string) bool {
	text, err := os.ReadFile(filepath.Join(outdir, "manifest.json"))
	if err != nil {
		return false
	}
	var manifest struct {
		Missing []json.RawMessage `json:"missing"`
	}
	return json.Unmarshal(text, &manifest) == nil && len(manifest.Missing) > 0
}

// untilLookedUp turns errors that rest on a placeholder into warnings.
func untilLookedUp(violations []*awscdk.PolicyViolation) []*awscdk.PolicyViolation {
	for _, v := range violations {
		if *v.Severity == severityError && token.IsPlaceholder(*v.Description) {
			v.Severity = jsii.String(severityWarning)
			v.Description = jsii.String(*v.Description + "\n   a lookup has no answer yet: the CDK CLI looks it up and synthesises again")
		}
	}
	return violations
}
