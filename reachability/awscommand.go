package reachability

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/cdk-private-api/cdk-private-api-go/internal/rules"
	"github.com/cdk-private-api/cdk-private-api-go/reachability/proof"
)

var (
	// plainSubject is a subject that means nothing else to a shell or in a query.
	plainSubject = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9:/._-]*$`)
	// regionOfZone is the Region in the name of an Availability Zone or a Local Zone.
	regionOfZone = regexp.MustCompile(`^[a-z]+(-[a-z]+)+-[0-9]+`)
)

// questionOf says how to find what settles something. A subject comes from a template: one that is more than a plain name gets
// no command.
func questionOf(s Settlement) factQuestion {
	q := factQuestion{Comment: comments[s.Kind]}
	if plainSubject.MatchString(s.Subject) {
		q.Command = commandFor(s)
	}
	return q
}

// comments say what is asked, where the field does not.
var comments = map[proof.SettlementKind]string{
	proof.SettleByOutput:         "@STACK.OUTPUT, the output of another stack",
	proof.SettleByNestedTemplate: "the file of its template, relative to this file",
	proof.SettleByZoneNames:      "the zones with a default subnet, which Fn::GetAZs returns; all zones of the Region if there is none",
	proof.SettleByService:        "STACK/LOGICAL-ID",
	proof.SettleByPublicAddress:  "the public IPv4 addresses of the NAT gateway, the Elastic IP address or the instance",
}

// commandFor is the command of the AWS CLI that answers what a settlement asks; empty if there is none.
func commandFor(s Settlement) string {
	switch s.Kind {
	case proof.SettleByZone:
		return zoneCommand(s.Subject)
	case proof.SettleByZoneNames:
		_, region, _ := strings.Cut(s.Subject, "/")
		return fmt.Sprintf(`aws ec2 describe-subnets --region %s --filters Name=default-for-az,Values=true --query "sort(Subnets[].AvailabilityZone)" --output json`, region)
	case proof.SettleByParameter:
		stack, name := cutParameter(s.Subject)
		if stack == "" || strings.Contains(stack, "/") {
			return "" // a nested stack has another name in CloudFormation
		}
		return fmt.Sprintf(`aws cloudformation describe-stacks --stack-name %s --query "Stacks[0].Parameters[?ParameterKey=='%s'].[ResolvedValue || ParameterValue]" --output text`, stack, name)
	case proof.SettleByService:
		if strings.Contains(s.Subject, ":vpc-lattice:") {
			return fmt.Sprintf(`aws cloudformation describe-stack-resources --physical-resource-id %s --query "StackResources[?PhysicalResourceId=='%[1]s'].[StackName,LogicalResourceId]" --output text`, s.Subject)
		}
		id := s.Subject[strings.LastIndex(s.Subject, ".")+1:]
		if !strings.HasPrefix(id, "vpce-svc-") {
			return ""
		}
		return fmt.Sprintf(`aws cloudformation describe-stack-resources --physical-resource-id %s --query "StackResources[?PhysicalResourceId=='%[1]s'].[StackName,LogicalResourceId]" --output text`, id)
	case proof.SettleByCertificate:
		return certificateCommand(s.Subject)
	case proof.SettleByPrefixList:
		return fmt.Sprintf(`aws ec2 get-managed-prefix-list-entries --prefix-list-id %s --query "Entries[].Cidr" --output json`, s.Subject)
	case proof.SettleByLatticePrefixList:
		return fmt.Sprintf(`aws ec2 describe-managed-prefix-lists --region %s --filters Name=prefix-list-name,Values=com.amazonaws.%[1]s.vpc-lattice --query "PrefixLists[0].PrefixListId" --output text`, s.Subject)
	case proof.SettleByPublicAddress:
		return addressCommand(s.Subject)
	case proof.SettleByAssumption:
		return assumptionCommands[s.Subject]
	}
	return ""
}

// assumptionCommands show what an assumption is about, once it is deployed.
var assumptionCommands = map[string]string{
	proof.AssumeAccepted: `aws ec2 describe-vpc-endpoint-connections --query "VpcEndpointConnections[].[ServiceId,VpcEndpointId,VpcEndpointState]" --output text`,
	proof.AssumeVerified: `aws ec2 describe-vpc-endpoint-service-configurations --query "ServiceConfigurations[].[ServiceName,PrivateDnsName,PrivateDnsNameConfiguration.State]" --output text`,
}

// addressCommand is the command for the public addresses of what AWS gave an ID. The physical ID of an Elastic IP address in a stack is its
// address.
func addressCommand(of string) string {
	stack, id, isInStack := strings.Cut(of, "/")
	switch {
	case strings.HasPrefix(of, "eipalloc-"):
		return fmt.Sprintf(`aws ec2 describe-addresses --allocation-ids %s --query "Addresses[].PublicIp" --output json`, of)
	case strings.HasPrefix(of, "nat-"):
		return fmt.Sprintf(`aws ec2 describe-nat-gateways --nat-gateway-ids %s --query "NatGateways[].NatGatewayAddresses[].PublicIp" --output json`, of)
	case isInStack && !strings.Contains(id, "/"):
		return fmt.Sprintf(`aws cloudformation describe-stack-resources --stack-name %s --logical-resource-id %s --query "StackResources[?ResourceType=='AWS::EC2::EIP'].PhysicalResourceId" --output json`, stack, id)
	}
	return ""
}

func zoneCommand(zone string) string {
	_, name, isName := strings.Cut(zone, "/")
	if !isName {
		return fmt.Sprintf(`aws ec2 describe-subnets --subnet-ids %s --query "Subnets[0].AvailabilityZoneId" --output text`, zone)
	}
	region := regionOfZone.FindString(name)
	if region == "" {
		return ""
	}
	return fmt.Sprintf(`aws ec2 describe-availability-zones --region %s --zone-names %s --query "AvailabilityZones[0].ZoneId" --output text`, region, name)
}

// certificateCommand is the command for a certificate of ACM; IAM does not list the names of its own.
func certificateCommand(arn string) string {
	certificate, ok := rules.ParseCertificateARN(arn)
	if !ok || certificate.Region == "" {
		return ""
	}
	return fmt.Sprintf(`aws acm describe-certificate --region %s --certificate-arn %s --query "Certificate.SubjectAlternativeNames" --output json`, certificate.Region, arn)
}

// cutParameter cuts "Stack.Name".
func cutParameter(subject string) (stack, name string) {
	i := strings.LastIndex(subject, ".")
	return subject[:max(i, 0)], subject[i+1:]
}
