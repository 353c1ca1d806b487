package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// How long to wait for endpoints to disconnect. AWS does not document a time.
const (
	disconnectTimeout = 10 * time.Minute
	pollInterval      = 15 * time.Second
)

// connection is an endpoint that prevents the deletion of an endpoint service.
type connection struct{ endpoint, owner, state string }

// ended are the states in which a connection does not prevent the deletion. AWS documents that available and
// pendingAcceptance do:
// https://docs.aws.amazon.com/vpc/latest/privatelink/delete-endpoint-service.html
// Assumption: pending and deleting do so too.
var ended = []string{"rejected", "deleted", "expired", "failed"}

// connections returns the endpoints that prevent the deletion of a service, of any account.
func (a *account) connections(ctx context.Context, serviceID string) ([]connection, error) {
	list := []connection{}
	pages := ec2.NewDescribeVpcEndpointConnectionsPaginator(a.ec2, &ec2.DescribeVpcEndpointConnectionsInput{
		Filters: []ec2types.Filter{filter("service-id", serviceID)},
	})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("the connections of %s: %w", serviceID, err)
		}
		for _, c := range page.VpcEndpointConnections {
			if !slices.Contains(ended, strings.ToLower(string(c.VpcEndpointState))) {
				list = append(list, connection{aws.ToString(c.VpcEndpointId), aws.ToString(c.VpcEndpointOwner), string(c.VpcEndpointState)})
			}
		}
	}
	return list, nil
}

// waitForConnections waits until nothing is connected to Pricing's service. It rejects no connection: that is Pricing's
// decision.
func (o *operator) waitForConnections(ctx context.Context) error {
	pricing, err := o.pricing.stack(ctx, "Pricing")
	if err != nil {
		return err
	}
	id := accountState{stack: pricing}.serviceID()
	for waited := time.Duration(0); ; waited += pollInterval {
		left, err := o.pricing.connections(ctx, id)
		if err != nil || len(left) == 0 {
			return err
		}
		if waited >= disconnectTimeout {
			return fmt.Errorf("after %s endpoints are still connected:%s\nAgree with their owners, then reject them:\n  %s",
				disconnectTimeout, lines(left), rejectCommand(id, left, o.pricing.profile, o.region))
		}
		o.print("still connected:%s", lines(left))
		if err := o.sleep(ctx, pollInterval); err != nil {
			return err
		}
	}
}

// printOtherEndpoints lists the other endpoints before anything is destroyed: they are not deleted with Checkout.
func (o *operator) printOtherEndpoints(ctx context.Context, s currentState) error {
	id := s.pricing.serviceID()
	if id == "" {
		return nil
	}
	all, err := o.pricing.connections(ctx, id)
	if err != nil {
		return err
	}
	others := slices.DeleteFunc(all, func(c connection) bool { return c.endpoint == s.checkout.stack.outputs["EndpointId"] })
	if len(others) > 0 {
		o.print("\nThese endpoints do not belong to the stack Checkout. Pricing cannot be deleted until they are deleted or rejected:%s", lines(others))
	}
	return nil
}

func lines(list []connection) string {
	text := ""
	for _, c := range list {
		text += fmt.Sprintf("\n  %s of account %s, %s", c.endpoint, c.owner, c.state)
	}
	return text
}

func rejectCommand(serviceID string, list []connection, profile, region string) string {
	ids := []string{}
	for _, c := range list {
		ids = append(ids, c.endpoint)
	}
	return fmt.Sprintf("aws ec2 reject-vpc-endpoint-connections --service-id %s --vpc-endpoint-ids %s --region %s --profile %s",
		serviceID, strings.Join(ids, " "), region, profile)
}
