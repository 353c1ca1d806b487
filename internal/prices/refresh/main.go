// Command refresh writes the prices of this module anew, from files of AWS's Price List that somebody downloaded:
//
//	go run ./internal/prices/refresh --month 2026-12 AmazonVPC.json AWSELB.json > internal/prices/aws-2026-12.json
//
// It reads no network. A price that the files have becomes quoted, with the date of their publication; all others stay as they
// are. What changes goes to stderr, and so does what the files leave open. Afterwards name the new file in package prices.
//
// https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-the-aws-price-list-bulk-api-fetching-price-list-files-manually.html
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
)

// current is the file of prices that is rewritten.
const current = "internal/prices/aws-2026-11.json"

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "refresh:", err)
		os.Exit(1)
	}
}

func run(args []string, stdout, stderr io.Writer) error {
	f := flag.NewFlagSet("refresh", flag.ContinueOnError)
	f.SetOutput(stderr)
	book := f.String("book", current, "the file of prices to rewrite")
	month := f.String("month", "", "the month of the new prices, such as 2026-12")
	if err := f.Parse(args); err != nil {
		return err
	}
	if *month == "" || f.NArg() == 0 {
		return fmt.Errorf("want --month YYYY-MM and files of the Price List")
	}
	text, err := os.ReadFile(*book)
	if err != nil {
		return err
	}
	var offers [][]byte
	for _, name := range f.Args() {
		offer, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		offers = append(offers, offer)
	}
	updated, changes, err := update(text, *month, offers)
	if err != nil {
		return err
	}
	for _, change := range changes {
		if _, err := fmt.Fprintln(stderr, change); err != nil {
			return err
		}
	}
	_, err = stdout.Write(updated)
	return err
}
