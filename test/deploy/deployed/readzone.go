package deployed

import (
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53"
	"github.com/aws/aws-sdk-go-v2/service/route53/types"
)

func (r *reader) zones() error {
	list, err := all(r.ctx, route53.NewListHostedZonesPaginator(r.route53, nil), func(p *route53.ListHostedZonesOutput) []types.HostedZone {
		return p.HostedZones
	})
	if err != nil {
		return err
	}
	for _, zone := range list {
		out, err := r.route53.GetHostedZone(r.ctx, &route53.GetHostedZoneInput{Id: zone.Id})
		if err != nil {
			return fmt.Errorf("%s: %w", aws.ToString(zone.Id), err)
		}
		input := &route53.ListResourceRecordSetsInput{HostedZoneId: zone.Id}
		records, err := all(r.ctx, route53.NewListResourceRecordSetsPaginator(r.route53, input), func(p *route53.ListResourceRecordSetsOutput) []types.ResourceRecordSet {
			return p.ResourceRecordSets
		})
		if err != nil {
			return fmt.Errorf("%s: %w", aws.ToString(zone.Id), err)
		}
		r.Zones = append(r.Zones, Zone{zone, out.VPCs, records})
	}
	return nil
}

// foreignZones reads the hosted zones of other accounts that are associated with the VPCs.
func (r *reader) foreignZones() error {
	for _, vpc := range r.Vpcs {
		input := &route53.ListHostedZonesByVPCInput{VPCId: vpc.VpcId, VPCRegion: types.VPCRegion(r.Region)}
		for {
			out, err := r.route53.ListHostedZonesByVPC(r.ctx, input)
			if err != nil {
				return fmt.Errorf("%s: %w", aws.ToString(vpc.VpcId), err)
			}
			for _, zone := range out.HostedZoneSummaries {
				if !r.hasZone(aws.ToString(zone.HostedZoneId)) {
					r.ForeignZones = append(r.ForeignZones, ForeignZone{zone, aws.ToString(vpc.VpcId)})
				}
			}
			if aws.ToString(out.NextToken) == "" {
				break
			}
			input.NextToken = out.NextToken
		}
	}
	return nil
}

func (r *reader) hasZone(id string) bool {
	return slices.ContainsFunc(r.Zones, func(z Zone) bool { return idOf(aws.ToString(z.Id)) == idOf(id) })
}
