package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// writeJSON writes a report with its verdict, which the report computes. Each hop is written once, in a list of its own, and
// answers have indexes into it. Nothing is held in memory but one element of a list.
func writeJSON(w io.Writer, r *reachability.Report) error {
	hops, err := newHopTable(r.Answers)
	if err != nil {
		return err
	}
	o := &jsonObject{w: bufio.NewWriter(w)}
	o.field("verdict", r.Verdict())
	o.list("answers", len(r.Answers), func(i int) (string, error) { return answerJSON(r.Answers[i], hops.of[i]) })
	o.list("hops", len(hops.list), func(i int) (string, error) { return element(hops.list[i]) })
	o.list("findings", len(r.Findings), func(i int) (string, error) {
		f := r.Findings[i]
		f.Evidence = orEmpty(f.Evidence)
		return element(f)
	})
	o.list("exposures", len(r.Exposures), func(i int) (string, error) { return element(r.Exposures[i]) })
	o.list("notices", len(r.Notices), func(i int) (string, error) { return element(r.Notices[i]) })
	there := r.Inventory
	there.Services, there.Endpoints, there.Clients = orEmpty(there.Services), orEmpty(there.Endpoints), orEmpty(there.Clients)
	there.Names, there.Unread = orEmpty(there.Names), orEmpty(there.Unread)
	o.field("inventory", there)
	o.field("facts", r.Facts)
	if r.Asked != "" {
		o.field("asked", r.Asked)
	}
	if r.AskedDomain != "" {
		o.field("askedDomain", r.AskedDomain)
	}
	return o.end()
}

// jsonAnswer is an answer without its hops.
type jsonAnswer struct {
	Client   string               `json:"client"`
	Domain   string               `json:"domain"`
	Port     int                  `json:"port"`
	Path     string               `json:"path"`
	Protocol string               `json:"protocol,omitempty"`
	Verdict  reachability.Verdict `json:"verdict"`
}

// answerJSON is an answer with the indexes of its hops, on one line.
func answerJSON(a reachability.Answer, hops []int32) (string, error) {
	text, err := element(jsonAnswer{a.Client, a.Domain, a.Port, a.Path, a.Protocol, a.Verdict})
	var list strings.Builder
	for i, hop := range hops {
		if i > 0 {
			list.WriteString(", ")
		}
		list.WriteString(strconv.Itoa(int(hop)))
	}
	const end = "\n    }"
	return strings.TrimSuffix(text, end) + ",\n      \"hops\": [" + list.String() + "]" + end, err
}

// element is a value as the element of a list.
func element(v any) (string, error) { return encode(v, "    ") }

// jsonObject is an object that is written field by field. It keeps the first error.
type jsonObject struct {
	w    *bufio.Writer
	some bool
	err  error
}

func (o *jsonObject) write(text string) {
	if o.err == nil {
		_, o.err = o.w.WriteString(text)
	}
}

// key begins a field.
func (o *jsonObject) key(name string) {
	o.write(map[bool]string{false: "{\n", true: ",\n"}[o.some] + `  "` + name + `": `)
	o.some = true
}

func (o *jsonObject) value(text string, err error) {
	if o.err == nil {
		o.err = err
	}
	o.write(text)
}

func (o *jsonObject) field(name string, v any) {
	o.key(name)
	o.value(encode(v, "  "))
}

// list writes a list, element by element.
func (o *jsonObject) list(name string, n int, element func(i int) (string, error)) {
	o.key(name)
	if n == 0 {
		o.write("[]")
		return
	}
	for i := range n {
		o.write(map[bool]string{false: "[\n    ", true: ",\n    "}[i > 0])
		o.value(element(i))
		if o.err != nil {
			return
		}
	}
	o.write("\n  ]")
}

func (o *jsonObject) end() error {
	o.write("\n}\n")
	if o.err != nil {
		return o.err
	}
	return o.w.Flush()
}

// orEmpty makes nil an empty list in JSON.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// encode returns indented JSON that is safe to show on a terminal. Its lines but the first begin with the indent.
func encode(v any, indent string) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent(indent, "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return "", err
	}
	return escapeControls(strings.TrimSuffix(b.String(), "\n")), nil
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
