package dnsverification

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// defaultTimeout is for how many seconds a deployment waits.
const defaultTimeout = 10 * 60

// verificationPlan is a verification with all defaults filled in and all rules checked.
type verificationPlan struct {
	report          *rules.Report // has no errors
	stack           *answers.Stack
	service         privateapi.IPrivateLinkProvider
	endpointService awsec2.CfnVPCEndpointService
	privateDnsName  *string
	zone            awsroute53.IHostedZone // nil for none
	timeout         float64                // in seconds
	verifies        bool                   // false if the record is still to be published by somebody
}

// planVerification panics with all problems of the props. It defines nothing.
func planVerification(scope constructs.Construct, id *string, props *VerificationProps) *verificationPlan {
	r := &rules.Report{}
	props = prop.Or(prop.Copy(props), &VerificationProps{}) // the caller may change its own
	check.Embedded(r, "", props)
	refusal.Of(r, scope, id) // what is nil cannot be asked for more
	plan := &verificationPlan{
		report: r, stack: answers.StackOf(scope), service: props.Service, zone: props.HostedZone,
		verifies: props.HostedZone != nil || prop.IsTrue(props.RecordPublished),
	}
	plan.planTimeout(props)
	plan.planService()
	plan.checkZone(props)
	refusal.Of(r, scope, id)
	return plan
}

func (plan *verificationPlan) planTimeout(props *VerificationProps) {
	const property = "VerificationTimeout"
	seconds := prop.Seconds(props.VerificationTimeout)
	if seconds == nil {
		plan.timeout = defaultTimeout
		return
	}
	if token.IsNumber(*seconds) {
		plan.report.AddWithFix(rules.VerificationTimeout, property, "use a number", "is known only at deploy time, and the function is told it at synthesis")
		return
	}
	rules.CheckVerificationTimeout(plan.report, property, *seconds)
	plan.timeout = *seconds
}

// planService checks that there is a name to verify, from where the service stands.
func (plan *verificationPlan) planService() {
	const property = "Service"
	if plan.service == nil {
		plan.report.AddWithFix(rules.Required, property, "supply the provider", "is missing")
		return
	}
	check.Verification(plan.report, property, plan.service)
	plan.privateDnsName = plan.service.PrivateDnsName()
	plan.endpointService = plan.service.EndpointService()
	here, there := placement.EnvironmentOfStack(plan.stack), placement.EnvironmentOfStack(answers.StackOf(plan.endpointService))
	if here.DiffersFrom(there) {
		plan.report.Add(rules.VerificationEnvironment, property, "is in %s, and the verification in %s", there, here)
	}
}

// checkZone checks that the zone can have the record.
func (plan *verificationPlan) checkZone(props *VerificationProps) {
	const property = "HostedZone"
	r, zone := plan.report, props.HostedZone
	if zone == nil {
		return
	}
	if prop.IsTrue(props.RecordPublished) {
		r.AddWithFix(rules.Contradiction, "RecordPublished", "leave it out", "is set, but the record is defined in HostedZone")
	}
	if placement.IsPrivateZone(zone) {
		r.Add(rules.VerificationZone, property, "is private")
	}
	if account, isOther := placement.AccountOfOtherZone(plan.stack, zone); isOther {
		r.AddWithFix(rules.HostedZoneAccount, property, "define the record in the account of the zone, with TxtName and TxtValue, and set RecordPublished instead of HostedZone",
			"is in account %s, and the verification in %s", account, *plan.stack.Account())
	}
	name, isKnown := placement.HostedZoneName(plan.stack, zone)
	if own, ok := token.Literal(plan.privateDnsName); ok && isKnown {
		rules.CheckVerificationZone(r, property, name, own)
	}
}

// fullName returns the name of the TXT record in public DNS.
func (plan *verificationPlan) fullName(txtName *string) *string {
	domain := *plan.privateDnsName
	if name, ok := token.Literal(plan.privateDnsName); ok {
		domain = rules.VerifiedDomain(name)
	}
	return jsii.String(*txtName + "." + domain)
}

// serviceArn returns the ARN of the endpoint service.
func (plan *verificationPlan) serviceArn(id *string) *string {
	return jsii.String(fmt.Sprintf("arn:%s:ec2:%s:%s:vpc-endpoint-service/%s", *plan.stack.Partition(), *plan.stack.Region(), *plan.stack.Account(), *id))
}
