package rules_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func TestCheckPathPattern(t *testing.T) {
	path128 := "/" + strings.Repeat("a", 127)
	runChecks(t, rules.CheckPathPattern, map[string]checkCase[string]{
		"every path":            {"*", ok},
		"the root":              {"/", ok},
		"a prefix":              {"/v1/*", ok},
		"one character":         {"/v?/orders", ok},
		"a suffix":              {"*.html", ok},
		"all punctuation":       {`/_-.$/~"'@:+&`, ok},
		"128 characters":        {path128, ok},
		"129 characters":        {path128 + "a", rules.RouteCondition},
		"nothing":               {"", rules.RouteCondition},
		"no slash in front":     {"v1/*", rules.RouteCondition},
		"a space":               {"/my path", rules.RouteCondition},
		"a fragment":            {"/v1#top", rules.RouteCondition},
		"an escaped character":  {"/my%20path", rules.RouteCondition},
		"braces":                {"/orders/{id}", rules.RouteCondition},
		"letters beyond ASCII":  {"/prüfung", rules.RouteCondition},
		"a line break after it": {"/v1\n", rules.RouteCondition},
	})
}

func TestCheckHostHeader(t *testing.T) {
	host128 := strings.Repeat("a", 124) + ".com"
	runChecks(t, rules.CheckHostHeader, map[string]checkCase[string]{
		"a star alone":          {"*", rules.RouteCondition},
		"a host":                {"api.company.com", ok},
		"any host below":        {"*.company.com", ok},
		"one character":         {"api?.company.com", ok},
		"upper case":            {"API.Company.com", ok},
		"128 characters":        {host128, ok},
		"129 characters":        {"a" + host128, rules.RouteCondition},
		"nothing":               {"", rules.RouteCondition},
		"a single label":        {"localhost", rules.RouteCondition},
		"a port":                {"api.company.com:443", rules.RouteCondition},
		"a URL":                 {"https://api.company.com", rules.RouteCondition},
		"a path":                {"api.company.com/v1", rules.RouteCondition},
		"a space":               {"my api.company.com", rules.RouteCondition},
		"letters beyond ASCII":  {"prüfung.company.com", rules.RouteCondition},
		"a line break after it": {"api.company.com\n", rules.RouteCondition},
		"an underscore":         {"my_api.company.com", ok},
		"any top-level domain":  {"api.company.*", rules.RouteCondition},
		"an address":            {"10.0.0.1", rules.RouteCondition},
		"a version at last":     {"api.v1", rules.RouteCondition},
		"a dot at last":         {"api.company.com.", rules.RouteCondition},
	})
}

func TestCheckConditions(t *testing.T) {
	runChecks(t, rules.CheckConditions, map[string]checkCase[[]string]{
		"five values":              {[]string{"/a", "/b", "/c", "/d", ""}, ok},
		"six values":               {[]string{"/a", "/b", "/c", "/d", "/e", ""}, rules.RouteCondition},
		"five wildcards":           {[]string{"/*/a/*", "/?/b/*", "*.company.com"}, ok},
		"six wildcards":            {[]string{"/*/a/*", "/?/b/?", "*.company.com", "/*"}, rules.RouteCondition},
		"six wildcards in a value": {[]string{"/??????"}, rules.RouteCondition},
	})
	runChecks(t, rules.CheckConditionValues, map[string]checkCase[int]{"three": {3, ok}, "four": {4, rules.RouteConditionValues}})
	runChecks(t, rules.CheckRuleCount, map[string]checkCase[int]{"a hundred": {100, ok}, "one more": {101, rules.RuleQuota}})
	runChecks(t, rules.CheckTargetGroupCount, map[string]checkCase[int]{"a hundred": {100, ok}, "one more": {101, rules.TargetGroupQuota}})
}

func TestRouteContains(t *testing.T) {
	for name, tc := range map[string]struct {
		a, b rules.Route
		want bool
	}{
		"itself":                  {rules.Route{Paths: []string{"/v1/*"}}, rules.Route{Paths: []string{"/v1/*"}}, true},
		"every request, a path":   {rules.Route{}, rules.Route{Paths: []string{"/v1/*"}}, true},
		"a path, every request":   {rules.Route{Paths: []string{"/v1/*"}}, rules.Route{}, false},
		"a wider path":            {rules.Route{Paths: []string{"/*"}}, rules.Route{Paths: []string{"/a", "/b"}}, true},
		"one of two paths":        {rules.Route{Paths: []string{"/a"}}, rules.Route{Paths: []string{"/a", "/b"}}, false},
		"a host in another case":  {rules.Route{Hosts: []string{"*.Company.com"}}, rules.Route{Hosts: []string{"api.company.com"}}, true},
		"a path with a host":      {rules.Route{Paths: []string{"/a"}, Hosts: []string{"a.com"}}, rules.Route{Paths: []string{"/a"}}, false},
		"a path, one with a host": {rules.Route{Paths: []string{"/a"}}, rules.Route{Paths: []string{"/a"}, Hosts: []string{"a.com"}}, true},
	} {
		t.Run(name, func(t *testing.T) {
			if got := tc.a.Contains(tc.b); got != tc.want {
				t.Errorf("Contains = %v, want %v", got, tc.want)
			}
		})
	}
}

