package authpolicy

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// principals reports whether the principals of a statement include the caller.
func (e *evaluation) principals(s statement) (answer Tristate, why string) {
	named, others := s.value.Field("Principal"), s.value.Field("NotPrincipal")
	switch {
	case e.isIdentity && named.Kind() == assembly.Absent && others.Kind() == assembly.Absent:
		return Yes, ""
	case e.isIdentity:
		return Maybe, "an identity policy has a principal"
	case others.Kind() == assembly.Absent:
		return e.principal(named)
	case named.Kind() != assembly.Absent:
		return Maybe, "it has both Principal and NotPrincipal"
	}
	answer, why = e.principal(others)
	if answer == Yes && s.denies {
		// A Deny spares a role only if it also spares the account and the session of the role.
		// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
		return Maybe, "whether a Deny with NotPrincipal spares the caller is not modelled"
	}
	if answer == Yes {
		why = "it is not for the caller"
	}
	return not(answer), why
}

// principal reports whether a principal element includes the caller.
func (e *evaluation) principal(v assembly.Value) (answer Tristate, why string) {
	switch {
	case v.Kind() != assembly.Map && Of(v).is("*"):
		return Yes, ""
	case v.Kind() != assembly.Map:
		return Maybe, "its principal is " + describe(v)
	}
	answer, why = No, "it is for other principals"
	for _, kind := range v.Fields() {
		list, isKnown := items(v.Field(kind))
		if !isKnown {
			answer, why = better(answer, why, Maybe, "its principals are "+describe(v.Field(kind)))
		}
		for _, item := range list {
			named, arn := e.policy.arn(item)
			includes, reason := e.includes(kind, named, arn)
			answer, why = better(answer, why, includes, reason)
		}
	}
	return answer, why
}

// better is the better of two answers, with its reason.
func better(a Tristate, whyA string, b Tristate, whyB string) (answer Tristate, why string) {
	if b > a {
		return b, whyB
	}
	return a, whyA
}

var accountID = regexp.MustCompile(`^[0-9]{12}$`)

// includes reports whether a principal of one kind includes the caller. Callers of VPC Lattice are roles and users, or
// anonymous.
func (e *evaluation) includes(kind string, named Text, arn arnText) (answer Tristate, why string) {
	text, isLiteral := named.literal()
	if kind == "AWS" && isLiteral && text != "*" && e.request.IsAnonymous {
		return No, ""
	}
	segments, isArn := arn.segments, arn.isArn
	switch {
	case kind == "AWS" && text == "*":
		return Yes, ""
	case kind == "Service" && isLiteral:
		return No, ""
	case kind != "AWS":
		return e.unlessAnonymous("whether a principal of kind " + kind + " is the caller is not modelled")
	case !isLiteral && !isArn:
		return Maybe, fmt.Sprintf("principal %s is not known before deployment", named)
	case e.request.IsAnonymous:
		return No, ""
	case isLiteral && accountID.MatchString(text):
		return e.isCaller(named, e.request.account())
	case isArn && segments[2].is("iam") && segments[5].is("root"):
		return e.isCaller(segments[4], e.request.account())
	case isLiteral && e.request.IsAnother != nil && e.request.IsAnother(text):
		return No, "it is for other principals"
	case isArn && segments[2].is("iam") && !strings.ContainsAny(named.String(), "*?"):
		answer, why = e.isCaller(named, e.request.Principal)
		return min(answer, possiblySame(segments[4], e.request.account())), why
	case isArn && segments[2].is("sts"):
		answer = min(possiblySame(segments[4], e.request.account()), Maybe)
		return answer, "whether the caller is in the session " + named.String() + " is not known"
	}
	return Maybe, fmt.Sprintf("principal %s is not modelled", named)
}

// unlessAnonymous is Maybe for a request that is signed.
func (e *evaluation) unlessAnonymous(why string) (Tristate, string) {
	if e.request.IsAnonymous {
		return No, ""
	}
	return Maybe, why
}

// isCaller reports whether a text that a policy names is that of the caller.
func (e *evaluation) isCaller(named, caller Text) (answer Tristate, why string) {
	answer = style{}.match(named, caller)
	if answer == Maybe {
		why = fmt.Sprintf("whether principal %s is the caller is not known before deployment", named)
	}
	return answer, why
}

// possiblySame is No if two texts differ, otherwise Yes.
func possiblySame(a, b Text) Tristate { return yesIf(style{}.match(a, b) != No) }
