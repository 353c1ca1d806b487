package reachability

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

const endpointServiceType = "AWS::EC2::VPCEndpointService"

// serviceOf returns the endpoint service that an endpoint names, with what was found on the way.
func (m *Model) serviceOf(endpoint *assembly.Resource, facts Facts) (*assembly.Resource, step) {
	v := endpoint.Property("ServiceName")
	if name, ok := v.Text(); ok {
		return m.serviceByName(endpoint, name, facts)
	}
	parts := v.Parts()
	if len(parts) == 0 {
		parts = []assembly.Value{v}
	}
	for i, part := range parts {
		r, attribute, ok := part.Reference()
		if !ok || r.Type != endpointServiceType {
			continue
		}
		if len(parts) == 1 && attribute != "ServiceName" {
			return nil, blocks(
				fmt.Sprintf("ServiceName is the ID of %s, not its name", displayName(r)), rules.ServiceName.Fix,
			).breaks(rules.ServiceName.ID).at(endpoint, "ServiceName")
		}
		if s, wrong := wrongPrefix(parts[:i], r); wrong {
			return nil, s.at(endpoint, "ServiceName")
		}
		return r, passes("").at(endpoint, "ServiceName")
	}
	why := v.Why()
	if why == "" {
		why = v.String()
	}
	s := awaits("which service it connects to is not known: "+why, v)
	if settlement := settle(v); settlement.Kind == proof.SettleByParameter {
		s.fix = "set the parameter to the output of the provider's stack that has the service name, and load that stack too"
		s.settle = []Settlement{{Kind: proof.SettleByOutput, Subject: settlement.Subject}}
	}
	return nil, s.at(endpoint, "ServiceName")
}

// wrongPrefix finds whether what stands before the ID of a service is not what its name begins with.
func wrongPrefix(before []assembly.Value, service *assembly.Resource) (step, bool) {
	region := service.Stack.Region
	if region == "" || len(before) != 1 {
		return step{}, false
	}
	prefix, ok := before[0].Text()
	if want := rules.ServiceNamePrefix(region) + "." + region + "."; ok && prefix != want {
		return blocks(
			fmt.Sprintf("the service name begins with %s, and %s is in %s", prefix, displayName(service), region),
			"begin it with "+want,
		).breaks(rules.ServiceName.ID), true
	}
	return step{}, false
}

func (m *Model) serviceByName(endpoint *assembly.Resource, name string, facts Facts) (*assembly.Resource, step) {
	if given, ok := facts.Services[name]; ok {
		for _, r := range m.ofType(endpointServiceType) {
			if sameName(given, r) {
				return r, passes("").at(endpoint, "ServiceName")
			}
		}
	}
	switch _, kind := rules.ParseServiceName(name); kind {
	case rules.EndpointService:
		return nil, doubts(
			"no template says which resource "+name+" is",
			"load the provider's assembly or template, and say which endpoint service has the name",
			Settlement{Kind: proof.SettleByService, Subject: name},
		).at(endpoint, "ServiceName")
	case rules.AwsService:
		return nil, blocks(name+" is a service of AWS, not an endpoint service", rules.ServiceName.Fix).breaks(rules.ServiceName.ID).at(endpoint, "ServiceName")
	}
	return nil, blocks(
		fmt.Sprintf("%q is not the name of an endpoint service", name), rules.ServiceName.Fix,
	).breaks(rules.ServiceName.ID).at(endpoint, "ServiceName")
}

// connect walks from the endpoint into the service. It returns the service, or nil if the walk ends.
func (t *trail) connect(endpoint *assembly.Resource) *assembly.Resource {
	service, found := t.m.serviceOf(endpoint, t.facts)
	if !t.take(HopEndpointZones, t.zones(endpoint, service)) {
		return nil
	}
	if service == nil {
		t.take(HopEndpointService, found)
		return nil
	}
	ok := t.take(HopEndpointService, t.region(endpoint, service)) &&
		t.take(HopAllowedPrincipal, t.connected(endpoint, t.principal(endpoint, service))) &&
		t.take(HopAcceptance, t.accepted(endpoint, t.acceptance(endpoint, service)))
	if !ok {
		return nil
	}
	return service
}

