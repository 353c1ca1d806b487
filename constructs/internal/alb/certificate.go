package alb

import (
	"fmt"
	"hash/fnv"

	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
)

// addCertificates adds the certificates after the first. CDK would number them, and removing one would then unbind
// another; an ID that is derived from the certificate stays with it.
func addCertificates(listener *onecall.Item[elbv2.ApplicationListener], more []elbv2.IListenerCertificate) {
	for i, certificate := range more {
		onecall.Call2(listener, elbv2.ApplicationListener.AddCertificates, jsii.String(certificateID(i, certificate)), &[]elbv2.IListenerCertificate{certificate})
	}
}

// certificateID derives an ID from the certificate's construct or ARN; if the ARN is a token, from its index in the list.
func certificateID(i int, certificate elbv2.IListenerCertificate) string {
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
