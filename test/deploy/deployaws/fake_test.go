package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/acm"
	acmtypes "github.com/aws/aws-sdk-go-v2/service/acm/types"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	ecrtypes "github.com/aws/aws-sdk-go-v2/service/ecr/types"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/aws/smithy-go"
)

const (
	domain      = "api.pricing.example.com"
	certificate = "arn:aws:acm:eu-west-1:222222222222:certificate/1"
	service     = "com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0"
	both        = "222222222222,111111111111"
)

// fakeAWS is a fake of AWS for an account.
type fakeAWS struct {
	id          string
	refuses     error
	zones       map[string]string
	stacks      map[string]stack
	images      map[string][]string // tags by repository
	certificate acmtypes.CertificateDetail
	connections [][]ec2types.VpcEndpointConnection // the answers of the calls, in order; the last one repeats
}

func (f *fakeAWS) GetCallerIdentity(context.Context, *sts.GetCallerIdentityInput, ...func(*sts.Options)) (*sts.GetCallerIdentityOutput, error) {
	return &sts.GetCallerIdentityOutput{Account: aws.String(f.id), Arn: aws.String("arn:aws:iam::" + f.id + ":user/me")}, f.refuses
}

func (f *fakeAWS) DescribeAvailabilityZones(context.Context, *ec2.DescribeAvailabilityZonesInput, ...func(*ec2.Options)) (*ec2.DescribeAvailabilityZonesOutput, error) {
	found := &ec2.DescribeAvailabilityZonesOutput{}
	for id, name := range f.zones {
		found.AvailabilityZones = append(found.AvailabilityZones, ec2types.AvailabilityZone{ZoneId: aws.String(id), ZoneName: aws.String(name)})
	}
	return found, nil
}

func (f *fakeAWS) DescribePrefixLists(_ context.Context, in *ec2.DescribePrefixListsInput, _ ...func(*ec2.Options)) (*ec2.DescribePrefixListsOutput, error) {
	if in.Filters[0].Values[0] != "com.amazonaws.eu-west-1.s3" {
		return &ec2.DescribePrefixListsOutput{}, nil
	}
	return &ec2.DescribePrefixListsOutput{PrefixLists: []ec2types.PrefixList{{PrefixListId: aws.String("pl-1")}}}, nil
}

func (f *fakeAWS) DescribeVpcEndpointConnections(context.Context, *ec2.DescribeVpcEndpointConnectionsInput, ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointConnectionsOutput, error) {
	if len(f.connections) == 0 {
		return &ec2.DescribeVpcEndpointConnectionsOutput{}, nil
	}
	found := &ec2.DescribeVpcEndpointConnectionsOutput{VpcEndpointConnections: f.connections[0]}
	if len(f.connections) > 1 {
		f.connections = f.connections[1:]
	}
	return found, nil
}

func (f *fakeAWS) DescribeCertificate(context.Context, *acm.DescribeCertificateInput, ...func(*acm.Options)) (*acm.DescribeCertificateOutput, error) {
	return &acm.DescribeCertificateOutput{Certificate: &f.certificate}, nil
}

func (f *fakeAWS) DescribeImages(_ context.Context, in *ecr.DescribeImagesInput, _ ...func(*ecr.Options)) (*ecr.DescribeImagesOutput, error) {
	tags, known := f.images[aws.ToString(in.RepositoryName)]
	if !known {
		return nil, &ecrtypes.RepositoryNotFoundException{}
	}
	for _, tag := range tags {
		if tag == aws.ToString(in.ImageIds[0].ImageTag) {
			return &ecr.DescribeImagesOutput{}, nil
		}
	}
	return nil, &ecrtypes.ImageNotFoundException{}
}

func (f *fakeAWS) DescribeStacks(_ context.Context, in *cloudformation.DescribeStacksInput, _ ...func(*cloudformation.Options)) (*cloudformation.DescribeStacksOutput, error) {
	name := aws.ToString(in.StackName)
	found, known := f.stacks[name]
	if !known {
		return nil, &smithy.GenericAPIError{Code: "ValidationError", Message: "Stack with id " + name + " does not exist"}
	}
	answer := cfntypes.Stack{StackStatus: cfntypes.StackStatus(found.status)}
	for key, value := range found.outputs {
		answer.Outputs = append(answer.Outputs, cfntypes.Output{OutputKey: aws.String(key), OutputValue: aws.String(value)})
	}
	return &cloudformation.DescribeStacksOutput{Stacks: []cfntypes.Stack{answer}}, nil
}

