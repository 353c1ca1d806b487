package reachability

import (
	"bytes"
	"encoding/json"
)

// factValue is a value in a facts file: the value alone, or an object that has it beside how to find it. It is not given
// while it is null.
type factValue[V any] struct {
	value    V
	isGiven  bool
	isThere  bool // even if it is null
	question factQuestion
}

// factQuestion says how to find a value.
type factQuestion struct {
	// Command is a command of the AWS CLI that answers it, with credentials of the account that is asked about.
	Command string `json:"command,omitempty"`
	// Comment says what is asked, in words.
	Comment string `json:"comment,omitempty"`
}

// factObject is the form of a value beside how to find it.
type factObject struct {
	Value json.RawMessage `json:"value"`
	factQuestion
}

func (f *factValue[V]) UnmarshalJSON(text []byte) error {
	f.isThere = true
	text = bytes.TrimSpace(text)
	if bytes.HasPrefix(text, []byte("{")) {
		var object factObject
		decoder := json.NewDecoder(bytes.NewReader(text))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&object); err != nil {
			return err
		}
		f.question, text = object.factQuestion, object.Value
	}
	if len(text) == 0 || string(text) == "null" {
		return nil
	}
	f.isGiven = true
	return json.Unmarshal(text, &f.value)
}

func (f factValue[V]) MarshalJSON() ([]byte, error) {
	value := []byte("null")
	if f.isGiven {
		var err error
		if value, err = marshalPlain(f.value); err != nil {
			return nil, err
		}
	}
	if f.question == (factQuestion{}) {
		return value, nil
	}
	return marshalPlain(factObject{Value: value, factQuestion: f.question})
}

// marshalPlain is [json.Marshal], but leaves what HTML would escape, such as "&", as people write it.
func marshalPlain(v any) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(v)
	return bytes.TrimSpace(text.Bytes()), err
}

// givenValues are the values of a map that are given.
func givenValues[V any](all map[string]factValue[V]) map[string]V {
	given := map[string]V{}
	for key, fact := range all {
		if fact.isGiven {
			given[key] = fact.value
		}
	}
	return given
}
