package rules

// What a consumer meets first: names, the service it connects to, the endpoint and its clients.
var (
	DomainNameForm = Rule{
		ID: "privateapi:domainName", Severity: Error,
		Summary: "A domain name is in lower case, has two labels or more, each of at most 63 characters, and no trailing dot.",
		AWS:     "InvalidDomainName: The specified domain name is not valid",
		Fix:     "write the full name, such as api.pricing.internal.company.com",
		Source:  route53 + "DomainNameFormat.html",
	}
	DomainNameTwice = Rule{
		ID: "privateapi:domainNameTwice", Severity: Error,
		Summary: "Each domain name is listed once.",
		AWS:     "ConflictingDomainExists: two hosted zones of one name cannot serve one VPC",
		Fix:     "remove the repetition",
		Source:  route53 + "hosted-zone-private-considerations.html",
	}
	ParentZone = Rule{
		ID: "privateapi:parentZone", Severity: Warning,
		Summary: "A private hosted zone hides every name below it in the VPCs that it is associated with.",
		AWS:     "answers NXDOMAIN for all other names in the zone",
		Fix:     "use the full name of the API",
		Source:  route53 + "hosted-zone-private-considerations.html",
	}
	DnsModes = Rule{
		ID: "privateapi:dnsModes", Severity: Error,
		Summary: "A consumer resolves the API by a private hosted zone, by the provider's private DNS name, or by neither; never by two.",
		AWS:     "InvalidParameter: private-dns-enabled cannot be set because there is already a conflicting DNS domain in the VPC",
		Fix:     "choose one DnsMode",
		Source:  privateLink + "manage-dns-names.html",
	}
	PrivateDnsMissing = Rule{
		ID: "privateapi:privateDnsMissing", Severity: Error,
		Summary: "Private DNS on an endpoint needs a private DNS name on the service.",
		AWS:     "InvalidParameter: the service does not provide a private DNS name",
		Fix:     "set PrivateDnsName on the provider, or ProvidesPrivateDns on the import of one that has it, or use a private hosted zone",
		Source:  privateLink + "manage-dns-names.html",
	}
	PrivateDnsAcceptance = Rule{
		ID: "privateapi:privateDnsAcceptance", Severity: Error,
		Summary: "Private DNS on an endpoint cannot be enabled while the connection waits to be accepted.",
		AWS:     "InvalidParameter: Private DNS can only be enabled after the endpoint connection is accepted by the owner of the service",
		Fix:     "use a private hosted zone, turn off AcceptanceRequired on the provider, or import the service without AcceptanceRequired once the connection is accepted",
		Source:  privateLink + "manage-dns-names.html",
	}
	PrivateDnsUnverified = Rule{
		ID: "privateapi:privateDnsUnverified", Severity: Warning,
		Summary: "Private DNS on an endpoint needs the provider's name to be verified before the endpoint is deployed.",
		AWS:     "InvalidParameter: the service has not verified the private DNS name",
		Fix:     "deploy the provider, publish its TXT record, wait until the name is verified, then deploy the consumer",
		Source:  privateLink + "manage-dns-names.html",
	}
	HostedZoneVpc = Rule{
		ID: "privateapi:hostedZoneVpc", Severity: Error,
		Summary: "CloudFormation associates a private hosted zone only with VPCs of its own account, and with each of them once.",
		AWS:     "ConflictingDomainExists, or NotAuthorizedException for a VPC of another account",
		Fix:     "define a consumer in that account, or use a Route 53 Profile",
		Source:  route53 + "hosted-zone-private-associate-vpcs-different-accounts.html",
	}
	VpcDns = Rule{
		ID: "privateapi:vpcDns", Severity: Error,
		Summary: "Private names need DNS support and DNS hostnames on the VPC.",
		AWS:     "InvalidParameter: Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true; a private hosted zone is not consulted",
		Fix:     "set EnableDnsHostnames and EnableDnsSupport on the VPC",
		Source:  route53 + "hosted-zone-private-considerations.html",
	}
	ServiceName = Rule{
		ID: "privateapi:serviceName", Severity: Error,
		Summary: "An endpoint service is named com.amazonaws.vpce.<region>.vpce-svc-<id>; nobody can choose the name.",
		AWS:     "InvalidServiceName: The Vpc Endpoint Service does not exist",
		Fix:     "take the name from the provider: com.amazonaws.vpce.<region>.vpce-svc-<id>",
		Source:  privateLink + "create-endpoint-service.html",
	}
	ServiceRegion = Rule{
		ID: "privateapi:serviceRegion", Severity: Error,
		Summary: "The Region of a service is the one in its name, and other Regions reach it only if it supports them.",
		AWS:     "InvalidServiceName: The Vpc Endpoint Service does not exist",
		Fix:     "make ServiceRegion the Region in the service name",
		Source:  privateLink + "create-endpoint-service.html",
	}
	EndpointPolicy = Rule{
		ID: "privateapi:endpointPolicy", Severity: Error,
		Summary: "An endpoint to an endpoint service accepts no policy but full access: only AWS's own services evaluate one.",
		AWS:     "InvalidParameter: Service com.amazonaws.vpce.<region>.vpce-svc-<id> only supports the full-access endpoint policy",
		Fix: "remove EndpointPolicy and name the Clients; for identity use mTLS on the provider's ALB, or VPC Lattice; " +
			"ForceEndpointPolicy emits it anyway",
		Source: privateLink + "vpc-endpoints-access.html",
	}
	EndpointPolicyForm = Rule{
		ID: "privateapi:endpointPolicyForm", Severity: Error,
		Summary: "An endpoint policy names principals, actions and resources, in at most 20,480 characters.",
		AWS:     "rejects the policy",
		Fix:     "list at least one of each",
		Source:  privateLink + "vpc-endpoints-access.html",
	}
	EndpointPolicyUnverified = Rule{
		ID: "privateapi:endpointPolicyUnverified", Severity: Warning,
		Summary: "Whether a service accepts an endpoint policy is unknown while its name is decided at deploy time.",
		AWS:     "rejects the policy if the service is not its own",
		Fix:     "import the service with PrivateApiService_FromAwsService, or remove EndpointPolicy",
		Source:  privateLink + "vpc-endpoints-access.html",
	}
	EndpointPolicyForced = Rule{
		ID: "privateapi:endpointPolicyForced", Severity: Warning,
		Summary: "A policy is emitted on an endpoint whose service does not evaluate one.",
		AWS:     "rejects it as of November 2026: Service only supports the full-access endpoint policy",
		Fix:     "remove ForceEndpointPolicy and EndpointPolicy",
		Source:  privateLink + "vpc-endpoints-access.html",
	}
	EndpointID = Rule{
		ID: "privateapi:endpointId", Severity: Error,
		Summary: "An endpoint has an ID like vpce-0123456789abcdef0.",
		AWS:     "InvalidVpcEndpointId.Malformed: the ID is not valid",
		Fix:     "use the ID that VpcEndpointId returns where the endpoint is defined",
		Source:  ec2API + "API_DescribeVpcEndpoints.html",
	}
	CrossStage = Rule{
		ID: "privateapi:crossStage", Severity: Error,
		Summary: "A provider that a consumer names is in the same stage of the app.",
		AWS:     "is not involved: CDK allows no dependencies between stages",
		Fix:     "pass the service name, and import the service with PrivateApiService_FromAttributes",
		Source:  "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.Stage.html",
	}
	ClientConnections = Rule{
		ID: "privateapi:clientConnections", Severity: Error,
		Summary: "A client has a security group: the endpoint lets in nobody else.",
		AWS:     "drops the calls of a client without one",
		Fix:     "place the client in the VPC, or name its security group",
		Source:  privateLink + "create-interface-endpoint.html",
	}
	SubnetSelection = Rule{
		ID: "privateapi:subnetSelection", Severity: Error,
		Summary: "A selection of subnets selects subnets that the VPC has.",
		AWS:     "has no subnet in which to place it",
		Fix:     "select subnets that the VPC has",
		Source:  "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.SubnetSelection.html",
	}
	SubnetPerZone = Rule{
		ID: "privateapi:subnetPerZone", Severity: Error,
		Summary: "A load balancer and an endpoint have one subnet in each Availability Zone.",
		AWS:     "DuplicateSubnetsInSameZone for an endpoint; a load balancer cannot be attached to multiple subnets in the same Availability Zone",
		Fix:     "select one subnet in each Availability Zone",
		Source:  privateLink + "create-interface-endpoint.html",
	}
	ZoneOfService = Rule{
		ID: "privateapi:zoneOfService", Severity: Error,
		Summary: "The subnets of an endpoint are in Availability Zones of the service.",
		AWS:     "InvalidParameter: The VPC endpoint service does not support the availability zone of the subnet",
		Fix:     "select subnets in the provider's Availability Zones",
		Source:  privateLink + "create-interface-endpoint.html",
	}
	AvailabilityZoneID = Rule{
		ID: "privateapi:availabilityZoneId", Severity: Error,
		Summary: "Accounts agree on Availability Zone IDs such as euw1-az1, not on names such as eu-west-1a.",
		AWS:     "InvalidParameter: The VPC endpoint service does not support the availability zone of the subnet",
		Fix:     "use IDs: aws ec2 describe-availability-zones shows both",
		Source:  "https://docs.aws.amazon.com/ram/latest/userguide/working-with-az-ids.html",
	}
	IPAddressType = Rule{
		ID: "privateapi:ipAddressType", Severity: Error,
		Summary: "An endpoint uses only IP address types that the service supports.",
		AWS:     "rejects the endpoint",
		Fix:     "use ipv4, or let the provider support ipv6",
		Source:  privateLink + "create-endpoint-service.html",
	}
)
