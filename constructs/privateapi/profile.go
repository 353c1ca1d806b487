package privateapi

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// IHostedZoneProfile is a Route 53 Profile, by which VPCs of several accounts resolve the names of a consumer. Package route53profile defines
// and imports profiles.
type IHostedZoneProfile interface {
	constructs.IConstruct

	// ProfileId returns the ID of the profile: rp-<id>.
	ProfileId() *string

	// PlanHostedZones reports why a consumer cannot associate its hosted zones with the profile. It defines nothing.
	PlanHostedZones(options *HostedZoneProfileOptions)
}

// HostedZoneProfileOptions are what a consumer asks of a profile.
type HostedZoneProfileOptions struct {
	// Scope is where the consumer will be defined. It does not exist yet.
	Scope constructs.Construct

	// Report collects the problems that the profile finds, by the rules of this module. The consumer panics with these and its own at once.
	Report *rules.Report
}

// planProfile checks that the zones can be associated with the profile, and names the associations.
func (plan *consumerPlan) planProfile(id *string) {
	profile := plan.props.Profile
	if profile == nil {
		return
	}
	profile.PlanHostedZones(&HostedZoneProfileOptions{Scope: plan.scope, Report: plan.report})
	for _, zone := range plan.zones {
		name := zone.name
		if zone.existing != nil {
			name, _ = placement.HostedZoneName(plan.stack, zone.existing)
		}
		zone.association = associationName(name, func() string { return refusal.ChildPath(plan.scope, id) + "/" + zone.id })
	}
}

// associateWithProfile associates a zone with the profile, after its records: the other VPCs would resolve its names to nothing until then. It
// is a generic resource: CDK's is in a package that no other part of a consumer needs.
func (c *privateApiConsumer) associateWithProfile(zone *hostedZone, name string) {
	if name == "" {
		return
	}
	props := &awscdk.CfnResourceProps{Type: jsii.String("AWS::Route53Profiles::ProfileResourceAssociation"), Properties: &map[string]any{
		"Name": name, "ProfileId": c.plan.props.Profile.ProfileId(),
		"ResourceArn": "arn:" + *c.plan.stack.Partition() + ":route53:::hostedzone/" + *zone.id.Placeholder(),
	}}
	if zone.existing == nil {
		zone.association = onecall.Add(zone.resource, awscdk.NewCfnResource, "Profile", props)
	} else {
		zone.association = onecall.Add(c.batch, awscdk.NewCfnResource, "Profile", props)
	}
	for _, record := range zone.records {
		onecall.WaitFor(c.batch, zone.association, record)
	}
}

// associationName names the association of a zone by the name of the zone, in the characters and the length that AWS takes; by the path of the
// zone, if its name is not known or does not fit.
func associationName(zone string, path func() string) string {
	if name := strings.ReplaceAll(zone, ".", "-"); zone != "" && !token.IsString(zone) && len(name) <= rules.MaxProfileName {
		return name
	}
	sum := sha256.Sum256([]byte(path()))
	return "HostedZone-" + hex.EncodeToString(sum[:8])
}
