package check

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Embedded reports objects that would panic on their first call: structs that embed an interface of CDK or of ours and
// leave it nil, and nil pointers. Props are a pointer to a struct; path is its name in messages, if it has one.
func Embedded(r *rules.Report, path string, props any) { embedded(r, path, reflect.ValueOf(props)) }

func embedded(r *rules.Report, path string, v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			embedded(r, path, v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			embedded(r, fmt.Sprintf("%s[%d]", path, i), v.Index(i))
		}
	case reflect.Map:
		if v.Type().Key().Kind() != reflect.String {
			return
		}
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		for _, key := range keys {
			embedded(r, fmt.Sprintf("%s[%q]", path, key), v.MapIndex(key))
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() {
				embedded(r, join(path, field.Name), v.Field(i))
			}
		}
	case reflect.Interface:
		if !v.IsNil() && lacks(v.Elem(), v.Type()) {
			r.AddWithFix(rules.Required, path, "set the field that the struct embeds", "is a %s, which embeds nil", v.Elem().Type())
		}
	}
}

func join(path, field string) string {
	if path == "" {
		return field
	}
	return path + "." + field
}

// lacks reports whether a value has its methods from something that is nil.
func lacks(v reflect.Value, wanted reflect.Type) bool {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return v.IsNil() || lacks(v.Elem(), wanted)
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.Anonymous && field.Type.Implements(wanted) && lacks(v.Field(i), wanted) {
				return true
			}
		}
	}
	return false
}
