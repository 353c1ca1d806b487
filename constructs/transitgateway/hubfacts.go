package transitgateway

import (
	"slices"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/answers"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/placement"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/prop"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/share"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// hubFacts is what spokes need to know of a hub.
type hubFacts struct {
	id          *onecall.Item[*string]
	environment placement.Environment
	home        *answers.Stack // nil for an import
	segments    []*segment     // by name
	references  bool
	share       *share.Plan // nil if it is not shared
	isImported  bool

	spokes []*spokeFacts
}

// segment is a route table, and whose spokes it leads to.
type segment struct {
	name    string
	reaches map[string]bool
	table   *onecall.Item[*string]
}

// newSegments checks the names of segments, and returns the segments by name. Whom one reaches, it is reached by.
func newSegments(r *rules.Report, names []*string, reaches []*[]*string) []*segment {
	byName := map[string]*segment{}
	for i, name := range names {
		property := element("Segments", i) + ".Name"
		switch {
		case name == nil:
			r.AddWithFix(rules.Required, property, "name the segment", "is missing")
		case token.IsString(*name):
			r.AddWithFix(rules.TransitSegment, property, "use a literal name", "is a token, but names a construct")
		case byName[*name] != nil:
			r.AddWithFix(rules.TransitSegment, property, "use another name", "%q is the name of another segment", *name)
		default:
			rules.CheckTransitSegmentName(r, property, *name)
			byName[*name] = &segment{name: *name, reaches: map[string]bool{}}
		}
	}
	for i, list := range reaches {
		for j, other := range prop.Elements(list) {
			property := element(element("Segments", i)+".Reaches", j)
			switch {
			case other == nil:
				r.Add(rules.Required, property, "is nil")
			case byName[*other] == nil:
				r.Add(rules.TransitSegment, property, "%q is none of the segments %s", *other, namesOf(byName))
			case names[i] != nil && byName[*names[i]] != nil:
				byName[*names[i]].reaches[*other], byName[*other].reaches[*names[i]] = true, true
			}
		}
	}
	var segments []*segment
	for _, s := range byName {
		segments = append(segments, s)
	}
	slices.SortFunc(segments, func(a, b *segment) int { return strings.Compare(a.name, b.name) })
	return segments
}

func namesOf(segments map[string]*segment) string {
	var names []string
	for name := range segments {
		names = append(names, name)
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// segment returns the segment with a name; nil if there is none.
func (h *hubFacts) segment(name string) *segment {
	for _, s := range h.segments {
		if s.name == name {
			return s
		}
	}
	return nil
}

func (h *hubFacts) names() string {
	byName := map[string]*segment{}
	for _, s := range h.segments {
		byName[s.name] = s
	}
	return namesOf(byName)
}

func (h *hubFacts) routeTableID(name *string) *string {
	r := &rules.Report{}
	if name == nil {
		r.AddWithFix(rules.Required, "segment", "name a segment", "is nil")
	} else if h.segment(*name) == nil {
		r.Add(rules.TransitSegment, "segment", "%q is none of the segments %s", *name, h.names())
	}
	refusal.Call(r, "RouteTableId")
	return prop.Copy(h.segment(*name).table.Object())
}

// spokeOf returns the spoke of a VPC; nil if none is known.
func (h *hubFacts) spokeOf(vpc placement.VPC) *spokeFacts {
	for _, s := range h.spokes {
		if s.vpc.Is(vpc) {
			return s
		}
	}
	return nil
}

// gatewayID sets the hub as where a route leads.
func (h *hubFacts) gatewayID(batch *onecall.Batch) func(*awsec2.CfnRouteProps) {
	return func(props *awsec2.CfnRouteProps) { props.TransitGatewayId = onecall.Through(batch, h.id).Placeholder() }
}
