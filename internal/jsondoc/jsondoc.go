// Package jsondoc reads JSON that people write strictly: it reports all that is wrong at once, each under the path of its field, such as
// services[2].name. A member that is there twice, that is not known, or that has another type is reported. It imports neither jsii nor awscdk.
package jsondoc

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Form is how a kind of document is read.
type Form struct {
	// Name is the path of the whole document in problems.
	Name string
	// Rule is the rule that a document of another form breaks.
	Rule rules.Rule
	// MaxSize is the size of the largest text that is read, in bytes.
	MaxSize int
	// OfVersion says what an unknown member is no member of, such as "a contract of version 1".
	OfVersion string
	// Missing says what to do about a member that is missing, and Unknown about one that is not known.
	Missing, Unknown string
}

// Read reads a document. It reports what is no JSON, or no object.
func (f *Form) Read(r *rules.Report, text string) (*Object, bool) {
	tree, ok := f.readTree(r, text)
	if !ok {
		return nil, false
	}
	o, ok := tree.(*Object)
	if !ok {
		r.Add(f.Rule, f.Name, "is %s, but must be an object", Show(tree))
	}
	return o, ok
}

// tree is a reader of one text.
type tree struct {
	form    *Form
	report  *rules.Report
	decoder *json.Decoder
	depth   int
}

// maxDepth is how deep objects and lists lie in each other at most: more would end the process.
const maxDepth = 100

// readTree reads a JSON text. Objects are *Object, lists []any, numbers json.Number.
func (f *Form) readTree(r *rules.Report, text string) (value any, ok bool) {
	if len(text) > f.MaxSize {
		r.Add(f.Rule, f.Name, "is longer than %d KiB", f.MaxSize>>10)
		return nil, false
	}
	t := &tree{form: f, report: r, decoder: json.NewDecoder(strings.NewReader(text))}
	t.decoder.UseNumber()
	value, err := t.value("")
	if err == nil {
		if _, err = t.decoder.Token(); errors.Is(err, io.EOF) {
			return value, true
		}
		err = errors.New("there is more than one JSON value")
	}
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	r.Add(f.Rule, f.Name, "is not JSON: line %d: %v", lineOf(text, t.decoder.InputOffset()), err)
	return nil, false
}

func lineOf(text string, offset int64) int {
	return 1 + bytes.Count([]byte(text)[:min(offset, int64(len(text)))], []byte("\n"))
}

func (t *tree) value(path string) (any, error) {
	token, err := t.decoder.Token()
	if err != nil {
		return nil, err
	}
	if _, isDelim := token.(json.Delim); isDelim {
		if t.depth++; t.depth > maxDepth {
			return nil, errors.New("objects and lists lie too deep in each other")
		}
		defer func() { t.depth-- }()
	}
	switch token {
	case json.Delim('{'):
		return t.object(path)
	case json.Delim('['):
		var list []any
		for t.decoder.More() {
			element, err := t.value(At(path, len(list)))
			if err != nil {
				return nil, err
			}
			list = append(list, element)
		}
		_, err := t.decoder.Token()
		return list, err
	}
	return token, nil
}

// object reads an object. It reports a member that is there twice, of which JSON readers take either.
func (t *tree) object(path string) (*Object, error) {
	o := &Object{form: t.form, report: t.report, path: path, members: map[string]any{}}
	for t.decoder.More() {
		token, err := t.decoder.Token()
		if err != nil {
			return nil, err
		}
		name, _ := token.(string) // a member's name is no other token
		value, err := t.value(Join(path, name))
		if err != nil {
			return nil, err
		}
		if _, isTwice := o.members[name]; isTwice {
			t.report.AddWithFix(t.form.Rule, Join(path, name), "remove one of the two", "is there twice")
		} else {
			o.names = append(o.names, name)
		}
		o.members[name] = value
	}
	_, err := t.decoder.Token()
	return o, err
}

// Join is the path of a member of an object.
func Join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// At is the path of an element of a list.
func At(path string, i int) string { return fmt.Sprintf("%s[%d]", path, i) }
