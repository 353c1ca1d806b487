package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// deploy deploys the example, and leaves the check of it to check.
func (o *operator) deploy(ctx context.Context) error {
	v, err := o.survey(ctx)
	if err != nil {
		return err
	}
	if err := errors.Join(o.checkCertificate(ctx), o.checkImages(ctx)); err != nil {
		return err
	}
	plan, err := deployPlan(o.settings, v)
	if err != nil {
		return err
	}
	o.sayPlan("deploy", v, plan)
	o.sayBill()
	if err := o.ask(v); err != nil {
		return err
	}
	if err := o.carryOut(ctx, plan); err != nil {
		return err
	}
	o.say("\nDeployed. Next: make check-aws, and make destroy-aws when you are done.")
	return nil
}

// destroy destroys the example in the order that AWS accepts.
func (o *operator) destroy(ctx context.Context) error {
	v, err := o.survey(ctx)
	if err != nil {
		return err
	}
	plan, err := destroyPlan(o.settings, v)
	if err != nil {
		return err
	}
	if len(plan) == 0 {
		o.say("Neither account has a stack of the example in %s.", o.region)
		o.sayLeft()
		return nil
	}
	o.sayPlan("destroy", v, plan)
	if err := o.sayStrangers(ctx, v); err != nil {
		return err
	}
	if err := o.ask(v); err != nil {
		return err
	}
	if err := o.carryOut(ctx, plan); err != nil {
		return fmt.Errorf("%w\nWhat AWS does not delete, and what to do then: docs/deploy-aws.md", err)
	}
	o.sayLeft()
	return nil
}

// sayPlan prints where and how, in commands that can be run by hand.
func (o *operator) sayPlan(what string, v survey, plan []step) {
	o.say("This will %s examples/pricing-checkout in %s:", what, o.region)
	o.say("  Pricing   account %s, profile %s, stack: %s", v.pricing.account, v.pricing.profile, v.pricing.stack)
	o.say("  Checkout  account %s, profile %s, stack: %s", v.checkout.account, v.checkout.profile, v.checkout.stack)
	for _, z := range v.zones {
		o.say("  zone      %s, in Pricing %s, in Checkout %s", z.id, z.pricingName, z.checkoutName)
	}
	for i, s := range plan {
		o.say("\n%d. %s", i+1, s.says)
		if len(s.cdk) > 0 {
			o.say("   npx cdk %s", strings.Join(quoted(s.cdk), " "))
		}
	}
}

// String is the state of a stack for people.
func (s stack) String() string {
	if !s.there() {
		return "not there"
	}
	return s.status
}

// quoted are arguments as a shell takes them.
func quoted(args []string) []string {
	result := []string{}
	for _, arg := range args {
		if strings.ContainsAny(arg, " '\"<>$*;&|") {
			arg = "'" + strings.ReplaceAll(arg, "'", `'\''`) + "'"
		}
		result = append(result, arg)
	}
	return result
}

// ask goes on only when both account IDs are typed: they are what tells the accounts from others.
func (o *operator) ask(v survey) error {
	want := v.pricing.account + "," + v.checkout.account
	answer := o.confirm
	if answer == "" {
		o.say("\nType both account IDs, %s, to go on:", want)
		line, err := bufio.NewReader(o.in).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		answer = strings.TrimSpace(line)
	}
	if answer != want {
		return fmt.Errorf("not confirmed: got %q, want %q; nothing was done. Where nobody types, set CONFIRM=%s", answer, want, want)
	}
	return nil
}

// carryOut does step after step, and stops at the first that fails.
func (o *operator) carryOut(ctx context.Context, plan []step) error {
	for i, s := range plan {
		o.say("\n%d of %d: %s", i+1, len(plan), s.says)
		if err := o.take(ctx, s); err != nil {
			return fmt.Errorf("step %d of %d, %s: %w", i+1, len(plan), s.says, err)
		}
	}
	return nil
}

func (o *operator) take(ctx context.Context, s step) error {
	if len(s.cdk) == 0 {
		return o.waitForConnections(ctx)
	}
	args, err := o.settle(ctx, s.cdk)
	if err != nil {
		return err
	}
	if err := o.cdk(ctx, args...); err != nil {
		return err
	}
	return o.requireGone(ctx, s.gone)
}

// settle puts what AWS has decided in place of what stands for it.
func (o *operator) settle(ctx context.Context, args []string) ([]string, error) {
	settled := []string{}
	for _, arg := range args {
		if strings.Contains(arg, serviceName) {
			pricing, err := o.pricing.stack(ctx, "Pricing")
			if err != nil {
				return nil, err
			}
			name := pricing.outputs["ServiceName"]
			if name == "" {
				return nil, errors.New("the stack Pricing has no output ServiceName")
			}
			arg = strings.ReplaceAll(arg, serviceName, name)
		}
		settled = append(settled, arg)
	}
	return settled, nil
}

// requireGone asks CloudFormation: a CLI that ends well is not yet a stack that is gone.
func (o *operator) requireGone(ctx context.Context, name string) error {
	if name == "" {
		return nil
	}
	at := o.pricing
	if name == o.checkout.team {
		at = o.checkout
	}
	left, err := at.stack(ctx, name)
	if err != nil {
		return err
	}
	if left.there() {
		return fmt.Errorf("the stack %s is still there, %s", name, left.status)
	}
	return nil
}
