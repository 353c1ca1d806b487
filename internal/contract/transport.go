package contract

import (
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/jsondoc"
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
func (t *transport) readService(r *rules.Report, o *jsondoc.Object) Service {
	o.Only(slices.Concat(everyService, t.service)...)
	s := Service{
		Name:        o.Checked("name", true, rules.CheckContractName),
		Transport:   t.name,
		Account:     o.Checked("account", true, checkAccount),
		Region:      o.Checked("region", true, rules.CheckRegion),
		Ports:       readPorts(r, o, "ports"),
		DomainNames: o.Texts("domainNames", false, rules.CheckDomainName),
	}
	switch t.name {
	case PrivateLink:
		s.AcceptanceRequired = o.Bool("acceptanceRequired")
		s.PrivateDnsName = o.Checked("privateDnsName", false, rules.CheckPrivateDnsName)
		s.IpAddressTypes = o.Texts("ipAddressTypes", false, checkIpAddressType)
		s.SupportedRegions = o.Texts("supportedRegions", false, rules.CheckRegion)
	case Lattice:
		if len(s.DomainNames) > 1 {
			r.AddWithFix(rules.ContractForm, "service.domainNames", "keep the custom domain name of the service", "has %d names, but a service of VPC Lattice has one at most", len(s.DomainNames))
		}
	case Routed:
		s.CidrBlocks = o.Texts("cidrBlocks", false, checkBlock)
	}
	return s
}

// readDeployed reads the half that only a deployment knows.
func (t *transport) readDeployed(o *jsondoc.Object) *Deployed {
	o.Only(t.deployed...)
	d := &Deployed{}
	switch t.name {
	case PrivateLink:
		d.ServiceName = o.Checked("serviceName", true, checkEndpointService)
		d.AvailabilityZoneIds = o.Texts("availabilityZoneIds", false, rules.CheckAvailabilityZoneID)
	case Lattice:
		d.ServiceArn = o.Checked("serviceArn", true, func(r *rules.Report, property, arn string) { rules.CheckLatticeServiceArn(r, property, arn, "") })
	case Routed:
		d.LoadBalancerDnsName = o.Checked("loadBalancerDnsName", true, rules.CheckRoutedName)
		d.CanonicalHostedZoneId = o.Checked("canonicalHostedZoneId", true, rules.CheckHostedZoneID)
		d.VpcId = o.Checked("vpcId", false, rules.CheckVpcID)
		d.SecurityGroupId = o.Checked("securityGroupId", false, rules.CheckRoutedGroup)
		d.CidrBlocks = o.Texts("cidrBlocks", false, checkBlock)
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
