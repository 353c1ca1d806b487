package lock

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// plan is the lock of an assembly, with what it was made of.
type plan struct {
	assembly *assembly.Assembly
	lock     *Lock
	keys     map[*assembly.Stack]string
	stacks   map[string]*assembly.Stack // by key

	entries map[*assembly.Resource]*Resource
	queue   []*assembly.Resource
	// unknown are the pinned values that only the deployment decides, in the order of the plan.
	unknown []undecided
	pending []undecided
}

// undecided is a property whose value the templates do not say.
type undecided struct {
	resource *assembly.Resource
	property string
	why      string
}

// Of returns the lock of an assembly. It reports values that CDK has not looked up yet, and returns nil then.
func Of(r *rules.Report, a *assembly.Assembly) *Lock {
	p := planOf(a)
	for _, u := range p.pending {
		r.Add(rules.LockPending, u.resource.String()+"."+u.property, "%s", u.why)
	}
	if len(p.pending) > 0 {
		return nil
	}
	return p.lock
}

func planOf(a *assembly.Assembly) *plan {
	p := &plan{
		assembly: a, lock: &Lock{Stacks: map[string]*Stack{}}, keys: map[*assembly.Stack]string{}, stacks: map[string]*assembly.Stack{},
		entries: map[*assembly.Resource]*Resource{},
	}
	p.nameStacks()
	forwarded := p.forwardedByDefault()
	p.each(func(r *assembly.Resource) {
		if _, isHeld := held[r.Type]; isHeld && !onlyWhereApisAre[r.Type] && !isOfAwsService(r) {
			p.add(r).Removable = isTargetGroup(r.Type) && !forwarded[r]
		}
	})
	p.each(func(r *assembly.Resource) {
		if onlyWhereApisAre[r.Type] && slices.ContainsFunc(referred(r.Property()), func(to *assembly.Resource) bool { return addresses[to.Type] }) {
			p.add(r)
		}
	})
	for len(p.queue) > 0 {
		next := p.queue[0]
		p.queue = p.queue[1:]
		p.fill(next)
	}
	slices.SortFunc(p.unknown, func(a, b undecided) int {
		return cmp.Or(cmp.Compare(a.resource.String(), b.resource.String()), cmp.Compare(a.property, b.property))
	})
	return p
}

// each calls f for all resources, in the order of the stacks.
func (p *plan) each(f func(r *assembly.Resource)) {
	for _, s := range p.assembly.Stacks {
		for _, r := range s.Resources() {
			if r.Exists != assembly.No {
				f(r)
			}
		}
	}
}

func environmentOf(s *assembly.Stack) string {
	if s.Account == "" && s.Region == "" {
		return ""
	}
	return cmp.Or(s.Account, "*") + "/" + cmp.Or(s.Region, "*")
}

// nameStacks gives each stack a key: its name, or with its environment if stacks of several have the name.
func (p *plan) nameStacks() {
	count := map[string]int{}
	for _, s := range p.assembly.Stacks {
		count[s.Name]++
	}
	for _, s := range p.assembly.Stacks {
		key := s.Name
		if count[key] > 1 {
			key += "@" + environmentOf(s)
		}
		p.keys[s], p.stacks[key] = key, s
	}
}

func isTargetGroup(resourceType string) bool {
	return resourceType == typeTargetGroup || resourceType == typeLatticeGroup
}

// isOfAwsService reports whether a resource is an endpoint of an AWS service, such as Amazon S3: no consumer of a private API holds it.
func isOfAwsService(r *assembly.Resource) bool {
	if r.Type != typeEndpoint {
		return false
	}
	name := r.Property("ServiceName")
	text := name.String()
	switch name.Kind() {
	case assembly.Literal:
		return !strings.Contains(text, "vpce-svc-")
	case assembly.Text:
		return strings.Contains(text, "com.amazonaws.") && !strings.Contains(text, ".vpce.")
	}
	return false
}

