package reachability_test

import (
	"testing"

	"github.com/cdk-private-api/cdk-private-api-go/reachability"
)

// harmless changes the example and breaks nothing.
type harmless struct {
	name string
	edit edit
	// rename is what becomes of logical IDs.
	rename func(id string) string
	// wider says that the edit opens a hop for others as well.
	wider bool
}

// call is the question for the one call, with the name that the client has afterwards.
func (h harmless) call() reachability.Question {
	call := theCall
	if h.rename != nil {
		call.Client = "Checkout/" + h.rename(clientService)
	}
	return call
}

func TestHarmless(t *testing.T) {
	for _, h := range append(append(spellings, harmlessNetwork...), harmlessAPI...) {
		t.Run(h.name, func(t *testing.T) {
			e := newExample(t)
			e.mutate(t, h.edit)
			model := e.load(t)
			report := model.Prove(everything)
			report.RequireReachable(t)
			if len(report.Answers) != 2 {
				t.Errorf("%d answers, want 2:\n%s", len(report.Answers), report)
			}
			model.Prove(h.call()).RequireReachable(t)
			if !h.wider {
				report.RequireOnly(t, h.call().Client)
			}
		})
	}
}

// Another spelling never hides what is broken: every third mutation in one of them, so that each of them meets several.
func TestMutationsInOtherSpellings(t *testing.T) {
	i := 0
	eachMutation(t, func(hop string, m mutation) {
		i++
		if i%3 != 0 || hop == noHop {
			return
		}
		h := spellings[i/3%len(spellings)]
		t.Run(hop+"/"+m.name+"/"+h.name, func(t *testing.T) {
			e := newExample(t)
			e.mutate(t, m.edit)
			e.mutate(t, h.edit)
			m.says = "" // names may be others
			m.check(t, hop, e.load(t), h.call())
		})
	})
}

// harmlessNetwork is for names, subnets, security groups and network ACLs.
var harmlessNetwork = []harmless{
	{name: "everything in subnets of its own", edit: edits(checkout(checkoutApart), pricing(pricingApart))},
	{
		name: "network ACLs that open what the caller and the ALB need",
		edit: edits(
			checkout(checkoutApart, acl(clientSubnets, allowOut(443), answersIn)),
			pricing(pricingApart, acl(albSubnets, allowIn(443), answersIn, allowOut(8080), answersOut)),
		),
	},
	{
		name: "network ACLs that open what the endpoint and the tasks need",
		edit: edits(
			checkout(checkoutApart, acl(endpointSubnets, allowIn(443), answersOut)),
			pricing(pricingApart, acl(taskSubnets, allowIn(8080), answersOut)),
		),
	},
	{
		name: "network ACLs that open what the NLB needs, and deny something else before",
		edit: pricing(pricingApart, acl(nlbSubnets, denyIn(22), answersIn, allowIn(443), denyOut(25), allowOut(443), answersOut)),
	},
	{
		name: "rules for other traffic",
		edit: edits(
			checkout(put(clientGroup, "SecurityGroupIngress", array{tcp(22, "10.0.0.0/16")})),
			pricing(add("ToDatabase", "AWS::EC2::SecurityGroupEgress", rule(v1Group, tcp(5432, "10.0.0.0/16")))),
		),
	},
	{
		name: "protocols and ports that contain what is needed",
		edit: edits(
			checkout(put(clientEgress, "IpProtocol", "-1"), put(endpointIngress, "IpProtocol", "6")),
			pricing(ports(nlbEgress, 0, 65535), ports(albIngress, 400, 443), ports(albToV1, 8080, 9090)),
		),
	},
	{
		name: "the default egress of EC2, where the template has none",
		edit: pricing(drop(nlbEgress)),
	},
	{
		name:  "the client's addresses in place of its group",
		edit:  checkout(peer(endpointIngress, "CidrIp", "10.0.0.0/23"), peer(clientEgress, "CidrIp", "10.0.0.0/16")),
		wider: true,
	},
	{
		name: "the addresses of subnets in place of groups",
		edit: pricing(
			peer(nlbEgress, "CidrIp", "10.0.0.0/16"), peer(albIngress, "CidrIp", "10.0.0.0/16"),
			peer(albToV1, "CidrIp", "10.0.0.0/23"), peer(v1FromAlb, "CidrIp", "10.0.0.0/23"),
		),
		wider: true,
	},
	{
		name:  "enforced rules for the consumer's addresses",
		edit:  pricing(enforced(tcp(443, "10.0.0.0/16"))),
		wider: true,
	},
	{name: "an endpoint in one of two zones", edit: checkout(put(endpoint, "SubnetIds", refs(subnet2)))},
	{name: "the Region of the service is written down", edit: checkout(put(endpoint, "ServiceRegion", region))},
	{
		name: "one more endpoint of an AWS service",
		edit: checkout(add("Sts", "AWS::EC2::VPCEndpoint", object{
			"VpcEndpointType": "Interface", "VpcId": ref(vpc), "ServiceName": "com.amazonaws.eu-west-1.sts",
			"SubnetIds": refs(subnet1, subnet2), "SecurityGroupIds": groupIDs(awsGroup), "PrivateDnsEnabled": true,
		})),
	},
	{name: "a zone above that of the API", edit: checkout(privateZone("Above", "company.com", vpc))},
	{name: "the record in a zone above", edit: checkout(parentZone)},
	{
		name: "the zone is of a second VPC as well",
		edit: checkout(otherVpc, put(zone, "VPCs", array{
			object{"VPCId": ref("OtherVpc"), "VPCRegion": region}, object{"VPCId": ref(vpc), "VPCRegion": region},
		})),
	},
	{
		name: "the record in a group of records",
		edit: checkout(drop(record), add("Records", "AWS::Route53::RecordSetGroup", object{
			"HostedZoneId": ref(zone),
			"RecordSets":   array{object{"Name": domain + ".", "Type": "A", "AliasTarget": dnsOf(endpoint)}},
		})),
	},
}

func tcp(port int, cidr string) object {
	return object{"IpProtocol": "tcp", "FromPort": port, "ToPort": port, "CidrIp": cidr}
}

// rule is a rule of a group, as a resource of its own.
func rule(group string, r object) object {
	r["GroupId"] = groupID(group)
	return r
}
