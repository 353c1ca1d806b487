package reachability

import (
	"fmt"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
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
	fix := settle(v)
	if s := v.Settle(); strings.HasPrefix(s, "--parameter") {
		fix = "give " + strings.TrimSuffix(s, "VALUE") + "@STACK.OUTPUT, the output of the provider's stack that has the service name, with the provider's templates"
	}
	return nil, doubts("which service it connects to is not known: "+why, fix).at(endpoint, "ServiceName")
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
			"load the provider's assembly or template, and give --service "+name+"=STACK/LOGICAL-ID",
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
		return doubts("the Regions of the two stacks are not known", "give --template FILE=ACCOUNT/REGION, or deploy the stacks to named Regions").at(endpoint, "ServiceName").at(service)
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
			s := judgePrincipal(v, account, service.Stack.Region).at(grant, "AllowedPrincipals", i)
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
		return doubts("the consumer's account is not known", "give --template FILE=ACCOUNT/REGION, or deploy the stack to a named account").at(endpoint)
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

// judgePrincipal finds whether a principal lets an account connect.
func judgePrincipal(v assembly.Value, account, region string) step {
	arn, ok := v.Text()
	if !ok {
		if parts := v.Parts(); len(parts) > 1 {
			// The partition alone is not known.
			first, isText := parts[0].Text()
			last, isEnd := parts[len(parts)-1].Text()
			if isText && isEnd && len(parts) == 3 && first == "arn:" && strings.HasPrefix(last, ":iam::") {
				return judgeOwner(rules.Partition(region), last, account)
			}
		}
		return doubts(fmt.Sprintf("a principal is not known: %s", v), settle(v))
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
	return judgeOwner(partition, ":"+rest, account)
}

// judgeOwner judges the part of an ARN behind the partition.
func judgeOwner(partition, rest, account string) step {
	owner, who, _ := strings.Cut(strings.TrimPrefix(rest, ":iam::"), ":")
	switch {
	case account == "":
		return doubts("the consumer's account is not known", "give --template FILE=ACCOUNT/REGION, or deploy the stack to a named account")
	case owner != account:
		return blocks("", "")
	case who == "root":
		return passes("account " + account + " may connect")
	}
	return assumable(fmt.Sprintf("arn:%s:iam::%s:%s may connect, which must be who creates the endpoint: the role of CloudFormation", partition, owner, who), "principal", "deploy the consumer with that role, or allow the account")
}

// acceptance finds whether connections are accepted without an act of the provider.
func (t *trail) acceptance(endpoint, service *assembly.Resource) step {
	v := service.Property("AcceptanceRequired")
	required, ok := v.Bool()
	switch {
	case v.Kind() == assembly.Absent:
		return assumable("AcceptanceRequired is not set, and AWS requires acceptance then", "accepted", "let the provider accept the connection of "+displayName(endpoint)).at(service, "AcceptanceRequired")
	case !ok:
		return undecided(service, "AcceptanceRequired")
	case required:
		return assumable("the provider must accept the connection after it is deployed", "accepted", "let the provider accept the connection of "+displayName(endpoint)).at(service, "AcceptanceRequired")
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
	var missing []string
	for i, subnet := range subnets {
		own := t.facts.zoneOf(subnet)
		result := assembly.No
		var facts []string
		for _, their := range theirs {
			same, fact := own.same(t.facts.zoneOf(their))
			if assembly.Equal(subnet, their) == assembly.Yes {
				same = assembly.Yes
			}
			result = max(result, same)
			facts = append(facts, fact...)
		}
		switch result {
		case assembly.No:
			return blocks(
				fmt.Sprintf("subnet %s is in %s, which is no zone of the service", nameOf(subnet), own),
				"use subnets in the zones of the NLB, by zone ID",
			).breaks(rules.ZoneOfService.ID).at(endpoint, "SubnetIds", i)
		case assembly.Maybe:
			missing = append(missing, facts...)
			if doubt == nil {
				s := doubts(fmt.Sprintf("whether %s, with subnet %s, is a zone of the service is not known", own, nameOf(subnet)), "").at(endpoint, "SubnetIds", i)
				doubt = &s
			}
		}
	}
	if doubt != nil {
		slices.Sort(missing)
		doubt.fix = "give " + strings.Join(slices.Compact(missing), " ")
		return *doubt
	}
	fine.says += " in zones of the service"
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
	id      string
	name    assembly.Value
	stack   *assembly.Stack // of the subnet; nil for a subnet that is defined elsewhere
	missing string          // the fact that would tell
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
func (f Facts) zoneOf(subnet assembly.Value) availabilityZone {
	if id, ok := subnet.Text(); ok {
		return availabilityZone{id: f.ZoneIDs[id], missing: "--zone " + id + "=ZONE-ID"}
	}
	r, _, ok := subnet.Reference()
	if !ok || r.Type != "AWS::EC2::Subnet" {
		return availabilityZone{missing: "the subnet " + subnet.String()}
	}
	z := availabilityZone{name: r.Property("AvailabilityZone"), stack: r.Stack}
	if id := text(r, "AvailabilityZoneId"); id != "" {
		z.id = id
		return z
	}
	name, ok := z.name.Text()
	switch {
	case r.Stack.Account == "":
		z.missing = "--template " + r.Stack.File + "=ACCOUNT/REGION"
	case !ok:
		z.missing = "the zone of " + displayName(r) + " by name"
	default:
		z.id = f.ZoneIDs[r.Stack.Account+"/"+name]
		z.missing = "--zone " + r.Stack.Account + "/" + name + "=ZONE-ID"
	}
	return z
}

// same finds whether two zones are one, and else the fact that would tell. Names say it within one account only.
func (z availabilityZone) same(other availabilityZone) (assembly.Tristate, []string) {
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
	var missing []string
	for _, one := range []availabilityZone{z, other} {
		if one.id == "" && one.missing != "" && !slices.Contains(missing, one.missing) {
			missing = append(missing, one.missing)
		}
	}
	return assembly.Maybe, missing
}
