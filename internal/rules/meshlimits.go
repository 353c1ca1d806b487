package rules

const (
	cfnGuide  = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/"
	cfnLimits = cfnGuide + "cloudformation-limits.html"
	albLimits = applicationL + "load-balancer-limits.html"
)

const (
	// MaxMeshName is how many characters a name in a mesh has at most: names of stacks and parameters have several.
	MaxMeshName = 32
	// MaxStackResources is how many resources a stack has at most.
	MaxStackResources = 500
	// MaxHostedZones is the default quota of hosted zones of an account.
	MaxHostedZones = 500
	// MaxLatticeServicesOfNetwork is the default quota of services of a service network.
	MaxLatticeServicesOfNetwork = 500
	// MaxLatticeServiceNetworks is the default quota of service networks of an account in a Region.
	MaxLatticeServiceNetworks = 50
	// MaxLatticeTargetGroupsOfAccount is the default quota of target groups of VPC Lattice of an account in a Region.
	MaxLatticeTargetGroupsOfAccount = 500
)
