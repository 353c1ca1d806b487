package onecall

import (
	"encoding/json"

	"github.com/aws/constructs-go/constructs/v10"
)

// Below returns properties of each construct of class R in another: a row for each, with "" for a property that is not set. It is one call with a
// small answer, where FindAll returns the whole tree.
func Below[R constructs.IConstruct](construct constructs.Construct, properties ...func(R) *string) [][]string {
	if oneByOne {
		return belowOneByOne(construct, properties)
	}
	b := In(construct)
	s := step{Below: b.encode("", construct), Class: className[R]()}
	for _, property := range properties {
		s.Members = append(s.Members, member(property).name)
	}
	var rows [][]string
	if err := json.Unmarshal([]byte(*add[*string](b, b.next(), s).Object()), &rows); err != nil {
		panic(err) // of what the module wrote
	}
	return rows
}

func belowOneByOne[R constructs.IConstruct](construct constructs.Construct, properties []func(R) *string) (rows [][]string) {
	for _, found := range *construct.Node().FindAll(constructs.ConstructOrder_PREORDER) {
		r, isOne := found.(R)
		if !isOne {
			continue
		}
		row := make([]string, len(properties))
		for i, property := range properties {
			if text := property(r); text != nil {
				row[i] = *text
			}
		}
		rows = append(rows, row)
	}
	return rows
}
