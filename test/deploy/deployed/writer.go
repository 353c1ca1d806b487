package deployed

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws/arn"
)

// object is a JSON object of a template.
type object = map[string]any

// template is the template of a state.
type template struct {
	name       string
	Parameters object `json:",omitempty"`
	Resources  object
	Outputs    object `json:",omitempty"`

	arguments map[string]string // of the parameters
}

// location is where the ID, the ARN or the name of a resource comes from: a resource and its attribute.
type location struct {
	in            *template
	id, attribute string
}

// dnsEntry is a DNS name of an endpoint: its position in DnsEntries, and the hosted zone of the name.
type dnsEntry struct {
	of    location
	index int
	zone  string
}

// balancerName is the DNS name of a load balancer, and the hosted zone of the name.
type balancerName struct {
	of   location
	zone string
}

// latticeEntry is the DNS name of a service of VPC Lattice, or of an association of it, which has the same.
type latticeEntry struct {
	in      *template
	id      string // of the service or of the association
	network string // the service network of the association
	zone    string
}

// writer writes states as templates, in which resources refer to each other.
type writer struct {
	templates  []*template
	locations  map[string]location     // by ID, ARN or name
	dnsEntries map[string]dnsEntry     // by DNS name
	balancers  map[string]balancerName // by DNS name

	latticeEntries map[string][]latticeEntry  // by DNS name
	networksOf     map[string]map[string]bool // the service networks of a VPC
	written        map[string]bool            // associations, which two states can have

	unread []string
}

// add adds a resource. names are the IDs, ARNs and names by which other resources refer to it.
func (w *writer) add(t *template, id, kind string, properties object, names ...string) {
	for key, v := range properties {
		if isEmpty(v) {
			delete(properties, key)
		}
	}
	t.Resources[id] = object{"Type": kind, "Properties": properties}
	for _, name := range names {
		w.locations[name] = location{t, id, "Ref"}
	}
}

// addUnread adds something that is not in the templates and may affect a path.
func (w *writer) addUnread(format string, args ...any) {
	w.unread = append(w.unread, fmt.Sprintf(format, args...))
}

// unknown is an unknown value, on which no proof can rest: a parameter without an argument.
func (t *template) unknown(what string) object {
	t.Parameters[what] = object{"Type": "String"}
	return object{"Ref": what}
}

// idOf returns the logical ID of a resource with an ARN: the part of the ARN that identifies it.
func idOf(name string) string {
	if parsed, err := arn.Parse(name); err == nil {
		return parsed.Resource
	}
	return strings.TrimPrefix(name, "/hostedzone/")
}

// reference returns a reference from a template to a location. If that is in another template, it is passed as in a
// deployment: from an output to a parameter.
func (w *writer) reference(t *template, other location) any {
	own := any(object{"Fn::GetAtt": []any{other.id, other.attribute}})
	if other.attribute == "Ref" {
		own = object{"Ref": other.id}
	}
	if other.in == t {
		return own
	}
	output := strings.ReplaceAll(other.id+":"+other.attribute, ".", "_") // a dot separates the stack from the output
	parameter := other.in.name + " " + output
	other.in.Outputs[output] = object{"Value": own}
	t.Parameters[parameter] = object{"Type": "String"}
	t.arguments[parameter] = "@" + other.in.name + "." + output
	return object{"Ref": parameter}
}

// link replaces the IDs, ARNs and names of resources in a value of a template with references.
func (w *writer) link(t *template, v any) any {
	switch v := v.(type) {
	case string:
		if other, ok := w.locations[v]; ok {
			return w.reference(t, other)
		}
		return w.below(t, v)
	case object:
		if isFunction(v) {
			return v // it is linked already
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

// below links an ARN with a path, such as that of all paths of a service in a policy.
func (w *writer) below(t *template, name string) any {
	if !arn.IsARN(name) {
		return name
	}
	for i := len(name) - 1; i > 0; i-- {
		if other, ok := w.locations[name[:i]]; ok && name[i] == '/' {
			return object{"Fn::Join": []any{"", []any{w.reference(t, other), name[i:]}}}
		}
	}
	return name
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

// alias returns the target of an alias record with references to the DNS entries of an endpoint or to a load balancer, if it is one.
func (w *writer) alias(t *template, target object) (object, bool) {
	name, _ := target["DNSName"].(string)
	if found, ok := w.balancerOf(name); ok {
		linked := maps.Clone(target)
		linked["DNSName"] = w.reference(t, found.of)
		if target["HostedZoneId"] == found.zone {
			linked["HostedZoneId"] = w.reference(t, location{found.of.in, found.of.id, "CanonicalHostedZoneID"})
		}
		return linked, true
	}
	found, ok := w.dnsEntries[dnsName(name)]
	if !ok {
		return nil, false
	}
	linked := maps.Clone(target)
	linked["DNSName"] = w.dnsEntryPart(t, found, 1)
	if target["HostedZoneId"] == found.zone {
		linked["HostedZoneId"] = w.dnsEntryPart(t, found, 0)
	}
	return linked, true
}

// balancerOf returns the load balancer with a name. The console puts dualstack before it, which has the same IPv4 addresses.
func (w *writer) balancerOf(name string) (balancerName, bool) {
	found, ok := w.balancers[strings.TrimPrefix(dnsName(name), "dualstack.")]
	return found, ok
}

// dnsEntryPart is the hosted zone (0) or the name (1) of a DNS entry, as templates select it from an endpoint.
func (w *writer) dnsEntryPart(t *template, e dnsEntry, part int) object {
	one := object{"Fn::Select": []any{e.index, w.reference(t, e.of)}}
	return object{"Fn::Select": []any{part, object{"Fn::Split": []any{":", one}}}}
}

// dnsName is a domain name in the form in which names are compared.
func dnsName(name string) string { return strings.ToLower(strings.TrimSuffix(name, ".")) }

// fromSDK converts a value of the SDK to a value of a template, without empty parts. CloudFormation has the API's names.
func fromSDK(v any) any {
	data, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Errorf("%T: %w", v, err)) // the SDK's types consist of what JSON has
	}
	var result any
	if err := json.Unmarshal(data, &result); err != nil {
		panic(fmt.Errorf("%T: %w", v, err))
	}
	return prune(result)
}

// fromSDKList is fromSDK for each item of a list.
func fromSDKList[T any](list []T) []any {
	result := make([]any, len(list))
	for i, v := range list {
		result[i] = fromSDK(v)
	}
	return result
}

func prune(v any) any {
	switch v := v.(type) {
	case object:
		for key, item := range v {
			if v[key] = prune(item); isEmpty(v[key]) {
				delete(v, key)
			}
		}
	case []any:
		for i, item := range v {
			v[i] = prune(item)
		}
	}
	return v
}

// isEmpty reports whether a value is empty, like a field of the SDK that the answer did not have.
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
