package docgen

import (
	"github.com/cdk-private-api/cdk-private-api-go/internal/prices"
)

// Prices returns a table of prices in Regions. What is inferred is in italics.
func Prices(book *prices.Book, regions []string) (string, error) {
	var rows [][]string
	for _, item := range book.Items() {
		row := []string{"`" + string(item) + "`", escaped(book.Title(item))}
		var unit string
		for _, region := range regions {
			price, err := book.Find(item, region)
			if err != nil {
				return "", err
			}
			cell := price.String()
			if price.Mark == prices.Inferred {
				cell = "*" + cell + "*"
			}
			unit = price.Unit
			row = append(row, cell)
		}
		rows = append(rows, append(row[:2:2], append([]string{unit}, row[2:]...)...))
	}
	return table(append([]string{"Item", "What", "For one"}, regions...), rows), nil
}
