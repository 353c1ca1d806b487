package onecall

import (
	"fmt"
	"slices"
	"sync/atomic"

	"github.com/aws/constructs-go/constructs/v10"
	_jsii_ "github.com/aws/jsii-runtime-go/runtime"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/refusal"
)

// numbers are those of batches. They tell the items of one from those of others, in all apps of a process.
var numbers atomic.Int64

// Batch is what a construct consists of: made, or still to be made by the next [Batch.Flush].
type Batch struct {
	number    int64
	construct constructs.Construct
	begin     *beginning // nil once the construct is made

	steps        []step
	objects      []any             // of CDK, which the steps refer to by index
	placeholders map[any]reference // by what Item.Placeholder returned
	items        int
}

// beginning is a construct that is to be made.
type beginning struct {
	scope       constructs.Construct
	id          *string
	connections string // the reference to them; empty for a construct that has none
}

// Begin begins a construct, which the first [Batch.Flush] makes with all that was added before. Until then CDK does not know it.
// Embedded is the field by which it embeds [constructs.Construct].
func Begin(construct constructs.Construct, embedded *constructs.Construct, scope constructs.Construct, id *string) *Batch {
	b := In(construct)
	if oneByOne {
		constructs.NewConstruct_Override(construct, scope, id)
		return b
	}
	register()
	_jsii_.InitJsiiProxy(embedded)
	b.begin = &beginning{scope: scope, id: id}
	return b
}

// BeginConnectable is [Begin] for an [awsec2.IConnectable]; add its [Connections].
func BeginConnectable(construct constructs.Construct, embedded *constructs.Construct, scope constructs.Construct, id *string) *Batch {
	b := Begin(construct, embedded, scope, id)
	if b.begin != nil {
		b.begin.connections = b.next().placeholder() // the first item, so that it is known when the construct is made
	}
	return b
}

// In returns a batch for a construct that exists.
func In(construct constructs.Construct) *Batch {
	return &Batch{number: numbers.Add(1), construct: construct, steps: []step{}, objects: []any{}, placeholders: map[any]reference{}}
}

// Flush makes what was added, and fetches the values of items that are wanted by the same call.
func (b *Batch) Flush(wanted ...Wanted) {
	if oneByOne || b.begin == nil && len(b.steps)+len(wanted) == 0 {
		return
	}
	wanted = slices.DeleteFunc(slices.Clone(wanted), Wanted.isFetched)
	references := make([]string, len(wanted))
	for i, item := range wanted {
		references[i] = item.wantedReference().placeholder()
	}
	for i, value := range b.run(marshal(references)) {
		wanted[i].set(value)
	}
}

// Drop forgets what was added since the last [Batch.Flush].
func (b *Batch) Drop() { b.steps, b.objects = []step{}, []any{} }

// run runs the steps, and returns the values that are wanted.
func (b *Batch) run(wanted string) (values []any) {
	steps, objects := marshal(b.steps), b.objects
	b.Drop()
	load()
	if b.begin == nil {
		_jsii_.StaticInvoke(moduleName+".Batch", "more", []any{b.construct, steps, objects, wanted}, &values)
		return values
	}
	underConstruction = append(underConstruction, b.construct)
	defer func() { underConstruction = underConstruction[:len(underConstruction)-1] }()
	begin := b.begin
	_jsii_.StaticInvoke(moduleName+".Batch", "make", []any{begin.scope, begin.id, begin.connections, steps, objects, wanted}, &values)
	b.begin = nil
	return values[1:]
}

// path returns the path of a child of the construct, for messages.
func (b *Batch) path(id string) string {
	if b.begin != nil {
		return refusal.ChildPath(b.begin.scope, b.begin.id) + "/" + id
	}
	return refusal.ChildPath(b.construct, &id)
}

// next returns the reference to the next item.
func (b *Batch) next() reference {
	b.items++
	return reference(fmt.Sprintf("%d.%d", b.number, b.items-1))
}
