package network

// VPC is a VPC.
type VPC struct{ *Resource }

// CidrBlock is the primary IPv4 block.
func (v *VPC) CidrBlock() Property { return property(v.Resource, "CidrBlock") }

// EnableDnsSupport says whether the VPC's resolver answers. Default: true.
func (v *VPC) EnableDnsSupport() Property { return property(v.Resource, "EnableDnsSupport") }

// EnableDnsHostnames says whether private zones answer in the VPC, together with EnableDnsSupport. Default: false.
func (v *VPC) EnableDnsHostnames() Property { return property(v.Resource, "EnableDnsHostnames") }

// VPC is the VPC that a value refers to; nil if it refers to none.
func (n *Network) VPC(v Value) *VPC { return n.vpcs.referred(v) }

// VPCs are the VPCs of the templates.
func (n *Network) VPCs() []*VPC { return n.vpcs.list }

// indexVPCs collects VPCs and what belongs to them.
func (n *Network) indexVPCs() {
	collect(n, &n.vpcs, "AWS::EC2::VPC", func(r *Resource) *VPC { return &VPC{r} })
	for _, r := range n.OfType("AWS::EC2::VPCCidrBlock") {
		n.secondaryCIDRs.add(r.Property("VpcId"), r)
	}
	n.indexSubnets()
	n.indexRoutes()
	n.indexRouteTables()
	n.indexResolvers()
}
