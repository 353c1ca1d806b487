package rules

// The rules of an endpoint service: who may connect to it, and from where.
var (
	SomebodyAllowed = Rule{
		ID: "privateapi:somebodyAllowed", Severity: Error,
		Summary: "A service without allowed principals is not available to other accounts.",
		AWS:     "InvalidServiceName: The Vpc Endpoint Service does not exist, for every consumer in another account",
		Fix:     "set AllowedPrincipals, call AllowPrincipal, or set AllowNoPrincipals if only this account uses the service",
		Source:  privateLink + "configure-endpoint-service.html",
	}
	PrincipalForm = Rule{
		ID: "privateapi:principal", Severity: Error,
		Summary: "An allowed principal is an account root, a role or user without a path, an AWS service, or *.",
		AWS:     "InvalidPrincipal: Invalid Principal",
		Fix:     "use an account ID of 12 digits, arn:aws:iam::<account>:root, …:role/<name>, …:user/<name>, <service>.amazonaws.com or *",
		Source:  ec2API + "API_ModifyVpcEndpointServicePermissions.html",
	}
	ConsumerAllowed = Rule{
		ID: "privateapi:consumerAllowed", Severity: Error,
		Summary: "A provider allows the account of each consumer in the same app.",
		AWS:     "InvalidServiceName: The Vpc Endpoint Service does not exist",
		Fix:     "allow the account of the consumer's stack",
		Source:  privateLink + "configure-endpoint-service.html",
	}
	ServiceOfLoadBalancer = Rule{
		ID: "privateapi:serviceOfLoadBalancer", Severity: Error,
		Summary: "A load balancer belongs to at most one endpoint service.",
		AWS:     "rejects the second service: the load balancer is associated with another one",
		Fix:     "give each service its own NLB, or publish both APIs behind one service",
		Source:  privateLink + "create-endpoint-service.html",
	}
	RegionAssumed = Rule{
		ID: "privateapi:regionAssumed", Severity: Warning,
		Summary: "In a stack without a Region, the name of the service is built with the prefix of all Regions but those of China and of partitions of their own.",
		AWS:     "InvalidServiceName: The Vpc Endpoint Service does not exist, if the stack is deployed in China",
		Fix:     "set Env.Region on the stack if it is deployed in China or in a partition of its own",
		Source:  privateLink + "create-endpoint-service.html",
	}
	PrincipalTwice = Rule{
		ID: "privateapi:principalTwice", Severity: Error,
		Summary: "Each principal is listed once.",
		AWS:     "would keep one of the two",
		Fix:     "remove the duplicate",
		Source:  ec2API + "API_ModifyVpcEndpointServicePermissions.html",
	}
	EveryoneNeedsAcceptance = Rule{
		ID: "privateapi:everyoneNeedsAcceptance", Severity: Error,
		Summary: "If everyone is allowed, the provider must accept each connection: otherwise the API is public.",
		AWS:     "the load balancer will be public even if it has no public IP address",
		Fix:     "set AcceptanceRequired, list accounts instead of *, or set AllowEveryoneWithoutAcceptance",
		Source:  privateLink + "configure-endpoint-service.html",
	}
	PrivateDnsName = Rule{
		ID: "privateapi:privateDnsName", Severity: Error,
		Summary: "The provider's private DNS name must be verifiable in public DNS.",
		AWS:     "leaves the name in pendingVerification and then failed; consumers cannot enable it",
		Fix:     "use a name under a public domain that you own, or none, and let consumers use a private hosted zone",
		Source:  privateLink + "manage-dns-names.html",
	}
	CrossRegionIdleTimeout = Rule{
		ID: "privateapi:crossRegionIdleTimeout", Severity: Error,
		Summary: "A service that supports other Regions cannot have a custom TCP idle timeout on its NLB.",
		AWS:     "not supported for NLBs with a custom value configured for the TCP idle timeout",
		Fix:     "remove TcpIdleTimeout, or SupportedRegions",
		Source:  privateLink + "privatelink-share-your-services.html",
	}
)
