package proof

import (
	"maps"
	"slices"
	"strings"
)

// Facts are what only people know before a deployment. An unknown hop names the fact that would settle it.
type Facts struct {
	// ZoneIDs are Availability Zone IDs, such as "euw1-az1", by "account/zone name" ("111111111111/eu-west-1a") or by
	// subnet ID. The same zone name can mean different zones in different accounts.
	ZoneIDs map[string]string
	// ZoneNames are the names of Availability Zones that Fn::GetAZs returns, in its order, by "account/Region"
	// ("111111111111/eu-west-1").
	ZoneNames map[string][]string
	// Services are endpoint services ("Pricing/EndpointService") by service name, and services of VPC Lattice
	// ("Pricing/Service") by ARN, for names and ARNs that templates have as text.
	Services map[string]string
	// Certificates are the names that certificates cover ("api.example.com", "*.example.com"), by ARN, for certificates
	// that no template defines.
	Certificates map[string][]string
	// PrefixLists are the CIDR blocks of prefix lists, by ID ("pl-6da54004"), for prefix lists that no template defines.
	PrefixLists map[string][]string
	// LatticePrefixLists are the IDs of the prefix lists of VPC Lattice, com.amazonaws.<region>.vpc-lattice, by Region.
	LatticePrefixLists map[string]string
	// PublicAddresses are public IPv4 addresses with which packets come from the internet ("203.0.113.7"): of a NAT gateway or an
	// Elastic IP address ("Checkout/Nat", "Checkout/Eip", "nat-0123456789abcdef0", "eipalloc-0123456789abcdef0"), of an instance, or
	// of what else routes lead to, such as a transit gateway.
	PublicAddresses map[string][]string
	// Connections are the states of deployed connections, as EC2 names them ("available", "pendingAcceptance"), by
	// endpoint ("Checkout/Endpoint"), by peering connection ("active", "pending-acceptance") and by attachment of a transit
	// gateway, and those of associations of services, as VPC Lattice names them ("ACTIVE").
	// Default: not deployed, so the templates decide.
	Connections map[string]string
	// Verifications are the states of private DNS names, as EC2 names them ("verified", "failed"), by endpoint service.
	Verifications map[string]string
	// Assume lists what the proof cannot decide and takes as given: IDs from [Assumptions].
	Assume []string
}

// With returns the facts with those of another, which come first.
func (f Facts) With(other Facts) Facts {
	f.ZoneIDs, f.Services = merged(f.ZoneIDs, other.ZoneIDs), merged(f.Services, other.Services)
	f.Certificates = merged(f.Certificates, other.Certificates)
	f.ZoneNames = merged(f.ZoneNames, other.ZoneNames)
	f.PrefixLists = merged(f.PrefixLists, other.PrefixLists)
	f.LatticePrefixLists = merged(f.LatticePrefixLists, other.LatticePrefixLists)
	f.PublicAddresses = merged(f.PublicAddresses, other.PublicAddresses)
	f.Connections, f.Verifications = merged(f.Connections, other.Connections), merged(f.Verifications, other.Verifications)
	f.Assume = slices.Concat(f.Assume, other.Assume)
	return f
}

// merged is a map with the values of both, in which those of the second come first.
func merged[V any](a, b map[string]V) map[string]V {
	all := make(map[string]V, len(a)+len(b))
	maps.Copy(all, a)
	maps.Copy(all, b)
	return all
}

// What [Facts.Assume] accepts.
const (
	AssumeHostedZone       = "hosted-zone"          // a hosted zone from elsewhere is associated with the client's VPC
	AssumePublicDNS        = "public-dns"           // a public hosted zone is delegated to
	AssumeDNS              = "dns"                  // resolver rules, DNS firewalls and profiles let the name resolve
	AssumeVerified         = "verified"             // the private DNS name of a service is verified
	AssumeRoutes           = "routes"               // routes lead to what is called and back, past whatever inspects traffic
	AssumeSeparateBlocks   = "separate-blocks"      // no blocks of two VPCs with a peering connection overlap
	AssumeTransitGateway   = "transit-gateway"      // a transit gateway from elsewhere takes attachments, and routes between them both ways
	AssumeNetworkACL       = "network-acl"          // the network ACL of a subnet from elsewhere allows the traffic
	AssumeProvider         = "provider"             // a service from elsewhere takes the connection, and its API answers
	AssumePrincipal        = "principal"            // the endpoint is created by the principal that the service allows
	AssumeAccepted         = "accepted"             // the other side accepts the connection, the peering connection or the attachment
	AssumeNetworkName      = "service-network-name" // the DNS entries of an endpoint to a service network lead to the service
	AssumeShareAccepted    = "share-accepted"       // accounts that a resource share names are in its organization, or have accepted it
	AssumeOrganization     = "organization"         // accounts are in the organization or the unit that a resource share names
	AssumeSigned           = "signed-requests"      // the client signs its requests with the credentials of its role
	AssumePolicies         = "auth-policies"        // auth policies and identity policies that no template has allow the request
	AssumeMutualTLS        = "mutual-tls"           // the client has a certificate that the listener trusts
	AssumeCertificateNames = "certificate-names"    // a certificate that no template defines covers the name
	AssumeWebACL           = "web-acl"              // the web ACL allows the requests
	AssumeAuthentication   = "authentication"       // the client sends the credentials that the listener rule asks for
	AssumeJWKS             = "jwks"                 // routes and network ACLs let the ALB fetch the keys of JWTs
	AssumeTargets          = "targets"              // targets are registered
	AssumeHealthyZones     = "healthy-zones"        // requests enter only Availability Zones that have a healthy target
	AssumeHTTP2            = "http2"                // the client speaks HTTP/2, or gRPC where targets do
	AssumeProxyProtocol    = "proxy-protocol"       // targets parse the header of proxy protocol version 2
	AssumeUnread           = "unread"               // nested stacks, loops and transforms that were not read change nothing on the path
	AssumeMacro            = "macro"                // a macro changes nothing on the path, and adds nothing that reaches it

	// AssumeUnmodelled begins the assumption that a property which the proof does not model does not keep requests from
	// their target, such as "unmodelled/AWS::EC2::VPC.VpcEncryptionControl".
	AssumeUnmodelled = "unmodelled/"
)

// Assumptions returns what [Facts.Assume] accepts: what the hops of the catalogue can be assumed by, in the order of a
// request, then what concerns no hop in particular.
func Assumptions() []string {
	var ids []string
	for _, hop := range catalogue {
		for _, id := range hop.AssumedBy {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return append(ids, AssumeUnread, AssumeMacro, AssumeUnmodelled+"TYPE.PROPERTY")
}

// IsAssumption reports whether [Facts.Assume] accepts an ID.
func IsAssumption(id string) bool {
	if name, ok := strings.CutPrefix(id, AssumeUnmodelled); ok {
		resourceType, property, ok := strings.Cut(name, ".")
		return ok && resourceType != "" && property != "" && resourceType != "TYPE"
	}
	return slices.Contains(Assumptions(), id)
}
