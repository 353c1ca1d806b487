package rules

import "fmt"

const meshDesign = "https://docs.aws.amazon.com/whitepapers/latest/building-scalable-secure-multi-vpc-network-infrastructure/welcome.html"

// The rules of what a mesh declares.
var (
	MeshForm = Rule{
		ID: "privateapi:mesh", Severity: Error,
		Summary: "A mesh is JSON with the members of its version, and no others.",
		AWS:     "never sees the declaration: a member that is misread becomes a connection that is missing, or one that nobody declared",
		Fix:     "docs/privateapi.mesh.schema.json describes it",
		Source:  meshDesign,
	}
	MeshVersion = Rule{
		ID: "privateapi:meshVersion", Severity: Error,
		Summary: "The version of a mesh is 1.",
		AWS:     "never sees the declaration: what another version means is not known here",
		Fix:     "update this module, or write the mesh in version 1",
		Source:  meshDesign,
	}
	MeshName = Rule{
		ID: "privateapi:meshName", Severity: Error,
		Summary: fmt.Sprintf("The names in a mesh are literals of lower-case letters, digits and single hyphens, begin with a letter, and have at most %d characters.", MaxMeshName),
		AWS:     "takes the names of stacks and parameters from them, and rejects other characters",
		Fix:     "use a name such as checkout or payments-eu",
		Source:  cfnGuide + "cfn-using-console-create-stack-parameters.html",
	}
	MeshNameTwice = Rule{
		ID: "privateapi:meshNameTwice", Severity: Error,
		Summary: "Each tier, provider, service and consumer of a mesh has a name of its own, and each service a domain name of its own.",
		AWS:     "would route the requests of one name to either, or reject the second hosted zone or listener rule",
		Fix:     "rename one of the two",
		Source:  meshDesign,
	}
	MeshUndeclared = Rule{
		ID: "privateapi:meshUndeclared", Severity: Error,
		Summary: "What a mesh names, it declares: the tiers and providers of services, and the services that consumers call.",
		AWS:     "never sees what is not declared, so the call would find no name",
		Fix:     "declare it, or correct the name",
		Source:  meshDesign,
	}
	MeshTransport = Rule{
		ID: "privateapi:meshTransport", Severity: Error,
		Summary: "A tier of a mesh is reached over PrivateLink or VPC Lattice.",
		AWS:     "reaches an API by route only over a network that somebody builds between two VPCs: a mesh declares none",
		Fix:     "use privatelink or lattice, and publish APIs by route with package routedapi beside the mesh",
		Source:  meshDesign,
	}
	MeshTier = Rule{
		ID: "privateapi:meshTier", Severity: Error,
		Summary: "A tier of a mesh has services.",
		AWS:     "never sees a tier without services, so nobody would notice that its name is misspelled",
		Fix:     "give a service this tier, or remove the tier",
		Source:  meshDesign,
	}
	MeshAccount = Rule{
		ID: "privateapi:meshAccount", Severity: Error,
		Summary: "A provider and a consumer of one name are one team, in one VPC of one account.",
		AWS:     "lets in the account that the mesh names, and the VPC of the other account waits in vain",
		Fix:     "correct the account, or give the second VPC a name of its own",
		Source:  privateLink + "configure-endpoint-service.html",
	}
	MeshEnvironment = Rule{
		ID: "privateapi:meshEnvironment", Severity: Error,
		Summary: "What is built of a provider or a consumer is in the account and the Region that the mesh says.",
		AWS:     "lets in the accounts that the mesh names, and connects within its Region: whatever is elsewhere waits in vain",
		Fix:     "set Env of the stack to the account and the Region of the mesh, or correct the mesh",
		Source:  privateLink + "configure-endpoint-service.html",
	}
	MeshOwnCall = Rule{
		ID: "privateapi:meshOwnCall", Severity: Error,
		Summary: "A team does not call its own services by its own front door: names lead from one VPC to another, and never back.",
		AWS:     "bills an endpoint or an association for requests that leave the VPC and come back to it, from an address that is not the caller's",
		Fix:     "remove the call and use the service's address inside the VPC; a second VPC of the team is a consumer with a name of its own",
		Source:  privateLink + "concepts.html",
	}
	MeshNameCycle = Rule{
		ID: "privateapi:meshNameCycle", Severity: Error,
		Summary: "No service of a mesh has a domain name that the wildcard of another one matches or extends: the zone of each would hide the other.",
		AWS:     "resolves a name in the private hosted zone that matches most of it, and answers NXDOMAIN if that zone does not have it",
		Fix:     "rename one of the two",
		Source:  route53 + "hosted-zone-private-considerations.html",
	}
	MeshCapacity = Rule{
		ID: "privateapi:meshCapacity", Severity: Error,
		Summary: "A provider has at most as many services in a tier as the capacity of the tier reserves.",
		AWS:     fmt.Sprintf("lets an ALB have %d target groups and a stack %d resources: what is reserved decides how many front doors and stacks there are", MaxTargetGroups, MaxStackResources),
		Fix:     "raise the capacity of the tier: where that adds front doors, some services move to them; set door of a service to keep its own",
		Source:  albLimits,
	}
	MeshDoor = Rule{
		ID: "privateapi:meshDoor", Severity: Error,
		Summary: "A front door of a mesh is one of those that the capacity of the tier makes, and has no more services than it takes.",
		AWS:     fmt.Sprintf("TooManyTargetGroups: an ALB can forward to %d target groups, and has %d rules by default", MaxTargetGroups, MaxRules),
		Fix:     "raise the capacity of the tier, which adds a front door, or move services to another one by their door",
		Source:  albLimits,
	}
	MeshStack = Rule{
		ID: "privateapi:meshStack", Severity: Error,
		Summary: fmt.Sprintf("A stack has at most %d resources.", MaxStackResources),
		AWS:     fmt.Sprintf("Template format error: Number of resources is greater than maximum allowed, %d", MaxStackResources),
		Fix:     "define the mesh below a Stage or the App, so that it splits its stacks itself",
		Source:  cfnLimits,
	}
	MeshContract = Rule{
		ID: "privateapi:meshContract", Severity: Error,
		Summary: "The contract of a connection is that of its front door or service, and has the names that the consumer calls.",
		AWS:     "connects to what the contract names, whatever the mesh says: the calls get 404, or reach another team",
		Fix:     "take the contract of the connection, as its provider published it after its last deployment",
		Source:  privateLink + "privatelink-share-your-services.html",
	}
	MeshHostedZoneQuota = Rule{
		ID: "privateapi:meshHostedZoneQuota", Severity: Warning,
		Summary: fmt.Sprintf("By default, an account can have %d hosted zones: each name that a consumer calls is one.", MaxHostedZones),
		AWS:     "TooManyHostedZones",
		Fix:     "request a higher quota of hosted zones first, or spread the consumers over accounts",
		Source:  route53 + "DNSLimitations.html",
	}
	MeshLatticeQuota = Rule{
		ID: "privateapi:meshLatticeQuota", Severity: Warning,
		Summary: fmt.Sprintf("By default, a service network has at most %d services of VPC Lattice, and an account at most %d service networks, and %d target groups for services, in a Region.", MaxLatticeServicesOfNetwork, MaxLatticeServiceNetworks, MaxLatticeTargetGroupsOfAccount),
		AWS:     "ServiceQuotaExceededException",
		Fix:     "request a higher quota first",
		Source:  latticeGuide + "quotas.html",
	}
)

// Mesh returns the rules of meshes.
func Mesh() []Rule {
	return []Rule{
		MeshForm, MeshVersion, MeshName, MeshNameTwice, MeshUndeclared, MeshTransport, MeshTier, MeshAccount, MeshEnvironment, MeshOwnCall, MeshNameCycle,
		MeshCapacity, MeshDoor, MeshStack, MeshContract, MeshHostedZoneQuota, MeshLatticeQuota,
	}
}
