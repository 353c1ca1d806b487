package privateapi_test

import (
	"slices"
	"testing"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/privateapi"
	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

func numbers(list ...float64) *[]*float64 {
	var pointers []*float64
	for _, n := range list {
		pointers = append(pointers, jsii.Number(n))
	}
	return &pointers
}

func values(list *[]*float64) (numbers []float64) {
	for _, n := range *list {
		numbers = append(numbers, *n)
	}
	return numbers
}

// databaseService is a service of another account that listens on two ports.
func databaseService(stack awscdk.Stack) privateapi.IPrivateApiService {
	return privateapi.PrivateApiService_FromAttributes(stack, jsii.String("Database"), &privateapi.PrivateApiServiceAttributes{
		ServiceName: jsii.String(serviceName), DomainNames: jsii.Strings("orders.db.company.com"), Ports: numbers(5432, 6432),
	})
}

func TestConsumerOfSeveralPorts(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	vpc := vpcOf(stack, "ConsumerVpc", "eu-west-1a", "eu-west-1b")
	consumer := privateapi.NewPrivateApiConsumer(stack, jsii.String("Orders"), &privateapi.PrivateApiConsumerProps{
		Vpc: vpc, Service: databaseService(stack), Clients: &[]awsec2.IConnectable{newClient(stack, vpc)},
	})
	if got := values(consumer.Ports()); !slices.Equal(got, []float64{5432, 6432}) || *consumer.Port() != 5432 {
		t.Errorf("ports = %v and port = %v, want 5432 and 6432, and 5432", got, *consumer.Port())
	}
	cdktest.WantPanic(t, "no default port", func() {
		newGroup(stack, "Later", vpc).Connections().AllowToDefaultPort(consumer, nil)
	})
	template := cdktest.SynthTemplate(t, stack)
	for _, kind := range []string{typeIngress, typeEgress} {
		if got := portsOf(template, kind); !slices.Equal(got, []float64{5432, 6432}) {
			t.Errorf("%s on ports %v, want 5432 and 6432", kind, got)
		}
	}
}

func TestImportedConsumerOfSeveralPorts(t *testing.T) {
	defer cdktest.Recover(t)
	stack := cdktest.Stack(t)
	vpc := vpcOf(stack, "ConsumerVpc", "eu-west-1a", "eu-west-1b")
	consumer := privateapi.PrivateApiConsumer_FromAttributes(stack, jsii.String("Imported"), &privateapi.PrivateApiConsumerAttributes{
		VpcEndpointId: jsii.String("vpce-0123456789abcdef0"), SecurityGroups: &[]awsec2.ISecurityGroup{newClient(stack, vpc)}, Ports: numbers(5432, 6432),
	})
	if got := values(consumer.Ports()); !slices.Equal(got, []float64{5432, 6432}) || *consumer.Port() != 5432 {
		t.Errorf("ports = %v and port = %v, want 5432 and 6432, and 5432", got, *consumer.Port())
	}
	cdktest.WantPanic(t, "no default port", func() {
		newGroup(stack, "Later", vpc).Connections().AllowToDefaultPort(consumer, nil)
	})
}

// A client is allowed on the ports that it is named for, and on no other one.
func TestAllowClient(t *testing.T) {
	defer cdktest.Recover(t)
	type consume func(awscdk.Stack, awsec2.IVpc) privateapi.IPrivateApiConsumer
	defined := func(stack awscdk.Stack, vpc awsec2.IVpc) privateapi.IPrivateApiConsumer {
		return privateapi.NewPrivateApiConsumer(stack, jsii.String("Orders"), &privateapi.PrivateApiConsumerProps{Vpc: vpc, Service: databaseService(stack)})
	}
	imported := func(stack awscdk.Stack, vpc awsec2.IVpc) privateapi.IPrivateApiConsumer {
		return privateapi.PrivateApiConsumer_FromAttributes(stack, jsii.String("Imported"), &privateapi.PrivateApiConsumerAttributes{
			VpcEndpointId: jsii.String("vpce-0123456789abcdef0"), SecurityGroups: &[]awsec2.ISecurityGroup{newGroup(stack, "Endpoint", vpc)}, Ports: numbers(5432, 6432),
		})
	}
	for name, tc := range map[string]struct {
		consume consume
		ports   []*float64
		want    []float64
	}{
		"on one port":                {defined, *numbers(6432), []float64{6432}},
		"on all":                     {defined, nil, []float64{5432, 6432}},
		"of an import, on one port":  {imported, *numbers(5432), []float64{5432}},
		"of an import, on all ports": {imported, nil, []float64{5432, 6432}},
	} {
		cdktest.Run(t, name, func(t *testing.T) {
			stack := cdktest.Stack(t)
			vpc := vpcOf(stack, "ConsumerVpc", "eu-west-1a", "eu-west-1b")
			tc.consume(stack, vpc).AllowClient(newClient(stack, vpc), tc.ports...)
			template := cdktest.SynthTemplate(t, stack)
			for _, kind := range []string{typeIngress, typeEgress} {
				if got := portsOf(template, kind); !slices.Equal(got, tc.want) {
					t.Errorf("%s on ports %v, want %v", kind, got, tc.want)
				}
			}
		})
	}
}

// portsOf lists, sorted, the ports of all rules of a type.
func portsOf(template cdktest.Template, kind string) (ports []float64) {
	for _, id := range template.OfType(kind) {
		ports = append(ports, template.Resources[id].Properties["FromPort"].(float64))
	}
	slices.Sort(ports)
	return ports
}
