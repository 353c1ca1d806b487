package onecall

import "github.com/aws/constructs-go/constructs/v10"

// RefuseValue makes synthesis of the construct fail if a property of a resource has a value in the template, whoever set it: a setter, an
// override or an aspect. Of is the resource, or the construct whose default child it is. Nothing but a batch can do so: where each item is
// made by a call of its own, the value is not refused.
func RefuseValue[R constructs.IConstruct](of *Item[R], property, value, message string) {
	if of.reference == "" {
		return
	}
	b := of.batch
	add[any](b, b.next(), step{Resource: of.reference.placeholder(), Property: property, Value: value, Message: message})
}
