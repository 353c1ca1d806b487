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
		var ports []float64
		for _, id := range template.OfType(kind) {
			rule := template.Resources[id].Properties
			if rule["FromPort"] != rule["ToPort"] || rule["IpProtocol"] != "tcp" {
				t.Errorf("%s = %v, want one TCP port", kind, rule)
			}
			ports = append(ports, rule["FromPort"].(float64))
		}
		if slices.Sort(ports); !slices.Equal(ports, []float64{5432, 6432}) {
			t.Errorf("%s on ports %v, want 5432 and 6432", kind, ports)
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
