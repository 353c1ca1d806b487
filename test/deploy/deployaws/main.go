// Command deployaws deploys examples/pricing-checkout to two AWS accounts, checks it there, and destroys it: see
// docs/deploy-aws.md. Its tests use fakes of AWS, and no test deploys with it.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

const usage = `make deploy-aws | check-aws | destroy-aws PRICING_PROFILE=… CHECKOUT_PROFILE=… REGION=… DOMAIN=… CERTIFICATE_ARN=…
See docs/deploy-aws.md.`

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return fmt.Errorf("%s", usage)
	}
	command, known := commands[args[0]]
	if !known {
		return fmt.Errorf("%q is not a command\n%s", args[0], usage)
	}
	s, err := readSettings(args[0], args[1:])
	if err != nil {
		return err
	}
	o := &operator{settings: s, in: os.Stdin, out: os.Stdout, sleep: sleep}
	if o.pricing, err = newAccount(ctx, "Pricing", s.pricingProfile, s.region); err != nil {
		return err
	}
	if o.checkout, err = newAccount(ctx, "Checkout", s.checkoutProfile, s.region); err != nil {
		return err
	}
	// The Makefile runs this command in test/deploy.
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		return err
	}
	o.cdk = func(ctx context.Context, args ...string) error { return runCdk(ctx, root, args, o.out) }
	return command(o, ctx)
}

var commands = map[string]func(*operator, context.Context) error{
	"deploy":  (*operator).deploy,
	"check":   (*operator).check,
	"destroy": (*operator).destroy,
}

// operator runs a command in two accounts.
type operator struct {
	settings

	pricing, checkout *account

	cdk   func(ctx context.Context, args ...string) error // runs the CDK CLI in the root of the repository
	sleep func(context.Context, time.Duration) error
	in    io.Reader
	out   io.Writer
}

// print prints a line.
func (o *operator) print(format string, args ...any) {
	_, _ = fmt.Fprintf(o.out, format+"\n", args...)
}

// runCdk runs the CLI of package.json, which the Makefile puts first on the PATH.
func runCdk(ctx context.Context, root string, args []string, out io.Writer) error {
	cmd := exec.CommandContext(ctx, "cdk", args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = root, out, os.Stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("cdk %s: %w", args[0], err)
	}
	return nil
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
