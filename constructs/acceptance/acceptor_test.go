package acceptance_test

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awskms"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/acceptance"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

func compact(t *testing.T, value any) string {
	t.Helper()
	var text strings.Builder
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		t.Fatal(err)
	}
	return text.String()
}

// A changed logical ID would replace a resource: the log would begin anew, and the alarms too.
func TestLogicalIDs(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	newAcceptor(stack, newProvider(stack))
	var got []string
	for _, id := range slices.Sorted(maps.Keys(cdktest.SynthTemplate(t, stack).Resources)) {
		if strings.HasPrefix(id, "Acceptor") {
			got = append(got, id)
		}
	}
	want := []string{
		"AcceptorErrorsAlarm7788B465", "AcceptorFailedAlarm98FB965E", "AcceptorFunctionC97A1014", "AcceptorKey13D7563F", "AcceptorLogGroupC22CB437",
		"AcceptorNotification62923657", "AcceptorPermissionC5644018", "AcceptorRole6EDB9262", "AcceptorSchedule064C6886", "AcceptorScheduleRoleF6117D3E",
		"AcceptorSilenceAlarmF280BE3D", "AcceptorSubscription84138C06", "AcceptorTopicEDBE30AD", "AcceptorTopicPolicyCAD9032F", "AcceptorWaitingAlarm8CAA10F5",
	}
	if !slices.Equal(got, want) {
		t.Errorf("logical IDs = %q, want %q", got, want)
	}
}

