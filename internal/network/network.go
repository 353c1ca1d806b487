package network

import (
	"sync"

	"github.com/cdk-private-api/cdk-private-api-go/internal/assembly"
	"github.com/cdk-private-api/cdk-private-api-go/internal/parallel"
)

// Network is what templates define, indexed. It never changes, so it is safe to read from many goroutines.
type Network struct {
	asm *assembly.Assembly
	// derived is what [Network.Derive] remembers.
	derived sync.Map

	vpcs               facts[*VPC]
	secondaryCIDRs     owned[*Resource] // by VPC
	subnets            facts[*Subnet]
	subnetsIn          owned[*Subnet] // by VPC
	inspectionRoutes   []*Route
	inspectionRoutesOf map[key][]*Route         // by subnet
	routes             owned[*Route]            // by route table
	tableAssociations  owned[*TableAssociation] // by subnet
	resolvers          owned[*Resource]         // by VPC

	transit  transitFacts
	internet internetFacts

	securityGroups facts[*SecurityGroup]
	groups         map[key]*SecurityGroup // also those that are defined elsewhere
	unplacedRules  [2][]Rule
	callersOf      map[key][]GroupID
	stacksNamed    map[string]int

	aclOf       map[key]*AclAssociation // by subnet
	aclEntries  map[key]*aclEntries     // by ACL
	unplacedAcl *Property

	hostedZones      facts[*HostedZone]
	zoneByKey        map[key]*HostedZone // also those that are defined elsewhere
	zonesByName      map[string][]*HostedZone
	zonesIn          map[nameIn][]*HostedZone
	profiles         profileFacts
	records          []Record
	recordsElsewhere map[string][]Record // by name
	recordsTo        map[*Resource][]Record

	endpoints             facts[*Endpoint]
	apiEndpoints          []*Endpoint
	apiEndpointsIn        owned[*Endpoint] // by VPC
	endpointsWithOwnNames owned[*Endpoint] // by VPC
	endpointServices      facts[*EndpointService]
	endpointsTo           map[*Resource][]*Endpoint
	servicesOf            map[*Resource][]*EndpointService // by load balancer
	permissions           owned[*Permissions]              // by endpoint service
	allPermissions        []*Permissions
	acceptors             map[*Resource][]*Acceptor     // by endpoint service
	verifications         map[*Resource][]*Verification // by endpoint service
	txtRecords            []TxtRecord
	txtOf                 map[*Resource][]TxtRecord // by endpoint service
	schedules             map[*Resource][]*Resource // by the function that they start

	loadBalancers        facts[*LoadBalancer]
	webAcls              owned[*WebAclAssociation] // by load balancer
	webAclsV2            []*WebAclAssociation
	listeners            facts[*Listener]
	listenersOf          owned[*Listener] // by load balancer
	listenersOn          map[socket][]*Listener
	listenerCertificates owned[*Resource] // by listener
	listenerRules        []*ListenerRule
	rulesOf              owned[*ListenerRule] // by listener
	targetGroups         facts[*TargetGroup]
	forwardedBy          map[key][]ForwardedBy        // by target group
	targetGroupsOf       map[*Resource][]*TargetGroup // by load balancer
	ecsEntries           owned[EcsLoadBalancer]       // by target group
	alternates           owned[Property]              // target groups by those between which and them ECS moves requests
	fleetEntries         owned[Property]              // by target group

	lattice latticeFacts

	contracts  []*Contract
	contractOf map[string]*Contract // by what consumers connect to

	workloads     []Node
	workloadsWith map[key][]Node // by security group
	workloadsIn   map[key][]Node // by VPC
	othersWith    map[key][]Node // by security group

	rolePolicies     owned[*Resource] // by role
	namedRoles       map[string]*Role // by ARN; nil for an ARN of several
	unplacedPolicies []Property       // that name their roles
	workloadsAs      map[key][]Node   // by role

	customized map[*Resource]bool    // by custom resources
	unreadOn   map[*Resource]*Unread // what may change a resource
	unreadIn   map[*Stack]*Unread    // what may change everything in a stack
	unmodelled map[*Resource][]Unmodelled
}

// New indexes the facts of templates.
func New(asm *assembly.Assembly) *Network {
	n := &Network{asm: asm}
	n.indexVPCs()
	parallel.Do(n.indexFilters, n.indexPath, n.indexRest, n.indexUnmodelled)
	return n
}

// indexFilters indexes what filters packets.
func (n *Network) indexFilters() {
	n.indexGroups()
	n.indexAcls()
}

// indexPath indexes what requests pass, from names to targets.
func (n *Network) indexPath() {
	n.indexEndpoints()
	n.indexLoadBalancers()
	n.indexTargetGroups()
	n.indexTargets()
	n.indexListeners()
	n.indexEndpointServices()
	n.indexAcceptors()
	n.indexZones()
	n.indexProfiles()
	n.indexVerifications()
	n.indexLattice()
	n.indexPeerings()
	n.indexTransitGateways()
	n.indexInternet()
}

// indexRest indexes what may be a client, and what may change other resources.
func (n *Network) indexRest() {
	n.indexWorkloads()
	n.indexRoles()
	n.indexOthers()
	n.indexCustomResources()
	n.indexUnread()
}

// Stacks are the stacks of the templates.
func (n *Network) Stacks() []*Stack { return n.asm.Stacks }

// OfType are the resources of a type that are deployed, or may be.
func (n *Network) OfType(resourceType string) []*Resource {
	var list []*Resource
	for _, r := range n.asm.OfType(resourceType) {
		if r.Exists != No {
			list = append(list, r)
		}
	}
	return list
}

// indexCustomResources notes what custom resources can change: they refer to it.
func (n *Network) indexCustomResources() {
	n.customized = map[*Resource]bool{}
	for _, stack := range n.asm.Stacks {
		for _, r := range stack.Resources() {
			if r.Exists == No || !isCustom(r.Type) || r.Type == verificationType && (&Verification{r}).Function() != nil {
				continue
			}
			for _, changed := range r.Implicit() {
				n.customized[changed] = true
			}
		}
	}
}
