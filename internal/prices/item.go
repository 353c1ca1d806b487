package prices

// Item is what AWS charges for, such as an hour of an interface endpoint in a zone.
type Item string

// The items that have prices.
const (
	EndpointHour         Item = "endpoint.hour"
	EndpointGB           Item = "endpoint.gb"
	ResourceEndpointHour Item = "endpoint.resource.hour"
	ResourceEndpointGB   Item = "endpoint.resource.gb"
	EndpointCrossRegion  Item = "endpoint.cross-region"
	ALBHour              Item = "alb.hour"
	LCU                  Item = "alb.lcu"
	NLBHour              Item = "nlb.hour"
	NLCU                 Item = "nlb.lcu"
	NATHour              Item = "nat.hour"
	NATGB                Item = "nat.gb"
	PublicIPv4Hour       Item = "ipv4.hour"

	TransitGatewayHour Item = "transit-gateway.hour"
	TransitGatewayGB   Item = "transit-gateway.gb"
	CrossZoneGB        Item = "cross-zone.gb"

	LatticeHour         Item = "lattice.hour"
	LatticeGB           Item = "lattice.gb"
	LatticeRequests     Item = "lattice.requests"
	LatticeResourceHour Item = "lattice.resource.hour"
	LatticeResourceGB   Item = "lattice.resource.gb"

	HostedZone     Item = "route53.zone"
	DNSQueries     Item = "route53.queries"
	ProfileHour    Item = "profile.hour"
	ProfileVPCHour Item = "profile.vpc.hour"

	WebACL         Item = "waf.acl"
	WebACLRule     Item = "waf.rule"
	WebACLRequests Item = "waf.requests"

	Alarm               Item = "alarm"
	HighResolutionAlarm Item = "alarm.high-resolution"
	CompositeAlarm      Item = "alarm.composite"
	Dashboard           Item = "dashboard"
	Metric              Item = "metric"
	InsightsRule        Item = "contributor-insights.rule"
	InsightsEvents      Item = "contributor-insights.events"
	LogsGB              Item = "logs.gb"
	DeliveredLogsGB     Item = "logs.delivered.gb"
	LogsInsightsGB      Item = "logs.insights.gb"

	Key               Item = "kms.key"
	AdvancedParameter Item = "ssm.advanced"
)
