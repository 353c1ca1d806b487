package deployed

import (
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/route53profiles/types"
)

// profiles writes the Route 53 profiles that a state has, and the associations of its VPCs with profiles. A profile that another state owns is
// written there; one whose owner was not read is written where it is seen, with the resources that are seen.
func (w *writer) profiles(t *template, s *State, states []*State) {
	for _, profile := range s.Profiles {
		id := aws.ToString(profile.Id)
		if w.written[id] || profile.ShareStatus == types.ShareStatusSharedWithMe && ownsProfile(states, s, id) {
			continue
		}
		w.written[id] = true
		w.add(t, id, "AWS::Route53Profiles::Profile", object{"Name": aws.ToString(profile.Name)}, id)
		w.locations[aws.ToString(profile.Arn)] = location{t, id, "Arn"}
		for _, resource := range profile.Resources {
			if w.isComplete(aws.ToString(resource.Id), resource.Status) {
				w.add(t, aws.ToString(resource.Id), "AWS::Route53Profiles::ProfileResourceAssociation", object{
					"Name": aws.ToString(resource.Name), "ProfileId": id, "ResourceArn": w.zoneArn(t, aws.ToString(resource.ResourceArn)),
					"ResourceProperties": aws.ToString(resource.ResourceProperties),
				})
			}
		}
	}
}

// zoneArn returns the ARN of a hosted zone with a reference to the zone, if that was read: templates join its ID to it.
func (w *writer) zoneArn(t *template, arn string) any {
	at := strings.LastIndex(arn, "/") + 1
	if zone, ok := w.locations[arn[at:]]; ok {
		return object{"Fn::Join": []any{"", []any{arn[:at], w.reference(t, zone)}}}
	}
	return arn
}

// profileAssociations writes the associations of a state's VPCs with profiles.
func (w *writer) profileAssociations(t *template, s *State) {
	for _, association := range s.ProfileAssociations {
		if w.isComplete(aws.ToString(association.Id), association.Status) {
			w.add(t, aws.ToString(association.Id), "AWS::Route53Profiles::ProfileAssociation", object{
				"Name": aws.ToString(association.Name), "ProfileId": aws.ToString(association.ProfileId), "ResourceId": aws.ToString(association.ResourceId),
			})
		}
	}
}

// isComplete reports whether an association is in effect. One that is not is unread: it may be soon.
func (w *writer) isComplete(id string, status types.ProfileStatus) bool {
	if status != types.ProfileStatusComplete {
		w.addUnread("%s, which is %s", id, status)
	}
	return status == types.ProfileStatusComplete
}

// ownsProfile reports whether another state has a profile as its own.
func ownsProfile(states []*State, s *State, id string) bool {
	for _, other := range states {
		for _, profile := range other.Profiles {
			if other != s && aws.ToString(profile.Id) == id && profile.ShareStatus != types.ShareStatusSharedWithMe {
				return true
			}
		}
	}
	return false
}
