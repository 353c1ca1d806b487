package publicapi

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// recordsPlan is the aliases of the ALB in a public hosted zone.
type recordsPlan struct {
	zone  awsroute53.IHostedZone
	names []*string
}

// planRecords plans an alias for each name; nil for none.
func planRecords(r *rules.Report, stack *answers.Stack, props *ApiProps, at stage) *recordsPlan {
	if props.HostedZone == nil {
		return nil
	}
	if placement.IsPrivateZone(props.HostedZone) {
		r.Add(rules.PublicZone, "HostedZone", "is private")
	}
	if account, isOther := placement.AccountOfOtherZone(stack, props.HostedZone); isOther {
		r.AddWithFix(rules.HostedZoneAccount, "HostedZone", "define the records in the account of the zone, with LoadBalancerDnsName and LoadBalancerCanonicalHostedZoneId",
			"is in account %s, and the API in %s", account, *stack.Account())
	}
	if len(prop.Elements(props.DomainNames)) == 0 {
		r.AddWithFix(rules.Contradiction, "HostedZone", "set DomainNames, or remove HostedZone", "is set, but there are no DomainNames to have records")
	}
	if name, ok := placement.HostedZoneName(stack, props.HostedZone); ok {
		check.Each(props.DomainNames, "DomainNames", func(property, domainName string) {
			rules.CheckNameInZone(r, property, domainName, name)
		})
	}
	if at.isClosed {
		return nil
	}
	return &recordsPlan{props.HostedZone, token.Elements(props.DomainNames)}
}

// defineRecords defines the aliases, once the ALB listens behind its web ACL. They are L1: CDK's alias target lives in a package that costs
// 104 more to import.
func (a *api) defineRecords() {
	plan := a.plan.records
	if plan == nil {
		return
	}
	zoneID := onecall.Get(onecall.Use(a.batch, plan.zone), awsroute53.IHostedZone.HostedZoneId).Placeholder()
	for i, name := range plan.names {
		id := fmt.Sprintf("Record%d", i) // a token cannot be part of an ID
		if literal, ok := token.Literal(name); ok {
			id = "Record-" + literal
		}
		record := onecall.Add(a.batch, awsroute53.NewCfnRecordSet, id, &awsroute53.CfnRecordSetProps{
			HostedZoneId: zoneID, Name: jsii.String(*name + "."), Type: jsii.String("A"),
			AliasTarget: &awsroute53.CfnRecordSet_AliasTargetProperty{DnsName: a.dnsName.Placeholder(), HostedZoneId: a.hostedZoneID.Placeholder()},
		})
		onecall.WaitFor(a.batch, record, a.loadBalancer.Listening())
		onecall.WaitFor(a.batch, record, a.loadBalancer.WebACLAssociation())
	}
}
