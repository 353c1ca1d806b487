package rules

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// CheckJwtIssuer reports an issuer that JWT validation does not accept.
func CheckJwtIssuer(r *Report, property, issuer string) { checkJwtText(r, property, issuer) }

// CheckJwksEndpoint reports a URL that is not a JWKS endpoint: it has https, a host and a path.
func CheckJwksEndpoint(r *Report, property, endpoint string) {
	checkJwtText(r, property, endpoint)
	if _, _, ok := JwksHost(endpoint); !ok {
		r.Add(JwtValidation, property, "%q is not an https:// URL with a host and a path", endpoint)
	}
}

// JwksHost returns the host of a JWKS endpoint, and the TCP port; ok is false if the endpoint has another form.
func JwksHost(endpoint string) (host string, port int, ok bool) {
	parsed, err := url.Parse(endpoint)
	if err != nil || parsed.Scheme != "https" || parsed.Hostname() == "" || parsed.Path == "" {
		return "", 0, false
	}
	if parsed.Port() == "" {
		return parsed.Hostname(), 443, true
	}
	port, err = strconv.Atoi(parsed.Port())
	return parsed.Hostname(), port, err == nil && PortNumbers.has(float64(port))
}

// CheckJwtClaimCount reports more additional claims than JWT validation accepts.
func CheckJwtClaimCount(r *Report, property string, n int) {
	if n > MaxJwtClaims {
		r.AddWithFix(JwtValidation, property, "validate the others in the targets", "%d claims, and at most %d are validated", n, MaxJwtClaims)
	}
}

// The formats of claims.
const (
	singleString = "single-string"
	stringArray  = "string-array"
	spaced       = "space-separated-values"
)

// CheckJwtClaimFormat reports a format that no claim has.
func CheckJwtClaimFormat(r *Report, property, format string) {
	if format != singleString && format != stringArray && format != spaced {
		r.AddWithFix(JwtValidation, property, "use "+singleString+", "+stringArray+" or "+spaced, "%q is not a format of claims", format)
	}
}

// CheckJwtClaimName reports a claim that is always validated.
func CheckJwtClaimName(r *Report, property, name string) {
	if name == "" || slices.Contains([]string{"exp", "iss", "nbf", "iat"}, name) {
		r.AddWithFix(JwtValidation, property, "leave it out", "%q is no additional claim: exp, iss, nbf and iat are validated anyway", name)
	}
}

// CheckJwtClaimValues reports a number of values that a claim of a format cannot have.
func CheckJwtClaimValues(r *Report, property, format string, n int) {
	switch {
	case n == 0:
		r.AddWithFix(JwtValidation, property, "supply the values that are accepted", "is empty")
	case n > MaxJwtClaims:
		r.AddWithFix(JwtValidation, property, "validate the claim in the targets", "%d values, and a claim has at most %d", n, MaxJwtClaims)
	case n > 1 && format == singleString:
		r.AddWithFix(JwtValidation, property, "use "+stringArray+" or "+spaced, "%d values, and a %s has one", n, singleString)
	}
}

// CheckJwtClaimValue reports a value that a claim of a format cannot have.
func CheckJwtClaimValue(r *Report, property, format, value string) {
	checkJwtText(r, property, value)
	if format == spaced && strings.Contains(value, " ") {
		r.AddWithFix(JwtValidation, property, "list its words one by one", "%q has a space, which separates values", value)
	}
}

func checkJwtText(r *Report, property, text string) {
	if n := len(text); n > MaxJwtTextLength {
		r.AddWithFix(JwtValidation, property, "use a shorter one", "has %d characters, and at most %d are accepted", n, MaxJwtTextLength)
	}
}
