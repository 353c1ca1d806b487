package monitoring

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/alarms"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
)

// apiUnavailable is the name of the composite alarm.
const apiUnavailable = "ApiUnavailable"

// defineComposite defines the composite alarm over the parts that are on. It names them by their ARNs, which CloudFormation knows: their names
// are its own.
func (s *alarmSet) defineComposite(actions alarms.Actions) {
	if !s.plan.hasComposite {
		return
	}
	var rule []string
	for i, alarm := range s.plan.alarms {
		if s.plan.isPart(alarm) {
			rule = append(rule, `ALARM("`+*onecall.Get(s.items[i], awscloudwatch.CfnAlarm.AttrArn).Placeholder()+`")`)
		}
	}
	s.composite = onecall.Add(s.batch, awscloudwatch.NewCfnCompositeAlarm, apiUnavailable, &awscloudwatch.CfnCompositeAlarmProps{
		AlarmDescription: jsii.String("The API does not answer: no target is healthy, or the load balancer answers with errors of its own. The alarms of this one say which"),
		AlarmRule:        jsii.String(strings.Join(rule, " OR ")),
		AlarmActions:     alarms.ListOrNil(actions.Alarm), OkActions: alarms.ListOrNil(actions.Ok),
	})
}