// region finds whether the endpoint is in a Region from which the service can be reached.
func (t *trail) region(endpoint, service *assembly.Resource) step {
	if v := endpoint.Property("VpcEndpointType"); isUndecided(v) {
		return undecided(endpoint, "VpcEndpointType")
	}
	if kind := text(endpoint, "VpcEndpointType"); kind != "Interface" {
		return blocks(fmt.Sprintf("the endpoint is of type %q, which reaches no endpoint service behind an NLB", kind), "set VpcEndpointType to Interface").at(endpoint, "VpcEndpointType")
	}
	if s, wrong := unsupportedType(endpoint, service); wrong {
		return s
	}
	from, to := endpoint.Stack.Region, service.Stack.Region
	says := fmt.Sprintf("%s connects to %s", displayName(endpoint), displayName(service))
	named, isNamed := endpoint.Property("ServiceRegion").Text()
	switch {
	case endpoint.Property("ServiceRegion").Kind() != assembly.Absent && !isNamed:
		return undecided(endpoint, "ServiceRegion")
	case isNamed && to != "" && named != to:
		return blocks(fmt.Sprintf("ServiceRegion is %s, and %s is in %s", named, displayName(service), to), "set ServiceRegion to "+to).
			breaks(rules.ServiceRegion.ID).at(endpoint, "ServiceRegion").at(service)
	case from == to && (from != "" || endpoint.Stack == service.Stack):
		return passes(says).at(service)
	case from == "" || to == "":
		s := doubts("the Regions of the two stacks are not known", "deploy the stacks to named Regions")
		for _, stack := range []*assembly.Stack{endpoint.Stack, service.Stack} {
			if stack.Region == "" {
				s.settle = append(s.settle, environment(stack))
			}
		}
		return s.at(endpoint, "ServiceName").at(service)
	case !isNamed:
		return blocks(
			fmt.Sprintf("the endpoint is in %s, %s is in %s, and ServiceRegion is not set", from, displayName(service), to),
			"set ServiceRegion to "+to+", and let SupportedRegions of the service have "+from,
		).breaks(rules.ServiceRegion.ID).at(endpoint, "ServiceRegion").at(service)
	}
	for i, v := range items(service, "SupportedRegions") {
		switch name, ok := v.Text(); {
		case !ok:
			return undecided(service, "SupportedRegions")
		case name == from:
			return passes(says+" of "+to).at(service, "SupportedRegions", i)
		}
	}
	return blocks(fmt.Sprintf("%s is not among the Regions that %s supports", from, displayName(service)), "add "+from+" to SupportedRegions of the service").
		breaks(rules.ServiceRegion.ID).at(service, "SupportedRegions")
}

// principal finds whether the endpoint's account may connect. AWS lets the owner of a service connect without asking.
func (t *trail) principal(endpoint, service *assembly.Resource) step {
	account := endpoint.Stack.Account
	if endpoint.Stack == service.Stack || account != "" && account == service.Stack.Account {
		return passes("the service is the account's own")
	}
	var doubt *step
	for _, grant := range t.m.grantsOf[resourceKey(service)] {
		list := grant.Property("AllowedPrincipals")
		for i, v := range items(grant, "AllowedPrincipals") {
			s := judgePrincipal(v, endpoint.Stack, service.Stack.Region).at(grant, "AllowedPrincipals", i)
			if s.verdict == Reachable && list.Kind() == assembly.List {
				return s
			}
			if s.verdict != Blocked && doubt == nil {
				doubt = &s
			}
		}
	}
	if doubt != nil {
		return *doubt
	}
	if account == "" {
		return unknownAccount(endpoint.Stack).at(endpoint)
	}
	s := blocks(
		fmt.Sprintf("account %s is not among the allowed principals of %s: to it, the service does not exist", account, displayName(service)),
		fmt.Sprintf("allow arn:%s:iam::%s:root", rules.Partition(service.Stack.Region), account),
	).breaks(rules.ConsumerAllowed.ID)
	for _, grant := range t.m.grantsOf[resourceKey(service)] {
		s = s.at(grant, "AllowedPrincipals")
		if len(items(grant, "AllowedPrincipals")) == 1 {
			s = s.near(evidence(grant, "AllowedPrincipals", 0))
		}
	}
	return unless(s.near(evidence(service)), t.m.grantsOf, "ServiceId")
}

// environment is a settlement by the account and the Region of a stack.
func environment(stack *assembly.Stack) Settlement {
	for stack.Parent != nil {
		stack = stack.Parent
	}
	return Settlement{Kind: proof.SettleByEnvironment, Subject: stack.File}
}

// unknownAccount is a doubt until the account of the consumer's stack is known.
func unknownAccount(consumer *assembly.Stack) step {
	return doubts("the consumer's account is not known", "deploy the stack to a named account", environment(consumer))
}

