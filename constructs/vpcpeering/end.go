package vpcpeering

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/constructs-go/constructs/v10"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/routes"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/subnets"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// end is a side of a connection, as far as it is known.
type end struct {
	name        string // of the property
	id          placement.VPC
	environment placement.Environment

	blocks []routes.Block // to which the other side routes
	all    []routes.Block // all blocks of the VPC that are known
	tables []routes.Table

	routed constructs.IConstruct // has the routes; nil if they are not defined here
}

// planSide checks one side.
func (p *plan) planSide(name string, side *Side) *end {
	e := newEnd(p.report, p.stack, name, side.Vpc, side.CidrBlocks)
	if len(e.blocks) == 0 && !p.report.HasErrors() {
		p.report.Add(rules.NetworkBlockRequired, name+".CidrBlocks", "is missing, and so is the block of the VPC")
	}
	property := name + ".Subnets"
	selected := subnets.Selector{Stack: p.stack, Vpc: side.Vpc, Property: property, Selected: side.Subnets}.SelectAll(p.report)
	if selected != nil {
		e.tables = routes.TablesOf(p.report, p.stack, property, side.Vpc, selected.Subnets)
	}
	return e
}

func newEnd(r *rules.Report, stack *answers.Stack, name string, vpc awsec2.IVpc, given *[]*string) *end {
	e := &end{name: name, id: placement.VPCOf(stack, vpc), environment: placement.EnvironmentOf(stack, vpc)}
	e.blocks = routes.Given(r, name+".CidrBlocks", given)
	if own := placement.BlockOf(stack, vpc); own != nil {
		block := routes.OfVpc(name+".Vpc", own)
		if given == nil {
			e.blocks = []routes.Block{block}
		}
		e.all = append(e.all, block)
	}
	e.all = append(e.all, e.blocks...)
	for _, block := range placement.SecondaryBlocksOf(e.id) {
		e.all = append(e.all, routes.OfVpc(name+".Vpc", block))
	}
	return e
}

func (e *end) vpcID() *string {
	id := e.id.ID()
	return &id
}
