package onecall

import "github.com/aws/aws-cdk-go/awscdk/v2"

// Part is a part of a list: the elements from index From up to To, and those that join the list after the first Known.
type Part struct {
	From  int `json:"from"`
	To    int `json:"to"`
	Known int `json:"known"`
}

// has reports whether the element with an index belongs to the part.
func (p Part) has(i int) bool { return i >= p.From && i < p.To || i >= p.Known }

// LazyList adds a list of a property of each element of a part of another list, which CDK reads at synthesis: what has joined that list
// by then is in it.
func LazyList[R, E any](of *Item[R], list func(R) *[]E, property func(E) *string, part Part) *Item[*[]*string] {
	b := of.batch
	if of.reference == "" {
		return made(b, awscdk.Lazy_UncachedList(&listProducer{func() *[]*string {
			values := []*string{}
			for i, element := range *list(*of.object) {
				if part.has(i) {
					values = append(values, property(element))
				}
			}
			return &values
		}}, nil))
	}
	elements := of.reference.property(member(list).name)
	return add[*[]*string](b, b.next(), step{List: elements.placeholder(), Part: &part, Member: member(property).name})
}

// listProducer implements [awscdk.IListProducer].
type listProducer struct{ produce func() *[]*string }

// Produce implements [awscdk.IListProducer].
func (p *listProducer) Produce(awscdk.IResolveContext) *[]*string { return p.produce() }
