package deploy_test

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/ec2"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/deployed"
	"github.com/cdk-private-api/cdk-private-api-go/test/deploy/scenario"
)

const (
	contractDomain = "api.billing.internal.company.com"
	contractFar    = "eu-central-1"
	// contractParameters is what the ARNs of the parameters of a contract begin with, up to its name.
	contractParameters = "arn:aws:ssm:" + scenario.Region + ":" + scenario.Pricing + ":parameter/private-api/"
)

// contracts are the two apps of apps/contract: that of an API and of consumers that get the API itself, and that of consumers which know it by
// its contract alone.
type contracts struct {
	program, file string
	serviceName   string
	prefixList    string            // of VPC Lattice
	consumer      map[string]string // the context of the app of the consumers
	deployer      aws.Config
	far           aws.Config // the account of the consumers in the other Region
}

// theContracts deploys the app of the API, writes the file of its contract, and deploys the app of the consumers from its source, as their
// team does: the CLI looks up what is missing in the context.
var theContracts = sync.OnceValues(func() (*contracts, error) {
	ctx := context.Background()
	c := &contracts{}
	var err error
	if c.program, err = local.Build(ctx, "test/deploy", "./apps/contract"); err != nil {
		return nil, err
	}
	if c.deployer, err = local.Account(ctx, scenario.Checkout); err != nil {
		return nil, err
	}
	if c.prefixList, err = latticePrefixList(ctx, c.deployer); err != nil {
		return nil, err
	}
	c.far = c.deployer.Copy()
	c.far.Region = contractFar
	if _, err = local.CLI.Bootstrap(ctx, c.far, scenario.Checkout, contractFar); err != nil {
		return nil, err
	}
	if err = c.deployProvider(ctx); err != nil {
		return nil, err
	}
	if err = c.zones(ctx); err != nil {
		return nil, err
	}
	_, err = local.CLI.Run(ctx, &c.deployer, c.arguments("deploy", "--all", "--require-approval", "never", "--progress", "events")...)
	return c, err
})

// deployProvider deploys the app of the API with its outputs in a file, from which privateapi writes the contract.
func (c *contracts) deployProvider(ctx context.Context) error {
	certificate, err := local.RequestCertificate(ctx, contractDomain)
	if err != nil {
		return err
	}
	contexts := map[string]string{
		"side": "provider", "providerAccount": scenario.Pricing, "consumerAccount": scenario.Checkout, "certificateArn": certificate,
		"prefixList": c.prefixList,
	}
	if err := addZones(ctx, contexts); err != nil {
		return err
	}
	assembly, err := local.Assembly(ctx, c.program, "contract", contexts)
	if err != nil {
		return err
	}
	outputs := filepath.Join(filepath.Dir(c.program), "outputs.json")
	if _, err := local.CLI.Run(ctx, &c.deployer, "deploy", "--all", "--app", assembly, "--outputs-file", outputs, "--require-approval", "never",
		"--progress", "events"); err != nil {
		return err
	}
	privateapi, err := local.Build(ctx, ".", "./cmd/privateapi")
	if err != nil {
		return err
	}
	c.file = filepath.Join(filepath.Dir(c.program), "billing.json")
	write := exec.CommandContext(ctx, privateapi, "contract", "--assembly", assembly, "--outputs", outputs, "--name", "billing", "--out", c.file)
	if printed, err := write.CombinedOutput(); err != nil {
		return &failed{err, string(printed)}
	}
	return nil
}

// failed is a command that failed, with what it printed.
type failed struct {
	err    error
	output string
}

func (f *failed) Error() string { return f.err.Error() + "\n" + f.output }

// zones sets the context of the consumers: what the contract says, and the three zones of their account by name and ID.
func (c *contracts) zones(ctx context.Context) error {
	written, err := c.read()
	if err != nil {
		return err
	}
	c.serviceName = written.Deployed.ServiceName
	found, err := ec2.NewFromConfig(c.deployer).DescribeAvailabilityZones(ctx, &ec2.DescribeAvailabilityZonesInput{})
	if err != nil {
		return err
	}
	var zones []string
	for _, zone := range found.AvailabilityZones {
		zones = append(zones, aws.ToString(zone.ZoneName)+"="+aws.ToString(zone.ZoneId))
	}
	c.consumer = map[string]string{
		"side": "consumer", "consumerAccount": scenario.Checkout, "reportsAccount": scenario.Reporting, "parameters": contractParameters + "billing", "contractFile": c.file, "latticeParameters": contractParameters + "billing-lattice",
		"prefixList":  c.prefixList,
		"serviceName": c.serviceName, "serviceZoneIds": strings.Join(written.Deployed.AvailabilityZoneIds, ","), "zones": strings.Join(zones, ","),
	}
	return nil
}

