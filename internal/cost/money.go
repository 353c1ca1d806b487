package cost

import (
	"math/big"

	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

// Count is how many of something there are: exactly, or between two numbers where only the deployment decides.
type Count struct {
	Low *big.Rat
	// High is nil where the template sets no limit.
	High *big.Rat
}

func exactly(n int) Count {
	count := big.NewRat(int64(n), 1)
	return Count{count, count}
}

func between(low, high int) Count {
	return Count{big.NewRat(int64(low), 1), big.NewRat(int64(high), 1)}
}

func atLeast(low int) Count { return Count{Low: big.NewRat(int64(low), 1)} }

// times is the count so many times.
func (c Count) times(factor *big.Rat) Count {
	scaled := Count{Low: new(big.Rat).Mul(c.Low, factor)}
	if c.High != nil {
		scaled.High = new(big.Rat).Mul(c.High, factor)
	}
	return scaled
}

// IsExact reports whether both ends are the same.
func (c Count) IsExact() bool { return c.High != nil && c.Low.Cmp(c.High) == 0 }

// String is the count, such as "2", "1 to 3" or "at least 1".
func (c Count) String() string {
	switch {
	case c.IsExact():
		return decimal(c.Low)
	case c.High == nil:
		return "at least " + decimal(c.Low)
	}
	return decimal(c.Low) + " to " + decimal(c.High)
}

// decimal is a number with as few decimals as it needs, and three at most.
func decimal(r *big.Rat) string {
	for digits := range 3 {
		text := r.FloatString(digits)
		if back, ok := new(big.Rat).SetString(text); ok && back.Cmp(r) == 0 {
			return text
		}
	}
	return r.FloatString(3)
}

// Money is an amount, or the range that it is in.
type Money struct {
	Low, High prices.Amount
	// Open says that the template sets no upper limit: High is none.
	Open bool
}

// Add is the sum of two amounts.
func (m Money) Add(other Money) Money {
	return Money{m.Low.Add(other.Low), m.High.Add(other.High), m.Open || other.Open}
}

// String is the amount, such as "47.45", "47.45?", "0.00 to 14.60" or "at least 47.45".
func (m Money) String() string {
	switch {
	case m.Low.IsMissing():
		return m.Low.String()
	case m.Open, m.High.IsMissing():
		return "at least " + m.Low.String()
	case m.Low.Rat().Cmp(m.High.Rat()) == 0:
		return m.High.String()
	}
	return m.Low.String() + " to " + m.High.String()
}
