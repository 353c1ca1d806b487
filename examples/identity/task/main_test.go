package main

import (
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"testing"
)

func TestModes(t *testing.T) {
	root := ca(t, nil, "company").certificate
	for name, tc := range map[string]struct {
		env map[string]string
		ok  bool
	}{
		"verify":             {map[string]string{"IDENTITY": "verify", "CALLERS": "CN=checkout"}, true},
		"passthrough":        {map[string]string{"IDENTITY": "passthrough", "CLIENT_CA": string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: root.Raw}))}, true},
		"passthrough, no CA": {map[string]string{"IDENTITY": "passthrough"}, false},
		"token":              {map[string]string{"IDENTITY": "token", "ISSUER": issuer}, true},
		"another one":        {map[string]string{"IDENTITY": "ip"}, false},
		"nothing":            {nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := identifyBy(func(name string) string { return tc.env[name] }); (err == nil) != tc.ok {
				t.Errorf("error = %v", err)
			}
		})
	}
}

// Health checks come from the ALB, without a caller.
func TestHealth(t *testing.T) {
	answer := httptest.NewRecorder()
	handler(byToken(issuer)).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/health", nil))
	if answer.Code != http.StatusOK {
		t.Errorf("health = %d", answer.Code)
	}
}

// Only the last address is the ALB's own word.
func TestThrough(t *testing.T) {
	for want, values := range map[string][]string{
		"10.0.0.7": {"10.1.2.3, 10.0.0.7"}, "10.0.0.8": {"10.1.2.3", "192.0.2.1, 10.0.0.8"}, "": nil,
	} {
		if got := through(http.Header{"X-Forwarded-For": values}); got != want {
			t.Errorf("through %v = %q, want %q", values, got, want)
		}
	}
}
