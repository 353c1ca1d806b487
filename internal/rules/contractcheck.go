package rules

import (
	"regexp"
	"strings"
)

// The transports of a contract.
const (
	TransportPrivateLink = "privatelink"
	TransportLattice     = "lattice"
	TransportRouted      = "routed"
)

const (
	// MaxContractName is how many characters the name of a contract has at most.
	MaxContractName = 128
	// MaxParameterValue is how many characters an SSM parameter of the standard tier takes.
	MaxParameterValue = 4096
	// MaxAdvancedParameterValue is how many characters one of the advanced tier takes.
	MaxAdvancedParameterValue = 8192
)

var (
	contractName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]*$`)
	vpcID        = regexp.MustCompile(`^vpc-[0-9a-f]{8}([0-9a-f]{9})?$`)
	zoneName     = regexp.MustCompile(`^[a-z]{2,}(-[a-z]+)+-\d+(-[a-z0-9]+)*[a-z](-[a-z0-9-]+)?$`)
	hostedZoneID = regexp.MustCompile(`^Z[A-Z0-9]{1,31}$`)
)

// CheckContractName reports a name that cannot be a part of the names of SSM parameters.
func CheckContractName(r *Report, property, name string) {
	if !contractName.MatchString(name) || len(name) > MaxContractName {
		r.Add(ContractName, property, "%q is not the name of a contract", name)
	}
}

// CheckContractShare reports a principal with which parameters cannot be shared.
func CheckContractShare(r *Report, property, principal string) {
	fields := strings.SplitN(principal, ":", 6)
	switch {
	case IsAccountID(principal) || organizationARN.MatchString(principal):
	case len(fields) == 6 && (fields[2] == "iam" || fields[2] == "sts"):
		r.AddWithFix(ContractShare, property, "share with the account: its stacks read the parameters by their own roles", "%q is an IAM principal", principal)
	default:
		r.Add(ContractShare, property, "%q is not an account, an organization or an organizational unit", principal)
	}
}

// CheckVpcID reports what is no ID of a VPC.
func CheckVpcID(r *Report, property, id string) {
	if !vpcID.MatchString(id) {
		r.Add(ContractForm, property, "%q is not the ID of a VPC", id)
	}
}

// CheckHostedZoneID reports what is no ID of a hosted zone.
func CheckHostedZoneID(r *Report, property, id string) {
	if !hostedZoneID.MatchString(id) {
		r.Add(ContractForm, property, "%q is not the ID of a hosted zone", id)
	}
}

// IsZoneName reports whether a text has the form of the name of an Availability Zone, such as eu-west-1a.
func IsZoneName(name string) bool { return zoneName.MatchString(name) }
