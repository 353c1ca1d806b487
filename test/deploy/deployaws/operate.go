package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// deploy deploys the example; check checks it.
func (o *operator) deploy(ctx context.Context) error {
	current, err := o.current(ctx)
	if err != nil {
		return err
	}
	if err := errors.Join(o.checkCertificate(ctx), o.checkImages(ctx)); err != nil {
		return err
	}
	plan, err := deployPlan(o.settings, current)
	if err != nil {
		return err
	}
	o.printPlan("deploy", current, plan)
	o.printCosts()
	if err := o.confirm(current); err != nil {
		return err
	}
	if err := o.run(ctx, plan); err != nil {
		return err
	}
	o.print("\nDeployed. Next: make check-aws, and make destroy-aws when you are done.")
	return nil
}

// destroy destroys the example in the order that AWS accepts.
func (o *operator) destroy(ctx context.Context) error {
	current, err := o.current(ctx)
	if err != nil {
		return err
	}
	plan, err := destroyPlan(o.settings, current)
	if err != nil {
		return err
	}
	if len(plan) == 0 {
		o.print("Neither account has a stack of the example in %s.", o.region)
		o.printRemains()
		return nil
	}
	o.printPlan("destroy", current, plan)
	if err := o.printOtherEndpoints(ctx, current); err != nil {
		return err
	}
	if err := o.confirm(current); err != nil {
		return err
	}
	if err := o.run(ctx, plan); err != nil {
		return fmt.Errorf("%w\nSee \"What AWS does not delete\" in docs/deploy-aws.md", err)
	}
	o.printRemains()
	return nil
}

// printPlan prints the accounts and the steps, as commands that can be run by hand.
func (o *operator) printPlan(verb string, s currentState, plan []step) {
	o.print("This will %s examples/pricing-checkout in %s:", verb, o.region)
	o.print("  Pricing   account %s, profile %s, stack: %s", s.pricing.account, s.pricing.profile, s.pricing.stack)
	o.print("  Checkout  account %s, profile %s, stack: %s", s.checkout.account, s.checkout.profile, s.checkout.stack)
	for _, z := range s.zones {
		o.print("  zone      %s, in Pricing %s, in Checkout %s", z.id, z.pricingName, z.checkoutName)
	}
	for i, step := range plan {
		o.print("\n%d. %s", i+1, step.title)
		if len(step.cdk) > 0 {
			o.print("   npx cdk %s", strings.Join(quoted(step.cdk), " "))
		}
	}
}

// String returns the status of the stack.
func (s stack) String() string {
	if !s.exists() {
		return "does not exist"
	}
	return s.status
}

// quoted returns arguments quoted for a shell.
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

// confirm returns an error unless both account IDs are typed: they identify the accounts.
func (o *operator) confirm(s currentState) error {
	want := s.pricing.account + "," + s.checkout.account
	answer := o.confirmation
	if answer == "" {
		o.print("\nType both account IDs, %s, to continue:", want)
		line, err := bufio.NewReader(o.in).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return err
		}
		answer = strings.TrimSpace(line)
	}
	if answer != want {
		return fmt.Errorf("not confirmed: got %q, want %q; nothing was done. To run without a prompt, set CONFIRM=%s", answer, want, want)
	}
	return nil
}

// run runs the steps of a plan, and stops at the first that fails.
func (o *operator) run(ctx context.Context, plan []step) error {
	for i, step := range plan {
		o.print("\n%d of %d: %s", i+1, len(plan), step.title)
		if err := o.runStep(ctx, step); err != nil {
			return fmt.Errorf("step %d of %d, %s: %w", i+1, len(plan), step.title, err)
		}
	}
	return nil
}

func (o *operator) runStep(ctx context.Context, s step) error {
	if len(s.cdk) == 0 {
		return o.waitForConnections(ctx)
	}
	args, err := o.fillIn(ctx, s.cdk)
	if err != nil {
		return err
	}
	if err := o.cdk(ctx, args...); err != nil {
		return err
	}
	return o.requireGone(ctx, s.gone)
}

// fillIn replaces the placeholder of the service name.
func (o *operator) fillIn(ctx context.Context, args []string) ([]string, error) {
	filled := []string{}
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
		filled = append(filled, arg)
	}
	return filled, nil
}

// requireGone returns an error if a stack still exists: a successful run of the CLI is not enough.
func (o *operator) requireGone(ctx context.Context, name string) error {
	if name == "" {
		return nil
	}
	account := o.pricing
	if name == o.checkout.team {
		account = o.checkout
	}
	found, err := account.stack(ctx, name)
	if err != nil {
		return err
	}
	if found.exists() {
		return fmt.Errorf("the stack %s still exists, as %s", name, found.status)
	}
	return nil
}
