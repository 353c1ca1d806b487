package compare

// Trait is how options differ where no number tells.
type Trait struct {
	// Title is what it is about, and Of what it is for each option, by its ID.
	Title string              `json:"title"`
	Of    map[OptionID]string `json:"of"`
}

// Traits are all rows of the comparison that do not depend on the mesh.
func Traits() []Trait { return traits }

// traits are the rows. What holds for all options over PrivateLink with an ALB is written once.
var traits = []Trait{
	{"who initiates", over("the consumer, by an endpoint; the provider accepts or lists it", map[OptionID]string{
		Lattice:        "the consumer, by associating the service; the provider shares it",
		Peering:        "either side requests, the other accepts; both add routes",
		TransitGateway: "the owner of the gateway shares it; each VPC attaches",
		Central:        "the central team, for all consumers",
		Public:         "the consumer asks for its addresses to be let in",
	})},
	{"must the front change", over("an NLB goes in front of the internal ALB", map[OptionID]string{
		Targets:        "an NLB in the place of the ALB",
		Lattice:        "no load balancer at all, or the internal ALB as a target",
		Peering:        "no: the internal ALB stays",
		TransitGateway: "no: the internal ALB stays",
		Public:         "no: this is the start",
	})},
	{"what each side sees of the other", over("nothing: addresses of its own VPC only, so blocks may overlap", map[OptionID]string{
		Lattice:        "nothing: link-local addresses, so blocks may overlap",
		Peering:        "all CIDR blocks of the peer; blocks stay apart for good",
		TransitGateway: "the CIDR blocks of whatever the route tables lead to",
		Central:        "consumers see the central VPC's blocks; providers nothing",
		Public:         "public addresses, which change",
	})},
	{"who publishes the name", over("the consumer, in a private zone of its VPC; or the provider, by a verified private DNS name", map[OptionID]string{
		Lattice:        "the consumer, in a private zone; one custom name for each service",
		Peering:        "the consumer, in a private zone",
		TransitGateway: "each consumer, in a private zone, or a Route 53 Profile; a gateway resolves nothing",
		Central:        "the central team, in zones that every consumer VPC has, or a Route 53 Profile",
		Public:         "the provider, in public DNS",
	})},
	{"exposure", over("one port of one endpoint, and what the door serves; nothing of the consumer", map[OptionID]string{
		Own:            "one port of one endpoint, to one service; nothing of the consumer",
		Targets:        "the ports of the NLB; nothing of the consumer",
		Lattice:        "the services that the network has, each by its policy; nothing of the consumer",
		Peering:        "both VPCs, in both directions, but for security groups",
		TransitGateway: "all VPCs that the route tables lead to, but for security groups",
		Central:        "all endpoints of the central VPC, but for security groups by CIDR block",
		Public:         "everyone, but for the allow-list",
	})},
	{"who calls, as the API knows it", over("the endpoint's account once, when it connects; then a client certificate or a token", map[OptionID]string{
		Targets:        "the client's address and endpoint, by proxy protocol; mTLS in the target",
		Lattice:        "the role that signed, in a header that callers cannot forge; else the VPC and its account",
		Peering:        "the client's address in X-Forwarded-For; a certificate or a token",
		TransitGateway: "the client's address in X-Forwarded-For; a certificate or a token",
		Central:        "the central account only; a certificate or a token",
		Public:         "the address of a NAT gateway; a certificate or a token",
	})},
	{"audit", over("acceptance and permissions in CloudTrail of the provider; bytes and connections for each endpoint", map[OptionID]string{
		Lattice:        "an access log with the caller and the decision for each request",
		Peering:        "flow logs, by address",
		TransitGateway: "flow logs of the gateway, by address",
		Central:        "flow logs in the central VPC, by address",
		Public:         "logs of the web ACL and the ALB, by address",
	})},
	{"effort for one more consumer", over("one endpoint, one record; the provider adds an account", map[OptionID]string{
		Own:            "an endpoint and a record for each service that it calls",
		Targets:        "an endpoint and a record for each service that it calls",
		Lattice:        "one association of the VPC, one for each service, one record each",
		Peering:        "a connection, routes on both sides, and rules for each provider VPC",
		TransitGateway: "an attachment, and routes",
		Central:        "an attachment, and the zones",
		Public:         "an entry for each NAT gateway, and another when it changes",
	})},
	{"way back", over("the record leads to the old address again; nothing else was changed", map[OptionID]string{
		Lattice:        "the record leads to the old address again; a share that is taken back leaves associations",
		Peering:        "the record leads to the old address again; delete routes on both sides",
		TransitGateway: "the record leads to the old address again; detaching cuts all that uses the gateway",
		Central:        "the zone leads elsewhere, for all consumers at once",
		Public:         "the scheme of an ALB cannot change: the way out needs a second ALB",
	})},
	{"latency that it adds", over(noSource, map[OptionID]string{
		Lattice: noSource, Peering: noSource, TransitGateway: noSource, Central: noSource, Public: noSource,
	})},
}

// noSource is what is said where nobody has published a number that can be checked.
const noSource = "unknown: no source"

// over is a trait of options over PrivateLink, and of others; those over PrivateLink may have another.
func over(privateLink string, others map[OptionID]string) map[OptionID]string {
	of := map[OptionID]string{Shared: privateLink, Own: privateLink, Targets: privateLink}
	for o, text := range others {
		of[o] = text
	}
	if of[Central] == "" {
		of[Central] = privateLink
	}
	return of
}
