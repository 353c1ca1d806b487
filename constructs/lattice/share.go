package lattice

import "github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"

// defineShare shares the service.
func (a *api) defineShare(id string) {
	if a.plan.share == nil {
		return
	}
	share := a.plan.share.Define(a.batch, prop.Or(a.plan.domainName, &id), &[]*string{a.serviceArn()}, nil)
	a.ready = append(a.ready, asConstruct(share))
}
