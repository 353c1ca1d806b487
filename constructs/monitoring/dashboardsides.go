package monitoring

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/link"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/metrics"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cloudwatch"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func (p *dashboardPlan) planProvider() {
	provider := p.props.Provider
	if provider == nil {
		return
	}
	const property = "Provider"
	p.checkArns(property+".CertificateArns", provider.CertificateArns)
	p.checkList(property+".DomainNames", provider.DomainNames)
	check.DomainNames(p.report, property+".DomainNames", provider.DomainNames)
	var resources []metrics.Resource
	at := p.placeOf(property, provider.Account, provider.Region, p.stack.Region())
	if provider.Service != nil {
		resources = p.resourcesOfService(property, provider)
	} else {
		resources = p.describedResources(property, provider)
	}
	resources = append(targetsOf(resources), p.acceptance(property, provider, resources)...)
	for _, resource := range resources {
		p.subjects = append(p.subjects, subject{resource, resource.Label, at.or(resource.Region)})
	}
	for i, arn := range token.Elements(provider.CertificateArns) {
		if arn != nil {
			p.checkCertificate(fmt.Sprintf("%s.CertificateArns[%d]", property, i), arn)
			p.subjects = append(p.subjects, subject{metrics.Certificate(arn), certificateLabel(i, *arn), at})
		}
	}
}

// checkCertificate reports what is no certificate of ACM, and so has no metric.
func (p *dashboardPlan) checkCertificate(property string, arn *string) {
	literal, isLiteral := token.Literal(arn)
	if certificate, ok := rules.ParseCertificateARN(literal); isLiteral && (!ok || certificate.Region == "") {
		p.report.AddWithFix(rules.DashboardResource, property, "use the ARN of a certificate of ACM", "%q is not the ARN of a certificate of ACM", literal)
	}
}

// resourcesOfService asks an API of this app.
func (p *dashboardPlan) resourcesOfService(property string, provider *DashboardProvider) []metrics.Resource {
	p.checkEither(property, "Service",
		check.Property{Name: "ServiceId", IsSet: provider.ServiceId != nil},
		check.Property{Name: "NetworkLoadBalancerFullName", IsSet: provider.NetworkLoadBalancerFullName != nil},
		check.Property{Name: "LoadBalancerFullName", IsSet: provider.LoadBalancerFullName != nil},
		check.Property{Name: "LatticeServiceId", IsSet: provider.LatticeServiceId != nil},
		check.Property{Name: "DomainNames", IsSet: provider.DomainNames != nil})
	if isDefinedHere(provider.Service) { // it says where it is
		p.checkEither(property, "Service",
			check.Property{Name: "Account", IsSet: provider.Account != nil},
			check.Property{Name: "Region", IsSet: provider.Region != nil})
	}
	measured, isMeasured := provider.Service.(metrics.Measured)
	if !isMeasured {
		p.report.Add(rules.DashboardService, property+".Service", "is not an API that this app defines")
		return nil
	}
	p.provider = answers.StackOf(provider.Service.Node().Scope())
	p.checkPlace(property+".Service", p.provider)
	resources := measured.MetricResources()
	if len(resources) == 0 {
		p.report.Add(rules.DashboardService, property+".Service", "has no metrics that you can see")
	}
	return resources
}

// describedResources are those of an API of another app.
func (p *dashboardPlan) describedResources(property string, provider *DashboardProvider) (resources []metrics.Resource) {
	for _, described := range []struct {
		name  string
		value *string
		check func(r *rules.Report, property, value string)
		make  func(value *string) metrics.Resource
	}{
		{"ServiceId", provider.ServiceId, rules.CheckEndpointServiceID, metrics.EndpointService},
		{"NetworkLoadBalancerFullName", provider.NetworkLoadBalancerFullName, rules.CheckNetworkLoadBalancerFullName, metrics.NetworkLoadBalancer},
		{"LoadBalancerFullName", provider.LoadBalancerFullName, rules.CheckLoadBalancerFullName, metrics.ApplicationLoadBalancer},
		{"LatticeServiceId", provider.LatticeServiceId, rules.CheckLatticeServiceID, metrics.LatticeService},
	} {
		if literal, isLiteral := token.Literal(described.value); isLiteral {
			described.check(p.report, property+"."+described.name, literal)
		}
		if described.value != nil {
			resources = append(resources, described.make(described.value))
		}
	}
	if len(resources) == 0 {
		p.report.Add(rules.DashboardService, property, "has neither Service nor the ID of a resource")
	}
	return resources
}

// targetsOf replaces target groups by a search for those of each ALB, or of an NLB without one, which finds those of routes that are added later too.
// AWS counts no targets of an NLB in front of an ALB.
func targetsOf(resources []metrics.Resource) []metrics.Resource {
	var kept, behindALBs, behindNLBs []metrics.Resource
	for _, r := range resources {
		name := r.Dimensions["LoadBalancer"]
		switch r.Kind {
		case cloudwatch.NetworkTargetGroup, cloudwatch.ApplicationTargetGroup:
			continue
		case cloudwatch.NetworkLoadBalancer:
			behindNLBs = append(behindNLBs, metrics.NetworkTargetGroup(name, nil))
		case cloudwatch.ApplicationLoadBalancer:
			behindALBs = append(behindALBs, metrics.ApplicationTargetGroup(name, nil))
		}
		kept = append(kept, r)
	}
	if len(behindALBs) > 0 {
		return append(kept, behindALBs...)
	}
	return append(kept, behindNLBs...)
}

