package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// limitFields are the limits that --limit sets, by the names of their fields in lower case.
func limitFields(l *reachability.Limits) map[string]*int {
	return map[string]*int{
		"files": &l.Files, "bytes": &l.Bytes, "values": &l.Values, "stages": &l.Stages, "stacks": &l.Stacks,
		"questions": &l.Questions, "steps": &l.Steps, "hops": &l.Hops,
	}
}

// addLimit sets a limit from NAME=NUMBER.
func (o *options) addLimit(s string) error {
	fields := limitFields(&o.limits)
	name, value, _ := strings.Cut(s, "=")
	number, err := strconv.Atoi(value)
	field := fields[name]
	switch {
	case field == nil || err != nil || number < 1:
		return errors.New("want NAME=NUMBER, where NAME is one of " + strings.Join(slices.Sorted(maps.Keys(fields)), ", "))
	case *field != 0 && *field != number:
		return fmt.Errorf("%s is given twice, also as %d", name, *field)
	}
	*field = number
	return nil
}

// withFlag says which flag raises a limit that was exceeded.
func withFlag(err error) error {
	var exceeded *reachability.LimitError
	if !errors.As(err, &exceeded) {
		return err
	}
	flag := fmt.Sprintf("%s; to allow more, use --limit %s=NUMBER", exceeded.Reason(), strings.ToLower(exceeded.Field))
	return errors.New(strings.Replace(err.Error(), exceeded.Error(), flag, 1))
}
