package deployed

import (
	"errors"
	"fmt"
	"net/url"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	ecs "github.com/aws/aws-sdk-go-v2/service/ecs/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/iam/types"
)

// roles reads the roles by which the tasks of ECS services and functions sign requests, with their policies.
func (r *reader) roles() error {
	var names []string
	for _, definition := range r.TaskDefinitions {
		if r.runs(definition) {
			names = append(names, aws.ToString(definition.TaskRoleArn))
		}
	}
	for _, function := range r.Functions {
		if function.VpcConfig != nil && len(function.VpcConfig.SubnetIds) > 0 {
			names = append(names, aws.ToString(function.Role))
		}
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if name == "" {
			continue
		}
		role, err := r.role(roleNameOf(name))
		var none *types.NoSuchEntityException
		switch {
		case errors.As(err, &none):
			r.Unread = append(r.Unread, "the role "+name+", which does not exist")
		case err != nil:
			return fmt.Errorf("%s: %w", name, err)
		default:
			r.Roles = append(r.Roles, role)
		}
	}
	return nil
}

// runs reports whether an active service runs tasks of a definition. ECS lists deleted services for a while.
func (r *reader) runs(definition ecs.TaskDefinition) bool {
	return slices.ContainsFunc(r.EcsServices, func(service EcsService) bool {
		return aws.ToString(service.Status) == "ACTIVE" && aws.ToString(service.TaskDefinition) == aws.ToString(definition.TaskDefinitionArn)
	})
}

func (r *reader) role(name string) (Role, error) {
	out, err := r.iam.GetRole(r.ctx, &iam.GetRoleInput{RoleName: &name})
	if err != nil {
		return Role{}, err
	}
	role := Role{Role: *out.Role, Policies: map[string]string{}}
	inline, err := all(r.ctx, iam.NewListRolePoliciesPaginator(r.iam, &iam.ListRolePoliciesInput{RoleName: &name}), func(p *iam.ListRolePoliciesOutput) []string { return p.PolicyNames })
	if err != nil {
		return role, err
	}
	for _, policy := range inline {
		out, err := r.iam.GetRolePolicy(r.ctx, &iam.GetRolePolicyInput{RoleName: &name, PolicyName: &policy})
		if err != nil {
			return role, err
		}
		if role.Policies[policy], err = url.PathUnescape(aws.ToString(out.PolicyDocument)); err != nil {
			return role, err
		}
	}
	attached, err := all(r.ctx, iam.NewListAttachedRolePoliciesPaginator(r.iam, &iam.ListAttachedRolePoliciesInput{RoleName: &name}), func(p *iam.ListAttachedRolePoliciesOutput) []types.AttachedPolicy { return p.AttachedPolicies })
	if err != nil {
		return role, err
	}
	for _, policy := range attached {
		role.Managed = append(role.Managed, aws.ToString(policy.PolicyArn))
	}
	return role, r.managedPolicies(role)
}

// managedPolicies reads the policies that are attached to a role, and its permissions boundary.
func (r *reader) managedPolicies(role Role) error {
	arns := slices.Clone(role.Managed)
	if boundary := role.PermissionsBoundary; boundary != nil {
		arns = append(arns, aws.ToString(boundary.PermissionsBoundaryArn))
	}
	for _, name := range arns {
		if r.ManagedPolicies[name] != "" {
			continue
		}
		policy, err := r.iam.GetPolicy(r.ctx, &iam.GetPolicyInput{PolicyArn: &name})
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		version, err := r.iam.GetPolicyVersion(r.ctx, &iam.GetPolicyVersionInput{PolicyArn: &name, VersionId: policy.Policy.DefaultVersionId})
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		document, err := url.PathUnescape(aws.ToString(version.PolicyVersion.Document))
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if r.ManagedPolicies == nil {
			r.ManagedPolicies = map[string]string{}
		}
		r.ManagedPolicies[name] = document
	}
	return nil
}
