package alb

import (
	elbv2 "github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"

	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/onecall"
	"github.com/cdk-private-api/cdk-private-api-go/constructs/internal/token"
	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
)

// logsPlan is where the ALB writes one kind of logs.
type logsPlan struct {
	bucket awss3.IBucket
	prefix *string
}

// logs is a kind of logs of an ALB. All kinds demand the same of their bucket and their prefix.
type logs struct {
	bucket, prefix string // the properties
	enable         func(elbv2.ApplicationLoadBalancer, awss3.IBucket, *string)
}

var (
	accessLogs     = logs{"AccessLogsBucket", "AccessLogsPrefix", elbv2.ApplicationLoadBalancer.LogAccessLogs}
	connectionLogs = logs{"ConnectionLogsBucket", "ConnectionLogsPrefix", elbv2.ApplicationLoadBalancer.LogConnectionLogs}
)

// planLogs checks where logs go; nil for nowhere. The Region is that of the ALB, empty if it is not known.
func planLogs(r *rules.Report, kind logs, bucket awss3.IBucket, prefix *string, region string) *logsPlan {
	if bucket == nil {
		if prefix != nil {
			r.AddWithFix(rules.Contradiction, kind.prefix, "set "+kind.bucket+" too", "is set without %s", kind.bucket)
		}
		return nil
	}
	if text, ok := token.Literal(prefix); ok {
		rules.CheckLogsPrefix(r, kind.prefix, text)
	}
	bucketRegion, _ := token.Literal(bucket.Env().Region)
	rules.CheckLogsRegion(r, kind.bucket, bucketRegion, region)
	if _, isOwned := bucket.(awss3.Bucket); !isOwned {
		r.Add(rules.AccessLogsPolicy, kind.bucket, "is imported")
	}
	if region == "" {
		r.Add(rules.AccessLogsRegion, kind.bucket, "is set, but the Region of the stack is known only at deploy time")
	}
	if bucket.EncryptionKey() != nil {
		r.Add(rules.AccessLogsEncryption, kind.bucket, "is encrypted with a KMS key")
	}
	return &logsPlan{bucket, prefix}
}

// write makes the ALB write logs. CDK adds to the policy of the bucket that ELB may.
func (p *logsPlan) write(kind logs, loadBalancer *onecall.Item[elbv2.ApplicationLoadBalancer]) {
	if p != nil {
		onecall.Call2(loadBalancer, kind.enable, p.bucket, p.prefix)
	}
}
