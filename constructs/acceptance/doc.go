// Package acceptance accepts the connections of declared consumers to an API over PrivateLink. CloudFormation has no resource that accepts: an
// [Acceptor] is a small Lambda function that does, by a list of accounts.
//
//	provider := privateapi.NewPrivateApiProvider(stack, jsii.String("Pricing"), &privateapi.PrivateApiProviderProps{
//		AcceptanceRequired: jsii.Bool(true),
//		// …
//	})
//	acceptance.NewAcceptor(stack, jsii.String("Acceptor"), &acceptance.AcceptorProps{
//		Service: provider,
//		Consumers: &[]*acceptance.Consumer{
//			{Label: jsii.String("checkout"), Account: jsii.String("111111111111")},
//			{Label: jsii.String("reports"), Account: jsii.String("333333333333"), Expires: jsii.String("2027-12-31")},
//		},
//	})
//
// # What it does
//
// Each run compares all connections of the service with the list:
//
//	listed   state                without CutRemoved   with CutRemoved
//	yes      pendingAcceptance    accept               accept
//	yes      pending, available   keep                 keep
//	expired  pendingAcceptance    leave                leave
//	expired  pending, available   keep                 reject
//	no       pendingAcceptance    leave                leave
//	no       pending, available   keep                 reject
//	any      any other            keep                 keep
//
// It runs every five minutes, and whenever EC2 notifies its topic of a connection. It does not read the notification. A state that it does not
// know, or a list that it cannot read, changes nothing: the run fails, and an alarm says so.
//
// # Security
//
// The accounts of the list are also added to the principals of the service: a list of the acceptor is the second gate, and never opens the first.
// Connections of other principals wait until a person accepts or rejects them. The function may accept and reject connections of this service,
// and read those of the account, because EC2 has no narrower permission to read.
//
// # Costs
//
// In us-east-1, about $3 a month: five metrics at $0.30, four alarms at $0.10, and $1 for the key of the topic. The runs cost nothing that
// matters.
package acceptance
