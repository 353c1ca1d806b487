package deployed

import (
	"errors"
	"fmt"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/vpclattice"
	"github.com/aws/aws-sdk-go-v2/service/vpclattice/types"
)

// latticeServices reads the services that the account owns, with their listeners, rules and policies. ListServices lists those
// that are shared with it too.
func (r *reader) latticeServices() error {
	list, err := all(r.ctx, vpclattice.NewListServicesPaginator(r.lattice, nil), func(p *vpclattice.ListServicesOutput) []types.ServiceSummary { return p.Items })
	if err != nil {
		return err
	}
	for _, summary := range list {
		if !r.owns(summary.Arn) {
			continue
		}
		service, err := r.lattice.GetService(r.ctx, &vpclattice.GetServiceInput{ServiceIdentifier: summary.Arn})
		if err != nil {
			return err
		}
		one := LatticeService{GetServiceOutput: *service}
		if one.Policy, err = r.authPolicy(summary.Arn); err != nil {
			return err
		}
		if one.Listeners, err = r.latticeListeners(summary.Arn); err != nil {
			return fmt.Errorf("%s: %w", aws.ToString(summary.Arn), err)
		}
		r.LatticeServices = append(r.LatticeServices, one)
	}
	return nil
}

func (r *reader) owns(name *string) bool { return accountOf(aws.ToString(name)) == r.Account }

func (r *reader) latticeListeners(service *string) (result []LatticeListener, err error) {
	input := &vpclattice.ListListenersInput{ServiceIdentifier: service}
	list, err := all(r.ctx, vpclattice.NewListListenersPaginator(r.lattice, input), func(p *vpclattice.ListListenersOutput) []types.ListenerSummary { return p.Items })
	if err != nil {
		return nil, err
	}
	for _, summary := range list {
		listener, err := r.lattice.GetListener(r.ctx, &vpclattice.GetListenerInput{ServiceIdentifier: service, ListenerIdentifier: summary.Arn})
		if err != nil {
			return nil, err
		}
		one := LatticeListener{GetListenerOutput: *listener}
		if one.Rules, err = r.latticeRules(service, summary.Arn); err != nil {
			return nil, fmt.Errorf("%s: %w", aws.ToString(summary.Arn), err)
		}
		result = append(result, one)
	}
	return result, nil
}

// latticeRules reads the rules of a listener, except the default one: the listener has its action.
func (r *reader) latticeRules(service, listener *string) (result []vpclattice.GetRuleOutput, err error) {
	input := &vpclattice.ListRulesInput{ServiceIdentifier: service, ListenerIdentifier: listener}
	list, err := all(r.ctx, vpclattice.NewListRulesPaginator(r.lattice, input), func(p *vpclattice.ListRulesOutput) []types.RuleSummary { return p.Items })
	if err != nil {
		return nil, err
	}
	for _, summary := range list {
		if aws.ToBool(summary.IsDefault) {
			continue
		}
		rule, err := r.lattice.GetRule(r.ctx, &vpclattice.GetRuleInput{
			ServiceIdentifier: service, ListenerIdentifier: listener, RuleIdentifier: summary.Arn,
		})
		if err != nil {
			return nil, err
		}
		result = append(result, *rule)
	}
	return result, nil
}

// authPolicy reads the policy of a service or a service network; nil if there is none.
func (r *reader) authPolicy(resource *string) (*vpclattice.GetAuthPolicyOutput, error) {
	policy, err := r.lattice.GetAuthPolicy(r.ctx, &vpclattice.GetAuthPolicyInput{ResourceIdentifier: resource})
	var none *types.ResourceNotFoundException
	if errors.As(err, &none) {
		return nil, nil
	}
	return policy, err
}

func (r *reader) latticeTargetGroups() error {
	list, err := all(r.ctx, vpclattice.NewListTargetGroupsPaginator(r.lattice, nil), func(p *vpclattice.ListTargetGroupsOutput) []types.TargetGroupSummary { return p.Items })
	if err != nil {
		return err
	}
	for _, summary := range list {
		group, err := r.lattice.GetTargetGroup(r.ctx, &vpclattice.GetTargetGroupInput{TargetGroupIdentifier: summary.Arn})
		if err != nil {
			return err
		}
		input := &vpclattice.ListTargetsInput{TargetGroupIdentifier: summary.Arn}
		targets, err := all(r.ctx, vpclattice.NewListTargetsPaginator(r.lattice, input), func(p *vpclattice.ListTargetsOutput) []types.TargetSummary { return p.Items })
		if err != nil {
			return err
		}
		r.LatticeTargetGroups = append(r.LatticeTargetGroups, LatticeTargetGroup{*group, targets})
	}
	return nil
}

