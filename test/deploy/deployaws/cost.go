package main

// billed is what of the example costs while it is there.
type billed struct {
	number int
	what   string
	per    string
	prices string // where AWS says what it costs
}

// bill is what the templates of the example have, in two zones.
var bill = []billed{
	{14, "interface endpoints, each zone of each: to the API 2, to ECR and CloudWatch Logs 12", "hour and GB", "https://aws.amazon.com/privatelink/pricing/"},
	{2, "load balancers: an NLB and an ALB", "hour and capacity unit", "https://aws.amazon.com/elasticloadbalancing/pricing/"},
	{6, "Fargate tasks of 0.25 vCPU and 0.5 GB", "second", "https://aws.amazon.com/fargate/pricing/"},
	{1, "private hosted zone", "month, unless it is gone within 12 hours", "https://aws.amazon.com/route53/pricing/"},
	{2, "log groups of the tasks", "GB", "https://aws.amazon.com/cloudwatch/pricing/"},
	{2, "buckets of bootstrap, and three images in ECR, which stay", "GB and month", "https://aws.amazon.com/s3/pricing/ and https://aws.amazon.com/ecr/pricing/"},
}

// sayBill prints it.
func (o *operator) sayBill() {
	o.say("\nWhat AWS bills until you destroy it; the README of the example adds it up:")
	for _, b := range bill {
		o.say("  %2d %s, by the %s\n     %s", b.number, b.what, b.per, b.prices)
	}
}
