package contract

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Parse reads a contract. It reports all that is wrong, each under the path of its field, such as service.ports[1], and returns nil then.
// The text must not be pending: see [IsPending].
func Parse(r *rules.Report, text string) *Contract {
	own := &rules.Report{}
	c := parse(own, text)
	for _, problem := range own.Problems() {
		r.AddProblem(problem)
	}
	if own.HasErrors() {
		return nil
	}
	return c
}

func parse(r *rules.Report, text string) *Contract {
	tree, ok := readTree(r, text)
	if !ok {
		return nil
	}
	top, ok := asObject(r, root, tree)
	if !ok || !checkVersion(r, top) { // another version may have any members
		return nil
	}
	c := &Contract{Version: Version}
	top.checkMembers(r, "", []string{"$schema", "version", "service", "deployed"})
	service, ok := top.object(r, "", "service", true)
	if !ok {
		return nil
	}
	transport, ok := readTransport(r, service)
	if !ok {
		return nil
	}
	c.Service = transport.readService(r, service)
	if deployed, ok := top.object(r, "", "deployed", false); ok {
		c.Deployed = transport.readDeployed(r, deployed)
		c.checkHalves(r)
	}
	return c
}

func checkVersion(r *rules.Report, top *object) bool {
	value, has := top.members["version"]
	if !has {
		r.AddWithFix(rules.Required, "version", "add \"version\": 1", "is missing")
		return false
	}
	if number, ok := asNumber(value); !ok || number != Version {
		r.Add(rules.ContractVersion, "version", "is %s", show(value))
		return false
	}
	return true
}

// readTransport reads the member on which all others depend.
func readTransport(r *rules.Report, service *object) (*transport, bool) {
	name, ok := service.text(r, "service", "transport", true)
	if !ok {
		return nil, false
	}
	for _, t := range transports {
		if t.name == name {
			return t, true
		}
	}
	r.AddWithFix(rules.ContractTransport, "service.transport", "use privatelink, lattice or routed; update this module if the contract is of a newer one",
		"%q is not a transport that this module knows", name)
	return nil, false
}

// checkMembers reports members that a contract does not have.
func (o *object) checkMembers(r *rules.Report, path string, known []string) {
	for _, name := range o.names {
		if !slices.Contains(known, name) {
			r.AddWithFix(rules.ContractForm, join(path, name), "remove it, or update this module if the contract is of a newer one",
				"is not a member of a contract of version 1; here it has %s", strings.Join(known, ", "))
		}
	}
}

func asObject(r *rules.Report, path string, value any) (*object, bool) {
	o, ok := value.(*object)
	if !ok {
		r.Add(rules.ContractForm, path, "is %s, but must be an object", show(value))
	}
	return o, ok
}

// member returns a member. A required one that is missing is reported.
func (o *object) member(r *rules.Report, path, name string, required bool) (value any, ok bool) {
	value, ok = o.members[name]
	if !ok && required {
		r.AddWithFix(rules.Required, join(path, name), "take the whole contract", "is missing")
	}
	return value, ok
}

func (o *object) object(r *rules.Report, path, name string, required bool) (*object, bool) {
	value, ok := o.member(r, path, name, required)
	if !ok {
		return nil, false
	}
	return asObject(r, join(path, name), value)
}

func (o *object) text(r *rules.Report, path, name string, required bool) (string, bool) {
	value, ok := o.member(r, path, name, required)
	if !ok {
		return "", false
	}
	return asText(r, join(path, name), value)
}

func asText(r *rules.Report, path string, value any) (string, bool) {
	text, ok := value.(string)
	switch {
	case !ok:
		r.Add(rules.ContractForm, path, "is %s, but must be a text", show(value))
	case text == "":
		r.Add(rules.ContractForm, path, "is empty")
		return "", false
	}
	return text, ok
}

func (o *object) boolean(r *rules.Report, path, name string) *bool {
	value, ok := o.members[name]
	if !ok {
		return nil
	}
	b, ok := value.(bool)
	if !ok {
		r.Add(rules.ContractForm, join(path, name), "is %s, but must be true or false", show(value))
		return nil
	}
	return &b
}

// list returns the elements of a list, with a check that each is listed once.
func (o *object) list(r *rules.Report, path, name string, required bool) []any {
	value, ok := o.member(r, path, name, required)
	if !ok {
		return nil
	}
	path = join(path, name)
	list, ok := value.([]any)
	switch {
	case !ok:
		r.Add(rules.ContractForm, path, "is %s, but must be a list", show(value))
	case len(list) == 0:
		r.Add(rules.ContractForm, path, "is an empty list")
	}
	for i, element := range list {
		if slices.ContainsFunc(list[:i], func(other any) bool { return isSame(other, element) }) {
			r.AddWithFix(rules.ContractForm, fmt.Sprintf("%s[%d]", path, i), "remove the duplicate", "%s is listed twice", show(element))
		}
	}
	return list
}

// texts reads a list of texts, each of which a check accepts unless it is not known.
func (o *object) texts(r *rules.Report, path, name string, accept check) (texts []string) {
	for i, element := range o.list(r, path, name, false) {
		at := fmt.Sprintf("%s[%d]", join(path, name), i)
		text, ok := asText(r, at, element)
		if !ok {
			continue
		}
		if IsKnown(text) {
			accept(r, at, text)
		}
		texts = append(texts, text)
	}
	return texts
}

// checked reads a text that a check accepts unless it is not known.
func (o *object) checked(r *rules.Report, path, name string, required bool, accept check) string {
	text, ok := o.text(r, path, name, required)
	if ok && IsKnown(text) {
		accept(r, join(path, name), text)
	}
	return text
}

// check is a check of package rules.
type check func(r *rules.Report, property, value string)

// ports reads a list of ports.
func (o *object) ports(r *rules.Report, path, name string) (ports []float64) {
	for i, element := range o.list(r, path, name, true) {
		at := fmt.Sprintf("%s[%d]", join(path, name), i)
		port, ok := asNumber(element)
		if !ok {
			r.Add(rules.ContractForm, at, "is %s, but must be a number", show(element))
			continue
		}
		if isKnownNumber(port) {
			rules.CheckPort(r, at, port)
		}
		ports = append(ports, port)
	}
	return ports
}

// asNumber returns a number; it is infinite if no float64 has it.
func asNumber(value any) (float64, bool) {
	number, ok := value.(json.Number)
	if !ok {
		return 0, false
	}
	f, _ := number.Float64()
	return f, true
}

func isSame(a, b any) bool {
	x, isNumber := asNumber(a)
	y, isOther := asNumber(b)
	if isNumber && isOther {
		return x == y
	}
	return show(a) == show(b) && isNumber == isOther
}

// show is a value in a message: at most a few words of it.
func show(value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case *object:
		return "an object"
	case []any:
		return "a list"
	case json.Number:
		return v.String()
	case string:
		if runes := []rune(v); len(runes) > 80 {
			return fmt.Sprintf("%q", string(runes[:80])+"…")
		}
		return fmt.Sprintf("%q", v)
	}
	return fmt.Sprint(value)
}
