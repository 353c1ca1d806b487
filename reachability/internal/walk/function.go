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
	if r, found := t.mayNotInvoke(function, tg); found {
		return r.at(id)
	}
	return passes("ELB invokes %s", network.DisplayName(function)).at(id).atResource(function)
}

// mayNotInvoke finds a function that load balancers are not allowed to invoke for a target group, or of which that is unknown.
// Without the permission ELB refuses to register it.
func (t *trace) mayNotInvoke(function *network.Resource, tg *network.TargetGroup) (r result, found bool) {
	name := network.DisplayName(function)
	r = blocks(
		fmt.Sprintf("no permission allows load balancers to invoke %s, so ELB refuses to register it", name),
		"add an AWS::Lambda::Permission for elasticloadbalancing.amazonaws.com, and make the target group depend on it",
	).atResource(function)
	for _, p := range t.n.FunctionPermissions() {
		of, _, isReference := p.FunctionName().Reference()
		principal, isDecided := p.Principal().Text()
		isFor := p.For(tg)
		switch {
		case isReference && of != function:
			continue
		case isDecided && principal != "elasticloadbalancing.amazonaws.com" && principal != "*":
			continue
		case isFor == network.No:
			if r.verdict == proof.Blocked {
				r = blocks(
					fmt.Sprintf("%s allows load balancers to invoke %s for another target group than %s, so ELB refuses to register it",
						network.DisplayName(p.Resource), name, network.DisplayName(tg.Resource)),
					"let its SourceArn match the target group",
				).at(p.SourceArn())
			}
			continue
		case isReference && isDecided && isFor == network.Yes && p.Exists == network.Yes:
			return t.registeredBefore(p, function, tg)
		}
		if r.verdict == proof.Blocked {
			r = mayAllow(p, name, isFor)
		}
	}
	return r, true
}

// mayAllow is unknown because it is not known whether a permission is for the function, for load balancers or for the target group.
func mayAllow(p *network.FunctionPermission, function string, isFor network.Tristate) result {
	if source := p.SourceArn(); isFor == network.Maybe {
		r := unknownUntil(source.Value, "whether %s allows load balancers to invoke %s for the target group is unknown", network.DisplayName(p.Resource), function)
		if source.IsLiteral() {
			r = unknown(r.message, "name the target group, and write its name and a wildcard into SourceArn")
		}
		return r.at(source)
	}
	return unknown(
		fmt.Sprintf("whether %s allows load balancers to invoke %s is unknown", network.DisplayName(p.Resource), function),
		"refer to the function, and name the principal",
	).at(p.FunctionName())
}

// registeredBefore finds a permission that CloudFormation can create only after the target group, which registers the function.
// Such a stack has been deployed in two steps, or cannot be.
// https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/230
func (t *trace) registeredBefore(p *network.FunctionPermission, function *network.Resource, tg *network.TargetGroup) (r result, found bool) {
	if p.Resource.Stack != tg.Stack || !network.Depends(p.Resource, func(r *network.Resource) bool { return r == tg.Resource }) {
		return result{}, false
	}
	return unknown(
		fmt.Sprintf("%s is for %s, but refers to it: a new stack has the target group first, to which ELB refuses to register %s without a permission",
			network.DisplayName(p.Resource), network.DisplayName(tg.Resource), network.DisplayName(function)),
		"name the target group, write its name and a wildcard into SourceArn, and make the target group depend on the permission",
		proof.Settlement{Kind: proof.SettleByDeployment},
	).at(p.SourceArn()), true
}
