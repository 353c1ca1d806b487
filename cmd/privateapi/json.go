package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// jsonReport is a report with its verdict, which the report computes.
type jsonReport struct {
	Verdict reachability.Verdict `json:"verdict"`
	*reachability.Report
}

func renderJSON(r *reachability.Report) (string, error) {
	shown := *r
	shown.Answers = slices.Clone(orEmpty(r.Answers))
	for i := range shown.Answers {
		shown.Answers[i].Hops = orEmpty(shown.Answers[i].Hops)
	}
	shown.Findings = slices.Clone(orEmpty(r.Findings))
	for i := range shown.Findings {
		shown.Findings[i].Evidence = orEmpty(shown.Findings[i].Evidence)
	}
	shown.Exposures, shown.Notices = orEmpty(r.Exposures), orEmpty(r.Notices)
	there := &shown.Inventory
	there.Services, there.Endpoints, there.Clients = orEmpty(there.Services), orEmpty(there.Endpoints), orEmpty(there.Clients)
	there.Names, there.Unread = orEmpty(there.Names), orEmpty(there.Unread)
	return encode(jsonReport{r.Verdict(), &shown})
}

// orEmpty makes nil an empty list in JSON.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// encode writes indented JSON that is safe to show on a terminal.
func encode(v any) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return "", err
	}
	return escapeControls(b.String()), nil
}

// escapeControls escapes what JSON allows in strings and terminals act on, such as C1 controls and marks that change the
// writing direction.
func escapeControls(s string) string {
	isControl := func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }
	if strings.IndexFunc(s, isControl) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case !isControl(r):
			b.WriteRune(r)
		case r > 0xFFFF:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}
