package lock

import (
	"maps"
	"regexp"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/jsondoc"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// root is the path of the whole lock.
const root = "lock"

// MaxSize is the size of the largest file that is read as a lock, in bytes.
const MaxSize = 1 << 26

// form is the form of locks.
var form = &jsondoc.Form{
	Name: root, Rule: rules.LockForm, MaxSize: MaxSize, OfVersion: "a lock of version 1",
	Missing: "rewrite the lock: privateapi lock",
	Unknown: "remove it, or update this module if the lock is of a newer one",
}

// Parse reads a lock. The error has all that is wrong with it, each under the path of its field, such as stacks.Pricing.resources.Service.type.
func Parse(text []byte) (*Lock, error) {
	r := &rules.Report{}
	l := parse(r, string(text))
	if err := r.Err(root); err != nil {
		return nil, err
	}
	return l, nil
}

func parse(r *rules.Report, text string) *Lock {
	o, ok := form.Read(r, text)
	if !ok || !o.HasVersion(Version, rules.LockVersion) {
		return nil
	}
	o.Only("$schema", "version", "stacks")
	if o.Has("$schema") {
		o.Text("$schema", true)
	}
	l := &Lock{Stacks: map[string]*Stack{}}
	stacks, ok := o.Object("stacks", true)
	if !ok {
		return nil
	}
	for _, name := range stacks.Names() {
		if s, ok := stacks.Object(name, true); ok {
			l.Stacks[name] = parseStack(s)
		}
	}
	if l.Count() == 0 && !r.HasErrors() { // somebody resolved a conflict in the file, or emptied it
		o.Problem("stacks", "has no resource, so that every check would pass")
	}
	return l
}

var environmentForm = regexp.MustCompile(`^([0-9]{12}|\*)/([a-z0-9-]+|\*)$`)

func parseStack(o *jsondoc.Object) *Stack {
	o.Only("environment", "resources")
	s := &Stack{Resources: map[string]*Resource{}}
	if o.Has("environment") {
		s.Environment, _ = o.Text("environment", true)
		if s.Environment != "" && !environmentForm.MatchString(s.Environment) {
			o.Problem("environment", "%q is not ACCOUNT/REGION", s.Environment)
		}
	}
	resources, ok := o.Object("resources", true)
	if !ok {
		return s
	}
	for _, id := range resources.Names() {
		if r, ok := resources.Object(id, true); ok {
			s.Resources[id] = parseResource(r)
		}
	}
	return s
}

func parseResource(o *jsondoc.Object) *Resource {
	o.Only("type", "path", "condition", "removable", "pinned", "resolved", "kept", "uses")
	r := &Resource{Resolved: map[string]string{}}
	r.Type, _ = o.Text("type", true)
	if o.Has("path") {
		r.Path, _ = o.Text("path", true)
	}
	if o.Has("condition") {
		r.Condition, _ = o.Text("condition", true)
	}
	if removable := o.Bool("removable"); removable != nil {
		r.Removable = *removable
	}
	r.Pinned = values(o, "pinned", true)
	r.Kept = values(o, "kept", false)
	r.Uses = values(o, "uses", false)
	resolved := values(o, "resolved", false)
	for _, property := range slices.Sorted(maps.Keys(resolved)) {
		text, isText := resolved[property].(string)
		if !isText {
			o.Problem("resolved", "%q is not a text", property)
		}
		r.Resolved[property] = text
	}
	for _, member := range slices.Sorted(maps.Keys(r.Kept)) {
		if _, isKnown := keepings[r.Type][member]; !isKnown {
			o.Problem("kept", "%q is nothing that is kept of %s", member, r.Type)
		}
	}
	return r
}

// values are the members of an object, of any value.
func values(o *jsondoc.Object, name string, required bool) map[string]any {
	object, ok := o.Object(name, required)
	if !ok {
		return map[string]any{}
	}
	plain, _ := jsondoc.Plain(object).(map[string]any)
	return plain
}
