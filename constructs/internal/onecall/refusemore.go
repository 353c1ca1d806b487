package onecall

import (
	"strings"

	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// Path stands in a message for the path of a construct.
const Path = "{path}"

// RefuseMore makes synthesis of the construct fail if constructs join a list of an item after the first ones, which are known. Each is
// reported by the message, in which [Path] stands for its path.
func RefuseMore[R any, E constructs.IConstruct](of *Item[R], list func(R) *[]E, known int, message string) {
	b := of.batch
	if of.reference == "" {
		b.construct.Node().AddValidation(&noMore{func() (paths []string) {
			for _, more := range (*list(*of.object))[known:] {
				paths = append(paths, *more.Node().Path())
			}
			return paths
		}, message})
		return
	}
	elements := of.reference.property(member(list).name)
	add[any](b, b.next(), step{Refuse: elements.placeholder(), Known: known, Message: message})
}

// noMore implements [constructs.IValidation].
type noMore struct {
	paths   func() []string
	message string
}

// Validate implements [constructs.IValidation].
func (v *noMore) Validate() *[]*string {
	messages := []string{}
	for _, path := range v.paths() {
		messages = append(messages, strings.ReplaceAll(v.message, Path, path))
	}
	return jsii.Strings(messages...)
}
