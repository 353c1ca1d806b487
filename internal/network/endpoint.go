package network

import (
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

const endpointType = "AWS::EC2::VPCEndpoint"

// Endpoint is a VPC endpoint.
type Endpoint struct{ *Resource }

// ServiceName is the name of the service that it connects to.
func (e *Endpoint) ServiceName() Property { return property(e.Resource, "ServiceName") }

// ServiceRegion is the Region of the service. Default: the endpoint's.
func (e *Endpoint) ServiceRegion() Property { return property(e.Resource, "ServiceRegion") }

// VpcEndpointType is Interface, Gateway, ….
func (e *Endpoint) VpcEndpointType() Property { return property(e.Resource, "VpcEndpointType") }

// VpcId is the VPC that it is in.
func (e *Endpoint) VpcId() Property { return property(e.Resource, "VpcId") }

// SubnetIds are the subnets of its network interfaces.
func (e *Endpoint) SubnetIds() Property { return property(e.Resource, "SubnetIds") }

// SecurityGroupIds are its security groups.
func (e *Endpoint) SecurityGroupIds() Property { return property(e.Resource, "SecurityGroupIds") }

// PrivateDnsEnabled says whether the private DNS name of the service resolves to the endpoint in its VPC.
func (e *Endpoint) PrivateDnsEnabled() Property { return property(e.Resource, "PrivateDnsEnabled") }

// PolicyDocument is the endpoint policy.
func (e *Endpoint) PolicyDocument() Property { return property(e.Resource, "PolicyDocument") }

// IpAddressType is ipv4, ipv6 or dualstack. Default: ipv4.
func (e *Endpoint) IpAddressType() Property { return property(e.Resource, "IpAddressType") }

// DnsRecordIpType is the address type of the records that AWS makes for the endpoint.
func (e *Endpoint) DnsRecordIpType() Property {
	return property(e.Resource, "DnsOptions", "DnsRecordIpType")
}

// IsInterface reports whether it is certain to be an interface endpoint.
func (e *Endpoint) IsInterface() bool { return e.VpcEndpointType().Literal() == "Interface" }

// EndpointPeer is what an endpoint connects to.
type EndpointPeer int

// What endpoints connect to.
const (
	// ToEndpointService is an endpoint service, or may be one.
	ToEndpointService EndpointPeer = iota
	// ToAWS is a service of AWS.
	ToAWS
	// ToServiceNetwork is a service network of VPC Lattice.
	ToServiceNetwork
	// ToResource is a resource configuration of VPC Lattice, such as a database, which is not followed.
	ToResource
)

// ServiceNetworkArn is the service network that it connects to.
func (e *Endpoint) ServiceNetworkArn() Property { return property(e.Resource, "ServiceNetworkArn") }

// ResourceConfigurationArn is the resource configuration that it connects to.
func (e *Endpoint) ResourceConfigurationArn() Property {
	return property(e.Resource, "ResourceConfigurationArn")
}

// ConnectsTo is what the endpoint connects to.
func (e *Endpoint) ConnectsTo() EndpointPeer {
	kind := e.VpcEndpointType().Literal()
	switch {
	case kind == "ServiceNetwork", kind != "Resource" && !e.ServiceNetworkArn().IsAbsent():
		return ToServiceNetwork
	case kind == "Resource", !e.ResourceConfigurationArn().IsAbsent():
		return ToResource
	case isAwsService(e.ServiceName().Value):
		return ToAWS
	}
	return ToEndpointService
}

// ConnectsToAPI reports whether the endpoint connects to an endpoint service, or may.
func (e *Endpoint) ConnectsToAPI() bool { return e.ConnectsTo() == ToEndpointService }

// AwsEndpointFor is an endpoint to an AWS service that answers a name in a VPC by private DNS, or may; nil if there is none.
// The endpoint of com.amazonaws.eu-west-1.execute-api answers execute-api.eu-west-1.amazonaws.com and all names below it.
func (n *Network) AwsEndpointFor(vpc Value, name string) *Endpoint {
	for _, e := range n.endpoints.list {
		if e.ConnectsTo() != ToAWS || e.PrivateDnsEnabled().IsAbsent() || e.PrivateDnsEnabled().Is(false) || Same(e.VpcId().Value, vpc) == No {
			continue
		}
		parts := strings.Split(e.ServiceName().Literal(), ".")
		if len(parts) != 4 || parts[0] != "com" || parts[1] != "amazonaws" {
			continue
		}
		own := parts[3] + "." + parts[2] + ".amazonaws.com"
		if name == own || strings.HasSuffix(name, "."+own) {
			return e
		}
	}
	return nil
}

// isAwsService reports whether a service name is that of an AWS service, in whatever Region.
func isAwsService(v Value) bool {
	if name, ok := v.Text(); ok {
		_, kind := rules.ParseServiceName(name)
		return kind == rules.AwsService
	}
	parts := v.Parts()
	if len(parts) < 3 {
		return false
	}
	first, isText := parts[0].Text()
	last, isEnd := parts[len(parts)-1].Text()
	return isText && isEnd && strings.HasPrefix(first, "com.amazonaws.") && !strings.Contains(first, "vpce") && !strings.Contains(last, "vpce-svc-")
}

// Endpoints are all endpoints of the templates.
func (n *Network) Endpoints() []*Endpoint { return n.endpoints.list }

// HasEndpointElsewhere reports whether an endpoint, deployed or not, may be in another VPC than a load balancer.
func (n *Network) HasEndpointElsewhere(lb *LoadBalancer) bool {
	vpc := n.LoadBalancerNode(lb).VPC
	for _, e := range n.endpoints.by {
		if Equal(e.VpcId().Value, vpc) != Yes {
			return true
		}
	}
	return false
}

// Endpoint is the endpoint that a value refers to or is made of; nil if there is none.
func (n *Network) Endpoint(v Value) *Endpoint { return n.endpoints.by[partOf(v, endpointType)] }

// APIEndpoints are the endpoints that are not to services of AWS.
func (n *Network) APIEndpoints() []*Endpoint { return n.apiEndpoints }

// APIEndpointsIn are the endpoints to APIs in a VPC. Of an undecided VPC these are the endpoints that name it the same way.
func (n *Network) APIEndpointsIn(vpc Value) []*Endpoint {
	if IsIdentified(vpc) {
		return n.apiEndpointsIn.named(vpc)
	}
	var list []*Endpoint
	for _, e := range n.apiEndpointsIn.unplaced() {
		if Same(e.VpcId().Value, vpc) == Yes {
			list = append(list, e)
		}
	}
	return list
}

// APIEndpointsThatMayBeIn are the endpoints to APIs in a VPC, and those whose VPC is undecided.
func (n *Network) APIEndpointsThatMayBeIn(vpc Value) []*Endpoint {
	if valueKey(vpc) == (key{}) {
		return n.apiEndpoints
	}
	return slices.Concat(n.apiEndpointsIn.named(vpc), n.apiEndpointsIn.unplaced())
}

// EndpointNode is an endpoint as a node.
func (n *Network) EndpointNode(e *Endpoint) Node {
	node := n.newNode(e.Resource, e.SecurityGroupIds().Items(), e.SubnetIds().Items())
	node.VPC = e.VpcId().Value
	if node.Groups[0].IsDefault {
		node.Groups[0].DefaultOf = node.VPC
	}
	return node
}

// EndpointsWithOwnNames are the endpoints to APIs in a VPC that answer the private DNS names of their services.
func (n *Network) EndpointsWithOwnNames(vpc Value) []*Endpoint {
	if IsIdentified(vpc) {
		return n.endpointsWithOwnNames.named(vpc)
	}
	return slices.DeleteFunc(n.APIEndpointsIn(vpc), func(e *Endpoint) bool { return !e.PrivateDnsEnabled().Is(true) })
}

func (n *Network) indexEndpoints() {
	collect(n, &n.endpoints, endpointType, func(r *Resource) *Endpoint { return &Endpoint{r} })
	for _, e := range n.endpoints.list {
		if e.ConnectsToAPI() {
			n.apiEndpoints = append(n.apiEndpoints, e)
			n.apiEndpointsIn.add(e.VpcId().Value, e)
			if e.PrivateDnsEnabled().Is(true) {
				n.endpointsWithOwnNames.add(e.VpcId().Value, e)
			}
		}
	}
}
