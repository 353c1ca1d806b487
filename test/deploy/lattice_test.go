package deploy_test

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/arn"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/aws/aws-sdk-go-v2/service/ecs"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/vpclattice/types"

	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/deployed"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

const (
	latticeDomains = "*.lattice.internal.company.com"
	quotesDomain   = "quotes.lattice.internal.company.com"
	catalogDomain  = "catalog.lattice.internal.company.com"
)

// mesh is examples/lattice, deployed by the team of two APIs over VPC Lattice and the team of their clients.
type mesh struct {
	*teams
	prefixList      string
	quotes, catalog string // ARNs of the services
}

var theMesh = sync.OnceValues(func() (*mesh, error) {
	ctx := context.Background()
	config, err := local.Account(ctx, scenario.Pricing)
	if err != nil {
		return nil, err
	}
	m := &mesh{}
	if m.prefixList, err = latticePrefixList(ctx, config); err != nil {
		return nil, err
	}
	m.teams, err = newTeams(ctx, "lattice", latticeDomains, map[string]string{
		"LatticeRole": scenario.Checkout, "LatticePricing": scenario.Pricing, "LatticeCheckout": scenario.Checkout,
	}, "latticePrefixList="+m.prefixList)
	if err != nil {
		return nil, err
	}
	if err := m.deploy(ctx, "LatticeRole"); err != nil {
		return nil, err
	}
	if err := m.deploy(ctx, "LatticePricing", "CertificateArn="+m.certificateArn); err != nil {
		return nil, err
	}
	var failures [2]error
	m.quotes, failures[0] = output(ctx, config, "LatticePricing", "QuotesArn")
	m.catalog, failures[1] = output(ctx, config, "LatticePricing", "CatalogArn")
	if err := cmp.Or(failures[0], failures[1]); err != nil {
		return nil, err
	}
	return m, m.deploy(ctx, "LatticeCheckout", "QuotesArn="+m.quotes, "CatalogArn="+m.catalog)
})

// latticePrefixList returns the ID of the prefix list of VPC Lattice.
func latticePrefixList(ctx context.Context, config aws.Config) (string, error) {
	found, err := ec2.NewFromConfig(config).DescribeManagedPrefixLists(ctx, &ec2.DescribeManagedPrefixListsInput{
		Filters: []ec2types.Filter{{Name: aws.String("prefix-list-name"), Values: []string{"com.amazonaws." + scenario.Region + ".vpc-lattice"}}},
	})
	if err != nil {
		return "", err
	}
	if len(found.PrefixLists) != 1 {
		return "", fmt.Errorf("there are %d prefix lists of VPC Lattice", len(found.PrefixLists))
	}
	return aws.ToString(found.PrefixLists[0].PrefixListId), nil
}

// TestLattice deploys two APIs over VPC Lattice, a client that signs and may call both, and one that may call one.
func TestLattice(t *testing.T) {
	needLocal(t)
	m := must(theMesh())(t)
	t.Run("services", m.services)
	t.Run("service network", m.serviceNetwork)
	t.Run("security groups", m.securityGroups)
	t.Run("the state as templates", m.written)
	t.Run("proof", m.proof)
	t.Run("nothing else can call", m.only)
	t.Run("proof sees drift", m.drift)
}

// services checks what the account of the APIs has: policies, shares, and tasks that ECS registered.
func (m *mesh) services(t *testing.T) {
	state := read(t, scenario.Pricing, scenario.Region)
	for name, of := range map[string]struct{ arn, domain, policy string }{
		"Quotes":  {m.quotes, quotesDomain, "role/checkout-task"},
		"Catalog": {m.catalog, catalogDomain, "vpc-lattice-svcs:SourceVpcOwnerAccount"},
	} {
		service := latticeServiceOf(t, state, of.arn)
		want(t, "the domain of "+name, aws.ToString(service.CustomDomainName), of.domain)
		want(t, "the auth type of "+name, string(service.AuthType), "AWS_IAM")
		want(t, "the state of the policy of "+name, string(service.Policy.State), "Active")
		if policy := aws.ToString(service.Policy.Policy); !strings.Contains(policy, of.policy) {
			t.Errorf("the policy of %s has no %s: %s", name, of.policy, policy)
		}
		want(t, "the port of "+name, aws.ToInt32(one(t, "listeners", service.Listeners).Port), 443)
	}
	shares := m.stack(t, "LatticePricing").physical("AWS::RAM::ResourceShare")
	want(t, "the number of shares", len(shares), 2)
	for _, share := range state.Shares {
		if slices.Contains(shares, aws.ToString(share.ResourceShareArn)) {
			want(t, "whom a service is shared with", aws.ToString(one(t, "principals", share.Principals).AssociatedEntity), scenario.Checkout)
		}
	}
	groups := m.stack(t, "LatticePricing").physical("AWS::VpcLattice::TargetGroup")
	want(t, "the number of target groups", len(groups), 2)
	for _, group := range groups {
		want(t, "the status of the target", string(one(t, "targets", latticeGroupOf(t, state, group).Targets).Status), "HEALTHY")
	}
}

