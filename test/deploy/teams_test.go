package deploy_test

import (
	"context"
	"maps"
	"path/filepath"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

// teams is an example whose stacks several teams deploy, each to its own account.
type teams struct {
	program        string
	assembly       string
	domain         string
	certificateArn string                // for the domain
	accounts       map[string]string     // by stack
	configs        map[string]aws.Config // by stack
	deployer       aws.Config
}

// newTeams synthesises an example with credentials: the CLI looks up the zones of all accounts, as for a new app. The certificate is in the
// account of Pricing. Contexts have the form KEY=VALUE.
func newTeams(ctx context.Context, name, domain string, accounts map[string]string, contexts ...string) (*teams, error) {
	e, err := prepareTeams(ctx, name, domain, accounts)
	if err != nil {
		return nil, err
	}
	arguments := []string{"synth", "--quiet", "--app", e.program, "--output", e.assembly}
	for _, context := range contexts {
		arguments = append(arguments, "--context", context)
	}
	_, err = local.CLI.Run(ctx, &e.deployer, arguments...)
	return e, err
}

// prepareTeams does all that comes before an example is synthesised.
func prepareTeams(ctx context.Context, name, domain string, accounts map[string]string) (*teams, error) {
	program, err := local.Build(ctx, ".", "./examples/"+name)
	if err != nil {
		return nil, err
	}
	e := &teams{
		program: program, assembly: filepath.Join(filepath.Dir(program), "assembly-"+name),
		domain: domain, accounts: accounts, configs: map[string]aws.Config{},
	}
	if e.certificateArn, err = local.RequestCertificate(ctx, domain); err != nil {
		return nil, err
	}
	for stack, account := range accounts {
		if e.configs[stack], err = local.Account(ctx, account); err != nil {
			return nil, err
		}
	}
	// The account that the others trusted when they were bootstrapped.
	e.deployer, err = local.Account(ctx, scenario.Checkout)
	return e, err
}

// zonesOf returns the context by which apps find the zones of accounts: those that are deployed to, which have other names in each account.
func zonesOf(ctx context.Context, accounts ...string) (map[string]any, error) {
	contexts := map[string]any{}
	for _, account := range accounts {
		names, err := local.ZoneNames(ctx, account)
		if err != nil {
			return nil, err
		}
		contexts["availability-zones:account="+account+":region="+scenario.Region] = names
	}
	return contexts, nil
}

// deploy deploys a stack. Parameters have the form NAME=VALUE.
func (e *teams) deploy(ctx context.Context, stack string, parameters ...string) error {
	var options []string
	for _, parameter := range parameters {
		options = append(options, "--parameters", stack+":"+parameter)
	}
	_, err := local.CLI.Deploy(ctx, e.deployer, e.assembly, stack, options...)
	return err
}

// deployAll deploys all stacks in the order of their dependencies. Parameters have the form STACK:NAME=VALUE.
func (e *teams) deployAll(ctx context.Context, parameters ...string) error {
	return e.deployStacks(ctx, []string{"--all"}, parameters...)
}

// deployStacks deploys stacks by one command, in the order of their dependencies. Options come before the others.
func (e *teams) deployStacks(ctx context.Context, options []string, parameters ...string) error {
	arguments := append([]string{"deploy"}, options...)
	arguments = append(arguments, "--app", e.assembly, "--require-approval", "never", "--progress", "events")
	for _, parameter := range parameters {
		arguments = append(arguments, "--parameters", parameter)
	}
	_, err := local.CLI.Run(ctx, &e.deployer, arguments...)
	return err
}

func (e *teams) stack(t *testing.T, name string) deployedStack {
	return stackOf(t, e.configs[name], name)
}

// templates returns a function that proves what was synthesised, with the certificate and the zones of the accounts.
func (e *teams) templates(t *testing.T, parameters map[string]string) func(reachability.Question) *reachability.Report {
	t.Helper()
	input := reachability.Assembly(e.assembly)
	input.Parameters = parameters
	model, zones := must(reachability.Load(input))(t), map[string]string{}
	for stack, account := range e.accounts {
		maps.Copy(zones, e.stack(t, stack).zoneIDs(account))
	}
	return func(q reachability.Question) *reachability.Report {
		q.Facts.ZoneIDs, q.Facts.Certificates = zones, map[string][]string{e.certificateArn: {e.domain}}
		return model.Prove(q)
	}
}

// zoneIDs returns the IDs of the zones of the stack's account, by the account and their names there.
func (s deployedStack) zoneIDs(account string) map[string]string {
	s.t.Helper()
	ids := map[string]string{}
	for _, zone := range must(s.ec2.DescribeAvailabilityZones(s.t.Context(), &ec2.DescribeAvailabilityZonesInput{}))(s.t).AvailabilityZones {
		ids[account+"/"+aws.ToString(zone.ZoneName)] = aws.ToString(zone.ZoneId)
	}
	return ids
}
