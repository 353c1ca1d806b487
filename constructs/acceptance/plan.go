package acceptance

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/alarms"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/link"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/loggroup"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

const defaultInterval = 5 // minutes

// plan is an acceptor with all defaults filled in and all rules checked.
type plan struct {
	props     *AcceptorProps
	stack     *answers.Stack
	serviceID string
	consumers []listed
	minutes   float64        // between two runs
	alarms    []alarms.Alarm // that are not off
	report    *rules.Report

	alarmNames   []string // of those that are off too
	topics       []any    // ARNs of those that alarms notify
	functionName string   // in the batch of the acceptor, once that has the function
}

// listed is a consumer as CONFIG has it.
type listed struct {
	Label   string `json:"label"`
	Account string `json:"account"`
	Expires string `json:"expires,omitempty"`
}

// newPlan panics with all problems of the props. It defines nothing.
func newPlan(scope constructs.Construct, id *string, props *AcceptorProps) *plan {
	p := &plan{props: props, stack: answers.StackOf(scope), report: &rules.Report{}}
	check.Embedded(p.report, "", props)
	refusal.Of(p.report, scope, id) // what embeds nil cannot be asked
	claim := p.planService(scope, id)
	p.planConsumers()
	p.planInterval()
	p.planAlarms()
	loggroup.CheckRetention(p.report, props.LogRetention)
	if props.EncryptionKey != nil && props.Encryption != nil && !*props.Encryption {
		p.report.AddWithFix(rules.Contradiction, "EncryptionKey", "leave out one of the two", "is set, but Encryption is false")
	}
	refusal.Of(p.report, scope, id)
	claim()
	return p
}

// acceptorPath asks CDK for the path of the acceptor of a service; nil while it has none.
type acceptorPath func() string

// planService checks the provider. What it returns notes that the service has an acceptor.
func (p *plan) planService(scope constructs.Construct, id *string) (claim func()) {
	const property = "Service"
	service, r := p.props.Service, p.report
	if service == nil {
		r.AddWithFix(rules.Required, property, "supply the provider whose connections are to be accepted", "is missing")
		return func() {}
	}
	if required := service.AcceptanceRequired(); required != nil && !*required {
		r.Add(rules.AcceptorAcceptance, property, "accepts connections without acceptance")
	}
	p.checkPlace(answers.StackOf(service.EndpointService())) // jsii does not know a struct that embeds a provider
	p.serviceID = *service.ServiceId()
	first := answers.OfApp(p.stack, "acceptor of "+p.serviceID, func() *acceptorPath { return new(acceptorPath) })
	if *first != nil {
		r.Add(rules.AcceptorTwice, property, "has the acceptor %s", (*first)())
	}
	return func() { *first = func() string { return refusal.ChildPath(scope, id) } }
}

// checkPlace checks that the acceptor is where the service is: a stack of another account or Region can do nothing with it, and one of another
// stage or app cannot refer to it.
func (p *plan) checkPlace(home *answers.Stack) {
	const property = "Service"
	if here, there := placement.EnvironmentOfStack(p.stack), placement.EnvironmentOfStack(home); here.DiffersFrom(there) {
		p.report.Add(rules.AcceptorPlace, property, "is in %s, and the acceptor in %s", there, here)
	}
	if home == p.stack || home.Stage() == p.stack.Stage() {
		return
	}
	p.report.AddWithFix(rules.AcceptorPlace, property, "define the acceptor in the stage of the provider", "is in another stage or app")
}

func (p *plan) planConsumers() {
	const list = "Consumers"
	r, seen := p.report, map[string]string{}
	once := func(property, kind, value string) {
		if first := seen[kind+value]; first != "" {
			r.Add(rules.AcceptorConsumerTwice, property, "%q is that of %s too", value, first)
			return
		}
		seen[kind+value] = property
	}
	for i, consumer := range prop.Elements(p.props.Consumers) {
		at := fmt.Sprintf("%s[%d]", list, i)
		if consumer == nil {
			r.Add(rules.Required, at, "is nil")
			continue
		}
		if consumer.Label == nil || strings.TrimSpace(*consumer.Label) == "" {
			r.AddWithFix(rules.Required, at+".Label", "supply the name of the consumer in the log", "is missing")
		} else {
			once(at+".Label", "label ", *consumer.Label)
		}
		if consumer.Account == nil {
			r.AddWithFix(rules.Required, at+".Account", "supply the account that owns the endpoints", "is missing")
		} else {
			once(at+".Account", "account ", *consumer.Account)
		}
		if account, isLiteral := token.Literal(consumer.Account); isLiteral && !rules.IsAccountID(account) {
			r.AddWithFix(rules.PrincipalForm, at+".Account", "use the 12 digits of the account that owns the endpoints", "%q is not an account ID", account)
		}
		if expiry, isLiteral := token.Literal(consumer.Expires); isLiteral {
			rules.CheckExpiry(r, at+".Expires", expiry, time.Now())
		}
		p.consumers = append(p.consumers, listed{text(consumer.Label), text(consumer.Account), text(consumer.Expires)})
	}
	if len(p.consumers) == 0 && prop.IsTrue(p.props.CutRemoved) {
		r.Add(rules.AcceptorCutsEveryone, "CutRemoved", "is true, and Consumers is empty")
	}
	slices.SortFunc(p.consumers, func(a, b listed) int { return cmp.Compare(a.Label, b.Label) }) // another order must not change the template
}

func text(value *string) string { return *prop.Or(value, new(string)) }

// planInterval checks the interval. It must be known: the alarms depend on it.
func (p *plan) planInterval() {
	const property = "Interval"
	p.minutes = defaultInterval
	interval := p.props.Interval
	switch {
	case interval == nil:
	case *interval.IsUnresolved():
		p.report.Add(rules.AcceptorInterval, property, "is known only at deploy time, and the alarms depend on it")
	default:
		seconds := *prop.Seconds(interval)
		rules.CheckAcceptorInterval(p.report, property, seconds)
		p.minutes = seconds / 60
	}
}

// allowAccounts allows the accounts of all consumers: by one call if the provider is of this module.
func (p *plan) allowAccounts() {
	var accounts []string
	for _, consumer := range p.consumers {
		accounts = append(accounts, consumer.Account)
	}
	if provider, isOurs := p.props.Service.(link.AccountAllower); isOurs {
		provider.AllowAccounts(accounts)
		return
	}
	for _, account := range accounts {
		p.props.Service.AllowPrincipal(awsiam.NewAccountPrincipal(account))
	}
}

// encrypts reports whether the topic is encrypted.
func (p *plan) encrypts() bool { return *prop.Or(p.props.Encryption, jsii.Bool(true)) }
