package compare

// Question is a question with the answers yes and no.
type Question string

// The questions. Those of what is there are asked: while one has no answer, options depend on it. Those of what is needed are not: what
// nobody asks for is not needed.
const (
	OverlappingBlocks Question = "overlappingBlocks"
	MayRoute          Question = "mayRoute"
	MayBePublic       Question = "mayBePublic"
	SharedTeam        Question = "sharedTeam"
	HasTransitGateway Question = "transitGateway"
	CrossRegion       Question = "crossRegion"
	OnPremises        Question = "onPremises"
	ExternalAccounts  Question = "externalAccounts"
	UnsignedCallers   Question = "unsignedCallers"
	CallerIdentity    Question = "callerIdentity"
	ClientAddress     Question = "clientAddress"
	AccountAccess     Question = "accountAccess"
	WebACL            Question = "webAcl"
	MutualTLS         Question = "mutualTls"
	Layer7            Question = "layer7"
)

// questions are all questions with their texts.
var questions = []struct {
	id   Question
	text string
}{
	{OverlappingBlocks, "CIDR blocks of the VPCs overlap"},
	{MayRoute, "the VPCs may be routed to each other"},
	{SharedTeam, "one team owns all VPCs"},
	{MayBePublic, "the API may have public addresses"},
	{HasTransitGateway, "the VPCs are attached to a transit gateway already"},
	{CrossRegion, "callers are in another Region"},
	{OnPremises, "callers are on-premises"},
	{ExternalAccounts, "callers are in accounts outside of the organization"},
	{UnsignedCallers, "some callers cannot sign their requests"},
	{CallerIdentity, "the API must know who calls, call by call"},
	{ClientAddress, "the API must know the client's address"},
	{AccountAccess, "access is granted to accounts or roles, not to addresses"},
	{WebACL, "a web ACL must inspect requests"},
	{MutualTLS, "clients must show a certificate"},
	{Layer7, "the front must route by path, header or method"},
}

// Is is an answer.
type Is int

// The answers.
const (
	Unknown Is = iota
	No
	Yes
)

// String is "yes", "no" or "unknown".
func (i Is) String() string { return [...]string{"unknown", "no", "yes"}[i] }

// Answer is the answer to a question, with what shows it if templates have it.
type Answer struct {
	Is       Is
	Evidence []Evidence
}

// answer is the answer to a question. One team may route its own VPCs, unless somebody says that it may not.
func (m *Mesh) answer(q Question) Answer {
	a := m.Answers[q]
	if q == MayRoute && a.Is == Unknown {
		if team := m.Answers[SharedTeam]; team.Is == Yes {
			return team
		}
	}
	return a
}
