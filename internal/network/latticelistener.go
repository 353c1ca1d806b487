package network

import (
	"cmp"
	"slices"
	"strings"
)

const (
	latticeListenerType = "AWS::VpcLattice::Listener"
	latticeRuleType     = "AWS::VpcLattice::Rule"
)

// LatticeListener is a listener of a service of VPC Lattice.
type LatticeListener struct {
	*Resource
	// DefaultAction is what it does with a request that no rule takes.
	DefaultAction LatticeAction
}

// ServiceIdentifier is the service.
func (l *LatticeListener) ServiceIdentifier() Property {
	return property(l.Resource, "ServiceIdentifier")
}

// Protocol is HTTP, HTTPS or TLS_PASSTHROUGH.
func (l *LatticeListener) Protocol() Property { return property(l.Resource, "Protocol") }

// Port is the port. Default: 443 of HTTPS, 80 of HTTP.
func (l *LatticeListener) Port() Property { return property(l.Resource, "Port") }

// ListensOn says whether the listener has a port. If that is undecided, undecided is the property that decides it.
func (l *LatticeListener) ListensOn(port int) (is Tristate, undecided Property) {
	own, ok := l.PortNumber()
	switch {
	case !ok && !l.Port().IsAbsent():
		return Maybe, l.Port()
	case !ok:
		return Maybe, l.Protocol()
	case own == port:
		return Yes, Property{}
	}
	return No, Property{}
}

// PortNumber is the port, or the default of the protocol; ok is false if that is undecided.
func (l *LatticeListener) PortNumber() (port int, ok bool) {
	if own, ok := l.Port().Number(); ok {
		return int(own), true
	}
	if !l.Port().IsAbsent() {
		return 0, false
	}
	port = map[string]int{"HTTP": 80, "HTTPS": 443}[l.Protocol().Literal()]
	return port, port != 0
}

// LatticeAction is what a listener or a rule of VPC Lattice does with a request.
type LatticeAction struct {
	// At is the whole action.
	At Property
	// Forwards are the target groups to which it forwards requests.
	Forwards []LatticeForward
}

// LatticeForward is one target group of an action.
type LatticeForward struct {
	// TargetGroup identifies the target group.
	TargetGroup Property
	// Weight is its share of the requests; absent for 100.
	Weight Property
}

func readLatticeAction(at Property) LatticeAction {
	a := LatticeAction{At: at}
	for _, item := range at.Field("Forward").Field("TargetGroups").listed() {
		a.Forwards = append(a.Forwards, LatticeForward{item.Field("TargetGroupIdentifier"), item.Field("Weight")})
	}
	return a
}

// StatusCode is the status with which the action answers a request itself; absent if it does not.
func (a LatticeAction) StatusCode() Property { return a.At.Field("FixedResponse").Field("StatusCode") }

// Answers reports whether the action answers requests itself.
func (a LatticeAction) Answers() bool { return !a.At.Field("FixedResponse").IsAbsent() }

// TargetGroups is the list of target groups.
func (a LatticeAction) TargetGroups() Property { return a.At.Field("Forward").Field("TargetGroups") }

// LatticeRule is a rule of a listener of VPC Lattice.
type LatticeRule struct {
	*Resource
	// Match is what it asks of a request.
	Match LatticeMatch
	// Action is what it does with the requests that it takes.
	Action LatticeAction
}

// ServiceIdentifier is the service.
func (r *LatticeRule) ServiceIdentifier() Property { return property(r.Resource, "ServiceIdentifier") }

// ListenerIdentifier is the listener.
func (r *LatticeRule) ListenerIdentifier() Property {
	return property(r.Resource, "ListenerIdentifier")
}

// Priority is the place of the rule: VPC Lattice evaluates rules in the order of their priorities.
func (r *LatticeRule) Priority() Property { return property(r.Resource, "Priority") }

// LatticeMatch is what a rule asks of a request: all of it must hold.
type LatticeMatch struct {
	// At is the property that has all of it.
	At Property
	// Method is the method; absent for any.
	Method Property
	// Exact and Prefix are the path, or what it begins with; both are absent if the rule asks for no path.
	Exact, Prefix Property
	// PathCase says whether paths are compared with their case. Default: false.
	PathCase Property
	// Headers are the headers.
	Headers []Property
}

func readLatticeMatch(at Property) LatticeMatch {
	http := at.Field("HttpMatch")
	path := http.Field("PathMatch")
	return LatticeMatch{
		At: at, Method: http.Field("Method"), Exact: path.Field("Match").Field("Exact"), Prefix: path.Field("Match").Field("Prefix"),
		PathCase: path.Field("CaseSensitive"), Headers: http.Field("HeaderMatches").Items(),
	}
}

// Path is the path, or the pattern of all paths, that the rule asks for; "/" if it asks for none, and ok is false if that
// is undecided.
func (m LatticeMatch) Path() (pattern string, ok bool) {
	switch {
	case m.Exact.IsAbsent() && m.Prefix.IsAbsent():
		return "/", true
	case !m.Exact.IsAbsent():
		return m.Exact.Text()
	}
	prefix, ok := m.Prefix.Text()
	return prefix + "*", ok
}

