package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/acm"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
)

// The parts of AWS's APIs that are used; the tests have fakes of them.
type (
	stsAPI interface {
		GetCallerIdentity(context.Context, *sts.GetCallerIdentityInput, ...func(*sts.Options)) (*sts.GetCallerIdentityOutput, error)
	}
	ec2API interface {
		DescribeAvailabilityZones(context.Context, *ec2.DescribeAvailabilityZonesInput, ...func(*ec2.Options)) (*ec2.DescribeAvailabilityZonesOutput, error)
		DescribePrefixLists(context.Context, *ec2.DescribePrefixListsInput, ...func(*ec2.Options)) (*ec2.DescribePrefixListsOutput, error)
		DescribeVpcEndpointConnections(context.Context, *ec2.DescribeVpcEndpointConnectionsInput, ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointConnectionsOutput, error)
	}
	acmAPI interface {
		DescribeCertificate(context.Context, *acm.DescribeCertificateInput, ...func(*acm.Options)) (*acm.DescribeCertificateOutput, error)
	}
	ecrAPI interface {
		DescribeImages(context.Context, *ecr.DescribeImagesInput, ...func(*ecr.Options)) (*ecr.DescribeImagesOutput, error)
	}
	cloudFormationAPI interface {
		DescribeStacks(context.Context, *cloudformation.DescribeStacksInput, ...func(*cloudformation.Options)) (*cloudformation.DescribeStacksOutput, error)
	}
)

// account is the account of a team, by its profile.
type account struct {
	team, profile string
	id, partition string // set by identify

	config         aws.Config
	sts            stsAPI
	ec2            ec2API
	acm            acmAPI
	ecr            ecrAPI
	cloudFormation cloudFormationAPI
}

func newAccount(ctx context.Context, team, profile, region string) (*account, error) {
	cfg, err := config.LoadDefaultConfig(ctx, config.WithSharedConfigProfile(profile), config.WithRegion(region))
	if err != nil {
		return nil, fmt.Errorf("the profile %s of %s does not work: %w", profile, team, err)
	}
	return &account{
		team: team, profile: profile, config: cfg,
		sts: sts.NewFromConfig(cfg), ec2: ec2.NewFromConfig(cfg), acm: acm.NewFromConfig(cfg),
		ecr: ecr.NewFromConfig(cfg), cloudFormation: cloudformation.NewFromConfig(cfg),
	}, nil
}

// identify reads the ID and the partition of the account.
func (a *account) identify(ctx context.Context) error {
	caller, err := a.sts.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
	if err != nil {
		return fmt.Errorf("the profile %s of %s does not work: %w", a.profile, a.team, err)
	}
	a.id = aws.ToString(caller.Account)
	_, rest, _ := strings.Cut(aws.ToString(caller.Arn), ":")
	a.partition, _, _ = strings.Cut(rest, ":")
	return nil
}

// identify identifies both accounts. It refuses a single one: the example is about two.
func (o *operator) identify(ctx context.Context) error {
	if err := errors.Join(o.pricing.identify(ctx), o.checkout.identify(ctx)); err != nil {
		return err
	}
	if o.pricing.id == o.checkout.id {
		return fmt.Errorf("the profiles %s and %s are both for the account %s: each team needs its own account",
			o.pricing.profile, o.checkout.profile, o.pricing.id)
	}
	return nil
}

// stack is a stack in CloudFormation; without a status it does not exist.
type stack struct {
	status  string
	outputs map[string]string
}

// exists reports whether the stack exists.
func (s stack) exists() bool { return s.status != "" }

// stack reads a stack.
func (a *account) stack(ctx context.Context, name string) (stack, error) {
	found, err := a.cloudFormation.DescribeStacks(ctx, &cloudformation.DescribeStacksInput{StackName: aws.String(name)})
	var refused smithy.APIError
	if errors.As(err, &refused) && refused.ErrorCode() == "ValidationError" && strings.Contains(refused.ErrorMessage(), "does not exist") {
		return stack{}, nil
	}
	if err != nil {
		return stack{}, fmt.Errorf("the stack %s in the account %s: %w", name, a.id, err)
	}
	for _, one := range found.Stacks {
		if one.StackStatus == cfntypes.StackStatusDeleteComplete {
			continue
		}
		outputs := map[string]string{}
		for _, output := range one.Outputs {
			outputs[aws.ToString(output.OutputKey)] = aws.ToString(output.OutputValue)
		}
		return stack{status: string(one.StackStatus), outputs: outputs}, nil
	}
	return stack{}, nil
}
