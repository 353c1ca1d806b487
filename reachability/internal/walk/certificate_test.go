package walk

import "testing"

func TestCoversDomain(t *testing.T) {
	for _, tc := range []struct {
		name, domain string
		want         bool
	}{
		{"api.company.com", "api.company.com", true},
		{"API.Company.com", "api.company.COM", true},
		{"api.company.com", "other.company.com", false},
		{"*.company.com", "api.company.com", true},
		{"*.company.com", "company.com", false},
		{"*.company.com", "v1.api.company.com", false},
		{"*.company.com", "api.other.com", false},
		{"*.company.com", "api.mycompany.com", false},
	} {
		if got := coversDomain(tc.name, tc.domain); got != tc.want {
			t.Errorf("coversDomain(%q, %q) = %v, want %v", tc.name, tc.domain, got, tc.want)
		}
	}
}
