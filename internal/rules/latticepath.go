package rules

// The rules of the hops over VPC Lattice, from the client's VPC to the service.
var (
	PathVpcAssociation = Rule{
		ID: "privateapi:pathVpcAssociation", Severity: Error,
		Summary: "The client's VPC is associated with a service network, and with one only.",
		AWS:     "routes nothing to VPC Lattice: the connection times out",
		Fix:     "associate the client's VPC with the service network: AWS::VpcLattice::ServiceNetworkVpcAssociation",
		Source:  latticeGuide + "service-network-associations.html",
	}
	PathAssociationIngress = Rule{
		ID: "privateapi:pathAssociationIngress", Severity: Error,
		Summary: "A security group of the VPC's association allows traffic from the client on the port of the API.",
		AWS:     "drops the client's packets: the connection times out",
		Fix:     "add an ingress rule to the association's security group: TCP, the port of the API, from the client's security group",
		Source:  latticeGuide + "security-groups.html",
	}
	PathServiceAssociation = Rule{
		ID: "privateapi:pathServiceAssociation", Severity: Error,
		Summary: "The service is associated with the service network of the client's VPC.",
		AWS:     "returns 404 Not Found: the service is not in the network",
		Fix:     "associate the service with that network: AWS::VpcLattice::ServiceNetworkServiceAssociation",
		Source:  latticeGuide + "service-associations.html",
	}
	PathResourceShare = Rule{
		ID: "privateapi:pathResourceShare", Severity: Error,
		Summary: "Whoever associates owns the service or the service network, and the owner of the other one shares it with that account.",
		AWS:     "AccessDeniedException or ResourceNotFoundException: the association is not created",
		Fix:     "share it by AWS::RAM::ResourceShare with the account, in whose stack the association is",
		Source:  latticeGuide + "sharing.html",
	}
	PathServiceDomain = Rule{
		ID: "privateapi:pathServiceDomain", Severity: Error,
		Summary: "The name that the client calls is the service's custom domain name, or its generated name.",
		AWS:     "returns 404 Not Found, as no service of the network has the name",
		Fix:     "call the CustomDomainName of the service; a change of it replaces the service",
		Source:  latticeGuide + "service-custom-domain-name.html",
	}
	PathServiceListener = Rule{
		ID: "privateapi:pathServiceListener", Severity: Error,
		Summary: "The service has a listener on the port that the client calls, for the client's protocol.",
		AWS:     "accepts no connection on that port: the connection fails",
		Fix:     "call the listener's port, or add a listener on the port that clients call",
		Source:  latticeGuide + "listeners.html",
	}
	PathServiceCertificate = Rule{
		ID: "privateapi:pathServiceCertificate", Severity: Error,
		Summary: "An HTTPS listener of a service with a custom domain name has a certificate that covers the name, in the service's Region and account.",
		AWS:     "presents a certificate that is not valid for the name: the client rejects it",
		Fix:     "set CertificateArn of the service to a certificate for its CustomDomainName",
		Source:  latticeGuide + "service-byoc.html",
	}
)

// The rules of the hops over VPC Lattice, of who may call and where requests go.
var (
	PathCallerPolicy = Rule{
		ID: "privateapi:pathCallerPolicy", Severity: Error,
		Summary: "The identity policies of a caller that signs allow vpc-lattice-svcs:Invoke on the service.",
		AWS:     "returns 403 Forbidden",
		Fix:     "allow vpc-lattice-svcs:Invoke on the ARN of the service and /*, in a policy of the client's role",
		Source:  latticeGuide + "auth-policies.html",
	}
	PathNetworkPolicy = Rule{
		ID: "privateapi:pathNetworkPolicy", Severity: Error,
		Summary: "The service network has AuthType NONE, or an auth policy that allows the request.",
		AWS:     "returns 403 Forbidden",
		Fix:     "allow the caller in the auth policy of the service network, or set its AuthType to NONE",
		Source:  latticeGuide + "auth-policies.html",
	}
	PathServicePolicy = Rule{
		ID: "privateapi:pathServicePolicy", Severity: Error,
		Summary: "The service has AuthType NONE, or an auth policy that allows the request.",
		AWS:     "returns 403 Forbidden",
		Fix:     "allow the caller in the auth policy of the service",
		Source:  latticeGuide + "auth-policies.html",
	}
	PathServiceRule = Rule{
		ID: "privateapi:pathServiceRule", Severity: Error,
		Summary: "The first rule of the listener that matches the request, or the default action, forwards to targets.",
		AWS:     "returns the fixed response: 404 or 500",
		Fix:     "add a rule for the path, with a lower priority number than the rule that matches now",
		Source:  latticeGuide + "listener-rules.html",
	}
	PathServiceTargetGroup = Rule{
		ID: "privateapi:pathServiceTargetGroup", Severity: Error,
		Summary: "The service forwards to a target group of type ALB with an internal ALB of the same VPC, on the port of its listener.",
		AWS:     "refuses the target, or returns 500 Internal Server Error",
		Fix:     "register an internal ALB of the target group's VPC and account, on the port of its listener, without a health check",
		Source:  latticeGuide + "alb-target.html",
	}
	PathAlbNetworkAcl = Rule{
		ID: "privateapi:pathAlbNetworkAcl", Severity: Error,
		Summary: "The network ACLs of the ALB's subnets allow requests from VPC Lattice or from the internet, and responses to ephemeral ports.",
		AWS:     "drops requests or responses: VPC Lattice returns 500 Internal Server Error, and over the internet the connection times out",
		Fix:     "allow the port of the ALB's listener in, and ports 1024 to 65535 out",
		Source:  vpcGuide + "custom-network-acl.html",
	}
)