// Consumers come, go and change places: the function and the permissions change in place, and nothing else.
func TestConsumersChangeInPlace(t *testing.T) {
	defer cdktest.Recover(t)
	checkout, reports := consumer("checkout", cdktest.OtherAccount), consumer("reports", "333333333333")
	with := func(t *testing.T, list ...*acceptance.Consumer) cdktest.Assembly {
		t.Helper()
		stack := cdktest.Stack(t)
		newAcceptor(stack, newProvider(stack), func(p *P) { p.Consumers = &list })
		return cdktest.Synth(t, stack)
	}
	const (
		function    = "  ~ AWS::Lambda::Function AcceptorFunctionC97A1014"
		permissions = "  ~ AWS::EC2::VPCEndpointServicePermissions OrdersPermissions3A1D5A70"
	)
	base := with(t, checkout, reports)
	for name, tc := range map[string]struct {
		list []*acceptance.Consumer
		want []string
	}{
		"one more":      {[]*acceptance.Consumer{checkout, consumer("orders", "444444444444"), reports}, []string{"Stack", permissions, function}},
		"one less":      {[]*acceptance.Consumer{reports}, []string{"Stack", permissions, function}},
		"an expiry":     {[]*acceptance.Consumer{until(consumer("checkout", cdktest.OtherAccount), "2999-12-31"), reports}, []string{"Stack", function}},
		"a label":       {[]*acceptance.Consumer{consumer("cart", cdktest.OtherAccount), reports}, []string{"Stack", function}},
		"another order": {[]*acceptance.Consumer{reports, checkout}, nil},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			var got []string
			for line := range strings.Lines(cdktest.Changes(t, base, with(t, tc.list...))) {
				if property, isOne := strings.CutPrefix(line, "      "); !isOne {
					got = append(got, strings.TrimSuffix(line, "\n"))
				} else if name, _, _ := strings.Cut(property, ":"); name != "Code.ZipFile" && name != "AllowedPrincipals" {
					t.Errorf("changes %s", name)
				}
			}
			slices.Sort(got)
			if want := slices.Sorted(slices.Values(tc.want)); !slices.Equal(got, want) {
				t.Errorf("changes\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

// The function may do what its handler does, to this service alone, and write its own log.
func TestLeastPrivilege(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	newAcceptor(stack, newProvider(stack))
	template := cdktest.SynthTemplate(t, stack)
	handler := content(t, "handler.js")
	for id, want := range map[string]map[string]string{
		"AcceptorRole6EDB9262": {
			"ec2:DescribeVpcEndpointConnections": `"*"`,
			"ec2:AcceptVpcEndpointConnections":   ":ec2:eu-west-1:222222222222:vpc-endpoint-service/",
			"ec2:RejectVpcEndpointConnections":   ":ec2:eu-west-1:222222222222:vpc-endpoint-service/",
			"logs:CreateLogStream":               `{"Fn::GetAtt":["AcceptorLogGroupC22CB437","Arn"]}`,
			"logs:PutLogEvents":                  `{"Fn::GetAtt":["AcceptorLogGroupC22CB437","Arn"]}`,
		},
		"AcceptorScheduleRoleF6117D3E": {"lambda:InvokeFunction": `{"Fn::GetAtt":["AcceptorFunctionC97A1014","Arn"]}`},
	} {
		got := allowedBy(t, template.Resources[id])
		for action, resource := range got {
			if want[action] == "" || !strings.Contains(resource, want[action]) {
				t.Errorf("%s allows %s on %s, want %s", id, action, resource, want[action])
			}
			if command, isEc2 := strings.CutPrefix(action, "ec2:"); isEc2 && !strings.Contains(handler, command) {
				t.Errorf("the handler does not call %s", command)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%s allows %v, want %v", id, got, want)
		}
	}
}

// allowedBy are the actions that a role may do, each with its resource. A role has no managed policies.
func allowedBy(t *testing.T, role cdktest.Resource) map[string]string {
	t.Helper()
	if role.Properties["ManagedPolicyArns"] != nil {
		t.Error("the role has managed policies")
	}
	found := map[string]string{}
	for _, policy := range role.Properties["Policies"].([]any) {
		document := policy.(map[string]any)["PolicyDocument"].(map[string]any)
		for _, statement := range document["Statement"].([]any) {
			s := statement.(map[string]any)
			for _, action := range s["Action"].([]any) {
				found[action.(string)] = compact(t, s["Resource"])
			}
			if s["Resource"] == "*" && !cdktest.Contains(s["Condition"], props{"StringEquals": props{"ec2:Region": cdktest.Region}}) {
				t.Errorf("%v is allowed in every Region", s["Action"])
			}
		}
	}
	return found
}

func content(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// The source of the function is read in goldens and in diffs of templates: it stays a page long.
func TestHandlerIsShort(t *testing.T) {
	if n := len(content(t, "handler.js")); n > 4500 {
		t.Errorf("the handler has %d bytes, want at most 4500", n)
	}
}

// CONFIG of hundreds of consumers fits: Lambda takes far more source than environment variables.
func TestManyConsumers(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	newAcceptor(stack, newProvider(stack), func(p *P) {
		var list []*acceptance.Consumer
		for i := range 300 {
			digits := strings.Repeat("0", 9) + string([]byte{byte('0' + i/100), byte('0' + i/10%10), byte('0' + i%10)})
			list = append(list, until(consumer("consumer "+digits, digits), "2999-12-31"))
		}
		p.Consumers = &list
	})
	template := cdktest.SynthTemplate(t, stack)
	_, function := template.Only(t, typeFunction)
	if n := strings.Count(compact(t, function.Properties["Code"]), "2999-12-31"); n != 300 {
		t.Errorf("the code has %d consumers, want 300", n)
	}
	_, permissions := template.Only(t, typePermissions)
	if n := len(permissions.Properties["AllowedPrincipals"].([]any)); n != 300 {
		t.Errorf("%d principals, want 300", n)
	}
}

// The alarms allow for three runs that are late, and the silence for six, however long the interval is.
func TestAlarmsFollowTheInterval(t *testing.T) {
	defer cdktest.Recover(t)
	for minutes, want := range map[float64]struct {
		rate                       string
		waitPeriod, wait, silences int
	}{
		1:  {"rate(1 minute)", 300, 900, 1800},
		5:  {"rate(5 minutes)", 300, 900, 1800},
		60: {"rate(60 minutes)", 3600, 10800, 21600},
	} {
		cdktest.Run(t, want.rate, func(t *testing.T) {
			stack := cdktest.Stack(t)
			newAcceptor(stack, newProvider(stack), func(p *P) { p.Interval = awscdk.Duration_Minutes(jsii.Number(minutes)) })
			template := cdktest.SynthTemplate(t, stack)
			template.Has(t, typeSchedule, props{"ScheduleExpression": want.rate})
			template.Has(t, typeAlarm, props{"MetricName": "OldestWaiting", "Period": want.waitPeriod, "Threshold": want.wait})
			template.Has(t, typeAlarm, props{"MetricName": "Invocations", "Period": want.silences, "TreatMissingData": "breaching"})
		})
	}
}

// The policy of a key of this app lets EC2 use it; the stack of the key waits for nothing.
func TestKeyOfAnotherStack(t *testing.T) {
	defer cdktest.Recover(t)
	app := cdktest.App(t, nil)
	keys, stack := twoStacks(app)
	key := awskms.NewKey(keys, jsii.String("Key"), nil)
	newAcceptor(stack, newProvider(stack), func(p *P) { p.EncryptionKey = key })
	assembly := cdktest.Synth(t, stack)
	_, made := assembly.Template(t, "Provider").Only(t, typeKey)
	if policy := compact(t, made.Properties["KeyPolicy"]); !strings.Contains(policy, `"Principal":{"Service":"vpce.amazonaws.com"}`) || strings.Contains(policy, "ImportValue") {
		t.Errorf("the policy of the key is %s", policy)
	}
	if n := len(assembly.Template(t, "Acceptance").OfType(typeKey)); n != 0 {
		t.Errorf("%d more keys", n)
	}
}

// A provider that a team wraps allows accounts one by one.
func TestWrappedProvider(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	newAcceptor(stack, ownedProvider{newProvider(stack), "Orders"}, func(p *P) {
		p.Consumers = consumers(consumer("checkout", cdktest.OtherAccount), consumer("reports", "333333333333"))
	})
	_, permissions := cdktest.SynthTemplate(t, stack).Only(t, typePermissions)
	if n := len(permissions.Properties["AllowedPrincipals"].([]any)); n != 2 {
		t.Errorf("%d principals, want 2", n)
	}
}

// ownedProvider is a provider as a team may wrap it: with something of its own.
type ownedProvider struct {
	privateapi.PrivateNlbProvider
	owner string
}

// Principals that the provider allows besides are not listed: their connections wait for a person.
func TestPrincipalsBesides(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	newAcceptor(stack, newProvider(stack, func(p *privateapi.PrivateNlbProviderProps) {
		p.AllowedPrincipals = &[]awsiam.ArnPrincipal{awsiam.NewAccountPrincipal("444444444444"), awsiam.NewAccountPrincipal(cdktest.OtherAccount)}
	}))
	template := cdktest.SynthTemplate(t, stack)
	_, permissions := template.Only(t, typePermissions)
	if n := len(permissions.Properties["AllowedPrincipals"].([]any)); n != 2 {
		t.Errorf("%d principals, want the listed one once, and the other", n)
	}
	_, function := template.Only(t, typeFunction)
	if strings.Contains(compact(t, function.Properties["Code"]), "444444444444") {
		t.Error("the other one is listed")
	}
}

func TestAccessors(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	a := newAcceptor(stack, newProvider(stack))
	for want, id := range map[string]*string{
		"AcceptorFunctionC97A1014": a.Function().LogicalId(), "AcceptorLogGroupC22CB437": a.LogGroup().LogicalId(), "AcceptorTopicEDBE30AD": a.Topic().LogicalId(),
		"AcceptorWaitingAlarm8CAA10F5": a.WaitingAlarm().LogicalId(), "AcceptorFailedAlarm98FB965E": a.FailedAlarm().LogicalId(),
		"AcceptorErrorsAlarm7788B465": a.ErrorsAlarm().LogicalId(), "AcceptorSilenceAlarmF280BE3D": a.SilenceAlarm().LogicalId(),
	} {
		if got := stack.Resolve(id); got != want {
			t.Errorf("logical ID %v, want %s", got, want)
		}
	}
}
