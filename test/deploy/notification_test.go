package deploy_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	ec2types "github.com/aws/aws-sdk-go-v2/service/ec2/types"
)

// TestConnectionNotification deploys a topic that is notified of connections to an API, changes the events, and deletes it.
// The construct has no notifications: users put CDK's own resource beside it.
// https://docs.aws.amazon.com/vpc/latest/privatelink/create-notification-endpoint-service.html
func TestConnectionNotification(t *testing.T) {
	f := deployApi(t, "AcceptanceRequired")
	deploy := func(events ...string) ec2types.ConnectionNotification {
		t.Helper()
		must(f.deploy(t, f.api, f.assembly, "Notice",
			"--parameters", "ServiceId="+f.serviceID, "--parameters", "Events="+strings.Join(events, ",")))(t)
		notification := one(t, "notifications", f.notifications(t))
		want(t, "its service", aws.ToString(notification.ServiceId), f.serviceID)
		want(t, "its topic", aws.ToString(notification.ConnectionNotificationArn), must(output(t.Context(), f.api, "Notice", "TopicArn"))(t))
		want(t, "its state", notification.ConnectionNotificationState, ec2types.ConnectionNotificationStateEnabled)
		if !slices.Equal(notification.ConnectionEvents, events) {
			t.Errorf("its events are %v, want %v", notification.ConnectionEvents, events)
		}
		return notification
	}
	made := deploy("Connect", "Reject")
	changed := deploy("Accept", "Connect", "Delete", "Reject")
	want(t, "its ID after a change", aws.ToString(changed.ConnectionNotificationId), aws.ToString(made.ConnectionNotificationId))

	must(local.CLI.Destroy(t.Context(), f.api, f.assembly, "Notice"))(t)
	want(t, "the number of notifications that are left", len(f.notifications(t)), 0)
}

func (f *failures) notifications(t *testing.T) []ec2types.ConnectionNotification {
	t.Helper()
	found := must(ec2.NewFromConfig(f.api).DescribeVpcEndpointConnectionNotifications(t.Context(),
		&ec2.DescribeVpcEndpointConnectionNotificationsInput{}))(t)
	return found.ConnectionNotificationSet
}
