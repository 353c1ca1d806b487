package reachability

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Model is what the templates say of the network, indexed. It never changes, so it is safe to prove from many goroutines.
type Model struct {
	asm *assembly.Assembly

	endpoints        []*assembly.Resource // interface endpoints to APIs
	endpointsInVpc   map[key][]*assembly.Resource
	soleStack        func(*assembly.Stack) bool // whether its name is its alone
	groups           map[key]*group
	unplacedRules    [2][]groupRule
	callersOf        map[key][]groupID // groups that have egress to a group
	holders          map[key][]party   // by security group
	othersOf         map[key][]party   // what has a security group and is no workload, by group
	inVpc            map[key][]party
	moreBlocks       map[key][]*assembly.Resource // CIDR blocks, by VPC
	zoneByKey        map[key]*zone
	zonesByName      map[string][]*zone
	zonesIn          map[nameIn]*zone
	recordsElsewhere map[string][]record          // in zones that are defined elsewhere, by name
	recordsTo        map[key][]record             // aliases, by endpoint
	subnetsIn        map[key][]*assembly.Resource // by VPC
	aclOf            map[key]*assembly.Resource   // associations, by subnet
	aclEntries       map[key]*aclEntries
	grantsOf         map[key][]*assembly.Resource // permissions, by endpoint service
	listenersOf      map[key][]*assembly.Resource // by load balancer
	certificatesOf   map[key][]*assembly.Resource // more certificates, by listener
	webAclsOf        map[key][]*assembly.Resource // associations, by load balancer
	rulesOf          map[key][]*assembly.Resource // by listener, in the order of their priorities
	tasksOf          map[key][]taskPort           // by target group
	balancersOf      map[key][]*assembly.Resource // load balancers, by target group
	fleetsOf         map[key][]*assembly.Resource // Auto Scaling groups, by target group
	resolvers        map[key][]*assembly.Resource // what changes DNS in a VPC, by VPC
	detours          map[key][]*assembly.Resource // routes past something that looks at traffic, by subnet
}

// Load reads templates. Inputs of several repositories and accounts make one model.
func Load(inputs ...Input) (*Model, error) {
	sources := make([]assembly.Input, len(inputs))
	for i, in := range inputs {
		sources[i] = in.source()
	}
	asm, err := assembly.Load(sources...)
	if err != nil {
		return nil, err
	}
	m := &Model{
		asm:        asm,
		moreBlocks: map[key][]*assembly.Resource{}, grantsOf: map[key][]*assembly.Resource{},
		listenersOf: map[key][]*assembly.Resource{}, certificatesOf: map[key][]*assembly.Resource{},
		webAclsOf: map[key][]*assembly.Resource{}, subnetsIn: map[key][]*assembly.Resource{}, endpointsInVpc: map[key][]*assembly.Resource{},
		recordsTo: map[key][]record{},
	}
	m.indexBy("AWS::EC2::VPCCidrBlock", "VpcId", m.moreBlocks)
	m.indexBy("AWS::EC2::Subnet", "VpcId", m.subnetsIn)
	m.indexBy("AWS::EC2::VPCEndpointServicePermissions", "ServiceId", m.grantsOf)
	m.indexBy("AWS::ElasticLoadBalancingV2::Listener", "LoadBalancerArn", m.listenersOf)
	m.indexBy("AWS::ElasticLoadBalancingV2::ListenerCertificate", "ListenerArn", m.certificatesOf)
	m.indexBy("AWS::WAFv2::WebACLAssociation", "ResourceArn", m.webAclsOf)
	m.indexBy("AWS::WAFRegional::WebACLAssociation", "ResourceArn", m.webAclsOf)
	m.indexEndpoints()
	m.indexGroups()
	m.indexPeers()
	m.indexCallers()
	m.indexWorkloads()
	m.indexZones()
	m.indexAcls()
	m.indexRules()
	m.indexBalancers()
	m.indexMembers()
	m.indexOthers()
	m.indexUncovered()
	return m, nil
}

// indexBy collects the resources of a type by the resource that a property names, or as unplaced.
func (m *Model) indexBy(resourceType, property string, index map[key][]*assembly.Resource) {
	for _, r := range m.ofType(resourceType) {
		k := cmp.Or(valueKey(r.Property(property)), unplaced)
		index[k] = append(index[k], r)
	}
}

// unless makes a doubt of a block that rests on something being absent, when a resource is there of which it is not
// known where it belongs.
func unless(s step, index map[key][]*assembly.Resource, property string) step {
	list := index[unplaced]
	if len(list) == 0 || s.verdict != Blocked {
		return s
	}
	v := list[0].Property(property)
	return awaits(fmt.Sprintf("%s, unless %s does it, whose %s is not known: %s", s.message, displayName(list[0]), property, v), v).
		at(list[0], property).near(s.evidence...)
}

// indexEndpoints collects the endpoints to services that AWS customers publish, or that may be such, and their aliases.
func (m *Model) indexEndpoints() {
	for _, endpoint := range m.ofType("AWS::EC2::VPCEndpoint") {
		if isAwsService(endpoint.Property("ServiceName")) {
			continue
		}
		m.endpoints = append(m.endpoints, endpoint)
		vpc := valueKey(endpoint.Property("VpcId"))
		m.endpointsInVpc[vpc] = append(m.endpointsInVpc[vpc], endpoint)
	}
	for _, r := range m.records() {
		for _, target := range []assembly.Value{r.property("AliasTarget", "DNSName"), r.property("ResourceRecords", 0)} {
			if endpoint, isName := entriesOf(target); endpoint != nil && isName {
				m.recordsTo[resourceKey(endpoint)] = append(m.recordsTo[resourceKey(endpoint)], r)
			}
		}
	}
}

// isAwsService reports whether a service name is one of AWS's own, whatever its Region.
func isAwsService(v assembly.Value) bool {
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

// indexCallers collects the security groups that have an egress rule to another, by the other.
func (m *Model) indexCallers() {
	m.callersOf = map[key][]groupID{}
	for _, r := range m.ofType("AWS::EC2::SecurityGroupEgress") {
		m.addCaller(r.Property("DestinationSecurityGroupId"), r.Property("GroupId"))
	}
	for _, r := range m.ofType("AWS::EC2::SecurityGroup") {
		for i := range r.Property("SecurityGroupEgress").Len() {
			m.addCaller(r.Property("SecurityGroupEgress", i, "DestinationSecurityGroupId"), r.Ref())
		}
	}
}

func (m *Model) addCaller(to, from assembly.Value) {
	if k := (groupID{value: to}).key(); k != (key{}) {
		m.callersOf[k] = append(m.callersOf[k], groupID{value: from})
	}
}
