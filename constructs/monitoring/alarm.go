package monitoring

import (
	"fmt"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/alarms"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
)

// IAlarms are the alarms of an API, or of a consumer.
type IAlarms interface {
	constructs.IConstruct

	// AlarmNames returns the names by which alarms are tuned, in the order of a request's path, with those of alarms that are off.
	AlarmNames() *[]*string

	// Alarms returns the alarms of a name: one for each resource that has the metric, and none if the alarm is off. It panics if no alarm has
	// the name.
	Alarms(name *string) *[]awscloudwatch.CfnAlarm

	// AlarmArns returns the ARNs of all alarms that are on, for an alarm widget of a dashboard: that of the composite first, if there is one.
	AlarmArns() *[]*string
}

type alarmSet struct {
	self  constructs.Construct
	plan  *alarmPlan
	batch *onecall.Batch

	items     []*onecall.Item[awscloudwatch.CfnAlarm] // as the alarms of the plan
	composite *onecall.Item[awscloudwatch.CfnCompositeAlarm]
}

// define defines the alarms by one call.
func (s *alarmSet) define(self constructs.Construct, embedded *constructs.Construct, plan *alarmPlan, scope constructs.Construct, id *string) {
	s.self, s.plan = self, plan
	s.batch = onecall.Begin(self, embedded, scope, id)
	actions := s.actions()
	for _, alarm := range plan.alarms {
		own := actions
		if plan.isPart(alarm) && !plan.partsAct {
			own = alarms.Actions{}
		}
		s.items = append(s.items, alarm.Define(s.batch, own))
	}
	s.defineComposite(actions)
	s.batch.Flush()
}

// actions are what alarms do.
func (s *alarmSet) actions() (a alarms.Actions) {
	a.Alarm = s.plan.actions
	if s.plan.okActions {
		a.Ok = a.Alarm
	}
	return a
}

func (s *alarmSet) AlarmNames() *[]*string { return jsii.Strings(s.plan.names...) }

func (s *alarmSet) Alarms(name *string) *[]awscloudwatch.CfnAlarm {
	if name == nil || !slices.Contains(alarms.Names(s.plan.all), *name) {
		alarms.PanicUnknown(s.self, "Alarms", name, alarms.Names(s.plan.all))
	}
	found := []awscloudwatch.CfnAlarm{}
	for i, alarm := range s.plan.alarms {
		if alarm.Name == *name {
			found = append(found, s.items[i].Object())
		}
	}
	return &found
}

func (s *alarmSet) AlarmArns() *[]*string {
	var items []*onecall.Item[*string]
	if s.composite != nil {
		items = append(items, onecall.Get(s.composite, awscloudwatch.CfnCompositeAlarm.AttrArn))
	}
	for _, item := range s.items {
		items = append(items, onecall.Get(item, awscloudwatch.CfnAlarm.AttrArn))
	}
	wanted := make([]onecall.Wanted, len(items))
	for i, item := range items {
		wanted[i] = item
	}
	s.batch.Flush(wanted...)
	arns := make([]*string, len(items))
	for i, item := range items {
		arns[i] = item.Object()
	}
	return &arns
}

// numbered gives alarms of one ID, such as those of certificates, IDs of their own. The first keeps it, so that a second one renames nothing, and
// so does whoever has an ID that ends with the number.
func numbered(list []alarms.Alarm) []alarms.Alarm {
	taken, count := map[string]bool{}, map[string]int{}
	for _, alarm := range list {
		taken[alarm.ID] = true
	}
	for i := range list {
		id := list[i].ID
		if count[id]++; count[id] == 1 {
			continue
		}
		for ; taken[list[i].ID]; count[id]++ {
			list[i].ID = fmt.Sprintf("%s%d", id, count[id])
		}
		count[id]--
		taken[list[i].ID] = true
	}
	return list
}
