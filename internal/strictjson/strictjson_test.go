package strictjson_test

import (
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/strictjson"
)

// read reads a file of one form, and returns what it has.
func read(text string) (string, error) {
	root, err := strictjson.Read([]byte(text))
	if err != nil {
		return "", err
	}
	top := root.Object("name", "count", "price", "list")
	parts := []string{top["name"].Text()}
	if v := top["count"]; v != nil {
		if number := v.Number(); number != nil {
			parts = append(parts, number.RatString())
		}
	}
	if v := top["price"]; v != nil {
		if number := v.Decimal(); number != nil {
			parts = append(parts, number.RatString())
		}
	}
	if v := top["list"]; v != nil {
		for _, element := range v.Elements() {
			parts = append(parts, element.Path+"="+element.Text())
		}
	}
	return strings.Join(parts, " "), root.Err()
}

func TestRead(t *testing.T) {
	got, err := read(`{"name": "pricing", "count": 1.5e3, "price": "0.10", "list": ["a", "b"]}`)
	if want := "pricing 1500 1/10 list[0]=a list[1]=b"; got != want || err != nil {
		t.Errorf("got %q, %v; want %q", got, err, want)
	}
}

func TestReadFails(t *testing.T) {
	for text, want := range map[string]string{
		``:                           "is not JSON: line 1: unexpected EOF",
		"{\"list\": [\n\"a\",\n\"b}": "is not JSON: line 3, at list[1]: unexpected EOF",
		`{} {}`:                      "there is more than one JSON value",
		`"pricing"`:                  `the file: is "pricing", but must be an object`,
		`null`:                       "the file: is null, but must be an object",
		`{"nam": 1}`:                 `nam: is not known; did you mean "name"?`,
		`{"zone": 1}`:                "zone: is not known; known here: name, count, price, list",
		`{"a b.c": 1}`:               `["a b.c"]: is not known`,
		`{"name": 1}`:                "name: is 1, but must be a string",
		`{"name": ""}`:               "name: is empty",
		`{"name": "a", "name": "b"}`: "name: is there twice",
		`{"count": "1"}`:             `count: is "1", but must be a number`,
		`{"count": true}`:            "count: is true, but must be a number",
		`{"count": -0.5}`:            "count: -0.5 is negative",
		`{"count": 1e19}`:            "count: 1e19 is too large",
		`{"count": 1e99999999}`:      "count: 1e99999999 is too large",
		`{"price": 1}`:               `price: is 1, but must be a number in a string, such as "0.0225"`,
		`{"price": "1/3"}`:           `price: is "1/3", but must be`,
		`{"price": "-1"}`:            "price: -1 is negative",
		`{"list": {}}`:               "list: is an object, but must be a list",
		`{"list": [[]]}`:             "list[0]: is a list, but must be a string",
	} {
		if _, err := read(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s:\ngot  %v\nwant %s", text, err, want)
		}
	}
}

func TestAllProblemsAreTold(t *testing.T) {
	_, err := read(`{"nam": 1, "count": -1, "list": [1, 2]}`)
	if err == nil || strings.Count(err.Error(), "\n") != 3 {
		t.Errorf("got %v", err)
	}
}