// serviceNetworks reads the service networks that the account owns.
func (r *reader) serviceNetworks() error {
	list, err := all(r.ctx, vpclattice.NewListServiceNetworksPaginator(r.lattice, nil), func(p *vpclattice.ListServiceNetworksOutput) []types.ServiceNetworkSummary { return p.Items })
	if err != nil {
		return err
	}
	for _, summary := range list {
		if !r.owns(summary.Arn) {
			continue
		}
		network, err := r.lattice.GetServiceNetwork(r.ctx, &vpclattice.GetServiceNetworkInput{ServiceNetworkIdentifier: summary.Arn})
		if err != nil {
			return err
		}
		one := ServiceNetwork{GetServiceNetworkOutput: *network}
		if one.Policy, err = r.authPolicy(summary.Arn); err != nil {
			return err
		}
		r.ServiceNetworks = append(r.ServiceNetworks, one)
	}
	return nil
}

// serviceAssociations reads the associations of the services and of the service networks: the API lists them by one or the other.
func (r *reader) serviceAssociations() error {
	var inputs []*vpclattice.ListServiceNetworkServiceAssociationsInput
	for _, service := range r.LatticeServices {
		inputs = append(inputs, &vpclattice.ListServiceNetworkServiceAssociationsInput{ServiceIdentifier: service.Arn})
	}
	for _, network := range r.ServiceNetworks {
		inputs = append(inputs, &vpclattice.ListServiceNetworkServiceAssociationsInput{ServiceNetworkIdentifier: network.Arn})
	}
	for _, input := range inputs {
		list, err := all(r.ctx, vpclattice.NewListServiceNetworkServiceAssociationsPaginator(r.lattice, input), func(p *vpclattice.ListServiceNetworkServiceAssociationsOutput) []types.ServiceNetworkServiceAssociationSummary {
			return p.Items
		})
		if err != nil {
			return err
		}
		for _, one := range list {
			if !slices.ContainsFunc(r.ServiceAssociations, func(other types.ServiceNetworkServiceAssociationSummary) bool {
				return aws.ToString(other.Id) == aws.ToString(one.Id)
			}) {
				r.ServiceAssociations = append(r.ServiceAssociations, one)
			}
		}
	}
	return nil
}

// vpcAssociations reads the associations of the VPCs and of the service networks. Only one by one they have security groups.
func (r *reader) vpcAssociations() error {
	var inputs []*vpclattice.ListServiceNetworkVpcAssociationsInput
	for _, vpc := range r.Vpcs {
		inputs = append(inputs, &vpclattice.ListServiceNetworkVpcAssociationsInput{VpcIdentifier: vpc.VpcId})
	}
	for _, network := range r.ServiceNetworks {
		inputs = append(inputs, &vpclattice.ListServiceNetworkVpcAssociationsInput{ServiceNetworkIdentifier: network.Arn})
	}
	for _, input := range inputs {
		list, err := all(r.ctx, vpclattice.NewListServiceNetworkVpcAssociationsPaginator(r.lattice, input), func(p *vpclattice.ListServiceNetworkVpcAssociationsOutput) []types.ServiceNetworkVpcAssociationSummary {
			return p.Items
		})
		if err != nil {
			return err
		}
		for _, summary := range list {
			if slices.ContainsFunc(r.VpcAssociations, func(other vpclattice.GetServiceNetworkVpcAssociationOutput) bool {
				return aws.ToString(other.Id) == aws.ToString(summary.Id)
			}) {
				continue
			}
			one, err := r.lattice.GetServiceNetworkVpcAssociation(r.ctx, &vpclattice.GetServiceNetworkVpcAssociationInput{
				ServiceNetworkVpcAssociationIdentifier: summary.Arn,
			})
			if err != nil {
				return err
			}
			r.VpcAssociations = append(r.VpcAssociations, *one)
		}
	}
	return nil
}

// latticePrefixList reads the prefix list of VPC Lattice, which security groups name.
// https://docs.aws.amazon.com/vpc-lattice/latest/ug/security-groups.html
func (r *reader) latticePrefixList() error {
	input := &ec2.DescribeManagedPrefixListsInput{Filters: []ec2types.Filter{{
		Name: aws.String("prefix-list-name"), Values: []string{"com.amazonaws." + r.Region + ".vpc-lattice"},
	}}}
	lists, err := all(r.ctx, ec2.NewDescribeManagedPrefixListsPaginator(r.ec2, input), func(p *ec2.DescribeManagedPrefixListsOutput) []ec2types.ManagedPrefixList { return p.PrefixLists })
	if err != nil {
		return err
	}
	for _, list := range lists {
		one := PrefixList{ID: aws.ToString(list.PrefixListId)}
		input := &ec2.GetManagedPrefixListEntriesInput{PrefixListId: list.PrefixListId}
		entries, err := all(r.ctx, ec2.NewGetManagedPrefixListEntriesPaginator(r.ec2, input), func(p *ec2.GetManagedPrefixListEntriesOutput) []ec2types.PrefixListEntry { return p.Entries })
		if err != nil {
			return err
		}
		for _, entry := range entries {
			one.Blocks = append(one.Blocks, aws.ToString(entry.Cidr))
		}
		r.LatticePrefixList = &one
	}
	return nil
}
