package rules_test

import (
	"testing"
	"time"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func TestCheckExpiry(t *testing.T) {
	now := time.Date(2026, time.November, 29, 23, 0, 0, 0, time.UTC)
	runChecks(t, func(r *rules.Report, property, expiry string) { rules.CheckExpiry(r, property, expiry, now) }, map[string]checkCase[string]{
		"a date to come":                  {"2026-11-30", ok},
		"today, to its end":               {"2026-11-29", ok},
		"a time to come":                  {"2026-11-29T23:00:01Z", ok},
		"a time to come elsewhere":        {"2026-11-29T22:00:01-01:00", ok},
		"a fraction of a second":          {"2026-11-29T23:00:00.001Z", ok},
		"yesterday":                       {"2026-11-28", rules.AcceptorExpired},
		"now":                             {"2026-11-29T23:00:00Z", rules.AcceptorExpired},
		"an hour ago, by another clock":   {"2026-11-29T23:00:00+01:00", rules.AcceptorExpired},
		"a day that does not exist":       {"2026-02-29", rules.AcceptorExpiry},
		"a date of another form":          {"29.11.2027", rules.AcceptorExpiry},
		"a date without leading zeros":    {"2027-1-1", rules.AcceptorExpiry},
		"a time without a zone":           {"2027-01-01T00:00:00", rules.AcceptorExpiry},
		"a time with a space":             {"2027-01-01 00:00:00Z", rules.AcceptorExpiry},
		"a comma":                         {"2027-01-01T00:00:00,5Z", rules.AcceptorExpiry},
		"an hour of one digit":            {"2027-01-01T1:00:00Z", rules.AcceptorExpiry},
		"a zone that is a day away":       {"2027-01-01T00:00:00+24:00", rules.AcceptorExpiry},
		"before 1970":                     {"1969-12-31", rules.AcceptorExpiry},
		"words":                           {"never", rules.AcceptorExpiry},
		"nothing":                         {"", rules.AcceptorExpiry},
		"the end of a day, as ISO has it": {"2027-01-01T24:00:00Z", rules.AcceptorExpiry},
	})
}

func TestCheckAcceptorInterval(t *testing.T) {
	runChecks(t, rules.CheckAcceptorInterval, map[string]checkCase[float64]{
		"a minute":            {60, ok},
		"five minutes":        {300, ok},
		"an hour":             {3600, ok},
		"nothing":             {0, rules.AcceptorInterval},
		"half a minute":       {30, rules.AcceptorInterval},
		"a minute and a half": {90, rules.AcceptorInterval},
		"61 minutes":          {3660, rules.AcceptorInterval},
		"before now":          {-300, rules.AcceptorInterval},
	})
}
