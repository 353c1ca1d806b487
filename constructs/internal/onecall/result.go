package onecall

import (
	"reflect"

	"github.com/aws/jsii-runtime-go"
)

// Wanted is an [Item] whose value [Batch.Flush] fetches.
type Wanted interface {
	isFetched() bool
	wantedReference() reference
	set(value any)
}

func (i *Item[R]) isFetched() bool { return i.object != nil }

func (i *Item[R]) wantedReference() reference { return i.reference }

// set keeps the item as jsii returned it.
func (i *Item[R]) set(value any) {
	i.object = new(R)
	switch object := any(i.object).(type) {
	case **string:
		*object = jsii.String(value.(string))
	case **[]*string:
		list := []*string{}
		for _, element := range value.([]any) {
			list = append(list, jsii.String(element.(string)))
		}
		*object = &list
	default:
		target := reflect.ValueOf(i.object).Elem()
		properties, isMap := value.(map[string]any)
		switch {
		case reflect.TypeOf(value).AssignableTo(target.Type()):
			target.Set(reflect.ValueOf(value))
		case isMap && target.Kind() == reflect.Pointer:
			target.Set(reflect.New(target.Type().Elem()))
			setProperties(target.Elem(), properties)
		default:
			jsii.UnsafeCast(value, i.object)
		}
	}
}

// setProperties fills a struct of properties that a method returned. A member of an enum stays as JavaScript has it, in which it is
// a value and not a name.
func setProperties(v reflect.Value, properties map[string]any) {
	for n := range v.NumField() {
		value, ok := properties[v.Type().Field(n).Tag.Get("json")]
		if !ok || value == nil {
			continue
		}
		v.Field(n).Set(reflect.ValueOf(unwrapped(value)).Convert(v.Field(n).Type()))
	}
}

// unwrapped returns a value as Go has it. Within a value of any type, jsii leaves maps as they were sent.
func unwrapped(value any) any {
	switch value := value.(type) {
	case []any:
		for i := range value {
			value[i] = unwrapped(value[i])
		}
	case map[string]any:
		if inner, ok := value["$jsii.map"]; ok {
			return unwrapped(inner)
		}
		for key := range value {
			value[key] = unwrapped(value[key])
		}
	}
	return value
}
