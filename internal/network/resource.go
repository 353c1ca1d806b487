package network

import (
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/constructpath"
)

// FullName is the stack and the logical ID of a resource.
func FullName(r *Resource) string { return r.Stack.Name + "/" + r.ID }

// DisplayName is a resource as people know it: its construct path, else its stack and logical ID.
func DisplayName(r *Resource) string {
	if r.ConstructPath != "" {
		return r.ConstructPath
	}
	return FullName(r)
}

// NameOf is a value as people know it: the resource that it refers to, or itself.
func NameOf(v Value) string {
	if r, _, ok := v.Reference(); ok {
		return DisplayName(r)
	}
	return v.String()
}

// IsNamed reports whether a name that a person gave is the name of a resource: the path of its L1 or of the L2 around it,
// its stack and logical ID, or its logical ID.
func IsNamed(given string, r *Resource) bool {
	return constructpath.Names(given, r.ConstructPath) || given == FullName(r) || given == r.ID
}

// Macro is a macro of a stack, or of one around it, that may change any of its resources; "" if there is none. AWS's own
// macros add resources of their types and leave the others alone, except for AWS::Include.
func Macro(s *Stack) string {
	for ; s != nil; s = s.Parent {
		for _, name := range s.Transforms {
			if !strings.HasPrefix(name, "AWS::") || name == "AWS::Include" {
				return name
			}
		}
	}
	return ""
}

// IsCertain reports whether a resource is deployed for sure, as the template has it: no macro can change it.
func IsCertain(r *Resource) bool {
	return r != nil && r.Exists == Yes && Macro(r.Stack) == ""
}

// Depends reports whether a resource depends on a wanted one of its stack, directly or through others.
func Depends(r *Resource, wanted func(*Resource) bool) bool {
	seen := map[*Resource]bool{r: true}
	for queue := []*Resource{r}; len(queue) > 0; queue = queue[1:] {
		next := queue[0].Implicit()
		for _, id := range queue[0].DependsOn {
			if dependency := r.Stack.Resource(id); dependency != nil {
				next = append(next, dependency)
			}
		}
		for _, dependency := range next {
			switch {
			case seen[dependency]:
			case wanted(dependency):
				return true
			default:
				seen[dependency] = true
				queue = append(queue, dependency)
			}
		}
	}
	return false
}

// MayBeChangedByCustomResource reports whether a custom resource refers to a resource, and so may change it.
func (n *Network) MayBeChangedByCustomResource(r *Resource) bool { return n.customized[r] }

// isCustom reports whether a resource is a custom resource: code of its owner.
func isCustom(resourceType string) bool {
	return strings.HasPrefix(resourceType, "Custom::") || resourceType == "AWS::CloudFormation::CustomResource"
}
