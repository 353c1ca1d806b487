package deployed

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/service/acm"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/ram"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53profiles"
	"github.com/aws/aws-sdk-go-v2/service/vpclattice"
	"github.com/aws/aws-sdk-go-v2/service/wafv2"
	"github.com/aws/smithy-go"
)

// reader reads a state.
type reader struct {
	*State
	ctx context.Context

	ec2     *ec2.Client
	elb     *elasticloadbalancingv2.Client
	route53 *route53.Client
	acm     *acm.Client
	ecs     *ecs.Client
	lambda  *lambda.Client
	lattice *vpclattice.Client
	ram     *ram.Client
	iam     *iam.Client
	waf     *wafv2.Client

	route53profiles *route53profiles.Client
}

// Read reads the deployed state of an account and a Region, with the credentials and endpoints of a configuration.
func Read(ctx context.Context, cfg aws.Config, account, region string) (*State, error) {
	cfg = cfg.Copy()
	cfg.Region, cfg.Retryer = region, newRetryer
	r := &reader{
		State: &State{Account: account, Region: region}, ctx: ctx,
		ec2: ec2.NewFromConfig(cfg), elb: elasticloadbalancingv2.NewFromConfig(cfg), route53: route53.NewFromConfig(cfg),
		acm: acm.NewFromConfig(cfg), ecs: ecs.NewFromConfig(cfg), lambda: lambda.NewFromConfig(cfg),
		lattice: vpclattice.NewFromConfig(cfg), ram: ram.NewFromConfig(cfg), iam: iam.NewFromConfig(cfg),
		waf: wafv2.NewFromConfig(cfg), route53profiles: route53profiles.NewFromConfig(cfg),
	}
	for _, part := range []struct {
		name string
		read func() error
	}{
		{"VPCs", r.vpcs},
		{"networks", r.networks},
		{"ways to the internet", r.internet},
		{"peering connections", r.peerings},
		{"transit gateways", r.transitGateways},
		{"endpoints", r.endpoints},
		{"endpoint services", r.services},
		{"load balancers", r.loadBalancers},
		{"target groups", r.targetGroups},
		{"web ACLs", r.webAcls},
		{"services of VPC Lattice", r.latticeServices},
		{"target groups of VPC Lattice", r.latticeTargetGroups},
		{"service networks", r.serviceNetworks},
		{"associations of services", r.serviceAssociations},
		{"associations of VPCs", r.vpcAssociations},
		{"prefix list of VPC Lattice", r.latticePrefixList},
		{"resource shares", r.shares},
		{"certificates", r.certificates},
		{"hosted zones", r.zones},
		{"hosted zones of other accounts", r.foreignZones},
		{"Route 53 profiles", r.profiles},
		{"associations of profiles", r.profileAssociations},
		{"ECS services", r.ecsServices},
		{"task definitions", r.taskDefinitions},
		{"functions", r.functions},
		{"roles", r.roles},
	} {
		if err := part.read(); err != nil {
			return nil, fmt.Errorf("%s of %s in %s: %w", part.name, account, region, err)
		}
	}
	return r.State, nil
}

// pager is the form of the SDK's paginators.
type pager[Page, Options any] interface {
	HasMorePages() bool
	NextPage(context.Context, ...func(*Options)) (*Page, error)
}

// all returns the items of all pages.
func all[Page, Options, T any](ctx context.Context, p pager[Page, Options], of func(*Page) []T) ([]T, error) {
	var list []T
	for p.HasMorePages() {
		page, err := p.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		list = append(list, of(page)...)
	}
	return list, nil
}

// isNotImplemented reports whether the server does not implement a call. AWS implements all; a local AWS API may not, and
// then answers in a form that is not AWS's.
func isNotImplemented(err error) bool {
	var api smithy.APIError
	var response interface{ HTTPStatusCode() int }
	if errors.As(err, &api) || !errors.As(err, &response) {
		return false
	}
	return response.HTTPStatusCode() == http.StatusInternalServerError || response.HTTPStatusCode() == http.StatusNotImplemented
}

// newRetryer retries calls, except those that are not implemented.
func newRetryer() aws.Retryer {
	return retry.NewStandard(func(o *retry.StandardOptions) {
		o.Retryables = slices.Insert(o.Retryables, 0, retry.IsErrorRetryable(retry.IsErrorRetryableFunc(func(err error) aws.Ternary {
			if isNotImplemented(err) {
				return aws.FalseTernary
			}
			return aws.UnknownTernary
		})))
	})
}

// unread adds a call that the server does not implement.
func (r *reader) unread(call string) {
	r.Unread = append(r.Unread, fmt.Sprintf("%s: not implemented for %s in %s", call, r.Account, r.Region))
}
