package transitgateway

import (
	"net/netip"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/routes"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/subnets"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// spokePlan is a spoke with all defaults filled in and all rules checked.
type spokePlan struct {
	props *SpokeProps
	stack *answers.Stack // of the attachment
	facts *spokeFacts

	tables  []routes.Table
	subnets []awsec2.ISubnet // of the attachment, if they exist
	own     []ownSubnet      // of the attachment, if they are defined with it

	hubScope constructs.Construct // of the association; nil if it is beside the attachment
	hubStack *answers.Stack
	hubID    string

	before []*answers.Stack // that the stack of the attachment waits for
	report *rules.Report
}

// ownSubnet is a subnet that is defined for the attachment.
type ownSubnet struct {
	block routes.Block
	zone  string
}

// planSpoke panics with all problems of the props. It defines nothing.
func planSpoke(scope constructs.Construct, id *string, props *SpokeProps) *spokePlan {
	r := &rules.Report{}
	check.Embedded(r, "", props)
	if props.Hub == nil {
		r.AddWithFix(rules.Required, "Hub", "supply the hub", "is missing")
	}
	if props.Vpc == nil {
		r.AddWithFix(rules.Required, "Vpc", "supply the VPC to attach", "is missing")
	}
	refusal.Of(r, scope, id) // what is nil cannot be asked for more
	plan := &spokePlan{props: props, stack: answers.StackOf(scope), report: r, hubID: *id}
	plan.facts = newSpokeFacts(r, plan.stack, props.Hub.facts(), props.Vpc, props.Segment)
	plan.facts.path = func() string { return refusal.ChildPath(scope, id) }
	plan.planDestinations()
	plan.planSubnets()
	plan.checkPlaces()
	plan.planHubScope()
	plan.facts.checkOthers(r)
	routes.Claim(r, plan.stack, plan.facts.path, routes.Of(plan.tables, plan.facts.destinations)...)
	refusal.Of(r, scope, id)
	return plan
}

func newSpokeFacts(r *rules.Report, stack *answers.Stack, hub *hubFacts, vpc awsec2.IVpc, name *string) *spokeFacts {
	facts := &spokeFacts{hub: hub, vpc: placement.VPCOf(stack, vpc)}
	switch {
	case name == nil:
		r.AddWithFix(rules.Required, "Segment", "name a segment of the hub", "is missing")
	case hub.segment(*name) == nil:
		r.Add(rules.TransitSegment, "Segment", "%q is none of the segments %s", *name, hub.names())
	default:
		facts.segment = hub.segment(*name)
	}
	if own := placement.BlockOf(stack, vpc); own != nil {
		facts.blocks = []routes.Block{routes.OfVpc("Vpc", own)}
	}
	for _, block := range placement.SecondaryBlocksOf(facts.vpc) {
		facts.blocks = append(facts.blocks, routes.OfVpc("Vpc", block))
	}
	return facts
}

// planDestinations checks the destinations. One that is as specific as the local route of the VPC never leads to the hub.
func (plan *spokePlan) planDestinations() {
	const property = "Destinations"
	if len(prop.Elements(plan.props.Destinations)) == 0 {
		plan.report.AddWithFix(rules.Required, property, "list the blocks of the spokes to reach", "is empty")
	}
	plan.facts.destinations = routes.Given(plan.report, property, plan.props.Destinations)
	for _, overlap := range routes.Overlaps(plan.facts.destinations, plan.facts.blocks) {
		destination, _ := overlap.A.Prefix()
		if own, _ := overlap.B.Prefix(); destination.Bits() >= own.Bits() {
			plan.report.Add(rules.TransitDestination, overlap.A.Property, "has %s, which is in the VPC itself, %s", destination, own)
		}
	}
}

// planSubnets selects the subnets of the routes, and those of the attachment, one in each zone of the former.
func (plan *spokePlan) planSubnets() {
	const property = "RouteSubnets"
	r, props := plan.report, plan.props
	selected := subnets.Selector{Stack: plan.stack, Vpc: props.Vpc, Property: property, Selected: props.RouteSubnets}.SelectAll(r)
	if selected == nil {
		return
	}
	plan.tables = routes.TablesOf(r, plan.stack, property, props.Vpc, selected.Subnets)
	if props.SubnetCidrBlocks != nil {
		if props.Subnets != nil {
			r.AddWithFix(rules.Contradiction, "Subnets", "set one of the two", "is set, and so is SubnetCidrBlocks")
		}
		plan.planOwn(selected.Zones)
		return
	}
	attached := subnets.Selector{Stack: plan.stack, Vpc: props.Vpc, Property: "Subnets", Selected: props.Subnets}.Select(r)
	if attached == nil {
		return
	}
	plan.subnets = *attached.Subnets
	for _, zone := range attached.Zones.Missing(selected.Zones) {
		r.Add(rules.TransitZone, "Subnets", "has no subnet in %s, where RouteSubnets has one", zone)
	}
	plan.warnOfPublic()
}

// warnOfPublic warns of public subnets of the attachment.
func (plan *spokePlan) warnOfPublic() {
	public := map[string]bool{}
	for _, subnet := range answers.Of(plan.stack, plan.props.Vpc, "public subnets", func() []awsec2.ISubnet { return *plan.props.Vpc.PublicSubnets() }) {
		public[plan.idOf(subnet)] = true
	}
	for _, subnet := range plan.subnets {
		if id := plan.idOf(subnet); public[id] && !token.IsPlaceholder(id) {
			plan.report.Add(rules.TransitPublicSubnet, "Subnets", "selects the public subnet %s", routes.PathOf(plan.stack, subnet))
		}
	}
}

func (plan *spokePlan) idOf(subnet awsec2.ISubnet) string {
	return *answers.Of(plan.stack, subnet, "ID", subnet.SubnetId)
}

// planOwn plans subnets for the attachment alone: one for each zone.
func (plan *spokePlan) planOwn(zones subnets.Zones) {
	const property = "SubnetCidrBlocks"
	r := plan.report
	blocks := routes.Given(r, property, plan.props.SubnetCidrBlocks)
	vpc, taken := plan.blocksOfVpc(), plan.blocksOfSubnets()
	for i, block := range blocks {
		if literal, isLiteral := token.Literal(&block.Value); isLiteral {
			rules.CheckTransitSubnet(r, block.Property, literal, vpc)
		}
		for _, overlap := range routes.Overlaps(blocks[i:i+1], taken) {
			r.Add(rules.TransitSubnet, block.Property, "has %s, which overlaps the subnet %s of the VPC", overlap.A.Value, overlap.B.Value)
		}
		for _, overlap := range routes.Overlaps(blocks[i:i+1], blocks[:i]) {
			r.Add(rules.TransitSubnet, block.Property, "has %s, which overlaps %s", overlap.A.Value, overlap.B.Value)
		}
	}
	names := zones.Distinct()
	switch {
	case zones.Pending, !plan.facts.vpc.IsLookedUp(): // a refusal would end the app before the CLI learns what to look up
	case zones.Unknown:
		r.AddWithFix(rules.TransitZone, property, "select subnets that exist by Subnets, or import the VPC with its AvailabilityZones",
			"needs the zones of RouteSubnets, which are not known")
	case len(names) != len(blocks):
		r.AddWithFix(rules.TransitZone, property, "list one block for each zone", "lists %d for the %d zones of RouteSubnets", len(blocks), len(names))
	default:
		for i, block := range blocks {
			plan.own = append(plan.own, ownSubnet{block, names[i]})
		}
	}
}

// blocksOfVpc returns the blocks of the VPC; none if there may be others, because the VPC is imported or a block is a token.
func (plan *spokePlan) blocksOfVpc() (blocks []netip.Prefix) {
	if plan.facts.vpc.Home() == nil {
		return nil
	}
	for _, own := range plan.facts.blocks {
		prefix, isKnown := own.Prefix()
		if !isKnown {
			return nil
		}
		blocks = append(blocks, prefix)
	}
	return blocks
}

// blocksOfSubnets returns the blocks of the subnets that the VPC has already.
func (plan *spokePlan) blocksOfSubnets() (blocks []routes.Block) {
	for _, block := range subnets.BlocksOf(plan.stack, plan.props.Vpc) {
		blocks = append(blocks, routes.OfVpc("Vpc", block))
	}
	return blocks
}

// checkPlaces checks accounts and Regions, and decides which stacks come before.
func (plan *spokePlan) checkPlaces() {
	r, hub := plan.report, plan.facts.hub
	here, there := placement.EnvironmentOfStack(plan.stack), placement.EnvironmentOf(plan.stack, plan.props.Vpc)
	if there.DiffersFrom(here) {
		r.Add(rules.TransitScope, "Vpc", "is in %s, and the stack in %s", there, here)
	}
	if placement.Differ(hub.environment.Region, here.Region) {
		r.Add(rules.TransitRegion, "Hub", "is in Region %s, and the stack in %s", hub.environment.Region, here.Region)
	}
	if placement.Differ(hub.environment.Account, here.Account) && !hub.isSharedWith(here.Account) {
		r.Add(rules.TransitNotShared, "Hub", "is not shared with account %s", here.Account)
	}
	for _, home := range []*answers.Stack{hub.home, plan.facts.vpc.Home()} {
		if home != nil && home != plan.stack && !slices.Contains(plan.before, home) {
			plan.before = append(plan.before, home)
		}
	}
}

// isSharedWith reports whether an account may attach its VPCs; true if it is not known.
func (h *hubFacts) isSharedWith(account string) bool {
	if h.isImported {
		return true
	}
	return h.share.MayCover(account)
}

// planHubScope decides where the association is.
func (plan *spokePlan) planHubScope() {
	r, hub, here := plan.report, plan.facts.hub.environment, placement.EnvironmentOfStack(plan.stack)
	if plan.props.HubScope == nil {
		if placement.Differ(hub.Account, here.Account) {
			r.Add(rules.TransitScope, "HubScope", "is missing, and the hub is of account %s", hub.Account)
		}
		return
	}
	plan.hubScope, plan.hubStack = plan.props.HubScope, answers.StackOf(plan.props.HubScope)
	if there := placement.EnvironmentOfStack(plan.hubStack); there.DiffersFrom(hub) {
		r.Add(rules.TransitScope, "HubScope", "is in %s, and the hub in %s", there, hub)
	}
	switch {
	case slices.Contains(plan.before, plan.hubStack):
		r.Add(rules.TransitCycle, "HubScope", "is in the stack %s, for which the attachment waits", *plan.hubStack.Construct().Node().Path())
	case plan.hubStack == plan.stack:
		plan.hubScope = nil // beside the attachment
	case placement.Taken(plan.stack, plan.hubScope)[plan.hubID]:
		r.AddWithFix(rules.Contradiction, "HubScope", "use another ID, or a construct of its own in that stack", "has the association of another %s", plan.hubID)
	}
}

// checkOthers compares the spoke with those that its hub has already.
func (s *spokeFacts) checkOthers(r *rules.Report) {
	if s.segment == nil {
		return
	}
	if other := s.hub.spokeOf(s.vpc); other != nil {
		r.Add(rules.TransitTwice, "Vpc", "is attached by %s already", other.path())
		return
	}
	for _, other := range s.hub.spokes {
		for _, overlap := range routes.Overlaps(s.blocks, other.blocks) {
			if s.segment.reaches[other.segment.name] {
				r.Add(rules.TransitOverlap, "Vpc", "has %s, which overlaps %s of %s", overlap.A.Value, overlap.B.Value, other.path())
			} else if common := s.segment.common(other.segment); common != "" {
				r.Add(rules.TransitIdentical, "Vpc", "has %s, which overlaps %s of %s, and segment %s reaches both", overlap.A.Value, overlap.B.Value, other.path(), common)
			}
		}
	}
}

// common returns the first segment that both reach; "" for none.
func (s *segment) common(other *segment) string {
	var names []string
	for name := range s.reaches {
		if other.reaches[name] {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return ""
	}
	return slices.Min(names)
}
