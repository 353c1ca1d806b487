package cost

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

// pricer adds the charges of one resource.
type pricer struct {
	charge func(m *meter, r *network.Resource)
	// keys are those of a usage file.
	keys []string
}

// pricers are by type of resource.
var pricers = map[string]pricer{
	"AWS::EC2::VPCEndpoint":                              {endpoint, []string{dataKey}},
	"AWS::EC2::VPCEndpointService":                       {endpointService, []string{eventsKey}},
	"AWS::ElasticLoadBalancingV2::LoadBalancer":          {loadBalancer, loadBalancerKeys},
	"AWS::EC2::NatGateway":                               {natGateway, []string{dataKey}},
	"AWS::EC2::EIP":                                      {elasticIP, nil},
	"AWS::EC2::VPCPeeringConnection":                     {peering, []string{crossZoneKey}},
	"AWS::EC2::TransitGatewayAttachment":                 {gatewayAttachment, []string{dataKey}},
	"AWS::EC2::TransitGatewayVpcAttachment":              {gatewayAttachment, []string{dataKey}},
	"AWS::EC2::TransitGatewayPeeringAttachment":          {gatewayPeering, nil},
	"AWS::VpcLattice::Service":                           {latticeService, []string{dataKey, requestsKey}},
	"AWS::VpcLattice::ServiceNetworkResourceAssociation": {latticeResource, []string{dataKey}},
	"AWS::Route53::HostedZone":                           {hostedZone, []string{queriesKey}},
	"AWS::Route53Profiles::Profile":                      {profile, nil},
	"AWS::Route53Profiles::ProfileAssociation":           {profileVPC, nil},
	"AWS::WAFv2::WebACL":                                 {webACL, []string{requestsKey}},
	"AWS::WAFv2::RuleGroup":                              {webRuleGroup, nil},
	"AWS::CloudWatch::Alarm":                             {alarm, nil},
	"AWS::CloudWatch::CompositeAlarm":                    {compositeAlarm, nil},
	"AWS::CloudWatch::Dashboard":                         {dashboard, nil},
	"AWS::CloudWatch::InsightRule":                       {insightRule, []string{eventsKey}},
	"AWS::Logs::LogGroup":                                {logGroup, []string{ingestedKey, scannedKey}},
	"AWS::EC2::FlowLog":                                  {flowLog, []string{deliveredKey}},
	"AWS::Logs::Delivery":                                {delivery, []string{deliveredKey}},
	"AWS::Logs::MetricFilter":                            {metricFilter, nil},
	"AWS::CertificateManager::Certificate":               {certificate, nil},
	"AWS::KMS::Key":                                      {key, nil},
	"AWS::KMS::ReplicaKey":                               {key, nil},
	"AWS::SSM::Parameter":                                {parameter, nil},
}

// The keys of a usage file, which are those of infracost where it has them.
const (
	dataKey        = "monthly_data_processed_gb"
	crossZoneKey   = "monthly_cross_zone_gb"
	requestsKey    = "monthly_requests"
	queriesKey     = "monthly_standard_queries"
	eventsKey      = "monthly_events"
	ingestedKey    = "monthly_data_ingested_gb"
	deliveredKey   = "monthly_data_delivered_gb"
	scannedKey     = "monthly_data_scanned_gb"
	newKey         = "new_connections"
	activeKey      = "active_connections"
	bytesKey       = "processed_bytes_gb"
	evaluationsKey = "rule_evaluations"
)

// readAll reads all resources that are deployed, or may be.
func (m *meter) readAll() {
	m.reasons = map[string]*NotPriced{}
	m.nameServices()
	for _, stack := range m.network.Stacks() {
		if macro := network.Macro(stack); macro != "" {
			m.bill.open = append(m.bill.open, stack)
			m.note("the macro %s may add resources to stack %s, which are not in the bill", macro, stack.Name)
		}
		for _, r := range stack.Resources() {
			if r.Exists != network.No {
				m.read(r)
			}
		}
	}
	m.noteStrangers()
	m.noteUncharged()
	for _, unread := range m.network.Unread() {
		m.bill.open = append(m.bill.open, unread.Stack)
		m.note("%s was not read, and what it defines is not in the bill", unread)
	}
	for _, reason := range m.reasons {
		m.bill.NotPriced = append(m.bill.NotPriced, *reason)
	}
	slices.SortFunc(m.bill.NotPriced, func(a, b NotPriced) int {
		return cmp.Or(strings.Compare(a.Type, b.Type), strings.Compare(a.Why, b.Why))
	})
}

