package alb

import (
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/certificates"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

func (p *Plan) checkCertificates(r *rules.Report, o *Options) {
	if len(prop.Elements(o.Certificates)) == 0 {
		r.Add(rules.CertificateRequired, "Certificates", "is empty, and there is no Listener")
	}
	certificates.Check(r, p.stack, o.Certificates, o.DomainNames)
}

// addCertificates adds the certificates after the first.
func addCertificates(listener *onecall.Item[elbv2.ApplicationListener], more []elbv2.IListenerCertificate) {
	for i, certificate := range more {
		onecall.Call2(listener, elbv2.ApplicationListener.AddCertificates, jsii.String(certificates.ID(i, certificate)), &[]elbv2.IListenerCertificate{certificate})
	}
}
