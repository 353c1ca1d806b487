package main

import (
	"errors"
	"fmt"
	"strings"
)

// step is a command of the CDK CLI, or a wait until nothing is connected to Pricing's endpoint service.
type step struct {
	title string
	cdk   []string // empty for the wait
	gone  string   // the stack that must not exist after the step
}

// serviceName is the placeholder of the service name in a plan: AWS assigns the name while the plan runs.
const serviceName = "<ServiceName>"

// The directories of the assemblies. make clean removes them.
const (
	assembly          = "cdk.out/aws"
	destroyedAssembly = "cdk.out/aws-unprotected"
)

// context returns the context of the example for these accounts: all of its keys, because its defaults are placeholders.
func (c currentState) context(s settings, protection string) []string {
	ids, pricing, checkout := []string{}, []string{}, []string{}
	for _, z := range c.zones {
		ids, pricing, checkout = append(ids, z.id), append(pricing, z.pricingName), append(checkout, z.checkoutName)
	}
	args := []string{}
	for _, entry := range [][2]string{
		{"region", s.region},
		{"pricingAccount", c.pricing.account},
		{"checkoutAccount", c.checkout.account},
		{"pricingAvailabilityZones", strings.Join(pricing, ",")},
		{"checkoutAvailabilityZones", strings.Join(checkout, ",")},
		{"pricingZoneIds", strings.Join(ids, ",")},
		{"checkoutZoneIds", strings.Join(ids, ",")},
		{"pricingDomain", s.domain},
		{"pricingCertificateArn", s.certificateArn},
		{"pricingCertificateNames", s.domain}, // the survey finds that the certificate covers it
		{"pricingDeletionProtection", protection},
		{"s3PrefixListId", c.s3PrefixList},
	} {
		args = append(args, "-c", entry[0]+"="+entry[1])
	}
	return args
}

// deployPlan returns the steps that deploy the example: Pricing first, because Checkout needs its service name.
func deployPlan(s settings, c currentState) ([]step, error) {
	if err := errors.Join(c.pricing.stack.deployable("Pricing"), c.checkout.stack.deployable("Checkout")); err != nil {
		return nil, err
	}
	synth := append([]string{"synth", "--quiet", "--output", assembly}, c.context(s, "true")...)
	plan := []step{{title: "synthesise, and prove that Checkout reaches both routes", cdk: synth}}
	for _, p := range []accountState{c.pricing, c.checkout} {
		if !p.bootstrapped {
			plan = append(plan, step{
				title: "bootstrap " + p.account,
				cdk:   []string{"bootstrap", "aws://" + p.account + "/" + s.region, "--app", assembly, "--profile", p.profile},
			})
		}
	}
	parameter := []string{"--parameters", "Checkout:PricingServiceName=" + serviceName}
	return append(plan,
		step{title: "deploy Pricing to " + c.pricing.account, cdk: deployCommand("Pricing", assembly, c.pricing.profile)},
		step{title: "deploy Checkout to " + c.checkout.account, cdk: append(deployCommand("Checkout", assembly, c.checkout.profile), parameter...)},
	), nil
}

func deployCommand(stack, assembly, profile string) []string {
	return []string{"deploy", stack, "--exclusively", "--app", assembly, "--profile", profile, "--require-approval", "never"}
}

// destroyPlan returns the steps that destroy the example: the endpoint first, because EC2 does not delete a service with
// endpoints, then the deletion protection of the load balancers, then the rest.
func destroyPlan(s settings, c currentState) ([]step, error) {
	if err := errors.Join(c.pricing.stack.idle("Pricing"), c.checkout.stack.idle("Checkout")); err != nil {
		return nil, err
	}
	plan := []step{}
	if c.checkout.stack.exists() || c.pricing.stack.exists() {
		synth := append([]string{"synth", "--quiet", "--output", destroyedAssembly}, c.context(s, "false")...)
		plan = append(plan, step{title: "synthesise, without deletion protection", cdk: synth})
	}
	if c.checkout.stack.exists() {
		plan = append(plan, step{title: "destroy Checkout in " + c.checkout.account, cdk: destroyCommand("Checkout", c.checkout.profile), gone: "Checkout"})
	}
	if !c.pricing.stack.exists() {
		return plan, nil
	}
	if c.pricing.serviceID() != "" {
		plan = append(plan, step{title: "wait until no endpoint is connected to " + c.pricing.serviceID()})
	}
	if c.pricing.stack.updatable() {
		plan = append(plan, step{
			title: "disable deletion protection of the load balancers of Pricing",
			cdk:   deployCommand("Pricing", destroyedAssembly, c.pricing.profile),
		})
	}
	return append(plan, step{title: "destroy Pricing in " + c.pricing.account, cdk: destroyCommand("Pricing", c.pricing.profile), gone: "Pricing"}), nil
}

func destroyCommand(stack, profile string) []string {
	return []string{"destroy", stack, "--exclusively", "--force", "--app", destroyedAssembly, "--profile", profile}
}

// serviceID returns the ID of Pricing's endpoint service, which is the last part of its name.
func (s accountState) serviceID() string {
	name := s.stack.outputs["ServiceName"]
	return name[strings.LastIndex(name, ".")+1:]
}

// The states of stacks and what they allow:
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html

// idle returns an error if CloudFormation is working on the stack. In REVIEW_IN_PROGRESS it waits for a user.
func (s stack) idle(name string) error {
	if strings.HasSuffix(s.status, "_IN_PROGRESS") && s.status != "REVIEW_IN_PROGRESS" {
		return fmt.Errorf("the stack %s is %s: wait until CloudFormation has finished", name, s.status)
	}
	return nil
}

// updatable reports whether the stack can be updated.
func (s stack) updatable() bool {
	switch s.status {
	case "CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "IMPORT_COMPLETE", "IMPORT_ROLLBACK_COMPLETE":
		return true
	}
	return false
}

// deployable returns an error if cdk deploy cannot start from the status of the stack. It deletes a stack in
// ROLLBACK_COMPLETE itself.
func (s stack) deployable(name string) error {
	if !s.exists() || s.updatable() || s.status == "ROLLBACK_COMPLETE" || s.status == "REVIEW_IN_PROGRESS" {
		return nil
	}
	if err := s.idle(name); err != nil {
		return err
	}
	return fmt.Errorf("the stack %s is %s: see docs/deploy-aws.md, \"What AWS does not delete\", then run make destroy-aws", name, s.status)
}
