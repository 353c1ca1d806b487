package network

// Derive returns what a function makes of something in the network, such as a value, which it is asked for once. The result must not
// change, and nothing else may be derived from a key of the same type.
func Derive[K comparable, T any](n *Network, of K, make func(K) T) T {
	if known, ok := n.derived.Load(of); ok {
		return known.(T)
	}
	known, _ := n.derived.LoadOrStore(of, make(of))
	return known.(T)
}
