package deployed

import (
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
	"github.com/aws/aws-sdk-go-v2/service/wafv2"
	"github.com/aws/aws-sdk-go-v2/service/wafv2/types"
)

// webAcls reads the web ACLs and the IP sets of the Region, and which load balancer has which web ACL.
func (r *reader) webAcls() error {
	for next := (*string)(nil); ; {
		list, err := r.waf.ListWebACLs(r.ctx, &wafv2.ListWebACLsInput{Scope: types.ScopeRegional, NextMarker: next})
		if err != nil {
			return err
		}
		for _, one := range list.WebACLs {
			acl, err := r.waf.GetWebACL(r.ctx, &wafv2.GetWebACLInput{Scope: types.ScopeRegional, Name: one.Name, Id: one.Id})
			if err != nil {
				return fmt.Errorf("%s: %w", aws.ToString(one.ARN), err)
			}
			r.WebAcls = append(r.WebAcls, *acl.WebACL)
		}
		if next = list.NextMarker; aws.ToString(next) == "" || len(list.WebACLs) == 0 {
			break
		}
	}
	if err := r.ipSets(); err != nil {
		return err
	}
	r.WebAclOf = map[string]string{}
	for _, balancer := range r.LoadBalancers {
		if balancer.Type != elb.LoadBalancerTypeEnumApplication {
			continue
		}
		found, err := r.waf.GetWebACLForResource(r.ctx, &wafv2.GetWebACLForResourceInput{ResourceArn: balancer.LoadBalancerArn})
		if err != nil {
			return fmt.Errorf("web ACL of %s: %w", aws.ToString(balancer.LoadBalancerArn), err)
		}
		if found.WebACL != nil {
			r.WebAclOf[aws.ToString(balancer.LoadBalancerArn)] = aws.ToString(found.WebACL.ARN)
		}
	}
	return nil
}

func (r *reader) ipSets() error {
	for next := (*string)(nil); ; {
		list, err := r.waf.ListIPSets(r.ctx, &wafv2.ListIPSetsInput{Scope: types.ScopeRegional, NextMarker: next})
		if err != nil {
			return err
		}
		for _, one := range list.IPSets {
			set, err := r.waf.GetIPSet(r.ctx, &wafv2.GetIPSetInput{Scope: types.ScopeRegional, Name: one.Name, Id: one.Id})
			if err != nil {
				return fmt.Errorf("%s: %w", aws.ToString(one.ARN), err)
			}
			r.IPSets = append(r.IPSets, *set.IPSet)
		}
		if next = list.NextMarker; aws.ToString(next) == "" || len(list.IPSets) == 0 {
			return nil
		}
	}
}
