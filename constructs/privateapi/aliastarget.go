package privateapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
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

// alias returns the target of the connection in CDK's tokens; nil if it has none. What the batch of the consumer made is asked
// for anew: its placeholders mean nothing to CDK.
func (c *privateApiConsumer) alias() *AliasTarget {
	if endpoint := c.plan.connection.endpoint; c.plan.connection.isOurs() {
		return endpoint.aliasOf(c.link.endpoint.Object().AttrDnsEntries())
	}
	return c.link.alias
}

func (c *privateApiConsumer) DnsName() *string {
	return c.dnsPart(func(t *AliasTarget) any { return t.DnsName })
}

func (c *privateApiConsumer) DnsHostedZoneId() *string {
	return c.dnsPart(func(t *AliasTarget) any { return t.HostedZoneId })
}

func (c *privateApiConsumer) AliasTarget() awsroute53.IAliasRecordTarget {
	return aliasTargetOf(c.DnsName(), c.DnsHostedZoneId())
}

// dnsPart returns a part of the alias target as a token, or as it is if it is a string; nil if there is no target.
func (c *privateApiConsumer) dnsPart(part func(*AliasTarget) any) *string {
	alias := c.alias()
	if alias == nil {
		return nil
	}
	value := part(alias)
	if text, isText := value.(*string); isText {
		return text
	}
	return awscdk.Token_AsString(value, nil)
}
