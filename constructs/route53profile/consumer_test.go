package route53profile_test

import (
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsroute53"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/route53profile"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// zoneARN is the ARN of a hosted zone by its ID.
func zoneARN(id any) any {
	return props{"Fn::Join": []any{"", []any{"arn:", cdktest.Ref("AWS::Partition"), ":route53:::hostedzone/", id}}}
}

func TestConsumerWithProfile(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Run(t, "associates each of its zones, after the records", func(t *testing.T) {
		stack := cdktest.Stack(t)
		profile := newProfile(stack)
		consume(stack, "Pricing", by(profile), func(p *C) { p.DomainNames = jsii.Strings(domain, "*."+domain, otherDomain) })
		template := cdktest.SynthTemplate(t, stack)
		profileID, _ := template.Only(t, typeProfile)
		if got := len(template.OfType(typeAssociation)); got != 2 {
			t.Errorf("%d associations, want 2", got)
		}
		for zone, name := range map[string]string{domain: "api-pricing-internal-company-com", otherDomain: "api-orders-internal-company-com"} {
			zoneID := template.Has(t, typeZone, props{"Name": zone + "."})
			association := template.Resources[template.Has(t, typeAssociation, props{
				"Name": name, "ProfileId": cdktest.GetAtt(profileID, "Id"), "ResourceArn": zoneARN(cdktest.Ref(zoneID)),
			})]
			for _, record := range template.Find(typeRecord, props{"HostedZoneId": cdktest.Ref(zoneID)}) {
				if !slices.Contains(association.DependsOn, record) {
					t.Errorf("the association of %s waits for %v, not for %s", zone, association.DependsOn, record)
				}
			}
		}
	})
	cdktest.Run(t, "associates an existing zone, by its ID alone", func(t *testing.T) {
		stack := cdktest.Stack(t)
		zone := awsroute53.HostedZone_FromHostedZoneId(stack, jsii.String("Company"), jsii.String("Z0123456789ABCDEFGHIJ"))
		consume(stack, "Pricing", by(importProfile(stack)), func(p *C) { p.HostedZone = zone })
		template := cdktest.SynthTemplate(t, stack)
		_, association := template.Only(t, typeAssociation)
		want := props{"ProfileId": profileID, "ResourceArn": props{"Fn::Join": []any{"", []any{"arn:", cdktest.Ref("AWS::Partition"), ":route53:::hostedzone/Z0123456789ABCDEFGHIJ"}}}}
		if !cdktest.Contains(association.Properties, want) {
			t.Errorf("association = %v, want %v", association.Properties, want)
		}
	})
	cdktest.Run(t, "in another account than the VPCs", func(t *testing.T) {
		app := cdktest.App(t, nil)
		network := shapes["two-accounts"](app)
		assembly := cdktest.Synth(t, network)
		assembly.Template(t, "AccountsNetwork").Has(t, typeShare, props{"Principals": []any{cdktest.OtherAccount}})
		_, vpc := assembly.Template(t, "AccountsShop").Only(t, typeVpc)
		if vpc.Properties["ResourceId"] != vpcID("4") {
			t.Errorf("association = %v, want that of the VPC", vpc.Properties)
		}
	})
}

// An import takes the ID from the ARN, which may be known only at deployment.
func TestImport(t *testing.T) {
	defer cdktest.Recover(t)
	for name, tc := range map[string]struct {
		edit func(awscdk.Stack, *A)
		want any
	}{
		"by ARN": {func(awscdk.Stack, *A) {}, profileID},
		"by ID":  {func(_ awscdk.Stack, a *A) { a.ProfileArn, a.ProfileId = nil, jsii.String(profileID) }, profileID},
		"by a token of the ARN": {func(stack awscdk.Stack, a *A) {
			a.ProfileArn = awscdk.NewCfnParameter(stack, jsii.String("Arn"), nil).ValueAsString()
		}, props{"Fn::Select": []any{1., props{"Fn::Split": []any{"/", cdktest.Ref("Arn")}}}}},
		"by a token of the ID": {func(stack awscdk.Stack, a *A) {
			a.ProfileArn, a.ProfileId = nil, awscdk.NewCfnParameter(stack, jsii.String("Id"), nil).ValueAsString()
		}, cdktest.Ref("Id")},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			profile := importProfile(stack, func(a *A) { tc.edit(stack, a); a.Vpcs = vpcs(vpcOf(stack, "2")) })
			consume(stack, "Pricing", by(profile))
			template := cdktest.SynthTemplate(t, stack)
			template.Has(t, typeVpc, props{"ProfileId": tc.want, "ResourceId": vpcID("2")})
			template.Has(t, typeAssociation, props{"ProfileId": tc.want})
			if arn := profile.ProfileArn(); (arn == nil) != (name == "by ID" || name == "by a token of the ID") {
				t.Errorf("ARN = %v", arn)
			}
		})
	}
}

var _ route53profile.IProfile = route53profile.Profile(nil)
