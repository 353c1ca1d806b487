package deployed

import (
	"errors"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53profiles"
	"github.com/aws/aws-sdk-go-v2/service/route53profiles/types"
)

// profiles reads the Route 53 profiles that the account owns or that are shared with it, with their resources.
func (r *reader) profiles() error {
	list, err := all(r.ctx, route53profiles.NewListProfilesPaginator(r.route53profiles, nil), func(p *route53profiles.ListProfilesOutput) []types.ProfileSummary {
		return p.ProfileSummaries
	})
	if isNotImplemented(err) {
		r.unread("ListProfiles")
		return nil
	}
	if err != nil {
		return err
	}
	for _, profile := range list {
		input := &route53profiles.ListProfileResourceAssociationsInput{ProfileId: profile.Id}
		resources, err := all(r.ctx, route53profiles.NewListProfileResourceAssociationsPaginator(r.route53profiles, input),
			func(p *route53profiles.ListProfileResourceAssociationsOutput) []types.ProfileResourceAssociation {
				return p.ProfileResourceAssociations
			})
		if denied := (*types.AccessDeniedException)(nil); errors.As(err, &denied) {
			r.Unread = append(r.Unread, fmt.Sprintf("the resources of profile %s, which %s may not list", aws.ToString(profile.Id), r.Account))
		} else if err != nil {
			return fmt.Errorf("%s: %w", aws.ToString(profile.Id), err)
		}
		r.Profiles = append(r.Profiles, Profile{profile, resources})
	}
	return nil
}

// profileAssociations reads which VPCs the account has associated with profiles.
func (r *reader) profileAssociations() error {
	list, err := all(r.ctx, route53profiles.NewListProfileAssociationsPaginator(r.route53profiles, nil),
		func(p *route53profiles.ListProfileAssociationsOutput) []types.ProfileAssociation {
			return p.ProfileAssociations
		})
	if isNotImplemented(err) {
		return nil // the profiles are not read either
	}
	r.ProfileAssociations = list
	return err
}