// acceptance returns the acceptor of an endpoint service, if it is to be shown.
func (p *dashboardPlan) acceptance(property string, provider *DashboardProvider, resources []metrics.Resource) []metrics.Resource {
	shown := provider.Acceptance
	if service, isPrivateLink := provider.Service.(privateapi.IPrivateLinkService); shown == nil && isPrivateLink {
		shown = service.AcceptanceRequired()
	}
	if !prop.IsTrue(shown) {
		return nil
	}
	for _, r := range resources {
		if r.Kind == cloudwatch.EndpointService {
			return []metrics.Resource{metrics.Acceptor(r.Dimensions["Service Id"])}
		}
	}
	if !p.report.HasErrors() {
		p.report.AddWithFix(rules.DashboardService, property+".Acceptance", "leave it out", "is true, and there is no endpoint service")
	}
	return nil
}

func (p *dashboardPlan) planConsumers() {
	seen := map[string]string{}
	for i, consumer := range prop.Elements(p.props.Consumers) {
		property := fmt.Sprintf("Consumers[%d]", i)
		p.checkLabel(property+".Label", consumer.Label, seen)
		if consumer.Spoke != nil {
			p.planSpoke(property, consumer)
		}
		switch {
		case consumer.Consumer != nil:
			p.planConsumer(property, consumer)
		case consumer.Spoke == nil || consumer.VpcEndpointId != nil:
			p.planDescribed(property, consumer)
		}
	}
}

func (p *dashboardPlan) checkLabel(property string, label *string, seen map[string]string) {
	literal, isLiteral := token.Literal(label)
	switch first := seen[literal]; {
	case label == nil || strings.TrimSpace(*label) == "":
		p.report.AddWithFix(rules.Required, property, "supply the name of the consumer in the graphs", "is missing")
	case !isLiteral:
		p.report.Add(rules.DashboardLabel, property, "is known only at deploy time")
	case first != "":
		p.report.Add(rules.DashboardLabel, property, "%q is that of %s too", literal, first)
	default:
		seen[literal] = property
		rules.CheckDashboardLabel(p.report, property, literal)
	}
}

// planConsumer asks a consumer of this app, or an import of which only the endpoint is known.
func (p *dashboardPlan) planConsumer(property string, consumer *DashboardConsumer) {
	p.checkEither(property, "Consumer",
		check.Property{Name: "VpcEndpointId", IsSet: consumer.VpcEndpointId != nil},
		check.Property{Name: "VpcId", IsSet: consumer.VpcId != nil},
		check.Property{Name: "TransitGatewayAttachmentId", IsSet: consumer.TransitGatewayAttachmentId != nil},
		check.Property{Name: "ServiceName", IsSet: consumer.ServiceName != nil},
		check.Property{Name: "Account", IsSet: consumer.Account != nil},
		check.Property{Name: "Region", IsSet: consumer.Region != nil})
	property += ".Consumer"
	connected, isDefined := consumer.Consumer.(link.Connected)
	if isDefined {
		from := connected.ConnectedFrom()
		p.checkPlace(property, from.Stack)
		if from.Stack != p.stack && p.provider == p.stack && isSame(from.Service, p.props.Provider.Service) {
			p.report.Add(rules.DashboardStack, property, "is in another stack, and the dashboard in that of the provider")
		}
	}
	var resources []metrics.Resource
	if measured, isMeasured := consumer.Consumer.(metrics.Measured); isMeasured {
		resources = measured.MetricResources()
	}
	if endpointID := consumer.Consumer.VpcEndpointId; len(resources) == 0 && !isDefined && endpointID() != nil {
		// an import that does not say all that identifies its endpoint
		resources = append(resources, metrics.Endpoint(metrics.EndpointIdentity{VpcEndpointID: endpointID()}))
	}
	if len(resources) == 0 && consumer.Spoke == nil {
		p.report.Add(rules.DashboardConsumer, property, "has no metrics")
	}
	p.addConsumer(consumer.Label, place{region: *p.stack.Region()}, resources...)
}

// isSame compares objects, of which one may be a struct of the caller that Go cannot compare.
func isSame(a, b any) bool { return reflect.ValueOf(a).Comparable() && a == b }

