package network

import "strings"

// Actions are what a listener or a rule does with a request.
type Actions struct {
	// List is the property that has the actions.
	List Property
	// Items are the actions, if the template has the list.
	Items []Action
	// Forwards are the target groups of all forward actions.
	Forwards []Forward
}

// Action is one action.
type Action struct {
	// At is the whole action.
	At Property
	// Type is forward, fixed-response, redirect, authenticate-oidc, ….
	Type Property
}

// ValidatesJwt reports whether the action validates a JWT.
func (a Action) ValidatesJwt() bool { return a.Type.Literal() == jwtValidation }

// JwksEndpoint is the URL of the keys with which the action validates JWTs.
func (a Action) JwksEndpoint() Property {
	return a.At.Field("JwtValidationConfig").Field("JwksEndpoint")
}

const jwtValidation = "jwt-validation"

// Forward is one target group of a forward action.
type Forward struct {
	// Action is the index of the action.
	Action int
	// TargetGroup is the ARN of the target group.
	TargetGroup Property
	// Weight is its share of the requests; absent for one. It has a value only within ForwardConfig.
	Weight Property
	// IsWeighted says that the target group is an item of ForwardConfig.
	IsWeighted bool
	// IsShifted says that ECS moves requests between the target group and another one, whatever their weights are.
	IsShifted bool
}

// place identifies the list that a forward is in, and its target group.
type place struct {
	action     int
	isWeighted bool
	group      key
}

func (f Forward) place() place {
	return place{f.Action, f.IsWeighted, valueKey(f.TargetGroup.Value)}
}

// Repeated are the items of ForwardConfig whose target group the same action lists before, each behind the first that does.
func (a Actions) Repeated() (pairs [][2]Forward) {
	first := map[place]Forward{}
	for _, f := range a.Forwards {
		at := f.place()
		if !f.IsWeighted || at.group == (key{}) {
			continue
		}
		if earlier, again := first[at]; again {
			pairs = append(pairs, [2]Forward{earlier, f})
		} else {
			first[at] = f
		}
	}
	return pairs
}

func readActions(list Property) Actions {
	actions := Actions{List: list}
	if list.IsList() {
		for _, at := range list.listed() {
			actions.Items = append(actions.Items, Action{At: at, Type: at.Field("Type")})
		}
	}
	for i, at := range list.Items() {
		if at.Field("Type").Literal() != "forward" {
			continue
		}
		if tg := at.Field("TargetGroupArn"); !tg.IsAbsent() {
			actions.Forwards = append(actions.Forwards, Forward{Action: i, TargetGroup: tg})
		}
		for _, item := range at.Field("ForwardConfig").Field("TargetGroups").listed() {
			actions.Forwards = append(actions.Forwards, Forward{
				Action: i, TargetGroup: item.Field("TargetGroupArn"), Weight: item.Field("Weight"), IsWeighted: true,
			})
		}
	}
	return actions
}

// Answer is the status with which the actions answer a request themselves. answers says whether they do, and known
// whether the template decides it.
func (a Actions) Answer() (status string, answers, known bool) {
	if !a.List.IsList() {
		return "", false, false
	}
	for _, action := range a.Items {
		kind, ok := action.Type.Text()
		if !ok {
			return "", false, false
		}
		config := map[string]string{"fixed-response": "FixedResponseConfig", "redirect": "RedirectConfig"}[kind]
		if config == "" {
			continue
		}
		status, known = action.At.Field(config).Field("StatusCode").Text()
		return strings.TrimPrefix(status, "HTTP_"), true, known
	}
	return "", false, true
}

// Authenticates is the action that requires credentials; ok is false if none does.
func (a Actions) Authenticates() (action Action, ok bool) {
	for _, action := range a.Items {
		if kind := action.Type.Literal(); strings.HasPrefix(kind, "authenticate-") || kind == jwtValidation {
			return action, true
		}
	}
	return Action{}, false
}

// Targets are the target groups to which the actions forward requests: those of the first forward action, without those
// of weight 0, unless ECS moves requests to them.
type Targets struct {
	Groups []Property
	// Undecided is the property that leaves open where requests go; nil if it is known.
	Undecided *Property
	// NoForward says that there is no forward action; At is the one without a target group else.
	NoForward bool
	At        Property
	// AllZero says that all target groups have the weight 0; At is the list of them.
	AllZero bool
}

// Targets are the target groups to which the actions forward requests.
func (a Actions) Targets() Targets {
	if !a.List.IsList() {
		return Targets{Undecided: &a.List}
	}
	for i, action := range a.Items {
		if action.Type.IsUndecided() {
			return Targets{Undecided: &action.Type}
		}
		if action.Type.Literal() == "forward" {
			return a.targetsOf(i)
		}
	}
	return Targets{NoForward: true, At: a.List}
}

func (a Actions) targetsOf(action int) Targets {
	list := a.Items[action].At.Field("ForwardConfig").Field("TargetGroups")
	if !list.IsListOrAbsent() {
		return Targets{Undecided: &list}
	}
	weighted := list.Len() > 0
	var groups []Property
	for _, f := range a.Forwards {
		weight, isKnown := f.Weight.Number()
		if f.Action == action && f.IsWeighted == weighted && (!isKnown || weight > 0 || f.IsShifted) {
			groups = append(groups, f.TargetGroup)
		}
	}
	switch {
	case len(groups) > 0:
		return Targets{Groups: groups}
	case weighted:
		return Targets{AllZero: true, At: list}
	}
	return Targets{At: a.Items[action].At}
}

// UndecidedWeights are the forwards whose weight is undecided.
func (a Actions) UndecidedWeights() []Forward {
	var list []Forward
	for _, f := range a.Forwards {
		if f.IsWeighted && f.Weight.IsUndecided() {
			list = append(list, f)
		}
	}
	return list
}
