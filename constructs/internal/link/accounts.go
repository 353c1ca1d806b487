package link

// AccountAllower is a provider that allows accounts to connect by one call to CDK, however many there are. An account may be a token.
type AccountAllower interface {
	AllowAccounts(accounts []string)
}
