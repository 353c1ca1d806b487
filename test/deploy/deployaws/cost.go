package main

// cost is a part of the example that AWS bills.
type cost struct {
	number int
	what   string
	per    string
	prices string // AWS's price list
}

// costs are the billed parts of the example in two zones.
var costs = []cost{
	{14, "interface endpoints, counted in each zone: 2 to the API, 12 to ECR and CloudWatch Logs", "hour and GB", "https://aws.amazon.com/privatelink/pricing/"},
	{2, "load balancers: an NLB and an ALB", "hour and capacity unit", "https://aws.amazon.com/elasticloadbalancing/pricing/"},
	{6, "Fargate tasks of 0.25 vCPU and 0.5 GB", "second", "https://aws.amazon.com/fargate/pricing/"},
	{1, "private hosted zone", "month, unless it is deleted within 12 hours", "https://aws.amazon.com/route53/pricing/"},
	{2, "log groups of the tasks", "GB", "https://aws.amazon.com/cloudwatch/pricing/"},
	{2, "buckets of bootstrap, and three images in ECR, which stay", "GB and month", "https://aws.amazon.com/s3/pricing/ and https://aws.amazon.com/ecr/pricing/"},
}

// printCosts prints the costs.
func (o *operator) printCosts() {
	o.print("\nAWS bills this until you destroy it; the README of the example adds it up:")
	for _, c := range costs {
		o.print("  %2d %s, by the %s\n     %s", c.number, c.what, c.per, c.prices)
	}
}
