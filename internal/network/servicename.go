package network

import (
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// ServiceNameProblem says why a service name leads to no endpoint service.
type ServiceNameProblem int

// The problems with service names.
const (
	// NoServiceNameProblem is a name that leads to an endpoint service.
	NoServiceNameProblem ServiceNameProblem = iota
	// ServiceNameUndecided is a name that only the deployment decides.
	ServiceNameUndecided
	// ServiceNotLoaded is the name of an endpoint service that the templates do not define, or not by that name.
	ServiceNotLoaded
	// ServiceOfAWS is the name of an AWS service.
	ServiceOfAWS
	// ServiceNameInvalid is text that cannot be a service name.
	ServiceNameInvalid
	// ServiceIDInstead is the ID of an endpoint service in place of its name.
	ServiceIDInstead
	// ServiceNamePrefixWrong is a name with the prefix of another Region or partition.
	ServiceNamePrefixWrong
)

// ServiceNameResult is what the service name of an endpoint leads to.
type ServiceNameResult struct {
	// Service is the endpoint service; nil if there is a problem.
	Service *EndpointService
	Problem ServiceNameProblem
	// About is the endpoint service that the problem is about, if it is known.
	About *EndpointService
	// Prefix is what the name begins with, and WantPrefix what it should begin with.
	Prefix, WantPrefix string
}

// ServiceOf is the endpoint service that an endpoint names; services are endpoint services that people gave for names
// that the templates have as text.
func (n *Network) ServiceOf(e *Endpoint, services map[string]string) ServiceNameResult {
	v := e.ServiceName().Value
	if name, ok := v.Text(); ok {
		return n.serviceNamed(name, services)
	}
	parts := v.Parts()
	if len(parts) == 0 {
		parts = []Value{v}
	}
	for i, part := range parts {
		r, attribute, ok := part.Reference()
		if !ok || r.Type != endpointServiceType {
			continue
		}
		s := n.endpointServices.by[r]
		if len(parts) == 1 && attribute != "ServiceName" {
			return ServiceNameResult{Problem: ServiceIDInstead, About: s}
		}
		if prefix, want, wrong := wrongPrefix(parts[:i], s); wrong {
			return ServiceNameResult{Problem: ServiceNamePrefixWrong, About: s, Prefix: prefix, WantPrefix: want}
		}
		return ServiceNameResult{Service: s}
	}
	return ServiceNameResult{Problem: ServiceNameUndecided}
}

// wrongPrefix finds a prefix that is not that of a service's Region, in what stands before the ID of the service.
func wrongPrefix(before []Value, s *EndpointService) (prefix, want string, wrong bool) {
	region := s.Stack.Region
	if region == "" || len(before) != 1 {
		return "", "", false
	}
	prefix, ok := before[0].Text()
	want = rules.ServiceNamePrefix(region) + "." + region + "."
	return prefix, want, ok && prefix != want
}

func (n *Network) serviceNamed(name string, services map[string]string) ServiceNameResult {
	if given, ok := services[name]; ok {
		if s := n.EndpointServiceNamed(given); s != nil {
			return ServiceNameResult{Service: s}
		}
	}
	switch _, kind := rules.ParseServiceName(name); kind {
	case rules.EndpointService:
		return ServiceNameResult{Problem: ServiceNotLoaded}
	case rules.AwsService:
		return ServiceNameResult{Problem: ServiceOfAWS}
	}
	return ServiceNameResult{Problem: ServiceNameInvalid}
}

// PrincipalMatch says whether a principal lets an account connect.
type PrincipalMatch struct {
	Is Tristate
	// Because is the reason.
	Because PrincipalReason
	// Arn is the principal, if the template has it as text.
	Arn string
}

// PrincipalReason is why a principal lets an account connect, or does not.
type PrincipalReason int

// The reasons.
const (
	// PrincipalEveryone is *.
	PrincipalEveryone PrincipalReason = iota
	// PrincipalAccount is the account itself.
	PrincipalAccount
	// PrincipalWithinAccount is a role or a user of the account, which must create the endpoint.
	PrincipalWithinAccount
	// PrincipalUndecided is a principal that only the deployment decides.
	PrincipalUndecided
	// AccountUnknown is an account that is not known.
	AccountUnknown
	// PrincipalOfOther is a principal of another account.
	PrincipalOfOther
	// PrincipalOfOtherPartition is a principal of another partition.
	PrincipalOfOtherPartition
)

// MatchPrincipal says whether a principal lets an account connect, to a service in a Region.
func MatchPrincipal(principal Value, account, region string) PrincipalMatch {
	arn, ok := principal.Text()
	if !ok {
		return matchPartition(principal, account, region)
	}
	switch {
	case arn == rules.Everyone:
		return PrincipalMatch{Yes, PrincipalEveryone, arn}
	case arn == account && account != "":
		return PrincipalMatch{Yes, PrincipalAccount, arn}
	}
	partition, rest, _ := strings.Cut(strings.TrimPrefix(arn, "arn:"), ":")
	if region != "" && partition != rules.Partition(region) {
		return PrincipalMatch{No, PrincipalOfOtherPartition, arn}
	}
	return matchOwner(partition, ":"+rest, account)
}

// matchPartition matches an ARN whose partition alone is undecided, such as arn:${AWS::Partition}:iam::….
func matchPartition(principal Value, account, region string) PrincipalMatch {
	if parts := principal.Parts(); len(parts) == 3 {
		first, isText := parts[0].Text()
		last, isEnd := parts[2].Text()
		if isText && isEnd && first == "arn:" && strings.HasPrefix(last, ":iam::") {
			return matchOwner(rules.Partition(region), last, account)
		}
	}
	return PrincipalMatch{Is: Maybe, Because: PrincipalUndecided}
}

// matchOwner matches the part of an ARN behind the partition.
func matchOwner(partition, rest, account string) PrincipalMatch {
	owner, name, _ := strings.Cut(strings.TrimPrefix(rest, ":iam::"), ":")
	arn := "arn:" + partition + ":iam::" + owner + ":" + name
	switch {
	case account == "":
		return PrincipalMatch{Maybe, AccountUnknown, arn}
	case owner != account:
		return PrincipalMatch{No, PrincipalOfOther, arn}
	case name == "root":
		return PrincipalMatch{Yes, PrincipalAccount, arn}
	}
	return PrincipalMatch{Maybe, PrincipalWithinAccount, arn}
}
