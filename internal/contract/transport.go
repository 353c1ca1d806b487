package contract

import (
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// transport is what a contract has for one transport, besides what all have.
type transport struct {
	name              string
	service, deployed []string // the members
}

var everyService = []string{"name", "transport", "account", "region", "ports", "domainNames"}

var transports = []*transport{
	{
		name:     PrivateLink,
		service:  []string{"acceptanceRequired", "privateDnsName", "ipAddressTypes", "supportedRegions"},
		deployed: []string{"serviceName", "availabilityZoneIds"},
	},
	{
		name:     Lattice,
		deployed: []string{"serviceArn"},
	},
	{
		name:     Routed,
		service:  []string{"cidrBlocks"},
		deployed: []string{"loadBalancerDnsName", "canonicalHostedZoneId", "vpcId", "securityGroupId", "cidrBlocks"},
	},
}

// readService reads the half that synthesis knows. A member of another transport is not read, and is reported.
func (t *transport) readService(r *rules.Report, o *object) Service {
	const path = "service"
	o.checkMembers(r, path, slices.Concat(everyService, t.service))
	s := Service{
		Name:        o.checked(r, path, "name", true, rules.CheckContractName),
		Transport:   t.name,
		Account:     o.checked(r, path, "account", true, checkAccount),
		Region:      o.checked(r, path, "region", true, rules.CheckRegion),
		Ports:       o.ports(r, path, "ports"),
		DomainNames: o.texts(r, path, "domainNames", rules.CheckDomainName),
	}
	switch t.name {
	case PrivateLink:
		s.AcceptanceRequired = o.boolean(r, path, "acceptanceRequired")
		s.PrivateDnsName = o.checked(r, path, "privateDnsName", false, rules.CheckPrivateDnsName)
		s.IpAddressTypes = o.texts(r, path, "ipAddressTypes", checkIpAddressType)
		s.SupportedRegions = o.texts(r, path, "supportedRegions", rules.CheckRegion)
	case Lattice:
		if len(s.DomainNames) > 1 {
			r.AddWithFix(rules.ContractForm, "service.domainNames", "keep the custom domain name of the service", "has %d names, but a service of VPC Lattice has one at most", len(s.DomainNames))
		}
	case Routed:
		s.CidrBlocks = o.texts(r, path, "cidrBlocks", checkBlock)
	}
	return s
}

// readDeployed reads the half that only a deployment knows.
func (t *transport) readDeployed(r *rules.Report, o *object) *Deployed {
	const path = "deployed"
	o.checkMembers(r, path, t.deployed)
	d := &Deployed{}
	switch t.name {
	case PrivateLink:
		d.ServiceName = o.checked(r, path, "serviceName", true, checkEndpointService)
		d.AvailabilityZoneIds = o.texts(r, path, "availabilityZoneIds", rules.CheckAvailabilityZoneID)
	case Lattice:
		d.ServiceArn = o.checked(r, path, "serviceArn", true, func(r *rules.Report, property, arn string) { rules.CheckLatticeServiceArn(r, property, arn, "") })
	case Routed:
		d.LoadBalancerDnsName = o.checked(r, path, "loadBalancerDnsName", true, rules.CheckRoutedName)
		d.CanonicalHostedZoneId = o.checked(r, path, "canonicalHostedZoneId", true, rules.CheckHostedZoneID)
		d.VpcId = o.checked(r, path, "vpcId", false, rules.CheckVpcID)
		d.SecurityGroupId = o.checked(r, path, "securityGroupId", false, rules.CheckRoutedGroup)
		d.CidrBlocks = o.texts(r, path, "cidrBlocks", checkBlock)
	}
	return d
}

// checkHalves reports a deployed half of another Region or account than the service.
func (c *Contract) checkHalves(r *rules.Report) {
	d, s := c.Deployed, &c.Service
	var region, account, path string
	switch s.Transport {
	case PrivateLink:
		region, _ = rules.ParseServiceName(d.ServiceName)
		path = "deployed.serviceName"
	case Lattice:
		arn, _ := rules.ParseLatticeServiceARN(d.ServiceArn)
		region, account, path = arn.Region, arn.Account, "deployed.serviceArn"
	case Routed:
		region, path = regionOfLoadBalancer(d.LoadBalancerDnsName), "deployed.loadBalancerDnsName"
	}
	differs := func(of, own string) bool { return of != "" && own != "" && IsKnown(own) && of != own }
	if differs(region, s.Region) {
		r.Add(rules.ContractHalves, path, "is in %s, but service.region is %q", region, s.Region)
	}
	if differs(account, s.Account) {
		r.Add(rules.ContractHalves, path, "is of account %s, but service.account is %q", account, s.Account)
	}
}

// regionOfLoadBalancer returns the Region in the DNS name of an ALB; empty if it has none.
func regionOfLoadBalancer(name string) string {
	labels := strings.Split(strings.ToLower(name), ".")
	for i, label := range labels {
		if label == "elb" && i > 0 {
			return labels[i-1]
		}
	}
	return ""
}

func checkAccount(r *rules.Report, property, account string) {
	if !rules.IsAccountID(account) {
		r.Add(rules.ContractForm, property, "%q is not an account ID of 12 digits", account)
	}
}

func checkIpAddressType(r *rules.Report, property, t string) {
	if t != "ipv4" && t != "ipv6" {
		r.Add(rules.ContractForm, property, "%q is neither ipv4 nor ipv6", t)
	}
}

// checkEndpointService reports what is not the name of an endpoint service of an AWS customer: AWS's own services have no contract.
func checkEndpointService(r *rules.Report, property, name string) {
	if _, kind := rules.ParseServiceName(name); kind != rules.EndpointService {
		r.Add(rules.ServiceName, property, "%q is not the name of an endpoint service", name)
	}
}

func checkBlock(r *rules.Report, property, block string) {
	rules.CheckCIDR(r, property, block)
	rules.CheckRoutedBlock(r, property, block)
}
