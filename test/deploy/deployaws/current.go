package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/acm"
	acmtypes "github.com/aws/aws-sdk-go-v2/service/acm/types"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// accountState is the state of one of the two accounts that plans depend on.
type accountState struct {
	account, profile string
	stack            stack
	bootstrapped     bool
}

// zone is an Availability Zone. Its ID is the same in all accounts, its names are not:
// https://docs.aws.amazon.com/ram/latest/userguide/working-with-az-ids.html
type zone struct{ id, pricingName, checkoutName string }

// currentState is the state of both accounts that plans depend on.
type currentState struct {
	pricing, checkout accountState
	zones             []zone
	s3PrefixList      string
}

// current reads the state of both accounts.
func (o *operator) current(ctx context.Context) (currentState, error) {
	if err := o.identify(ctx); err != nil {
		return currentState{}, err
	}
	v, problems := currentState{}, make([]error, 4)
	v.pricing, problems[0] = o.pricing.state(ctx)
	v.checkout, problems[1] = o.checkout.state(ctx)
	if err := errors.Join(problems...); err != nil {
		return currentState{}, err
	}
	v.zones, problems[2] = o.sharedZones(ctx, v.pricing.stack)
	v.s3PrefixList, problems[3] = o.s3PrefixList(ctx)
	return v, errors.Join(problems...)
}

func (a *account) state(ctx context.Context) (accountState, error) {
	found, err := a.stack(ctx, a.team)
	if err != nil {
		return accountState{}, err
	}
	toolkit, err := a.stack(ctx, "CDKToolkit")
	if err != nil {
		return accountState{}, err
	}
	// Bootstrapping an account a second time could overwrite its settings.
	return accountState{account: a.id, profile: a.profile, stack: found, bootstrapped: toolkit.outputs["BootstrapVersion"] != ""}, nil
}

// sharedZones chooses two zones: those that Pricing is deployed in, those in the settings, or the first two that both
// accounts have.
func (o *operator) sharedZones(ctx context.Context, deployed stack) ([]zone, error) {
	want := o.zones
	if ids := deployed.outputs["AvailabilityZoneIds"]; ids != "" {
		if want = strings.Split(ids, ","); len(o.zones) > 0 && !slices.Equal(want, o.zones) {
			return nil, fmt.Errorf("ZONES is %s, but Pricing is deployed in %s: omit ZONES", strings.Join(o.zones, ","), ids)
		}
	}
	pricing, err := o.pricing.zoneNames(ctx)
	if err != nil {
		return nil, err
	}
	checkout, err := o.checkout.zoneNames(ctx)
	if err != nil {
		return nil, err
	}
	shared := []zone{}
	for id, name := range pricing {
		if other := checkout[id]; other != "" {
			shared = append(shared, zone{id, name, other})
		}
	}
	slices.SortFunc(shared, func(a, b zone) int { return strings.Compare(a.id, b.id) })
	return choose(shared, want, o.settings)
}

func choose(shared []zone, want []string, s settings) ([]zone, error) {
	if len(want) == 0 {
		if len(shared) < 2 {
			return nil, fmt.Errorf("the accounts have only the zones %v of %s in common: a load balancer needs two", shared, s.region)
		}
		return shared[:2], nil
	}
	chosen := []zone{}
	for _, id := range want {
		i := slices.IndexFunc(shared, func(z zone) bool { return z.id == id })
		if i < 0 {
			return nil, fmt.Errorf("%s is not a zone that both accounts have in %s", id, s.region)
		}
		chosen = append(chosen, shared[i])
	}
	return chosen, nil
}

// zoneNames returns the names of an account's Availability Zones by their IDs, without Local and Wavelength Zones.
func (a *account) zoneNames(ctx context.Context) (map[string]string, error) {
	found, err := a.ec2.DescribeAvailabilityZones(ctx, &ec2.DescribeAvailabilityZonesInput{Filters: []ec2types.Filter{
		filter("zone-type", "availability-zone"), filter("state", "available"),
	}})
	if err != nil {
		return nil, fmt.Errorf("the zones of the account %s: %w", a.id, err)
	}
	names := map[string]string{}
	for _, zone := range found.AvailabilityZones {
		names[aws.ToString(zone.ZoneId)] = aws.ToString(zone.ZoneName)
	}
	return names, nil
}

// s3PrefixList returns the ID of the prefix list of S3 in the Region.
func (o *operator) s3PrefixList(ctx context.Context) (string, error) {
	name := "com.amazonaws." + o.region + ".s3"
	found, err := o.pricing.ec2.DescribePrefixLists(ctx, &ec2.DescribePrefixListsInput{
		Filters: []ec2types.Filter{filter("prefix-list-name", name)},
	})
	if err != nil {
		return "", fmt.Errorf("the prefix list of S3: %w", err)
	}
	if len(found.PrefixLists) != 1 {
		return "", fmt.Errorf("there are %d prefix lists named %s", len(found.PrefixLists), name)
	}
	return aws.ToString(found.PrefixLists[0].PrefixListId), nil
}

func filter(name, value string) ec2types.Filter {
	return ec2types.Filter{Name: aws.String(name), Values: []string{value}}
}

// checkCertificate returns an error if the ALB cannot use the certificate, or if it does not cover the domain.
func (o *operator) checkCertificate(ctx context.Context) error {
	if owner := strings.Split(o.certificateArn, ":")[4]; owner != o.pricing.id {
		return fmt.Errorf("CERTIFICATE_ARN is in the account %s, but Pricing's account is %s", owner, o.pricing.id)
	}
	found, err := o.pricing.acm.DescribeCertificate(ctx, &acm.DescribeCertificateInput{CertificateArn: aws.String(o.certificateArn)})
	if err != nil {
		return fmt.Errorf("CERTIFICATE_ARN: %w", err)
	}
	certificate := found.Certificate
	if certificate.Status != acmtypes.CertificateStatusIssued {
		return fmt.Errorf("the certificate in CERTIFICATE_ARN has the status %s, and must be ISSUED", certificate.Status)
	}
	names := append([]string{aws.ToString(certificate.DomainName)}, certificate.SubjectAlternativeNames...)
	if !slices.ContainsFunc(names, func(name string) bool { return covers(name, o.domain) }) {
		return fmt.Errorf("the certificate in CERTIFICATE_ARN is for %s, and does not cover %s", strings.Join(names, ", "), o.domain)
	}
	return nil
}

// covers reports whether a name in a certificate covers a domain: an asterisk stands for one label.
// https://docs.aws.amazon.com/acm/latest/userguide/acm-concepts.html
func covers(name, domain string) bool {
	name = strings.ToLower(name)
	if parent, isWildcard := strings.CutPrefix(name, "*."); isWildcard {
		_, rest, _ := strings.Cut(domain, ".")
		return rest == parent
	}
	return name == domain
}
