package network

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// handlers are the handlers of this module's functions: a line for each version, with the name of its package and the SHA-256 of its source.
//
//go:embed handlers.txt
var handlers string

// inlineConfig is the constant CONFIG in the first line of a function whose source is in the template, and the handler behind it.
type inlineConfig struct {
	fields map[string]any
	refs   []Value // what the markers in its texts stand for
	hash   string  // of the handler; "" if the deployment decides a part of it
}

const (
	configStart = "const CONFIG = "
	configEnd   = ";\n"
	markerStart = "\uE000"
	markerEnd   = "\uE001"
)

// readInlineConfig reads the constant CONFIG of a function; ok is false if it has none, or none that can be read.
func readInlineConfig(code Value) (c inlineConfig, ok bool) {
	text, refs := marked(code)
	c.refs = refs
	rest, isConfig := strings.CutPrefix(text, configStart)
	constant, handler, hasEnd := strings.Cut(rest, configEnd)
	if !isConfig || !hasEnd || json.Unmarshal([]byte(constant), &c.fields) != nil {
		return inlineConfig{}, false
	}
	if !strings.Contains(handler, markerStart) {
		sum := sha256.Sum256([]byte(handler))
		c.hash = hex.EncodeToString(sum[:])
	}
	return c, true
}

// marked is a text with a marker in place of each part that the deployment decides.
func marked(v Value) (text string, refs []Value) {
	parts := v.Parts()
	if v.Kind() == assembly.Literal {
		parts = []Value{v}
	}
	var b strings.Builder
	for _, part := range parts {
		if own, isText := part.Text(); isText {
			b.WriteString(own)
			continue
		}
		b.WriteString(markerOf(len(refs)))
		refs = append(refs, part)
	}
	return b.String(), refs
}

func markerOf(i int) string { return markerStart + strconv.Itoa(i) + markerEnd }

// isHandlerOf reports whether the handler is one of a package of this module.
func (c inlineConfig) isHandlerOf(pkg string) bool {
	return c.hash != "" && strings.Contains(handlers, pkg+" "+c.hash+"\n")
}

// text is a text of the constant: what the template has, or what the deployment decides.
func (c inlineConfig) text(v any) (text string, ref Value, isText bool) {
	s, isText := v.(string)
	if !isText {
		return "", Value{}, false
	}
	inner, isMarked := strings.CutPrefix(s, markerStart)
	if inner, isWhole := strings.CutSuffix(inner, markerEnd); isMarked && isWhole {
		if i, err := strconv.Atoi(inner); err == nil && i < len(c.refs) {
			return "", c.refs[i], true
		}
	}
	if i := strings.Index(s, markerStart); i >= 0 {
		var n int
		if _, err := fmt.Sscanf(s[i+len(markerStart):], "%d", &n); err == nil && n < len(c.refs) {
			return "", c.refs[n], true // a text around it is never that of an account or a date
		}
	}
	return s, Value{}, true
}
