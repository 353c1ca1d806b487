package described

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
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/smithy-go"
)

// reader reads one state.
type reader struct {
	*State
	ctx context.Context

	ec2     *ec2.Client
	elb     *elasticloadbalancingv2.Client
	route53 *route53.Client
	acm     *acm.Client
	ecs     *ecs.Client
	lambda  *lambda.Client
}

// Read describes an account and a Region, with the credentials and endpoints of a configuration.
func Read(ctx context.Context, cfg aws.Config, account, region string) (*State, error) {
	cfg = cfg.Copy()
	cfg.Region, cfg.Retryer = region, newRetryer
	r := &reader{
		State: &State{Account: account, Region: region}, ctx: ctx,
		ec2: ec2.NewFromConfig(cfg), elb: elasticloadbalancingv2.NewFromConfig(cfg), route53: route53.NewFromConfig(cfg),
		acm: acm.NewFromConfig(cfg), ecs: ecs.NewFromConfig(cfg), lambda: lambda.NewFromConfig(cfg),
	}
	for _, part := range []struct {
		what string
		read func() error
	}{
		{"VPCs", r.vpcs},
		{"networks", r.networks},
		{"endpoints", r.endpoints},
		{"endpoint services", r.services},
		{"load balancers", r.loadBalancers},
		{"target groups", r.targetGroups},
		{"certificates", r.certificates},
		{"hosted zones", r.zones},
		{"hosted zones of other accounts", r.zonesElsewhere},
		{"ECS services", r.ecsServices},
		{"task definitions", r.taskDefinitions},
		{"functions", r.functions},
	} {
		if err := part.read(); err != nil {
			return nil, fmt.Errorf("%s of %s in %s: %w", part.what, account, region, err)
		}
	}
	return r.State, nil
}

// pager is what the SDK has for lists that come in pages.
type pager[Page, Options any] interface {
	HasMorePages() bool
	NextPage(context.Context, ...func(*Options)) (*Page, error)
}

// all returns what is on all pages.
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

// isNotImplemented reports whether the other side has no such call at all: AWS has all of them, a local AWS API may not,
// and fails then in a form that is not AWS's.
func isNotImplemented(err error) bool {
	var api smithy.APIError
	var response interface{ HTTPStatusCode() int }
	if errors.As(err, &api) || !errors.As(err, &response) {
		return false
	}
	return response.HTTPStatusCode() == http.StatusInternalServerError || response.HTTPStatusCode() == http.StatusNotImplemented
}

// newRetryer asks again, but for what is not implemented.
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

// unread notes that the other side does not answer a call.
func (r *reader) unread(call string) {
	r.Unread = append(r.Unread, fmt.Sprintf("%s: no answer from %s in %s", call, r.Account, r.Region))
}
