package reachability

import "github.com/cdk-private-api/cdk-private-api-go/reachability/proof"

// The words of the proof, as package proof defines them.
type (
	// Question says what to prove.
	Question = proof.Question
	// Facts are what no template can say.
	Facts = proof.Facts
	// Report is the result of a question.
	Report = proof.Report
	// Answer is the result for one client, domain, port and path.
	Answer = proof.Answer
	// Verdict is the result of a question, or of one hop.
	Verdict = proof.Verdict
	// Hop is one step of a request.
	Hop = proof.Hop
	// Evidence is a resource in a template, or a property of it.
	Evidence = proof.Evidence
	// Settlement is one thing that would settle an unknown.
	Settlement = proof.Settlement
	// Group is answers that one change settles.
	Group = proof.Group
	// Finding is a rule that the templates break.
	Finding = proof.Finding
	// Severity says what a broken rule does.
	Severity = proof.Severity
	// Exposure is something that can send traffic to one hop of an API.
	Exposure = proof.Exposure
	// Inventory is what templates have that a question can be about.
	Inventory = proof.Inventory
	// Client is a resource that can send traffic.
	Client = proof.Client
	// Notice is something in the templates that the proof does not cover.
	Notice = proof.Notice
	// TB is what the assertions need of a [testing.TB].
	TB = proof.TB
)

// The verdicts.
const (
	Unknown   = proof.Unknown
	Reachable = proof.Reachable
	Blocked   = proof.Blocked
)

// The severities.
const (
	SeverityError   = proof.SeverityError
	SeverityWarning = proof.SeverityWarning
)

// The names of the hops, in the order of a request.
const (
	HopHostedZone         = proof.HopHostedZone
	HopRecord             = proof.HopRecord
	HopRoute              = proof.HopRoute
	HopPeering            = proof.HopPeering
	HopAttachment         = proof.HopAttachment
	HopGatewayRoute       = proof.HopGatewayRoute
	HopGatewayRouteBack   = proof.HopGatewayRouteBack
	HopRouteBack          = proof.HopRouteBack
	HopClientEgress       = proof.HopClientEgress
	HopClientNacl         = proof.HopClientNacl
	HopAttachmentNacl     = proof.HopAttachmentNacl
	HopInternetRoute      = proof.HopInternetRoute
	HopNatGateway         = proof.HopNatGateway
	HopNatNacl            = proof.HopNatNacl
	HopInternetGateway    = proof.HopInternetGateway
	HopBlockPublicAccess  = proof.HopBlockPublicAccess
	HopPublicSubnet       = proof.HopPublicSubnet
	HopEndpointIngress    = proof.HopEndpointIngress
	HopEndpointZones      = proof.HopEndpointZones
	HopEndpointService    = proof.HopEndpointService
	HopAllowedPrincipal   = proof.HopAllowedPrincipal
	HopAcceptance         = proof.HopAcceptance
	HopNlbIngress         = proof.HopNlbIngress
	HopNlbListener        = proof.HopNlbListener
	HopNlbTargetGroup     = proof.HopNlbTargetGroup
	HopNlbHealthCheck     = proof.HopNlbHealthCheck
	HopNlbEgress          = proof.HopNlbEgress
	HopNlbNacl            = proof.HopNlbNacl
	HopVpcAssociation     = proof.HopVpcAssociation
	HopAssociationIngress = proof.HopAssociationIngress
	HopServiceAssociation = proof.HopServiceAssociation
	HopResourceShare      = proof.HopResourceShare
	HopServiceDomain      = proof.HopServiceDomain
	HopServiceListener    = proof.HopServiceListener
	HopServiceCertificate = proof.HopServiceCertificate
	HopCallerPolicy       = proof.HopCallerPolicy
	HopNetworkPolicy      = proof.HopNetworkPolicy
	HopServicePolicy      = proof.HopServicePolicy
	HopServiceRule        = proof.HopServiceRule
	HopServiceTargetGroup = proof.HopServiceTargetGroup
	HopAlbNacl            = proof.HopAlbNacl
	HopAlbIngress         = proof.HopAlbIngress
	HopAlbListener        = proof.HopAlbListener
	HopCertificate        = proof.HopCertificate
	HopAlbRule            = proof.HopAlbRule
	HopJwtKeys            = proof.HopJwtKeys
	HopTargetGroup        = proof.HopTargetGroup
	HopTargetHealthCheck  = proof.HopTargetHealthCheck
	HopLoadBalancerEgress = proof.HopLoadBalancerEgress
	HopTargetNacl         = proof.HopTargetNacl
	HopTargetIngress      = proof.HopTargetIngress
	HopTarget             = proof.HopTarget
)

// Assumptions returns what [Facts.Assume] accepts, in the order of a request.
func Assumptions() []string { return proof.Assumptions() }

// IsAssumption reports whether [Facts.Assume] accepts an ID.
func IsAssumption(id string) bool { return proof.IsAssumption(id) }
