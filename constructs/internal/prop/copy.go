package prop

import "reflect"

// Copy returns a copy of what p points to, so that neither side can change the other's; nil for nil. It copies what that
// points to in turn: elements of lists, and fields of structs. Interfaces are kept: they hold objects of CDK.
func Copy[T any](p *T) *T {
	if p == nil {
		return nil
	}
	c, _ := copyOf(reflect.ValueOf(p)).Interface().(*T)
	return c
}

func copyOf(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		c := reflect.New(v.Type().Elem())
		c.Elem().Set(copyOf(v.Elem()))
		return c
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		c := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			c.Index(i).Set(copyOf(v.Index(i)))
		}
		return c
	case reflect.Struct:
		c := reflect.New(v.Type()).Elem()
		c.Set(v)
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				c.Field(i).Set(copyOf(v.Field(i)))
			}
		}
		return c
	}
	return v
}
