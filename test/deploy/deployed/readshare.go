package deployed

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ram"
	"github.com/aws/aws-sdk-go-v2/service/ram/types"
)

// shares reads the account's resource shares, with what they share and whom they share it with.
func (r *reader) shares() error {
	input := &ram.GetResourceSharesInput{ResourceOwner: types.ResourceOwnerSelf, ResourceShareStatus: types.ResourceShareStatusActive}
	list, err := all(r.ctx, ram.NewGetResourceSharesPaginator(r.ram, input), func(p *ram.GetResourceSharesOutput) []types.ResourceShare { return p.ResourceShares })
	if err != nil {
		return err
	}
	for _, share := range list {
		one := Share{ResourceShare: share}
		if one.Resources, err = r.shareAssociations(share, types.ResourceShareAssociationTypeResource); err != nil {
			return err
		}
		if one.Principals, err = r.shareAssociations(share, types.ResourceShareAssociationTypePrincipal); err != nil {
			return err
		}
		r.Shares = append(r.Shares, one)
	}
	return nil
}

func (r *reader) shareAssociations(share types.ResourceShare, kind types.ResourceShareAssociationType) ([]types.ResourceShareAssociation, error) {
	input := &ram.GetResourceShareAssociationsInput{AssociationType: kind, ResourceShareArns: []string{aws.ToString(share.ResourceShareArn)}}
	return all(r.ctx, ram.NewGetResourceShareAssociationsPaginator(r.ram, input), func(p *ram.GetResourceShareAssociationsOutput) []types.ResourceShareAssociation {
		return p.ResourceShareAssociations
	})
}
