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

// How long endpoints get to disconnect. AWS gives no time.
const (
	patience = 10 * time.Minute
	interval = 15 * time.Second
)

// connection is an endpoint that holds an endpoint service in place.
type connection struct{ endpoint, owner, state string }

// ending are the states in which a connection holds nothing. AWS says that available and pendingAcceptance do hold:
// https://docs.aws.amazon.com/vpc/latest/privatelink/delete-endpoint-service.html
// Assumption: pending and deleting do so too, until they are over.
var ending = []string{"rejected", "deleted", "expired", "failed"}

// connections are the endpoints that hold a service in place, by whomever.
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
			if !slices.Contains(ending, strings.ToLower(string(c.VpcEndpointState))) {
				list = append(list, connection{aws.ToString(c.VpcEndpointId), aws.ToString(c.VpcEndpointOwner), string(c.VpcEndpointState)})
			}
		}
	}
	return list, nil
}

// waitForConnections waits until nothing holds Pricing's service. It rejects nobody: that is for Pricing to decide.
func (o *operator) waitForConnections(ctx context.Context) error {
	pricing, err := o.pricing.stack(ctx, "Pricing")
	if err != nil {
		return err
	}
	id := place{stack: pricing}.serviceID()
	for waited := time.Duration(0); ; waited += interval {
		left, err := o.pricing.connections(ctx, id)
		if err != nil || len(left) == 0 {
			return err
		}
		if waited >= patience {
			return fmt.Errorf("after %s endpoints are still connected:%s\nAgree with their owners, then reject them:\n  %s",
				patience, lines(left), rejectCommand(id, left, o.pricing.profile, o.region))
		}
		o.say("connected still:%s", lines(left))
		if err := o.sleep(ctx, interval); err != nil {
			return err
		}
	}
}

// sayStrangers names endpoints of others before anything is destroyed: they will not go with Checkout.
func (o *operator) sayStrangers(ctx context.Context, v survey) error {
	id := v.pricing.serviceID()
	if id == "" {
		return nil
	}
	all, err := o.pricing.connections(ctx, id)
	if err != nil {
		return err
	}
	others := slices.DeleteFunc(all, func(c connection) bool { return c.endpoint == v.checkout.stack.outputs["EndpointId"] })
	if len(others) > 0 {
		o.say("\nThese endpoints are not of the stack Checkout, and hold Pricing until they are deleted or rejected:%s", lines(others))
	}
	return nil
}

func lines(list []connection) string {
	text := ""
	for _, c := range list {
		text += fmt.Sprintf("\n  %s of %s, %s", c.endpoint, c.owner, c.state)
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
