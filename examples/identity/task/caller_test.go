package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

var now = time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)

// authority is a certificate that signs others.
type authority struct {
	certificate *x509.Certificate
	key         *ecdsa.PrivateKey
}

// issue makes a certificate that a parent signs, or a root for nil.
func issue(t *testing.T, parent *authority, template *x509.Certificate) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template.SerialNumber, template.NotBefore = big.NewInt(time.Now().UnixNano()), now.AddDate(-1, 0, 0)
	if template.NotAfter.IsZero() {
		template.NotAfter = now.AddDate(1, 0, 0)
	}
	signer := &authority{template, key}
	if parent != nil {
		signer = parent
	}
	der, err := x509.CreateCertificate(rand.Reader, template, signer.certificate, key.Public(), signer.key)
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &authority{certificate, key}
}

func ca(t *testing.T, parent *authority, name string) *authority {
	return issue(t, parent, &x509.Certificate{Subject: pkix.Name{CommonName: name}, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign})
}

func client(t *testing.T, parent *authority, edit func(*x509.Certificate)) *x509.Certificate {
	template := &x509.Certificate{Subject: pkix.Name{CommonName: "checkout"}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}}
	edit(template)
	return issue(t, parent, template).certificate
}

// encoded is a chain as the ALB sends it: with + = / as they are, and all else URL-encoded.
func encoded(chain ...*x509.Certificate) string {
	var text strings.Builder
	for _, certificate := range chain {
		text.Write(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate.Raw}))
	}
	return strings.NewReplacer("%2B", "+", "%3D", "=", "%2F", "/", "+", "%20").Replace(url.QueryEscape(text.String()))
}

func token(claims string) string {
	part := base64.RawURLEncoding.EncodeToString
	return "Bearer " + part([]byte(`{"alg":"RS256"}`)) + "." + part([]byte(claims)) + ".c2lnbmF0dXJl"
}

const issuer = "https://login.company.com"

func TestCallers(t *testing.T) {
	root := ca(t, nil, "company")
	between, stranger := ca(t, root, "shops"), ca(t, nil, "company") // of the same name, by another key
	same := func(*x509.Certificate) {}
	ok := client(t, between, same)
	roots := x509.NewCertPool()
	roots.AddCert(root.certificate)
	modes := map[string]identify{
		"verify": bySubject([]string{"CN=checkout,O=Shop", "CN=billing", ""}), "passthrough": byChain(roots, func() time.Time { return now }), "token": byToken(issuer),
	}
	for name, tc := range map[string]struct {
		mode    string
		headers http.Header
		want    string // the caller; none if it is refused
	}{
		"a subject that may call":      {"verify", http.Header{subjectHeader: {"CN=checkout,O=Shop"}}, "CN=checkout,O=Shop"},
		"a subject that may not":       {"verify", http.Header{subjectHeader: {"CN=stranger"}}, ""},
		"a part of a subject":          {"verify", http.Header{subjectHeader: {"CN=checkout"}}, ""},
		"no subject":                   {"verify", http.Header{}, ""},
		"an empty subject":             {"verify", http.Header{subjectHeader: {""}}, ""},
		"two subjects":                 {"verify", http.Header{subjectHeader: {"CN=checkout,O=Shop", "CN=stranger"}}, ""},
		"a chain in another mode":      {"verify", http.Header{chainHeader: {encoded(ok, between.certificate)}}, ""},
		"a token in another mode":      {"verify", http.Header{tokenHeader: {token(`{"iss":"` + issuer + `","sub":"checkout"}`)}}, ""},
		"a chain":                      {"passthrough", http.Header{chainHeader: {encoded(ok, between.certificate)}}, "CN=checkout"},
		"a chain with its root":        {"passthrough", http.Header{chainHeader: {encoded(ok, between.certificate, root.certificate)}}, "CN=checkout"},
		"a chain with a gap":           {"passthrough", http.Header{chainHeader: {encoded(ok)}}, ""},
		"a chain of another root":      {"passthrough", http.Header{chainHeader: {encoded(client(t, stranger, same), stranger.certificate)}}, ""},
		"a certificate of yesterday":   {"passthrough", http.Header{chainHeader: {encoded(client(t, between, func(c *x509.Certificate) { c.NotAfter = now.AddDate(0, 0, -1) }), between.certificate)}}, ""},
		"a certificate of a server":    {"passthrough", http.Header{chainHeader: {encoded(client(t, between, func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth} }), between.certificate)}}, ""},
		"two chains":                   {"passthrough", http.Header{chainHeader: {encoded(ok, between.certificate), encoded(ok, between.certificate)}}, ""},
		"no PEM":                       {"passthrough", http.Header{chainHeader: {"checkout"}}, ""},
		"half an escape":               {"passthrough", http.Header{chainHeader: {"%2"}}, ""},
		"PEM of something else":        {"passthrough", http.Header{chainHeader: {"-----BEGIN%20CERTIFICATE-----%0AAAAA%0A-----END%20CERTIFICATE-----"}}, ""},
		"a subject in another mode":    {"passthrough", http.Header{subjectHeader: {"CN=checkout,O=Shop"}}, ""},
		"a token":                      {"token", http.Header{tokenHeader: {token(`{"iss":"` + issuer + `","sub":"checkout"}`)}}, "checkout"},
		"a token of another issuer":    {"token", http.Header{tokenHeader: {token(`{"iss":"https://evil.example","sub":"checkout"}`)}}, ""},
		"a token for nobody":           {"token", http.Header{tokenHeader: {token(`{"iss":"` + issuer + `"}`)}}, ""},
		"two tokens":                   {"token", http.Header{tokenHeader: {token(`{"iss":"` + issuer + `","sub":"a"}`), token(`{"iss":"` + issuer + `","sub":"b"}`)}}, ""},
		"a password":                   {"token", http.Header{tokenHeader: {"Basic Y2hlY2tvdXQ6c2VjcmV0"}}, ""},
		"a token that is not encoded":  {"token", http.Header{tokenHeader: {"Bearer a.?.c"}}, ""},
		"a token without claims":       {"token", http.Header{tokenHeader: {token(`[]`)}}, ""},
		"an address that may call":     {"verify", http.Header{"X-Forwarded-For": {"10.1.2.3, 10.0.0.7"}}, ""},
		"a header of another spelling": {"verify", http.Header{"X-Amzn-Mtls-Clientcert_subject": {"CN=billing"}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			request := httptest.NewRequest(http.MethodGet, "/v1/quote", nil)
			request.Header = tc.headers
			answer := httptest.NewRecorder()
			handler(modes[tc.mode]).ServeHTTP(answer, request)
			if got := strings.TrimSpace(answer.Body.String()); tc.want != "" && (answer.Code != http.StatusOK || got != tc.want) {
				t.Errorf("answer = %d %q, want %q", answer.Code, got, tc.want)
			}
			if tc.want == "" && answer.Code != http.StatusUnauthorized {
				t.Errorf("answer = %d %q, want it to be refused", answer.Code, answer.Body)
			}
		})
	}
}

// A certificate has a plus and a slash in its PEM, which are no escapes.
func TestPlusIsNoSpace(t *testing.T) {
	root := ca(t, nil, "company")
	for range 50 {
		certificate := client(t, root, func(*x509.Certificate) {})
		header := encoded(certificate)
		chain, err := certificates(header)
		if err != nil || len(chain) != 1 || !chain[0].Equal(certificate) {
			t.Fatalf("%s: %v", header, err)
		}
		if strings.Contains(header, "+") {
			return
		}
	}
	t.Error("no certificate with a plus")
}