// world has two accounts in which the example can be deployed, and records what is done.
type world struct {
	*operator

	pricingAWS, checkoutAWS *fakeAWS
	output                  bytes.Buffer
	runs                    []string // of the CLI
	waited                  time.Duration
	fails                   string // the start of the command at which the CLI fails
}

func newWorld() *world {
	w := &world{
		pricingAWS: &fakeAWS{
			id:     "222222222222",
			zones:  map[string]string{"euw1-az1": "eu-west-1b", "euw1-az2": "eu-west-1c", "euw1-az3": "eu-west-1a"},
			stacks: map[string]stack{}, images: map[string][]string{"pricing-api": {"v1", "v2"}},
			certificate: acmtypes.CertificateDetail{DomainName: aws.String("*.pricing.example.com"), Status: acmtypes.CertificateStatusIssued},
		},
		checkoutAWS: &fakeAWS{
			id:     "111111111111",
			zones:  map[string]string{"euw1-az2": "eu-west-1a", "euw1-az3": "eu-west-1b"},
			stacks: map[string]stack{}, images: map[string][]string{"checkout-api": {"v1"}},
		},
	}
	w.operator = &operator{
		settings: settings{region: "eu-west-1", domain: domain, certificateArn: certificate, confirmation: both},
		pricing:  w.pricingAWS.account("Pricing", "pricing"),
		checkout: w.checkoutAWS.account("Checkout", "checkout"),
		cdk:      w.runCDK, in: strings.NewReader(""), out: &w.output,
		sleep: func(_ context.Context, d time.Duration) error { w.waited += d; return nil },
	}
	return w
}

func (f *fakeAWS) account(team, profile string) *account {
	return &account{team: team, profile: profile, sts: f, ec2: f, acm: f, ecr: f, cloudFormation: f}
}

// runCDK changes the stacks as the CLI would.
func (w *world) runCDK(_ context.Context, args ...string) error {
	w.runs = append(w.runs, strings.Join(args[:min(len(args), 2)], " "))
	if w.fails != "" && strings.HasPrefix(strings.Join(args, " "), w.fails) {
		return errors.New("exit status 1")
	}
	stacks := map[string]map[string]stack{"Pricing": w.pricingAWS.stacks, "Checkout": w.checkoutAWS.stacks}
	switch args[0] {
	case "deploy":
		stacks[args[1]][args[1]] = stack{"CREATE_COMPLETE", map[string]string{"ServiceName": service, "EndpointId": "vpce-1", "AvailabilityZoneIds": "euw1-az2,euw1-az3"}}
		w.runs[len(w.runs)-1] = strings.Join(args, " ")
	case "destroy":
		delete(stacks[args[1]], args[1])
	case "bootstrap", "synth":
	default:
		return fmt.Errorf("the fake does not know the command %s", args[0])
	}
	return nil
}

// newDeployedWorld returns the world after a deployment.
func newDeployedWorld(t *testing.T) *world {
	t.Helper()
	w := newWorld()
	if err := w.deploy(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.runs = nil
	w.output.Reset()
	return w
}

// wantRuns fails the test unless the runs of the CLI start with these commands.
func (w *world) wantRuns(t *testing.T, want ...string) {
	t.Helper()
	same := len(w.runs) == len(want)
	for i := 0; same && i < len(want); i++ {
		same = strings.HasPrefix(w.runs[i], want[i])
	}
	if !same {
		t.Errorf("the CLI ran\n  %s\nwant\n  %s", strings.Join(w.runs, "\n  "), strings.Join(want, "\n  "))
	}
}

// wantError fails the test unless there is an error that contains all texts.
func wantError(t *testing.T, err error, texts ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("there is no error, want one with %q", texts)
	}
	for _, text := range texts {
		if !strings.Contains(err.Error(), text) {
			t.Errorf("the error is %q, want it to contain %q", err, text)
		}
	}
}
