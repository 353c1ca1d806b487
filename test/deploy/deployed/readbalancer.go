package deployed

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/acm"
	acmtypes "github.com/aws/aws-sdk-go-v2/service/acm/types"
	elb "github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2"
	"github.com/aws/aws-sdk-go-v2/service/elasticloadbalancingv2/types"
)

func (r *reader) loadBalancers() error {
	list, err := all(r.ctx, elb.NewDescribeLoadBalancersPaginator(r.elb, nil), func(p *elb.DescribeLoadBalancersOutput) []types.LoadBalancer {
		return p.LoadBalancers
	})
	if err != nil {
		return err
	}
	for _, balancer := range list {
		one, err := r.loadBalancer(balancer)
		if err != nil {
			return fmt.Errorf("%s: %w", aws.ToString(balancer.LoadBalancerArn), err)
		}
		r.LoadBalancers = append(r.LoadBalancers, one)
	}
	return nil
}

func (r *reader) loadBalancer(balancer types.LoadBalancer) (LoadBalancer, error) {
	one := LoadBalancer{LoadBalancer: balancer}
	attributes, err := r.elb.DescribeLoadBalancerAttributes(r.ctx, &elb.DescribeLoadBalancerAttributesInput{LoadBalancerArn: balancer.LoadBalancerArn})
	if err != nil {
		return one, err
	}
	one.Attributes = attributes.Attributes
	input := &elb.DescribeListenersInput{LoadBalancerArn: balancer.LoadBalancerArn}
	listeners, err := all(r.ctx, elb.NewDescribeListenersPaginator(r.elb, input), func(p *elb.DescribeListenersOutput) []types.Listener {
		return p.Listeners
	})
	if err != nil {
		return one, err
	}
	for _, listener := range listeners {
		l, err := r.listener(listener, balancer.Type)
		if err != nil {
			return one, fmt.Errorf("%s: %w", aws.ToString(listener.ListenerArn), err)
		}
		one.Listeners = append(one.Listeners, l)
	}
	return one, nil
}

func (r *reader) listener(listener types.Listener, of types.LoadBalancerTypeEnum) (Listener, error) {
	l := Listener{Listener: listener}
	attributes, err := r.elb.DescribeListenerAttributes(r.ctx, &elb.DescribeListenerAttributesInput{ListenerArn: listener.ListenerArn})
	if err != nil {
		return l, err
	}
	l.Attributes = attributes.Attributes
	if len(listener.Certificates) > 0 {
		input := &elb.DescribeListenerCertificatesInput{ListenerArn: listener.ListenerArn}
		if l.Certificates, err = all(r.ctx, elb.NewDescribeListenerCertificatesPaginator(r.elb, input), func(p *elb.DescribeListenerCertificatesOutput) []types.Certificate {
			return p.Certificates
		}); err != nil {
			return l, err
		}
	}
	if of != types.LoadBalancerTypeEnumApplication {
		return l, nil // only an ALB's listeners have rules
	}
	input := &elb.DescribeRulesInput{ListenerArn: listener.ListenerArn}
	l.Rules, err = all(r.ctx, elb.NewDescribeRulesPaginator(r.elb, input), func(p *elb.DescribeRulesOutput) []types.Rule { return p.Rules })
	return l, err
}

func (r *reader) targetGroups() error {
	list, err := all(r.ctx, elb.NewDescribeTargetGroupsPaginator(r.elb, nil), func(p *elb.DescribeTargetGroupsOutput) []types.TargetGroup {
		return p.TargetGroups
	})
	if err != nil {
		return err
	}
	for _, group := range list {
		attributes, err := r.elb.DescribeTargetGroupAttributes(r.ctx, &elb.DescribeTargetGroupAttributesInput{TargetGroupArn: group.TargetGroupArn})
		if err != nil {
			return err
		}
		targets, err := r.elb.DescribeTargetHealth(r.ctx, &elb.DescribeTargetHealthInput{TargetGroupArn: group.TargetGroupArn})
		if err != nil {
			return err
		}
		r.TargetGroups = append(r.TargetGroups, TargetGroup{group, attributes.Attributes, targets.TargetHealthDescriptions})
	}
	return nil
}

// certificates reads the certificates of listeners and of services of VPC Lattice, if they are in ACM: a certificate can also
// be in IAM.
func (r *reader) certificates() error {
	var arns []string
	for _, service := range r.LatticeServices {
		if name := aws.ToString(service.CertificateArn); name != "" && !slices.Contains(arns, name) {
			arns = append(arns, name)
		}
	}
	for _, balancer := range r.LoadBalancers {
		for _, listener := range balancer.Listeners {
			for _, c := range slices.Concat(listener.Listener.Certificates, listener.Certificates) {
				if name := aws.ToString(c.CertificateArn); !slices.Contains(arns, name) {
					arns = append(arns, name)
				}
			}
		}
	}
	for _, name := range arns {
		if !strings.Contains(name, ":acm:") {
			r.Unread = append(r.Unread, "the domain names of certificate "+name)
			continue
		}
		out, err := r.acm.DescribeCertificate(r.ctx, &acm.DescribeCertificateInput{CertificateArn: aws.String(name)})
		var notFound *acmtypes.ResourceNotFoundException
		switch {
		case errors.As(err, &notFound):
			r.Unread = append(r.Unread, "the domain names of certificate "+name+", which is not in ACM")
		case err != nil:
			return fmt.Errorf("%s: %w", name, err)
		default:
			r.Certificates = append(r.Certificates, *out.Certificate)
		}
	}
	return nil
}
