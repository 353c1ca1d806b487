package jsondoc_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/jsondoc"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

var form = &jsondoc.Form{Name: "order", Rule: rules.MeshForm, MaxSize: 1 << 10, OfVersion: "an order", Missing: "add it", Unknown: "remove it"}

// read reads an order: a name, a count, whether it is urgent, its tags, and its lines.
func read(r *rules.Report, text string) string {
	o, ok := form.Read(r, text)
	if !ok {
		return ""
	}
	o.Only("name", "count", "urgent", "tags", "lines", "to")
	name := o.Checked("name", true, rules.CheckMeshName)
	count, hasCount := o.Number("count", false)
	read := fmt.Sprint(name, " ", count, " ", hasCount, " ", o.Texts("tags", false, rules.CheckMeshName))
	if urgent := o.Bool("urgent"); urgent != nil {
		read += fmt.Sprint(" urgent ", *urgent)
	}
	for _, line := range o.Objects("lines", false) {
		if line != nil {
			text, _ := line.Text("text", true)
			read += " " + line.Path("text") + "=" + text
		}
	}
	if to, ok := o.Object("to", false); ok {
		read += fmt.Sprint(" to ", to.Has("city"))
	}
	return read
}

func TestRead(t *testing.T) {
	for name, tc := range map[string]struct {
		text, want string
		problems   []string
	}{
		"all members": {
			text: `{"name": "a", "count": 2.5, "urgent": false, "tags": ["x", "${Token[TOKEN.1]}"], "lines": [{"text": "l"}], "to": {"city": ""}}`,
			want: "a 2.5 true [x ${Token[TOKEN.1]}] urgent false lines[0].text=l to true",
		},
		"other types": {
			text: `{"name": 1, "count": "2", "urgent": 0, "tags": {}, "lines": ["l", {"text": ""}, {}], "to": []}`,
			want: " 0 false [] lines[1].text= lines[2].text=",
			problems: []string{
				"name: is 1, but must be a text", `count: is "2", but must be a number`, "tags: is an object, but must be a list", "urgent: is 0, but must be true or false",
				`lines[0]: is "l", but must be an object`, "lines[1].text: is empty", "lines[2].text: is missing", "to: is a list, but must be an object",
			},
		},
		"lists":      {text: `{"name": "a", "tags": ["x", "Y", "x", null, 1, 1.0]}`, want: "a 0 false [x Y x]", problems: []string{`tags[2]: "x" is listed twice`, "tags[5]: 1.0 is listed twice", `tags[1]: "Y" is not a name`, "tags[3]: is null, but must be a text", "tags[4]: is 1, but must be a text", "tags[5]: is 1.0, but must be a text"}},
		"an unknown": {text: `{"name": "a", "nom": "b", "tags": []}`, want: "a 0 false []", problems: []string{"nom: is not a member of an order; here it has name, count, urgent, tags, lines, to", "tags: is an empty list"}},
		"twice":      {text: `{"name": "a", "to": {"city": 1, "city": 2}}`, want: "a 0 false [] to true", problems: []string{"to.city: is there twice"}},
		"a list":     {text: `[]`, problems: []string{"order: is a list, but must be an object"}},
		"no JSON":    {text: "{\n\"name\": }", problems: []string{"order: is not JSON: line 2: invalid character '}' looking for beginning of value"}},
		"too large":  {text: strings.Repeat(" ", 1<<10+1), problems: []string{"order: is longer than 1 KiB"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := &rules.Report{}
			if got := read(r, tc.text); got != tc.want {
				t.Errorf("read %q, want %q", got, tc.want)
			}
			var problems []string
			for _, p := range r.Problems() {
				problems = append(problems, p.Property+": "+p.What)
			}
			if !slices.Equal(problems, tc.problems) {
				t.Errorf("problems:\n%s\nwant:\n%s", strings.Join(problems, "\n"), strings.Join(tc.problems, "\n"))
			}
		})
	}
}