// arguments are those of a command of the CLI on the app of the consumers.
func (c *contracts) arguments(command string, options ...string) []string {
	arguments := append([]string{command}, options...)
	arguments = append(arguments, "--app", c.program, "--output", filepath.Join(filepath.Dir(c.program), "assembly-consumers"))
	for _, key := range slices.Sorted(maps.Keys(c.consumer)) {
		arguments = append(arguments, "--context", key+"="+c.consumer[key])
	}
	return arguments
}

// contractText is what a contract has, as far as the test compares it.
type contractText struct {
	Service  struct{ Name, Transport, Account, Region string }
	Deployed struct {
		ServiceName         string
		AvailabilityZoneIds []string
	}
}

// read reads the file of the contract.
func (c *contracts) read() (written contractText, err error) {
	content, err := os.ReadFile(c.file)
	if err != nil {
		return written, err
	}
	return written, json.Unmarshal(content, &written)
}

// TestContracts deploys consumers that know an API in each of the four ways: as a construct of one app, by shared parameters, by a file, and
// by attributes.
func TestContracts(t *testing.T) {
	needLocal(t)
	c := must(theContracts())(t)
	t.Run("the file", c.wantFile)
	t.Run("the lookup", c.wantLookup)
	t.Run("the API itself in another account", func(t *testing.T) { c.wantConnected(t, c.deployer, "ContractDirect", 1) })
	t.Run("the API itself in another Region", func(t *testing.T) { c.wantConnected(t, c.far, "ContractFar", 1) })
	t.Run("by its contract", func(t *testing.T) {
		c.wantConnected(t, c.deployer, "ContractConsumer", 3)
	})
	t.Run("proof", c.proof)
	t.Run("refusals of parameters", c.refusals)
}

// wantFile fails the test unless the file has both halves of the contract.
func (c *contracts) wantFile(t *testing.T) {
	written := must(c.read())(t)
	want(t, "the name", written.Service.Name, "billing")
	want(t, "the transport", written.Service.Transport, "privatelink")
	want(t, "the account", written.Service.Account, scenario.Pricing)
	want(t, "the service", written.Deployed.ServiceName, "com.amazonaws.vpce."+scenario.Region+"."+c.serviceID(t))
	if zones := slices.Sorted(slices.Values(written.Deployed.AvailabilityZoneIds)); !slices.Equal(zones, []string{"euw1-az1", "euw1-az3"}) {
		t.Errorf("the zones are %v", zones)
	}
}

func (c *contracts) serviceID(t *testing.T) string {
	t.Helper()
	provider := stackOf(t, must(local.Account(t.Context(), scenario.Pricing))(t), "ContractProvider")
	return one(t, "services", provider.physical("AWS::EC2::VPCEndpointService"))
}

// wantLookup fails the test unless the CLI has stored the shared parameter, which is the contract of the file, in the context of the app.
func (c *contracts) wantLookup(t *testing.T) {
	stored := map[string]any{}
	content := must(os.ReadFile(local.ContextFile()))(t)
	if err := json.Unmarshal(content, &stored); err != nil {
		t.Fatal(err)
	}
	parameter := strings.ReplaceAll(contractParameters+"billing/contract", ":", "$:") // as CDK escapes it
	key := "ssm:account=" + scenario.Checkout + ":parameterName=" + parameter + ":region=" + scenario.Region
	text, _ := stored[key].(string)
	var looked, written any
	if err := json.Unmarshal([]byte(text), &looked); err != nil {
		t.Fatalf("%s is %q: %v", key, text, err)
	}
	if err := json.Unmarshal(must(os.ReadFile(c.file))(t), &written); err != nil {
		t.Fatal(err)
	}
	want(t, "the parameter", string(must(json.Marshal(looked))(t)), string(must(json.Marshal(written))(t)))
}

