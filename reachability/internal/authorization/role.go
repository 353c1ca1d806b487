package authorization

import (
	"fmt"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/authpolicy"
	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
)

// OfRole gives the verdict of the policies of a role on any request that it signs to a service: on what is known without its VPC, port,
// path and method. It is found once for each role and service.
func OfRole(n *network.Network, role *network.Role, s *network.LatticeService) authpolicy.Result {
	type key struct{ role, service *network.Resource }
	return network.Derive(n, key{role.Resource, s.Resource}, func(key) authpolicy.Result {
		request := &authpolicy.Request{Service: arnOf(n, s.Resource)}
		sign(n, request, role)
		return policiesOf(n, role).Decide(request)
	})
}

// sign makes a role the principal of a request.
func sign(n *network.Network, request *authpolicy.Request, role *network.Role) {
	request.Principal, request.PrincipalAccount = arnOf(n, role.Resource), authpolicy.Account(role.Stack)
	request.IsAnother = func(arn string) bool {
		other := n.RoleOfArn(arn)
		return other != nil && other.Resource != role.Resource && (other.Stack == role.Stack || other.Stack.Name != role.Stack.Name)
	}
}

// rolePolicies are the policies of a role, and where the templates have them.
type rolePolicies struct {
	authpolicy.Identities
	documents []network.Property
}

// policiesOf reads the policies of a role, once.
func policiesOf(n *network.Network, role *network.Role) rolePolicies {
	type key struct{ role *network.Resource }
	return network.Derive(n, key{role.Resource}, func(key) (p rolePolicies) {
		all := n.IdentityPoliciesOf(role)
		for _, document := range all.Documents {
			p.documents = append(p.documents, document)
			p.Policies = append(p.Policies, network.Derive(n, document.Value, authpolicy.Read))
		}
		var unread []string
		for _, arn := range all.Managed {
			if !isSilent(arn) {
				unread = append(unread, "managed policy "+arn.String()+" is not in the templates")
			}
		}
		for _, p := range all.Open {
			unread = append(unread, fmt.Sprintf("%s of %s is unknown", p.Path(), network.DisplayName(p.Resource)))
		}
		if !role.PermissionsBoundary().IsAbsent() {
			unread = append(unread, "the permissions boundary of "+network.DisplayName(role.Resource)+" is not evaluated")
		}
		p.Unread = strings.Join(unread, ", and ")
		return p
	})
}

// silent are managed policies of AWS that neither allow nor deny calls over VPC Lattice: each allows actions of other services
// only.
// https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
var silent = []string{
	"service-role/AWSLambdaBasicExecutionRole", "service-role/AWSLambdaVPCAccessExecutionRole", "service-role/AmazonECSTaskExecutionRolePolicy",
	"service-role/AWSLambdaSQSQueueExecutionRole", "service-role/AmazonEC2ContainerServiceforEC2Role", "AmazonSSMManagedInstanceCore",
	"CloudWatchAgentServerPolicy", "AWSXRayDaemonWriteAccess", "AWSXrayWriteOnlyAccess", "CloudWatchLambdaInsightsExecutionRolePolicy",
}

// isSilent reports whether a managed policy is one of AWS that says nothing about VPC Lattice.
func isSilent(arn network.Property) bool {
	text := arn.Literal()
	if parts := arn.Parts(); len(parts) > 0 {
		text, _ = parts[len(parts)-1].Text() // arn:${AWS::Partition}:iam::aws:policy/…
	}
	for _, name := range silent {
		if strings.HasSuffix(text, ":iam::aws:policy/"+name) {
			return true
		}
	}
	return false
}
