package rules

// The rules of a consumer over VPC Lattice.
var (
	LatticeServiceTwice = Rule{
		ID: "privateapi:latticeServiceTwice", Severity: Error,
		Summary: "A service is associated with a service network once, and each custom domain name is there once.",
		AWS:     "ConflictException: the service, or its domain name, is associated with the service network already",
		Fix:     "use one consumer for each API of a VPC, and APIs with different domain names",
		Source:  latticeGuide + "service-custom-domain-name.html",
	}
	LatticeBothShared = Rule{
		ID: "privateapi:latticeBothShared", Severity: Error,
		Summary: "A consumer associates a service with a service network if its account owns one of the two.",
		AWS:     "AccessDeniedException: a service and a service network that are both shared with an account cannot be associated by it",
		Fix:     "define a ServiceNetwork of this account for the VPC, or let the owner of the service or of the service network associate the two",
		Source:  latticeGuide + "sharing.html",
	}
	LatticeEndpointNames = Rule{
		ID: "privateapi:latticeEndpointNames", Severity: Error,
		Summary: "A VPC with a service-network endpoint resolves the names of services by records of its owner.",
		AWS:     "returns no name for a service behind the endpoint: CloudFormation has DnsEntries, which are empty",
		Fix: "set DnsMode to DnsMode_NONE, deploy, and define a record that leads to the DnsEntry of the service in " +
			"aws ec2 describe-vpc-endpoint-associations; or use ServiceNetworkConnection_VPC_ASSOCIATION",
		Source: privateLink + "privatelink-access-service-networks.html",
	}
)
