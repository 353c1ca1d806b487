package lattice

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// aRecords are the types of records that lead to a service.
var aRecords = []awsroute53.RecordType{awsroute53.RecordType_A}

// network is the service network of a VPC, and how the VPC is connected to it.
type network struct {
	scope      constructs.IConstruct // in which it is defined
	id         string
	stack      *answers.Stack // of the connection to the VPC
	vpc        awsec2.IVpc
	isOnDemand bool // a consumer defined it
	byEndpoint bool // the VPC is connected by an endpoint, not by an association

	arn        *onecall.Item[*string]
	literalArn string // "" for a service network of this app, or a token
	groups     []*onecall.Item[awsec2.ISecurityGroup]
	given      []awsec2.ISecurityGroup                 // groups, if the caller gave them
	connected  []*onecall.Item[constructs.IDependable] // what connects the VPC, if this app does

	here     map[*answers.Stack][]*onecall.Item[awsec2.ISecurityGroup] // groups, as consumers in other stacks add rules to them
	services map[any]constructs.Construct                              // the consumers that associated services, by keyOfApi
	names    map[string]constructs.Construct                           // and by domain name
}

// path is the path of the service network, for messages.
func (n *network) path() string { return strings.TrimPrefix(*n.scope.Node().Path()+"/"+n.id, "/") }

// checkService reports a service that the service network has already, and one that a consumer in a stack cannot associate with it.
func (n *network) checkService(r *rules.Report, api IApi, consumer *answers.Stack) {
	if other, ok := n.services[keyOfApi(api)]; ok {
		r.AddWithFix(rules.LatticeServiceTwice, "Service", "call it by that consumer, which clients of other stacks can name too",
			"is associated with the service network %s already, by %s", n.path(), *other.Node().Path())
	} else {
		for _, name := range token.Literals(api.DomainNames()) {
			if other, ok := n.names[name]; ok {
				r.Add(rules.LatticeServiceTwice, "Service", "has the name %q, as the service of %s has in the service network %s", name, *other.Node().Path(), n.path())
			}
		}
	}
	own, ok := token.Literal(consumer.Account())
	owner, isKnown := accountOf(api)
	network, isShared := rules.ParseLatticeServiceNetworkARN(n.literalArn)
	if ok && isKnown && isShared && owner != own && network.Account != own {
		r.Add(rules.LatticeBothShared, "Service", "is of account %s, and the service network of account %s, but the consumer is in account %s",
			owner, network.Account, own)
	}
}

// accountOf returns the account that owns the service of an API, if it is known.
func accountOf(api IApi) (account string, ok bool) {
	if defined, isDefined := api.(definedApi); isDefined {
		return token.Literal(answers.StackOf(defined).Account())
	}
	if arn, ok := token.Literal(api.ServiceArn()); ok {
		parsed, isArn := rules.ParseLatticeServiceARN(arn)
		return parsed.Account, isArn
	}
	return "", false
}

// arnOf is the ARN of the service in batches. CDK is not asked for that of an API of this app.
func arnOf(api IApi) *string {
	if defined, isDefined := api.(definedApi); isDefined {
		return defined.serviceArn()
	}
	return api.ServiceArn()
}

// keyOfApi tells the services of APIs apart: by the ARN, or by the API that defines it.
func keyOfApi(api IApi) any {
	if defined, isDefined := api.(definedApi); isDefined {
		return defined
	}
	return *api.ServiceArn()
}

// join notes that a consumer associated a service.
func (n *network) join(api IApi, consumer constructs.Construct) {
	n.services[keyOfApi(api)] = consumer
	for _, name := range token.Literals(api.DomainNames()) {
		n.names[name] = consumer
	}
}

// networks are the service networks of an app, by the IDs of their VPCs.
type networks map[string]*network

func networksOf(stack *answers.Stack) networks {
	return answers.OfApp(stack, "service networks", func() networks { return networks{} })
}

// register makes a service network the one of its VPC.
func (n *network) register(stack *answers.Stack, vpc awsec2.IVpc) {
	networksOf(stack)[keyOf(stack, vpc)] = n
}

// keyOf is the ID of a VPC; of a VPC that is not looked up yet, whose ID is the same as that of others, it is one of its construct's own.
func keyOf(stack *answers.Stack, vpc awsec2.IVpc) string {
	id := *answers.Of(stack, vpc, "ID", vpc.VpcId)
	if !token.IsPlaceholder(id) {
		return id
	}
	return answers.Of(stack, vpc, "service network", func() string { return *vpc.Node().Path() })
}

// findNetwork returns the service network of a VPC; nil if it has none yet. It reports one that a consumer in a scope cannot join.
func findNetwork(r *rules.Report, scope constructs.Construct, vpc awsec2.IVpc) *network {
	stack := answers.StackOf(scope)
	n := networksOf(stack)[keyOf(stack, vpc)]
	if n == nil {
		return nil
	}
	placement.CheckSameStage(r, "Vpc", "import its service network with ServiceNetwork_FromAttributes", stack, n.stack)
	if n.isOnDemand && n.vpc != vpc && answers.StackOf(vpc) != n.stack {
		r.AddWithFix(rules.LatticeServiceNetwork, "Vpc",
			"define a ServiceNetwork for the VPC in a stack of its own, before the consumers of both stacks",
			"%s has the service network %s, which a consumer of another stack defined for itself", placement.VPCOf(stack, vpc), n.path())
	}
	return n
}
