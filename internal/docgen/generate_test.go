package docgen_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/docgen"
)

func TestGenerate(t *testing.T) {
	generators := map[string]docgen.Generator{
		"say": func(args []string) (string, error) {
			if len(args) == 0 {
				return "", errors.New("nothing to say")
			}
			return strings.Join(args, ", ") + "\n", nil
		},
	}
	for name, tc := range map[string]struct{ text, want, fails string }{
		"no part":          {"# Title\n", "# Title\n", ""},
		"two parts":        {"a\n<!-- say 1 2 -->\nold\n<!-- end -->\nb\n<!-- say 3 -->\n<!-- end -->\n", "a\n<!-- say 1 2 -->\n1, 2\n<!-- end -->\nb\n<!-- say 3 -->\n3\n<!-- end -->\n", ""},
		"no end":           {"<!-- say 1 -->\n", "", "<!-- say 1 --> has no end"},
		"a part in a part": {"<!-- say 1 -->\n<!-- say 2 -->\n<!-- end -->\n", "", "<!-- say 1 --> has no end"},
		"an unknown kind":  {"<!-- sing -->\n<!-- end -->\n", "", `"sing" is no kind of part`},
		"a failure":        {"<!-- say -->\n<!-- end -->\n", "", "<!-- say -->: nothing to say"},
	} {
		t.Run(name, func(t *testing.T) {
			got, written, err := docgen.Generate(tc.text, generators)
			if got != tc.want || (err == nil) != (tc.fails == "") || err != nil && err.Error() != tc.fails {
				t.Errorf("got %q and %v, want %q and %s", got, err, tc.want, tc.fails)
			}
			if strings.Contains(written, "say") {
				t.Errorf("%q has a part", written)
			}
		})
	}
}

// The tables say what the comments say, in their own words.
func TestAPI(t *testing.T) {
	api := api(t)
	properties, err := api.Properties("PrivateApiServiceAttributes")
	if err != nil {
		t.Fatal(err)
	}
	methods, err := api.Methods("PrivateApiProvider")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"| `ServiceName` | required | The name of the service, as its owner gives it: `com.amazonaws.vpce.<region>.vpce-svc-<id>`.",
		"| `Port` | 443 | The TCP port that clients connect to. |\n",
		"| `ServiceId()` | Returns the ID of the endpoint service: `vpce-svc-<id>`. |\n", // its own
		"| `ServiceName()` | Returns the name that endpoints connect to:",                // of an interface that it embeds
	} {
		if !strings.Contains(properties+methods, want) {
			t.Errorf("no %s in\n%s%s", want, properties, methods)
		}
	}
	if _, err := api.Properties("Connection"); err == nil {
		t.Error("Connection has no defaults, and a table")
	}
}

func TestFunction(t *testing.T) {
	const source = "package p\n\nfunc ExampleA() {\n\ta()\n\n\tb()\n\n\tfmt.Println(1)\n\t// Output: 1\n}\n\n// F is f.\nfunc F() { f() }\n"
	for function, want := range map[string]string{"ExampleA": "a()\n\nb()", "F": "func F() { f() }"} {
		if got, err := docgen.Function([]byte(source), function); got != want || err != nil {
			t.Errorf("%s is %q, %v; want %q", function, got, err, want)
		}
	}
	if _, err := docgen.Function([]byte(source), "G"); err == nil {
		t.Error("G is no function, and no error")
	}
}