// serviceNetwork checks that both services are in the one service network of the clients' VPC.
func (m *mesh) serviceNetwork(t *testing.T) {
	stack := m.stack(t, "LatticeCheckout")
	network := one(t, "service networks", stack.physical("AWS::VpcLattice::ServiceNetwork"))
	vpc := one(t, "VPCs", stack.physical("AWS::EC2::VPC"))
	state := read(t, scenario.Checkout, scenario.Region)
	var vpcs, services []string
	for _, a := range state.VpcAssociations {
		if aws.ToString(a.ServiceNetworkArn) == network {
			vpcs = append(vpcs, aws.ToString(a.VpcId)+" "+string(a.Status))
		}
	}
	want(t, "the VPC", one(t, "VPCs", vpcs), vpc+" ACTIVE")
	for _, a := range state.ServiceAssociations {
		if aws.ToString(a.ServiceNetworkArn) == network {
			services = append(services, aws.ToString(a.ServiceArn)+" "+string(a.Status))
		}
	}
	slices.Sort(services)
	expected := []string{m.quotes + " ACTIVE", m.catalog + " ACTIVE"}
	slices.Sort(expected)
	if !slices.Equal(services, expected) {
		t.Errorf("the services are %q, want %q", services, expected)
	}
}

// securityGroups checks that the association lets the two clients in, and the tasks VPC Lattice alone.
func (m *mesh) securityGroups(t *testing.T) {
	checkout, pricing := m.stack(t, "LatticeCheckout"), m.stack(t, "LatticePricing")
	checkout.wantRules("association", checkout.physicalOf("VpcPrivateApiServiceNetworkSecurityGroup"),
		in(443, m.tasks(t, "LatticeCheckout", "Checkout")), in(443, m.shelfGroup(t)), nothingOut)
	pricing.wantRules("tasks", m.tasks(t, "LatticePricing", "Pricing"), in(servicePort, m.prefixList), rule{true, -1, -1, "0.0.0.0/0 -1"})
}

// tasks returns the security group of the tasks of a service, which has the construct ID id.
func (m *mesh) tasks(t *testing.T, stack, id string) string {
	t.Helper()
	s := m.stack(t, stack)
	found := must(ecs.NewFromConfig(s.config).DescribeServices(t.Context(), &ecs.DescribeServicesInput{
		Cluster: aws.String(one(t, "clusters", s.physical("AWS::ECS::Cluster"))), Services: []string{s.physicalOf(id + "Service")},
	}))(t)
	return one(t, "security groups of tasks", one(t, "services", found.Services).NetworkConfiguration.AwsvpcConfiguration.SecurityGroups)
}

// shelfGroup returns the security group of the client that does not sign.
func (m *mesh) shelfGroup(t *testing.T) string {
	t.Helper()
	s := m.stack(t, "LatticeCheckout")
	function := must(lambda.NewFromConfig(s.config).GetFunctionConfiguration(t.Context(), &lambda.GetFunctionConfigurationInput{
		FunctionName: aws.String(s.physicalOf("Shelf")),
	}))(t)
	return one(t, "security groups of the function", function.VpcConfig.SecurityGroupIds)
}

// written checks what the proof of the deployed state is about: records lead to associations, and tasks have a role with a policy.
func (m *mesh) written(t *testing.T) {
	pricing, checkout := read(t, scenario.Pricing, scenario.Region), read(t, scenario.Checkout, scenario.Region)
	templates := must(deployed.Write(t.TempDir(), pricing, checkout))(t)
	want(t, "the prefix list", templates.Facts.LatticePrefixLists[scenario.Region], m.prefixList)
	body := strings.Join(strings.Fields(string(must(os.ReadFile(templates.Inputs[1].Template))(t))), "")
	for _, service := range []string{m.quotes, m.catalog} {
		i := slices.IndexFunc(checkout.ServiceAssociations, func(a types.ServiceNetworkServiceAssociationSummary) bool {
			return aws.ToString(a.ServiceArn) == service
		})
		if i < 0 {
			t.Fatalf("%s is not associated", service)
		}
		if record := `"DNSName":{"Fn::GetAtt":["` + aws.ToString(checkout.ServiceAssociations[i].Id) + `","DnsEntry.DomainName"]}`; !strings.Contains(body, record) {
			t.Errorf("no record has %s", record)
		}
	}
	for what, text := range map[string]string{
		"the policy of the role": fmt.Sprintf(`"Resource":{"Fn::Join":["",[{"Ref":"%s/%s%s:Ref"},"/*"]]}`, scenario.Pricing, scenario.Region, idInARN(t, m.quotes)),
		"the task definition":    `"TaskRoleArn":{"Fn::GetAtt":["role/checkout-task"`,
		"the associations":       fmt.Sprintf(`"ServiceIdentifier":{"Ref":"%s/%ssvc-`, scenario.Pricing, scenario.Region),
	} {
		if !strings.Contains(body, text) {
			t.Errorf("%s has not %s", what, text)
		}
	}
}

// idInARN returns the last part of an ARN, such as svc-0123456789abcdef0.
func idInARN(t *testing.T, name string) string {
	t.Helper()
	resource := must(arn.Parse(name))(t).Resource
	return resource[strings.LastIndexByte(resource, '/')+1:]
}
