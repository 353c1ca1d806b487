package privateapi

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/placeholder"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// DnsMode is how the clients of a consumer resolve the name of the API.
type DnsMode string

const (
	// DnsMode_PRIVATE_HOSTED_ZONE defines a private hosted zone for each domain name, with an alias that leads to the
	// API; or the alias alone, in an existing HostedZone. The provider needs only a certificate that covers the names.
	//
	// The alias needs the DNS name of the endpoint. That EC2 gives the name while the connection waits to be accepted is an
	// assumption: no page of AWS says so. If you do not want to rest on it, use DnsMode_NONE until the connection is accepted, and
	// change the mode then; this replaces nothing.
	DnsMode_PRIVATE_HOSTED_ZONE DnsMode = "PRIVATE_HOSTED_ZONE"
	// DnsMode_PRIVATE_DNS enables the service's own private DNS name, which the provider must have verified, on the
	// endpoint.
	DnsMode_PRIVATE_DNS DnsMode = "PRIVATE_DNS"
	// DnsMode_NONE defines no names: clients use the endpoint's, which no certificate of the provider covers, or you
	// define records of your own, which lead to DnsName or AliasTarget of the consumer.
	DnsMode_NONE DnsMode = "NONE"
)

// planDns checks that the mode, the names and the service fit each other, and plans the hosted zones.
func (plan *consumerPlan) planDns(props *PrivateApiConsumerProps, mode DnsMode) {
	r := plan.report
	switch mode {
	case DnsMode_PRIVATE_HOSTED_ZONE:
		plan.checkNames(props)
		if props.HostedZone != nil {
			plan.planExistingZone(props)
		} else {
			plan.planOwnZones(props)
		}
	case DnsMode_PRIVATE_DNS:
		plan.planPrivateDnsName(props, mode)
	case DnsMode_NONE:
		checkNoZones(r, props, mode)
		checkNoNames(r, props, mode)
		return
	default:
		r.AddWithFix(rules.KnownValue, "DnsMode", "use one of the DnsMode constants", "%q is not one of its values", mode)
		return
	}
	plan.checkVpcDns("Vpc", props.Vpc)
}

// planOwnZones plans a zone for each name, in the VPC of the consumer and more.
func (plan *consumerPlan) planOwnZones(props *PrivateApiConsumerProps) {
	check.Each(plan.domainNames, "DomainNames", func(property, name string) {
		if rules.IsParentZone(name) {
			plan.report.Add(rules.ParentZone, property, "the zone for %q hides every other name below %s from its VPCs", name, zoneName(name))
		}
	})
	plan.checkZoneVpcs(props)
	if props.Vpc != nil {
		plan.zoneVpcs = append([]awsec2.IVpc{props.Vpc}, prop.Elements(props.HostedZoneVpcs)...)
	}
	plan.zones = planZones(plan.domainNames)
}

// checkNames checks that there are names, each known at synthesis, because each needs a record.
func (plan *consumerPlan) checkNames(props *PrivateApiConsumerProps) {
	r, names := plan.report, plan.domainNames
	if names != nil && token.IsList(*names) {
		r.AddWithFix(rules.Required, "DomainNames", "list the names one by one; each may be a token",
			"is a list that is known only at deploy time, and each name needs a record")
	}
	if props.Service != nil && len(prop.Elements(names)) == 0 {
		fix := "supply the names under which clients call the API, or set DnsMode to DnsMode_NONE"
		if plan.connections[0].HasPrivateDns {
			fix = "set DnsMode to DnsMode_PRIVATE_DNS for the service's own names, or supply the names under which clients call the API"
		}
		r.AddWithFix(rules.Required, "DomainNames", fix, "is empty, and the service has none")
	}
}

// checkZoneVpcs checks that each VPC is listed once and is in the account of the zones: CloudFormation associates no
// others.
func (plan *consumerPlan) checkZoneVpcs(props *PrivateApiConsumerProps) {
	if props.HostedZoneVpcs == nil || props.Vpc == nil {
		return
	}
	r := plan.report
	seen := map[string]bool{*props.Vpc.VpcId(): true}
	own, ownOk := token.Literal(plan.stack.Account())
	for i, vpc := range *props.HostedZoneVpcs {
		if vpc == nil {
			continue // reported already
		}
		property := fmt.Sprintf("HostedZoneVpcs[%d]", i)
		id := *vpc.VpcId()
		if !placeholder.IsVpcID(id) && seen[id] {
			r.AddWithFix(rules.HostedZoneVpc, property, "leave it out: the zones are associated with the VPC of the consumer anyway", "is associated with the zones already")
		}
		seen[id] = true
		if account, ok := token.Literal(vpc.Env().Account); ok && ownOk && account != own {
			r.AddWithFix(rules.HostedZoneVpc, property, associateByHand(id, vpc), "is in account %s, and the zones are in %s", account, own)
		}
		plan.checkVpcDns(property, vpc)
	}
}

// associateByHand is the fix for a VPC of another account.
func associateByHand(id string, vpc awsec2.IVpc) string {
	known := func(value, otherwise string) string {
		if literal, ok := token.Literal(&value); ok {
			return literal
		}
		return otherwise
	}
	names := fmt.Sprintf("--hosted-zone-id <zone> --vpc VPCRegion=%s,VPCId=%s", known(*vpc.Env().Region, "<region>"), known(id, "<vpc>"))
	return "set Profile to a Route 53 Profile that is shared with that account; or, since CloudFormation has no resource for it, run aws route53 " +
		"create-vpc-association-authorization " + names + " in the account of the zones, then aws route53 associate-vpc-with-hosted-zone " + names + " in that of the VPC"
}

// checkNoZones reports properties of hosted zones that are set for a mode without zones.
func checkNoZones(r *rules.Report, props *PrivateApiConsumerProps, mode DnsMode) {
	reportZoneProps(r, mode,
		check.Property{Name: "HostedZone", IsSet: props.HostedZone != nil},
		check.Property{Name: "HostedZoneVpcs", IsSet: len(prop.Elements(props.HostedZoneVpcs)) > 0},
		check.Property{Name: "Profile", IsSet: props.Profile != nil},
	)
}

func reportZoneProps(r *rules.Report, mode DnsMode, properties ...check.Property) {
	for _, name := range check.Set(properties...) {
		r.AddWithFix(rules.DnsModes, name, fmt.Sprintf("remove %s, or set DnsMode to DnsMode_PRIVATE_HOSTED_ZONE", name),
			"is set, but DnsMode is %s", mode)
	}
}

// checkVpcDns checks a VPC that this app defines; nothing is known about the DNS settings of an imported one.
func (plan *consumerPlan) checkVpcDns(property string, vpc awsec2.IVpc) {
	own, ok := vpc.(awsec2.Vpc)
	if !ok {
		return
	}
	hasDns := answers.Of(plan.stack, own, "DNS", func() bool { return *own.DnsHostnamesEnabled() && *own.DnsSupportEnabled() })
	if !hasDns {
		plan.report.Add(rules.VpcDns, property, "%s has DNS hostnames or DNS support disabled", *own.Node().Path())
	}
}
