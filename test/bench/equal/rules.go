package equal

import "fmt"

// A security group has its rules inside, or as resources of their own: EC2 ends up with the same rules.
const (
	securityGroup = "AWS::EC2::SecurityGroup"
	egress        = "AWS::EC2::SecurityGroupEgress"
	ingress       = "AWS::EC2::SecurityGroupIngress"
)

// ruleKinds are the properties of a security group that hold rules, and the resource that each rule could be as well. Its
// properties have the same names, and GroupId besides.
var ruleKinds = []struct{ property, kind string }{{"SecurityGroupEgress", egress}, {"SecurityGroupIngress", ingress}}

// liftRules makes a resource of each rule inside a security group, and drops what CDK only needs to close a group that has no
// other rule.
func (a *Assembly) liftRules() error {
	var lifted []*resource
	for _, group := range a.resources {
		if group.kind != securityGroup {
			continue
		}
		rules, err := group.takeRules()
		if err != nil {
			return fmt.Errorf("%s: %v: %w", a.Name, group, err)
		}
		lifted = append(lifted, rules...)
	}
	a.resources = append(a.resources, lifted...)
	a.dropClosing()
	return nil
}

// takeRules takes the rules out of a security group. An empty list of rules stays: it is none that could be a resource.
func (r *resource) takeRules() ([]*resource, error) {
	properties := r.properties()
	var all []*resource
	for _, of := range ruleKinds {
		value, ok := properties[of.property]
		if !ok {
			continue
		}
		list, ok := value.([]any)
		if !ok {
			return nil, fmt.Errorf("%s is not a list of rules, and is not compared", of.property)
		}
		for i, element := range list {
			rule, ok := element.(map[string]any)
			if _, hasGroup := rule["GroupId"]; !ok || hasGroup {
				return nil, fmt.Errorf("%s[%d] is not a rule, and is not compared", of.property, i)
			}
			rule["GroupId"] = &reference{r, refOf(r.kind)}
			all = append(all, &resource{
				stack: r.stack, id: fmt.Sprintf("%s.%s[%d]", r.id, of.property, i), kind: of.kind,
				value: map[string]any{"Properties": rule}, inside: true,
			})
		}
		if len(list) > 0 {
			delete(properties, of.property)
		}
	}
	return all, nil
}

// dropClosing drops the rule that closes a group, if the group has another egress rule in its own stack: the other rule, too, keeps EC2
// from letting the group out to everywhere. A rule in another stack may not be there yet.
func (a *Assembly) dropClosing() {
	others := map[*resource]bool{}
	for _, r := range a.resources {
		if group := r.egressOf(); group != nil && group.stack == r.stack && !r.closes() {
			others[group] = true
		}
	}
	kept := a.resources[:0]
	for _, r := range a.resources {
		if group := r.egressOf(); group == nil || !r.closes() || !others[group] {
			kept = append(kept, r)
		}
	}
	a.resources = kept
}

// egressOf returns the security group of an egress rule; nil for another resource, and for a group that is not in the assembly.
func (r *resource) egressOf() *resource {
	if r.kind != egress {
		return nil
	}
	group, _ := r.properties()["GroupId"].(*reference)
	if group == nil || group.to.kind != securityGroup || group.attribute != refOf(securityGroup) {
		return nil
	}
	return group.to
}

// closes reports whether a rule is the one inside a group by which CDK closes it: no packet has its address.
func (r *resource) closes() bool {
	rule := r.properties()
	return r.inside && len(rule) == 5 && rule["CidrIp"] == "255.255.255.255/32" && rule["IpProtocol"] == "icmp" && rule["FromPort"] == 252.0 && rule["ToPort"] == 86.0
}

func (r *resource) properties() map[string]any {
	whole, _ := r.value.(map[string]any)
	properties, _ := whole["Properties"].(map[string]any)
	return properties
}
