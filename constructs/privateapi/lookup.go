package privateapi

import (
	"encoding/json"
	"reflect"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// Each question to CDK is a round trip to another process, and many constructs ask the same of one VPC or stack. These are
// the answers that cannot change. They are kept by the object that gave them, so that no two apps mix.
var (
	homes        memo[*home]
	valuesOf     memo[*values]
	selections   memo[*awsec2.SelectedSubnets]
	zoneNames    memo[*string]
	vpcDns       memo[bool]
	principalIDs memo[any]
	vpcsOfZones  memo[*awsroute53.CfnHostedZone_VPCProperty]
)

// memoSize bounds what a process that defines many apps keeps of those that it is done with.
const memoSize = 4096

// memo has answers by who gave them.
type memo[V any] struct{ answers map[any]V }

// of returns the answer of key, and asks for it the first time. A key of a caller's own type may not be comparable.
func (m *memo[V]) of(key any, ask func() V) V {
	if !reflect.ValueOf(key).Comparable() {
		return ask()
	}
	if answer, ok := m.answers[key]; ok {
		return answer
	}
	answer := ask()
	if m.answers == nil || len(m.answers) >= memoSize {
		m.answers = map[any]V{}
	}
	m.answers[key] = answer
	return answer
}

// home is the stack of a construct, and what is known of it.
type home struct {
	stack awscdk.Stack

	regionAnswer  *string
	accountAnswer *string
	stageAnswer   awscdk.Stage
	shared        *values
}

// homeOf returns the home of what is defined in scope; all scopes of a stack have the same.
func homeOf(scope constructs.IConstruct) *home {
	return homes.of(scope, func() *home {
		stack := awscdk.Stack_Of(scope)
		return homes.of(stack, func() *home { return &home{stack: stack} })
	})
}

func (h *home) region() *string  { return once(&h.regionAnswer, h.stack.Region) }
func (h *home) account() *string { return once(&h.accountAnswer, h.stack.Account) }

// partition returns the token for the partition, which is one for all stacks.
func (h *home) partition() *string { return once(&h.values().partition, awscdk.Aws_PARTITION) }

// stage returns the stage that the stack is in, nil if it is in none.
func (h *home) stage() awscdk.Stage {
	if h.stageAnswer == nil {
		h.stageAnswer = awscdk.Stage_Of(h.stack)
	}
	return h.stageAnswer
}

func once(answer **string, ask func() *string) *string {
	if *answer == nil {
		*answer = ask()
	}
	return *answer
}

// values are what CDK has objects for and what any number of constructs of an app can share.
type values struct {
	partition  *string
	ports      map[float64]awsec2.Port
	conditions map[string]elbv2.ListenerCondition
	answers    map[float64]elbv2.ListenerAction
}

func (h *home) values() *values {
	if h.shared == nil {
		var owner constructs.IConstruct = h.stack
		if app := awscdk.App_Of(h.stack); app != nil {
			owner = app
		}
		h.shared = valuesOf.of(owner, func() *values {
			return &values{ports: map[float64]awsec2.Port{}, conditions: map[string]elbv2.ListenerCondition{}, answers: map[float64]elbv2.ListenerAction{}}
		})
	}
	return h.shared
}

func (h *home) tcp(port *float64) awsec2.Port {
	return kept(h.values().ports, *port, func() awsec2.Port { return awsec2.Port_Tcp(port) })
}

// condition is a condition of a listener rule on values that are literals, kept by them.
func (h *home) condition(of func(*[]*string) elbv2.ListenerCondition, field string, values *[]*string) elbv2.ListenerCondition {
	if hasTokens(values) {
		return of(values)
	}
	key := strings.Join(append([]string{field}, literals(values)...), "\n")
	return kept(h.values().conditions, key, func() elbv2.ListenerCondition { return of(values) })
}

// answer is a fixed response, of which each status has one body.
func (h *home) answer(status float64, body string) elbv2.ListenerAction {
	return kept(h.values().answers, status, func() elbv2.ListenerAction {
		return elbv2.ListenerAction_FixedResponse(jsii.Number(status), &elbv2.FixedResponseOptions{
			ContentType: jsii.String("text/plain"),
			MessageBody: jsii.String(body),
		})
	})
}

func kept[K comparable, V any](values map[K]V, key K, define func() V) V {
	if _, ok := values[key]; !ok {
		values[key] = define()
	}
	return values[key]
}

// selectionKey tells selections from each other that CDK decides on; selections of subnets or by filters, which are objects
// of the caller's, have none.
func selectionKey(vpc awsec2.IVpc, s *awsec2.SubnetSelection) (key any, ok bool) {
	if s.Subnets != nil || s.SubnetFilters != nil {
		return nil, false
	}
	text, err := json.Marshal(s)
	return struct {
		vpc  awsec2.IVpc
		text string
	}{vpc, string(text)}, err == nil
}

// accountID returns the account of a principal, as text or token.
func accountID(account awsiam.AccountPrincipal) any {
	return principalIDs.of(account, account.AccountId)
}

func arnOf(p awsiam.ArnPrincipal) *string {
	arn, _ := principalIDs.of(p, func() any { return p.Arn() }).(*string)
	return arn
}
