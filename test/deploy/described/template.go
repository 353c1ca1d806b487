package described

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws/arn"
)

// object is a JSON object of a template.
type object = map[string]any

// template is the template of one state.
type template struct {
	name       string
	Parameters object `json:",omitempty"`
	Resources  object
	Outputs    object `json:",omitempty"`

	given map[string]string // to parameters
}

// thing is where a template has what AWS calls by an ID, an ARN or a name.
type thing struct {
	in            *template
	id, attribute string
}

// entry is a DNS name of an endpoint: which of its entries, and the hosted zone of the name.
type entry struct {
	of    thing
	index int
	zone  string
}

// writer makes templates of states, in which things that are described are references.
type writer struct {
	templates []*template
	things    map[string]thing // by what AWS calls them
	entries   map[string]entry // by DNS name
	unread    []string
}

// add adds a resource, and says what AWS calls it.
func (w *writer) add(t *template, id, kind string, properties object, names ...string) {
	for key, v := range properties {
		if isEmpty(v) {
			delete(properties, key)
		}
	}
	t.Resources[id] = object{"Type": kind, "Properties": properties}
	for _, name := range names {
		w.things[name] = thing{t, id, "Ref"}
	}
}

// isUnread notes what is not in the templates, and may matter.
func (w *writer) isUnread(format string, args ...any) {
	w.unread = append(w.unread, fmt.Sprintf(format, args...))
}

// unknown is a value that is not known, so that nothing is proven by it: a parameter that nobody gives.
func (t *template) unknown(what string) object {
	t.Parameters[what] = object{"Type": "String"}
	return object{"Ref": what}
}

// idOf is the logical ID of what has an ARN: the part that names it.
func idOf(name string) string {
	if parsed, err := arn.Parse(name); err == nil {
		return parsed.Resource
	}
	return strings.TrimPrefix(name, "/hostedzone/")
}

// to is a reference from a template to a thing. One in another template is handed over as people do it when they
// deploy: by an output, and a parameter that is given it.
func (w *writer) to(t *template, other thing) any {
	own := any(object{"Fn::GetAtt": []any{other.id, other.attribute}})
	if other.attribute == "Ref" {
		own = object{"Ref": other.id}
	}
	if other.in == t {
		return own
	}
	output := strings.ReplaceAll(other.id+":"+other.attribute, ".", "_") // a dot ends the name of the stack
	parameter := other.in.name + " " + output
	other.in.Outputs[output] = object{"Value": own}
	t.Parameters[parameter] = object{"Type": "String"}
	t.given[parameter] = "@" + other.in.name + "." + output
	return object{"Ref": parameter}
}

// link makes references of all IDs, ARNs and names in a value of a template that are described.
func (w *writer) link(t *template, v any) any {
	switch v := v.(type) {
	case string:
		if other, ok := w.things[v]; ok {
			return w.to(t, other)
		}
	case object:
		if isFunction(v) {
			return v // linked already
		}
		if alias, ok := w.alias(t, v); ok {
			return alias
		}
		for key, item := range v {
			v[key] = w.link(t, item)
		}
	case []any:
		for i, item := range v {
			v[i] = w.link(t, item)
		}
	}
	return v
}

// isFunction reports whether an object is a reference or a function of CloudFormation.
func isFunction(v object) bool {
	for key := range v {
		if key == "Ref" || strings.HasPrefix(key, "Fn::") {
			return true
		}
	}
	return false
}

// alias makes a reference to DNS entries of the target of an alias record, if it is an endpoint.
func (w *writer) alias(t *template, target object) (object, bool) {
	name, _ := target["DNSName"].(string)
	found, ok := w.entries[dnsName(name)]
	if !ok {
		return nil, false
	}
	linked := object{"DNSName": w.entryPart(t, found, 1), "HostedZoneId": target["HostedZoneId"]}
	if target["HostedZoneId"] == found.zone {
		linked["HostedZoneId"] = w.entryPart(t, found, 0)
	}
	return linked, true
}

// entryPart is the hosted zone (0) or the name (1) of a DNS entry, as templates take it of an endpoint.
func (w *writer) entryPart(t *template, e entry, part int) object {
	one := object{"Fn::Select": []any{e.index, w.to(t, e.of)}}
	return object{"Fn::Select": []any{part, object{"Fn::Split": []any{":", one}}}}
}

// dnsName is a domain name as it is compared.
func dnsName(name string) string { return strings.ToLower(strings.TrimSuffix(name, ".")) }

// plain is a value of the SDK as a value of a template: CloudFormation has the names of the API. What is empty is left
// out.
func plain(v any) any {
	data, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Errorf("%T: %w", v, err)) // the SDK's types have nothing that JSON has not
	}
	var result any
	if err := json.Unmarshal(data, &result); err != nil {
		panic(fmt.Errorf("%T: %w", v, err))
	}
	return pruned(result)
}

// plainList is plain for lists.
func plainList[T any](list []T) []any {
	result := make([]any, len(list))
	for i, v := range list {
		result[i] = plain(v)
	}
	return result
}

func pruned(v any) any {
	switch v := v.(type) {
	case object:
		for key, item := range v {
			if v[key] = pruned(item); isEmpty(v[key]) {
				delete(v, key)
			}
		}
	case []any:
		for i, item := range v {
			v[i] = pruned(item)
		}
	}
	return v
}

// isEmpty reports whether a value says nothing, as fields of the SDK do that AWS did not answer with.
func isEmpty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case object:
		return len(v) == 0
	}
	return false
}
