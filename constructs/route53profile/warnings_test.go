package route53profile_test

import (
	"strings"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/route53profile"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// foreign is a profile of another account, which is shared with that of the stack.
func foreign(stack awscdk.Stack, edits ...func(*P)) route53profile.IProfile {
	return newProfile(other(stack, cdktest.OtherAccount, cdktest.Region), append([]func(*P){func(p *P) { p.ShareWith = jsii.Strings(cdktest.Account) }}, edits...)...)
}

func foreignARN(a *A) {
	a.ProfileArn = jsii.String(strings.ReplaceAll(profileARN, cdktest.Account, cdktest.OtherAccount))
}

func TestWarnings(t *testing.T) {
	defer cdktest.Recover(t)
	covered := map[string]bool{}
	for name, tc := range map[string]struct {
		rule  rules.Rule
		build func(awscdk.Stack)
		want  string
	}{
		"an import of another account": {rules.ProfilePermission, func(stack awscdk.Stack) {
			consume(stack, "Pricing", by(importProfile(stack, foreignARN)))
		}, "Profile: is of account 111111111111, and the zones are of 222222222222"},
		"a profile of another account of the app": {rules.ProfilePermission, func(stack awscdk.Stack) {
			consume(stack, "Pricing", by(foreign(stack)))
		}, "Profile: is of account 111111111111, and the zones are of 222222222222"},
		"a VPC of the profile that has a zone of the name": {rules.ProfileHidden, func(stack awscdk.Stack) {
			vpc := vpcOf(stack, "2")
			profile := newProfile(stack, func(p *P) { p.Vpcs = vpcs(vpc) })
			consume(stack, "Local", func(p *C) { p.Vpc = vpc })
			consume(stack, "Pricing", by(profile))
		}, `DomainNames[0]: "` + domain + `" leads a VPC of the profile to Stack/Local, by a hosted zone of its own`},
		"a zone of a name that the profile of the VPC has": {rules.ProfileHidden, func(stack awscdk.Stack) {
			vpc := vpcOf(stack, "2")
			profile := newProfile(stack, func(p *P) { p.Vpcs = vpcs(vpc) })
			consume(stack, "Pricing", by(profile))
			consume(stack, "Local", func(p *C) { p.Vpc = vpc })
		}, `DomainNames[0]: "` + domain + `" is also a name of Stack/Pricing, by the profile of VPC ` + vpcID("2")},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			covered[tc.rule.ID] = true
			stack := cdktest.Stack(t)
			cdktest.Check(t, func() { tc.build(stack) })
			metadata := strings.ReplaceAll(cdktest.Synth(t, stack).Manifest(t), `\"`, `"`)
			for _, want := range []string{tc.want, "[ack: " + tc.rule.ID + "]"} {
				if n := strings.Count(metadata, want); n != 1 {
					t.Errorf("annotations = %s\nwant %q once, not %d times", metadata, want, n)
				}
			}
		})
	}
	for _, rule := range rules.Profile() {
		if rule.Severity == rules.Warning && !covered[rule.ID] {
			t.Errorf("no case for %s", rule.ID)
		}
	}
}

func TestNoWarnings(t *testing.T) {
	defer cdktest.Recover(t)
	for name, build := range map[string]func(awscdk.Stack){
		"an import of the same account": func(stack awscdk.Stack) { consume(stack, "Pricing", by(importProfile(stack))) },
		"an import by ID, whose owner is not known": func(stack awscdk.Stack) {
			consume(stack, "Pricing", by(importProfile(stack, func(a *A) { a.ProfileArn, a.ProfileId = nil, jsii.String(profileID) })))
		},
		"an owner that lets others associate zones": func(stack awscdk.Stack) {
			consume(stack, "Pricing", by(importProfile(stack, foreignARN, func(a *A) { a.AssociatesZones = jsii.Bool(true) })))
		},
		"a permission that may let others associate zones": func(stack awscdk.Stack) {
			consume(stack, "Pricing", by(foreign(stack, func(p *P) { p.PermissionArn = jsii.String("arn:aws:ram:eu-west-1:111111111111:permission/zones") })))
		},
		"an organization that may have the account": func(stack awscdk.Stack) {
			consume(stack, "Pricing", by(foreign(stack, func(p *P) {
				p.ShareWith = jsii.Strings("arn:aws:organizations::111111111111:organization/o-abcdefghij")
				p.PermissionArn = jsii.String("arn:aws:ram:eu-west-1:111111111111:permission/zones")
			})))
		},
		"the VPC of the consumer among those of the profile": func(stack awscdk.Stack) {
			vpc := vpcOf(stack, "2")
			profile := newProfile(stack, func(p *P) { p.Vpcs = vpcs(vpc) })
			consume(stack, "Pricing", by(profile), func(p *C) { p.Vpc = vpc })
		},
		"another name in a VPC of the profile": func(stack awscdk.Stack) {
			vpc := vpcOf(stack, "2")
			profile := newProfile(stack, func(p *P) { p.Vpcs = vpcs(vpc) })
			consume(stack, "Pricing", by(profile))
			consume(stack, "Local", func(p *C) { p.Vpc, p.DomainNames = vpc, jsii.Strings(otherDomain) })
		},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			cdktest.Check(t, func() { build(stack) })
			if metadata := cdktest.Synth(t, stack).Manifest(t); strings.Contains(metadata, "privateapi:") {
				t.Errorf("annotations = %s, want none of ours", metadata)
			}
		})
	}
}
