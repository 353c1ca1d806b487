package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/described"
)

// routes are what Checkout calls, as the example's rules have them.
var routes = []string{"/v1/*", "/v2/*"}

// check reads both accounts and proves from what AWS describes that Checkout reaches both routes.
func (o *operator) check(ctx context.Context) error {
	if err := o.identify(ctx); err != nil {
		return err
	}
	client, err := o.client(ctx)
	if err != nil {
		return err
	}
	deployed, err := o.describe(ctx)
	if err != nil {
		return err
	}
	report, err := deployed.Prove(reachability.Question{Client: client, Domain: o.domain})
	if err != nil {
		return err
	}
	o.say("%s", report)
	for _, what := range deployed.Unread {
		o.say("not in the proof: %s", what)
	}
	return requireRoutes(report)
}

// client is the service of Checkout, as the described state names it.
func (o *operator) client(ctx context.Context) (string, error) {
	checkout, err := o.checkout.stack(ctx, "Checkout")
	if err != nil {
		return "", err
	}
	cluster, service := checkout.outputs["ClusterName"], checkout.outputs["FargateServiceName"]
	if cluster == "" || service == "" {
		return "", fmt.Errorf("the stack Checkout is %s, and does not say what its service is: make deploy-aws", checkout)
	}
	return fmt.Sprintf("%s/%s/service/%s/%s", o.checkout.id, o.region, cluster, service), nil
}

// describe reads both accounts.
func (o *operator) describe(ctx context.Context) (*described.Description, error) {
	dir, err := os.MkdirTemp("", "check-aws-")
	if err != nil {
		return nil, err
	}
	o.say("The described state is in %s, as templates.\n", dir)
	pricing, err := described.Read(ctx, o.pricing.config, o.pricing.id, o.region)
	if err != nil {
		return nil, err
	}
	checkout, err := described.Read(ctx, o.checkout.config, o.checkout.id, o.region)
	if err != nil {
		return nil, err
	}
	return described.Write(dir, pricing, checkout)
}

// requireRoutes demands an answer for each route, and that every answer is a yes.
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
		return fmt.Errorf("both routes are reachable, and yet the report is %s: see its errors", verdict)
	}
	return nil
}