// wantConnected fails the test unless the endpoints of as many consumers are connected to the API, each in two zones: those of the API in its
// Region, of the three that the consumers of the contract have.
func (c *contracts) wantConnected(t *testing.T, config aws.Config, name string, consumers int) {
	t.Helper()
	stack := stackOf(t, config, name)
	found := must(stack.ec2.DescribeVpcEndpoints(t.Context(), &ec2.DescribeVpcEndpointsInput{
		VpcEndpointIds: stack.physical("AWS::EC2::VPCEndpoint"),
	}))(t)
	want(t, "the number of endpoints", len(found.VpcEndpoints), consumers)
	for _, endpoint := range found.VpcEndpoints {
		want(t, "its service", aws.ToString(endpoint.ServiceName), c.serviceName)
		want(t, "its state", string(endpoint.State), "available")
		want(t, "the number of its subnets", len(endpoint.SubnetIds), 2)
	}
}

// states reads the API and the consumers, in both Regions: an account has its zones in all of them.
func (c *contracts) states(t *testing.T) []*deployed.State {
	t.Helper()
	far := must(deployed.Read(t.Context(), c.far, scenario.Checkout, contractFar))(t)
	return []*deployed.State{read(t, scenario.Pricing, scenario.Region), read(t, scenario.Checkout, scenario.Region), far}
}

// proof proves that each client reaches the tasks of the API, by the deployed state of both Regions.
func (c *contracts) proof(t *testing.T) {
	templates := must(deployed.Write(t.TempDir(), c.states(t)...))(t)
	for _, unread := range templates.Unread {
		t.Errorf("unread: %s", unread)
	}
	for _, client := range []struct {
		config      aws.Config
		stack, name string
	}{
		{c.deployer, "ContractDirect", "Client"},
		{c.far, "ContractFar", "Client"},
		{c.deployer, "ContractConsumer", "LookupClient"},
		{c.deployer, "ContractConsumer", "FileClient"},
		{c.deployer, "ContractConsumer", "AttributesClient"},
		{c.deployer, "ContractConsumer", "LatticeClient"},
	} {
		function := stackOf(t, client.config, client.stack).physicalOf(client.name)
		question := reachability.Question{Client: scenario.Checkout + "/" + client.config.Region + "/function:" + function, Path: "/v1/invoices"}
		report := must(templates.Prove(question))(t)
		report.RequireReachable(t)
		want(t, "the answers of "+client.stack+" "+client.name, len(report.Answers), 1)
	}
}

// refusals reads parameters that may not be read, by templates in the account of the consumers.
func (c *contracts) refusals(t *testing.T) {
	shared, private := contractParameters+"billing/service-name", contractParameters+"billing-private/service-name"
	for name, tc := range map[string]struct{ parameter, words string }{
		"not shared":          {private, "AccessDenied. User doesn't have permission to call ssm:GetParameters"},
		"another Region":      {strings.ReplaceAll(shared, scenario.Region, contractFar), "Unable to fetch parameters"},
		"by its name":         {"/private-api/billing/service-name", "Unable to fetch parameters"},
		"that does not exist": {shared + "s", "AccessDenied. User doesn't have permission to call ssm:GetParameters"},
	} {
		t.Run(name, func(t *testing.T) {
			parameters := map[string]string{"ServiceName": tc.parameter}
			wantNoStack(t, newTemplateStack(t, scenario.Checkout, "ContractReader", "contract/reader", parameters), tc.words)
		})
	}
	t.Run("by a dynamic reference", func(t *testing.T) {
		stack := newTemplateStack(t, scenario.Checkout, "ContractDynamic", "contract/dynamic", map[string]string{"Arn": shared})
		stack.wantFailure(t, nil, "Incorrect format is used in the following SSM reference")
	})
	t.Run("in the lookup of the CLI", func(t *testing.T) {
		consumer := *c
		consumer.consumer = maps.Clone(c.consumer)
		consumer.consumer["parameters"] = contractParameters + "billing-private"
		_, err := local.CLI.Run(t.Context(), &c.deployer, consumer.arguments("synth", "--quiet")...)
		wantFailure(t, err, "no resource-based policy allows the ssm:GetParameter action")
	})
}

// wantNoStack fails the test unless a template is refused before there is a stack.
func wantNoStack(t *testing.T, stack *templateStack, words string) {
	t.Helper()
	_, err := stack.cfn.CreateStack(t.Context(), &cloudformation.CreateStackInput{
		StackName: &stack.name, TemplateBody: &stack.body, Parameters: stack.arguments(nil),
	})
	if err == nil || !strings.Contains(err.Error(), words) {
		t.Errorf("the stack is refused with %v, want %q", err, words)
	}
}
