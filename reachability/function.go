package reachability

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// function finds a Lambda function behind a target group: it has no address, so no network stands between.
func (t *trail) function(tg *assembly.Resource) step {
	id := tg.Property("Targets", 0, "Id")
	r, attribute, ok := id.Reference()
	switch {
	case isMissing(tg.Property("Targets")):
		return assumable(displayName(tg)+" has no target in the templates", proof.AssumeTargets, "register the function in its Targets").at(tg, "Targets")
	case !ok || !isFunction(r):
		return awaits("the function behind the target group is not in the templates", id).at(tg, "Targets")
	case r.Type == "AWS::Lambda::Function" && attribute != "Arn":
		return blocks(fmt.Sprintf("the target is %s of %s, and a target group takes the ARN", attribute, displayName(r)), "use Fn::GetAtt Arn").at(tg, "Targets", 0, "Id")
	}
	if s := t.m.invokes(r); s.verdict != Reachable {
		return s.at(tg, "Targets", 0, "Id")
	}
	return passes(displayName(r)+" is invoked").at(tg, "Targets", 0, "Id").at(r)
}

// isFunction reports whether a resource is a function, a version of one or an alias: Ref of the latter two is their ARN.
func isFunction(r *assembly.Resource) bool {
	switch r.Type {
	case "AWS::Lambda::Function", "AWS::Lambda::Alias", "AWS::Lambda::Version", "AWS::Serverless::Function":
		return true
	}
	return false
}

// invokes finds whether load balancers may invoke a function: ELB registers it only then.
func (m *Model) invokes(function *assembly.Resource) step {
	var doubt *step
	for _, r := range m.ofType("AWS::Lambda::Permission") {
		name := r.Property("FunctionName")
		other, _, isRef := name.Reference()
		if isRef && other != function {
			continue
		}
		principal, ok := r.Property("Principal").Text()
		if ok && principal != "elasticloadbalancing.amazonaws.com" && principal != "*" {
			continue
		}
		if isRef && ok && r.Exists == assembly.Yes {
			return passes("").at(r)
		}
		if doubt == nil {
			s := doubts(fmt.Sprintf("whether %s lets load balancers invoke %s is not known", displayName(r), displayName(function)), "name the function by a reference, and the principal").at(r, "FunctionName")
			doubt = &s
		}
	}
	if doubt != nil {
		return *doubt
	}
	return blocks(
		fmt.Sprintf("no permission lets load balancers invoke %s, so ELB refuses to register it", displayName(function)),
		"add an AWS::Lambda::Permission for elasticloadbalancing.amazonaws.com, and let the target group depend on it",
	).at(function)
}