func TestCheckPriority(t *testing.T) {
	runChecks(t, rules.CheckPriority, map[string]checkCase[float64]{
		"the first":     {1, ok},
		"the last":      {50000, ok},
		"zero":          {0, rules.RoutePriority},
		"past the last": {50001, rules.RoutePriority},
		"a fraction":    {1.5, rules.RoutePriority},
		"not a number":  {math.NaN(), rules.RoutePriority},
	})
}

func TestTextsOfRoutes(t *testing.T) {
	const rest = ` [privateapi:routeCondition]
  AWS: rejects the listener rule
  Fix: write paths like /v1/* and hosts like api.company.com; split a route with more than five values`
	runTexts(t, map[string]textCase{
		"a path pattern": {
			func(r *rules.Report) { rules.CheckPathPattern(r, "PathPatterns[0]", "v1/*") },
			`PathPatterns[0]: "v1/*" is not a path pattern` + rest,
		},
		"a host pattern": {
			func(r *rules.Report) { rules.CheckHostHeader(r, "HostHeaders[2]", "localhost") },
			`HostHeaders[2]: "localhost" is not a host pattern` + rest,
		},
	})
}

// A change here would give the rules of deployed listeners other priorities.
func TestDerivePriorityIsStable(t *testing.T) {
	for id, want := range map[string]int{"Health": 35663, "Orders": 31388, "Prices": 43747} {
		if got := rules.DerivePriority(id); got != want {
			t.Errorf("DerivePriority(%q) = %d, want %d", id, got, want)
		}
	}
}

func TestDerivePriorityStaysInItsRange(t *testing.T) {
	lowest, highest := int(rules.RulePriorities.High), 0
	for i := range 20000 {
		priority := rules.DerivePriority(fmt.Sprint("Route", i))
		lowest, highest = min(lowest, priority), max(highest, priority)
	}
	// So many IDs come close to both ends of [1000, 50000).
	if lowest < 1000 || lowest > 1100 || highest >= 50000 || highest < 49900 {
		t.Errorf("priorities from %d to %d, want about 1000 to 49999", lowest, highest)
	}
}

func TestRouteOverlaps(t *testing.T) {
	v1, v2 := []string{"/v1/*"}, []string{"/v2/*"}
	prices, orders := []string{"prices.company.com"}, []string{"orders.company.com"}
	for name, tc := range map[string]struct {
		a, b rules.Route
		want bool
	}{
		"no conditions":                 {rules.Route{}, rules.Route{}, true},
		"a path and no conditions":      {rules.Route{Paths: v1}, rules.Route{}, true},
		"a path and a host":             {rules.Route{Paths: v1}, rules.Route{Hosts: prices}, true},
		"two paths":                     {rules.Route{Paths: v1}, rules.Route{Paths: v2}, false},
		"two hosts":                     {rules.Route{Hosts: prices}, rules.Route{Hosts: orders}, false},
		"one path, two hosts":           {rules.Route{Paths: v1, Hosts: prices}, rules.Route{Paths: v1, Hosts: orders}, false},
		"two paths, one host":           {rules.Route{Paths: v1, Hosts: prices}, rules.Route{Paths: v2, Hosts: prices}, false},
		"one path, one host":            {rules.Route{Paths: v1, Hosts: prices}, rules.Route{Paths: v1, Hosts: prices}, true},
		"the second of two paths":       {rules.Route{Paths: []string{"/v0", "/v1/a"}}, rules.Route{Paths: v1}, true},
		"hosts that differ in case":     {rules.Route{Hosts: []string{"Prices.Company.com"}}, rules.Route{Hosts: prices}, true},
		"paths that differ in case":     {rules.Route{Paths: []string{"/V1/*"}}, rules.Route{Paths: v1}, false},
		"a wildcard host and one of it": {rules.Route{Hosts: []string{"*.company.com"}}, rules.Route{Hosts: prices}, true},
		"a wildcard host and another":   {rules.Route{Hosts: []string{"*.other.com"}}, rules.Route{Hosts: prices}, false},
		"any priorities":                {rules.Route{Paths: v1, Priority: 1, Explicit: true}, rules.Route{Paths: v1, Priority: 2}, true},
	} {
		t.Run(name, func(t *testing.T) {
			if tc.a.Overlaps(tc.b) != tc.want || tc.b.Overlaps(tc.a) != tc.want {
				t.Errorf("overlaps = %v and back %v, want %v", tc.a.Overlaps(tc.b), tc.b.Overlaps(tc.a), tc.want)
			}
		})
	}
}

