package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/jsii-runtime-go"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/monitoring"
)

// watch defines what the team of the API is told, sees and asks.
func (p *pricing) watch() {
	alarms := monitoring.NewProviderAlarms(p.stack, jsii.String("Alarms"), &monitoring.ProviderAlarmsProps{
		Service:      p.api,
		Certificates: &[]elbv2.IListenerCertificate{p.certificate},
		Topics:       p.onCall,
		Alarms: &map[string]*monitoring.AlarmSettings{
			"NoEndpoints": {Enabled: jsii.Bool(true)}, // Checkout is connected, and stays so
		},
	})
	monitoring.NewDashboard(p.stack, jsii.String("Dashboard"), &monitoring.DashboardProps{
		Provider: &monitoring.DashboardProvider{Service: p.api, CertificateArns: &[]*string{p.certificate.CertificateArn()}},
		// Its endpoint is searched for by the service. The graphs of it are empty until its account shares its metrics with this one.
		Consumers: &[]*monitoring.DashboardConsumer{{Label: jsii.String("checkout"), Account: checkoutEnv.Account}},
		AlarmArns: p.alarmArns(alarms),
		Start:     jsii.String("-PT6H"),
	})
	monitoring.NewSavedQueries(p.stack, jsii.String("Queries"), &monitoring.SavedQueriesProps{
		LoadBalancerLogs: monitoring.NewLoadBalancerLogDelivery(p.stack, jsii.String("AlbLogs"), &monitoring.LoadBalancerLogDeliveryProps{
			LoadBalancer: p.api.LoadBalancer(),
			LogTypes: &[]monitoring.LoadBalancerLogType{
				monitoring.LoadBalancerLogType_ALB_ACCESS_LOGS, monitoring.LoadBalancerLogType_ALB_CONNECTION_LOGS, monitoring.LoadBalancerLogType_ALB_HEALTH_CHECK_LOGS,
			},
			LogRetention: retention,
		}),
	})
}

// alarmArns returns the alarms of the API, and after them those of the acceptor.
func (p *pricing) alarmArns(alarms monitoring.IAlarms) *[]*string {
	arns := *alarms.AlarmArns()
	for _, name := range []string{"Waiting", "Failed", "Errors", "Silence", "Rejected", "UnknownAccount"} {
		arns = append(arns, p.acceptor.Alarm(&name).AttrArn())
	}
	return &arns
}

// newAccessLogsBucket defines the archive of who asked for what: CloudWatch Logs has the same for a month, to be asked. ELB writes to no bucket with a key
// of KMS.
func newAccessLogsBucket(stack awscdk.Stack) awss3.IBucket {
	return awss3.NewBucket(stack, jsii.String("AccessLogs"), &awss3.BucketProps{
		Encryption:        awss3.BucketEncryption_S3_MANAGED,
		BlockPublicAccess: awss3.BlockPublicAccess_BLOCK_ALL(),
		EnforceSSL:        jsii.Bool(true),
		LifecycleRules:    &[]*awss3.LifecycleRule{{Expiration: awscdk.Duration_Days(jsii.Number(400))}},
	})
}
