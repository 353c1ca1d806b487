package network

import "slices"

const elasticIPType = "AWS::EC2::EIP"

// ElasticIP is an Elastic IP address.
type ElasticIP struct{ *Resource }

// Address is the address itself, where the template asks for one of its own.
func (e *ElasticIP) Address() Property { return property(e.Resource, "Address") }

// InstanceId is the instance that has the address.
func (e *ElasticIP) InstanceId() Property { return property(e.Resource, "InstanceId") }

// ElasticIPs are the Elastic IP addresses of the templates.
func (n *Network) ElasticIPs() []*ElasticIP { return n.internet.elasticIPs.list }

// ElasticIP is the Elastic IP address that a value refers to, by its allocation or by its address; nil if it refers to none.
func (n *Network) ElasticIP(v Value) *ElasticIP { return n.internet.elasticIPs.referred(v) }

// elasticIPOfAddress is the Elastic IP address of which a value is the address, as opposed to its allocation; nil if it is of none.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-eip.html
func (n *Network) elasticIPOfAddress(v Value) *ElasticIP {
	r, attribute, ok := v.Reference()
	if !ok || attribute != "Ref" && attribute != "PublicIp" {
		return nil
	}
	return n.internet.elasticIPs.by[r]
}

// elasticIPUse gives an Elastic IP address to an instance or a network interface.
type elasticIPUse struct {
	address Value    // the allocation, or the address
	at      Property // what names the instance or the interface
}

func (n *Network) indexElasticIPs() {
	collect(n, &n.internet.elasticIPs, elasticIPType, func(r *Resource) *ElasticIP { return &ElasticIP{r} })
	add := func(address Value, at Property) {
		if !at.IsAbsent() {
			n.internet.elasticIPUses.add(at.Value, elasticIPUse{address, at})
		}
	}
	for _, e := range n.internet.elasticIPs.list {
		add(e.Ref(), e.InstanceId())
	}
	for _, r := range n.OfType("AWS::EC2::EIPAssociation") {
		addresses := []Property{property(r, "AllocationId"), property(r, "EIP")}
		if i := slices.IndexFunc(addresses, func(p Property) bool { return !p.IsAbsent() }); i >= 0 {
			add(addresses[i].Value, property(r, "InstanceId"))
			add(addresses[i].Value, property(r, "NetworkInterfaceId"))
		}
	}
}
