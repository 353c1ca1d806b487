package privateapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
)

// aliasTarget implements [awsroute53.IAliasRecordTarget].
type aliasTarget struct{ dnsName, hostedZoneID *string }

var _ awsroute53.IAliasRecordTarget = (*aliasTarget)(nil)

// aliasTargetOf returns the target with a DNS name in a hosted zone; nil if one of them is unknown.
func aliasTargetOf(dnsName, hostedZoneID *string) awsroute53.IAliasRecordTarget {
	if dnsName == nil || hostedZoneID == nil {
		return nil
	}
	return &aliasTarget{dnsName, hostedZoneID}
}

// Bind implements [awsroute53.IAliasRecordTarget].
func (t *aliasTarget) Bind(awsroute53.IRecordSet, awsroute53.IHostedZone) *awsroute53.AliasRecordTargetConfig {
	return &awsroute53.AliasRecordTargetConfig{DnsName: t.dnsName, HostedZoneId: t.hostedZoneID}
}

func (c *privateApiConsumer) DnsName() *string {
	if alias := c.link().Alias; alias != nil {
		return prop.Copy(alias.DnsName.Object())
	}
	return nil
}

func (c *privateApiConsumer) DnsHostedZoneId() *string {
	if alias := c.link().Alias; alias != nil {
		return prop.Copy(alias.HostedZoneID.Object())
	}
	return nil
}

func (c *privateApiConsumer) AliasTarget() awsroute53.IAliasRecordTarget {
	return aliasTargetOf(c.DnsName(), c.DnsHostedZoneId())
}
