package meshtest

import "fmt"

// LatticePrefixList is the ID of the prefix list of VPC Lattice in eu-west-1, which the templates name as text.
const LatticePrefixList = "pl-0a1b2c3d4e5f60001"

// latticeApi adds the stack of one API: a service of VPC Lattice with a listener and rules, and tasks that ECS registers.
func (m *Mesh) latticeApi(api int) {
	const kind = "AWS::VpcLattice::"
	in := providersName(api / apisOfVpc)
	s := m.add(apiName(api), providerAccount(api/apisOfVpc))
	vpc := imported(in, "Vpc")
	s.add("Certificate", "AWS::CertificateManager::Certificate", Object{"DomainName": Domain(api), "ValidationMethod": "DNS"})
	s.add("Service", kind+"Service", Object{"AuthType": "AWS_IAM", "CertificateArn": ref("Certificate"), "CustomDomainName": Domain(api)})
	s.add("Listener", kind+"Listener", Object{
		"ServiceIdentifier": att("Service", "Arn"), "Protocol": "HTTPS", "Port": 443, "DefaultAction": Object{"FixedResponse": Object{"StatusCode": 404}},
	})
	s.add("Rule", kind+"Rule", Object{
		"ServiceIdentifier": att("Service", "Arn"), "ListenerIdentifier": att("Listener", "Arn"), "Priority": 10,
		"Match":  Object{"HttpMatch": Object{"PathMatch": Object{"Match": Object{"Prefix": "/v1"}}}},
		"Action": Object{"Forward": Object{"TargetGroups": List{Object{"TargetGroupIdentifier": att("Targets", "Arn"), "Weight": 100}}}},
	})
	s.add("Targets", kind+"TargetGroup", Object{"Type": "IP", "Config": Object{
		"Port": 8080, "Protocol": "HTTP", "VpcIdentifier": vpc, "HealthCheck": Object{"Enabled": true, "Path": "/health", "Protocol": "HTTP"},
	}})
	m.latticeConsent(s, api)
	s.securityGroup("AppGroup", vpc)
	s.egress("AppToAws", "AppGroup", imported(in, "AwsServices"), 443)
	s.add("AppFromLattice", "AWS::EC2::SecurityGroupIngress", Object{
		"GroupId": group("AppGroup"), "SourcePrefixListId": LatticePrefixList, "IpProtocol": "tcp", "FromPort": 8080, "ToPort": 8080,
	})
	s.add("EcsRole", "AWS::IAM::Role", Object{
		"AssumeRolePolicyDocument": trust("ecs.amazonaws.com"),
		"ManagedPolicyArns":        List{join("arn:", ref("AWS::Partition"), ":iam::aws:policy/AmazonECSInfrastructureRolePolicyForVpcLattice")},
	})
	s.task("App", List{imported(in, "Subneta"), imported(in, "Subnetb")}, List{Object{"Name": "web", "ContainerPort": 8080, "Protocol": "tcp"}}, List{})
	s.Properties("App")["VpcLatticeConfigurations"] = List{Object{
		"PortName": "web", "RoleArn": att("EcsRole", "Arn"), "TargetGroupArn": att("Targets", "Arn"),
	}}
	s.scaling()
	service := Object{"Name": "Service", "Value": att("Service", "Id")}
	s.alarms("AWS/VpcLattice", map[string]Object{
		"HTTPCode_5XX_Count": service, "RequestTime": service, "UnhealthyTargetCount": service, "ConnectionErrorCount": service,
	})
	s.Outputs["ServiceArn"] = Object{"Value": att("Service", "Arn")}
}

// latticeConsent adds the resource share for the accounts of the consumer VPCs that call an API, and its auth policy: for the roles of
// their clients, who sign, or for every second API for all requests of their VPCs.
func (m *Mesh) latticeConsent(s *Stack, api int) {
	accounts, roles := List{}, List{}
	for _, vpc := range m.callers(api) {
		accounts = append(accounts, consumerAccount(vpc))
		for client := range m.clients() {
			roles = append(roles, join("arn:", ref("AWS::Partition"), ":iam::", consumerAccount(vpc), ":role/"+roleName(client)))
		}
	}
	allow := Object{"Effect": "Allow", "Principal": Object{"AWS": roles}, "Action": "vpc-lattice-svcs:Invoke", "Resource": "*"}
	if api%2 == 1 {
		allow["Principal"] = "*"
		allow["Condition"] = Object{"StringEquals": Object{"vpc-lattice-svcs:SourceVpcOwnerAccount": accounts}}
	}
	s.add("Policy", "AWS::VpcLattice::AuthPolicy", Object{
		"ResourceIdentifier": att("Service", "Arn"), "Policy": Object{"Version": "2012-10-17", "Statement": List{allow}},
	})
	s.add("Share", "AWS::RAM::ResourceShare", Object{"Name": s.Name, "ResourceArns": List{att("Service", "Arn")}, "Principals": accounts})
}

func roleName(client int) string { return fmt.Sprintf("client%d", client) }

// latticeConsumer adds a VPC with clients and a service network, and an association with a zone for each API that they call.
func (m *Mesh) latticeConsumer(vpc int) {
	s := m.add(consumerName(vpc), consumerAccount(vpc))
	s.network()
	s.add("Network", "AWS::VpcLattice::ServiceNetwork", Object{"AuthType": "NONE", "SharingConfig": Object{"enabled": false}})
	s.closedGroup("NetworkGroup", ref("Vpc"))
	s.add("VpcAssociation", "AWS::VpcLattice::ServiceNetworkVpcAssociation", Object{
		"ServiceNetworkIdentifier": att("Network", "Arn"), "VpcIdentifier": ref("Vpc"), "SecurityGroupIds": List{group("NetworkGroup")},
	})
	services := List{}
	for endpoint := range m.endpoints() {
		api := m.calls(vpc, endpoint)
		arn := m.joinNetwork(s, api)
		if api%2 == 0 {
			services = append(services, join(arn, "/*"))
		}
	}
	for client := range m.clients() {
		id := fmt.Sprintf("Client%d", client)
		isFunction := client == clientsOfVpc-1
		s.client(id, isFunction)
		s.add(id+"ToLattice", "AWS::EC2::SecurityGroupEgress", Object{
			"GroupId": group(id + "Group"), "DestinationPrefixListId": LatticePrefixList, "IpProtocol": "tcp", "FromPort": 443, "ToPort": 443,
		})
		s.ingress("NetworkFrom"+id, "NetworkGroup", group(id+"Group"), 443)
		role := id + "TaskRole"
		if isFunction {
			role = id + "Role"
		}
		s.Properties(role)["RoleName"] = roleName(client)
		s.add(id+"Invoke", "AWS::IAM::Policy", Object{
			"PolicyName": id + "Invoke", "Roles": List{ref(role)},
			"PolicyDocument": Object{"Version": "2012-10-17", "Statement": List{
				Object{"Action": "vpc-lattice-svcs:Invoke", "Effect": "Allow", "Resource": services},
			}},
		})
	}
}

// joinNetwork associates a service with the service network, and returns its ARN. It crosses accounts as names of endpoint services
// do.
func (m *Mesh) joinNetwork(s *Stack, api int) any {
	id := apiName(api)
	arn := m.output(s, api, "ServiceArn")
	s.add(id, "AWS::VpcLattice::ServiceNetworkServiceAssociation", Object{"ServiceNetworkIdentifier": att("Network", "Arn"), "ServiceIdentifier": arn})
	s.zone(id, Domain(api), att(id, "DnsEntry.DomainName"), att(id, "DnsEntry.HostedZoneId"))
	return arn
}
