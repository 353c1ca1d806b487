package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// ServiceKind is the kind of service that a service name belongs to.
type ServiceKind int

const (
	// UnknownService is a service whose name has neither of the forms below.
	UnknownService ServiceKind = iota
	// EndpointService is a service that an AWS customer publishes: com.amazonaws.vpce.<region>.vpce-svc-<id>.
	EndpointService
	// AwsService is one of AWS's own services: com.amazonaws.<region>.execute-api.
	AwsService
)

var (
	endpointServiceName = regexp.MustCompile(`^([a-z0-9.-]+\.vpce)\.([a-z0-9-]+)\.vpce-svc-(?:[0-9a-f]{8}|[0-9a-f]{17})$`)
	awsServiceName      = regexp.MustCompile(`^(?:(?:cn\.)?com\.amazonaws|eu\.amazonaws|aws\.api|aws\.sagemaker|api\.aws)\.([a-z]{2,}(?:-[a-z]+)+-\d+)(?:\.[a-z0-9][a-z0-9-]*)+$`)
	regionName          = regexp.MustCompile(`^[a-z]{2,}(-[a-z]+)+-\d+$`)
	accountID           = regexp.MustCompile(`^\d{12}$`)
	zoneID              = regexp.MustCompile(`^[a-z]{2,}\d[a-z0-9]*(-[a-z0-9]+)*-(az|wlz)\d+$|^eusc[a-z0-9-]*-az\d+$`)
	endpointID          = regexp.MustCompile(`^vpce-([0-9a-f]{8}|[0-9a-f]{17})$`)
)

// globalServices are the AWS services that are known to have names without a Region.
var globalServices = []string{"com.amazonaws.iam", "com.amazonaws.route53", "com.amazonaws.s3-global.accesspoint"}

// ParseServiceName returns the Region in a service name, and the kind of service.
func ParseServiceName(name string) (region string, kind ServiceKind) {
	if m := endpointServiceName.FindStringSubmatch(name); m != nil && regionName.MatchString(m[2]) && m[1] == ServiceNamePrefix(m[2]) {
		return m[2], EndpointService
	}
	if strings.Contains(name, ".vpce.") || strings.Contains(name, "vpce-svc-") {
		return "", UnknownService
	}
	if m := awsServiceName.FindStringSubmatch(name); m != nil {
		return m[1], AwsService
	}
	if slices.Contains(globalServices, name) {
		return "", AwsService
	}
	return "", UnknownService
}

// EndpointServiceID returns the ID in the name of an endpoint service, vpce-svc-<id>; empty for another service.
func EndpointServiceID(name string) string {
	if _, kind := ParseServiceName(name); kind != EndpointService {
		return ""
	}
	return name[strings.LastIndex(name, ".")+1:]
}

// documentEndpointPolicies are the AWS services whose own guides say that their interface endpoints take a policy. Each has its page
// below https://docs.aws.amazon.com beside it.
var documentEndpointPolicies = []string{
	"dynamodb",       // amazondynamodb/latest/developerguide/inter-network-traffic-privacy.html
	"ecr.api",        // AmazonECR/latest/userguide/vpc-endpoints.html
	"ecr.dkr",        // AmazonECR/latest/userguide/vpc-endpoints.html
	"execute-api",    // apigateway/latest/developerguide/apigateway-vpc-endpoint-policies.html
	"kms",            // kms/latest/developerguide/security-iam.html
	"lambda",         // lambda/latest/dg/configuration-vpc-endpoints.html
	"logs",           // AmazonCloudWatch/latest/logs/cloudwatch-logs-and-interface-VPC.html
	"s3",             // AmazonS3/latest/userguide/privatelink-interface-endpoints.html
	"secretsmanager", // secretsmanager/latest/userguide/vpc-endpoint-overview.html
	"sns",            // sns/latest/dg/sns-vpc-endpoint-policy.html
	"sqs",            // AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-internetwork-traffic-privacy.html
	"ssm",            // systems-manager/latest/userguide/setup-create-vpc.html
	"sts",            // IAM/latest/UserGuide/reference_sts_vpc_endpoint_policies.html
}

