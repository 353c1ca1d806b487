package prices

import "math/big"

// Amount is an exact amount of money, and whether all of it is known. The zero Amount is nothing.
type Amount struct {
	value               *big.Rat
	unverified, missing bool
}

// Exactly is a known amount.
func Exactly(value *big.Rat) Amount { return Amount{value: value} }

// missing is an amount without a number.
func missing() Amount { return Amount{missing: true} }

// Rat is the known part of the amount.
func (a Amount) Rat() *big.Rat {
	if a.value == nil {
		return new(big.Rat)
	}
	return new(big.Rat).Set(a.value)
}

// IsUnverified reports whether a price that nobody has checked is part of the amount.
func (a Amount) IsUnverified() bool { return a.unverified }

// IsMissing reports whether a price that is not known is part of the amount: the amount is at least its known part.
func (a Amount) IsMissing() bool { return a.missing }

// IsZero reports whether the amount is nothing for sure.
func (a Amount) IsZero() bool { return !a.missing && a.Rat().Sign() == 0 }

// Add is the sum of two amounts.
func (a Amount) Add(b Amount) Amount {
	return Amount{new(big.Rat).Add(a.Rat(), b.Rat()), a.unverified || b.unverified, a.missing || b.missing}
}

// Mul is the amount so many times.
func (a Amount) Mul(times *big.Rat) Amount {
	return Amount{new(big.Rat).Mul(a.Rat(), times), a.unverified, a.missing}
}

// Sum is the sum of amounts.
func Sum(amounts ...Amount) Amount {
	var sum Amount
	for _, a := range amounts {
		sum = sum.Add(a)
	}
	return sum
}

// String is the amount with two decimals, half a cent rounded up: "18.25", "18.25?" if it is unverified, "?" if nothing of it is known, and
// "at least 18.25" if a part is not.
func (a Amount) String() string {
	if a.missing && a.Rat().Sign() == 0 {
		return "?"
	}
	text := a.Rat().FloatString(2)
	if a.unverified {
		text += "?"
	}
	if a.missing {
		text = "at least " + text
	}
	return text
}
