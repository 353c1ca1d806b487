package main

import (
	"strings"
	"testing"
)

func TestSettings(t *testing.T) {
	s, err := readSettings("deploy", []string{
		"PRICING_PROFILE=pricing", "CHECKOUT_PROFILE=checkout", "REGION=eu-west-1", "DOMAIN=" + domain,
		"CERTIFICATE_ARN=" + certificate, "ZONES=euw1-az1,euw1-az2", "CONFIRM=",
	})
	if err != nil {
		t.Fatal(err)
	}
	if s.pricingProfile != "pricing" || s.certificateArn != certificate || len(s.zones) != 2 {
		t.Errorf("read %+v", s)
	}
}

func TestSettingsAreRefused(t *testing.T) {
	complete := map[string]string{
		"PRICING_PROFILE": "pricing", "CHECKOUT_PROFILE": "checkout", "REGION": "eu-west-1", "DOMAIN": domain, "CERTIFICATE_ARN": certificate,
	}
	for name, tc := range map[string]struct {
		command string
		change  map[string]string
		want    []string
	}{
		"nothing is set": {
			"deploy",
			map[string]string{"PRICING_PROFILE": "", "CHECKOUT_PROFILE": "", "REGION": "", "DOMAIN": "", "CERTIFICATE_ARN": ""},
			[]string{"PRICING_PROFILE is missing", "CHECKOUT_PROFILE is missing", "REGION is missing", "DOMAIN is missing", "CERTIFICATE_ARN is missing"},
		},
		"destroy needs the certificate to synthesise": {"destroy", map[string]string{"CERTIFICATE_ARN": ""}, []string{"CERTIFICATE_ARN is missing"}},
		"one profile":                     {"check", map[string]string{"CHECKOUT_PROFILE": "pricing"}, []string{"are both pricing"}},
		"a zone name for a Region":        {"deploy", map[string]string{"REGION": "eu-west-1a"}, []string{"REGION must be"}},
		"a URL for a name":                {"deploy", map[string]string{"DOMAIN": "https://" + domain}, []string{"DOMAIN must be"}},
		"a certificate of IAM":            {"deploy", map[string]string{"CERTIFICATE_ARN": "arn:aws:iam::222222222222:server-certificate/x"}, []string{"CERTIFICATE_ARN must be"}},
		"a certificate in another Region": {"deploy", map[string]string{"REGION": "us-east-1"}, []string{"CERTIFICATE_ARN is in eu-west-1, and REGION is us-east-1"}},
		"zone names":                      {"deploy", map[string]string{"ZONES": "eu-west-1a,eu-west-1b"}, []string{"ZONES must be"}},
		"one zone twice":                  {"deploy", map[string]string{"ZONES": "euw1-az1,euw1-az1"}, []string{"ZONES must be two different zones"}},
		"a setting that does not exist":   {"deploy", map[string]string{"DOMIAN": domain}, []string{"DOMIAN is not a setting"}},
	} {
		t.Run(name, func(t *testing.T) {
			args := []string{}
			for _, values := range []map[string]string{complete, tc.change} {
				for key, value := range values {
					args = append(args, key+"="+value)
				}
			}
			_, err := readSettings(tc.command, args)
			wantError(t, err, tc.want...)
			if got := strings.Count(err.Error(), "\n") + 1; got != len(tc.want) {
				t.Errorf("the error has %d lines, want %d:\n%v", got, len(tc.want), err)
			}
		})
	}
}

func TestCheckDoesNotNeedTheCertificate(t *testing.T) {
	if _, err := readSettings("check", []string{"PRICING_PROFILE=a", "CHECKOUT_PROFILE=b", "REGION=eu-west-1", "DOMAIN=" + domain}); err != nil {
		t.Error(err)
	}
}
