package privateapi

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// PrivateApiConsumerAttributes describe a consumer over PrivateLink that is defined elsewhere.
type PrivateApiConsumerAttributes struct {
	// The ID of the endpoint: vpce-<id>.
	//
	// Required.
	VpcEndpointId *string

	// The security groups of the endpoint.
	//
	// Required.
	SecurityGroups *[]awsec2.ISecurityGroup

	// The TCP port of the API. Not together with Ports.
	//
	// Default: 443.
	Port *float64

	// The TCP ports of the API, if there are several.
	//
	// Default: - Port alone.
	Ports *[]*float64

	// The names under which clients call the API.
	//
	// Default: - none.
	DomainNames *[]*string

	// The DNS name of the endpoint, for records of your own: the consumer's DnsName, or DnsEntries[0].DnsName of
	// aws ec2 describe-vpc-endpoints.
	//
	// Default: - unknown.
	DnsName *string

	// The ID of the hosted zone in which AWS keeps DnsName, for alias records: the consumer's DnsHostedZoneId, or
	// DnsEntries[0].HostedZoneId of aws ec2 describe-vpc-endpoints.
	//
	// Default: - unknown.
	DnsHostedZoneId *string

	// The name of the endpoint service: com.amazonaws.vpce.<region>.vpce-svc-<id>. The metrics of the endpoint need it.
	//
	// Default: - unknown.
	ServiceName *string

	// The ID of the VPC of the endpoint. The metrics of the endpoint need it.
	//
	// Default: - unknown.
	VpcId *string
}

// importedConsumer is a consumer that this stack does not define.
type importedConsumer struct {
	constructs.Construct
	endpointMetrics
	endpointID      *string
	serviceName     *string
	vpcID           *string
	ports           *[]*float64
	domainNames     *[]*string
	dnsName         *string
	dnsHostedZoneID *string
	connections     awsec2.Connections
}

var _ IPrivateApiConsumer = (*importedConsumer)(nil)

// PrivateApiConsumer_FromAttributes imports a consumer, so that a stack can let its clients in.
//
// It panics if an attribute is missing or malformed.
func PrivateApiConsumer_FromAttributes(scope constructs.Construct, id *string, attrs *PrivateApiConsumerAttributes) IPrivateApiConsumer {
	refusal.RequireScope("PrivateApiConsumer_FromAttributes", scope, id)
	attrs = prop.Or(prop.Copy(attrs), &PrivateApiConsumerAttributes{}) // the caller may change its own
	r := &rules.Report{}
	check.Embedded(r, "", attrs)
	attrs.validate(r)
	ports := check.Ports(r, attrs.Port, attrs.Ports)
	refusal.Of(r, scope, id)

	c := &importedConsumer{
		endpointID: attrs.VpcEndpointId, ports: ports, domainNames: attrs.DomainNames,
		dnsName: attrs.DnsName, dnsHostedZoneID: attrs.DnsHostedZoneId, serviceName: attrs.ServiceName, vpcID: attrs.VpcId,
	}
	c.endpointMetrics.of = c.measured
	constructs.NewConstruct_Override(c, scope, id)
	c.connections = awsec2.NewConnections(&awsec2.ConnectionsProps{
		SecurityGroups: attrs.SecurityGroups,
		DefaultPort:    defaultPortOf(answers.StackOf(scope), c.ports),
	})
	batch := onecall.In(c)
	refuseMoreGroups(onecall.Use(batch, c.connections), len(*attrs.SecurityGroups))
	batch.Flush()
	return c
}

func (c *importedConsumer) Connections() awsec2.Connections { return c.connections }
func (c *importedConsumer) VpcEndpointId() *string          { return prop.Copy(c.endpointID) }
func (c *importedConsumer) Port() *float64                  { return firstPort(c.ports) }
func (c *importedConsumer) Ports() *[]*float64              { return prop.Copy(c.ports) }
func (c *importedConsumer) DomainNames() *[]*string         { return prop.Copy(c.domainNames) }
func (c *importedConsumer) DnsName() *string                { return prop.Copy(c.dnsName) }
func (c *importedConsumer) DnsHostedZoneId() *string        { return prop.Copy(c.dnsHostedZoneID) }

func (c *importedConsumer) AliasTarget() awsroute53.IAliasRecordTarget {
	return aliasTargetOf(c.dnsName, c.dnsHostedZoneID)
}

func (a *PrivateApiConsumerAttributes) validate(r *rules.Report) {
	if a.VpcEndpointId == nil {
		r.Add(rules.Required, "VpcEndpointId", "is missing")
	}
	if id, ok := token.Literal(a.VpcEndpointId); ok {
		rules.CheckEndpointID(r, "VpcEndpointId", id)
	}
	if name, ok := token.Literal(a.ServiceName); ok {
		rules.CheckServiceName(r, "ServiceName", name)
	}
	if len(prop.Elements(a.SecurityGroups)) == 0 {
		r.Add(rules.Required, "SecurityGroups", "is empty")
	}
	check.NoNil(r, "SecurityGroups", a.SecurityGroups)
	if a.DnsHostedZoneId != nil && a.DnsName == nil {
		r.AddWithFix(rules.Required, "DnsName", "supply it, or leave DnsHostedZoneId out", "is missing, but DnsHostedZoneId is set")
	}
	check.DomainNames(r, "DomainNames", a.DomainNames)
}
