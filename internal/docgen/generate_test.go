package docgen_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
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

const apiSource = `package p

type Props struct {
	// Network

	// The VPC of the
	// [Thing]: see DomainNames and vpce-svc-<id>.
	//
	// Required.
	Vpc *string

	// Names

	// The names | of * the API, such as a_b(c.D("e")), and (Thing.Add_it()).
	//
	// Default: - those of Vpc.
	DomainNames *[]*string

	hidden int
}

type Half struct {
	// Only a sentence.
	Name string
}

type Base interface {
	// ServiceId returns the ID.
	ServiceId() *string
}

type Thing interface {
	Base

	// Add adds one.
	Add(id *string, options *Props)
}
`

// otherSource has a type of the same name as one in apiSource, and one that embeds another.
const otherSource = `package q

import (
	"fmt"

	"example.com/p"
)

type Props struct {
	// The names of DomainNames.
	//
	// Default: none.
	Names *string
}

type Thing interface {
	p.Base
	fmt.Stringer

	// Remove removes one.
	Remove()
}
`

// The tables say what comments say.
func TestAPI(t *testing.T) {
	root := t.TempDir()
	var dirs []string
	for _, pkg := range []struct{ name, source string }{{"p", apiSource}, {"q", otherSource}} {
		dir := filepath.Join(root, pkg.name)
		dirs = append(dirs, dir)
		if err := errors.Join(os.Mkdir(dir, 0o700), os.WriteFile(filepath.Join(dir, "a.go"), []byte(pkg.source), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	api, err := docgen.ReadAPI(dirs...)
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		of   func(string) (string, error)
		want string
	}{
		"Props": {api.Properties, `
**Network**

| Property | Default |  |
|---|---|---|
| ` + "`Vpc`" + ` | required | The VPC of the Thing: see ` + "`DomainNames`" + ` and ` + "`vpce-svc-<id>`" + `. |

**Names**

| Property | Default |  |
|---|---|---|
| ` + "`DomainNames`" + ` | those of Vpc | The names \| of ` + "`*`" + ` the API, such as ` + "`a_b(c.D(\"e\"))`" + `, and (` + "`Thing.Add_it()`" + `). |
`},
		"Thing": {api.Methods, `| Method |  |
|---|---|
| ` + "`ServiceId()`" + ` | Returns the ID. |
| ` + "`Add(id, options)`" + ` | Adds one. |
`},
		"q.Props": {api.Properties, `| Property | Default |  |
|---|---|---|
| ` + "`Names`" + ` | none | The names of ` + "`DomainNames`" + `. |
`},
		"q.Thing": {api.Methods, `| Method |  |
|---|---|
| ` + "`ServiceId()`" + ` | Returns the ID. |
| ` + "`Remove()`" + ` | Removes one. |
`},
	} {
		if got, err := tc.of(name); got != tc.want || err != nil {
			t.Errorf("%s is %v\n%s\nwant\n%s", name, err, got, tc.want)
		}
	}
	if _, err := api.Properties("Half"); err == nil {
		t.Error("a property without a default has a table")
	}
	if got := api.Structs(); !slices.Equal(got, []string{"Props", "q.Props"}) {
		t.Errorf("users set %v, want Props and q.Props", got)
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
