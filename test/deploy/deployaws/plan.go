package main

import (
	"errors"
	"fmt"
	"strings"
)

// step is a command of the CDK CLI, or a wait until nothing is connected to Pricing's endpoint service any more.
type step struct {
	says string
	cdk  []string // without it, the wait
	gone string   // the stack that is not there after it
}

// serviceName stands in a plan for what AWS decides while it is carried out.
const serviceName = "<ServiceName>"

// Where the assemblies go. make clean removes them.
const (
	assembly          = "cdk.out/aws"
	destroyedAssembly = "cdk.out/aws-unprotected"
)

// context is what the example is to be told of these accounts: all of its keys, because its defaults are of no real account.
func (v survey) context(s settings, protection string) []string {
	ids, pricing, checkout := []string{}, []string{}, []string{}
	for _, z := range v.zones {
		ids, pricing, checkout = append(ids, z.id), append(pricing, z.pricingName), append(checkout, z.checkoutName)
	}
	args := []string{}
	for _, entry := range [][2]string{
		{"region", s.region},
		{"pricingAccount", v.pricing.account},
		{"checkoutAccount", v.checkout.account},
		{"pricingAvailabilityZones", strings.Join(pricing, ",")},
		{"checkoutAvailabilityZones", strings.Join(checkout, ",")},
		{"pricingZoneIds", strings.Join(ids, ",")},
		{"checkoutZoneIds", strings.Join(ids, ",")},
		{"pricingDomain", s.domain},
		{"pricingCertificateArn", s.certificateArn},
		{"pricingDeletionProtection", protection},
		{"s3PrefixListId", v.s3PrefixList},
	} {
		args = append(args, "-c", entry[0]+"="+entry[1])
	}
	return args
}

// deployPlan says what deploys the example: Pricing first, whose service name Checkout needs.
func deployPlan(s settings, v survey) ([]step, error) {
	if err := errors.Join(v.pricing.stack.deployable("Pricing"), v.checkout.stack.deployable("Checkout")); err != nil {
		return nil, err
	}
	synth := append([]string{"synth", "--quiet", "--output", assembly}, v.context(s, "true")...)
	plan := []step{{says: "synthesise, and prove that Checkout reaches both routes", cdk: synth}}
	for _, p := range []place{v.pricing, v.checkout} {
		if !p.bootstrapped {
			plan = append(plan, step{
				says: "bootstrap " + p.account,
				cdk:  []string{"bootstrap", "aws://" + p.account + "/" + s.region, "--app", assembly, "--profile", p.profile},
			})
		}
	}
	parameter := []string{"--parameters", "Checkout:PricingServiceName=" + serviceName}
	return append(plan,
		step{says: "deploy Pricing to " + v.pricing.account, cdk: deployCommand("Pricing", assembly, v.pricing.profile)},
		step{says: "deploy Checkout to " + v.checkout.account, cdk: append(deployCommand("Checkout", assembly, v.checkout.profile), parameter...)},
	), nil
}

func deployCommand(stack, assembly, profile string) []string {
	return []string{"deploy", stack, "--exclusively", "--app", assembly, "--profile", profile, "--require-approval", "never"}
}

// destroyPlan says what destroys the example: the endpoint first, because EC2 deletes no service that has endpoints, then
// the load balancers' protection, then the rest.
func destroyPlan(s settings, v survey) ([]step, error) {
	if err := errors.Join(v.pricing.stack.atRest("Pricing"), v.checkout.stack.atRest("Checkout")); err != nil {
		return nil, err
	}
	plan := []step{}
	if v.checkout.stack.there() || v.pricing.stack.there() {
		synth := append([]string{"synth", "--quiet", "--output", destroyedAssembly}, v.context(s, "false")...)
		plan = append(plan, step{says: "synthesise, without deletion protection", cdk: synth})
	}
	if v.checkout.stack.there() {
		plan = append(plan, step{says: "destroy Checkout in " + v.checkout.account, cdk: destroyCommand("Checkout", v.checkout.profile), gone: "Checkout"})
	}
	if !v.pricing.stack.there() {
		return plan, nil
	}
	if v.pricing.serviceID() != "" {
		plan = append(plan, step{says: "wait until no endpoint is connected to " + v.pricing.serviceID()})
	}
	if v.pricing.stack.updatable() {
		plan = append(plan, step{
			says: "take deletion protection off the load balancers of Pricing",
			cdk:  deployCommand("Pricing", destroyedAssembly, v.pricing.profile),
		})
	}
	return append(plan, step{says: "destroy Pricing in " + v.pricing.account, cdk: destroyCommand("Pricing", v.pricing.profile), gone: "Pricing"}), nil
}

func destroyCommand(stack, profile string) []string {
	return []string{"destroy", stack, "--exclusively", "--force", "--app", destroyedAssembly, "--profile", profile}
}

// serviceID is the ID of Pricing's endpoint service, which its name ends with.
func (p place) serviceID() string {
	name := p.stack.outputs["ServiceName"]
	return name[strings.LastIndex(name, ".")+1:]
}

// The states of stacks and what they allow:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html

// atRest refuses a stack that CloudFormation works on. In REVIEW_IN_PROGRESS it waits for somebody.
func (s stack) atRest(name string) error {
	if strings.HasSuffix(s.status, "_IN_PROGRESS") && s.status != "REVIEW_IN_PROGRESS" {
		return fmt.Errorf("the stack %s is %s: wait until CloudFormation is done with it", name, s.status)
	}
	return nil
}

// updatable reports whether the stack takes another template.
func (s stack) updatable() bool {
	switch s.status {
	case "CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "IMPORT_COMPLETE", "IMPORT_ROLLBACK_COMPLETE":
		return true
	}
	return false
}

// deployable refuses states that cdk deploy cannot start from. It deletes what is ROLLBACK_COMPLETE by itself.
func (s stack) deployable(name string) error {
	if !s.there() || s.updatable() || s.status == "ROLLBACK_COMPLETE" || s.status == "REVIEW_IN_PROGRESS" {
		return nil
	}
	if err := s.atRest(name); err != nil {
		return err
	}
	return fmt.Errorf("the stack %s is %s: see docs/deploy-aws.md, \"What AWS does not delete\", then make destroy-aws", name, s.status)
}
