package contract

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/contract"
)

// contractOf returns the contract of a service, with tokens.
func contractOf(name string, terms *privateapi.ContractTerms) *contract.Contract {
	c := &contract.Contract{Version: contract.Version, Service: contract.Service{
		Name: name, Transport: terms.Transport, Account: *terms.Account, Region: *terms.Region, DomainNames: texts(terms.DomainNames),
	}}
	for _, port := range *terms.Ports {
		c.Service.Ports = append(c.Service.Ports, *port)
	}
	switch terms.Transport {
	case contract.PrivateLink:
		c.Service.AcceptanceRequired = terms.AcceptanceRequired
		c.Service.PrivateDnsName = text(terms.PrivateDnsName)
		c.Service.IpAddressTypes = spelled(terms.SupportedIpAddressTypes)
		c.Service.SupportedRegions = texts(terms.SupportedRegions)
		c.Deployed = &contract.Deployed{ServiceName: text(terms.ServiceName), AvailabilityZoneIds: texts(terms.AvailabilityZoneIds)}
	case contract.Lattice:
		c.Deployed = &contract.Deployed{ServiceArn: text(terms.ServiceArn)}
	case contract.Routed:
		c.Service.CidrBlocks = literals(terms.CidrBlocks)
		c.Deployed = &contract.Deployed{
			LoadBalancerDnsName: text(terms.LoadBalancerDnsName), CanonicalHostedZoneId: text(terms.LoadBalancerCanonicalHostedZoneId),
			VpcId: text(terms.VpcId), SecurityGroupId: text(terms.SecurityGroupId), CidrBlocks: texts(terms.CidrBlocks),
		}
	}
	return c
}

func text(value *string) string {
	if value == nil {
		return ""
	}
	return *value
}

// texts returns a list. One that is a token becomes one text of all its elements, which fits between the quotation marks of the JSON.
func texts(list *[]*string) []string {
	if list == nil {
		return nil
	}
	if token.IsList(*list) {
		return []string{*awscdk.Fn_Join(jsii.String(`","`), list)}
	}
	var all []string
	for _, element := range *list {
		all = append(all, *element)
	}
	return all
}

// literals returns a list if synthesis knows all of it.
func literals(list *[]*string) []string {
	if token.AnyIn(list) {
		return nil
	}
	return texts(list)
}

// spelled returns IP address types as EC2 spells them.
func spelled(types *[]awsec2.IpAddressType) []string {
	var all []string
	for _, t := range prop.Elements(types) {
		all = append(all, strings.ToLower(string(t)))
	}
	return all
}

// withNumbers replaces ports that are tokens by the text of the token: CDK finds no token in a number within a text.
func withNumbers(text string, ports *[]*float64) string {
	for _, port := range *ports {
		if token.IsNumber(*port) {
			number, err := json.Marshal(*port)
			if err != nil {
				panic(err) // a token is a finite number
			}
			text = strings.Replace(text, string(number), *prop.Text(port), 1)
		}
	}
	return text
}

// describe writes the half of the contract that synthesis knows into the Metadata of the stack's template, and outputs the rest, for privateapi
// contract. Metadata has no tokens: CDK does not resolve references to other stacks there.
func (c *serviceContract) describe() {
	members, atDeploy := literalMembers(c.plan.contract)
	metadata := map[string]any{"version": contract.Version, "service": members, "outputs": c.defineOutputs()}
	if len(atDeploy) > 0 {
		metadata["atDeploy"] = atDeploy
	}
	onecall.Call2(onecall.Use(c.batch, c.plan.stack.Construct()), awscdk.Stack.AddMetadata, jsii.String(contract.MetadataPrefix+c.plan.name), any(metadata))
}

// literalMembers returns the members of the service that synthesis knows, and the paths of the others.
func literalMembers(c *contract.Contract) (members map[string]any, atDeploy []string) {
	var whole struct{ Service map[string]any }
	if err := json.Unmarshal([]byte(contract.Compact(c)), &whole); err != nil {
		panic(err) // of what this package wrote
	}
	members = whole.Service
	for name, value := range members {
		if !isLiteral(value) {
			delete(members, name)
			atDeploy = append(atDeploy, "service."+name)
		}
	}
	slices.Sort(atDeploy)
	return members, atDeploy
}

func isLiteral(value any) bool {
	switch v := value.(type) {
	case string:
		return !token.IsString(v)
	case float64:
		return !token.IsNumber(v)
	case []any:
		return !slices.ContainsFunc(v, func(element any) bool { return !isLiteral(element) })
	}
	return true
}

// defineOutputs outputs each value of the deployed half, and returns the names of the outputs by member. A list is joined by commas.
func (c *serviceContract) defineOutputs() map[string]any {
	names := map[string]any{}
	for _, member := range c.plan.contract.Deployed.Members() {
		id := "Deployed" + strings.ToUpper(member.Name[:1]) + member.Name[1:]
		output := onecall.Add(c.batch, awscdk.NewCfnOutput, id, &awscdk.CfnOutputProps{
			Value:       jsii.String(member.Text()),
			Description: jsii.String(fmt.Sprintf("%s in the contract of %s", member.Name, c.plan.name)),
		})
		names[member.Name] = onecall.Get(output, awscdk.CfnOutput.LogicalId).Placeholder()
	}
	return names
}
