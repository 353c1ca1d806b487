package rules

import "fmt"

// The rules of a consumer: names, the service that it connects to, the endpoint and its clients.
var (
	DomainNameForm = Rule{
		ID: "privateapi:domainName", Severity: Error,
		Summary: "A domain name is in lower case, with at least two labels of up to 63 characters each and no trailing dot.",
		AWS:     "InvalidDomainName: The specified domain name is not valid",
		Fix:     "write the full name, such as api.pricing.internal.company.com",
		Source:  route53 + "DomainNameFormat.html",
	}
	DomainNameTwice = Rule{
		ID: "privateapi:domainNameTwice", Severity: Error,
		Summary: "Each domain name is listed once.",
		AWS:     "ConflictingDomainExists: two hosted zones with the same name cannot be associated with one VPC",
		Fix:     "remove the duplicate",
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
		Summary: "A consumer resolves the API through a private hosted zone or the provider's private DNS name, never through both.",
		AWS:     "InvalidParameter: private-dns-enabled cannot be set because there is already a conflicting DNS domain in the VPC",
		Fix:     "choose one DnsMode",
		Source:  privateLink + "manage-dns-names.html",
	}
	PrivateDnsMissing = Rule{
		ID: "privateapi:privateDnsMissing", Severity: Error,
		Summary: "Private DNS on an endpoint needs a private DNS name on the service.",
		AWS:     "InvalidParameter: the service does not provide a private DNS name",
		Fix:     "set PrivateDnsName on the provider, set ProvidesPrivateDns on an imported service that has one, or use a private hosted zone",
		Source:  privateLink + "manage-dns-names.html",
	}
	PrivateDnsAcceptance = Rule{
		ID: "privateapi:privateDnsAcceptance", Severity: Error,
		Summary: "Private DNS on an endpoint cannot be enabled while the connection waits to be accepted.",
		AWS:     "InvalidParameter: Private DNS can only be enabled after the endpoint connection is accepted by the owner of the service",
		Fix:     "deploy with DnsMode_NONE, have the owner of the service accept the connection, then deploy with DnsMode_PRIVATE_DNS and ConnectionAccepted; or use a private hosted zone",
		Source:  privateLink + "manage-dns-names.html",
	}
	PrivateDnsUnverified = Rule{
		ID: "privateapi:privateDnsUnverified", Severity: Warning,
		Summary: "Private DNS on an endpoint needs the provider's name to be verified before the endpoint is deployed.",
		AWS:     "InvalidParameter: the service has not verified the private DNS name",
		Fix:     "define a Verification of package dnsverification for the provider; or deploy the provider, publish its TXT record, wait until the name is verified, then deploy the consumer",
		Source:  privateLink + "manage-dns-names.html",
	}
	HostedZoneVpc = Rule{
		ID: "privateapi:hostedZoneVpc", Severity: Error,
		Summary: "CloudFormation associates a private hosted zone only with VPCs in the same account, and with each VPC once.",
		AWS:     "ConflictingDomainExists, or NotAuthorizedException for a VPC in another account",
		Fix:     "define a consumer in that account, or use a Route 53 Profile",
		Source:  route53 + "hosted-zone-private-associate-vpcs-different-accounts.html",
	}
	HostedZoneTwice = Rule{
		ID: "privateapi:hostedZoneTwice", Severity: Error,
		Summary: "A VPC is associated with at most one private hosted zone for each name.",
		AWS:     "ConflictingDomainExists: the VPC is associated with another zone with that name",
		Fix:     "call the API by the consumer that has the zone, which serves the whole VPC: add the clients to it by Clients or AllowClient",
		Source:  route53 + "hosted-zone-private-considerations.html",
	}
	NameTwice = Rule{
		ID: "privateapi:nameTwice", Severity: Error,
		Summary: "In a VPC, and in a hosted zone, one consumer of an app has a name.",
		AWS:     "InvalidChangeBatch: the record set already exists; of two zones of different names that have it, answers from the more specific one alone",
		Fix:     "call the API by the consumer that has the name, which serves the whole VPC: add the clients to it by Clients or AllowClient",
		Source:  route53 + "hosted-zone-private-considerations.html",
	}
	HostedZoneName = Rule{
		ID: "privateapi:hostedZoneName", Severity: Error,
		Summary: "A record is in a hosted zone whose name it has, or ends in.",
		AWS:     "InvalidChangeBatch: RRSet with DNS name is not permitted in zone",
		Fix:     "use names in the zone, or a zone that has the names",
		Source:  route53 + "resource-record-sets-values-shared.html",
	}
	HostedZoneAssociation = Rule{
		ID: "privateapi:hostedZoneAssociation", Severity: Error,
		Summary: "The hosted zone of a consumer is private, and associated with the consumer's VPC.",
		AWS:     "does not answer from the zone in that VPC: clients do not find the API",
		Fix:     "associate the zone with the consumer's VPC before you define the consumer, such as by AddVpc",
		Source:  route53 + "hosted-zone-private-considerations.html",
	}
	HostedZoneAccount = Rule{
		ID: "privateapi:hostedZoneAccount", Severity: Error,
		Summary: "CloudFormation creates records only in hosted zones of its own account.",
		AWS:     "AccessDenied: the stack is not authorized to access the hosted zone",
		Fix:     "set DnsMode to DnsMode_NONE, and define the record in the account of the zone with the consumer's DnsName",
		Source:  cfnEc2 + "aws-resource-route53-recordset.html",
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
		Summary: "The name of an endpoint service is com.amazonaws.vpce.<region>.vpce-svc-<id>; EC2 generates it.",
		AWS:     "InvalidServiceName: The Vpc Endpoint Service does not exist",
		Fix:     "copy the name from the provider: com.amazonaws.vpce.<region>.vpce-svc-<id>",
		Source:  privateLink + "create-endpoint-service.html",
	}
	ServiceRegion = Rule{
		ID: "privateapi:serviceRegion", Severity: Error,
		Summary: "A service is in the Region that its name contains; other Regions can connect only if the service supports them.",
		AWS:     "InvalidServiceName: The Vpc Endpoint Service does not exist",
		Fix:     "set ServiceRegion to the Region in the service name",
		Source:  privateLink + "create-endpoint-service.html",
	}
	EndpointPolicy = Rule{
		ID: "privateapi:endpointPolicy", Severity: Error,
		Summary: "An endpoint for an endpoint service accepts only the full-access policy: only AWS services evaluate endpoint policies.",
		AWS:     "InvalidParameter: Service com.amazonaws.vpce.<region>.vpce-svc-<id> only supports the full-access endpoint policy",
		Fix: "remove EndpointPolicy and list the Clients; to verify identities, use mTLS on the provider's ALB, or VPC Lattice; " +
			"ForceEndpointPolicy sets the policy anyway",
		Source: privateLink + "vpc-endpoints-access.html",
	}
	EndpointPolicyForm = Rule{
		ID: "privateapi:endpointPolicyForm", Severity: Error,
		Summary: "An endpoint policy lists principals, actions and resources, in at most 20,480 characters.",
		AWS:     "rejects the policy",
		Fix:     "list at least one of each",
		Source:  privateLink + "vpc-endpoints-access.html",
	}
	EndpointPolicyUnverified = Rule{
		ID: "privateapi:endpointPolicyUnverified", Severity: Warning,
		Summary: "A service with an endpoint policy is known to accept one: not every AWS service does, and endpoint services never do.",
		AWS:     "allows full access, or rejects the policy, if the service does not support endpoint policies",
		Fix: "look at VpcEndpointPolicySupported in aws ec2 describe-vpc-endpoint-services, then acknowledge this warning or remove " +
			"EndpointPolicy",
		Source: privateLink + "vpc-endpoints-access.html",
	}
	EndpointPolicyForced = Rule{
		ID: "privateapi:endpointPolicyForced", Severity: Warning,
		Summary: "An endpoint has a policy that its service does not evaluate.",
		AWS:     "rejects it as of November 2026: Service only supports the full-access endpoint policy",
		Fix:     "remove ForceEndpointPolicy and EndpointPolicy",
		Source:  privateLink + "vpc-endpoints-access.html",
	}
	PreviousService = Rule{
		ID: "privateapi:previousService", Severity: Error,
		Summary: "A consumer moves between two services over different transports, and resolves their names by private hosted zones.",
		AWS:     "replaces or removes the old connection in the deployment that makes the new one, while clients still hold its address",
		Fix:     "set Previous only to move to another transport",
		Source:  "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html",
	}
	PreviousNames = Rule{
		ID: "privateapi:previousNames", Severity: Error,
		Summary: "Both services that a consumer moves between have the names that clients call, and the new one has all ports of the old one.",
		AWS:     "changes the alias for all clients at once: a call of a name or a port that the new service does not have fails",
		Fix:     "move between services that have the same names and ports, or list in DomainNames the names that both have",
		Source:  route53 + "resource-record-sets-choosing-alias-non-alias.html",
	}
	RecordRoutingPolicy = Rule{
		ID: "privateapi:recordRoutingPolicy", Severity: Error,
		Summary: "Only records that a consumer defines have a routing policy, and only weighted ones have weights.",
		AWS:     "has no record to route by, or refuses it: InvalidInput, a record has one routing policy",
		Fix:     "set RoutingPolicy to RoutingPolicy_WEIGHTED for Weight and PreviousWeight, or remove them",
		Source:  route53 + "routing-policy.html",
	}
	RecordWeight = Rule{
		ID: "privateapi:recordWeight", Severity: Error,
		Summary: fmt.Sprintf("The weight of a record is a whole number %s, and not all weights are 0.", RecordWeights.between()),
		AWS:     "InvalidInput for another number; if all weights are 0, answers with each record equally often",
		Fix:     fmt.Sprintf("use whole numbers %s, such as 10 and 90, and at least one that is not 0", RecordWeights.between()),
		Source:  route53 + "resource-record-sets-values-weighted-alias.html",
	}
	EndpointID = Rule{
		ID: "privateapi:endpointId", Severity: Error,
		Summary: "The ID of an endpoint looks like vpce-0123456789abcdef0.",
		AWS:     "InvalidVpcEndpointId.Malformed: the ID is not valid",
		Fix:     "use the ID that VpcEndpointId returns where the endpoint is defined",
		Source:  ec2API + "API_DescribeVpcEndpoints.html",
	}
	CrossStage = Rule{
		ID: "privateapi:crossStage", Severity: Error,
		Summary: "A consumer and its provider are in the same stage of the app.",
		AWS:     "is not involved: CDK allows no dependencies between stages",
		Fix:     "pass the service name, and import the service with PrivateApiService_FromAttributes",
		Source:  "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.Stage.html",
	}
	EndpointSecurityGroup = Rule{
		ID: "privateapi:endpointSecurityGroup", Severity: Error,
		Summary: "The security groups of an endpoint belong to its VPC, and each is listed once.",
		AWS:     "InvalidParameter: Security group and subnet belong to different networks; CloudFormation rejects a group that is listed twice",
		Fix:     "use security groups of the consumer's VPC",
		Source:  privateLink + "create-interface-endpoint.html",
	}
	SecurityGroupQuota = Rule{
		ID: "privateapi:securityGroupQuota", Severity: Warning,
		Summary: fmt.Sprintf("By default, a network interface can have %d security groups, and so can an endpoint.", MaxSecurityGroups),
		AWS:     "SecurityGroupsPerInterfaceLimitExceeded, unless the quota of the account is higher; it can be up to 16",
		Fix:     "move rules to fewer security groups, or request a higher quota of security groups per network interface first",
		Source:  vpcGuide + "amazon-vpc-limits.html",
	}
	SecurityGroupMutable = Rule{
		ID: "privateapi:securityGroupMutable", Severity: Warning,
		Summary: "CDK adds no rules to a security group that is imported with Mutable set to false.",
		AWS:     "drops packets from clients that no rule of the security group allows",
		Fix:     "import it without Mutable, or allow the clients where the security group is defined",
		Source:  "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.SecurityGroupImportOptions.html",
	}
	SecurityGroupAttached = Rule{
		ID: "privateapi:securityGroupAttached", Severity: Error,
		Summary: "A security group can join a consumer's Connections only if the consumer attaches it to its own endpoint.",
		AWS:     "never learns of the security group",
		Fix:     "attach the security group where the connection is defined, and remove the call of AddSecurityGroup",
		Source:  "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.Connections.html",
	}
	ClientConnections = Rule{
		ID: "privateapi:clientConnections", Severity: Error,
		Summary: "Each client has a security group, from which the endpoint allows traffic.",
		AWS:     "drops packets from a client without one",
		Fix:     "place the client in the VPC, or pass its security group",
		Source:  privateLink + "create-interface-endpoint.html",
	}
	ClientVpc = Rule{
		ID: "privateapi:clientVpc", Severity: Warning,
		Summary: "A client is in the VPC of the endpoint, or in one that has a route to it.",
		AWS:     "has no route from the client to the endpoint; a security group rule cannot name a group of a VPC that is not peered",
		Fix:     "give the client's VPC a consumer of its own, or connect the VPCs, and list the client's in HostedZoneVpcs if another app does",
		Source:  privateLink + "create-interface-endpoint.html",
	}
	SubnetSelection = Rule{
		ID: "privateapi:subnetSelection", Severity: Error,
		Summary: "A subnet selection matches subnets of the VPC.",
		AWS:     "has no subnet in which to place it",
		Fix:     "select subnets that exist in the VPC",
		Source:  "https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.SubnetSelection.html",
	}
	SubnetPerZone = Rule{
		ID: "privateapi:subnetPerZone", Severity: Error,
		Summary: "A load balancer or an endpoint has at most one subnet in each Availability Zone.",
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
		Summary: "Availability Zone IDs such as euw1-az1 are the same in all accounts; names such as eu-west-1a are not.",
		AWS:     "InvalidParameter: The VPC endpoint service does not support the availability zone of the subnet",
		Fix:     "use IDs: aws ec2 describe-availability-zones shows both",
		Source:  "https://docs.aws.amazon.com/ram/latest/userguide/working-with-az-ids.html",
	}
	SubnetIPv6 = Rule{
		ID: "privateapi:dualStackSubnet", Severity: Error,
		Summary: "The subnets of a dual-stack load balancer, and of an endpoint with IPv6, have IPv6 CIDR blocks.",
		AWS:     "ValidationError: You must specify subnets with an associated IPv6 CIDR block",
		Fix:     "set IpProtocol_DUAL_STACK on the VPC, or use IPv4",
		Source:  networkLB + "network-load-balancers.html",
	}
	IPAddressType = Rule{
		ID: "privateapi:ipAddressType", Severity: Error,
		Summary: "An endpoint uses only IP address types that the service supports.",
		AWS:     "rejects the endpoint",
		Fix:     "use ipv4, or add ipv6 to SupportedIpAddressTypes of the service",
		Source:  privateLink + "create-endpoint-service.html",
	}
)
