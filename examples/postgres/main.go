// Command postgres is a CDK app of three teams in three accounts: Orders provides its database, a report server and a replication
// port over AWS PrivateLink, straight from an NLB to its tasks. Billing may use all ports, Reporting the database alone.
package main

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/jsii-runtime-go"
)

const (
	domain = "orders.db.internal.company.com"

	databasePort    = 5432 // TCP, with the caller's address and endpoint in front
	reportPort      = 443  // TLS that ends at the NLB
	replicationPort = 8443 // TLS that passes through: the tasks hold the certificate, and ask clients for theirs
)

var (
	ordersEnv    = environment("222222222222")
	billingEnv   = environment("111111111111")
	reportingEnv = environment("333333333333")
)

func environment(account string) *awscdk.Environment {
	return &awscdk.Environment{Account: jsii.String(account), Region: jsii.String("eu-west-1")}
}

func main() {
	defer jsii.Close()
	app := awscdk.NewApp(nil)
	NewOrdersStack(app)
	NewBillingStack(app)
	NewReportingStack(app)
	app.Synth(nil)
}
