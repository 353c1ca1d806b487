package prop_test

import (
	"reflect"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
)

type inner struct {
	Text   *string
	hidden int
}

type outer struct {
	Number  *float64
	Texts   *[]*string
	Inner   *inner
	Inners  []inner
	Object  any
	Nothing *string
	None    []string
}

func TestCopy(t *testing.T) {
	text, number, object := "a", 1.0, &inner{}
	original := &outer{Number: &number, Texts: &[]*string{&text, nil}, Inner: &inner{Text: &text, hidden: 1}, Inners: []inner{{Text: &text}}, Object: object}
	c := prop.Copy(original)
	if !reflect.DeepEqual(c, original) {
		t.Fatalf("copy = %+v, want %+v", c, original)
	}
	text, number, (*original.Texts)[1] = "b", 2, &text
	if *c.Number != 1 || *(*c.Texts)[0] != "a" || (*c.Texts)[1] != nil || *c.Inner.Text != "a" || *c.Inners[0].Text != "a" {
		t.Errorf("copy = %+v, want it to keep the values", c)
	}
	if c.Object != any(object) {
		t.Error("the object was copied")
	}
	if prop.Copy[outer](nil) != nil {
		t.Error("the copy of nil is not nil")
	}
}