// fewNames is how many names a note has.
const fewNames = 3

// noteStrangers says of endpoints to services elsewhere that others may pay for them.
func (m *meter) noteStrangers() {
	count := len(m.strangers)
	if count == 0 {
		return
	}
	names := strings.Join(m.strangers[:min(count, fewNames)], ", ")
	if count > fewNames {
		names += fmt.Sprintf(" and %d more", count-fewNames)
	}
	m.note("the templates do not define the service of %s: if its PayerResponsibility is ServiceOwner, its owner pays", names)
}

func (m *meter) read(r *network.Resource) {
	if p, ok := pricers[r.Type]; ok {
		p.charge(m, r)
		return
	}
	if !isFree(r.Type) {
		m.notPriced(r, notPricedBecause[r.Type])
	}
}

// notPriced counts a resource that is in no charge.
func (m *meter) notPriced(r *network.Resource, why string) {
	resourceType := r.Type
	if strings.HasPrefix(resourceType, "Custom::") || resourceType == "AWS::CloudFormation::CustomResource" {
		why = "what its code makes is not in the template"
	}
	id := resourceType + "\n" + why
	if m.reasons[id] == nil {
		m.reasons[id] = &NotPriced{Type: resourceType, Why: why}
	}
	m.reasons[id].Count++
}

// region is the Region of a resource.
func (m *meter) region(r *network.Resource) string {
	region := cmp.Or(r.Stack.Region, m.options.Region)
	if region == "" {
		m.problem(fmt.Errorf("the Region of stack %s is not known: give it with --region, or set Env of the stack", r.Stack.Name))
	}
	return region
}

// fixed adds what a resource costs whatever its usage.
func (m *meter) fixed(r *network.Resource, item prices.Item, quantity Count, notes ...string) *Charge {
	if r.Exists == network.Maybe {
		quantity.Low = new(big.Rat)
		notes = append(notes, "only the deployment decides whether it exists")
	}
	c := m.charge(r, item, notes)
	c.Quantity = &quantity
	return c
}

// hours adds what a number of things of a resource cost in the hours of a month.
func (m *meter) hours(r *network.Resource, item prices.Item, count Count, notes ...string) *Charge {
	return m.fixed(r, item, count.times(m.options.Prices.HoursPerMonth), notes...)
}

// use adds what a usage of a resource costs: the value of a key, of which so many are one unit of the price.
func (m *meter) use(r *network.Resource, item prices.Item, key string, unit int64) *Charge {
	return m.used(r, item, key, m.given(r, key), big.NewRat(1, unit))
}

// used adds what a quantity of usage costs; without one, only its unit price is known.
func (m *meter) used(r *network.Resource, item prices.Item, key string, quantity, perUnit *big.Rat) *Charge {
	c := m.charge(r, item, nil)
	c.Key = key
	if quantity != nil {
		units := new(big.Rat).Mul(quantity, perUnit)
		c.Quantity = &Count{units, units}
		if r.Exists == network.Maybe {
			c.mayBeNone("only the deployment decides whether it exists")
		}
	}
	return c
}

// mayBeNone says that nothing is used if the deployment decides so.
func (c *Charge) mayBeNone(why string) {
	if c.Quantity != nil {
		c.Quantity = &Count{new(big.Rat), c.Quantity.High}
		c.Notes = append(c.Notes, why)
	}
}

func (m *meter) charge(r *network.Resource, item prices.Item, notes []string) *Charge {
	c := &Charge{Resource: r, Payer: r.Stack.Account, Title: m.options.Prices.Title(item), Notes: notes}
	if region := m.region(r); region != "" {
		price, err := m.options.Prices.Find(item, region)
		if err != nil {
			m.problem(err)
		}
		c.Price = price
	}
	m.bill.Charges = append(m.bill.Charges, c)
	return c
}

// paidBy sets who pays.
func (c *Charge) paidBy(account string, notes ...string) {
	c.Payer = account
	c.Notes = append(c.Notes, notes...)
}
