package route53profile

import (
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/share"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// facts is what consumers need to know of a profile.
type facts struct {
	id          *onecall.Item[*string]
	environment placement.Environment // its owner's; "" for what an import does not know
	isImported  bool
	share       *share.Plan // nil if this app does not share it
	// associatesZones is true if accounts other than the owner may associate zones.
	associatesZones bool
}

// ProfileId implements [privateapi.IHostedZoneProfile].
func (f *facts) ProfileId() *string { return prop.Copy(f.id.Object()) }

func (f *facts) idText() string { return *f.id.Object() }

// PlanHostedZones implements [privateapi.IHostedZoneProfile].
func (f *facts) PlanHostedZones(options *privateapi.HostedZoneProfileOptions) {
	const property = "Profile"
	r, here := options.Report, placement.EnvironmentOfStack(answers.StackOf(options.Scope))
	if known(f.environment.Region, here.Region) {
		r.Add(rules.ProfileRegion, property, "is in Region %s, and the consumer in %s", f.environment.Region, here.Region)
	}
	if !known(f.environment.Account, here.Account) {
		return
	}
	if !f.isImported && !f.share.MayCover(here.Account) {
		r.Add(rules.ProfileNotShared, property, "is of account %s, and not shared with %s", f.environment.Account, here.Account)
	} else if !f.associatesZones {
		r.Add(rules.ProfilePermission, property, "is of account %s, and the zones are of %s", f.environment.Account, here.Account)
	}
}

// known reports whether two accounts or Regions are known to differ. What an import does not know is empty.
func known(of, other string) bool { return of != "" && placement.Differ(of, other) }
