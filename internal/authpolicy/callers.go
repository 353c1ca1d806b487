package authpolicy

import (
	"fmt"
	"slices"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// Allowance says whom a statement of an auth policy allows to call.
type Allowance struct {
	// Statement is the index of the statement.
	Statement int
	// Callers are the principals that it names.
	Callers []Caller
	// IsExcept says that it allows all principals but these.
	IsExcept bool
	// Anonymous says whether it allows callers that do not sign.
	Anonymous Tristate
	// Limits are its conditions about who calls, or from where.
	Limits []Limit
	// IsOpen says that it lets in callers that do not sign, of every VPC that is connected, for certain.
	IsOpen bool
	// Unread says what of the statement is not known, as a clause; "" if all of it is.
	Unread string
}

// Caller is a principal that a policy names.
type Caller struct {
	Kind CallerKind
	// Name is the ARN, the account or the name of a service; * for everyone.
	Name Text
}

// CallerKind is a kind of principals.
type CallerKind int

// The kinds of principals.
const (
	// Everyone is every principal, and everyone who does not sign.
	Everyone CallerKind = iota
	// WholeAccount is every principal of an account.
	WholeAccount
	// OnePrincipal is a role, a user or a session.
	OnePrincipal
	// OtherPrincipal is a principal that cannot call over VPC Lattice, or of which it is not known.
	OtherPrincipal
)

// Limit is a condition about who calls, or from where.
type Limit struct {
	Operator, Key string
	Values        []Text
}

// Allowances says whom the policy allows to call, statement by statement. A Deny may take some of it away.
func (p *Policy) Allowances() []Allowance {
	var list []Allowance
	if p.unread != "" {
		list = append(list, Allowance{Statement: -1, Anonymous: Maybe, Unread: p.unread})
	}
	for _, s := range p.statements {
		if s.allows {
			list = append(list, p.allowance(s))
		}
	}
	return list
}

func (p *Policy) allowance(s statement) Allowance {
	a := Allowance{Statement: s.index, Unread: s.doubt}
	if s.value.Kind() != assembly.Map {
		a.Anonymous = Maybe
		return a
	}
	named := s.value.Field("Principal")
	if others := s.value.Field("NotPrincipal"); others.Kind() != assembly.Absent {
		named, a.IsExcept = others, true
	}
	a.readCallers(named)
	a.readLimits(s.value.Field("Condition"))
	e := &evaluation{policy: p, request: &Request{IsAnonymous: true}}
	a.Anonymous, _ = e.principals(s)
	a.IsOpen = true
	for _, l := range a.Limits {
		met, _ := e.condition(l.Operator, l.Key, s.value.Field("Condition").Field(l.Operator).Field(l.Key))
		if met == No || met == Maybe && !slices.Contains(keysOfSources, l.Key) {
			a.Anonymous = min(a.Anonymous, met)
		}
		a.IsOpen = a.IsOpen && (met == Yes || l.isExclusion())
	}
	if a.Unread != "" {
		a.Anonymous = min(a.Anonymous, Maybe)
	}
	a.IsOpen = a.IsOpen && a.Anonymous == Yes
	return a
}

// readCallers reads a principal element.
func (a *Allowance) readCallers(v assembly.Value) {
	if Of(v).is("*") {
		a.Callers = []Caller{{Everyone, Of(v)}}
		return
	}
	if v.Kind() != assembly.Map {
		a.Unread = "its principal is " + describe(v)
		return
	}
	for _, kind := range v.Fields() {
		list, isKnown := items(v.Field(kind))
		if !isKnown {
			a.Unread = "its principals are " + describe(v.Field(kind))
			continue
		}
		for _, item := range list {
			a.Callers = append(a.Callers, callerOf(kind, Of(item)))
		}
	}
}

func callerOf(kind string, name Text) Caller {
	if kind != "AWS" {
		return Caller{OtherPrincipal, name}
	}
	text, _ := name.literal()
	list, isArn := name.segments()
	switch {
	case text == "*":
		return Caller{Everyone, name}
	case accountID.MatchString(text):
		return Caller{WholeAccount, name}
	case isArn && list[5].is("root"):
		return Caller{WholeAccount, list[4]}
	case isArn:
		return Caller{OnePrincipal, name}
	}
	return Caller{OtherPrincipal, name}
}

// readLimits reads the conditions about who calls, or from where. What a caller asks for is none.
func (a *Allowance) readLimits(block assembly.Value) {
	if block.Kind() != assembly.Map && block.Kind() != assembly.Absent {
		a.Unread = "its conditions are " + describe(block)
	}
	for _, operator := range block.Fields() {
		keys := block.Field(operator)
		if keys.Kind() != assembly.Map {
			a.Unread = "its condition " + operator + " is " + describe(keys)
		}
		for _, key := range keys.Fields() {
			if slices.Contains(keysOfRequests, key) {
				continue
			}
			values, _ := items(keys.Field(key))
			limit := Limit{Operator: operator, Key: key}
			for _, v := range values {
				limit.Values = append(limit.Values, Of(v))
			}
			a.Limits = append(a.Limits, limit)
		}
	}
}

// keysOfRequests are the condition keys about what a caller asks for.
var keysOfRequests = []string{
	"vpc-lattice-svcs:Port", "vpc-lattice-svcs:RequestMethod", "vpc-lattice-svcs:RequestPath", "vpc-lattice-svcs:ServiceArn",
}

// keysOfSources are the condition keys about where a caller is. Every request has them.
var keysOfSources = []string{
	"vpc-lattice-svcs:SourceVpc", "vpc-lattice-svcs:SourceVpcOwnerAccount", "vpc-lattice-svcs:ServiceNetworkArn",
}

// isExclusion reports whether the condition only excludes some callers.
func (l Limit) isExclusion() bool {
	op, ok := operators[l.Operator]
	return ok && op.isNegated
}

// String says whom the statement allows.
func (a Allowance) String() string {
	var callers []string
	for _, c := range a.Callers {
		switch c.Kind {
		case Everyone:
			callers = append(callers, a.everyone())
		case WholeAccount:
			callers = append(callers, "account "+c.Name.String())
		default:
			callers = append(callers, c.Name.String())
		}
	}
	text := listed(callers)
	switch {
	case a.IsExcept:
		text = "every caller but " + text
	case text == "":
		text = "a caller that is not known"
	}
	for i, l := range a.Limits {
		text += fmt.Sprintf("%s %s %s %s", []string{" with", " and"}[min(i, 1)], l.Key, l.Operator, l.named())
	}
	if a.Unread != "" {
		text += ": " + a.Unread
	}
	return text
}

// everyone names all callers that the statement may allow.
func (a Allowance) everyone() string {
	switch {
	case a.Anonymous == No:
		return "every caller that signs"
	case a.Anonymous == Yes && len(a.Limits) > 0:
		return "every caller, signed or not,"
	case a.Anonymous == Yes:
		return "every caller, signed or not"
	}
	return "every caller"
}

func (l Limit) named() string {
	var list []string
	for _, v := range l.Values {
		list = append(list, v.String())
	}
	if len(list) == 0 {
		return "a value that is not known"
	}
	return listed(list)
}