// forwardedByDefault are the target groups of the default actions of listeners. Those of routes can be removed with the route.
func (p *plan) forwardedByDefault() map[*assembly.Resource]bool {
	found := map[*assembly.Resource]bool{}
	for listener, action := range map[string]string{typeListener: "DefaultActions", typeLatticeListen: "DefaultAction"} {
		for _, l := range p.assembly.OfType(listener) {
			for _, r := range referred(l.Property(action)) {
				found[r] = true
			}
		}
	}
	return found
}

// add adds a resource, whose properties are filled in later.
func (p *plan) add(r *assembly.Resource) *Resource {
	if e := p.entries[r]; e != nil {
		return e
	}
	_, isHeld := held[r.Type]
	e := &Resource{Type: r.Type, Path: r.ConstructPath, Removable: !isHeld, Pinned: map[string]any{}, Resolved: map[string]string{}, Kept: map[string]any{}, Uses: map[string]any{}}
	p.entries[r] = e
	p.queue = append(p.queue, r)
	s := p.lock.Stacks[p.keys[r.Stack]]
	if s == nil {
		s = &Stack{Environment: environmentOf(r.Stack), Resources: map[string]*Resource{}}
		p.lock.Stacks[p.keys[r.Stack]] = s
	}
	s.Resources[r.ID] = e
	return e
}

// fill pins the properties of a resource, and adds what they refer to.
func (p *plan) fill(r *assembly.Resource) {
	e := p.entries[r]
	if condition, ok := r.Stack.Source("Resources", r.ID, "Condition"); ok {
		e.Condition, _ = condition.(string)
		maps.Copy(e.Uses, read(r.Stack, map[string]any{"Condition": condition}).uses)
	}
	properties, known := replacements()[r.Type]
	for _, property := range properties {
		p.pin(r, property.path)
	}
	if !known {
		for _, name := range r.Property().Fields() {
			p.pin(r, name)
		}
	}
	p.keep(r)
}

// pin records a property.
func (p *plan) pin(r *assembly.Resource, path string) {
	e := p.entries[r]
	value := resolvedOf(r, path)
	source, ok := sourceOf(r, path)
	if !ok || value.Kind() == assembly.Absent {
		e.Pinned[path] = nil
		return
	}
	e.Pinned[path] = source
	p.record(r, path, source, value, assembly.Value.String)
	p.follow(value)
}

// record records what decides a value of the lock beside resources of the stack, and what the value is known to be then.
func (p *plan) record(r *assembly.Resource, name string, source any, value assembly.Value, text func(assembly.Value) string) {
	e := p.entries[r]
	by := read(r.Stack, source)
	maps.Copy(e.Uses, by.uses)
	switch unknown, isUnknown := unknownIn(value); {
	case unknown.Settle().Kind == assembly.ByLookup:
		p.pending = append(p.pending, undecided{r, propertyOf(r.Type, name), unknown.Why()})
	case by.isSimple:
	case !isUnknown:
		e.Resolved[name] = text(value)
	default:
		p.unknown = append(p.unknown, undecided{r, propertyOf(r.Type, name), unknown.Why()})
	}
}

// follow adds what a value refers to: if that is replaced, the value changes.
func (p *plan) follow(value assembly.Value) {
	for _, r := range referred(value) {
		if r.Exists != assembly.No && p.keys[r.Stack] != "" {
			p.add(r)
		}
	}
}

// entryOf is what the lock has of a resource, or would have if consumers held it.
func (p *plan) entryOf(r *assembly.Resource) *Resource {
	if e := p.entries[r]; e != nil {
		return e
	}
	aside := &plan{assembly: p.assembly, lock: &Lock{Stacks: map[string]*Stack{}}, keys: p.keys, entries: map[*assembly.Resource]*Resource{}}
	e := aside.add(r)
	aside.fill(r)
	return e
}

// describe names a resource as people know it.
func (r *Resource) describe(id string) string {
	if r.Path == "" {
		return id
	}
	return fmt.Sprintf("%s (%s)", r.Path, id)
}