// judgePrincipal finds whether a principal lets a stack's account connect.
func judgePrincipal(v assembly.Value, consumer *assembly.Stack, region string) step {
	account := consumer.Account
	arn, ok := v.Text()
	if !ok {
		if parts := v.Parts(); len(parts) > 1 {
			// The partition alone is not known.
			first, isText := parts[0].Text()
			last, isEnd := parts[len(parts)-1].Text()
			if isText && isEnd && len(parts) == 3 && first == "arn:" && strings.HasPrefix(last, ":iam::") {
				return judgeOwner(rules.Partition(region), last, consumer)
			}
		}
		return awaits(fmt.Sprintf("a principal is not known: %s", v), v)
	}
	switch {
	case arn == rules.Everyone:
		return passes("everyone may connect")
	case arn == account && account != "":
		return passes("account " + account + " may connect")
	}
	partition, rest, _ := strings.Cut(strings.TrimPrefix(arn, "arn:"), ":")
	if region != "" && partition != rules.Partition(region) {
		return blocks(arn+" is of another partition", "")
	}
	return judgeOwner(partition, ":"+rest, consumer)
}

// judgeOwner judges the part of an ARN behind the partition.
func judgeOwner(partition, rest string, consumer *assembly.Stack) step {
	account := consumer.Account
	owner, who, _ := strings.Cut(strings.TrimPrefix(rest, ":iam::"), ":")
	switch {
	case account == "":
		return unknownAccount(consumer)
	case owner != account:
		return blocks("", "")
	case who == "root":
		return passes("account " + account + " may connect")
	}
	return assumable(fmt.Sprintf("arn:%s:iam::%s:%s may connect, which must be who creates the endpoint: the role of CloudFormation", partition, owner, who), proof.AssumePrincipal, "deploy the consumer with that role, or allow the account")
}

// acceptance finds whether connections are accepted without an act of the provider.
func (t *trail) acceptance(endpoint, service *assembly.Resource) step {
	v := service.Property("AcceptanceRequired")
	required, ok := v.Bool()
	switch {
	case v.Kind() == assembly.Absent:
		return assumable("AcceptanceRequired is not set, and AWS requires acceptance then", proof.AssumeAccepted, "let the provider accept the connection of "+displayName(endpoint)).at(service, "AcceptanceRequired")
	case !ok:
		return undecided(service, "AcceptanceRequired")
	case required:
		return assumable("the provider must accept the connection after it is deployed", proof.AssumeAccepted, "let the provider accept the connection of "+displayName(endpoint)).at(service, "AcceptanceRequired")
	}
	return passes("connections are accepted as they come").at(service, "AcceptanceRequired")
}

// zones finds whether the endpoint is in Availability Zones of the service. Across Regions they need not agree.
func (t *trail) zones(endpoint, service *assembly.Resource) step {
	subnets := items(endpoint, "SubnetIds")
	if len(subnets) == 0 {
		return blocks("the endpoint has no subnet, so no network interface", "name its SubnetIds").at(endpoint, "SubnetIds")
	}
	for i, subnet := range subnets {
		if r, _, ok := subnet.Reference(); ok && assembly.Equal(r.Property("VpcId"), endpoint.Property("VpcId")) == assembly.No {
			return blocks(fmt.Sprintf("subnet %s is of %s, and the endpoint in %s", nameOf(subnet), nameOf(r.Property("VpcId")), nameOf(endpoint.Property("VpcId"))), "name subnets of that VPC").at(endpoint, "SubnetIds", i)
		}
	}
	fine := passes(fmt.Sprintf("the endpoint is in %d subnets", len(subnets))).at(endpoint, "SubnetIds")
	if service == nil || service.Stack.Region != endpoint.Stack.Region {
		return fine
	}
	var theirs []assembly.Value
	for _, v := range items(service, "NetworkLoadBalancerArns") {
		if nlb, _, ok := v.Reference(); ok {
			own := subnetsOfLoadBalancer(nlb)
			if len(own) == 0 && nlb.Type == loadBalancerType {
				return blocks(displayName(nlb)+" has no subnet, so the service is in no zone", "name its Subnets").at(nlb, "Subnets")
			}
			theirs = append(theirs, own...)
		}
	}
	if len(theirs) == 0 {
		return fine
	}
	var doubt *step
	var missing []availabilityZone
	for i, subnet := range subnets {
		own := zoneOf(subnet, t.facts)
		result := assembly.No
		var unknown []availabilityZone
		for _, their := range theirs {
			same, zones := own.same(zoneOf(their, t.facts))
			if assembly.Equal(subnet, their) == assembly.Yes {
				same = assembly.Yes
			}
			result = max(result, same)
			unknown = append(unknown, zones...)
		}
		switch result {
		case assembly.No:
			return blocks(
				fmt.Sprintf("subnet %s is in %s, which is no zone of the service", nameOf(subnet), own),
				"use subnets in the zones of the NLB, by zone ID",
			).breaks(rules.ZoneOfService.ID).at(endpoint, "SubnetIds", i)
		case assembly.Maybe:
			missing = append(missing, unknown...)
			if doubt == nil {
				s := doubts(fmt.Sprintf("whether %s, with subnet %s, is a zone of the service is not known", own, nameOf(subnet)), "").at(endpoint, "SubnetIds", i)
				doubt = &s
			}
		}
	}
	if doubt != nil {
		return doubt.untilZones(missing)
	}
	fine.message += " in zones of the service"
	return fine
}