// LatticeListeners are the listeners of VPC Lattice that the templates define.
func (n *Network) LatticeListeners() []*LatticeListener { return n.lattice.listeners.list }

// LatticeListener is the listener that an identifier names; nil if the templates do not define it.
func (n *Network) LatticeListener(identifier Value) *LatticeListener {
	return n.lattice.listeners.by[latticeResource(identifier, latticeListenerType)]
}

// LatticeListenersOf are the listeners of a service.
func (n *Network) LatticeListenersOf(s *LatticeService) []*LatticeListener {
	return n.lattice.listenersOf.of(s.Resource)
}

// UnplacedLatticeListeners are the listeners whose service is undecided.
func (n *Network) UnplacedLatticeListeners() []*LatticeListener {
	return n.lattice.listenersOf.unplaced()
}

// LatticeRules are the rules of VPC Lattice that the templates define.
func (n *Network) LatticeRules() []*LatticeRule { return n.lattice.rules }

// LatticeRulesOf are the rules of a listener in the order of their priorities; an undecided priority comes first.
func (n *Network) LatticeRulesOf(l *LatticeListener) []*LatticeRule {
	return n.lattice.rulesOf.of(l.Resource)
}

// UnplacedLatticeRules are the rules whose listener is undecided.
func (n *Network) UnplacedLatticeRules() []*LatticeRule { return n.lattice.rulesOf.unplaced() }

// LatticeForwardedBy is a service that forwards to a target group, with the listener or the rule that says so.
type LatticeForwardedBy struct {
	Service  *LatticeService
	Listener *LatticeListener
	// Rule is nil for the default action of the listener.
	Rule *LatticeRule
}

// LatticeForwardedBy are the services that forward to a target group.
func (n *Network) LatticeForwardedBy(tg *LatticeTargetGroup) []LatticeForwardedBy {
	return n.lattice.forwardedBy[resourceKey(tg.Resource)]
}

// LatticeActionsOf are the default action of a listener, then the actions of its rules.
func (n *Network) LatticeActionsOf(l *LatticeListener) []LatticeAction {
	list := []LatticeAction{l.DefaultAction}
	for _, rule := range n.LatticeRulesOf(l) {
		list = append(list, rule.Action)
	}
	return list
}

func (n *Network) indexLatticeListeners() {
	collect(n, &n.lattice.listeners, latticeListenerType, func(r *Resource) *LatticeListener {
		return &LatticeListener{Resource: r, DefaultAction: readLatticeAction(property(r, "DefaultAction"))}
	})
	for _, l := range n.lattice.listeners.list {
		n.lattice.listenersOf.addLattice(l.ServiceIdentifier().Value, l)
	}
	for _, r := range n.OfType(latticeRuleType) {
		rule := &LatticeRule{Resource: r, Match: readLatticeMatch(property(r, "Match")), Action: readLatticeAction(property(r, "Action"))}
		n.lattice.rules = append(n.lattice.rules, rule)
		n.lattice.rulesOf.addLattice(rule.ListenerIdentifier().Value, rule)
	}
	for _, list := range n.lattice.rulesOf.by {
		slices.SortStableFunc(list, func(a, b *LatticeRule) int {
			return cmp.Compare(a.Priority().Int(), b.Priority().Int())
		})
	}
	n.indexLatticeForwards()
}

// indexLatticeForwards collects who forwards to each target group.
func (n *Network) indexLatticeForwards() {
	n.lattice.forwardedBy = map[key][]LatticeForwardedBy{}
	add := func(by LatticeForwardedBy, action LatticeAction) {
		for _, f := range action.Forwards {
			k := latticeKey(f.TargetGroup.Value)
			n.lattice.forwardedBy[k] = append(n.lattice.forwardedBy[k], by)
		}
	}
	for _, l := range n.lattice.listeners.list {
		by := LatticeForwardedBy{Service: n.LatticeService(l.ServiceIdentifier().Value), Listener: l}
		add(by, l.DefaultAction)
		for _, rule := range n.LatticeRulesOf(l) {
			by.Rule = rule
			add(by, rule.Action)
		}
	}
}

// LatticeRequest is an HTTP request as far as rules of VPC Lattice look at it.
type LatticeRequest struct {
	// Path is the path, or a pattern for all paths that match it.
	Path string
	// Route is the rule whose requests are meant, if any: what else it asks for holds for them.
	Route *LatticeRule
}

// LatticeOutcome is one thing that a listener can do with a request: the action of a rule, or its own default action.
type LatticeOutcome struct {
	// Rule is nil for the default action.
	Rule     *LatticeRule
	Listener *LatticeListener
	// Maybe says that it is not known whether this is the outcome, and Why the reason.
	Maybe bool
	Why   Doubt
}

// Resource is the rule or the listener.
func (o LatticeOutcome) Resource() *Resource {
	if o.Rule != nil {
		return o.Rule.Resource
	}
	return o.Listener.Resource
}

