package token

import "github.com/cdk-private-api/cdk-private-api-go/internal/placeholder"

// Until the context of an app is looked up, CDK answers with placeholders. They must pass every check, as tokens do: a
// refusal would end the app before the CLI learns what to look up. The next synth checks the answers.

// IsPlaceholder reports whether a string is, or contains, what CDK gives for a lookup that has no answer yet.
func IsPlaceholder(s string) bool { return placeholder.In(s) }