// planSpoke plans the attachment of a consumer to a transit gateway.
func (p *dashboardPlan) planSpoke(property string, consumer *DashboardConsumer) {
	p.checkEither(property, "Spoke", check.Property{Name: "TransitGatewayAttachmentId", IsSet: consumer.TransitGatewayAttachmentId != nil})
	if consumer.Consumer == nil && consumer.VpcEndpointId == nil { // nothing but the spoke
		p.checkEither(property, "Spoke",
			check.Property{Name: "VpcId", IsSet: consumer.VpcId != nil},
			check.Property{Name: "ServiceName", IsSet: consumer.ServiceName != nil},
			check.Property{Name: "Account", IsSet: consumer.Account != nil},
			check.Property{Name: "Region", IsSet: consumer.Region != nil})
	}
	property += ".Spoke"
	if measured, isMeasured := consumer.Spoke.(metrics.Measured); isMeasured {
		for _, resource := range measured.MetricResources() {
			if resource.Kind == cloudwatch.TransitGatewayAttachment {
				p.checkPlace(property, answers.StackOf(consumer.Spoke.Node().Scope()))
				p.addConsumer(consumer.Label, place{region: *p.stack.Region()}, resource)
				return
			}
		}
	}
	p.report.AddWithFix(rules.DashboardConsumer, property, "supply a spoke of package transitgateway", "is not a spoke")
}

// planDescribed plans a consumer of another app.
func (p *dashboardPlan) planDescribed(property string, consumer *DashboardConsumer) {
	region := p.stack.Region()
	if p.props.Provider != nil {
		region = prop.Or(p.props.Provider.Region, region)
	}
	at := p.placeOf(property, consumer.Account, consumer.Region, region)
	if literal, isLiteral := token.Literal(consumer.VpcEndpointId); isLiteral {
		rules.CheckEndpointID(p.report, property+".VpcEndpointId", literal)
	}
	if literal, isLiteral := token.Literal(consumer.VpcId); isLiteral && !strings.HasPrefix(literal, "vpc-") {
		p.report.AddWithFix(rules.DashboardResource, property+".VpcId", "write it like vpc-0123456789abcdef0", "%q is not the ID of a VPC", literal)
	}
	if literal, isLiteral := token.Literal(consumer.ServiceName); isLiteral {
		rules.CheckServiceName(p.report, property+".ServiceName", literal)
	}
	if consumer.TransitGatewayAttachmentId != nil {
		p.addConsumer(consumer.Label, at, metrics.TransitGatewayAttachment(nil, consumer.TransitGatewayAttachmentId))
		if consumer.VpcEndpointId == nil {
			return
		}
	}
	service := prop.Or(consumer.ServiceName, p.serviceName(region))
	p.checkServiceRegion(property, at.region, consumer.ServiceName, region)
	if consumer.VpcEndpointId == nil && service == nil {
		p.report.AddWithFix(rules.Required, property+".VpcEndpointId", "supply it, or ServiceName, or a Provider with an endpoint service", "is missing")
	}
	p.addConsumer(consumer.Label, at, metrics.Endpoint(metrics.EndpointIdentity{
		ServiceName: service, VpcEndpointID: consumer.VpcEndpointId, VpcID: consumer.VpcId,
	}))
}

// checkServiceRegion reports an endpoint in another Region than its service: that of its name, or else of the provider.
func (p *dashboardPlan) checkServiceRegion(property, region string, serviceName, provider *string) {
	of := ""
	if name, isLiteral := token.Literal(serviceName); isLiteral {
		of, _ = rules.ParseServiceName(name)
	} else if serviceName == nil && p.props.Provider != nil {
		of = *provider
	}
	if of != "" && !p.report.HasErrors() && placement.Differ(region, of) {
		p.report.AddWithFix(rules.DashboardConsumer, property+".Region", "leave the consumer out", "is %s, and the service is in %s: AWS publishes no metrics across Regions", region, of)
	}
}

func (p *dashboardPlan) addConsumer(label *string, at place, resources ...metrics.Resource) {
	for _, resource := range resources {
		p.subjects = append(p.subjects, subject{resource, textOf(label), at.or(resource.Region)})
		if id := resource.Dimensions["VPC Endpoint Id"]; id != nil {
			p.consumers = append(p.consumers, consumerLine{textOf(label), id})
		}
	}
}

// serviceName is the name of the endpoint service of the provider; nil if it has none.
func (p *dashboardPlan) serviceName(region *string) *string {
	for _, s := range p.subjects {
		if s.resource.Kind == cloudwatch.EndpointService {
			prefix := rules.ServiceNamePrefix(*region)
			return jsii.String(strings.Join([]string{prefix, *region, *s.resource.Dimensions["Service Id"]}, "."))
		}
	}
	return nil
}

// domainNames are the names in the heading.
func (p *dashboardPlan) domainNames() []*string {
	if provider := p.props.Provider; provider != nil && provider.Service != nil {
		return prop.Elements(provider.Service.DomainNames())
	} else if provider != nil {
		return prop.Elements(provider.DomainNames)
	}
	for _, consumer := range prop.Elements(p.props.Consumers) {
		if consumer.Consumer != nil {
			return prop.Elements(consumer.Consumer.DomainNames())
		}
	}
	return nil
}

// certificateLabel is the ID at the end of an ARN, or a number if that is known only at deploy time.
func certificateLabel(index int, arn string) string {
	if token.IsString(arn) {
		return fmt.Sprint("certificate ", index+1)
	}
	return arn[strings.LastIndex(arn, "/")+1:]
}
