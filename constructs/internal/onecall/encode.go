package onecall

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
)

// step is what module/runner.js runs.
type step struct {
	Reference string `json:"reference"`

	New   string `json:"new,omitempty"` // the class of what is made
	ID    string `json:"id,omitempty"`  // empty for what is no construct
	Under string `json:"under,omitempty"`
	Props any    `json:"props,omitempty"`

	Value any `json:"value,omitempty"` // an object that exists

	Class  string `json:"class,omitempty"` // of a static method
	On     string `json:"on,omitempty"`
	Member string `json:"member,omitempty"`
	Args   []any  `json:"args,omitempty"`
	Within []any  `json:"within,omitempty"` // constructs to which the call adds children

	Below   any      `json:"below,omitempty"` // a construct in which each of Class has Members
	Members []string `json:"members,omitempty"`

	List string `json:"list,omitempty"` // of which a lazy list has Member of each element of Part
	Part *Part  `json:"part,omitempty"`

	Peers  string `json:"peers,omitempty"`  // connections that get Value as one more peer
	Opened string `json:"opened,omitempty"` // connections that get Value as a security group that is no peer

	Refuse  string `json:"refuse,omitempty"` // a list that has Known elements; Message reports others at synthesis
	Known   int    `json:"known,omitempty"`
	Message string `json:"message,omitempty"`

	Resource string `json:"resource,omitempty"` // whose Property must not be Value; Message reports it at synthesis
	Property string `json:"property,omitempty"`

	Waiting any    `json:"waiting,omitempty"` // a construct in which resources of Type wait for others, or children of any type
	Type    string `json:"type,omitempty"`
	Others  []any  `json:"others,omitempty"`
}

const cdkPackages = "github.com/aws/aws-cdk-go/awscdk/"

// encode returns a value of CDK's Go packages as JSON has it for JavaScript. Objects go to the objects of the batch. jsii would do
// the same, and compare each value with each type that it may have, which takes longer than all the rest. It panics if a required
// property is missing; id is that of the child whose property it is.
func (b *Batch) encode(id string, value any) any {
	e := encoder{batch: b, id: id}
	return e.value(reflect.ValueOf(value))
}

func marshal(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // a number that is not finite
	}
	return string(text)
}

type encoder struct {
	batch *Batch
	id    string
}

func (e *encoder) value(v reflect.Value) any {
	switch v.Kind() {
	case reflect.Invalid:
		return nil
	case reflect.Interface:
		return e.value(v.Elem())
	case reflect.Pointer:
		return e.pointer(v)
	case reflect.Struct:
		if isProperties(v.Type()) {
			return e.structure(v)
		}
		object := reflect.New(v.Type()) // of a type of the caller, of which jsii takes pointers only
		object.Elem().Set(v)
		return e.object(object.Interface())
	case reflect.Slice:
		list := make([]any, v.Len())
		for i := range list {
			list[i] = e.value(v.Index(i))
		}
		return list
	case reflect.Map:
		return e.mapping(v)
	case reflect.String:
		return enumOr(v, v.String())
	default:
		return v.Interface()
	}
}

// pointer encodes an optional value, a struct of properties, or an object of CDK.
func (e *encoder) pointer(v reflect.Value) any {
	if v.IsNil() {
		return nil
	}
	if r, ok := e.batch.placeholders[v.Interface()]; ok {
		return r.placeholder()
	}
	if v.Elem().Kind() != reflect.Struct || isProperties(v.Elem().Type()) {
		return e.value(v.Elem())
	}
	return e.object(v.Interface())
}

func (e *encoder) object(object any) any {
	e.batch.objects = append(e.batch.objects, object)
	return map[string]int{"$object": len(e.batch.objects) - 1}
}

// isProperties reports whether a struct is one of jsii's that go by value: its fields have tags.
func isProperties(t reflect.Type) bool {
	if t.NumField() == 0 {
		return false
	}
	_, ok := t.Field(0).Tag.Lookup("field")
	return ok
}

func (e *encoder) structure(v reflect.Value) any {
	fields := make(map[string]any, v.NumField())
	for i := range v.NumField() {
		field, value := v.Type().Field(i), v.Field(i)
		if !value.IsZero() {
			fields[field.Tag.Get("json")] = e.value(value)
		} else if field.Tag.Get("field") == "required" {
			panic(fmt.Errorf("%s: %s.%s is required", e.batch.path(e.id), v.Type().Name(), field.Name))
		}
	}
	return fields
}

func (e *encoder) mapping(v reflect.Value) any {
	m := make(map[string]any, v.Len())
	for entries := v.MapRange(); entries.Next(); {
		key := entries.Key().String()
		if strings.HasPrefix(key, "$") {
			panic(fmt.Errorf("%s: %q is not a key that can be passed to CDK in one call", e.batch.path(e.id), key))
		}
		m[key] = e.value(entries.Value())
	}
	return m
}

// enumOr returns the name of a member of an enum of CDK: Go has the name, JavaScript wants the value.
func enumOr(v reflect.Value, text string) any {
	if !strings.HasPrefix(v.Type().PkgPath(), cdkPackages) {
		return text
	}
	return map[string]string{"$enum": cdkName(v.Type().PkgPath(), v.Type().Name()) + "." + text}
}
