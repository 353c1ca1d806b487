package rules

import (
	"regexp"
	"time"
)

const schedulerAPI = "https://docs.aws.amazon.com/scheduler/latest/APIReference/"

// The rules of acceptors of connections.
var (
	AcceptorAcceptance = Rule{
		ID: "privateapi:acceptorAcceptance", Severity: Error,
		Summary: "An acceptor needs a service that requires acceptance.",
		AWS:     "accepts each connection of an allowed principal by itself, so the list of the acceptor decides nothing",
		Fix:     "set AcceptanceRequired of the provider",
		Source:  privateLink + "configure-endpoint-service.html#accept-reject-connection-requests",
	}
	AcceptorTwice = Rule{
		ID: "privateapi:acceptorTwice", Severity: Error,
		Summary: "A service has one acceptor.",
		AWS:     "runs both: with CutRemoved, each rejects the consumers that the other accepts",
		Fix:     "list all consumers in one acceptor",
		Source:  privateLink + "configure-endpoint-service.html#accept-reject-connection-requests",
	}
	AcceptorPlace = Rule{
		ID: "privateapi:acceptorPlace", Severity: Error,
		Summary: "An acceptor is in the app, the account and the Region of its service.",
		AWS:     "InvalidVpcEndpointServiceId.NotFound: only the owner of a service accepts its connections, in its Region",
		Fix:     "define the acceptor in a stack of the provider's account and Region",
		Source:  ec2API + "API_AcceptVpcEndpointConnections.html",
	}
	AcceptorConsumerTwice = Rule{
		ID: "privateapi:acceptorConsumerTwice", Severity: Error,
		Summary: "An acceptor lists each account once, under a label of its own.",
		AWS:     "is not involved: of two entries, only one could say when the account expires, and the log could not tell two labels apart",
		Fix:     "remove one of the two",
		Source:  ec2API + "API_VpcEndpointConnection.html",
	}
	AcceptorCutsEveryone = Rule{
		ID: "privateapi:acceptorCutsEveryone", Severity: Error,
		Summary: "An acceptor with CutRemoved lists at least one consumer.",
		AWS:     "rejects every connection of the service, and traffic stops",
		Fix:     "list the consumers, or leave out CutRemoved",
		Source:  ec2API + "API_RejectVpcEndpointConnections.html",
	}
	AcceptorExpiry = Rule{
		ID: "privateapi:acceptorExpiry", Severity: Error,
		Summary: "The expiry of a consumer is a date or a time of RFC 3339.",
		AWS:     "is not involved: the acceptor could not read its list, and would accept nobody",
		Fix:     "write it like 2027-12-31, or 2027-12-31T18:00:00Z",
		Source:  privateLink + "configure-endpoint-service.html#accept-reject-connection-requests",
	}
	AcceptorExpired = Rule{
		ID: "privateapi:acceptorExpired", Severity: Warning,
		Summary: "A consumer that has expired is not accepted.",
		AWS:     "leaves its new connections pending; with CutRemoved, the acceptor rejects the others",
		Fix:     "remove the consumer, or give it a later Expires",
		Source:  ec2API + "API_RejectVpcEndpointConnections.html",
	}
	AcceptorInterval = Rule{
		ID: "privateapi:acceptorInterval", Severity: Error,
		Summary: "An acceptor runs every 1 to 60 whole minutes.",
		AWS:     "ValidationException: Invalid Schedule Expression, below a minute; above an hour, consumers wait long if a notification is lost",
		Fix:     "use whole minutes between 1 and 60, such as awscdk.Duration_Minutes(jsii.Number(5))",
		Source:  schedulerAPI + "API_CreateSchedule.html",
	}
	AcceptorKeyPolicy = Rule{
		ID: "privateapi:acceptorKeyPolicy", Severity: Warning,
		Summary: "The key of an encrypted topic lets EC2 notify it.",
		AWS:     "drops the notifications without an error; connections then wait for the schedule",
		Fix:     "let vpce.amazonaws.com call kms:GenerateDataKey* and kms:Decrypt in the policy of the key",
		Source:  privateLink + "create-notification-endpoint-service.html",
	}
)

// Acceptance returns the rules that acceptors enforce, besides those of [All].
func Acceptance() []Rule {
	return []Rule{
		AcceptorAcceptance, AcceptorTwice, AcceptorPlace, AcceptorConsumerTwice, AcceptorCutsEveryone, AcceptorExpiry, AcceptorExpired, AcceptorInterval,
		AcceptorKeyPolicy,
	}
}

var (
	dateForm = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)
	// timeForm is stricter than Go, which takes a comma and hours of one digit: the acceptor reads it in JavaScript.
	timeForm = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$`)
)

// CheckExpiry reports an expiry that is neither a date nor a time, and warns of one that is before now. A date counts to its end, in UTC.
func CheckExpiry(r *Report, property, expiry string, now time.Time) {
	end, err := time.Parse(time.RFC3339, expiry)
	if dateForm.MatchString(expiry) {
		end, err = time.Parse(time.DateOnly, expiry)
		end = end.AddDate(0, 0, 1)
	}
	isForm := dateForm.MatchString(expiry) || timeForm.MatchString(expiry)
	switch {
	case err != nil || !isForm || end.Unix() <= 0:
		r.Add(AcceptorExpiry, property, "%q is neither a date nor a time", expiry)
	case !end.After(now):
		r.Add(AcceptorExpired, property, "%q is over", expiry)
	}
}

// CheckAcceptorInterval reports an interval, in seconds, at which an acceptor cannot run.
func CheckAcceptorInterval(r *Report, property string, seconds float64) {
	if minutes := seconds / 60; minutes != float64(int(minutes)) || minutes < 1 || minutes > 60 {
		r.Add(AcceptorInterval, property, "is %v seconds", seconds)
	}
}
