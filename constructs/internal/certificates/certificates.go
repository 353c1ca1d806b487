// Package certificates checks the certificates of listeners.
package certificates

import (
	"fmt"
	"hash/fnv"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/l1"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// Check checks each certificate of a listener in a stack, and that they cover the domain names if the names of all certificates are
// known. That there is one at all is for the caller to check.
func Check(r *rules.Report, stack *answers.Stack, certificates *[]elbv2.IListenerCertificate, domainNames *[]*string) {
	list := prop.Elements(certificates)
	check.NoNil(r, "Certificates", certificates)
	if len(list) == 0 || slices.Contains(list, nil) {
		return
	}
	rules.CheckCertificateCount(r, "Certificates", len(list)-1)
	account, _ := token.Literal(stack.Account())
	region, _ := token.Literal(stack.Region())
	seen, known, names := map[string]bool{}, true, []string{}
	for i, certificate := range list {
		property := fmt.Sprintf("Certificates[%d]", i)
		read := Read(stack, certificate)
		if read.IsLiteral {
			rules.CheckCertificate(r, property, read.ARN, rules.Environment{Account: account, Region: region})
		}
		if seen[read.ARN] {
			r.AddWithFix(rules.Contradiction, property, "remove the duplicate", "is listed twice")
		}
		seen[read.ARN] = true
		known, names = known && read.Names != nil, append(names, read.Names...)
	}
	if !known {
		return
	}
	check.Each(domainNames, "DomainNames", func(property, domain string) { rules.CheckCertificateNames(r, property, domain, names) })
}

// ID derives a construct ID from a certificate's construct or ARN; if the ARN is a token, from its index in the list. CDK would number
// the certificates, and removing one would then unbind another.
func ID(i int, certificate elbv2.IListenerCertificate) string {
	if construct, ok := certificate.(constructs.IConstruct); ok {
		return "Certificate-" + *construct.Node().Addr() + "-"
	}
	if arn, ok := token.Literal(certificate.CertificateArn()); ok {
		hash := fnv.New64a()
		_, _ = hash.Write([]byte(arn)) // never fails
		return fmt.Sprintf("Certificate%x-", hash.Sum64())
	}
	return fmt.Sprintf("Certificate%d", i)
}

// Certificate is what is known of a certificate.
type Certificate struct {
	ARN       string // may be a token
	IsLiteral bool
	Names     []string // nil if they are not known
}

// Read returns what is known of a certificate that a construct in a stack uses.
func Read(stack *answers.Stack, c elbv2.IListenerCertificate) Certificate {
	return answers.Of(stack, c, "certificate", func() Certificate {
		arn := c.CertificateArn()
		if _, isLiteral := token.Literal(arn); isLiteral {
			return Certificate{ARN: *arn, IsLiteral: true}
		}
		return Certificate{ARN: *arn, Names: namesOf(arn)}
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
