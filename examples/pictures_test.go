package examples_test

import (
	"os/exec"
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/internal/cdktest"
)

// TestGoldenPictures draws the pictures of docs: the path of pricing-checkout, proven and with a zone in which the service is not.
func TestGoldenPictures(t *testing.T) {
	dir := synth(t, "pricing-checkout", map[string]any{"aws:cdk:enable-path-metadata": true})
	privateapi := command(t)
	for name, zone := range map[string]string{"pricing-checkout.svg": "euw1-az2", "pricing-checkout-blocked.svg": "euw1-az3"} {
		output, err := exec.Command(privateapi, "graph", "--assembly", dir, "--parameter", "Checkout.PricingServiceName=@Pricing.ServiceName",
			"--zone", "222222222222/eu-west-1a=euw1-az1", "--zone", "222222222222/eu-west-1b=euw1-az2",
			"--zone", "111111111111/eu-west-1a=euw1-az1", "--zone", "111111111111/eu-west-1b="+zone, "--assume", "certificate-names",
		).Output()
		if err != nil {
			t.Fatal(err)
		}
		cdktest.GoldenText(t, "../../docs/pictures/"+name, string(output))
	}
}

// TestGoldenPictureOfTheMesh draws who reaches what in the mesh of twenty services: all that is declared, and nothing else but by the same doors.
func TestGoldenPictureOfTheMesh(t *testing.T) {
	graph := exec.Command(command(t), "graph", "--assembly", synth(t, "mesh", map[string]any{"aws:cdk:enable-path-metadata": true}), "--mesh", "mesh.json")
	graph.Dir = "mesh" // where its facts are
	output, err := graph.Output()
	if err != nil {
		t.Fatal(err)
	}
	cdktest.GoldenText(t, "../../docs/pictures/mesh.svg", string(output))
}
