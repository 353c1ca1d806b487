package authpolicy

import (
	"fmt"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
)

// Verdict is what policies say about a request.
type Verdict int

// The verdicts.
const (
	// Denied is a request that a statement denies, or that none allows.
	Denied Verdict = iota
	// Unknown is a request of which the deployment, or something that is not modelled, decides.
	Unknown
	// Allowed is a request that a statement allows and none denies.
	Allowed
)

// String is "denied", "unknown" or "allowed".
func (v Verdict) String() string { return [...]string{"denied", "unknown", "allowed"}[v] }

// Result is the verdict of one layer, and what decides it.
type Result struct {
	Verdict Verdict
	// Document is the index of the policy that decides, and Statement the index of its statement; -1 for none: no
	// statement allows the request.
	Document, Statement int
	// IsExplicit says that the statement denies the request.
	IsExplicit bool
	// Why says why the request is denied or unknown, without a subject; "" if it is allowed.
	Why string
	// Settle is what would settle an unknown.
	Settle assembly.Settlement
	// IsSettled is true if the request is allowed, and what is not known of it decides nothing: neither the verdict, nor which statement
	// allows it.
	IsSettled bool
}

// evaluation is a policy at work on a request.
type evaluation struct {
	policy     *Policy
	request    *Request
	isIdentity bool
	behind     Text // a path behind the service network, once it is asked for
}

// applies reports whether a statement is about the request.
func (e *evaluation) applies(s statement) (answer Tristate, why string) {
	if s.value.Kind() != assembly.Map {
		return Maybe, s.doubt
	}
	answer, why = Yes, ""
	for _, element := range []func(statement) (Tristate, string){e.principals, e.actions, e.resources, e.conditionsOf} {
		matches, reason := element(s)
		if answer, why = worse(answer, why, matches, reason); answer == No {
			break
		}
	}
	return answer, why
}

func (e *evaluation) conditionsOf(s statement) (answer Tristate, why string) {
	return e.conditions(s.value.Field("Condition"))
}

// actions reports whether the actions of a statement include that of the request. Actions are not case-sensitive.
func (e *evaluation) actions(s statement) (answer Tristate, why string) {
	return e.element(s, "Action", "it is for other actions", func(pattern Text) Tristate {
		return style{wildcards: true, ignoreCase: true}.match(pattern, e.request.action())
	})
}

// resources reports whether the resources of a statement include that of the request.
func (e *evaluation) resources(s statement) (answer Tristate, why string) {
	resource := e.request.resource()
	return e.element(s, "Resource", "it is for other resources", func(pattern Text) Tristate {
		answer := matchArn(e.policy.substituted(pattern), resource)
		if answer == No && e.isRelated(pattern) {
			return Maybe
		}
		return answer
	})
}

// isRelated reports whether a pattern matches a service without a path, or a service network: AWS does not say what that means.
func (e *evaluation) isRelated(pattern Text) bool {
	is := func(related Text) bool { return related.IsGiven() && matchArn(pattern, related) == Yes }
	if !pattern.endsInWildcard() && (is(e.request.Service) || is(e.request.ServiceNetwork)) {
		return true
	}
	// A pattern that ends in a wildcard and matches the beginning of a text matches the text.
	return e.request.ServiceNetwork.IsGiven() && is(e.behindNetwork())
}

// behindNetwork is a path behind the service network.
func (e *evaluation) behindNetwork() Text {
	if !e.behind.IsGiven() {
		e.behind = e.request.ServiceNetwork.join(Literal("/"), Text{})
	}
	return e.behind
}

