package mesh

import (
	"math"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/jsondoc"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// root is the path of the whole declaration.
const root = "mesh"

// form is the form of declarations. Two hundred services that twenty consumers call are about 100 KiB.
var form = &jsondoc.Form{
	Name: root, Rule: rules.MeshForm, MaxSize: 1 << 22, OfVersion: "a mesh of version 1",
	Missing: "add it",
	Unknown: "remove it, or correct the name",
}

// Parse reads a declaration. The error has all that is wrong with it, each under the path of its field, such as consumers[2].calls[1].
func Parse(text []byte) (*Declaration, error) {
	r := &rules.Report{}
	d := Read(r, string(text))
	return d, r.Err(root)
}

// Read is [Parse] with a report. It returns nil if there are errors.
func Read(r *rules.Report, text string) *Declaration {
	own := &rules.Report{}
	d := read(own, text)
	if d != nil {
		checked := &rules.Report{}
		d.Check(checked)
		addNew(own, checked)
	}
	for _, problem := range own.Problems() {
		r.AddProblem(problem)
	}
	if own.HasErrors() {
		return nil
	}
	return d
}

// addNew adds the problems of a report, but of fields with which another one is wrong already: a name that is a number is not missing too.
func addNew(r, checked *rules.Report) {
	isKnown := map[string]bool{}
	for _, problem := range r.Problems() {
		isKnown[problem.Property] = true
	}
	for _, problem := range checked.Problems() {
		if !isWithin(problem.Property, isKnown) {
			r.AddProblem(problem)
		}
	}
}

// isWithin reports whether a path, or one above it, is among others.
func isWithin(path string, paths map[string]bool) bool {
	for path != "" {
		if paths[path] {
			return true
		}
		path = path[:max(0, strings.LastIndexAny(path, ".["))]
	}
	return false
}

// read reads what there is; nil if it is no object, or of another version.
func read(r *rules.Report, text string) *Declaration {
	top, ok := form.Read(r, text)
	if !ok || !top.HasVersion(Version, rules.MeshVersion) { // another version may have any members
		return nil
	}
	top.Only("$schema", "version", "region", "tiers", "providers", "services", "consumers")
	d := &Declaration{Version: Version, Region: text0(top, "region")}
	for _, o := range top.Objects("tiers", true) {
		d.Tiers = append(d.Tiers, readTier(r, o))
	}
	for _, o := range top.Objects("providers", true) {
		d.Providers = append(d.Providers, readProvider(o))
	}
	for _, o := range top.Objects("services", true) {
		d.Services = append(d.Services, readService(r, o))
	}
	for _, o := range top.Objects("consumers", false) {
		d.Consumers = append(d.Consumers, readConsumer(o))
	}
	return d
}

func readTier(r *rules.Report, o *jsondoc.Object) *Tier {
	if o == nil {
		return nil
	}
	o.Only("name", "transport", "capacity")
	return &Tier{Name: text0(o, "name"), Transport: text0(o, "transport"), Capacity: whole(r, o, "capacity", rules.MeshCapacity)}
}

func readProvider(o *jsondoc.Object) *Provider {
	if o == nil {
		return nil
	}
	o.Only("name", "account")
	return &Provider{Name: text0(o, "name"), Account: text0(o, "account")}
}

func readService(r *rules.Report, o *jsondoc.Object) *Service {
	if o == nil {
		return nil
	}
	o.Only("name", "domainName", "provider", "tier", "door", "priority")
	return &Service{
		Name: text0(o, "name"), DomainName: text0(o, "domainName"), Provider: text0(o, "provider"), Tier: text0(o, "tier"),
		Door: whole(r, o, "door", rules.MeshDoor), Priority: whole(r, o, "priority", rules.RoutePriority),
	}
}

func readConsumer(o *jsondoc.Object) *Consumer {
	if o == nil {
		return nil
	}
	o.Only("name", "account", "calls")
	return &Consumer{Name: text0(o, "name"), Account: text0(o, "account"), Calls: o.Texts("calls", false, func(*rules.Report, string, string) {})}
}

// text0 returns a text; empty if it is missing, which the check reports.
func text0(o *jsondoc.Object, name string) string {
	text, _ := o.Text(name, false)
	return text
}

// whole returns a whole number from 1; 0 if it is missing.
func whole(r *rules.Report, o *jsondoc.Object, name string, rule rules.Rule) int {
	number, ok := o.Number(name, false)
	if ok && (number != math.Trunc(number) || number < 1 || number > math.MaxInt32) {
		r.AddWithFix(rule, o.Path(name), "use a whole number from 1", "%v is not a whole number from 1", number)
		return 0
	}
	return int(number)
}
