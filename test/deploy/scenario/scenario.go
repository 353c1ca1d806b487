// Package scenario prepares the deployment tests: the local AWS API with bootstrapped accounts, and the apps.
package scenario

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/acm"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/cdkcli"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/localaws"
)

// The accounts and the Region of the examples. Each account but Checkout's trusts that one to deploy to it.
const (
	Pricing   = "222222222222"
	Checkout  = "111111111111"
	Reporting = "333333333333"
	Lab       = "444444444444"
	Region    = "eu-west-1"
	Domain    = "api.pricing.internal.company.com"
)

// Accounts returns all accounts.
func Accounts() []string { return []string{Pricing, Checkout, Reporting, Lab} }

// Scenario is a local AWS API with bootstrapped accounts.
type Scenario struct {
	CLI            *cdkcli.CLI
	CertificateArn string // for Domain, in Pricing's account

	server *localaws.Server
	root   string // the repository
	dir    string // for programs, assemblies and the CLI's home
	log    bytes.Buffer
}

// New starts the local AWS API and bootstraps the accounts. here is the directory test/deploy, and dir an empty one.
func New(ctx context.Context, here, dir string) (*Scenario, error) {
	root, err := filepath.Abs(filepath.Join(here, "..", ".."))
	if err != nil {
		return nil, err
	}
	s := &Scenario{root: root, dir: dir}
	if s.server, err = localaws.Start(here, &s.log); err != nil {
		return nil, err
	}
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// Close stops the server. Its error has what the server logged: it logs nothing unless it fails itself.
func (s *Scenario) Close() error {
	err := s.server.Stop()
	if s.log.Len() > 0 {
		err = errors.Join(err, fmt.Errorf("the local AWS API logged:\n%s", s.log.String()))
	}
	return err
}

// Account returns a configuration of the SDK for an account.
func (s *Scenario) Account(ctx context.Context, account string) (aws.Config, error) {
	return s.server.Account(ctx, account, Region)
}

// Tick runs a schedule of the default group once.
func (s *Scenario) Tick(ctx context.Context, account, name string) error {
	return s.server.Tick(ctx, account, Region, "default", name)
}

func (s *Scenario) prepare(ctx context.Context) error {
	home := filepath.Join(s.dir, "home")
	if err := os.Mkdir(home, 0o700); err != nil {
		return err
	}
	var err error
	if s.CLI, err = cdkcli.New(s.root, home, s.server.Environment()); err != nil {
		return err
	}
	if err := s.copySettings(home); err != nil {
		return err
	}
	if s.CertificateArn, err = s.RequestCertificate(ctx, Domain); err != nil {
		return err
	}
	return s.bootstrap(ctx)
}

// ContextFile returns the file in which the CLI stores what it looks up.
func (s *Scenario) ContextFile() string { return filepath.Join(s.dir, "home", "cdk.context.json") }

// copySettings gives the CLI the settings of the repository, such as feature flags, except the app: the CLI would run it to
// bootstrap.
func (s *Scenario) copySettings(home string) error {
	content, err := os.ReadFile(filepath.Join(s.root, "cdk.json"))
	if err != nil {
		return err
	}
	settings := map[string]any{}
	if err := json.Unmarshal(content, &settings); err != nil {
		return err
	}
	delete(settings, "app")
	if content, err = json.Marshal(settings); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(home, "cdk.json"), content, 0o600)
}

// bootstrap bootstraps all accounts at the same time: the CLI spends most of the time waiting.
func (s *Scenario) bootstrap(ctx context.Context) error {
	accounts := Accounts()
	failures := make([]error, len(accounts))
	wait := sync.WaitGroup{}
	for i, account := range accounts {
		var trust []string
		if account != Checkout {
			trust = []string{Checkout}
		}
		wait.Go(func() {
			as, err := s.Account(ctx, account)
			if err == nil {
				_, err = s.CLI.Bootstrap(ctx, as, account, Region, trust...)
			}
			failures[i] = err
		})
	}
	wait.Wait()
	return errors.Join(failures...)
}

// RequestCertificate requests a certificate in Pricing's account, and returns its ARN. The local AWS API issues it at once.
func (s *Scenario) RequestCertificate(ctx context.Context, domain string) (string, error) {
	pricing, err := s.Account(ctx, Pricing)
	if err != nil {
		return "", err
	}
	requested, err := acm.NewFromConfig(pricing).RequestCertificate(ctx, &acm.RequestCertificateInput{
		DomainName: aws.String(domain),
	})
	if err != nil {
		return "", err
	}
	return aws.ToString(requested.CertificateArn), nil
}

// Build builds an app, and returns its program. pkg is an argument of go build in the directory of a module.
func (s *Scenario) Build(ctx context.Context, module, pkg string) (string, error) {
	program := filepath.Join(s.dir, filepath.Base(pkg))
	build := exec.CommandContext(ctx, "go", "build", "-o", program, pkg)
	build.Dir = filepath.Join(s.root, module)
	output, err := build.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("go build %s: %w\n%s", pkg, err, output)
	}
	return program, nil
}

// Assembly runs an app with context, and returns the directory of its cloud assembly.
func (s *Scenario) Assembly(ctx context.Context, program, name string, contexts map[string]string) (string, error) {
	output := filepath.Join(s.dir, "assembly-"+name)
	if _, err := s.CLI.Synth(ctx, program, output, contexts); err != nil {
		return "", err
	}
	return output, nil
}

// Context returns the context of the example: the certificate, and the names of the zones in both accounts.
func (s *Scenario) Context(ctx context.Context) (map[string]string, error) {
	contexts := map[string]string{
		"pricingCertificateArn":     s.CertificateArn,
		"pricingDeletionProtection": "false",
		"pricingZoneIds":            strings.Join(zoneIDs, ","),
		"checkoutZoneIds":           strings.Join(zoneIDs, ","),
	}
	for key, account := range map[string]string{"pricingAvailabilityZones": Pricing, "checkoutAvailabilityZones": Checkout} {
		names, err := s.ZoneNames(ctx, account)
		if err != nil {
			return nil, err
		}
		contexts[key] = strings.Join(names, ",")
	}
	return contexts, nil
}

// zoneIDs are the zones that the apps are deployed to.
var zoneIDs = []string{"euw1-az1", "euw1-az3"}

// ZoneNames returns the names that an account has for the zones that the apps are deployed to.
func (s *Scenario) ZoneNames(ctx context.Context, account string) ([]string, error) {
	config, err := s.Account(ctx, account)
	if err != nil {
		return nil, err
	}
	names := []string{}
	for _, id := range zoneIDs {
		found, err := ec2.NewFromConfig(config).DescribeAvailabilityZones(ctx, &ec2.DescribeAvailabilityZonesInput{
			ZoneIds: []string{id},
		})
		if err != nil {
			return nil, err
		}
		for _, zone := range found.AvailabilityZones {
			names = append(names, aws.ToString(zone.ZoneName))
		}
	}
	return names, nil
}
