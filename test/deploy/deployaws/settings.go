package main

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// settings are the arguments of make.
type settings struct {
	pricingProfile, checkoutProfile string
	region, domain, certificateArn  string
	zones                           []string // IDs; empty: the first two that both accounts have
	confirmation                    string   // what would be typed at the prompt
}

// variable is a setting as an argument of make.
type variable struct {
	name, description string
	requiredBy        []string // commands
	form              *regexp.Regexp
	set               func(*settings, string)
}

var (
	allCommands = []string{"deploy", "check", "destroy"}
	changing    = []string{"deploy", "destroy"}
)

var variables = []variable{
	{"PRICING_PROFILE", "the AWS profile for the account of Pricing", allCommands, nil, func(s *settings, v string) { s.pricingProfile = v }},
	{"CHECKOUT_PROFILE", "the AWS profile for the account of Checkout", allCommands, nil, func(s *settings, v string) { s.checkoutProfile = v }},
	{
		"REGION", "the Region of both, such as eu-west-1", allCommands,
		regexp.MustCompile(`^[a-z]{2,}(-[a-z]+)+-\d+$`), func(s *settings, v string) { s.region = v },
	},
	{
		"DOMAIN", "the domain name of the API, which the certificate covers", allCommands,
		regexp.MustCompile(`^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$`), func(s *settings, v string) { s.domain = v },
	},
	{
		"CERTIFICATE_ARN", "the ARN of an ACM certificate in the account of Pricing", changing,
		regexp.MustCompile(`^arn:[a-z-]+:acm:[a-z0-9-]+:\d{12}:certificate/[A-Za-z0-9_-]+$`), func(s *settings, v string) { s.certificateArn = v },
	},
	{
		"ZONES", "two Availability Zone IDs with a comma between them, such as euw1-az1,euw1-az2", nil,
		regexp.MustCompile(`^[a-z0-9-]+-az\d+,[a-z0-9-]+-az\d+$`), func(s *settings, v string) { s.zones = strings.Split(v, ",") },
	},
	{"CONFIRM", "both account IDs, Pricing's first, with a comma between them", nil, nil, func(s *settings, v string) { s.confirmation = v }},
}

// readSettings reads NAME=value arguments for a command. Its error has everything that is missing or wrong.
func readSettings(command string, args []string) (settings, error) {
	given, problems := map[string]string{}, []error{}
	for _, arg := range args {
		name, value, _ := strings.Cut(arg, "=")
		if !slices.ContainsFunc(variables, func(v variable) bool { return v.name == name }) {
			problems = append(problems, fmt.Errorf("%s is not a setting", name))
		}
		given[name] = strings.TrimSpace(value)
	}
	s := settings{}
	for _, v := range variables {
		value := given[v.name]
		switch {
		case value == "" && slices.Contains(v.requiredBy, command):
			problems = append(problems, fmt.Errorf("%s is missing: %s", v.name, v.description))
		case value == "":
		case v.form != nil && !v.form.MatchString(value):
			problems = append(problems, fmt.Errorf("%s must be %s, got %q", v.name, v.description, value))
		default:
			v.set(&s, value)
		}
	}
	return s, errors.Join(append(problems, s.check()...)...)
}

// check returns the contradictions between settings.
func (s settings) check() []error {
	problems := []error{}
	if s.pricingProfile != "" && s.pricingProfile == s.checkoutProfile {
		problems = append(problems, fmt.Errorf("PRICING_PROFILE and CHECKOUT_PROFILE are both %s: each team needs its own account", s.pricingProfile))
	}
	if part := strings.Split(s.certificateArn, ":"); len(part) > 3 && s.region != "" && part[3] != s.region {
		problems = append(problems, fmt.Errorf("CERTIFICATE_ARN is in %s, and REGION is %s: a load balancer needs a certificate in its own Region", part[3], s.region))
	}
	if len(s.zones) == 2 && s.zones[0] == s.zones[1] {
		problems = append(problems, fmt.Errorf("ZONES must be two different zones, got %s twice: a load balancer needs two", s.zones[0]))
	}
	return problems
}
