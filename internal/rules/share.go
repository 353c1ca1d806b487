package rules

import "slices"

// ShareTwice is of whatever is shared by AWS RAM.
var ShareTwice = Rule{
	ID: "privateapi:shareTwice", Severity: Error,
	Summary: "Each principal of a share is listed once.",
	AWS:     "would keep one of the two",
	Fix:     "remove the duplicate",
	Source:  cfnEc2 + "aws-resource-ram-resourceshare.html",
}

// Sharing returns the rules of whatever is shared by AWS RAM, which several packages enforce.
func Sharing() []Rule { return []Rule{ShareTwice} }

// ShareCovers reports whether a share with principals covers an account. It is not known if the account is covered by an organization only.
func ShareCovers(principals []string, account string) (covers, known bool) {
	if slices.Contains(principals, account) {
		return true, true
	}
	return false, !slices.ContainsFunc(principals, func(p string) bool { return !IsAccountID(p) })
}
