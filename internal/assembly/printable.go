package assembly

import (
	"errors"
	"strconv"
	"strings"
	"unicode"
)

// printable escapes characters that would not be printed as they are, such as a newline in the name of a file or of a
// resource: it would begin a line of its own, which some programs that read the output take for a command.
func printable(text string) string {
	if strings.IndexFunc(text, notPrintable) < 0 {
		return text
	}
	var b strings.Builder
	for _, r := range text {
		if notPrintable(r) {
			b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func notPrintable(r rune) bool { return !unicode.IsPrint(r) }

// printableError is an error whose text is printable.
type printableError struct {
	text string
	err  error
}

func (e *printableError) Error() string { return e.text }

func (e *printableError) Unwrap() error { return e.err }

// printableErrors makes the text of an error printable. Each of the errors that are joined in it keeps a line of its own.
func printableErrors(err error) error {
	if err == nil {
		return nil
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok { // only the outermost error has lines
		errs := joined.Unwrap()
		lines := make([]error, len(errs))
		for i, e := range errs {
			lines[i] = printableErrors(e)
		}
		return errors.Join(lines...)
	}
	text := printable(err.Error())
	if text == err.Error() {
		return err
	}
	return &printableError{text, err}
}
