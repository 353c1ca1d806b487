package reachability_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// An edit changes the example, a change one template of it.
type (
	edit   func(*example)
	change func(template)
)

func pricing(changes ...change) edit  { return stack("Pricing", changes) }
func checkout(changes ...change) edit { return stack("Checkout", changes) }
func bothStacks(changes ...change) edit {
	return edits(pricing(changes...), checkout(changes...))
}

func stack(name string, changes []change) edit {
	return func(e *example) {
		for _, c := range changes {
			c(e.stacks[name])
		}
	}
}

func edits(all ...edit) edit {
	return func(e *example) {
		for _, edit := range all {
			edit(e)
		}
	}
}

func changes(all ...change) change {
	return func(t template) {
		for _, c := range all {
			c(t)
		}
	}
}

// deployedIn moves a stack to another account and Region.
func deployedIn(stack, account, region string) edit {
	return func(e *example) { e.inputs[stack].Account, e.inputs[stack].Region = account, region }
}

// given gives a stack a parameter with a value.
func given(stack, parameter, value string) edit {
	return func(e *example) {
		putSection("Parameters."+parameter, object{"Type": "String"})(e.stacks[stack])
		if e.inputs[stack].Parameters == nil {
			e.inputs[stack].Parameters = map[string]string{}
		}
		e.inputs[stack].Parameters[parameter] = value
	}
}

func ref(id string) object            { return object{"Ref": id} }
func att(id, attribute string) object { return object{"Fn::GetAtt": array{id, attribute}} }
func groupID(id string) object        { return att(id, "GroupId") }
func refs(ids ...string) array        { return each(ids, ref) }
func groupIDs(ids ...string) array    { return each(ids, groupID) }

func each(ids []string, f func(string) object) (all array) {
	for _, id := range ids {
		all = append(all, f(id))
	}
	return all
}

type absent struct{}

// gone is the value of what is removed.
var gone absent

// put sets a property of a resource, such as "Targets.0.Port".
func put(id, path string, value any) change { return putPart(id, "Properties."+path, value) }

// putPart sets another part of a resource, such as "DependsOn".
func putPart(id, path string, value any) change {
	return func(t template) {
		t.t.Helper()
		t.put(t.resource(id), strings.Split(path, "."), copied(value))
	}
}

// putSection sets what is not a resource, such as "Outputs.Name".
func putSection(path string, value any) change {
	return func(t template) {
		t.t.Helper()
		t.put(t.doc, strings.Split(path, "."), copied(value))
	}
}

// remove removes a property of a resource.
func remove(id, path string) change { return put(id, path, gone) }

// put returns a node with a value at a path. Objects on the way are made where they are missing, lists are not.
func (t template) put(node any, steps []string, value any) any {
	t.t.Helper()
	if len(steps) == 0 {
		return value
	}
	switch node := node.(type) {
	case nil:
		return t.put(object{}, steps, value)
	case object:
		after := t.put(node[steps[0]], steps[1:], value)
		if after == any(gone) {
			delete(node, steps[0])
		} else {
			node[steps[0]] = after
		}
		return node
	case array:
		i, err := strconv.Atoi(steps[0])
		if err != nil || i >= len(node) {
			t.t.Fatalf("no item %s in a list of %d", steps[0], len(node))
		}
		node[i] = t.put(node[i], steps[1:], value)
		return node
	}
	t.t.Fatalf("nothing can be put at %s of %v", steps, node)
	return nil
}

func (t template) resources() object { return t.doc["Resources"].(object) }

func (t template) resource(id string) object {
	t.t.Helper()
	r, ok := t.resources()[id].(object)
	if !ok {
		t.t.Fatalf("there is no resource %s", id)
	}
	return r
}

func (t template) ofType(kind string) (ids []string) {
	for _, id := range slices.Sorted(maps.Keys(t.resources())) {
		if t.resource(id)["Type"] == kind {
			ids = append(ids, id)
		}
	}
	return ids
}

func (t template) properties(id string) object {
	p, ok := t.resource(id)["Properties"].(object)
	if !ok {
		p = object{}
		t.resource(id)["Properties"] = p
	}
	return p
}

// add adds a resource.
func add(id, kind string, properties object) change {
	return func(t template) {
		t.t.Helper()
		if t.resources()[id] != nil {
			t.t.Fatalf("there is a resource %s already", id)
		}
		t.resources()[id] = object{"Type": kind, "Properties": copied(properties)}
	}
}

// drop removes resources to which nothing refers, and what depends on them no longer does.
func drop(ids ...string) change {
	return func(t template) {
		t.t.Helper()
		for _, id := range ids {
			t.resource(id)
			delete(t.resources(), id)
			for other := range t.resources() {
				r := t.resource(other)
				if on, ok := r["DependsOn"].(array); ok {
					r["DependsOn"] = slices.DeleteFunc(on, func(v any) bool { return v == id })
				}
			}
		}
	}
}

// off gives resources a condition that never holds.
func off(ids ...string) change {
	all := []change{putSection("Conditions.Never", object{"Fn::Equals": array{"a", "b"}})}
	for _, id := range ids {
		all = append(all, putPart(id, "Condition", "Never"))
	}
	return changes(all...)
}

// turned makes an egress rule of an ingress rule, or the other way round, and leaves all else as it is.
func turned(id string) change {
	return func(t template) {
		t.t.Helper()
		r, p := t.resource(id), t.properties(id)
		if group, ok := p["SourceSecurityGroupId"]; ok {
			delete(p, "SourceSecurityGroupId")
			r["Type"], p["DestinationSecurityGroupId"] = "AWS::EC2::SecurityGroupEgress", group
			return
		}
		group := p["DestinationSecurityGroupId"]
		delete(p, "DestinationSecurityGroupId")
		r["Type"], p["SourceSecurityGroupId"] = "AWS::EC2::SecurityGroupIngress", group
	}
}

// ports gives a security group rule another range of ports.
func ports(id string, from, to int) change {
	return changes(put(id, "FromPort", from), put(id, "ToPort", to))
}

// peer gives a security group rule another source or destination; peers are CidrIp, SourceSecurityGroupId and so on.
func peer(id, kind string, value any) change {
	all := []change{}
	for _, old := range []string{"SourceSecurityGroupId", "DestinationSecurityGroupId", "CidrIp"} {
		all = append(all, remove(id, old))
	}
	return changes(append(all, put(id, kind, value))...)
}
