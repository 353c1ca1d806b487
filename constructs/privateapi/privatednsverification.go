package privateapi

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/check"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/link"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// selfNamedEndpoint is the endpoint of a consumer of this app that enables the private DNS name.
type selfNamedEndpoint struct {
	consumer constructs.Construct
	endpoint *onecall.Item[awsec2.CfnVPCEndpoint]
}

func (p *privateLinkProvider) PrivateDnsVerification() constructs.IConstruct { return p.verification }

func (p *privateLinkProvider) VerifyPrivateDnsBy(verification constructs.IConstruct) {
	r := &rules.Report{}
	check.Verification(r, "VerifyPrivateDnsBy", p.self)
	if verification == nil {
		r.Add(rules.Required, "VerifyPrivateDnsBy", "is nil")
	}
	refusal.At(r, p.self)
	p.verification = verification
	for _, waiting := range p.selfNamed {
		onecall.WaitFor(p.batch, waiting.endpoint, onecall.Known(verification))
		awscdk.Annotations_Of(waiting.consumer).AcknowledgeWarning(&rules.PrivateDnsUnverified.ID,
			jsii.String(fmt.Sprintf("%s verifies the name", *verification.Node().Path())))
	}
	p.batch.Flush()
}

// waitForVerification makes the endpoint of a consumer wait for the verification of the private DNS name, now or once there is one.
func (p *privateLinkProvider) waitForVerification(consumer *link.Consumer, endpoint *onecall.Item[awsec2.CfnVPCEndpoint]) {
	if p.verification == nil {
		p.selfNamed = append(p.selfNamed, selfNamedEndpoint{consumer.Construct, endpoint})
		return
	}
	onecall.WaitFor(consumer.Batch, endpoint, onecall.Known(p.verification))
}