func TestPatternsOverlap(t *testing.T) {
	for name, tc := range map[string]struct {
		a, b string
		want bool
	}{
		"nothing and nothing":              {"", "", true},
		"nothing and a star":               {"", "*", true},
		"nothing and a question mark":      {"", "?", false},
		"the same text":                    {"/v1", "/v1", true},
		"text and a longer one":            {"/v1", "/v10", false},
		"a prefix and the text before it":  {"/v1/*", "/v1", false},
		"a prefix and the text with slash": {"/v1/*", "/v1/", true},
		"a prefix and a longer prefix":     {"/v1/*", "/v1/orders/*", true},
		"a prefix and another":             {"/v1/*", "/v2/*", false},
		"a question mark and a letter":     {"/v?", "/v1", true},
		"a question mark and two letters":  {"/v?", "/v10", false},
		"a question mark and a slash":      {"/v?orders", "/v/orders", true},
		"a prefix and a suffix":            {"/v1/*", "*.html", true},
		"a suffix and another":             {"*.html", "*.htm", false},
		"stars that cross":                 {"a*b", "*ab*b", true},
		"a star that spans slashes":        {"/a*/d", "/a/b/c/d", true},
		"a middle that never fits":         {"a*c", "a*b", false},
		"many stars":                       {strings.Repeat("*a", 60), strings.Repeat("a*", 60) + "b", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := rules.PatternsOverlap(tc.a, tc.b); got != tc.want {
				t.Errorf("PatternsOverlap(%q, %q) = %v, want %v", tc.a, tc.b, got, tc.want)
			}
		})
	}
}

// A shortest string that matches two patterns has no character that both match by a star: it could be left out. So it
// is no longer than the two together, and a and b are letters enough: others match by a wildcard, as a does.
func TestPatternsOverlapAgreesWithBruteForce(t *testing.T) {
	const length = 4
	patterns, texts := words("ab*?", length), words("ab", 2*length)
	matches := make([][]bool, len(patterns))
	for i, pattern := range patterns {
		for _, text := range texts {
			matches[i] = append(matches[i], match(pattern, text))
		}
	}
	for i, a := range patterns {
		for j, b := range patterns {
			want := false
			for k := 0; k < len(texts) && !want; k++ {
				want = matches[i][k] && matches[j][k]
			}
			if got := rules.PatternsOverlap(a, b); got != want {
				t.Fatalf("PatternsOverlap(%q, %q) = %v, want %v", a, b, got, want)
			}
		}
	}
}

// words returns all strings over an alphabet, up to a length.
func words(alphabet string, length int) []string {
	all := []string{""}
	for last := all; length > 0; length-- {
		var next []string
		for _, word := range last {
			for _, letter := range alphabet {
				next = append(next, word+string(letter))
			}
		}
		all, last = append(all, next...), next
	}
	return all
}

// match says whether text matches pattern, as slowly and plainly as can be.
func match(pattern, text string) bool {
	switch {
	case pattern == "":
		return text == ""
	case pattern[0] == '*':
		return match(pattern[1:], text) || text != "" && match(pattern, text[1:])
	}
	return text != "" && (pattern[0] == '?' || pattern[0] == text[0]) && match(pattern[1:], text[1:])
}

func FuzzPatternsOverlap(f *testing.F) {
	f.Add("/v1/*", "/v1/orders")
	f.Add("*a?", "?b*")
	f.Add("", "**")
	f.Add("/\xff*", "/é?")
	f.Fuzz(func(t *testing.T, a, b string) {
		if rules.PatternsOverlap(a, b) != rules.PatternsOverlap(b, a) {
			t.Errorf("PatternsOverlap(%q, %q) is not what it is the other way round", a, b)
		}
		if !rules.PatternsOverlap(a, a) || !rules.PatternsOverlap(a, "*") {
			t.Errorf("%q does not overlap itself, or *", a)
		}
	})
}
