package network

import (
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

const (
	roleType            = "AWS::IAM::Role"
	instanceProfileType = "AWS::IAM::InstanceProfile"
	managedPolicyType   = "AWS::IAM::ManagedPolicy"
)

// Role is an IAM role.
type Role struct{ *Resource }

// ManagedPolicyArns are its managed policies.
func (r *Role) ManagedPolicyArns() Property { return property(r.Resource, "ManagedPolicyArns") }

// Policies are its inline policies.
func (r *Role) Policies() Property { return property(r.Resource, "Policies") }

// PermissionsBoundary is the managed policy that limits what its policies allow.
func (r *Role) PermissionsBoundary() Property { return property(r.Resource, "PermissionsBoundary") }

// Role is the role that a value names: by a reference, or by an ARN as text if the template that defines the role has its name. It is nil if
// the templates do not define it.
func (n *Network) Role(v Value) *Role {
	if r := ofType(v, roleType); r != nil {
		return &Role{r}
	}
	arn, _ := v.Text()
	return n.RoleOfArn(arn)
}

// RoleOfArn is the role to which the templates give an ARN, by its name; nil if there is none.
func (n *Network) RoleOfArn(arn string) *Role { return n.namedRoles[arn] }

// arn is the ARN of a role whose name and account the templates decide; "" for others.
func (r *Role) arn() string {
	name, path := (Property{Value: r.Property("RoleName")}).Literal(), "/"
	if p := (Property{Value: r.Property("Path")}); !p.IsAbsent() {
		path = p.Literal()
	}
	if name == "" || path == "" || r.Exists != Yes || r.Stack.Account == "" || r.Stack.Region == "" {
		return ""
	}
	return "arn:" + rules.Partition(r.Stack.Region) + ":iam::" + r.Stack.Account + ":role" + path + name
}

// Roles are the roles of the templates.
func (n *Network) Roles() []*Role {
	var list []*Role
	for _, r := range n.OfType(roleType) {
		list = append(list, &Role{r})
	}
	return list
}

// RoleOf is the property that names the role by which a workload signs requests; absent if it has no role.
func (n *Network) RoleOf(node Node) Property {
	if node.Resource == nil {
		return Property{}
	}
	switch r := node.Resource; r.Type {
	case ecsServiceType:
		definition := (&EcsService{r}).TaskDefinition()
		if d := AsTaskDefinition(definition.Value); d != nil {
			return property(d.Resource, "TaskRoleArn")
		}
		return definition // what it names is not in the templates
	case functionType:
		return property(r, "Role")
	case instanceType:
		return roleOfProfile(property(r, "IamInstanceProfile"))
	case autoScalingGroupType:
		template, _, ok := launchTemplate(r).Reference()
		if !ok {
			return launchTemplate(r)
		}
		profile := property(template, "LaunchTemplateData", "IamInstanceProfile")
		for _, name := range []string{"Arn", "Name"} {
			if p := profile.Field(name); !p.IsAbsent() {
				return roleOfProfile(p)
			}
		}
		return profile
	}
	return Property{}
}

// roleOfProfile is the role of an instance profile, or the property that names the profile if the templates do not define it.
func roleOfProfile(profile Property) Property {
	if r := ofType(profile.Value, instanceProfileType); r != nil {
		return property(r, "Roles", 0)
	}
	return profile
}

// WorkloadsAs are the workloads that sign requests by a role.
func (n *Network) WorkloadsAs(r *Role) []Node { return n.workloadsAs[resourceKey(r.Resource)] }

// IdentityPolicies are the policies of a role.
type IdentityPolicies struct {
	// Documents are the policy documents that the templates have.
	Documents []Property
	// Managed are managed policies that the templates do not define.
	Managed []Property
	// Open are properties that leave open whether the role has further policies.
	Open []Property
}

// IdentityPoliciesOf are the policies of a role: inline, and attached by resources of their own.
func (n *Network) IdentityPoliciesOf(r *Role) IdentityPolicies {
	var all IdentityPolicies
	switch inline := r.Policies(); {
	case !inline.IsListOrAbsent():
		all.Open = append(all.Open, inline)
	default:
		for _, item := range inline.listed() {
			all.Documents = append(all.Documents, item.Field("PolicyDocument"))
		}
	}
	if arns := r.ManagedPolicyArns(); !arns.IsListOrAbsent() {
		all.Open = append(all.Open, arns)
	}
	for _, arn := range r.ManagedPolicyArns().listed() {
		if policy := ofType(arn.Value, managedPolicyType); policy != nil {
			all.Documents = append(all.Documents, property(policy, "PolicyDocument"))
		} else {
			all.Managed = append(all.Managed, arn)
		}
	}
	attached := slices.Clone(n.rolePolicies.of(r.Resource))
	if name := r.Property("RoleName"); (Property{Value: name}).IsLiteral() {
		for _, policy := range n.rolePolicies.named(name) {
			if of := policy.Stack.Account; of == "" || r.Stack.Account == "" || of == r.Stack.Account { // other accounts may have a role of that name
				attached = append(attached, policy)
			}
		}
	}
	for _, policy := range attached {
		all.Documents = append(all.Documents, property(policy, "PolicyDocument"))
	}
	all.Open = append(all.Open, n.unplacedPolicies...)
	return all
}

// indexRoles collects the policies that are attached to roles, and the workloads of each role.
func (n *Network) indexRoles() {
	for _, kind := range []struct{ resourceType, roles string }{
		{"AWS::IAM::Policy", "Roles"}, {managedPolicyType, "Roles"}, {"AWS::IAM::RolePolicy", "RoleName"},
	} {
		for _, r := range n.OfType(kind.resourceType) {
			for _, role := range property(r, kind.roles).Items() {
				if !IsIdentified(role.Value) {
					n.unplacedPolicies = append(n.unplacedPolicies, role)
					continue
				}
				n.rolePolicies.add(role.Value, r)
			}
		}
	}
	n.namedRoles = map[string]*Role{}
	for _, r := range n.Roles() {
		arn := r.arn()
		if _, isTwice := n.namedRoles[arn]; isTwice {
			r = nil // one stack that was loaded twice: which role it is does not matter to anybody, so it is none
		}
		n.namedRoles[arn] = r
	}
	delete(n.namedRoles, "")
	n.workloadsAs = map[key][]Node{}
	for _, node := range n.workloads {
		if role := n.Role(n.RoleOf(node).Value); role != nil {
			k := resourceKey(role.Resource)
			n.workloadsAs[k] = append(n.workloadsAs[k], node)
		}
	}
}
