// Package strictjson reads JSON files that people write, and reports all that is wrong with one, each under its path:
// a member that is not known, or there twice, or of another type. encoding/json takes what it knows and says nothing.
package strictjson

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Read reads the one JSON value of a text.
func Read(text []byte) (*Value, error) {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	r := &reader{decoder: decoder, problems: &problems{}}
	root, err := r.value("")
	if err == nil {
		if _, err = decoder.Token(); errors.Is(err, io.EOF) {
			return root, nil
		}
		err = errors.New("there is more than one JSON value")
	}
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	end := min(decoder.InputOffset(), int64(len(text)))
	where := fmt.Sprintf("line %d", 1+bytes.Count(text[:end], []byte("\n")))
	if r.at != "" {
		where += ", at " + r.at
	}
	return nil, fmt.Errorf("is not JSON: %s: %w", where, err)
}

type reader struct {
	decoder  *json.Decoder
	problems *problems
	// at is the path of the value that is read.
	at string
}

func (r *reader) value(path string) (*Value, error) {
	r.at = path
	token, err := r.decoder.Token()
	if err != nil {
		return nil, err
	}
	v := &Value{Path: path, problems: r.problems}
	switch token {
	case json.Delim('{'):
		v.content, err = r.object(path)
	case json.Delim('['):
		v.content, err = r.list(path)
	default:
		v.content = token
	}
	return v, err
}

func (r *reader) object(path string) (*object, error) {
	o := &object{members: map[string]*Value{}}
	for r.decoder.More() {
		token, err := r.decoder.Token()
		if err != nil {
			return nil, err
		}
		name, _ := token.(string) // a member's name is no other token
		value, err := r.value(join(path, name))
		if err != nil {
			return nil, err
		}
		if o.members[name] == nil {
			o.names = append(o.names, name)
		} else {
			value.Problem("is there twice")
		}
		o.members[name] = value
	}
	_, err := r.decoder.Token()
	return o, err
}

func (r *reader) list(path string) ([]*Value, error) {
	list := []*Value{}
	for r.decoder.More() {
		element, err := r.value(fmt.Sprintf("%s[%d]", path, len(list)))
		if err != nil {
			return nil, err
		}
		list = append(list, element)
	}
	_, err := r.decoder.Token()
	return list, err
}
