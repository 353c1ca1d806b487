package schematest

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
)

// Document is a base as JSON, with edits by path: a value at "services[2].name" or "tiers[+]", a new element; null removes a member.
func Document(t *testing.T, base any, edits map[string]any) string {
	t.Helper()
	if base == nil {
		t.Fatal("there is no base")
	}
	text, err := json.Marshal(base)
	var top any
	if err == nil {
		err = json.Unmarshal(text, &top)
	}
	for path, value := range edits {
		if err == nil {
			top, err = edited(top, path, value)
		}
	}
	if err == nil {
		text, err = json.Marshal(top)
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// edited is a value with an edit below it: at "tiers[0].name", at "tiers[+]" for a new element, or at "" for itself.
func edited(in any, path string, value any) (any, error) {
	if path == "" {
		return value, nil
	}
	if path == "[+]" {
		list, _ := in.([]any)
		return append(list, value), nil
	}
	if rest, ok := strings.CutPrefix(path, "["); ok {
		index, rest, _ := strings.Cut(rest, "]")
		i, err := strconv.Atoi(index)
		list, isList := in.([]any)
		if err != nil || !isList || i >= len(list) {
			return nil, fmt.Errorf("%s: nothing to edit", path)
		}
		list[i], err = edited(list[i], strings.TrimPrefix(rest, "."), value)
		return list, err
	}
	object, ok := in.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("%s: nothing to edit", path)
	}
	at := strings.IndexAny(path+".", ".[")
	name, rest := path[:at], strings.TrimPrefix(path[at:], ".")
	if value == nil && rest == "" {
		if _, ok := object[name]; !ok {
			return nil, errors.New(path + ": nothing to remove")
		}
		delete(object, name)
		return object, nil
	}
	var err error
	object[name], err = edited(object[name], rest, value)
	return object, err
}