// Action is what the outcome does with the request.
func (o LatticeOutcome) Action() LatticeAction {
	if o.Rule != nil {
		return o.Rule.Action
	}
	return o.Listener.DefaultAction
}

// LatticeOutcomes are what a listener can do with a request: all rules that may take it, up to the first that certainly
// does.
func (n *Network) LatticeOutcomes(l *LatticeListener, q LatticeRequest) []LatticeOutcome {
	var list []LatticeOutcome
	for _, rule := range n.UnplacedLatticeRules() {
		if rule.Match.matches(q).is != No {
			list = append(list, LatticeOutcome{Rule: rule, Listener: l, Maybe: true, Why: Doubt{At: rule.ListenerIdentifier()}})
		}
	}
	for _, rule := range n.LatticeRulesOf(l) {
		found := rule.matches(q)
		if found.is == No || found.byRequest && q.Route != nil {
			continue
		}
		o := LatticeOutcome{Rule: rule, Listener: l, Maybe: found.is == Maybe, Why: found.why}
		if _, ok := rule.Priority().Number(); !ok && !o.Maybe {
			o.Maybe, o.Why = true, Doubt{At: rule.Priority()}
		}
		list = append(list, o)
		if !o.Maybe {
			return list
		}
	}
	return append(list, LatticeOutcome{Listener: l})
}

// LatticeTakenBefore are the rules that come before the route of a request and take some of its requests, such as those of
// one method.
func (n *Network) LatticeTakenBefore(l *LatticeListener, q LatticeRequest) []LatticeOutcome {
	var list []LatticeOutcome
	for _, rule := range n.LatticeRulesOf(l) {
		if rule == q.Route {
			return list
		}
		if found := rule.matches(q); found.byRequest && found.is == Maybe {
			list = append(list, LatticeOutcome{Rule: rule, Listener: l, Maybe: true, Why: found.why})
		}
	}
	return nil
}

// matches says whether a rule takes a request.
func (r *LatticeRule) matches(q LatticeRequest) match {
	found := r.Match.matches(q)
	if r.Exists == Maybe && found.is == Yes {
		return match{is: Maybe, why: Doubt{Kind: ExistenceUndecided, At: Whole(r.Resource)}}
	}
	return found
}

// matches says whether a request is what a rule asks for.
func (m LatticeMatch) matches(q LatticeRequest) match {
	result := m.matchesPath(q.Path)
	if result.is == No {
		return result
	}
	if m.At.IsUndecided() && !m.At.IsMap() {
		return undecidedMatch(m.At)
	}
	if !m.Method.IsAbsent() && !q.Route.asksForMethod(m.Method) {
		result = worse(result, match{is: Maybe, byRequest: m.Method.IsLiteral(), why: Doubt{Kind: OtherCondition, At: m.Method, Field: HTTPMethod}})
	}
	for _, header := range m.Headers {
		if !q.Route.asksForHeader(header) {
			result = worse(result, match{is: Maybe, byRequest: header.IsMap(), why: Doubt{Kind: OtherCondition, At: header, Field: HTTPHeader}})
		}
	}
	return result
}

// worse is the first of two matches, or the second if it leaves more open.
func worse(a, b match) match {
	if b.is < a.is || a.is == Maybe && a.byRequest && !b.byRequest {
		return b
	}
	return a
}

// asksForMethod reports whether a route asks for the same method, so that it is the method of all its requests.
func (r *LatticeRule) asksForMethod(method Property) bool {
	return r != nil && Equal(r.Match.Method.Value, method.Value) == Yes
}

// asksForHeader reports whether a route asks for the same header, so that all its requests have it.
func (r *LatticeRule) asksForHeader(header Property) bool {
	return r != nil && slices.ContainsFunc(r.Match.Headers, func(own Property) bool { return Equal(own.Value, header.Value) == Yes })
}

// matchesPath says whether all paths that are asked for are those of the rule.
func (m LatticeMatch) matchesPath(asked string) match {
	path, isPrefix := m.Exact, m.Exact.IsAbsent()
	if isPrefix {
		path = m.Prefix
	}
	text, ok := path.Text()
	switch {
	case path.IsAbsent():
		return match{is: Yes}
	case !ok:
		return undecidedMatch(path)
	}
	covers := pathCovers(text, asked, isPrefix)
	ignoringCase := pathCovers(strings.ToLower(text), strings.ToLower(asked), isPrefix)
	switch sensitive, known := m.PathCase.Bool(); {
	case covers == ignoringCase:
	case m.PathCase.IsAbsent() || known && !sensitive:
		covers = ignoringCase
	case !known:
		return undecidedMatch(m.PathCase)
	}
	if covers {
		return match{is: Yes}
	}
	return match{is: No}
}

// pathCovers reports whether a path, or a prefix, is that of all paths that are asked for. VPC Lattice knows no wildcards.
func pathCovers(path, asked string, isPrefix bool) bool {
	if !isPrefix {
		return path == asked
	}
	end := strings.IndexAny(asked, "*?")
	if end < 0 {
		end = len(asked)
	}
	return strings.HasPrefix(asked[:end], path)
}
