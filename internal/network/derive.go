package network

// Derive returns what a function makes of a value of the network, which it is asked for once. The result must not change.
func Derive[T any](n *Network, of Value, make func(Value) T) T {
	if known, ok := n.derived.Load(of); ok {
		return known.(T)
	}
	known, _ := n.derived.LoadOrStore(of, make(of))
	return known.(T)
}
