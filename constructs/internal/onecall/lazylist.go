package onecall

import "github.com/aws/aws-cdk-go/awscdk/v2"

// LazyList adds a list of a property of each element of another list, which CDK reads at synthesis: what has joined that list by then
// is in it.
func LazyList[R, E any](of *Item[R], list func(R) *[]E, property func(E) *string) *Item[*[]*string] {
	b := of.batch
	if of.reference == "" {
		return made(b, awscdk.Lazy_UncachedList(&listProducer{func() *[]*string {
			values := []*string{}
			for _, element := range *list(*of.object) {
				values = append(values, property(element))
			}
			return &values
		}}, nil))
	}
	elements := of.reference.property(member(list).name)
	return add[*[]*string](b, b.next(), step{List: elements.placeholder(), Member: member(property).name})
}

// listProducer implements [awscdk.IListProducer].
type listProducer struct{ produce func() *[]*string }

// Produce implements [awscdk.IListProducer].
func (p *listProducer) Produce(awscdk.IResolveContext) *[]*string { return p.produce() }
