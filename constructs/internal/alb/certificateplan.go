package alb

import (
	"fmt"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/l1"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// checkCertificates checks each certificate, and that they cover the domain names if the names of all certificates are
// known.
func (p *Plan) checkCertificates(r *rules.Report, o *Options) {
	list := prop.Elements(o.Certificates)
	if len(list) == 0 {
		r.Add(rules.CertificateRequired, "Certificates", "is empty, and there is no Listener")
	}
	check.NoNil(r, "Certificates", o.Certificates)
	if len(list) == 0 || slices.Contains(list, nil) {
		return
	}
	rules.CheckCertificateCount(r, "Certificates", len(list)-1)
	account, _ := token.Literal(p.stack.Account())
	region, _ := token.Literal(p.stack.Region())
	seen, known, names := map[string]bool{}, true, []string{}
	for i, certificate := range list {
		property := fmt.Sprintf("Certificates[%d]", i)
		read := p.read(certificate)
		if read.isLiteral {
			rules.CheckCertificate(r, property, read.arn, rules.Environment{Account: account, Region: region})
		}
		if seen[read.arn] {
			r.AddWithFix(rules.Contradiction, property, "remove the duplicate", "is listed twice")
		}
		seen[read.arn] = true
		known, names = known && read.names != nil, append(names, read.names...)
	}
	if !known {
		return
	}
	check.Each(o.DomainNames, "DomainNames", func(property, domain string) { rules.CheckCertificateNames(r, property, domain, names) })
}

// certificate is what is known of a certificate.
type certificate struct {
	arn       string
	isLiteral bool
	names     []string // nil if they are not known
}

func (p *Plan) read(c elbv2.IListenerCertificate) certificate {
	return answers.Of(p.stack, c, "certificate", func() certificate {
		arn := c.CertificateArn()
		if _, isLiteral := token.Literal(arn); isLiteral {
			return certificate{arn: *arn, isLiteral: true}
		}
		return certificate{arn: *arn, names: namesOf(arn)}
	})
}

// namesOf returns the names of a certificate of this app by the token of its ARN; nil if they are not known.
func namesOf(arn *string) []string {
	value := awscdk.Tokenization_ReverseCompleteString(arn)
	if value == nil || !*awscdk.Reference_IsReference(value) {
		return nil
	}
	var reference awscdk.Reference
	jsii.UnsafeCast(value, &reference)
	target := reference.Target()
	if !*awscdk.CfnResource_IsCfnResource(target) {
		return nil
	}
	var resource awscdk.CfnResource
	jsii.UnsafeCast(target, &resource)
	if *resource.CfnResourceType() != "AWS::CertificateManager::Certificate" {
		return nil
	}
	var domain *string
	var others *[]*string
	if !l1.Property(resource, "domainName", &domain) || !l1.Property(resource, "subjectAlternativeNames", &others) {
		return nil
	}
	all := append([]*string{domain}, prop.Elements(others)...)
	if token.AnyIn(&all) {
		return nil
	}
	return token.Literals(&all)
}
