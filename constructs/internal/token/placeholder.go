package token

import "strings"

// Until the context of an app is looked up, CDK answers with placeholders. They must pass every check, as tokens do: a
// refusal would end the app before the CLI learns what to look up. The next synth checks the answers.

// IsPlaceholder reports whether a string is, or contains, what CDK gives for a parameter, a VPC, a zone or a prefix list
// that is not looked up yet.
func IsPlaceholder(s string) bool {
	return IsPlaceholderVpcID(s) || IsPlaceholderZone(s) || s == "pl-xxxxxxxx" || strings.Contains(s, "dummy-value-for-")
}

// IsPlaceholderVpcID reports whether CDK gives this ID to a VPC that is not looked up yet.
func IsPlaceholderVpcID(id string) bool { return id == "vpc-12345" }

// IsPlaceholderZone reports whether CDK gives this name to an Availability Zone that is not looked up yet.
func IsPlaceholderZone(name string) bool { return strings.HasPrefix(name, "dummy1") }