// element reports whether an element of a statement, or the absence of its opposite, matches.
func (e *evaluation) element(s statement, name, otherwise string, match func(Text) Tristate) (answer Tristate, why string) {
	named, others := s.value.Field(name), s.value.Field("Not"+name)
	isNegated := named.Kind() == assembly.Absent
	if isNegated {
		named = others
	}
	list, isKnown := items(named)
	switch {
	case named.Kind() == assembly.Absent:
		return Maybe, "it has no " + name
	case !isNegated && others.Kind() != assembly.Absent:
		return Maybe, "it has both " + name + " and Not" + name
	}
	answer = anyOf(list, func(v assembly.Value) Tristate { return match(e.policy.text(v)) })
	if !isKnown {
		answer = max(answer, Maybe)
	}
	if isNegated {
		answer = not(answer)
	}
	switch answer {
	case No:
		return answer, otherwise
	case Maybe:
		return answer, fmt.Sprintf("whether its %s %s matches is not known", strings.ToLower(name), wantedText(named))
	}
	return answer, ""
}

// evaluate gives the verdict of the policies of one layer. unread says why there may be other statements; "" if there are
// none.
func evaluate(policies []*Policy, unread string, isIdentity bool, r *Request) Result {
	allowed := Result{Document: -1, Statement: -1}
	var maybeDenied, maybeAllowed *Result
	note := func(to **Result, result Result) {
		if *to == nil {
			*to = &result
		}
	}
	if unread != "" {
		result := Result{Verdict: Unknown, Document: -1, Statement: -1, Why: unread}
		maybeDenied, maybeAllowed = &result, &result
	}
	var misses []miss
	for i, p := range policies {
		e := &evaluation{policy: p, request: r, isIdentity: isIdentity}
		if p.unread != "" {
			result := Result{Verdict: Unknown, Document: i, Statement: -1, Why: p.unread, Settle: p.settle}
			note(&maybeDenied, result)
			note(&maybeAllowed, result)
		}
		for _, s := range p.statements {
			answer, why := e.applies(s)
			at := Result{Verdict: Unknown, Document: i, Statement: s.index}
			if at.Why = s.doubt; s.doubt != "" {
				answer = min(answer, Maybe)
			} else if answer == Maybe {
				at.Why = s.name() + " may decide: " + why
			}
			if answer == Maybe {
				if undecided := firstUnknown(s.value); undecided.Why() != "" {
					at.Settle = undecided.Settle()
					if !strings.Contains(at.Why, undecided.Why()) {
						at.Why += ": " + undecided.Why()
					}
				}
			}
			switch {
			case answer == No && s.allows:
				misses = append(misses, miss{s, why})
			case answer == Maybe:
				if s.denies {
					note(&maybeDenied, at)
				}
				if s.allows {
					note(&maybeAllowed, at)
				}
			case answer == Yes && s.denies:
				at.Verdict, at.IsExplicit, at.Why = Denied, true, s.name()+" denies it"
				return at
			case answer == Yes && allowed.Verdict == Denied:
				allowed = at
				allowed.Verdict = Allowed
			}
		}
	}
	switch {
	case allowed.Verdict == Allowed && maybeDenied == nil:
		allowed.IsSettled = maybeAllowed == nil
		return allowed
	case allowed.Verdict == Allowed:
		return *maybeDenied
	case maybeAllowed != nil:
		return *maybeAllowed
	}
	why := []string{"no statement allows it"}
	for _, m := range misses {
		why = append(why, m.of.name()+": "+m.why)
	}
	allowed.Why = strings.Join(why, "; ")
	return allowed
}

// miss is why a statement that allows requests does not apply.
type miss struct {
	of  statement
	why string
}

// firstUnknown is the first unknown value in an element of a statement.
func firstUnknown(v assembly.Value) assembly.Value {
	switch v.Kind() {
	case assembly.List:
		list, _ := v.Items()
		for _, item := range list {
			if found := firstUnknown(item); found.Kind() != assembly.Absent {
				return found
			}
		}
	case assembly.Map:
		for _, name := range v.Fields() {
			if found := firstUnknown(v.Field(name)); found.Kind() != assembly.Absent {
				return found
			}
		}
	default:
		if v.Why() != "" {
			return v
		}
	}
	return assembly.Value{}
}
