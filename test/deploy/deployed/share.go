package deployed

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ram/types"
)

// shares writes the resource shares that share something of VPC Lattice, a transit gateway or a Route 53 profile. An account that has not accepted its invitation is
// not among the principals.
func (w *writer) shares(t *template, s *State) {
	for _, share := range s.Shares {
		var resources, principals []string
		for _, resource := range share.Resources {
			if name := aws.ToString(resource.AssociatedEntity); isAssociated(resource) && isShareable(name) {
				resources = append(resources, name)
			}
		}
		if len(resources) == 0 {
			continue
		}
		id := idOf(aws.ToString(share.ResourceShareArn))
		for _, principal := range share.Principals {
			name := aws.ToString(principal.AssociatedEntity)
			if !isAssociated(principal) {
				w.addUnread("%s: %s is %s", id, name, principal.Status)
				continue
			}
			principals = append(principals, name)
		}
		w.add(t, id, "AWS::RAM::ResourceShare", object{
			"Name": aws.ToString(share.Name), "ResourceArns": values(resources...), "Principals": values(principals...),
			"AllowExternalPrincipals": aws.ToBool(share.AllowExternalPrincipals),
		})
	}
}

func isShareable(name string) bool {
	return strings.Contains(name, ":vpc-lattice:") || strings.Contains(name, ":transit-gateway/") || strings.Contains(name, ":route53profiles:")
}

func isAssociated(a types.ResourceShareAssociation) bool {
	return a.Status == types.ResourceShareAssociationStatusAssociated
}
