package network

import (
	"regexp"
	"slices"
	"time"
)

const scheduleType = "AWS::Scheduler::Schedule"

// Acceptor is a function that accepts connections to an endpoint service by a list of accounts, as constructs/acceptance defines it. What it
// does is read from its code: the list from the constant in the first line, and the rest by comparing the handler with those of this module.
type Acceptor struct {
	*Resource
	// IsKnown says that its handler is one of this module.
	IsKnown bool
	// CutRemoved says that it rejects connections of accounts that it does not list.
	CutRemoved bool
	// Consumers are the accounts that it lists.
	Consumers []ListedAccount
	// Unreadable says that the handler cannot read the list: it then changes nothing.
	Unreadable bool
}

// ListedAccount is an account on the list of an acceptor.
type ListedAccount struct {
	Label string
	// Account is the account ID; "" if the deployment decides it, and then Undecided is the value.
	Account   string
	Undecided Value
	// Expires is until when it is accepted; zero for ever.
	Expires time.Time
}

// Code is the property that has its code.
func (a *Acceptor) Code() Property { return property(a.Resource, "Code") }

// AcceptorsOf are the acceptors of an endpoint service.
func (n *Network) AcceptorsOf(s *EndpointService) []*Acceptor { return n.acceptors[s.Resource] }

// indexAcceptors collects the acceptors of the templates.
func (n *Network) indexAcceptors() {
	n.acceptors, n.schedules = map[*Resource][]*Acceptor{}, map[*Resource][]*Resource{}
	for _, r := range n.OfType(scheduleType) {
		if function := ofType(r.Property("Target", "Arn"), functionType); function != nil {
			n.schedules[function] = append(n.schedules[function], r)
		}
	}
	for _, r := range n.OfType(functionType) {
		config, ok := readInlineConfig(r.Property("Code", "ZipFile"))
		if !ok {
			continue
		}
		_, id, isText := config.text(config.fields["serviceId"])
		consumers, isList := config.fields["consumers"].([]any)
		if service := ofType(id, endpointServiceType); isText && isList && service != nil {
			n.acceptors[service] = append(n.acceptors[service], newAcceptor(r, config, consumers))
		}
	}
}

func newAcceptor(r *Resource, config inlineConfig, consumers []any) *Acceptor {
	a := &Acceptor{Resource: r, IsKnown: config.isHandlerOf("acceptance")}
	cut, isBool := config.fields["cutRemoved"].(bool)
	a.CutRemoved, a.Unreadable = cut, !isBool || cut && len(consumers) == 0
	seen := map[string]bool{}
	for _, item := range consumers {
		listed, ok := listedAccount(config, item)
		if !ok || listed.Account != "" && seen[listed.Account] {
			a.Unreadable = true
			continue
		}
		seen[listed.Account] = true
		a.Consumers = append(a.Consumers, listed)
	}
	return a
}

var accountForm = regexp.MustCompile(`^\d{12}$`)

func listedAccount(config inlineConfig, item any) (listed ListedAccount, ok bool) {
	fields, _ := item.(map[string]any)
	account, undecided, isText := config.text(fields["account"])
	label, _, _ := config.text(fields["label"])
	listed = ListedAccount{Label: label, Account: account, Undecided: undecided}
	if !isText || account != "" && !accountForm.MatchString(account) {
		return listed, false
	}
	expires, hasExpiry := fields["expires"].(string)
	if !hasExpiry || expires == "" {
		return listed, fields["expires"] == nil || expires == "" && hasExpiry
	}
	end, err := time.Parse(time.RFC3339, expires)
	if day, notDay := time.Parse(time.DateOnly, expires); notDay == nil {
		end, err = day.AddDate(0, 0, 1), nil
	}
	listed.Expires = end
	return listed, err == nil
}

// acceptorActions are what an acceptor does at EC2.
var acceptorActions = []string{"ec2:DescribeVpcEndpointConnections", "ec2:AcceptVpcEndpointConnections"}

// NotRunning is what keeps an acceptor of an endpoint service from running, or may: what would start it, or what its role may not do. ok is
// false if nothing does. Notifications only make it run sooner, and are not counted: EC2 drops one that the topic or its key does not let it
// publish.
func (n *Network) NotRunning(a *Acceptor, s *EndpointService) (why string, at Property, ok bool) {
	r := Derive(n, notRunning{a, s}, n.whyNotRunning)
	return r.why, r.at, r.why != ""
}

type notRunning struct {
	acceptor *Acceptor
	service  *EndpointService
}

type notRunningBecause struct {
	why string
	at  Property
}

func (n *Network) whyNotRunning(of notRunning) notRunningBecause {
	a := of.acceptor
	role := n.Role(a.Property("Role"))
	switch vpc := property(a.Resource, "VpcConfig"); {
	case a.Stack.Account != of.service.Stack.Account || a.Stack.Region != of.service.Stack.Region:
		return notRunningBecause{"it is in another account or Region than the service, or that is not known", Whole(a.Resource)}
	case !slices.ContainsFunc(n.schedules[a.Resource], n.isOn):
		return notRunningBecause{"no schedule of the templates is certain to start it", a.Code()}
	case !vpc.IsAbsent():
		return notRunningBecause{"it is in a VPC, and whether it reaches EC2 from there is not followed", vpc}
	case property(a.Resource, "Handler").Literal() != "index.handler":
		return notRunningBecause{"it runs another handler", property(a.Resource, "Handler")}
	case role == nil:
		return notRunningBecause{"its role is not in the templates", property(a.Resource, "Role")}
	}
	isService := func(v Value) bool { return partOf(v, endpointServiceType) == of.service.Resource }
	for _, action := range acceptorActions {
		if is, at := n.Grants(role, action, isService); is != Yes {
			return notRunningBecause{"its role is not certain to have " + action, at}
		}
	}
	return notRunningBecause{}
}

// isOn reports whether a schedule is certain to start the function that it targets.
func (n *Network) isOn(schedule *Resource) bool {
	target, state := property(schedule, "Target"), property(schedule, "State")
	role := n.Role(target.Field("RoleArn").Value)
	if schedule.Exists != Yes || role == nil || !state.IsAbsent() && state.Literal() != "ENABLED" {
		return false
	}
	function := ofType(target.Field("Arn").Value, functionType)
	is, _ := n.Grants(role, "lambda:InvokeFunction", func(v Value) bool { return ofType(v, functionType) == function })
	return is == Yes && property(schedule, "StartDate").IsAbsent() && property(schedule, "EndDate").IsAbsent()
}
