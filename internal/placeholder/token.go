package placeholder

import "regexp"

// token is the form of CDK's tokens in a text: aws-cdk-lib/core/lib/private/encoding.js.
var token = regexp.MustCompile(`\$\{Token\[[a-zA-Z0-9:._-]+\]\}`)

// IsToken reports whether a text is, or contains, a token of CDK: a value that only a later step of synthesis or a deployment knows.
func IsToken(text string) bool { return token.MatchString(text) }

// ReplaceTokens returns a text in which each token is replaced by what a function returns for it.
func ReplaceTokens(text string, by func(token string) string) string {
	return token.ReplaceAllStringFunc(text, by)
}
