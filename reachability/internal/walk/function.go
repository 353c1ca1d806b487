package walk

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// function finds a Lambda function behind a target group. ELB invokes it, so no security group or network ACL applies.
func (t *trace) function(tg *network.TargetGroup) result {
	id := tg.TargetId(0)
	function, attribute, isReference := id.Reference()
	switch {
	case tg.Targets().IsEmpty():
		return noTarget(tg, "register the function in its Targets")
	case !isReference || !network.IsFunction(function):
		return unknownUntil(id.Value, "the function behind the target group is not in the templates").at(tg.Targets())
	case network.NeedsArnAttribute(function) && attribute != "Arn":
		return blocks(
			fmt.Sprintf("the target is %s of %s, and a target group needs the function's ARN", attribute, network.DisplayName(function)), "use Fn::GetAtt Arn",
		).at(id)
	}
	if r, found := t.mayNotInvoke(function); found {
		return r.at(id)
	}
	return passes("ELB invokes %s", network.DisplayName(function)).at(id).atResource(function)
}

// mayNotInvoke finds a function that load balancers are not allowed to invoke, or of which that is unknown. Without the
// permission ELB refuses to register it.
func (t *trace) mayNotInvoke(function *network.Resource) (r result, found bool) {
	name := network.DisplayName(function)
	r = blocks(
		fmt.Sprintf("no permission allows load balancers to invoke %s, so ELB refuses to register it", name),
		"add an AWS::Lambda::Permission for elasticloadbalancing.amazonaws.com, and make the target group depend on it",
	).atResource(function)
	for _, p := range t.n.FunctionPermissions() {
		of, _, isReference := p.FunctionName().Reference()
		principal, isDecided := p.Principal().Text()
		switch {
		case isReference && of != function:
			continue
		case isDecided && principal != "elasticloadbalancing.amazonaws.com" && principal != "*":
			continue
		case isReference && isDecided && p.Exists == network.Yes:
			return result{}, false
		}
		if r.verdict == proof.Blocked {
			r = unknown(
				fmt.Sprintf("whether %s allows load balancers to invoke %s is unknown", network.DisplayName(p.Resource), name),
				"refer to the function, and name the principal",
			).at(p.FunctionName())
		}
	}
	return r, true
}
