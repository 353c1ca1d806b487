package walk

import (
	"fmt"

	"github.com/cdk-private-api/cdk-private-api-go/internal/network"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

// jwtKeys finds whether an ALB can fetch the keys with which it validates JWTs, from a host on the internet. Routes to it,
// such as through a NAT gateway, and network ACLs on the way are not followed.
// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-verify-jwt.html
func (t *trace) jwtKeys(alb loadBalancer, validation network.Action) result {
	endpoint := validation.JwksEndpoint()
	text, ok := endpoint.Text()
	if !ok && !endpoint.IsAbsent() {
		return undecided(endpoint).assumedBy(proof.AssumeJWKS)
	}
	host, port, ok := rules.JwksHost(text)
	if !ok {
		return blocks(fmt.Sprintf("%q is not the URL of a JWKS endpoint", text), rules.TemplateFix(rules.JwtValidation)).breaks(rules.JwtValidation).at(endpoint)
	}
	keys := network.Node{Name: "the JWKS host " + host}
	r := t.allows(alb.node, network.Egress, port, keys)
	if r.verdict != proof.Reachable {
		return r.assumedBy(proof.AssumeJWKS)
	}
	return assumable(
		r.message+"; routes and network ACLs on the way to it are not followed", proof.AssumeJWKS,
		"make sure that the ALB's subnets have a route to it, such as through a NAT gateway",
	).like(r).at(endpoint)
}
