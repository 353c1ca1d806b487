package route53profile_test

import (
	"testing"

	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

func TestProfile(t *testing.T) {
	defer cdktest.Recover(t)
	cdktest.Run(t, "is named by its ID, and shared with nobody", func(t *testing.T) {
		stack := cdktest.Stack(t)
		newProfile(stack)
		template := cdktest.SynthTemplate(t, stack)
		template.Has(t, typeProfile, props{"Name": "Dns"})
		if others := append(template.OfType(typeVpc), template.OfType(typeShare)...); len(others) > 0 {
			t.Errorf("there are %v besides", others)
		}
	})
	cdktest.Run(t, "has VPCs, and is shared with accounts in any order", func(t *testing.T) {
		stack := cdktest.Stack(t)
		newProfile(stack, func(p *P) {
			p.Name, p.Vpcs = jsii.String("company dns"), vpcs(vpcOf(stack, "2"), vpcOf(stack, "1"))
			p.ShareWith, p.AllowExternalPrincipals = jsii.Strings(thirdID, cdktest.OtherAccount), jsii.Bool(true)
			p.PermissionArn = jsii.String("arn:aws:ram:eu-west-1:222222222222:permission/zones")
		})
		template := cdktest.SynthTemplate(t, stack)
		id, _ := template.Only(t, typeProfile)
		for _, digit := range []string{"1", "2"} {
			template.Has(t, typeVpc, props{"Name": vpcID(digit), "ProfileId": cdktest.GetAtt(id, "Id"), "ResourceId": vpcID(digit)})
		}
		template.Has(t, typeShare, props{
			"Name": "company dns", "ResourceArns": []any{cdktest.GetAtt(id, "Arn")}, "Principals": []any{cdktest.OtherAccount, thirdID},
			"AllowExternalPrincipals": true, "PermissionArns": []any{"arn:aws:ram:eu-west-1:222222222222:permission/zones"},
		})
	})
}
