package jsondoc_test

import (
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/jsondoc"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func TestExactNumbers(t *testing.T) {
	form := &jsondoc.Form{Name: "the file", Rule: rules.Rule{Severity: rules.Error}, MaxSize: 1 << 10}
	for text, want := range map[string]string{
		`{"amount": 0.1}`:                   "1/10",
		`{"amount": 1.5e3}`:                 "1500",
		`{"amount": "1"}`:                   `amount is "1", but must be a number`,
		`{"amount": -0.5}`:                  "amount -0.5 is negative",
		`{"amount": 1e19}`:                  "amount 1e19 is too large",
		`{"amount": 1e99999999}`:            "amount 1e99999999 is too large",
		`{"price": "0.0225"}`:               "9/400",
		`{"price": 0.0225}`:                 `price is 0.0225, but must be a number in a text, such as "0.0225"`,
		`{"price": "1/3"}`:                  `price is "1/3", but must be a number in a text`,
		`{"price": "NaN"}`:                  `price is "NaN", but must be a number in a text`,
		`{"price": "-1"}`:                   "price -1 is negative",
		`{"price": "99999999999999999999"}`: "price 99999999999999999999 is too large",
		`{}`:                                "",
	} {
		r := &rules.Report{}
		o, _ := form.Read(r, text)
		number, decimal := o.Amount("amount", false), o.Decimal("price", false)
		var got []string
		for _, p := range r.Problems() {
			got = append(got, p.Property+" "+p.What)
		}
		if number != nil {
			got = append(got, number.RatString())
		}
		if decimal != nil {
			got = append(got, decimal.RatString())
		}
		if found := strings.Join(got, "; "); !strings.HasPrefix(found, want) || want == "" && found != "" {
			t.Errorf("%s: %q, want %q", text, found, want)
		}
	}
}
