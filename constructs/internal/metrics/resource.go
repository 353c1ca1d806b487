package metrics

import (
	"fmt"
	"maps"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cloudwatch"
)

// Resource is a resource that AWS measures.
type Resource struct {
	// Kind is what it is, with the metrics that it has.
	Kind *cloudwatch.Resource
	// Dimensions identify it, by their names as AWS writes them. A value may be a token.
	Dimensions map[string]*string
	// Label tells it from others of its kind, such as the ID of a route; empty if a construct has one of the kind.
	Label string
	// Region has the metrics; nil for that of the construct's stack.
	Region *string
	// Unchecked is true of a target group whose targets ELB does not check: its counts of hosts say nothing.
	Unchecked bool
	// Spare is true of what others can stand in for: an API answers without it, and it may have no targets.
	Spare bool
	// Subnets are those of an endpoint; none if they are not known.
	Subnets []awsec2.ISubnet
}

// In returns the resource in a Region.
func (r Resource) In(region *string) Resource {
	r.Region = region
	return r
}

// Named returns the resource with a label.
func (r Resource) Named(label string) Resource {
	r.Label = label
	return r
}

func of(kind *cloudwatch.Resource, dimensions map[string]*string) Resource {
	return Resource{Kind: kind, Dimensions: dimensions}
}

// Measured is a construct with resources that AWS measures.
type Measured interface {
	// MetricResources returns the resources in the order of a request's path; none for a transport of which AWS publishes nothing.
	MetricResources() []Resource
}

// EndpointService is the endpoint service of an ID: vpce-svc-<id>.
func EndpointService(serviceID *string) Resource {
	return of(cloudwatch.EndpointService, map[string]*string{"Service Id": serviceID})
}

// EndpointIdentity is what identifies an interface endpoint to CloudWatch.
type EndpointIdentity struct {
	ServiceName, VpcEndpointID, VpcID *string
}

// Endpoint is an interface endpoint.
func Endpoint(identity EndpointIdentity) Resource {
	return of(cloudwatch.Endpoint, map[string]*string{
		"Endpoint Type": jsii.String("Interface"), "Service Name": identity.ServiceName,
		"VPC Endpoint Id": identity.VpcEndpointID, "VPC Id": identity.VpcID,
	})
}

// NetworkLoadBalancer is the NLB of a full name: net/<name>/<id>.
func NetworkLoadBalancer(fullName *string) Resource {
	return of(cloudwatch.NetworkLoadBalancer, map[string]*string{"LoadBalancer": fullName})
}

// NetworkTargetGroup is the target group of a full name, targetgroup/<name>/<id>, behind an NLB. It is none of type alb: see
// [cloudwatch.NetworkTargetGroup].
func NetworkTargetGroup(loadBalancer, fullName *string) Resource {
	return of(cloudwatch.NetworkTargetGroup, map[string]*string{"LoadBalancer": loadBalancer, "TargetGroup": fullName})
}

// ApplicationLoadBalancer is the ALB of a full name: app/<name>/<id>.
func ApplicationLoadBalancer(fullName *string) Resource {
	return of(cloudwatch.ApplicationLoadBalancer, map[string]*string{"LoadBalancer": fullName})
}

// ApplicationTargetGroup is the target group of a full name, targetgroup/<name>/<id>, behind an ALB.
func ApplicationTargetGroup(loadBalancer, fullName *string) Resource {
	return of(cloudwatch.ApplicationTargetGroup, map[string]*string{"LoadBalancer": loadBalancer, "TargetGroup": fullName})
}

// LatticeService is the service of VPC Lattice of an ID: svc-<id>.
func LatticeService(id *string) Resource {
	return of(cloudwatch.LatticeService, map[string]*string{"Service": id})
}

// LatticeTargetGroup is the target group of VPC Lattice of an ID: tg-<id>.
func LatticeTargetGroup(id *string) Resource {
	return of(cloudwatch.LatticeTargetGroup, map[string]*string{"TargetGroup": id})
}

// TransitGateway is the transit gateway of an ID: tgw-<id>.
func TransitGateway(id *string) Resource {
	return of(cloudwatch.TransitGateway, map[string]*string{"TransitGateway": id})
}

// TransitGatewayAttachment is the attachment of an ID, tgw-attach-<id>, to the gateway of an ID, tgw-<id>.
func TransitGatewayAttachment(gatewayID, id *string) Resource {
	return of(cloudwatch.TransitGatewayAttachment, map[string]*string{"TransitGateway": gatewayID, "TransitGatewayAttachment": id})
}

// WebACL is a Regional web ACL, by the MetricName of its visibility configuration; rule is that of one of its rules, or ALL.
func WebACL(metricName, region, rule *string) Resource {
	return of(cloudwatch.WebACL, map[string]*string{"WebACL": metricName, "Region": region, "Rule": rule})
}

// Certificate is a certificate of ACM.
func Certificate(arn *string) Resource {
	return of(cloudwatch.Certificate, map[string]*string{"CertificateArn": arn})
}

// Function is a Lambda function.
func Function(name *string) Resource {
	return of(cloudwatch.Function, map[string]*string{"FunctionName": name})
}

// Scheduler is EventBridge Scheduler, with all schedules of an account and a Region.
func Scheduler() Resource { return of(cloudwatch.Scheduler, map[string]*string{}) }

// Acceptor is the acceptor of an endpoint service.
func Acceptor(serviceID *string) Resource {
	return of(cloudwatch.Acceptor, map[string]*string{"ServiceId": serviceID})
}

// Metric returns a metric of the resource. It panics if there is none of that name: [Define] refuses what users name.
func (r Resource) Metric(name string) Metric {
	published, ok := r.Kind.Find(name)
	if !ok {
		panic(fmt.Errorf("%s has no metric %q", r.Kind.Name, name))
	}
	return Metric{
		Namespace: r.Kind.Namespace, Name: name, Dimensions: maps.Clone(r.Dimensions),
		Statistic: published.Statistic, Period: published.Period,
		kind: r.Kind, published: published,
	}
}