// TakesEndpointPolicy reports whether endpoints for an AWS service accept a policy, and whether that is known: not every AWS
// service does. The service's name may be short or full. SES is reported to reject policies, with the error of an endpoint
// service; no page of AWS says so.
func TakesEndpointPolicy(awsService string) (takes, known bool) {
	if m := awsServiceName.FindStringSubmatch(awsService); m != nil {
		awsService = awsService[strings.Index(awsService, m[1])+len(m[1])+1:]
	}
	takes = slices.Contains(documentEndpointPolicies, awsService)
	return takes, takes || awsService == "email-smtp"
}

// CheckServiceName reports a malformed name of an endpoint service.
func CheckServiceName(r *Report, property, name string) {
	if _, kind := ParseServiceName(name); kind == UnknownService {
		r.Add(ServiceName, property, "%q is not the name of an endpoint service", name)
	}
}

// CheckEndpointID reports a malformed endpoint ID.
func CheckEndpointID(r *Report, property, id string) {
	if !endpointID.MatchString(id) {
		r.Add(EndpointID, property, "%q is not the ID of an endpoint", id)
	}
}

// CheckRegion reports a malformed Region.
func CheckRegion(r *Report, property, region string) {
	if !regionName.MatchString(region) {
		r.Add(RegionForm, property, "%q is not a Region", region)
	}
}

// CheckAvailabilityZoneID reports anything but an AZ ID, such as the AZ name "eu-west-1a".
func CheckAvailabilityZoneID(r *Report, property, id string) {
	if !zoneID.MatchString(id) {
		r.Add(AvailabilityZoneID, property, "%q is not an Availability Zone ID", id)
	}
}

// reservedDomains are top-level domains that public DNS does not delegate: a name under them cannot be verified.
var reservedDomains = []string{"internal", "local", "corp", "home", "lan", "test", "example", "invalid", "localhost"}

// CheckDomainName reports a name that cannot be a hosted zone or a host. A leading "*." is accepted.
func CheckDomainName(r *Report, property, name string) {
	if why := malformedDomain(name); why != "" {
		r.Add(DomainNameForm, property, "%q %s", name, why)
	}
}

// CheckPrivateDnsName reports a name that can never be verified as the private DNS name of an endpoint service.
func CheckPrivateDnsName(r *Report, property, name string) {
	if why := malformedDomain(name); why != "" {
		r.Add(DomainNameForm, property, "%q %s", name, why)
		return
	}
	if last := topLevel(name); slices.Contains(reservedDomains, last) {
		r.Add(PrivateDnsName, property, "%q ends in .%s, which public DNS does not serve", name, last)
	}
}

// CheckNameInZone reports a name that can have no record in a hosted zone: neither its name nor one below it.
func CheckNameInZone(r *Report, property, name, zone string) {
	zone = strings.ToLower(strings.TrimSuffix(zone, "."))
	if name != zone && !strings.HasSuffix(name, "."+zone) {
		r.Add(HostedZoneName, property, "%q is not in the zone %s", name, zone)
	}
}

// IsParentZone reports whether a private hosted zone for name would hide more names than name itself: those of a whole
// company, whose domain has two labels in public DNS, and one where public DNS does not delegate.
func IsParentZone(name string) bool {
	labels := 2
	if slices.Contains(reservedDomains, topLevel(name)) {
		labels = 1
	}
	return strings.HasPrefix(name, "*.") || strings.Count(name, ".") < labels
}

func topLevel(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

func malformedDomain(name string) string {
	bare := strings.TrimPrefix(name, "*.")
	switch {
	case name == "":
		return "is empty"
	case len(name) > MaxDomainNameLength:
		return fmt.Sprintf("is longer than %d characters", MaxDomainNameLength)
	case name != strings.ToLower(name):
		return "has upper-case letters"
	case strings.HasSuffix(name, "."):
		return "ends in a dot"
	case !strings.Contains(bare, "."):
		return "has a single label"
	}
	for label := range strings.SplitSeq(bare, ".") {
		switch {
		case label == "":
			return "has an empty label"
		case len(label) > MaxLabelLength:
			return fmt.Sprintf("has a label of more than %d characters", MaxLabelLength)
		case strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "":
			return "has characters that a host name cannot have"
		case strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-"):
			return "has a label that begins or ends with a hyphen"
		}
	}
	return ""
}

// CheckRecordWeight reports a number that is not the weight of a record.
func CheckRecordWeight(r *Report, property string, weight float64) {
	checkWhole(r, RecordWeight, property, weight, RecordWeights)
}
