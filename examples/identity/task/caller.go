package main

import (
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// The headers of the ALB. It forwards those that a client sends under other names, and no page says what it does with a client's own under
// these: so a request with two values of one is refused.
const (
	subjectHeader = "X-Amzn-Mtls-Clientcert-Subject" // verify mode
	chainHeader   = "X-Amzn-Mtls-Clientcert"         // passthrough mode
	tokenHeader   = "Authorization"                  // which the ALB forwards as it came
)

// identify returns who sends a request.
type identify func(*http.Request) (caller string, err error)

// bySubject returns the subject of the client certificate, which the ALB has verified by its trust store. That means that a CA of the trust
// store issued the certificate: who of its owners may call is for the task to say.
func bySubject(allowed []string) identify {
	return func(r *http.Request) (string, error) {
		subject, err := only(r.Header, subjectHeader)
		if err != nil {
			return "", err
		}
		for _, known := range allowed {
			if subject == known {
				return subject, nil
			}
		}
		return "", fmt.Errorf("%q is not a known caller", subject)
	}
}

// byChain verifies the client certificate, which the ALB has passed through: it checks nothing but that the client has the key.
func byChain(roots *x509.CertPool, now func() time.Time) identify {
	return func(r *http.Request) (string, error) {
		encoded, err := only(r.Header, chainHeader)
		if err != nil {
			return "", err
		}
		chain, err := certificates(encoded)
		if err != nil {
			return "", err
		}
		intermediates := x509.NewCertPool()
		for _, certificate := range chain[1:] {
			intermediates.AddCert(certificate)
		}
		if _, err := chain[0].Verify(x509.VerifyOptions{
			Roots: roots, Intermediates: intermediates, CurrentTime: now(), KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
		}); err != nil {
			return "", err
		}
		return chain[0].Subject.String(), nil
	}
}

// certificates parses a chain, the leaf first: PEM, URL-encoded but for + = and /, so that a plus is no space.
func certificates(encoded string) (chain []*x509.Certificate, err error) {
	text, err := url.PathUnescape(encoded)
	if err != nil {
		return nil, err
	}
	for rest := []byte(text); ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, err
		}
		chain = append(chain, certificate)
	}
	if len(chain) == 0 {
		return nil, errors.New("there is no certificate in the header")
	}
	return chain, nil
}

// byToken returns the issuer and the subject of the token. The listener rule has checked the signature, the issuer, the claims and the time, so
// the token is only read here: a rule without JwtIssuer that leads to this task would let anybody in.
func byToken(issuer string) identify {
	return func(r *http.Request) (string, error) {
		value, err := only(r.Header, tokenHeader)
		if err != nil {
			return "", err
		}
		token, isBearer := strings.CutPrefix(value, "Bearer ")
		parts := strings.Split(token, ".")
		if !isBearer || len(parts) != 3 {
			return "", errors.New("the header has no token")
		}
		payload, err := base64.RawURLEncoding.DecodeString(parts[1])
		if err != nil {
			return "", err
		}
		var claims struct{ Iss, Sub string }
		if err := json.Unmarshal(payload, &claims); err != nil {
			return "", err
		}
		if claims.Iss != issuer || claims.Sub == "" {
			return "", fmt.Errorf("the token is of %q, for %q", claims.Iss, claims.Sub)
		}
		return claims.Sub, nil
	}
}

// only returns the value of a header that a request has once.
func only(header http.Header, name string) (string, error) {
	switch values := header.Values(name); {
	case len(values) == 0 || values[0] == "":
		return "", fmt.Errorf("%s is missing", name)
	case len(values) > 1:
		return "", fmt.Errorf("%s is there %d times", name, len(values))
	default:
		return values[0], nil
	}
}
