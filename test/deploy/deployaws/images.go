package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ecr"
	ecrtypes "github.com/aws/aws-sdk-go-v2/service/ecr/types"
)

// image is the image of a service of the example.
type image struct{ team, repository, tag string }

var images = []image{
	{"Pricing", "pricing-api", "v1"},
	{"Pricing", "pricing-api", "v2"},
	{"Checkout", "checkout-api", "v1"},
}

// checkImages returns an error if an image is missing: the ECS services would not become stable, and the stacks would be
// rolled back.
func (o *operator) checkImages(ctx context.Context) error {
	missing := []string{}
	for _, a := range []*account{o.pricing, o.checkout} {
		commands := []string{}
		for _, i := range images {
			if i.team != a.team {
				continue
			}
			state, err := a.pushState(ctx, i)
			if err != nil {
				return err
			}
			commands = append(commands, pushCommands(a, i, o.region, state)...)
		}
		if len(commands) > 0 {
			missing = append(missing, "# "+a.team+", "+a.id, loginCommand(a, o.region))
			missing = append(missing, unique(commands)...)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return fmt.Errorf("images are missing in ECR; build them for linux/amd64 as examples/pricing-checkout/README.md says, then run\n  %s",
		strings.Join(missing, "\n  "))
}

// pushState tells what of an image is in ECR.
type pushState int

const (
	isPushed pushState = iota
	noTag
	noRepository
)

// pushState reads whether an image is in ECR.
func (a *account) pushState(ctx context.Context, i image) (pushState, error) {
	_, err := a.ecr.DescribeImages(ctx, &ecr.DescribeImagesInput{
		RepositoryName: aws.String(i.repository), ImageIds: []ecrtypes.ImageIdentifier{{ImageTag: aws.String(i.tag)}},
	})
	var repository *ecrtypes.RepositoryNotFoundException
	var tag *ecrtypes.ImageNotFoundException
	switch {
	case errors.As(err, &repository):
		return noRepository, nil
	case errors.As(err, &tag):
		return noTag, nil
	case err != nil:
		return isPushed, fmt.Errorf("the image %s:%s in the account %s: %w", i.repository, i.tag, a.id, err)
	}
	return isPushed, nil
}

func pushCommands(a *account, i image, region string, state pushState) []string {
	if state == isPushed {
		return nil
	}
	local := i.repository + ":" + i.tag
	remote := registry(a, region) + "/" + local
	push := []string{"docker tag " + local + " " + remote, "docker push " + remote}
	if state == noTag {
		return push
	}
	create := fmt.Sprintf("aws ecr create-repository --repository-name %s --region %s --profile %s", i.repository, region, a.profile)
	return append([]string{create}, push...)
}

func loginCommand(a *account, region string) string {
	return fmt.Sprintf("aws ecr get-login-password --region %s --profile %s | docker login --username AWS --password-stdin %s",
		region, a.profile, registry(a, region))
}

func registry(a *account, region string) string {
	suffix := "amazonaws.com"
	if a.partition == "aws-cn" {
		suffix += ".cn"
	}
	return a.id + ".dkr.ecr." + region + "." + suffix
}

// unique returns a list without duplicates.
func unique(list []string) []string {
	seen, result := map[string]bool{}, []string{}
	for _, entry := range list {
		if !seen[entry] {
			result = append(result, entry)
		}
		seen[entry] = true
	}
	return result
}