// subnetsOfLoadBalancer returns the subnets of a load balancer, by either property.
func subnetsOfLoadBalancer(r *assembly.Resource) []assembly.Value {
	subnets := items(r, "Subnets")
	for i := range items(r, "SubnetMappings") {
		subnets = append(subnets, r.Property("SubnetMappings", i, "SubnetId"))
	}
	return subnets
}

// availabilityZone is what is known of the zone of a subnet.
type availabilityZone struct {
	id     string
	name   assembly.Value
	stack  *assembly.Stack // of the subnet; nil for a subnet that is defined elsewhere
	settle Settlement      // what would tell the ID
	fix    string          // what to change in the template, if that would tell too
}

// untilZones makes a step a doubt until zones are known.
func (s step) untilZones(zones []availabilityZone) step {
	var fixes []string
	for _, z := range zones {
		if !slices.Contains(s.settle, z.settle) {
			s.settle = append(s.settle, z.settle)
		}
		if z.fix != "" && !slices.Contains(fixes, z.fix) {
			fixes = append(fixes, z.fix)
		}
	}
	slices.SortFunc(s.settle, func(a, b Settlement) int { return strings.Compare(a.String(), b.String()) })
	slices.Sort(fixes)
	s.verdict, s.fix = Unknown, strings.Join(fixes, ", ")
	return s
}

func (z availabilityZone) String() string {
	switch {
	case z.id != "":
		return z.id
	case z.name.Kind() == assembly.Absent:
		return "a zone that is not known"
	case z.stack != nil && z.stack.Account != "":
		return z.name.String() + " of account " + z.stack.Account
	}
	return z.name.String()
}

// zoneOf returns what is known of the zone of a subnet.
func zoneOf(subnet assembly.Value, facts Facts) availabilityZone {
	if id, ok := subnet.Text(); ok {
		return availabilityZone{id: facts.ZoneIDs[id], settle: Settlement{Kind: proof.SettleByZone, Subject: id}}
	}
	r, _, ok := subnet.Reference()
	if !ok || r.Type != "AWS::EC2::Subnet" {
		return availabilityZone{settle: settle(subnet)}
	}
	z := availabilityZone{name: r.Property("AvailabilityZone"), stack: r.Stack}
	if id := text(r, "AvailabilityZoneId"); id != "" {
		z.id = id
		return z
	}
	name, ok := z.name.Text()
	switch {
	case r.Stack.Account == "":
		z.settle, z.fix = environment(r.Stack), "deploy stack "+r.Stack.Name+" to a named account"
	case !ok:
		z.settle, z.fix = settle(z.name), "set AvailabilityZone of "+displayName(r)+" to the name of a zone"
	default:
		place := r.Stack.Account + "/" + name
		z.id = facts.ZoneIDs[place]
		z.settle = Settlement{Kind: proof.SettleByZone, Subject: place}
	}
	return z
}

// same finds whether two zones are one, and else which of them must be known to tell. Names tell within one account only.
func (z availabilityZone) same(other availabilityZone) (assembly.Tristate, []availabilityZone) {
	if z.id != "" && other.id != "" {
		if z.id == other.id {
			return assembly.Yes, nil
		}
		return assembly.No, nil
	}
	if z.stack != nil && other.stack != nil && z.name.Kind() != assembly.Absent && other.name.Kind() != assembly.Absent {
		if z.stack == other.stack || z.stack.Account != "" && z.stack.Account == other.stack.Account {
			if result := assembly.Same(z.name, other.name); result != assembly.Maybe {
				return result, nil
			}
		}
	}
	var unknown []availabilityZone
	for _, one := range []availabilityZone{z, other} {
		if one.id == "" {
			unknown = append(unknown, one)
		}
	}
	return assembly.Maybe, unknown
}
