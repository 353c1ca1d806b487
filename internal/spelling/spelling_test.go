package spelling_test

import (
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/spelling"
)

func TestNearest(t *testing.T) {
	names := []string{"pricing", "pricing-admin", "stock", "eu"}
	for given, want := range map[string]string{
		"prcing":   "pricing",
		"PRICING":  "pricing pricing-admin",
		"stok":     "stock",
		"admin":    "pricing-admin",
		"payments": "",
		"xx":       "", // as far from "eu" as any two letters
		"":         "",
	} {
		if got := strings.Join(spelling.Nearest(given, names), " "); got != want {
			t.Errorf("%q: got %q, want %q", given, got, want)
		}
	}
}

func TestDidYouMean(t *testing.T) {
	names := []string{"pricing", "prizing"}
	if got, want := spelling.DidYouMean("pricin", names), `; did you mean "pricing" or "prizing"?`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := spelling.DidYouMean("checkout", names); got != "" {
		t.Errorf("got %q, want nothing", got)
	}
}
