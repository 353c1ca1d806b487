package proof_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

func TestURL(t *testing.T) {
	for want, a := range map[string]proof.Answer{
		"https://api.example/v1/*":              {Domain: "api.example", Port: 443, Path: "/v1/*"},
		"http://api.example/":                   {Domain: "api.example", Port: 80, Path: "/"},
		"https://api.example:8443/":             {Domain: "api.example", Port: 8443, Path: "/"},
		"tcp://db.example:5432":                 {Domain: "db.example", Port: 5432, Path: "/", Protocol: "TCP"},
		"tls://db.example:443":                  {Domain: "db.example", Port: 443, Path: "/v1/*", Protocol: "TLS"},
		"tcp://db.example:80":                   {Domain: "db.example", Port: 80, Path: "/", Protocol: "TCP"},
		"tcp://<DNS name of the endpoint>:5432": {Port: 5432, Path: "/", Protocol: "TCP"},
	} {
		if got := a.URL(); got != want {
			t.Errorf("URL = %s, want %s", got, want)
		}
	}
}
