package walk

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// function finds a Lambda function behind a target group. ELB invokes it, so no security group or network ACL applies.
func (t *trace) function(tg *network.TargetGroup) result {
	return t.invoked(tg.Targets(), invoker{
		name: "ELB", who: "load balancers", group: tg.Resource, principal: "elasticloadbalancing.amazonaws.com", allows: func(p *network.FunctionPermission) network.Tristate { return p.For(tg) },
	})
}

// latticeFunction finds a Lambda function behind a target group of VPC Lattice, which invokes it.
// https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
func (t *trace) latticeFunction(tg *network.LatticeTargetGroup) result {
	return t.invoked(tg.Targets(), invoker{
		name: "VPC Lattice", who: "VPC Lattice", group: tg.Resource, principal: "vpc-lattice.amazonaws.com", allows: func(p *network.FunctionPermission) network.Tristate { return p.ForLattice(tg) },
	})
}

// invoker is what invokes functions for a target group.
type invoker struct {
	name, who, principal string
	group                *network.Resource
	allows               func(*network.FunctionPermission) network.Tristate
}

// invoked finds the function that is the target of a group.
func (t *trace) invoked(targets network.Property, by invoker) result {
	id := targets.At(0).Field("Id")
	function, attribute, isReference := id.Reference()
	switch {
	case targets.IsEmpty():
		return noTargetIn(by.group, targets, "register the function in its Targets")
	case !isReference || !network.IsFunction(function):
		return unknownUntil(id.Value, "the function behind the target group is not in the templates").at(targets)
	case network.NeedsArnAttribute(function) && attribute != "Arn":
		return blocks(
			fmt.Sprintf("the target is %s of %s, and a target group needs the function's ARN", attribute, network.DisplayName(function)), "use Fn::GetAtt Arn",
		).at(id)
	}
	if r, found := t.mayNotInvoke(function, by); found {
		return r.at(id)
	}
	return passes("%s invokes %s", by.name, network.DisplayName(function)).at(id).atResource(function)
}

// mayNotInvoke finds a function that ELB or VPC Lattice is not allowed to invoke for a target group, or of which that is unknown.
// Without the permission they refuse to register it.
func (t *trace) mayNotInvoke(function *network.Resource, by invoker) (r result, found bool) {
	name := network.DisplayName(function)
	r = blocks(
		fmt.Sprintf("no permission allows %s to invoke %s, so %s refuses to register it", by.who, name, by.name),
		"add an AWS::Lambda::Permission for "+by.principal+", and make the target group depend on it",
	).atResource(function)
	for _, p := range t.n.FunctionPermissions() {
		of, _, isReference := p.FunctionName().Reference()
		principal, isDecided := p.Principal().Text()
		isFor := by.allows(p)
		switch {
		case isReference && of != function:
			continue
		case isDecided && principal != by.principal && principal != "*":
			continue
		case isFor == network.No:
			if r.verdict == proof.Blocked {
				r = blocks(
					fmt.Sprintf("%s allows %s to invoke %s for another target group than %s, so %s refuses to register it",
						network.DisplayName(p.Resource), by.who, name, network.DisplayName(by.group), by.name),
					"let its SourceArn match the target group",
				).at(p.SourceArn())
			}
			continue
		case isReference && isDecided && isFor == network.Yes && p.Exists == network.Yes:
			return t.registeredBefore(p, function, by)
		}
		if r.verdict == proof.Blocked {
			r = mayAllow(p, name, by.who, isFor)
		}
	}
	return r, true
}

// mayAllow is unknown because it is not known whether a permission is for the function, for who invokes it, or for the target group.
func mayAllow(p *network.FunctionPermission, function, by string, isFor network.Tristate) result {
	if source := p.SourceArn(); isFor == network.Maybe {
		r := unknownUntil(source.Value, "whether %s allows %s to invoke %s for the target group is unknown", network.DisplayName(p.Resource), by, function)
		if source.IsLiteral() {
			r = unknown(r.message, "name the target group, and write its name and a wildcard into SourceArn")
		}
		return r.at(source)
	}
	return unknown(
		fmt.Sprintf("whether %s allows %s to invoke %s is unknown", network.DisplayName(p.Resource), by, function),
		"refer to the function, and name the principal",
	).at(p.FunctionName())
}

// registeredBefore finds a permission that CloudFormation can create only after the target group, which registers the function.
// Such a stack has been deployed in two steps, or cannot be.
// https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/230
func (t *trace) registeredBefore(p *network.FunctionPermission, function *network.Resource, by invoker) (r result, found bool) {
	if p.Resource.Stack != by.group.Stack || !network.Depends(p.Resource, func(r *network.Resource) bool { return r == by.group }) {
		return result{}, false
	}
	return unknown(
		fmt.Sprintf("%s is for %s, but refers to it: a new stack has the target group first, to which %s refuses to register %s without a permission",
			network.DisplayName(p.Resource), network.DisplayName(by.group), by.name, network.DisplayName(function)),
		"name the target group, write its name and a wildcard into SourceArn, and make the target group depend on the permission",
		proof.Settlement{Kind: proof.SettleByDeployment},
	).at(p.SourceArn()), true
}
