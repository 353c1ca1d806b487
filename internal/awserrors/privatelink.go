package awserrors

// privateLink are the errors of EC2 about endpoints, services and connections.
var privateLink = []Error{
	{
		Says:  []string{"InvalidServiceName: The Vpc Endpoint Service '…' does not exist"},
		Cause: "The account is not on the list of principals: for it, the service does not exist. Or the name has a typo, is of another Region without `ServiceRegion`, or the service does not support the Region of the caller",
		Do:    "The provider adds the account to `AllowedAccounts` and deploys; then deploy again. [A consumer cannot connect](runbook.md#a-consumer-cannot-connect)",
		Rule:  "serviceName",
	},
	{
		Says:  []string{"InvalidParameter: The VPC endpoint service … does not support the availability zone of the subnet: …."},
		Cause: "By ID, the zone is none of the service. Names of zones differ between accounts. Or the provider has added the zone, and the service has not followed",
		Do:    "Compare zone IDs, choose other subnets; or have the provider [add the zone](runbook.md#add-a-zone), with its second step",
		Rule:  "zoneOfService",
	},
	{
		Says:  []string{"DuplicateSubnetsInSameZone: Found another VPC endpoint subnet in the availability zone of …"},
		Cause: "Two subnets of the endpoint are in one zone",
		Do:    "One subnet in each zone: `Subnets` with `OnePerAz`, or `ZoneIds`",
		Rule:  "subnetPerZone",
	},
	{
		Says:  []string{"InvalidParameter: Service … only supports the full-access endpoint policy."},
		Cause: "The endpoint has a policy, and leads to a service that is not AWS's",
		Do:    "Remove `EndpointPolicy` and `ForceEndpointPolicy`; `Clients` decide who calls",
		Rule:  "endpointPolicy",
	},
	{
		Says:  []string{"UnauthorizedOperation: User: … is not authorized to perform: vpce:AllowMultiRegion"},
		Cause: "The role that deploys may not connect to a service of another Region",
		Do:    "Allow `vpce:AllowMultiRegion` to the execution role of CloudFormation, or look for the SCP that denies it",
	},
	{
		Says:  []string{"InvalidParameter: Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for …"},
		Cause: "The VPC has one of the two switched off",
		Do:    "Set `EnableDnsSupport` and `EnableDnsHostnames` of the VPC, deploy it first",
		Rule:  "vpcDns",
	},
	{
		Says:  []string{"InvalidParameter: Private DNS can't be enabled because the service … does not provide a private DNS name."},
		Cause: "`DnsMode_PRIVATE_DNS`, and the provider has no `PrivateDnsName`",
		Do:    "Take a private hosted zone, the default; or have the provider [set a name](private-dns.md#the-provider)",
		Rule:  "privateDnsMissing",
	},
	{
		Says:  []string{"InvalidParameter: Private DNS can't be enabled because the service … has not verified the private DNS name."},
		Cause: "AWS has not found the TXT record yet, or nobody has asked it to look",
		Do:    "The provider deploys a [`Verification`](private-dns.md#the-provider), and the consumer after it",
		Rule:  "privateDnsUnverified",
	},
	{
		Says:  []string{"InvalidParameter: Private DNS can only be enabled after the endpoint connection is accepted by the owner of …."},
		Cause: "The connection waits",
		Do:    "[Two deployments](private-dns.md#the-consumer): `DnsMode_NONE`, acceptance, then `DnsMode_PRIVATE_DNS` with `ConnectionAccepted`",
		Rule:  "privateDnsAcceptance",
	},
	{
		Says:  []string{"InvalidParameter: private-dns-enabled cannot be set because there is already a conflicting DNS domain in the VPC"},
		Cause: "A private hosted zone of the same name is associated with the VPC, or another endpoint has the name",
		Do:    "One of the two alone; from a zone to private DNS [by `DnsMode_NONE`](private-dns.md#the-consumer)",
		Rule:  "dnsModes",
	},
	{
		Says:  []string{"InvalidParameter: Service … has no private DNS name"},
		Cause: "A verification is started for a service without `PrivateDnsName`",
		Do:    "Deploy the provider with the name first",
		Rule:  "verificationName",
	},
	{
		Says:  []string{"ExistingVpcEndpointConnections: Service … has existing active VPC Endpoint connections!"},
		Cause: "Endpoints are `available` or `pendingAcceptance`, and the service would be deleted, or lose its NLB: the stack goes away, an ID changed, or a property that replaces the NLB",
		Do:    "To delete: [in the right order](runbook.md#delete-in-the-right-order). In an update: undo the change; [a resource was renamed](runbook.md#a-resource-was-renamed), or [replace the provider](runbook.md#replace-a-provider)",
	},
	{
		Says:  []string{"InvalidParameter: … is associated with another endpoint service"},
		Cause: "An NLB belongs to one service; mostly, a service got another ID in the code and the old one still stands",
		Do:    "Change the ID back, or [move the resource](runbook.md#a-resource-was-renamed)",
	},
	{
		Says:  []string{"InvalidParameter: … is not a Network Load Balancer of this account"},
		Cause: "The ARN is of an ALB, of another account or Region, or of an NLB that was deleted by hand",
		Do:    "Let a provider define the NLB; if it was deleted, [a stack is stuck](runbook.md#a-stack-is-stuck)",
	},
	{
		Says:  []string{"InvalidPrincipal: Invalid Principal: '…'"},
		Cause: "The principal does not exist, has a path, or is an organization or a form that AWS does not take. A deleted role is enough",
		Do:    "List accounts: `AllowedAccounts`",
		Rule:  "principal",
	},
	{
		Says:  []string{"InvalidVpcEndpointId.NotFound: The Vpc Endpoint Id '…' does not exist or is in a state that does not allow this"},
		Cause: "Accepted or rejected by somebody else in the meantime, deleted, or of another service. It stands in `Unsuccessful`, under a success",
		Do:    "List the connections again: [who is connected now](runbook.md#who-is-connected-now)",
	},
	{
		Says:  []string{"InvalidConnectionNotification.NotFound: The connection notification '…' does not exist"},
		Cause: "The notification of the acceptor was deleted outside of CloudFormation",
		Do:    "Remove the acceptor, deploy, and define it again",
	},
	{
		Says:  []string{"InvalidParameter: Invalid connection events …"},
		Cause: "A notification of your own has other events than `Connect`, `Accept`, `Reject` and `Delete`",
		Do:    "Use these",
	},
	{
		Says:  []string{"InvalidParameter: … does not exist or does not allow vpce.amazonaws.com to publish"},
		Cause: "The policy of the topic or of its key was changed, or the key is one of AWS",
		Do:    "Let `vpce.amazonaws.com` publish to the topic, and use its key: `EncryptionKey` of the [acceptor](accepting-connections.md#the-acceptor)",
	},
	{
		Says:  []string{"InvalidGroup.NotFound: The security group '…' does not exist", "InvalidGroup.NotFound: You have specified two resources that belong to different networks."},
		Cause: "A rule names a group of another account, another VPC that is not peered, or one that was deleted",
		Do:    "Take a group of the VPC, or the CIDR block of the client",
		Rule:  "routedOwner",
	},
	{
		Says:  []string{"InvalidParameter: An endpoint of type ServiceNetwork requires a service network, and no service", "InvalidServiceNetworkArn.NotFound: The service network '…' does not exist"},
		Cause: "An endpoint to a service network of VPC Lattice names a service too, or a network that is not shared with the account",
		Do:    "Give the network alone; accept its share first ([sharing](lattice.md#sharing-and-accepting))",
	},
	{
		Says:  []string{"InsufficientFreeAddressesInSubnet: Subnet … has no contiguous /28 block of free addresses"},
		Cause: "Such an endpoint takes a whole /28 of each subnet, and the subnet is too full or too fragmented",
		Do:    "Give it subnets of its own",
	},
	{
		Says:  []string{"VpcEndpointLimitExceeded"},
		Cause: "50 interface endpoints in the VPC, by default",
		Do:    "Have the quota raised, or put several APIs behind one front door ([twenty services](twenty-services.md))",
		Rule:  "endpointQuota",
	},
}
