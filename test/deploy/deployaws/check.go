package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/deployed"
)

// routes are the routes that Checkout calls, by their path patterns.
var routes = []string{"/v1/*", "/v2/*"}

// check reads both accounts, and proves from their state that Checkout reaches both routes.
func (o *operator) check(ctx context.Context) error {
	if err := o.identify(ctx); err != nil {
		return err
	}
	client, err := o.client(ctx)
	if err != nil {
		return err
	}
	templates, err := o.read(ctx)
	if err != nil {
		return err
	}
	report, err := templates.Prove(reachability.Question{Client: client, Domain: o.domain})
	if err != nil {
		return err
	}
	o.print("%s", report)
	for _, unread := range templates.Unread {
		o.print("not covered by the proof: %s", unread)
	}
	return requireRoutes(report)
}

// client returns the name of Checkout's ECS service in the proof.
func (o *operator) client(ctx context.Context) (string, error) {
	checkout, err := o.checkout.stack(ctx, "Checkout")
	if err != nil {
		return "", err
	}
	cluster, service := checkout.outputs["ClusterName"], checkout.outputs["FargateServiceName"]
	switch {
	case !checkout.exists():
		return "", errors.New("the stack Checkout does not exist: run make deploy-aws")
	case cluster == "" || service == "":
		return "", fmt.Errorf("the stack Checkout is %s, and its outputs do not have its ECS service: run make deploy-aws", checkout)
	}
	return fmt.Sprintf("%s/%s/service/%s/%s", o.checkout.id, o.region, cluster, service), nil
}

// read reads the state of both accounts, and writes it as templates.
func (o *operator) read(ctx context.Context) (*deployed.Templates, error) {
	dir, err := os.MkdirTemp("", "check-aws-")
	if err != nil {
		return nil, err
	}
	o.print("The deployed state is in %s, as templates.\n", dir)
	pricing, err := deployed.Read(ctx, o.pricing.config, o.pricing.id, o.region)
	if err != nil {
		return nil, err
	}
	checkout, err := deployed.Read(ctx, o.checkout.config, o.checkout.id, o.region)
	if err != nil {
		return nil, err
	}
	return deployed.Write(dir, pricing, checkout)
}

// requireRoutes returns an error unless there is an answer for each route, and all answers are reachable.
func requireRoutes(report *reachability.Report) error {
	proven := map[string]bool{}
	for _, answer := range report.Answers {
		proven[answer.Path] = answer.Verdict == reachability.Reachable
	}
	missing := []string{}
	for _, route := range routes {
		if !proven[route] {
			missing = append(missing, route)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("it is not proven that Checkout reaches %s", strings.Join(missing, " and "))
	}
	if verdict := report.Verdict(); verdict != reachability.Reachable {
		return fmt.Errorf("both routes are reachable, but the report is %s: see its errors", verdict)
	}
	return nil
}
