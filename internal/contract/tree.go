package contract

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// maxSize is the size of the largest text that is read: more than an SSM parameter takes.
const maxSize = 1 << 16

// object is a JSON object, with its members in their order.
type object struct {
	names   []string
	members map[string]any
}

// readTree reads a JSON text. Objects are *object, lists []any, numbers json.Number. It reports a member that is there twice, of which JSON
// readers take either.
func readTree(r *rules.Report, text string) (tree any, ok bool) {
	if len(text) > maxSize {
		r.Add(rules.ContractForm, root, "is longer than %d KiB", maxSize>>10)
		return nil, false
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	tree, err := readValue(r, decoder, "")
	if err == nil {
		if _, err = decoder.Token(); errors.Is(err, io.EOF) {
			return tree, true
		}
		err = errors.New("there is more than one JSON value")
	}
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	at := lineOf(text, decoder.InputOffset())
	r.Add(rules.ContractForm, root, "is not JSON: line %d: %v", at, err)
	return nil, false
}

func lineOf(text string, offset int64) int {
	return 1 + bytes.Count([]byte(text)[:min(offset, int64(len(text)))], []byte("\n"))
}

func readValue(r *rules.Report, decoder *json.Decoder, path string) (any, error) {
	token, err := decoder.Token()
	if err != nil {
		return nil, err
	}
	switch token {
	case json.Delim('{'):
		return readObject(r, decoder, path)
	case json.Delim('['):
		var list []any
		for decoder.More() {
			element, err := readValue(r, decoder, fmt.Sprintf("%s[%d]", path, len(list)))
			if err != nil {
				return nil, err
			}
			list = append(list, element)
		}
		_, err := decoder.Token()
		return list, err
	}
	return token, nil
}

func readObject(r *rules.Report, decoder *json.Decoder, path string) (*object, error) {
	o := &object{members: map[string]any{}}
	for decoder.More() {
		token, err := decoder.Token()
		if err != nil {
			return nil, err
		}
		name, _ := token.(string) // a member's name is no other token
		value, err := readValue(r, decoder, join(path, name))
		if err != nil {
			return nil, err
		}
		if _, isTwice := o.members[name]; isTwice {
			r.AddWithFix(rules.ContractForm, join(path, name), "remove one of the two", "is there twice")
		} else {
			o.names = append(o.names, name)
		}
		o.members[name] = value
	}
	_, err := decoder.Token()
	return o, err
}

// root is the path of the whole contract.
const root = "contract"

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
